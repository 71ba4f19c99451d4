"""Strings of code that was read from text, quoted where the code uses them.

Dex keeps a string once for all its uses; source writes it at each. So the file and line of the use
are quoted, and where Java source has a constant's name there, what it stands for and where that is
written. Decompilers put such names in place of texts, also of constants that only happen to say
the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from witnessmark.facts.tables.code import METHODS, STRING_USES
from witnessmark.model.evidence import Evidence

if TYPE_CHECKING:
    from witnessmark.facts.view import Facts

LONGEST_VALUE = 80
"""Characters of a constant's value that a sentence repeats."""
QUOTES = ("'", '"')

Place = Mapping[str, str | int]


def quote_used_string(
    facts: Facts, declared: Evidence, string: int, place: Place
) -> Evidence | None:
    """The use of ``string`` that ``place`` names by method and pc; None where it names none.

    ``declared`` quotes the string at its first place in the text.
    """
    method, pc = _use(facts, string, place)
    if method < 0:
        return None
    methods = facts.table(METHODS)
    offset = int(methods["code_offset"][method]) + 2 * pc
    used = facts.quote(declared.says, int(methods["artifact"][method]), offset, 4, "hex", place)
    if used.at is None or declared.at is None or used.at.offset == declared.at.offset:
        return None
    if any(mark in used.excerpt for mark in QUOTES):
        return used
    text = facts.string(string)
    shown = text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}\u2026"
    named = f"the source has a constant\u2019s name here, which stands for \u201c{shown}\u201d"
    written = replace(declared, says="here the constant gets what it stands for")
    return replace(used, says=f"{used.says}; {named}", because=(written,))


def _use(facts: Facts, string: int, place: Place) -> tuple[int, int]:
    """Method and pc of the use, -1 for none."""
    uses = facts.table(STRING_USES)
    for row in np.flatnonzero(uses["string"] == string).tolist():
        method, pc = int(uses["method"][row]), int(uses["pc"][row])
        if place.get("pc", pc) == pc and facts.method_signature(method) == place.get("method"):
            return method, pc
    return -1, 0
