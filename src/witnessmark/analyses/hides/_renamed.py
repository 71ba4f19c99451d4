"""How many classes carry names that say nothing."""

from __future__ import annotations

import json
import unicodedata

from msgspec import Struct

from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.search import strings_matching
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex

R8_MARKER = kept_regex(rb'~~R8\{"[^\x00]{1,600}\}')
"""The note that R8 leaves in each dex file that it writes (D8 writes ``~~D8``)."""

SHORT = 2
"""Characters of a name that says nothing."""

_UNSPEAKABLE = frozenset({"Lm", "Sk", "Mn", "Cf", "Co", "Cn"})
"""Unicode categories of modifiers and marks, from which names are made to confuse."""


class Renamed(Struct, frozen=True):
    """Class rows by how they are named; ``counted`` are classes no known library's."""

    counted: int
    short: tuple[int, ...]
    unspeakable: tuple[int, ...]


class Marker(Struct, frozen=True):
    """R8's note: string row, version, and whether the build is a release."""

    string: int
    version: str


def measure_names(facts: Facts) -> Renamed:
    """Look at the simple name of every class that is neither a known library's nor platform."""
    counted, short, unspeakable = 0, [], []
    for row, ownership in facts.table(SDK_CLASSES).rows("class", "ownership"):
        if ownership not in ("own", "other"):
            continue
        counted += 1
        simple = facts.class_name(row).rpartition(".")[2].partition("$")[0]
        if 0 < len(simple) <= SHORT and simple not in ("R", "BR"):
            short.append(row)
        elif simple and all(_confuses(character) for character in simple):
            unspeakable.append(row)
    return Renamed(counted, tuple(short), tuple(unspeakable))


def _confuses(character: str) -> bool:
    """Modifiers, marks, and Canadian syllables, which serve to confuse outside their language."""
    return unicodedata.category(character) in _UNSPEAKABLE or "\u1400" <= character <= "\u167f"


def r8_marker(facts: Facts) -> Marker | None:
    """R8's own note, None when there is none that reads as it should."""
    for row in strings_matching(facts, R8_MARKER, holding=b"~~R8{"):
        try:
            told = json.loads(facts.string(row)[4:])
        except ValueError:
            continue
        if isinstance(told, dict):
            return Marker(row, str(told.get("version", "")))
    return None
