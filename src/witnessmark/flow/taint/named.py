"""What is stored under a name, wherever in the app it is read again: files by path, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from witnessmark.flow.taint.objects import place_of
from witnessmark.flow.taint.outcall import OutsideCall, constants_in
from witnessmark.flow.taint.store import CONTENT
from witnessmark.flow.taint.values import HOLE, NO_TAINT, PARTIAL, Obj, Taint, Value, united

STORED: Final = ("file", "database")
"""Channels and kinds of sources that are joined by the names under which data is stored."""

UNNAMED: Final = "?"
"""Name of what is stored under a name that is not known."""

MOST_NAMES: Final = 12

TABLE = re.compile(r"\b(?:from|into|update|join|table)\s+[\"\'`\[]?(\w+)", re.IGNORECASE)
PARTS = re.compile(f"[/{HOLE}]")
WORD = re.compile(r"\w+")


def names_of(call: OutsideCall, kind: str, values: Iterable[Value]) -> list[str]:
    """Names that values spell, in order: parts of a path, or tables of a database."""
    found: dict[str, None] = {}
    for value in values:
        for constant in constants_in(call.store, value):
            if constant.__class__ is tuple:
                constant = constant[1] if constant[0] == PARTIAL else ""
            names = _tables(constant) if kind == "database" else PARTS.split(constant)
            found.update(dict.fromkeys(filter(None, names)))
    return list(found)[-MOST_NAMES:]


def _tables(constant: str) -> list[str]:
    return [constant] if WORD.fullmatch(constant) else TABLE.findall(constant)


def places_of(call: OutsideCall, kind: str, names: Iterable[str]) -> list[Obj]:
    """Places of the whole app that stand for names."""
    return [place_of(call.engine, kind, name) for name in names or (UNNAMED,)]


def stored(call: OutsideCall, kind: str, names: list[str], taint: Taint) -> None:
    """Data is written under names."""
    for place in places_of(call, kind, names):
        call.store.write(place, CONTENT, Value((), taint), strong=False)


def fetched(call: OutsideCall, kind: str, names: list[str]) -> Taint:
    """Data that was written under the name that is read: of a path its last part, of a query the
    first table.
    """
    found = NO_TAINT
    wanted = names[-1:] if kind == "file" else names[:1]
    for place in places_of(call, kind, wanted):
        found = united(found, call.store.peek(place, CONTENT).taint)
    return found
