"""Tables: an app as columns.

A `TableSchema` documents its columns; docs/reference is generated from it and the DuckDB
file carries the same names. A `Table` is that schema with one numpy array a column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

ColumnType = Literal["bool", "u1", "u2", "u4", "i4", "i8", "text"]
InputKind = Literal["apk", "dex", "smali", "java", "binary_xml", "arsc", "elf", "web"]

DTYPES: Mapping[ColumnType, str] = {
    "bool": "?", "u1": "u1", "u2": "u2", "u4": "u4", "i4": "i4", "i8": "i8", "text": "O",
}  # fmt: skip
"""numpy type of each column type; text is an object array of ``str``."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``refers`` names the table whose row index the value is (-1: none)."""

    name: str
    type: ColumnType
    says: str
    refers: str = ""


@dataclass(frozen=True, slots=True)
class TableSchema:
    """Name, meaning and columns of a table; ``filled_by`` says which inputs can fill it.

    A row's index is its id. Tables whose rows stand somewhere in the bytes have the columns
    ``artifact``, ``offset``, ``length`` (see `facts.tables.artifacts`).
    """

    name: str
    says: str
    columns: tuple[Column, ...]
    filled_by: tuple[InputKind, ...]

    def column_names(self) -> tuple[str, ...]:
        """Names in column order."""
        return tuple(column.name for column in self.columns)


Deferred: TypeAlias = Callable[[], NDArray[Any]]
"""A column that is made when it is first asked for."""


class Table:
    """Rows of one schema, column by column, all of one length; treat as read-only."""

    __slots__ = ("_columns", "schema")

    def __init__(self, schema: TableSchema, columns: Mapping[str, NDArray[Any] | Deferred]) -> None:
        """``columns`` by name; those that cost much may be deferred, but not the first."""
        if set(columns) != set(schema.column_names()):
            raise ValueError(
                f"{schema.name}: expected columns {schema.column_names()}, got {tuple(columns)}"
            )
        if len({len(array) for array in columns.values() if not callable(array)}) > 1:
            raise ValueError(f"{schema.name}: columns differ in length")
        self.schema = schema
        self._columns = {name: columns[name] for name in schema.column_names()}

    @classmethod
    def from_rows(cls, schema: TableSchema, rows: Iterable[Sequence[Any]]) -> Table:
        """Build from row tuples in schema order; for small tables and tests."""
        listed = [tuple(row) for row in rows]
        width = len(schema.columns)
        for row in listed:
            if len(row) != width:
                raise ValueError(f"{schema.name}: row of {len(row)} values, expected {width}")
        columns = {
            column.name: as_column(column, [row[index] for row in listed])
            for index, column in enumerate(schema.columns)
        }
        return cls(schema, columns)

    @classmethod
    def empty(cls, schema: TableSchema) -> Table:
        """The table without rows."""
        return cls.from_rows(schema, ())

    def __len__(self) -> int:
        return len(self[next(iter(self._columns))]) if self._columns else 0

    def __getitem__(self, column: str) -> NDArray[Any]:
        found = self._columns[column]
        if callable(found):
            found = self._columns[column] = found()
        return found

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Row tuples of the named columns (all when none is named), as Python values."""
        chosen = names or self.schema.column_names()
        return zip(*(self[name].tolist() for name in chosen), strict=True)


def as_column(column: Column, values: Sequence[Any]) -> NDArray[Any]:
    """``values`` as the array that ``column`` asks for."""
    if column.type == "text":
        array = np.empty(len(values), dtype=object)
        array[:] = values
        return array
    return np.asarray(values, dtype=np.dtype(DTYPES[column.type]))
