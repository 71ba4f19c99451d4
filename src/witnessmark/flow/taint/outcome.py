"""What a run of a method comes to, and outcomes that can be used again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from witnessmark.flow.taint.store import Changes, Fields, Store
from witnessmark.flow.taint.values import NOTHING, Obj, Taint, Trace, Value, same

MOST_KEPT = 6
"""Outcomes of one method, in contexts of one short form, that are kept."""


class Outcome:
    """A value with changes, an exception with changes, both, or neither (it does not end)."""

    __slots__ = ("changes", "thrown", "thrown_changes", "value")

    def __init__(
        self,
        value: Value = NOTHING,
        changes: Changes | None = None,
        thrown: Value = NOTHING,
        thrown_changes: Changes | None = None,
    ) -> None:
        self.value = value
        self.changes = changes
        self.thrown = thrown
        self.thrown_changes = thrown_changes

    def values(self) -> Iterator[Value]:
        """All values in it."""
        yield self.value
        yield self.thrown
        for changes in (self.changes, self.thrown_changes):
            for fields in (changes or {}).values():
                yield from fields.values()

    def outside(self) -> Sequence[Obj]:
        """Objects from outside that its values hold."""
        return list(
            dict.fromkeys(
                atom for value in self.values() for atom in value.objects if atom.symbolic
            )
        )

    def makes(self, store: Store) -> bool:
        """Whether objects are in it that were not there before: those bear the context's name."""
        for changes in (self.changes, self.thrown_changes):
            for obj in changes or ():
                if obj.lasts:
                    continue
                if store.before(obj) is None:
                    return True
        return False

    def lasting(self, store: Store, arguments: list[Value]) -> Outcome:
        """The same with only those changes that the caller can see."""
        return Outcome(
            self.value,
            None if self.changes is None else store.lasting(self.changes, (self.value, *arguments)),
            self.thrown,
            None
            if self.thrown_changes is None
            else store.lasting(self.thrown_changes, (self.thrown, *arguments)),
        )


class Remembered:
    """A run: what it was given and read, and what it came to.

    ``site``  short form of its context where its objects bear that name, -1 where it made none.
    ``outside``  objects from outside that are anywhere in the outcome.
    """

    __slots__ = ("arguments", "guard", "outcome", "outside", "reads", "site")

    def __init__(
        self,
        site: int,
        arguments: list[Value],
        guard: Taint,
        reads: dict[Obj, dict[Any, Any]],
        outcome: Outcome,
        outside: Sequence[Obj],
    ) -> None:
        self.site = site
        self.arguments = arguments
        self.guard = guard
        self.reads = reads
        self.outcome = outcome
        self.outside = outside

    def fits(self, arguments: list[Value], guard: Taint, store: Store) -> bool:
        """Whether a run with these arguments, on this store, must come to the same."""
        return (
            len(arguments) == len(self.arguments)
            and all(map(same, arguments, self.arguments))
            and guard.keys() == self.guard.keys()
            and store.fits(self.reads)
        )

    def again(self, arguments: list[Value]) -> Outcome:
        """The outcome for arguments whose data came another way."""
        swaps: dict[Trace, Trace] = {}
        for old, new in zip(self.arguments, arguments, strict=True):
            if old.taint is not new.taint:
                for source, trace in old.taint.items():
                    if trace is not new.taint[source]:
                        swaps[trace] = new.taint[source]
        found = self.outcome
        if not swaps:
            return found
        return Outcome(
            swapped(found.value, swaps),
            _swapped_changes(found.changes, swaps),
            swapped(found.thrown, swaps),
            _swapped_changes(found.thrown_changes, swaps),
        )


def swapped(value: Value, swaps: Mapping[Trace, Trace]) -> Value:
    """The value, its data having come by other first steps."""
    if not value.taint:
        return value
    return Value(
        value.atoms,
        {
            source: Trace(trace, trace.method, trace.pc, "", swaps)
            for source, trace in value.taint.items()
        },
    )


def _swapped_changes(changes: Changes | None, swaps: Mapping[Trace, Trace]) -> Changes | None:
    if changes is None:
        return None
    return {obj: _swapped_fields(fields, swaps) for obj, fields in changes.items()}


def _swapped_fields(fields: Fields, swaps: Mapping[Trace, Trace]) -> Fields:
    if not any(value.taint for value in fields.values()):
        return fields
    return {field: swapped(value, swaps) for field, value in fields.items()}


class Memory:
    """Outcomes by method and short form of the context, the latest first.

    ``spent``  steps that runs of each method took, those of calls in them included.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], list[Remembered]] = {}
        self.spent: dict[int, int] = {}

    def recall(
        self, method: int, site: int, arguments: list[Value], guard: Taint, store: Store
    ) -> Remembered | None:
        """An outcome that holds here too; what it read is noted in the store."""
        for key in ((method, -1), (method, site)):
            for one in self._kept.get(key, ()):
                if one.fits(arguments, guard, store):
                    store.noted(one.reads)
                    store.adopt(one.outside)
                    return one
        return None

    def keep(self, method: int, made: Remembered, steps: int) -> None:
        """Keep an outcome that took so many steps; the oldest of the method goes."""
        listed = self._kept.setdefault((method, made.site), [])
        listed.insert(0, made)
        del listed[MOST_KEPT:]
        self.spent[method] = self.spent.get(method, 0) + steps
