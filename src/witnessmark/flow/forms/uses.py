"""What traced code was seen to do with views: found, shown, read, kept, filled, tested, opened."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Literal

from msgspec import Struct

from witnessmark.flow.forms.values import (
    Given,
    Guard,
    Made,
    Place,
    Resource,
    Test,
    Value,
    View,
    Word,
)

Chain = tuple[Place, ...]
NameKind = Literal[
    "json", "column", "parameter", "preference", "extra", "map", "field", "xml", "text"
]
"""What kind of name an answer goes under."""


class Found(Struct, frozen=True):
    """A view was looked up by its id; ``cast`` the class as which code treats it, empty if none."""

    view: View
    place: Place
    cast: str = ""


class Shown(Struct, frozen=True):
    """Something that a view shows was changed: text, hint, error, visibility, ..."""

    view: View
    what: str
    values: frozenset[Value]
    place: Place
    guards: frozenset[Guard]
    callback: str = ""


class Filled(Struct, frozen=True):
    """A view or dialog was given a list to choose from."""

    view: Value
    source: Value
    place: Place


class Kept(Struct, frozen=True):
    """An answer went under a name.

    ``name``   the name, ``kind`` what it is a name of; ``word`` the constant that spells it.
    ``owner``  object or class it was put into; ``table`` where SQL says it.
    ``whole``  the answer alone went there, not a longer text that holds it.
    """

    answer: Given
    kind: NameKind
    name: str
    place: Place
    word: Word | None = None
    owner: Value | str = ""
    table: str = ""
    guards: frozenset[Guard] = frozenset()
    whole: bool = True


class Tested(Struct, frozen=True):
    """A branch depends on an answer: ``asks`` as in `values.Test`."""

    view: View
    asks: str
    other: Value
    place: Place


class Told(Struct, frozen=True):
    """A message is shown because an answer is missing or wrong."""

    view: View
    test: Test
    message: Word | Resource
    place: Place


class Opened(Struct, frozen=True):
    """A layout was shown or made: ``how`` activity, dialog, view, row, preferences, menu, ...

    ``annotation`` the row of the annotation that names it; ``place`` then is where objects of the
    class are made.
    """

    layout: str
    how: str
    owner: str
    place: Place
    annotation: int = -1


class Placed(Struct, frozen=True):
    """A view was put into another."""

    parent: View
    child: View
    place: Place


class Written(Struct, frozen=True):
    """A row of a table was written from an object."""

    owner: Value
    table: str
    place: Place


class Uses(Struct):
    """All that was seen, each once, in the order in which it was first seen."""

    found: dict[Hashable, Found] = {}
    shown: dict[Hashable, Shown] = {}
    filled: dict[Hashable, Filled] = {}
    kept: dict[Hashable, Kept] = {}
    tested: dict[Hashable, Tested] = {}
    told: dict[Hashable, Told] = {}
    opened: dict[Hashable, Opened] = {}
    placed: dict[Hashable, Placed] = {}
    written: dict[Hashable, Written] = {}
    made: dict[Made, Place] = {}
    answered: dict[tuple[View, Place], None] = {}

    def see_found(self, one: Found) -> None:
        """Note a view that was looked up."""
        self.found.setdefault((one.view, one.place), one)

    def see_shown(self, one: Shown) -> None:
        """Note a change; of two at one place the one that knows more counts, guards shrink."""
        key = (one.view, one.what, one.place)
        known = self.shown.get(key)
        if known is not None:
            guards = known.guards & one.guards
            one = Shown(one.view, one.what, known.values | one.values, one.place, guards,
                        one.callback)  # fmt: skip
        self.shown[key] = one

    def see_kept(self, one: Kept) -> None:
        """Note that an answer went under a name."""
        key = (one.answer, one.kind, one.name, one.place)
        known = self.kept.get(key)
        if known is not None:
            one = Kept(one.answer, one.kind, one.name, one.place, one.word, one.owner, one.table,
                       known.guards & one.guards, known.whole or one.whole)  # fmt: skip
        self.kept[key] = one
