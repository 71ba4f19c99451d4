"""One source file while it is lowered: what is made of it, what could not be read."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from witnessmark.formats.java.constants import Value
from witnessmark.formats.java.syntax import UnreadableError
from witnessmark.formats.java.types import Type, spoken
from witnessmark.formats.java.world import World
from witnessmark.formats.listing.model import ListedClass, Unread
from witnessmark.model.location import Span

MOST_UNREAD = 2000


class Captured(Struct, frozen=True):
    """Locals that a class in a body keeps, by name, and whether it keeps an outer object."""

    variables: dict[str, Type]
    outer: bool
    constants: dict[str, Value] = field(default_factory=dict)


class Unit(Struct):
    """Classes that lowering makes, notes of what is missing, and names given so far."""

    world: World
    classes: list[ListedClass] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    lacks_classes: bool = False
    captured: dict[str, Captured] = field(default_factory=dict)
    pending: list[Callable[[], None]] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def note(self, says: str, span: Span) -> None:
        """Something could not be read; told once a place."""
        if len(self.unread) < MOST_UNREAD:
            self.unread.append(Unread(says, span))

    def note_once(self, says: str, span: Span) -> None:
        """Something could not be read; told at its first place only."""
        if says not in self._told:
            self._told.add(says)
            self.note(says, span)

    def note_missing(self, desc: str, span: Span) -> None:
        """A class is not here; told at its first place only."""
        name = spoken(desc.lstrip("["))
        if name not in self._told and len(self.unread) < MOST_UNREAD:
            self._told.add(name)
            self.unread.append(Unread(f"the class {name} is not here", span, name))
        self.lacks_classes = True

    def lost(self, error: UnreadableError, fallback: Span) -> None:
        """A piece that lowering gave up."""
        self.note(error.says, error.span if error.span.length else fallback)

    def fresh_name(self, outer: str, suffix: str = "") -> str:
        """A name for a class without one: ``Lp/C$1;``, or ``Lp/C$1Local;`` for a local one."""
        number = self._numbers.get(outer + suffix, 0)
        while True:
            number += 1
            desc = f"{outer[:-1]}${number}{suffix};"
            if desc not in self.world.names.declared:
                self._numbers[outer + suffix] = number
                return desc

    def lambda_name(self, outer: str) -> str:
        """A name for the class that stands for a lambda expression."""
        number = self._numbers.get(outer + "->", 0)
        self._numbers[outer + "->"] = number + 1
        return f"{outer[:-1]}$$Lambda${number};"
