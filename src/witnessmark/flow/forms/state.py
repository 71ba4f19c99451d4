"""One way through a method: registers, the branches taken, and how ways are joined."""

from __future__ import annotations

from msgspec import Struct

from witnessmark.flow.forms.program import Blocks
from witnessmark.flow.forms.values import (
    NOTHING,
    VARIANTS,
    Built,
    Guard,
    Number,
    Value,
    Values,
    has_answer,
    joined,
)  # fmt: skip

MOST_GUARDS = 40
Key = tuple[int, tuple[int | None, ...]]
"""A block and the numbers that its counters hold."""


class State(Struct):
    """Registers, the result of the last call, and the guards under which control is here."""

    registers: list[Values]
    guards: frozenset[Guard]
    result: Values = NOTHING

    def copy(self) -> State:
        """Another state with the same values."""
        return State(list(self.registers), self.guards, self.result)


def key_of(blocks: Blocks, start: int, state: State) -> Key:
    """What tells states at a block apart: the numbers that counters hold."""
    numbers: list[int | None] = []
    for register in blocks.counters:
        values = state.registers[register]
        number = next(iter(values)) if len(values) == 1 else None
        numbers.append(number.value if isinstance(number, Number) else None)
    return start, tuple(numbers)


def merge_into(known: State, new: State) -> bool:
    """Join ``new`` into ``known``; whether that told anything new."""
    changed = False
    for register, values in enumerate(new.registers):
        before = known.registers[register]
        if values is before:
            continue
        both = joined(before, values)
        if len(both) > VARIANTS:
            both = _limited(both)
        if both != before:
            known.registers[register] = both
            changed = True
    guards = known.guards & new.guards
    if guards != known.guards:
        known.guards = guards
        changed = True
    return changed


def _limited(values: Values) -> Values:
    """At most `VARIANTS` texts of one builder: those with answers first, then the longest."""
    growing: dict[Value | None, list[Built]] = {}
    for value in values:
        if isinstance(value, Built):
            growing.setdefault(value.maker, []).append(value)
    surplus: set[Value] = set()
    for listed in growing.values():
        if len(listed) > VARIANTS:
            ranked = sorted(
                listed, key=lambda one: (not has_answer(one), len(one.parts), repr(one))
            )
            surplus.update(ranked[VARIANTS:])
    return values - surplus if surplus else values


def guarded(guards: frozenset[Guard], guard: Guard) -> frozenset[Guard]:
    """The guards with one more; the opposite of it is dropped."""
    opposite = Guard(guard.test, not guard.outcome)
    kept = guards - {opposite}
    return kept | {guard} if len(kept) < MOST_GUARDS else kept
