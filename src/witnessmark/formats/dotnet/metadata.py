"""The metadata of an assembly: heaps of texts, tables of types and members.

Source: ECMA-335 part II.24. Which columns a table has is in ``data/tables.csv``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from struct import error, unpack_from

from msgspec import Struct

from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

MOST_STREAMS = 16
MOST_ROWS = 1 << 20
LONGEST_NAME = 1_000


class Layout(Struct, frozen=True):
    """A table: how many rows, where the first lies, where each column does, how long a row is."""

    rows: int
    offset: int
    columns: tuple[tuple[int, int], ...]
    size: int


class Metadata:
    """Heaps and tables of one assembly; offsets count in the file."""

    def __init__(self, data: memoryview, root: int) -> None:
        self.data = data
        try:
            self.heaps = dict(_streams(data, root))
            self._tables = dict(_tables(data, self.heaps.get("#~") or self.heaps.get("#-")))
        except error:
            raise FormatError("the metadata are cut", root) from None

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        return self._tables[table].rows if table in self._tables else 0

    def value(self, table: str, row: int, column: int) -> int:
        """A column of a row, rows from 1 as the format counts them."""
        layout = self._tables.get(table)
        if layout is None or not 1 <= row <= layout.rows:
            raise FormatError(f"there is no row {row} of {table}", 0)
        at, size = layout.columns[column]
        place = layout.offset + (row - 1) * layout.size + at
        return int.from_bytes(self.data[place : place + size], "little")

    def ranges(self, table: str, of: str, column: int) -> Iterator[tuple[int, range]]:
        """Rows of a table and the rows ``of`` another that are theirs; ``column`` tells the first.

        Ranges only ascend, as the format has it (II.22): no row is given twice.
        """
        rows, total = self.rows(table), self.rows(of)
        reached = 1
        for row in range(1, rows + 1):
            first = self.value(table, row, column)
            end = min(self.value(table, row + 1, column) if row < rows else total + 1, total + 1)
            yield row, range(max(first, reached), end)
            reached = max(reached, end)

    def row_span(self, table: str, row: int) -> Span:
        """Where a row of a table stands."""
        layout = self._tables.get(table)
        if layout is None or not 1 <= row <= layout.rows:
            raise FormatError(f"there is no row {row} of {table}", 0)
        return Span(layout.offset + (row - 1) * layout.size, layout.size)

    def name(self, place: int) -> str:
        """A name of the heap of names."""
        heap = self.heaps.get("#Strings", Span(0, 0))
        if not 0 <= place < heap.length:
            return ""
        start = heap.offset + place
        raw = bytes(self.data[start : min(start + LONGEST_NAME, heap.end)])
        return raw.split(b"\0", 1)[0].decode("utf-8", "replace")

    def texts(self) -> Iterator[tuple[int, Span]]:
        """Texts that code loads: the place by which it does, and their bytes (UTF-16)."""
        heap = self.heaps.get("#US", Span(0, 0))
        at = heap.offset + 1
        while at < heap.end:
            length, size = self.packed(at)
            start = at + size
            if size == 0 or start + length > heap.end:
                return
            if length > 1:
                yield at - heap.offset, Span(start, length - 1)
            at = start + length

    def blob(self, place: int) -> tuple[int, int]:
        """First byte and end of an entry of the heap of signatures; both 0 where it is cut."""
        heap = self.heaps.get("#Blob", Span(0, 0))
        at = heap.offset + place
        if not 0 < place < heap.length:
            return 0, 0
        length, size = self.packed(at)
        return (at + size, at + size + length) if at + size + length <= heap.end else (0, 0)

    def packed(self, at: int) -> tuple[int, int]:
        """A length in its packed form and the bytes of it, both 0 where it is cut."""
        if at >= len(self.data):
            return 0, 0
        first = self.data[at]
        size = 1 if first < 0x80 else 2 if first < 0xC0 else 4
        if at + size > len(self.data):
            return 0, 0
        mask = (0x7F, 0x3FFF, 0, 0x1FFFFFFF)[size - 1]
        return int.from_bytes(self.data[at : at + size], "big") & mask, size

    def chosen(self, which: str, value: int) -> tuple[str, int]:
        """What an index into one of several tables means: the table and its row."""
        bits, tables = _sets()[which]
        number = value & ((1 << bits) - 1)
        return (tables[number] if number < len(tables) else "-"), value >> bits


def _streams(data: memoryview, root: int) -> Iterator[tuple[str, Span]]:
    if bytes(data[root : root + 4]) != b"BSJB":
        raise FormatError("no metadata", root)
    (length,) = unpack_from("<I", data, root + 12)
    at = root + 16 + (length + 3 & ~3)
    (count,) = unpack_from("<H", data, at + 2)
    at += 4
    for _ in range(min(count, MOST_STREAMS)):
        offset, size = unpack_from("<II", data, at)
        name = bytes(data[at + 8 : at + 40]).split(b"\0", 1)[0]
        span = Span(root + offset, size)
        if span.end > len(data):
            raise FormatError("a heap lies outside the file", at)
        yield name.decode("ascii", "replace"), span
        at += 8 + (len(name) + 4 & ~3)


def _tables(data: memoryview, stream: Span | None) -> Iterator[tuple[str, Layout]]:
    if stream is None or stream.length < 24:
        raise FormatError("no tables", 0)
    heap_sizes = data[stream.offset + 6]
    (valid,) = unpack_from("<Q", data, stream.offset + 8)
    schema = _schema()
    if valid >> len(schema):
        raise FormatError("a table that there is not", stream.offset + 8)
    present = [number for number in range(len(schema)) if valid >> number & 1]
    counts = dict.fromkeys(range(len(schema)), 0)
    at = stream.offset + 24
    for number in present:
        (counts[number],) = unpack_from("<I", data, at)
        at += 4
    if any(count > MOST_ROWS for count in counts.values()):
        raise FormatError("more rows than are read", at)
    by_name = {schema[number][0]: count for number, count in counts.items()}
    at += 4 if heap_sizes & 0x40 else 0
    for number in present:
        name, columns = schema[number]
        sizes = [_size(column, heap_sizes, by_name) for column in columns]
        places = tuple((sum(sizes[:place]), size) for place, size in enumerate(sizes))
        yield name, Layout(counts[number], at, places, sum(sizes))
        at += sum(sizes) * counts[number]
        if at > stream.end:
            raise FormatError(f"the table {name} is cut", at)


def _size(column: str, heap_sizes: int, rows: Mapping[str, int]) -> int:
    """Bytes of a column."""
    if column in ("1", "2", "4"):
        return int(column)
    if column in ("S", "G", "B"):
        return 4 if heap_sizes & (1, 2, 4)["SGB".index(column)] else 2
    if column in rows:
        return 4 if rows[column] >= 1 << 16 else 2
    bits, tables = _sets()[column]
    most = max(rows.get(one, 0) for one in tables)
    return 4 if most >= 1 << (16 - bits) else 2


@cache
def _schema() -> Sequence[tuple[str, tuple[str, ...]]]:
    return tuple((row["name"], tuple(row["columns"].split())) for row in data_rows("tables.csv"))


@cache
def _sets() -> Mapping[str, tuple[int, tuple[str, ...]]]:
    return {
        row["name"]: (int(row["bits"]), tuple(row["tables"].split()))
        for row in data_rows("sets.csv")
    }


def data_rows(name: str) -> Iterator[Mapping[str, str]]:
    """Rows of a data file beside this module, comments left out."""
    text = Path(__file__).with_name("data").joinpath(name).read_text("utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
