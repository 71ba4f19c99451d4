"""Heads of sheets and tables that code takes from an array of texts, one after another.

``for (int i = 0; i < TITLE.length; i++) sheet.addCell(new Label(i, 0, TITLE[i]))`` names no cell;
the array that the method builds, or reads from a field, names them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from witnessmark.analyses.keeps._mark_calls import mark_calls
from witnessmark.analyses.keeps._record_keys import Key
from witnessmark.analyses.ownership import arrays_outside_libraries
from witnessmark.facts.tables.code import CALLS, FIELD_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.receivers import UNKNOWN
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.record_marks import RecordMark

LISTED = frozenset({"sheet", "csv"})
"""Formats whose calls write one cell each."""

TITLE = kept_regex(r"[^\W\d_][\w \u00b7().（）/-]{0,29}")
FEWEST = 3


def listed_keys(app: Facts, marks: Sequence[RecordMark]) -> Iterator[tuple[int, Key]]:
    """Texts of arrays in methods that write cells without a constant, with the method."""
    wanted = [one for one in marks if one.role == "put" and one.format in LISTED]
    calls = mark_calls(app, wanted)
    table = app.table(CALLS)
    constant = {
        call
        for call, position in constant_arguments(app, sorted(calls)).rows("call", "position")
        if position == calls[call].position
    }
    open_calls: dict[int, int] = {}
    for call in sorted(set(calls) - constant):
        open_calls.setdefault(int(table["method"][call]), call)
    if not open_calls:
        return
    for method, call in sorted(open_calls.items()):
        for strings in _arrays_of(app, method):
            texts = [app.string(row) for row in strings]
            if len(texts) >= FEWEST and all(TITLE.fullmatch(text) for text in texts):
                pc = int(table["pc"][call])
                for row, text in zip(strings, texts, strict=True):
                    yield method, Key(text, pc, row, calls[call], "", object=UNKNOWN)


def _arrays_of(app: Facts, method: int) -> list[tuple[int, ...]]:
    """Arrays of texts that a method builds or reads from fields, as rows of strings."""
    uses = app.table(FIELD_USES)
    read = set(uses["field"][np.flatnonzero(uses["method"] == method)].tolist())
    found: Mapping[tuple[int, int], list[int]] = defaultdict(list)
    for maker, array, string, field in arrays_outside_libraries(app).rows(
        "method", "array", "string", "field"
    ):
        if string >= 0 and (maker == method or field in read):
            found[maker, array].append(string)
    return [tuple(strings) for _, strings in sorted(found.items())]
