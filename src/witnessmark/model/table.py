"""Tables: an app as columns.

A `TableSchema` documents its columns; docs/reference is generated from it and the DuckDB
file carries the same names. A `Table` is that schema with one numpy array a column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.model.distinct import distinct_and_places

ColumnType = Literal["bool", "u1", "u2", "u4", "i4", "i8", "text"]
InputKind = Literal["apk", "dex", "smali", "java", "binary_xml", "arsc", "elf", "web"]

DTYPES: Mapping[ColumnType, str] = {
    "bool": "?", "u1": "u1", "u2": "u2", "u4": "u4", "i4": "i4", "i8": "i8", "text": "O",
}  # fmt: skip
"""numpy type of each column type; text is an object array of ``str``."""


class Column(Struct, frozen=True):
    """One column. ``refers`` names the table whose row index the value is (-1: none)."""

    name: str
    type: ColumnType
    says: str
    refers: str = ""


class TableSchema(Struct, frozen=True):
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


class Coding(Struct, frozen=True):
    """``codes``: a word's number, row by row. Words are ``own`` ones, then the texts of rows
    ``strings`` of the table of strings, which ``spell`` gives.
    """

    codes: NDArray[Any]
    own: NDArray[Any]
    strings: NDArray[Any]
    spell: Callable[[NDArray[Any]], NDArray[Any]]

    def words(self) -> NDArray[Any]:
        """All words, as an object array of ``str``."""
        return np.concatenate([self.own, self.spell(self.strings)])


class Coded:
    """A text column as numbers of its words, for columns that say few things often, or what
    strings say anyway. ``make`` is called when the column is first asked for.
    """

    def __init__(self, make: Callable[[], Coding]) -> None:
        self._make = make

    @cached_property
    def coding(self) -> Coding:
        """Numbers and words."""
        return self._make()

    def texts(self) -> NDArray[Any]:
        """The column, row by row."""
        spelled: NDArray[Any] = self.coding.words()[self.coding.codes]
        return spelled

    def texts_at(self, rows: NDArray[Any]) -> NDArray[Any]:
        """The column at some rows; only the words that they say are spelled."""
        coding = self.coding
        distinct, place = distinct_and_places(coding.codes[rows])
        own = distinct[distinct < len(coding.own)]
        strings = coding.strings[distinct[len(own) :] - len(coding.own)]
        words = np.concatenate([coding.own[own], coding.spell(strings)])
        spelled: NDArray[Any] = words[place]
        return spelled


class Table:
    """Rows of one schema, column by column, all of one length; treat as read-only."""

    __slots__ = ("_columns", "_plain", "coded", "schema")

    def __init__(
        self, schema: TableSchema, columns: Mapping[str, NDArray[Any] | Deferred | Coded]
    ) -> None:
        """``columns`` by name; those that cost much may be deferred or coded, but not all.

        ``coded`` keeps those that were given as numbers of words.
        """
        if set(columns) != set(schema.column_names()):
            raise ValueError(
                f"{schema.name}: expected columns {schema.column_names()}, got {tuple(columns)}"
            )
        self.coded = {name: one for name, one in columns.items() if isinstance(one, Coded)}
        plain = {name: len(one) for name, one in columns.items() if isinstance(one, np.ndarray)}
        if len(set(plain.values())) > 1:
            raise ValueError(f"{schema.name}: columns differ in length")
        self.schema = schema
        self._plain = next(iter(plain), "")
        self._columns: dict[str, NDArray[Any] | Deferred] = {}
        for name in schema.column_names():
            given = columns[name]
            self._columns[name] = given.texts if isinstance(given, Coded) else given

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
        return len(self[self._plain]) if self._plain else 0

    def __getitem__(self, column: str) -> NDArray[Any]:
        found = self._columns[column]
        if callable(found):
            found = self._columns[column] = found()
        return found

    def where(self, column: str, *texts: str) -> NDArray[np.bool_]:
        """Rows whose text in ``column`` is one of ``texts``.

        A column of few words is not spelled for it. Cost: one pass over numbers.
        """
        if column not in self.coded or not callable(self._columns[column]):
            spelled: NDArray[Any] = self[column]
            found = np.zeros(len(spelled), dtype=np.bool_)
            for text in texts:
                found |= spelled == text
            return found
        coding = self.coded[column].coding
        words = coding.words()
        said = np.zeros(len(words), dtype=np.bool_)
        for text in texts:
            said |= words == text
        chosen: NDArray[np.bool_] = said[coding.codes]
        return chosen

    def rows_at(self, rows: NDArray[Any], *names: str) -> Iterator[tuple[Any, ...]]:
        """Tuples of the named columns at some rows, as Python values.

        Text columns that are numbers of words are spelled for these rows only.
        """
        chosen = names or self.schema.column_names()
        return zip(*(self._at(name, rows).tolist() for name in chosen), strict=True)

    def _at(self, name: str, rows: NDArray[Any]) -> NDArray[Any]:
        if name in self.coded and callable(self._columns[name]):
            return self.coded[name].texts_at(rows)
        chosen: NDArray[Any] = self[name][rows]
        return chosen

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
