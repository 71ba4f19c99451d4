"""A database as a whole: tables with their rows, views, and the catalog that names them.

Source: DuckDB, ``storage/checkpoint_manager.cpp``, ``storage/checkpoint/table_data_writer.cpp``,
``storage/table/row_group.cpp`` and ``storage/serialization/create_info.json``.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

from msgspec import Struct

from witnessmark.formats.duckdb.blocks import Blocks, place_in_chain
from witnessmark.formats.duckdb.columns import (
    KINDS,
    ROW_GROUP,
    Bounds,
    ColumnData,
    column_object,
    statistics,
)  # fmt: skip
from witnessmark.formats.duckdb.serial import END, field, text, unsigned

CATALOG = "facts"
"""Name of the database that entries are written under; a client names it after the file."""
TABLE, SCHEMA, VIEW = 1, 2, 3
MAIN = "main"

_SCHEMA_ENTRY = (
    field(99, unsigned(SCHEMA))
    + field(100, b"\1" + field(100, unsigned(SCHEMA)) + field(102, text(MAIN)))
    + field(105, b"\0") + END + END
)  # fmt: skip
_DEPENDS = (
    field(100, unsigned(SCHEMA)) + field(101, text(MAIN)) + field(102, text(MAIN)) + END
)  # fmt: skip
_BASE = (
    field(101, text(CATALOG)) + field(102, text(MAIN)) + field(105, b"\0")
    + field(109, field(100, unsigned(1) + field(100, _DEPENDS) + field(101, text(CATALOG)) + END)
    + END)
)  # fmt: skip
"""Of every table: where it belongs, and that it goes with its schema."""


class _RowGroup(Struct, frozen=True):
    first: int
    rows: int
    columns: tuple[bytes, ...]


class _Table(Struct, frozen=True):
    name: str
    columns: tuple[tuple[str, str], ...]
    rows: int
    groups: tuple[_RowGroup, ...]
    told: tuple[bytes, ...]


class DatabaseFile:
    """A new database in ``file``; complete only after `finish`."""

    def __init__(self, file: io.FileIO) -> None:
        self._blocks = Blocks(file)
        self._tables: list[_Table] = []
        self._views: list[bytes] = []

    def table(self, name: str, columns: Sequence[ColumnData]) -> None:
        """Write the rows of a table; all columns are of one length."""
        rows = len(columns[0])
        if any(len(column) != rows for column in columns):
            raise ValueError(f"{name}: columns differ in length")
        bounds: list[Bounds] = [None] * len(columns)
        groups = []
        for first in range(0, rows, ROW_GROUP):
            count = min(ROW_GROUP, rows - first)
            stored = []
            for number, column in enumerate(columns):
                pointers, found = column.segments(self._blocks, first, first + count)
                bounds[number] = _wider(bounds[number], found)
                stored.append(column_object(pointers, first, count))
            groups.append(_RowGroup(first, count, tuple(stored)))
        told = tuple(
            statistics(column.kind, one, rows=rows > 0)
            for column, one in zip(columns, bounds, strict=True)
        )
        named = tuple((column.name, column.kind) for column in columns)
        self._tables.append(_Table(name, named, rows, tuple(groups), told))

    def view(self, entry: bytes) -> None:
        """Add a view; ``entry`` is its catalog entry as DuckDB writes it."""
        self._views.append(entry)

    def finish(self) -> None:
        """Write what names the tables and where their columns are."""
        self._blocks.flush()
        first = self._blocks.count
        chain = bytearray()
        entries = [_SCHEMA_ENTRY]
        for table in self._tables:
            place = _add_rows(chain, table, first)
            entries.append(_table_entry(table, place))
        entries += self._views
        catalog = field(100, unsigned(len(entries)) + b"".join(entries)) + END
        self._blocks.finish(bytes(chain), catalog)


def _add_rows(chain: bytearray, table: _Table, first: int) -> bytes:
    """Append a table's metadata to ``chain``; the pointer to it."""
    groups = []
    for group in table.groups:
        pointers = []
        for column in group.columns:
            pointers.append(_pointer(first, len(chain)))
            chain += column
        groups.append(
            field(100, unsigned(group.first)) + field(101, unsigned(group.rows))
            + field(102, unsigned(len(pointers)) + b"".join(pointers)) + field(103, b"\0") + END
        )  # fmt: skip
    place = _pointer(first, len(chain))
    columns = b"".join(b"\1" + b"\x64\0" + told[2:] + END for told in table.told)
    chain += field(100, unsigned(len(table.told)) + columns) + END
    chain += struct.pack("<Q", len(groups))
    for spelled in groups:
        chain += spelled
    return place


def _pointer(first: int, at: int) -> bytes:
    """A pointer into the chain that begins with block ``first``."""
    block, offset = place_in_chain(first, at)
    return field(100, unsigned(block)) + field(101, unsigned(offset)) + END


def _table_entry(table: _Table, place: bytes) -> bytes:
    columns = b"".join(
        field(100, text(name)) + field(101, field(100, unsigned(KINDS[kind][0])) + END)
        + field(103, b"\0") + field(104, b"\0") + END
        for name, kind in table.columns
    )  # fmt: skip
    listed = field(100, unsigned(len(table.columns)) + columns) + END
    info = field(100, unsigned(TABLE)) + _BASE + field(200, text(table.name)) + field(201, listed)
    return (
        field(99, unsigned(TABLE)) + field(100, b"\1" + info + END) + field(101, place)
        + field(102, unsigned(table.rows)) + field(103, b"\0") + field(104, b"\0") + END
    )  # fmt: skip


def _wider(known: Bounds, more: Bounds) -> Bounds:
    if known is None or more is None:
        return more if known is None else known
    return min(known[0], more[0]), max(known[1], more[1])
