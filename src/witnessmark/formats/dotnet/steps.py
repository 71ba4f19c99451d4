"""Follows the code of methods with what stands on their stack.

One pass over each method, in the order of its instructions: what a jump brings along counts at the
place it goes to, and where two ways meet with different values the value is not known. Loops are
gone through once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from struct import error, unpack_from

from msgspec import Struct, field

from witnessmark.formats.dotnet.effects import Effects
from witnessmark.formats.dotnet.members import Callee, Members, Shape
from witnessmark.formats.dotnet.metadata import data_rows
from witnessmark.formats.dotnet.values import (
    Held,
    Items,
    Local,
    Made,
    Number,
    Parameter,
    Text,
    Value,
)
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

BEHIND_FE = 0xFE
LOAD_TEXT, CALL, CALL_OBJECT, CALL_POINTER, NEW = 0x72, 0x28, 0x6F, 0x29, 0x73
COPY, NEW_ARRAY, LOAD_OBJECT = 0x25, 0x8D, 0x71
LOAD_FIELD, LOAD_FIELD_ADDRESS, SET_FIELD = 0x7B, 0x7C, 0x7D
LOAD_STATIC, LOAD_STATIC_ADDRESS, SET_STATIC = 0x7E, 0x7F, 0x80
ARRAY_READS = frozenset({*range(0x90, 0x9B), 0xA3})
ARRAY_WRITES = frozenset({*range(0x9B, 0xA3), 0xA4})
KEEPING = frozenset({
    *range(0x67, 0x6F), 0x74, 0x75, 0x76, 0x79, *range(0x82, 0x8D), 0xA5, *range(0xB3, 0xBB),
    *range(0xD1, 0xD6), 0xE0,
})  # fmt: skip
"""Instructions that give what they take, in another type."""

ALWAYS, ALWAYS_FAR = 0x2B, 0x38
LEAVE_FAR, LEAVE = 0xDD, 0xDE
NEAR_JUMPS = frozenset({*range(0x2B, 0x38), LEAVE})
FAR_JUMPS = frozenset({*range(0x38, 0x45), LEAVE_FAR})
ENDS = frozenset({0x27, 0x2A, 0x7A, 0xDC, ALWAYS, ALWAYS_FAR, LEAVE, LEAVE_FAR, 0xFE1A, 0xFE11})
"""Instructions behind which code goes on elsewhere."""

RETURN = 0x2A
TEXTS = 0x70
MOST_INSTRUCTIONS = 3_000_000
MOST_CALLS = 200_000
MOST_STORES = 64
"""Values that are remembered of one field or one method."""


class Call(Struct):
    """A call: the row of the method in which it stands, what it is given (the object first).

    ``answer``  what it gives.
    """

    method: int
    callee: Callee
    made: bool
    given: list[Value]
    answer: Value
    span: Span


class _State(Struct):
    """Stack and local variables at one place."""

    stack: list[Value] = field(default_factory=list)
    local: dict[int, Value] = field(default_factory=dict)

    def copy(self) -> _State:
        return _State(list(self.stack), dict(self.local))

    def pop(self) -> Value:
        return self.stack.pop() if self.stack else None

    def meet(self, other: _State) -> None:
        """Keep what both ways agree on."""
        count = min(len(self.stack), len(other.stack))
        mine, theirs = self.stack[len(self.stack) - count :], other.stack[-count:] if count else []
        self.stack = [
            a if a is b or _equal(a, b) else None for a, b in zip(mine, theirs, strict=True)
        ]
        for number in {*self.local, *other.local}:
            a, b = self.local.get(number), other.local.get(number)
            self.local[number] = a if a is b or _equal(a, b) else None


class Follower:
    """Follows methods; collects calls, what fields are given, what methods answer."""

    def __init__(self, data: memoryview, members: Members, texts: Mapping[int, str]) -> None:
        self._data = data
        self._members = members
        self._texts = texts
        self._effects = Effects()
        self.calls: list[Call] = []
        self.stored: dict[Held, list[Value]] = defaultdict(list)
        self.answers: dict[int, list[Value]] = defaultdict(list)
        self.uses: dict[int, int] = {}
        self.left = MOST_INSTRUCTIONS

    def is_full(self) -> bool:
        """Whether there is more code than is followed."""
        return self.left <= 0 or len(self.calls) >= MOST_CALLS

    def follow(self, row: int, span: Span) -> None:
        """Follow one method; `FormatError` where its code is broken or there is too much."""
        run = _Run(row, _State(), self._members.shape(row))
        at, end = span.offset, span.end
        while at < end:
            start = at
            code, operand, at = self._decoded(start, end)
            self.left -= 1
            if self.left <= 0:
                raise FormatError("there is more code than is followed", start)
            run.arrive(start)
            try:
                self._step(run, code, operand, Span(start, at - start))
            except error:
                raise FormatError("an instruction is cut", start) from None
            if code in NEAR_JUMPS or code in FAR_JUMPS:
                kind = "<b" if code in NEAR_JUMPS else "<i"
                run.leave_for(at + int(unpack_from(kind, self._data, operand)[0]))
            if code in ENDS:
                run.alive = False

    def _decoded(self, start: int, end: int) -> tuple[int, int, int]:
        """Number of the instruction, where its operand lies, where the next one does."""
        data = self._data
        code, operand = data[start], start + 1
        size = _sizes()[0].get(code, 0)
        if code == BEHIND_FE and operand < end:
            size = _sizes()[BEHIND_FE].get(data[operand], 0)
            code = BEHIND_FE << 8 | data[operand]
            operand += 1
        elif size < 0 and operand + 4 <= end:
            size = 4 + 4 * int(unpack_from("<I", data, operand)[0])
        if operand + size > end:
            raise FormatError("an instruction is cut", start)
        return code, operand, operand + size

    def _step(self, run: _Run, code: int, operand: int, span: Span) -> None:
        state = run.state
        if code in (CALL, CALL_OBJECT, NEW):
            token = unpack_from("<I", self._data, operand)[0]
            self._called(run, self._members.callee(token), code == NEW, span)
        elif code == LOAD_TEXT:
            place = unpack_from("<I", self._data, operand)[0] & 0xFFFFFF
            self.uses[place] = self.uses.get(place, 0) + 1
            state.stack.append(Text(self._texts[place]) if place in self._texts else None)
        elif code in (LOAD_FIELD, LOAD_FIELD_ADDRESS, SET_FIELD, LOAD_STATIC,
                      LOAD_STATIC_ADDRESS, SET_STATIC):  # fmt: skip
            self._field(state, code, unpack_from("<I", self._data, operand)[0])
        elif code == RETURN:
            if run.shape is not None and run.shape.gives and state.stack:
                _remember(self.answers[run.row], state.pop())
        elif code == CALL_POINTER:
            state.stack.clear()
        elif not self._variable(run, code, operand):
            self._plain(state, code, operand)

    def _called(self, run: _Run, callee: Callee, made: bool, span: Span) -> None:
        state, shape = run.state, callee.shape
        if shape is None:
            state.stack.clear()
            given: list[Value] = []
        else:
            count = shape.takes - (made and shape.on_object)
            given = [state.pop() for _ in range(count)][::-1]
        on_object = shape is not None and shape.on_object and not made
        if on_object and given and isinstance(given[0], Local):
            given[0] = self._at(state, given[0], callee)
        answer = self._effects.answer(callee, given, made=made, on_object=on_object)
        if callee.name:
            told = [answer, *given] if made else given
            self.calls.append(Call(run.row, callee, made, told, answer, span))
        if made or (shape is not None and shape.gives):
            state.stack.append(answer)

    def _at(self, state: _State, place: Local, callee: Callee) -> Value:
        """The value in a variable that a method is called on, made where a constructor is."""
        if callee.name.endswith("..ctor"):
            state.local[place.number] = Made(callee.name.removesuffix("..ctor"), [], made=True)
        return state.local.get(place.number)

    def _field(self, state: _State, code: int, token: int) -> None:
        held = self._members.field(token)
        if code in (SET_FIELD, SET_STATIC):
            value = state.pop()
            _remember(self.stored[held], value)
            owner = state.pop() if code == SET_FIELD else None
            if isinstance(owner, Local):
                owner = state.local.get(owner.number)
            if isinstance(owner, Made):
                owner.members[held.name] = value
            return
        owner = state.pop() if code in (LOAD_FIELD, LOAD_FIELD_ADDRESS) else None
        if isinstance(owner, Local):
            owner = state.local.get(owner.number)
        known = isinstance(owner, Made) and held.name in owner.members
        state.stack.append(owner.members[held.name] if known else held)  # type: ignore[union-attr]

    def _variable(self, run: _Run, code: int, operand: int) -> bool:
        """Instructions on parameters and local variables; False for all others."""
        state = run.state
        kind, number = _variables().get(code, ("", -1))
        if not kind:
            return False
        if number < 0:
            wide = code > 0xFF
            number = int(unpack_from("<H" if wide else "<B", self._data, operand)[0])
        if kind == "parameter":
            state.stack.append(Parameter(run.row, number))
        elif kind == "local":
            state.stack.append(state.local.get(number))
        elif kind == "address":
            state.stack.append(Local(number))
        elif kind == "set":
            state.local[number] = state.pop()
        else:
            state.pop()
        return True

    def _plain(self, state: _State, code: int, operand: int) -> None:
        page, number = (BEHIND_FE, code & 0xFF) if code > 0xFF else (0, code)
        takes, gives = _effects()[page].get(number, (0, 0))
        taken = [state.pop() for _ in range(takes)]
        if code == COPY:
            state.stack += [taken[0], taken[0]]
        elif code == NEW_ARRAY:
            state.stack.append(Items())
        elif code in KEEPING:
            state.stack.append(taken[0])
        elif code == LOAD_OBJECT and isinstance(taken[0], Local):
            state.stack.append(state.local.get(taken[0].number))
        elif code in ARRAY_WRITES:
            value, place, array = taken
            if isinstance(array, Items) and isinstance(place, Number):
                array.items[place.number] = value
        elif code in ARRAY_READS:
            place, array = taken
            known = isinstance(array, Items) and isinstance(place, Number)
            state.stack.append(array.items.get(place.number) if known else None)  # type: ignore[union-attr]
        elif gives:
            state.stack += [self._number(code, operand), *[None] * (gives - 1)]

    def _number(self, code: int, operand: int) -> Value:
        if 0x15 <= code <= 0x1E:
            return Number(code - 0x16)
        kind = {0x1F: "<b", 0x20: "<i", 0x21: "<q"}.get(code)
        return Number(int(unpack_from(kind, self._data, operand)[0])) if kind else None


class _Run(Struct):
    """One method while it is followed."""

    row: int
    state: _State
    shape: Shape | None
    alive: bool = True
    waiting: dict[int, _State] = field(default_factory=dict)

    def arrive(self, at: int) -> None:
        """Take along what jumps to this place brought."""
        brought = self.waiting.pop(at, None)
        if brought is not None:
            if self.alive:
                self.state.meet(brought)
            else:
                self.state = brought
        elif not self.alive:
            self.state.stack.clear()
        self.alive = True

    def leave_for(self, target: int) -> None:
        """Remember what a jump brings along."""
        there = self.waiting.get(target)
        if there is None:
            self.waiting[target] = self.state.copy()
        else:
            there.meet(self.state.copy())


def _remember(held: list[Value], value: Value) -> None:
    """Add a value to what a field or method is known to hold."""
    if len(held) < MOST_STORES and not any(one is value or _equal(one, value) for one in held):
        held.append(value)


def _equal(one: Value, other: Value) -> bool:
    """Whether two values are the same; objects are only when they are one."""
    return not isinstance(one, Made | Items) and one is not None and one == other


@cache
def _sizes() -> Mapping[int, Mapping[int, int]]:
    found: dict[int, dict[int, int]] = {0: {}, BEHIND_FE: {}}
    for row in data_rows("instructions.csv"):
        for code in range(int(row["first"]), int(row["last"]) + 1):
            found[int(row["page"])][code] = int(row["size"])
    return found


@cache
def _effects() -> Mapping[int, Mapping[int, tuple[int, int]]]:
    found: dict[int, dict[int, tuple[int, int]]] = {0: {}, BEHIND_FE: {}}
    for row in data_rows("stack.csv"):
        for code in range(int(row["first"]), int(row["last"]) + 1):
            found[int(row["page"])][code] = int(row["takes"]), int(row["gives"])
    return found


@cache
def _variables() -> Mapping[int, tuple[str, int]]:
    """Instructions on variables: what they do, the number that stands in the instruction."""
    found: dict[int, tuple[str, int]] = {}
    for number in range(4):
        found[0x02 + number] = "parameter", number
        found[0x06 + number] = "local", number
        found[0x0A + number] = "set", number
    forms = ("parameter", "parameter", "set parameter", "local", "address", "set")
    for place, kind in enumerate(forms):
        found[0x0E + place] = found[BEHIND_FE << 8 | 0x09 + place] = kind, -1
    return found
