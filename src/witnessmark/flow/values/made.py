"""What constructors leave in new objects, so that the same one is not run again and again.

A run of a constructor on a new object of which nothing is known, with arguments that cannot
change, comes to the same wherever it starts, unless it touches static fields or is cut short as
too deep. It costs the fuel that it took the first time, so that limits mean what they meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.flow.values.objects import (
    CHANGING,
    UNKNOWN,
    Array,
    Builder,
    Thing,
    Value,
    copied,
    copied_into,
)  # fmt: skip

Key = tuple[object, ...]


class Left:
    """One run: the object as it was then, the instructions, calls within calls, and all methods
    that were run.
    """

    __slots__ = ("deep", "fuel", "methods", "thing")

    def __init__(self, thing: Thing, fuel: int, deep: int, methods: frozenset[int]) -> None:
        self.thing = thing
        self.fuel = fuel
        self.deep = deep
        self.methods = methods


class Made:
    """Runs of constructors that are kept, and notes about the run at hand.

    ``touched``  static fields read and written, and runs that were cut short, so far.
    ``missed``   instructions of runs whose results are remembered: the next time they cost none.
    ``peak``     calls within calls, at most; ``methods`` that were run, in order.
    """

    __slots__ = ("kept", "methods", "missed", "peak", "touched")

    def __init__(self) -> None:
        self.kept: dict[Key, Left] = {}
        self.touched = 0
        self.missed = 0
        self.peak = 0
        self.methods: list[int] = []

    def begin(self) -> None:
        """A run from the outside begins."""
        self.peak = 0
        self.methods.clear()

    def enter(self, method: int, depth: int) -> None:
        """A method is run."""
        self.methods.append(method)
        if depth > self.peak:
            self.peak = depth

    def fitting(self, key: Key, room: int, active: Sequence[int]) -> Left | None:
        """A run that may stand for one with ``room`` for calls within calls."""
        left = self.kept.get(key)
        if left is None or left.deep > room or not left.methods.isdisjoint(active):
            return None
        return left

    def again(self, left: Left, thing: Thing, depth: int) -> None:
        """Leave in another object what a run left in the first."""
        copied_into(thing, left.thing)
        self.methods.extend(left.methods)
        self.peak = max(self.peak, depth + left.deep)

    def mark(self) -> tuple[int, int, int]:
        """How far the notes are: before a run that may be kept."""
        return self.touched, self.missed, len(self.methods)

    def keep(
        self, key: Key, thing: Thing, fuel: int, deep: int, before: tuple[int, int, int]
    ) -> None:
        """Keep a run that took ``fuel``, unless it touched what is not its own."""
        touched, missed, first = before
        if touched == self.touched:
            fuel -= self.missed - missed
            twin = copied([thing])[0]
            self.kept[key] = Left(twin, fuel, deep, frozenset(self.methods[first:]))


def value_key(value: Value) -> object:
    """What tells a value from others; None for objects that are known in part."""
    kind = value.__class__
    if kind is Array or kind is Builder:
        return None
    if kind is Thing:
        return (value.kind, "unknown") if value.open and not value.known else None
    return ("null", 0) if value is None else value


def key_of(target: int, given: Sequence[Value]) -> Key | None:
    """What tells a run of a constructor from others; None for those that are not kept."""
    made = given[0] if given else UNKNOWN
    if made.__class__ is not Thing or made.known or made.open or made.steps:
        return None
    if not CHANGING.isdisjoint(map(type, given[1:])):
        return None
    return (target, made.kind, *map(value_key, given[1:]))
