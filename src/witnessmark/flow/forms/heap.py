"""What objects hold, as far as traced code wrote it: fields, elements, values stored by name.

The heap only grows while roots are traced again, so the order in which methods run does not
matter. Every read is noted with the root that made it, so that only those are traced again
whose reads have changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator

from witnessmark.flow.forms.values import (
    ANY,
    NOTHING,
    Answer,
    Built,
    Coded,
    Index,
    Instance,
    Item,
    Made,
    Number,
    Resource,
    Value,
    Values,
    View,
    bounded,
    has_answer,
    joined,
)  # fmt: skip

Cell = tuple[Hashable, ...]
"""What is written: (object, field), (``any``, field), (``slot``, list, number), (``name``, ...)."""

MOST_SLOTS = 400
OF_FORMS = frozenset({"id", "layout", "array", "string", "menu", "xml"})
"""Kinds of resources that forms are made of."""


class Heap:
    """Cells with the values written to them."""

    def __init__(self) -> None:
        self._cells: dict[Cell, Values] = {}
        self._slots: dict[Value, dict[Hashable, Values]] = defaultdict(dict)
        self._readers: dict[Cell, set[Hashable]] = defaultdict(set)
        self._lively: set[Value] = set()
        self.reader: Hashable = None
        self.stale: set[Hashable] = set()

    def read(self, cell: Cell) -> Values:
        """Values of a cell, none when nobody wrote it."""
        self._readers[cell].add(self.reader)
        return self._cells.get(cell, NOTHING)

    def write(self, cell: Cell, values: Values) -> None:
        """Add values to a cell."""
        known = self._cells.get(cell, NOTHING)
        both = joined(known, values)
        if both != known:
            self._cells[cell] = both
            self._changed(cell)
            self._enliven(cell[0], both)

    def put_slot(self, owner: Value, slot: Hashable, values: Values) -> None:
        """Add an element: ``slot`` is its index as `Number`, or what tells its place in order."""
        slots = self._slots[owner]
        known = slots.get(slot, NOTHING)
        both = joined(known, values)
        if both != known and (slot in slots or len(slots) < MOST_SLOTS):
            slots[slot] = both
            self._changed(("slots", owner))
            self._enliven(owner, both)

    def _enliven(self, owner: Hashable, values: Values) -> None:
        if isinstance(owner, Made | Instance) and any(self.is_lively(one) for one in values):
            self._lively.add(owner)

    def is_lively(self, value: Value) -> bool:
        """Whether a value is, or an object holds, something of a form."""
        if isinstance(value, View | Answer | Item | Index | Coded):
            return True
        if isinstance(value, Resource):
            return value.kind in OF_FORMS
        if isinstance(value, Built):
            return has_answer(value)
        return value in self._lively

    def slots(self, owner: Value) -> list[Values]:
        """Elements of a list or array in order: by index where known, else as they were put."""
        self._readers["slots", owner].add(self.reader)
        return self.final_slots(owner)

    def final_slots(self, owner: Value) -> list[Values]:
        """The same, for after the tracing."""
        slots = self._slots.get(owner, {})
        if slots and all(isinstance(slot, Number) for slot in slots):
            return [slots[slot] for slot in sorted(slots, key=_index)]
        return list(slots.values())

    def slot(self, owner: Value, index: int) -> Values:
        """One element by its index, none when it is not known."""
        listed = self.slots(owner)
        return listed[index] if 0 <= index < len(listed) else NOTHING

    def cells(self) -> Iterator[tuple[Cell, Values]]:
        """All cells, in the order in which they were first written."""
        yield from self._cells.items()

    def _changed(self, cell: Cell) -> None:
        self.stale |= self._readers.get(cell, set())


def _index(slot: Hashable) -> int:
    return slot.value if isinstance(slot, Number) else -1


def merged(sets: list[Values]) -> Values:
    """One set of several, bounded."""
    found: set[Value] = set()
    for one in sets:
        found |= one
    return frozenset(found) if len(found) <= 12 else bounded(frozenset(found))


def known_only(values: Values) -> Values:
    """The values without `ANY`."""
    return values - {ANY} if ANY in values else values
