"""Find string constants by their bytes, without decoding all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.facts.pieces import places_of
from witnessmark.facts.tables.code import STATIC_VALUES, STRING_USES, STRINGS
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.formats.dex.mutf8 import encode_mutf8
from witnessmark.model.distinct import distinct


class UsedStrings(Struct, frozen=True):
    """Strings that code loads or a static field starts with: rows, ascending, and their bytes.

    ``joined`` is all of them with a zero byte after each, ``starts`` where each begins in it;
    ``lowered`` the same with ASCII letters in lower case.
    """

    rows: NDArray[np.int64]
    texts: Sequence[bytes]
    joined: bytes
    starts: NDArray[np.int64]
    lowered: bytes


@once_an_app
def used_strings(facts: Facts) -> UsedStrings:
    """The strings that matter to what an app does: most others are names of classes and members."""
    values = facts.table(STATIC_VALUES)
    held = values["ref"][values["kind"] == "string"]
    rows = distinct(np.concatenate([facts.table(STRING_USES)["string"], held])).astype(np.int64)
    rows = rows[rows >= 0]
    texts = string_bytes(facts, rows)
    lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
    joined = b"".join(text + b"\0" for text in texts)
    return UsedStrings(rows, texts, joined, np.cumsum(lengths) - lengths, joined.lower())


def string_bytes(facts: Facts, rows: NDArray[np.int64]) -> list[bytes]:
    """MUTF-8 bytes of string rows."""
    strings = facts.table(STRINGS)
    artifacts = strings["artifact"][rows].tolist()
    first = strings["offset"][rows].tolist()
    end = (strings["offset"][rows].astype(np.int64) + strings["length"][rows]).tolist()
    blobs = {artifact: facts.blob(artifact) for artifact in set(artifacts)}
    return [
        bytes(blobs[artifact][a:b]) for artifact, a, b in zip(artifacts, first, end, strict=True)
    ]


def used_strings_matching(
    facts: Facts, pattern: re.Pattern[bytes], *, lowered: bool = False
) -> list[int]:
    """Rows of the used strings in which ``pattern`` occurs, ascending; with ``lowered`` it sees
    ASCII letters in lower case, which is faster than a pattern that disregards case.

    The pattern must not depend on ``^`` or ``$`` and must not match a zero byte. Cost: one pass.
    """
    used = used_strings(facts)
    data = used.lowered if lowered else used.joined
    at = np.array([match.start() for match in pattern.finditer(data)], dtype=np.int64)
    places = distinct(np.searchsorted(used.starts, at, side="right") - 1)
    found: list[int] = used.rows[places].tolist()
    return found


def strings_among(facts: Facts, rows: NDArray[np.int64], pattern: re.Pattern[bytes]) -> list[int]:
    """Those of some rows of ``strings`` in which ``pattern`` occurs, in their order."""
    there = rows[rows >= 0]
    texts = string_bytes(facts, there)
    return [row for row, text in zip(there.tolist(), texts, strict=True) if pattern.search(text)]


def used_strings_holding(facts: Facts, pieces: Iterable[bytes]) -> list[int]:
    """Rows of the used strings that hold one of ``pieces`` (MUTF-8, no zero byte), ascending.

    Cost: one pass, however many pieces there are.
    """
    used = used_strings(facts)
    found = places_of(used.joined, [piece for piece in pieces if piece])
    rows = distinct(np.searchsorted(used.starts, found.places, side="right") - 1)
    listed: list[int] = used.rows[rows].tolist()
    return listed


def used_strings_by_piece(facts: Facts, pieces: Sequence[bytes]) -> dict[int, set[bytes]]:
    """Rows of the used strings that hold one of ``pieces`` (MUTF-8, no zero byte, not empty),
    ascending, with those that each holds. Cost: one pass, however many pieces there are.
    """
    used = used_strings(facts)
    met = places_of(used.joined, pieces)
    places = np.searchsorted(used.starts, met.places, side="right") - 1
    found: dict[int, set[bytes]] = {row: set() for row in used.rows[distinct(places)].tolist()}
    for row, number in zip(used.rows[places].tolist(), met.numbers.tolist(), strict=True):
        found[row].add(pieces[number])
    return found


def used_strings_equal(facts: Facts, texts: Iterable[str]) -> list[int]:
    """Rows of the used strings that are one of ``texts`` in any case, ascending."""
    wanted = {encode_mutf8(text).lower() for text in texts}
    used = used_strings(facts)
    return [
        row
        for row, text in zip(used.rows.tolist(), used.texts, strict=True)
        if text.lower() in wanted
    ]


def strings_with_dotted_numbers(facts: Facts, pattern: re.Pattern[bytes]) -> list[int]:
    """Rows of ``strings`` in which ``pattern`` occurs, ascending; each of its matches holds four
    short numbers with dots between them, as addresses have. Cost: one comparison of all bytes.
    """
    rows = sorted({row for places in _by_file(facts) for row in places.rows_of_dotted()})
    texts = string_bytes(facts, np.asarray(rows, dtype=np.int64))
    return [row for row, text in zip(rows, texts, strict=True) if pattern.search(text)]


def strings_matching(
    facts: Facts, pattern: re.Pattern[bytes], holding: bytes | None = None
) -> list[int]:
    """Rows of ``strings``, used or not, in which ``pattern`` occurs, ascending.

    The pattern sees MUTF-8 bytes of whole files, so it must not depend on ``^`` or ``$`` and
    must not match a zero byte; a match that crosses the end of its string is dropped. Where every
    match lies in a string ``holding`` some bytes, naming them is much faster.
    Cost: one pass over each file that holds strings.
    """
    if holding is None:
        return sorted(set(_occurrences(facts, pattern)))
    rows = sorted(set(_occurrences(facts, re.compile(re.escape(holding)))))
    texts = string_bytes(facts, np.asarray(rows, dtype=np.int64))
    return [row for row, text in zip(rows, texts, strict=True) if pattern.search(text)]


def strings_holding(facts: Facts, pieces: Iterable[bytes]) -> list[int]:
    """Rows of ``strings``, used or not, that hold one of ``pieces`` (MUTF-8, no zero byte),
    ascending. Cost: one pass over each file that holds strings, however many pieces there are.
    """
    wanted = [piece for piece in pieces if piece]
    sizes = np.array([len(piece) for piece in wanted], dtype=np.int64)
    rows: set[int] = set()
    for file in _by_file(facts):
        found = places_of(file.data, wanted)
        rows.update(file.rows_at(found.places, found.places + sizes[found.numbers]))
    return sorted(rows)


class _File(Struct, frozen=True):
    """Strings of one file: its bytes from ``low`` on, and rows by where they start and end."""

    data: memoryview
    low: int
    rows: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def rows_at(self, first: NDArray[np.int64], end: NDArray[np.int64]) -> list[int]:
        """Rows that hold the spans ``first`` to ``end`` in ``data``, those that cross none."""
        at = np.searchsorted(self.starts, self.low + first, side="right") - 1
        inside = (at >= 0) & (self.low + end <= self.ends[at])
        found: list[int] = self.rows[at[inside]].tolist()
        return found

    def rows_of_dotted(self) -> list[int]:
        """Rows with three dots, digits on both sides of each, at most four bytes apart."""
        data = np.frombuffer(self.data, np.uint8)
        dots = np.flatnonzero(data[1:-1] == DOT) + 1
        digits = _is_digit(data[dots - 1]) & _is_digit(data[dots + 1])
        dots = dots[digits]
        near = np.diff(dots) <= MOST_DIGITS + 1
        first = np.flatnonzero(near[:-1] & near[1:])
        return self.rows_at(dots[first], dots[first + 2] + 1)


DOT = ord(".")
MOST_DIGITS = 3


def _is_digit(data: NDArray[np.uint8]) -> NDArray[np.bool_]:
    digits: NDArray[np.bool_] = (data >= ord("0")) & (data <= ord("9"))
    return digits


def _occurrences(facts: Facts, pattern: re.Pattern[bytes]) -> Iterator[int]:
    for file in _by_file(facts):
        spans = np.array([match.span() for match in pattern.finditer(file.data)], dtype=np.int64)
        if len(spans):
            yield from file.rows_at(spans[:, 0], spans[:, 1])


def _by_file(facts: Facts) -> Iterator[_File]:
    table = facts.table(STRINGS)
    for artifact in distinct(table["artifact"]).tolist():
        rows = np.flatnonzero((table["artifact"] == artifact) & (table["offset"] >= 0))
        if not len(rows):
            continue
        starts = table["offset"][rows].astype(np.int64)
        order = np.argsort(starts, kind="stable")
        rows, starts = rows[order], starts[order]
        ends = starts + table["length"][rows]
        low, high = int(starts[0]), int(ends.max())
        yield _File(facts.blob(int(artifact))[low:high], low, rows, starts, ends)
