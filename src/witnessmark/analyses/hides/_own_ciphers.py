"""Encryption of an app's own making on what it sends or stores.

Told from the shape of the code: a loop takes bytes or signs one by one, combines each with a
number or with bytes of a key by exclusive or, and puts the result where the next one follows.
Where the same class also exchanges numbers of a table in a loop, it works as RC4 does (its key
schedule; Rivest 1987, described in RFC 6229).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.ownership import owner_of
from witnessmark.facts.tables.code import CALLS, INSTRUCTIONS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.call_roles import plays
from witnessmark.flow.instructions import CodeReader, Instruction, MethodCode
from witnessmark.flow.origins import (
    Call,
    CallResult,
    Computed,
    Event,
    FieldRead,
    Made,
    Origin,
    Origins,
    Parameter,
    Store,
)
from witnessmark.flow.straight import WRITES, static_constants
from witnessmark.knowledge.packs.call_roles import Role
from witnessmark.knowledge.packs.sinks import Sink
from witnessmark.knowledge.packs.sources import Source
from witnessmark.model.distinct import distinct

XOR = (0x97, 0xB7, 0xD7, 0xDF)
XOR_LITERAL = (0xD7, 0xDF)
TAKES = (0x48, 0x49)
PUTS = (0x4F, 0x50)
ELEMENTS, ELEMENT_PUTS = range(0x44, 0x4B), range(0x4B, 0x52)
PASSES = (*range(0x01, 0x0A), *range(0x8D, 0x90), 0xD5, 0xDD, 0x95, 0xB5)
"""Moves, narrowing, and masks (``& 255``): they leave a byte what it is."""

MOVE_RESULT = 0x0A
JUMPS = (0x28, 0x29, 0x2A, *range(0x32, 0x3E))
TABLE_SIZES = (255, 256)
FARTHEST, MOST_CALLERS = 3, 24
MOST_LOOPS = 200
"""Loops of one method that are looked at, the shortest; generated code has thousands."""
SENT = frozenset({"http", "socket", "webview", "sms", "email", "bluetooth", "xmpp", "mqtt", "ftp",
                  "soap", "push", "analytics"})  # fmt: skip
STORED = frozenset({"file", "database", "preferences"})
STREAM = "stream"


class OwnCipher(Struct, frozen=True):
    """One method that combines bytes; where it does; its key in a word: number, bytes, unknown.

    ``used``    ``sent`` and ``stored``, as far as seen, each with the method and place.
    ``as_rc4``  whether its class also exchanges numbers of a table.
    """

    method: int
    pc: int
    key: str
    as_rc4: bool
    used: tuple[tuple[str, int, int], ...]


class Unseen(Struct, frozen=True):
    """A method of more than `MOST_LOOPS` loops whose shortest loops combine no bytes."""

    method: int


def own_ciphers(
    app: Facts, sinks: Sequence[Sink], sources: Sequence[Source], roles: CallRoles
) -> Iterator[OwnCipher | Unseen]:
    """Methods outside known libraries whose result is seen to be sent or stored, where they are
    given something that varies: those that are given constants decode what the app holds.
    Beside them the methods of which not all loops were looked at.
    """
    reader = CodeReader(app)
    uses = _Uses(app, reader, sinks, sources, roles)
    for method in _candidates(app):
        code = reader.read(method)
        found = _combines(app, code) if code is not None else None
        if code is None or found is None:
            if code is not None and len(_jumps_back(code.instructions)) > MOST_LOOPS:
                yield Unseen(method)
            continue
        used = tuple(sorted(uses.of(method)))
        if used:
            yield OwnCipher(method, *found, _exchanges(app, reader, method), used)


def _candidates(app: Facts) -> list[int]:
    """Methods of no known library that hold an exclusive or and a jump. One pass over opcodes."""
    table = app.table(INSTRUCTIONS)
    opcodes, methods = table["opcode"], table["method"]
    hits = np.zeros(len(opcodes), dtype=np.bool_)
    for opcode in XOR:
        hits |= opcodes == opcode
    rows = distinct(methods[hits]).tolist()
    return [one for one in rows if owner_of(app, [one]) in ("own", "other")]


def _combines(app: Facts, code: MethodCode) -> tuple[int, str] | None:
    """Place of the exclusive or, and the key, where a loop combines what it takes and puts."""
    for body in loop_bodies(code.instructions):
        found = _Line(app, code).follow(body)
        if found is not None:
            return found
    return None


def loop_bodies(instructions: Sequence[Instruction]) -> Iterator[Sequence[Instruction]]:
    """What lies between each jump back and its target, in the order of the jumps; where there are
    more than `MOST_LOOPS`, the shortest.
    """
    places = [one.pc for one in instructions]
    spans = [
        (bisect_right(places, one.pc), bisect_left(places, one.pc + one.literal))
        for one in _jumps_back(instructions)
    ]
    if len(spans) > MOST_LOOPS:
        spans = sorted(sorted(spans, key=lambda span: span[0] - span[1])[:MOST_LOOPS])
    for end, start in spans:
        yield instructions[start:end]


def _jumps_back(instructions: Sequence[Instruction]) -> list[Instruction]:
    return [one for one in instructions if one.opcode in JUMPS and one.literal <= 0]


class _Line:
    """Registers along the body of a loop: ``taken`` with the array it is from, ``mixed`` with the
    place and key, ``number`` for constants.
    """

    def __init__(self, app: Facts, code: MethodCode) -> None:
        self._app = app
        self._code = code
        self._held: dict[int, tuple[str, int, str]] = {}
        self._result: tuple[str, int, str] | None = None

    def follow(self, body: Sequence[Instruction]) -> tuple[int, str] | None:
        """What is put, when it was taken and mixed before."""
        for one in body:
            put = self._put(one)
            if put is not None and put[0] == "mixed":
                return put[1], put[2]
            self._step(one)
        return None

    def _put(self, one: Instruction) -> tuple[str, int, str] | None:
        if one.opcode in PUTS:
            return self._held.get(one.registers[0])
        if self._plays("sign_put", one):
            return self._held.get(one.registers[1]) if len(one.registers) > 1 else None
        return None

    def _plays(self, role: Role, one: Instruction) -> bool:
        """Whether an instruction calls a method of a role."""
        row = self._code.calls.get(one.pc)
        return row is not None and plays(
            self._app, role, int(self._app.table(CALLS)["callee"][row])
        )

    def _step(self, one: Instruction) -> None:
        opcode, registers = one.opcode, one.registers
        if one.pc in self._code.calls:
            self._result = ("taken", one.pc, "") if self._plays("sign_taken", one) else None
            return
        if opcode not in WRITES:
            return
        value: tuple[str, int, str] | None = None
        if opcode in TAKES:
            value = ("taken", registers[1], "")
        elif opcode in ELEMENTS:
            value = ("element", registers[1], "")
        elif opcode == MOVE_RESULT:
            value = self._result
        elif opcode in range(0x12, 0x16):
            value = ("number", one.literal, "")
        elif opcode in XOR:
            value = self._mixed(one)
        elif opcode in PASSES:
            value = self._held.get(registers[1] if len(registers) > 1 else registers[0])
        if value is None:
            self._held.pop(registers[0], None)
        else:
            self._held[registers[0]] = value

    def _mixed(self, one: Instruction) -> tuple[str, int, str] | None:
        operands = one.registers if len(one.registers) == 2 else one.registers[1:]
        if one.opcode in XOR_LITERAL:
            taken = self._held.get(one.registers[1])
            is_taken = taken is not None and taken[0] == "taken"
            return ("mixed", one.pc, "number") if is_taken and one.literal != -1 else None
        known = [self._held.get(register) for register in operands]
        kinds = [one[0] if one is not None else "" for one in known]
        if "mixed" in kinds:
            return known[kinds.index("mixed")]
        if "taken" not in kinds:
            return None
        other = kinds[1 - kinds.index("taken")]
        key = {"number": "number", "taken": "bytes", "element": "bytes"}.get(other, "unknown")
        return "mixed", one.pc, key


def _exchanges(app: Facts, reader: CodeReader, method: int) -> bool:
    """Whether a method of the same class exchanges two numbers of a table of 256 in a loop."""
    row = int(app.table(METHODS)["class"][method])
    return any(
        code is not None and _swaps(code)
        for one in app.methods_of(row)
        for code in [reader.read(one)]
    )


def _swaps(code: MethodCode) -> bool:
    if not any(one.literal in TABLE_SIZES for one in code.instructions):
        return False
    for body in loop_bodies(code.instructions):
        taken = {i.registers[1] for i in body if i.opcode in ELEMENTS}
        puts = Counter(i.registers[1] for i in body if i.opcode in ELEMENT_PUTS)
        if any(puts[array] >= 2 for array in taken):
            return True
    return False


class _Uses:
    """Where what a method gives back, or changes in place, is sent or stored."""

    def __init__(
        self, app: Facts, reader: CodeReader, sinks: Sequence[Sink], sources: Sequence[Source],
        roles: CallRoles,
    ) -> None:  # fmt: skip
        self._roles = roles
        self._app = app
        self._reader = reader
        self._sources = {(one.owner, member) for one in sources for member in one.members}
        self._constants = static_constants(app)
        self._sinks: dict[tuple[str, str], Sink] = {
            (one.owner, member): one for one in sinks for member in one.members
        }
        self._known: dict[int, tuple[Event, ...]] = {}

    def of(self, method: int) -> set[tuple[str, int, int]]:
        """Ways, each with the method and the place of the call that uses it."""
        found: set[tuple[str, int, int]] = set()
        makers, seen = [method], {method}
        calls = self._app.table(CALLS)
        for _ in range(FARTHEST):
            wider: list[int] = []
            for maker in makers:
                for call in self._app.calls_of(maker)[:MOST_CALLERS]:
                    caller = int(calls["method"][call])
                    ways, hands_on = self._in(caller, call)
                    found |= ways
                    if hands_on and caller not in seen:
                        seen.add(caller)
                        wider.append(caller)
            makers = wider
        return found

    def _events(self, method: int) -> tuple[Event, ...]:
        if method not in self._known:
            code = self._reader.read(method)
            self._known[method] = (
                () if code is None else tuple(Origins(self._app, code, self._constants).events())
            )
        return self._known[method]

    def _in(self, method: int, call: int) -> tuple[set[tuple[str, int, int]], bool]:
        """Ways in one caller, and whether it gives the result back itself."""
        events = self._events(method)
        made = next((e for e in events if isinstance(e, Call) and e.row == call), None)
        if made is None or not any(self._varies(one, 0) for one in made.arguments):
            return set(), False
        changed = [one for one in made.arguments if isinstance(one, CallResult | Made | Parameter)]
        within = _Within(call, changed if self._is_in_place(made.callee) else [], events)
        found: set[tuple[str, int, int]] = set()
        hands_on = False
        for event in events:
            if isinstance(event, Store) and event.field < 0:
                hands_on |= within.holds(event.value)
            elif isinstance(event, Call) and event.pc > made.pc:
                way = self._way(event, within)
                if way:
                    found.add((way, method, event.pc))
        return found, hands_on

    def _varies(self, origin: Origin, depth: int) -> bool:
        """Whether a value is no constant of the app: given, kept in a field, read from outside."""
        if depth > 2 * FARTHEST:
            return False
        if isinstance(origin, Parameter):
            return origin.position >= 0
        if isinstance(origin, FieldRead):
            return True
        if isinstance(origin, CallResult):
            name = self._app.method_class(origin.callee), self._app.method_name(origin.callee)
            inner = origin.arguments
            return name in self._sources or any(self._varies(one, depth + 1) for one in inner)
        if isinstance(origin, Computed):
            return any(self._varies(one, depth + 1) for one in origin.operands)
        return False

    def _is_in_place(self, callee: int) -> bool:
        return self._app.method_signature(callee).endswith(")V")

    def _way(self, event: Call, within: _Within) -> str:
        """How a call uses it: sent, stored, or empty."""
        owner, name = self._app.method_class(event.callee), self._app.method_name(event.callee)
        sink = self._sinks.get((owner, name))
        if sink is None:
            return ""
        shift = int(event.receiver)
        given = [
            event.arguments[int(one) + shift]
            for one in sink.arguments
            if one != "this" and int(one) + shift < len(event.arguments)
        ]
        if not any(within.holds(one) for one in given):
            return ""
        if sink.channel in SENT:
            return "sent"
        if sink.channel in STORED:
            return "stored"
        return self._stream(event) if sink.channel == STREAM and event.receiver else ""

    def _stream(self, event: Call) -> str:
        """Whether a stream leads into a file or a connection, as its making says."""
        makers = list(self._makers(event.arguments[0], 0))
        if any(self._leads("net_stream", *one) for one in makers):
            return "sent"
        return "stored" if any(self._leads("file_stream", *one) for one in makers) else ""

    def _leads(self, role: Role, owner: str, name: str) -> bool:
        """Whether a class, or a member of it, is one of those of a role."""
        return self._roles.plays(role, owner, name) or self._roles.is_class(role, owner)

    def _makers(self, origin: Origin, depth: int) -> Iterator[tuple[str, str]]:
        """Classes that are made, and classes with members that are called, for a value."""
        if depth > FARTHEST:
            return
        if isinstance(origin, Made):
            yield self._app.type_name(origin.type), ""
        elif isinstance(origin, CallResult):
            yield self._app.method_class(origin.callee), self._app.method_name(origin.callee)
            for one in origin.arguments:
                yield from self._makers(one, depth + 1)


class _Within:
    """Whether a value holds what a call gave back, or what it changed in place."""

    def __init__(self, call: int, changed: Sequence[Origin], events: Sequence[Event]) -> None:
        self._call = call
        self._changed = changed
        self._put: Mapping[Made, Collection[Origin]] = _contents(events)

    def holds(self, origin: Origin, depth: int = 0) -> bool:
        """Whether the value is it, or is made of it."""
        if depth > 2 * FARTHEST:
            return False
        if origin in self._changed:
            return True
        inner: Collection[Origin] = ()
        if isinstance(origin, CallResult):
            if origin.call == self._call:
                return True
            inner = origin.arguments
        elif isinstance(origin, Computed):
            inner = origin.operands
        elif isinstance(origin, Made):
            inner = self._put.get(origin, ())
        return any(self.holds(one, depth + 1) for one in inner)


def _contents(events: Sequence[Event]) -> Mapping[Made, list[Origin]]:
    """What is put into each object that a method makes."""
    found: dict[Made, list[Origin]] = defaultdict(list)
    for event in events:
        if isinstance(event, Call) and event.receiver and isinstance(event.arguments[0], Made):
            found[event.arguments[0]] += [
                one for one in event.arguments[1:] if one != event.arguments[0]
            ]
    return found
