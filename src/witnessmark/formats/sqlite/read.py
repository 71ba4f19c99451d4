"""The file: header, pages, table b-trees, schema.

Write-ahead logs and journals are files of their own and are not applied. Pages are visited at
most once a walk, so that cycles end; every walk is bounded by the pages of the file.

Source: sqlite.org/fileformat2.html, sections 1.3 (header), 1.6 (b-tree pages), 2.6 (schema).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from msgspec import Struct

from witnessmark.formats.sqlite.records import ENCODINGS, Value, read_record, varint
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

MAGIC = b"SQLite format 3\0"
HEADER = 100
LEAF, INTERIOR = 0x0D, 0x05
LONGEST_PAYLOAD = 1 << 24
MOST_OBJECTS = 10_000


class SchemaObject(Struct, frozen=True):
    """A row of the schema: a table, index, view or trigger.

    ``root``  its first page, 0 for none; ``span`` is that of the SQL text, empty where the text
    lies on several pages.
    """

    type: str
    name: str
    table: str
    root: int
    sql: str
    span: Span


class Cell(Struct, frozen=True):
    """A row as stored: its key, its bytes, and where they start when they lie in one piece."""

    key: int
    payload: bytes
    offset: int
    whole: bool


class SqliteFile(Struct, frozen=True):
    """A database. ``pages`` counts the whole pages that the file holds."""

    data: memoryview
    page_size: int
    usable: int
    encoding: str
    pages: int
    objects: tuple[SchemaObject, ...]

    def count(self, root: int) -> int:
        """Rows of the table whose b-tree begins at ``root``; raises `FormatError`."""
        return sum(1 for _ in self.cells(root))

    def rows(self, root: int) -> Iterator[tuple[Value, ...]]:
        """Rows of a table in the order of their keys; raises `FormatError` where one breaks."""
        for cell in self.cells(root):
            yield read_record(cell.payload, self.encoding)[0]

    def cells(self, root: int) -> Iterator[Cell]:
        """Rows as stored, in the order of their keys."""
        seen: set[int] = set()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in seen:
                raise FormatError(f"page {number} is reached twice", self._start(number))
            seen.add(number)
            page, start = self._page(number), self._start(number)
            head = HEADER if number == 1 else 0
            kind, count = page[head], int.from_bytes(page[head + 3 : head + 5], "big")
            if kind == LEAF:
                for at in _pointers(page, head + 8, count, start):
                    yield self._cell(page, at, start)
            elif kind == INTERIOR:
                last = int.from_bytes(page[head + 8 : head + 12], "big")
                below = [
                    int.from_bytes(page[at : at + 4], "big")
                    for at in _pointers(page, head + 12, count, start)
                ]
                waiting.extend(reversed([*below, last]))
            else:
                raise FormatError(f"page {number} is no page of a table (type {kind})", start)

    def _start(self, number: int) -> int:
        return (number - 1) * self.page_size

    def _page(self, number: int) -> memoryview:
        if not 1 <= number <= self.pages:
            raise FormatError(f"page {number} lies outside the file", 0)
        start = self._start(number)
        return self.data[start : start + self.usable]

    def _cell(self, page: memoryview, at: int, start: int) -> Cell:
        size, at = varint(page, at)
        key, at = varint(page, at)
        if not 0 <= size <= LONGEST_PAYLOAD:
            raise FormatError("a row is larger than can be read", start + at)
        local = self._local(size)
        if at + local > len(page):
            raise FormatError("a row runs over the end of its page", start + at)
        if local == size:
            return Cell(key, bytes(page[at : at + size]), start + at, whole=True)
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        payload = bytes(page[at : at + local]) + self._overflow(following, size - local)
        return Cell(key, payload, start + at, whole=False)

    def _local(self, size: int) -> int:
        """Bytes of a row that its leaf page holds (section 1.6, table b-tree leaf cell)."""
        largest = self.usable - 35
        if size <= largest:
            return size
        least = (self.usable - 12) * 32 // 255 - 23
        kept = least + (size - least) % (self.usable - 4)
        return kept if kept <= largest else least

    def _overflow(self, number: int, left: int) -> bytes:
        parts: list[bytes] = []
        seen: set[int] = set()
        while left > 0:
            if number in seen:
                raise FormatError("overflow pages form a circle", self._start(number))
            seen.add(number)
            page = self._page(number)
            parts.append(bytes(page[4 : 4 + left]))
            left -= len(parts[-1])
            number = int.from_bytes(page[:4], "big")
        return b"".join(parts)


def read_sqlite(data: bytes | memoryview) -> SqliteFile:
    """The database in ``data``; raises `FormatError` where header or schema cannot be read."""
    view = memoryview(data)
    if len(view) < HEADER or bytes(view[:16]) != MAGIC:
        raise FormatError("no SQLite header", 0)
    (size,) = struct.unpack_from(">H", view, 16)
    page_size = 65536 if size == 1 else size
    if page_size < 512 or page_size & (page_size - 1):
        raise FormatError(f"a page size of {page_size} bytes", 16)
    usable = page_size - view[20]
    if usable < 480:
        raise FormatError("too little of each page is usable", 20)
    (number,) = struct.unpack_from(">I", view, 56)
    encoding = ENCODINGS.get(number, "utf-8")
    pages = len(view) // page_size
    if pages < 1:
        raise FormatError("the file ends within its first page", len(view))
    bare = SqliteFile(view, page_size, usable, encoding, pages, ())
    return SqliteFile(view, page_size, usable, encoding, pages, tuple(_schema(bare)))


def _schema(file: SqliteFile) -> Iterator[SchemaObject]:
    for number, cell in enumerate(file.cells(1)):
        if number >= MOST_OBJECTS:
            raise FormatError("more tables than can be read", 0)
        values, starts = read_record(cell.payload, file.encoding)
        if len(values) < 5:
            raise FormatError("a row of the schema has too few columns", cell.offset)
        kind, name, table, root, sql = values[:5]
        text = sql if isinstance(sql, str) else ""
        length = len(text.encode(file.encoding, "replace"))
        span = Span(cell.offset + starts[4], length) if cell.whole else Span(cell.offset, 0)
        yield SchemaObject(
            str(kind), str(name), str(table), root if isinstance(root, int) else 0, text, span
        )


def _pointers(page: memoryview, first: int, count: int, start: int) -> Iterator[int]:
    if first + 2 * count > len(page):
        raise FormatError("a page lists more rows than it can hold", start)
    for at in range(first, first + 2 * count, 2):
        pointer = int.from_bytes(page[at : at + 2], "big")
        if pointer >= len(page):
            raise FormatError("a row lies outside its page", start + at)
        yield pointer
