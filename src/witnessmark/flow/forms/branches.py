"""Branches: which ways are taken, and what taking one tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from witnessmark.flow.forms.heap import known_only
from witnessmark.flow.forms.state import State, guarded
from witnessmark.flow.forms.tracer import Frame, Tracer
from witnessmark.flow.forms.values import (
    ANY,
    UNKNOWN,
    Answer,
    Coded,
    Guard,
    Index,
    Item,
    Number,
    Resource,
    Symbol,
    Test,
    Value,
    Values,
    Word,
    only,
    uncoded,
)  # fmt: skip
from witnessmark.flow.forms.which import Ways, ways
from witnessmark.flow.instructions import Instruction

NEVER_NULL = frozenset({"text", "date", "time"})
"""Parts of answers that are objects, so that a comparison with nothing decides nothing."""

Onward = list[tuple[int, State]] | None


def number(tracer: Tracer, frame: Frame, one: Instruction, literal: int) -> Value:
    """A number, or the resource whose id it is."""
    named = tracer.program.resource_by_number.get(literal & 0xFFFFFFFF) if literal >> 16 else None
    if named is None:
        return Number(literal)
    return Resource(*named, frame.place(one))


_ORDER: tuple[Callable[[int, int], bool], ...] = (
    lambda a, b: a == b,
    lambda a, b: a != b,
    lambda a, b: a < b,
    lambda a, b: a >= b,
    lambda a, b: a > b,
    lambda a, b: a <= b,
)


def branch(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> Onward:
    """A jump under a condition."""
    against_zero = one.opcode >= 0x38
    which = one.opcode - (0x38 if against_zero else 0x32)
    first = state.registers[one.registers[0]]
    zero: Values = frozenset({Number(0)})
    second = zero if against_zero else state.registers[one.registers[1]]
    target, after = one.pc + one.literal, one.pc + one.units
    a, b = _plain(first), _plain(second)
    if isinstance(a, Number) and isinstance(b, Number):
        return [(target if _ORDER[which](a.value, b.value) else after, state)]
    asked = None if against_zero or which > 1 else _which(tracer, state, first, second)
    if asked is not None:
        equal, unequal = asked if which == 0 else asked[::-1]
        return [(pc, way) for pc, way in ((target, equal), (after, unequal)) if way is not None]
    if against_zero and which < 2 and isinstance(a, Answer) and a.part in NEVER_NULL:
        return [(after if which == 0 else target, state)]
    _widen(frame, tracer, one, state)
    guard = _guard(frame, one, first, second, which, against_zero=against_zero)
    if guard is None:
        return [(target, state.copy()), (after, state)]
    tracer.tested(guard.test, guard.test.place)
    opposite = Guard(guard.test, not guard.outcome)
    taken, other = state.copy(), state
    taken.guards = guarded(state.guards, guard)
    other.guards = guarded(state.guards, opposite)
    return [(target, taken), (after, other)]


def _which(tracer: Tracer, state: State, first: Values, second: Values) -> Ways | None:
    """A question which view it is; a root may be handed views that nobody saw."""
    return ways(state, first, second, may_be_other=tracer.at_root)


def _plain(values: Values) -> Value | None:
    """The only value, whatever it stands for."""
    value = only(values)
    return None if value is None else uncoded(value)


def _widen(frame: Frame, tracer: Tracer, one: Instruction, state: State) -> None:
    """A counter compared with what is not known counts how far nobody knows."""
    blocks = tracer.program.blocks(frame.method)
    counters = blocks.counters if blocks is not None else ()
    for register in one.registers:
        if register in counters and isinstance(only(state.registers[register]), Number):
            state.registers[register] = UNKNOWN


def _guard(
    frame: Frame, one: Instruction, first: Values, second: Values, which: int, *, against_zero: bool
) -> Guard | None:
    """What taking the jump of a branch tells; None when it tells nothing of interest."""
    if which > 1:
        return _ordered(frame, one, first, second, which)
    a, b = only(known_only(first)), only(known_only(second))
    if isinstance(a, Test) and against_zero:
        if a.asks == "length":
            return Guard(Test("empty", a.of, ANY, frame.place(one)), which == 0)
        return Guard(a, which == 1)
    if isinstance(a, Answer | Coded) and against_zero:
        asks = "checked" if isinstance(a, Answer) and a.part == "checked" else "equals"
        test = Test(asks, a, ANY if asks == "checked" else Number(0), frame.place(one))
        return Guard(test, (which == 1) if asks == "checked" else (which == 0))
    for subject, other in ((a, b), (b, a)):
        if isinstance(subject, Answer | Symbol | Index | Item | Resource) and isinstance(
            other, Number | Resource
        ):
            if isinstance(subject, Resource) and subject == other:
                return None
            return Guard(Test("equals", subject, other, frame.place(one)), which == 0)
    if isinstance(a, Symbol) and against_zero:
        return Guard(Test("set", a, ANY, frame.place(one)), which == 1)
    return None


def _ordered(
    frame: Frame, one: Instruction, first: Values, second: Values, which: int
) -> Guard | None:
    """A comparison of size: of the length of an answer or of a number entered."""
    a, b = only(known_only(first)), only(known_only(second))
    signs = ("<", ">=", ">", "<=")
    if isinstance(a, Test) and a.asks == "length" and isinstance(b, Number):
        return Guard(
            Test("length", a.of, Word(f"{signs[which - 2]} {b.value}"), frame.place(one)), True
        )
    if isinstance(a, Answer | Symbol) and isinstance(b, Number):
        return Guard(Test("size", a, Word(f"{signs[which - 2]} {b.value}"), frame.place(one)), True)
    return None


def switch(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> Onward:
    """A jump to one of several places."""
    values, places = state.registers[one.registers[0]], frame.code.switches.get(one.pc, {})
    after = one.pc + one.units
    value = _plain(values)
    if isinstance(value, Number):
        return [(places.get(value.value, after), state)]
    found = _switch_of_views(tracer, (places, after), values, state)
    if found is not None:
        return found
    subject = next((one for one in values if isinstance(one, Answer | Symbol | Index | Item)), None)
    onward: list[tuple[int, State]] = []
    for key, pc in sorted(places.items()):
        taken = state.copy()
        if subject is not None:
            other = number(tracer, frame, one, key)
            test = Test("equals", subject, other, frame.place(one))
            taken.guards = guarded(state.guards, Guard(test, True))
        onward.append((pc, taken))
    return [*onward, (after, state)]


def _switch_of_views(
    tracer: Tracer, ends: tuple[Mapping[int, int], int], values: Values, state: State
) -> Onward:
    """A switch over ids of views; None for any other."""
    places, after = ends
    onward: list[tuple[int, State]] = []
    rest: State | None = state
    for key, pc in places.items():
        named = tracer.program.resource_by_number.get(key & 0xFFFFFFFF)
        if named is None or rest is None:
            return onward or None
        asked = _which(tracer, rest, values, frozenset({Resource(*named)}))
        if asked is None:
            return None
        equal, rest = asked
        if equal is not None:
            onward.append((pc, equal))
    return [*onward, (after, rest)] if rest is not None else onward
