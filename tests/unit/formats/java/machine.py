"""A small machine that runs lowered code, so that tests can hold its results against Java's.

Objects are dictionaries, arrays lists, texts and numbers Python's own. Only what the tests use
is there; anything else is a KeyError.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from witnessmark.formats.java.literals import wrapped
from witnessmark.formats.listing.model import (
    ArrayData,
    Body,
    Instruction,
    ListedClass,
    ListedMethod,
    SwitchTable,
)
from witnessmark.formats.listing.pool import proto_parts


def same(one: Any, other: Any) -> bool:
    """Numbers by value, null as 0, objects by identity."""
    plain = (int, float, str, type(None))
    if isinstance(one, plain) and isinstance(other, plain):
        return (one or 0) == (other or 0)
    return one is other


WORK: Mapping[str, Callable[[int, int], int]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "and": operator.and_,
    "or": operator.or_, "xor": operator.xor, "shl": lambda a, b: a << (b & 31),
    "shr": lambda a, b: a >> (b & 31), "div": lambda a, b: int(a / b),
    "rem": lambda a, b: a - int(a / b) * b,
}  # fmt: skip
TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": same, "ne": lambda a, b: not same(a, b), "lt": operator.lt,
    "ge": operator.ge, "gt": operator.gt, "le": operator.le,
}  # fmt: skip
MOST_STEPS = 100_000


class ThrownError(Exception):
    """A Java exception; ``object`` is what was thrown."""

    def __init__(self, thrown: dict[str, Any]) -> None:
        super().__init__(thrown["class"])
        self.object = thrown


class Machine:
    """Classes of listings, their static fields, and the little of the platform that tests use."""

    def __init__(self, classes: Sequence[ListedClass]) -> None:
        self.classes = {one.type: one for one in classes}
        self.static: dict[str, Any] = {}
        self._ready: set[str] = set()
        self._steps = 0

    def call(self, spelled: str, *given: Any) -> Any:
        """Run a static method of a listed class."""
        owner, _, rest = spelled.partition("->")
        self.prepare(owner)
        found = self._find(owner, rest)
        assert found is not None, spelled
        return self._run(found, list(given))

    def prepare(self, owner: str) -> None:
        """Initialise a class once."""
        if owner in self._ready or owner not in self.classes:
            return
        self._ready.add(owner)
        for field in self.classes[owner].fields:
            if field.access & 0x8:
                value = field.value.content if field.value is not None else 0
                self.static[f"{owner}->{field.name}:{field.type}"] = value
        start = self._find(owner, "<clinit>()V")
        if start is not None:
            self._run(start, [])

    def _find(self, owner: str, rest: str) -> ListedMethod | None:
        while owner in self.classes:
            for one in self.classes[owner].methods:
                if one.name + one.proto == rest and one.body is not None:
                    return one
            owner = self.classes[owner].super_type or ""
        return None

    def is_a(self, kind: str, wanted: str) -> bool:
        """Whether a class is another or extends it."""
        waiting = [kind]
        parents = {"Ljava/lang/IllegalStateException;": "Ljava/lang/RuntimeException;",
                   "Ljava/lang/RuntimeException;": "Ljava/lang/Exception;"}  # fmt: skip
        while waiting:
            one = waiting.pop()
            if one == wanted:
                return True
            if one in self.classes:
                listed = self.classes[one]
                waiting += [listed.super_type or "", *listed.interfaces]
            elif one in parents:
                waiting.append(parents[one])
        return wanted == "Ljava/lang/Throwable;"

    def _run(self, method: ListedMethod, given: list[Any]) -> Any:
        body = method.body
        assert body is not None
        registers: list[Any] = [None] * body.registers
        kinds = list(proto_parts(method.proto)[1])
        if not method.access & 0x8:
            kinds.insert(0, "L")
        words = sum(2 if one in "JD" else 1 for one in kinds)
        at = body.registers - words
        for kind, value in zip(kinds, given, strict=True):
            registers[at] = value
            at += 2 if kind in "JD" else 1
        return _Frame(self, body, registers).run()

    def step(self) -> None:
        """Count a step."""
        self._steps += 1
        assert self._steps < MOST_STEPS, "the code does not end"


class _Frame:
    """One call."""

    def __init__(self, machine: Machine, body: Body, registers: list[Any]) -> None:
        self.machine, self.body, self.v = machine, body, registers
        self.result: Any = None
        self.thrown: Any = None

    def run(self) -> Any:
        """Until a return."""
        pc = 0
        while True:
            self.machine.step()
            one = self.body.instructions[pc]
            try:
                if one.name.startswith("return"):
                    return self.v[one.registers[0]] if one.registers else None
                pc = self._next(one, pc)
            except ThrownError as error:
                pc = self._handler(pc, error)

    def _handler(self, pc: int, error: ThrownError) -> int:
        labels = self.body.labels
        for one in self.body.handlers:
            fits = one.type is None or self.machine.is_a(error.object["class"], one.type)
            if labels[one.start] <= pc < labels[one.end] and fits:
                self.thrown = error.object
                return labels[one.handler]
        raise error

    def _next(self, one: Instruction, pc: int) -> int:
        name, v, r = one.name, self.v, one.registers
        if name.startswith("goto"):
            assert one.target is not None
            return self.body.labels[one.target]
        if name.startswith("if-"):
            test = name[3:5]
            left, right = v[r[0]], 0 if name.endswith("z") else v[r[1]]
            assert one.target is not None
            return self.body.labels[one.target] if TESTS[test](left, right) else pc + 1
        if name.endswith("-switch"):
            assert isinstance(one.payload, SwitchTable)
            label = dict(one.payload.cases).get(v[r[0]])
            return pc + 1 if label is None else self.body.labels[label]
        if name == "throw":
            raise ThrownError(v[r[0]])
        if name.startswith("invoke"):
            self.result = self._invoke(one)
        else:
            self._plain(one)
        return pc + 1

    def _plain(self, one: Instruction) -> None:
        name = one.name
        if name.startswith(("const", "move")):
            self._load(one)
        elif name.startswith(("sget", "sput", "iget", "iput")):
            self._field(one)
        elif name.startswith(("new-", "fill", "array", "aget", "aput", "instance-of")):
            self._object(one)
        elif name not in ("nop", "check-cast", "monitor-enter", "monitor-exit"):
            self._arithmetic(one)

    def _load(self, one: Instruction) -> None:
        name, v, r = one.name, self.v, one.registers
        if name.startswith("const"):
            v[r[0]] = one.reference if one.reference is not None else one.literal
        elif name.startswith("move-result"):
            v[r[0]] = self.result
        else:
            v[r[0]] = self.thrown if name == "move-exception" else v[r[1]]

    def _object(self, one: Instruction) -> None:
        name, v, r = one.name, self.v, one.registers
        if name == "new-instance":
            self.machine.prepare(one.reference or "")
            v[r[0]] = {"class": one.reference, "text": ""}
        elif name == "new-array":
            v[r[0]] = [0] * v[r[1]]
        elif name == "fill-array-data":
            assert isinstance(one.payload, ArrayData)
            v[r[0]][:] = one.payload.elements
        elif name == "array-length":
            v[r[0]] = len(v[r[1]])
        elif name.startswith("aget"):
            v[r[0]] = v[r[1]][v[r[2]]]
        elif name.startswith("aput"):
            v[r[1]][v[r[2]]] = v[r[0]]
        else:
            held = v[r[1]]
            v[r[0]] = int(held not in (None, 0) and self._kind_fits(held, one.reference or ""))

    def _arithmetic(self, one: Instruction) -> None:
        name, v, r = one.name, self.v, one.registers
        word = name.partition("-")[0]
        if word in ("cmp", "cmpl", "cmpg"):
            v[r[0]] = (v[r[1]] > v[r[2]]) - (v[r[1]] < v[r[2]])
        elif "-to-" in name:
            v[r[0]] = self._converted(name, v[r[1]])
        elif word in ("neg", "not"):
            v[r[0]] = -v[r[1]] if word == "neg" else ~v[r[1]]
        else:
            right = one.literal if one.literal is not None else v[r[2]]
            v[r[0]] = wrapped(WORK[word](v[r[1]], right), 64 if "long" in name else 32)

    def _kind_fits(self, held: Any, wanted: str) -> bool:
        kind = held["class"] if isinstance(held, dict) else "Ljava/lang/String;"
        return self.machine.is_a(kind, wanted) and not wanted.endswith("Throwable;")

    @staticmethod
    def _converted(name: str, value: Any) -> Any:
        target = name.rpartition("-")[2]
        bits = {"byte": 8, "short": 16, "int": 32, "long": 64}
        if target == "char":
            return int(value) & 0xFFFF
        return wrapped(int(value), bits[target]) if target in bits else float(value)

    def _field(self, one: Instruction) -> None:
        name, v, r = one.name, self.v, one.registers
        assert one.reference is not None
        if name.startswith("s"):
            self.machine.prepare(one.reference.partition("->")[0])
        holder = self.machine.static if name.startswith("s") else v[r[1]]
        if name[1:4] == "get":
            v[r[0]] = holder[one.reference] if name[0] == "s" else holder.get(one.reference, 0)
        else:
            holder[one.reference] = v[r[0]]

    def _invoke(self, one: Instruction) -> Any:
        assert one.reference is not None
        owner, _, rest = one.reference.partition("->")
        kinds = list(proto_parts(rest[rest.index("(") :])[1])
        if not one.name.startswith("invoke-static"):
            kinds.insert(0, "L")
        given, at = [], 0
        for kind in kinds:
            given.append(self.v[one.registers[at]])
            at += 2 if kind in "JD" else 1
        if one.name.startswith(("invoke-virtual", "invoke-interface")):
            held = given[0]
            assert held is not None, one
            owner = held["class"] if isinstance(held, dict) else owner
        self.machine.prepare(owner)
        found = self.machine._find(owner, rest)
        if found is not None:
            return self.machine._run(found, given)
        return _native(rest.partition("(")[0], rest[rest.index("(") :], given)


def _native(name: str, proto: str, given: list[Any]) -> Any:
    """What the platform does."""
    if name == "append":
        kind = proto_parts(proto)[1][0]
        piece = given[1]
        if kind == "C":
            piece = chr(piece)
        elif kind == "Z":
            piece = "true" if piece else "false"
        elif piece is None or (kind[0] == "L" and piece == 0):
            piece = "null"
        given[0]["text"] += str(piece)
        return given[0]
    if name == "<init>":
        if len(given) > 1 and isinstance(given[0], dict):
            given[0]["text"] = given[1]
            given[0]["arguments"] = given[1:]
        return None
    plain: Mapping[str, Callable[[], Any]] = {
        "toString": lambda: given[0]["text"] if isinstance(given[0], dict) else given[0],
        "getMessage": lambda: given[0]["text"],
        "equals": lambda: int(given[0] == given[1]),
        "hashCode": lambda: _hash(given[0]),
        "length": lambda: len(given[0]),
        "valueOf": lambda: given[0],
        "intValue": lambda: given[0], "longValue": lambda: given[0],
        "booleanValue": lambda: given[0],
        "ordinal": lambda: given[0]["arguments"][1],
        "name": lambda: given[0]["arguments"][0],
        "clone": lambda: list(given[0]),
        "iterator": lambda: {"class": "iterator", "left": list(given[0])},
        "hasNext": lambda: int(bool(given[0]["left"])),
        "next": lambda: given[0]["left"].pop(0),
        "asList": lambda: list(given[0]),
    }  # fmt: skip
    return plain[name]()


def _hash(text: str) -> int:
    value = 0
    for one in text:
        value = 31 * value + ord(one)
    return wrapped(value, 32)
