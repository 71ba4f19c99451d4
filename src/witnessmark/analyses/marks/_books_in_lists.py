"""Code books in code that are lists of texts: arrays, arrays of pairs, lists filled one by one,
and texts that hold a whole list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.marks._book import CODE, Book, composed, string_span
from witnessmark.analyses.marks._books_in_code import (
    Pair,
    Told,
    book_of,
    calls_of_role,
    given_to,
)
from witnessmark.analyses.ownership import arrays_outside_libraries, not_of_libraries
from witnessmark.facts.search import strings_among
from witnessmark.facts.tables.code import CALLS, METHODS, STATIC_VALUES, STRING_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.receivers import NOWHERE, UNKNOWN, receivers
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.book_calls import BookCall
from witnessmark.model.distinct import among, distinct

PAIRED = range(2, 5)
"""Texts of an array that is one entry among several of its kind."""

FEWEST = 3
SEPARATED = kept_regex(
    rb"(?:[,;|]|\xef\xbc\x8c|\xe3\x80\x81)[^\x00,;|]{1,60}(?:[,;|]|\xef\xbc\x8c|\xe3\x80\x81)"
)
SEPARATOR = kept_regex(r"[,;|，、；]")
OUTER = tuple(kept_regex(one) for one in (r"[;；]", r"[|]", r"[,，、]", r"[#\n]"))
INNER = ("|", ",", "，", ":", "：", "=", "-", "_", "/", "#", "@")
LONGEST = 20_000


class _Array(Struct, frozen=True):
    """An array: where it is made, the field that keeps it, its elements as rows of strings (-1
    for a number) and as texts.
    """

    place: int
    field: int
    strings: tuple[int, ...]
    texts: tuple[str, ...]


def list_books(app: Facts, calls: Sequence[BookCall]) -> Iterator[Book]:
    """Books in lists, by kind and method; the code of known libraries is left out."""
    told = not_of_libraries(app)
    offering = _offering(app, told, [one for one in calls if one.role == "offers"])
    yield from _arrays(app, told, offering)
    yield from _filled(app, told, [one for one in calls if one.role == "listed"], offering)
    yield from _texts(app, told)


def _offering(app: Facts, told: Told, calls: Sequence[BookCall]) -> frozenset[int]:
    """Classes in which a list is shown for something of it to be chosen."""
    rows = calls_of_role(app, told, calls)
    methods = app.table(CALLS)["method"][np.asarray(rows, dtype=np.int64)]
    return frozenset(app.table(METHODS)["class"][methods].tolist())


def _arrays(app: Facts, told: Told, offering: frozenset[int]) -> Iterator[Book]:
    by_method: dict[int, dict[int, list[tuple[int, str, int]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for method, array, string, number, field in arrays_outside_libraries(app).rows(
        "method", "array", "string", "number", "field"
    ):
        if (string >= 0 or number) and told[method]:
            text = app.string(string) if string >= 0 else number
            by_method[method][array].append((string, text, field))
    classes = app.table(METHODS)["class"]
    for method, arrays in sorted(by_method.items()):
        listed = [
            _Array(place, rows[0][2], tuple(row[0] for row in rows), tuple(row[1] for row in rows))
            for place, rows in sorted(arrays.items())
        ]
        offered = int(classes[method]) in offering
        yield from _of_method(app, method, listed, offered=offered)


def _of_method(
    app: Facts, method: int, arrays: Sequence[_Array], *, offered: bool
) -> Iterator[Book]:
    texts = {array.place: array.texts for array in arrays}
    paired = _pairs(app, arrays, texts)
    if paired:
        yield from book_of(app, "array", method, paired, offered=offered)
        rows = {pair.span for pair in paired}
        arrays = [
            array
            for array in arrays
            if not rows & {string_span(app, row) for row in array.strings if row >= 0}
        ]
    for array in arrays:
        if -1 in array.strings:
            continue
        codes = _sister_codes(texts, array.place)
        labels = texts[array.place]
        inside = () if codes else composed(labels)
        pairs = [
            Pair(
                codes[at] if codes else inside[at][0] if inside else str(at),
                inside[at][1] if inside else labels[at],
                string_span(app, row), "mutf-8", at,
            )
            for at, row in enumerate(array.strings)
        ]  # fmt: skip
        yield from book_of(
            app, "array", method, pairs, stated=bool(codes or inside), field=array.field,
            offered=offered,
        )  # fmt: skip


def _pairs(app: Facts, arrays: Sequence[_Array], texts: Mapping[int, Sequence[str]]) -> list[Pair]:
    """Code and label of each of at least three small arrays of one length that hold both."""
    by_length: dict[int, list[_Array]] = defaultdict(list)
    for array in arrays:
        by_length[len(array.strings)].append(array)
    for length in PAIRED:
        rows = [array for array in by_length.get(length, []) if array.field < 0]
        if len(rows) < FEWEST:
            continue
        columns = [[texts[array.place][at] for array in rows] for at in range(length)]
        code = next((at for at, cells in enumerate(columns) if _are_codes(cells)), -1)
        spelled = [at for at in range(length) if all(array.strings[at] >= 0 for array in rows)]
        if not set(spelled) - {code}:
            continue
        label = max(
            (at for at in spelled if at != code),
            key=lambda at: (any(not c.isascii() for c in columns[at]), sum(map(len, columns[at]))),
        )
        if code >= 0:
            return [
                Pair(columns[code][at], columns[label][at],
                     string_span(app, array.strings[label]), "mutf-8", at)
                for at, array in enumerate(rows)
            ]  # fmt: skip
    return []


def _are_codes(cells: Sequence[str]) -> bool:
    return len(set(cells)) == len(cells) and all(
        CODE.fullmatch(cell) and len(cell) <= 8 and cell.isascii() for cell in cells
    )


def _sister_codes(texts: Mapping[int, Sequence[str]], array: int) -> Sequence[str]:
    """The nearest array of short codes as long as this one."""
    if _are_codes(texts[array]) and all(text.isdigit() for text in texts[array]):
        return ()
    for other in sorted(texts, key=lambda one: abs(one - array)):
        if other != array and len(texts[other]) == len(texts[array]) and _are_codes(texts[other]):
            return texts[other]
    return ()


def _filled(
    app: Facts, told: Told, calls: Sequence[BookCall], offering: frozenset[int]
) -> Iterator[Book]:
    """Lists to which a method adds one constant text after another; code fetches a list that a
    field keeps again for each of them.
    """
    rows = calls_of_role(app, told, calls)
    given, objects = given_to(app, rows), receivers(app, rows)
    table, classes = app.table(CALLS), app.table(METHODS)["class"]
    added: dict[tuple[int, int, int], list[Pair]] = defaultdict(list)
    for call in sorted(given):
        text = given[call].get(0)
        if text is not None and text.kind == "string" and text.row >= 0:
            receiver = objects.get(call, NOWHERE)
            place = receiver.place if receiver.field < 0 else UNKNOWN
            key = int(table["method"][call]), place, receiver.field
            pc = int(table["pc"][call])
            code = str(len(added[key]))
            added[key].append(Pair(code, text.text, string_span(app, text.row), "mutf-8", pc))
    for (method, _, field), pairs in sorted(added.items()):
        offered = int(classes[method]) in offering
        yield from book_of(app, "list", method, pairs, stated=False, field=field, offered=offered)


STATEMENT = kept_regex(
    r"\s*(?:create|insert|select|update|delete|alter|drop|replace|pragma|with)\s", re.IGNORECASE
)
"""The beginning of SQL, whose columns stand between commas and are no values of a list."""


def split_text(text: str) -> tuple[Sequence[tuple[str, str]], Sequence[str]]:
    """Codes and labels that a text holds between separators, empty for none, and its parts.

    ``1|a;2|b`` has one separator between entries and another inside each; ``1,a,2,b`` has one.
    """
    for outer in OUTER:
        parts = [part.strip() for part in outer.split(text) if part.strip()]
        if len(parts) < FEWEST:
            continue
        inside = composed(parts) or _divided(parts)
        if inside:
            return inside, parts
    parts = [part.strip() for part in SEPARATOR.split(text) if part.strip()]
    codes, labels = parts[::2], parts[1::2]
    if len(codes) == len(labels) and _are_codes(codes) and not any(map(_is_code, labels)):
        return list(zip(codes, labels, strict=True)), parts
    return composed(parts), parts


def _divided(parts: Sequence[str]) -> Sequence[tuple[str, str]]:
    """Code and label of parts that one separator divides in two."""
    for inner in INNER:
        cells = [part.split(inner) for part in parts]
        if any(len(one) != 2 for one in cells):
            continue
        first, second = [one[0].strip() for one in cells], [one[1].strip() for one in cells]
        if _are_codes(first) and all(second) and not any(map(_is_code, second)):
            return list(zip(first, second, strict=True))
        if _are_codes(second) and all(first) and not any(map(_is_code, first)):
            return list(zip(second, first, strict=True))
    return ()


def _is_code(cell: str) -> bool:
    return cell.isascii() and any(map(str.isdigit, cell)) and bool(CODE.fullmatch(cell))


def _texts(app: Facts, told: Told) -> Iterator[Book]:
    """Constants that hold a list of values with separators between them."""
    uses, values = app.table(STRING_USES), app.table(STATIC_VALUES)
    rows = np.flatnonzero(told[uses["method"]])
    strings = strings_among(app, distinct(uses["string"][rows]).astype(np.int64), SEPARATED)
    places: dict[int, int] = {}
    for row in rows[among(uses["string"][rows], np.asarray(strings, dtype=np.int64))]:
        places.setdefault(int(uses["string"][row]), int(uses["method"][row]))
    fields = {
        ref: field for field, kind, ref in values.rows("field", "kind", "ref") if kind == "string"
    }
    for string, method in sorted(places.items()):
        text = app.string(string)
        inside, parts = split_text(text) if len(text) < LONGEST else ((), [])
        if STATEMENT.match(text) or any(part.count("(") != part.count(")") for part in parts):
            continue
        labels = [label for _, label in inside] or parts
        pairs = [
            Pair(inside[at][0] if inside else str(at), label, string_span(app, string), "mutf-8",
                 at)
            for at, label in enumerate(labels)
        ]  # fmt: skip
        yield from book_of(
            app, "text", method, pairs, stated=bool(inside), field=fields.get(string, -1)
        )
