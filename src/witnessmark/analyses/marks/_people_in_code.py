"""Rows that code or resources write out: objects made with constants, arrays of texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.marks._book import string_span
from witnessmark.analyses.marks._books_in_code import given_to, makers_of_several
from witnessmark.analyses.marks._books_in_resources import resource_books
from witnessmark.analyses.marks._row_sets import RowSet
from witnessmark.analyses.ownership import arrays_outside_libraries, not_of_libraries
from witnessmark.facts.tables.code import CALLS, FIELDS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.made_objects import MadeObject, made_objects
from witnessmark.model.evidence import Evidence

FEWEST = 3
TEXT = "Ljava/lang/String;"


class WrittenRows(Struct, frozen=True):
    """Rows in code: the methods that write or use them, and one of them by its digest."""

    rows: RowSet
    methods: tuple[int, ...]
    evidence: tuple[Evidence, ...]


def rows_in_code(app: Facts) -> Iterator[WrittenRows]:
    """Row sets outside known libraries: runs of calls with texts, arrays, resource arrays."""
    yield from _of_calls(app)
    yield from _of_objects(app)
    yield from _of_arrays(app)
    for book in resource_books(app):
        texts = [entry.label for entry in book.entries]
        if len(texts) >= FEWEST and not book.offered and not book.setting:
            yield WrittenRows(
                _single(f"array/{book.name}", texts), book.methods,
                (_digest(app, book.entries[0].span),),
            )  # fmt: skip


def _of_calls(app: Facts) -> Iterator[WrittenRows]:
    """Calls of one method of the app with at least two texts, three times in one method."""
    methods, calls = app.table(METHODS), app.table(CALLS)
    told = not_of_libraries(app)
    inside = np.flatnonzero((methods["class"][calls["callee"]] >= 0) & told[calls["method"]])
    runs: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in inside.tolist():
        runs[int(calls["method"][row]), int(calls["callee"][row])].append(row)
    wanted = {
        key: rows
        for key, rows in runs.items()
        if len(rows) >= FEWEST and app.parameter_types(key[1]).count(TEXT) > 1
    }
    given = given_to(app, [row for rows in wanted.values() for row in rows])
    for (method, callee), rows in sorted(wanted.items()):
        width = len(app.parameter_types(callee))
        filled = [
            tuple(given[row][at].text if at in given[row] else "" for at in range(width))
            for row in rows
            if row in given
        ]
        strings = [one.row for row in rows for one in given.get(row, {}).values()
                   if one.kind == "string" and one.row >= 0]  # fmt: skip
        if len(filled) >= FEWEST and strings:
            name = f"{app.method_class(callee).rpartition('.')[2]} in {_where(app, method)}"
            names = _fields_of_maker(app, callee)
            columns = tuple(names[at] if at < len(names) else "" for at in range(width))
            rows_found = RowSet(name, columns, len(filled), tuple(filled))
            digest = _digest(app, string_span(app, strings[0]))
            yield WrittenRows(rows_found, (method,), (digest,))


def _fields_of_maker(app: Facts, callee: int) -> Sequence[str]:
    """Names of the fields of a class whose constructor takes one value for each of them."""
    if app.method_name(callee) != "<init>":
        return ()
    owner = int(app.table(METHODS)["class"][callee])
    fields = app.table(FIELDS)
    rows = np.flatnonzero((fields["class"] == owner) & ((fields["access"] & 0x1008) == 0))
    kinds = app.parameter_types(callee)
    names = [app.string(int(fields["name"][row])) for row in rows.tolist()]
    return names if len(names) == len(kinds) else ()


def _of_objects(app: Facts) -> Iterator[WrittenRows]:
    """Objects of one class that a method makes and fills part by part, three of them."""
    groups: dict[tuple[int, int], list[MadeObject]] = defaultdict(list)
    for made in made_objects(app, makers_of_several(app, not_of_libraries(app))):
        groups[made.method, made.type].append(made)
    for (method, kind), listed in sorted(groups.items()):
        columns = tuple(dict.fromkeys(part.name for made in listed for part in made.parts))
        filled = []
        for made in listed:
            cells = {part.name: part.value.text for part in made.parts}
            filled.append(tuple(cells.get(column, "") for column in columns))
        strings = [part.value.row for made in listed for part in made.parts
                   if part.value.kind == "string" and part.value.row >= 0]  # fmt: skip
        if len(filled) >= FEWEST and strings:
            name = f"{app.type_name(kind).rpartition('.')[2]} in {_where(app, method)}"
            rows = RowSet(name, columns, len(filled), tuple(filled))
            yield WrittenRows(rows, (method,), (_digest(app, string_span(app, strings[0])),))


def _of_arrays(app: Facts) -> Iterator[WrittenRows]:
    told = not_of_libraries(app)
    arrays: dict[tuple[int, int], list[int]] = defaultdict(list)
    for method, array, string in arrays_outside_libraries(app).rows("method", "array", "string"):
        if string >= 0 and told[method]:
            arrays[method, array].append(string)
    for (method, _), strings in sorted(arrays.items()):
        if len(strings) >= FEWEST:
            name = f"array in {_where(app, method)}"
            rows = _single(name, [app.string(row) for row in strings])
            yield WrittenRows(rows, (method,), (_digest(app, string_span(app, strings[0])),))


def _single(name: str, texts: Sequence[str]) -> RowSet:
    return RowSet(name, ("",), len(texts), tuple((text,) for text in texts))


def _where(app: Facts, method: int) -> str:
    return f"{app.method_class(method)}.{app.method_name(method)}"


def _digest(app: Facts, span: tuple[int, int, int]) -> Evidence:
    """One value, told by its digest, so that nobody is quoted."""
    return app.quote("one of the values, by the SHA-256 of its bytes", *span, "sha256")
