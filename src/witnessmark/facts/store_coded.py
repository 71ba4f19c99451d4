"""Tables with columns of few words: stored as numbers, shown as documented.

A text column that is coded (`model.table.Coded`) costs a database a third of what its text costs.
Table ``t`` is then stored as ``t_coded``, the words of column ``c`` as ``t_c``, and the view ``t``
has the documented columns and the ``rowid`` that a table would have. Words that strings say anyway
are not repeated: ``t_c`` has the row of ``strings`` in their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from numpy.typing import NDArray

from witnessmark.model.table import Coding, Table, TableSchema

CODED: Mapping[str, Mapping[str, bool]] = {
    "annotations": {
        "target": False, "visibility": False, "name": True, "kind": False, "text": True,
    },
    "static_values": {"kind": False, "text": True},
}  # fmt: skip
"""Tables that are stored so, their columns that are numbers, and whether strings are among the
words of each. Their views are kept ready made; other coded tables are stored as they are shown.
"""

CODE_TYPES = {1: "UTINYINT", 2: "USMALLINT", 4: "INTEGER", 8: "BIGINT"}


def code_type(codes: NDArray[Any]) -> str:
    """SQL type of a column of codes."""
    return CODE_TYPES[codes.dtype.itemsize]


def stored_coded(table: Table) -> bool:
    """Whether a table is stored as numbers."""
    return bool(table.coded) and set(table.coded) == set(CODED.get(table.schema.name, ()))


def coded_name(table: str) -> str:
    """Name of the table that holds the rows."""
    return f"{table}_coded"


def words_name(table: str, column: str) -> str:
    """Name of the table that holds the words of a column."""
    return f"{table}_{column}"


def word_tables(table: Table) -> Iterator[tuple[str, Coding, bool]]:
    """Tables of words, by name: their coding, and whether rows of ``strings`` stand for words."""
    for column, strings in CODED[table.schema.name].items():
        yield words_name(table.schema.name, column), table.coded[column].coding, strings


def view_of(schema: TableSchema) -> str:
    """Statement that makes the view of a coded table."""
    shown, joins = ["c.rowid AS rowid"], []
    for column in schema.column_names():
        strings = CODED[schema.name].get(column)
        if strings is None:
            shown.append(f'c."{column}"')
            continue
        words = words_name(schema.name, column)
        joins.append(f' JOIN "{words}" "w_{column}" ON "w_{column}".rowid = c."{column}"')
        if strings:
            joins.append(
                f' LEFT JOIN strings "s_{column}" ON "s_{column}".rowid = "w_{column}".string'
            )
            shown.append(f'coalesce("s_{column}".text, "w_{column}".text) AS "{column}"')
        else:
            shown.append(f'"w_{column}".text AS "{column}"')
    source = f'FROM "{coded_name(schema.name)}" c{"".join(joins)}'
    return f'CREATE VIEW "{schema.name}" AS SELECT {", ".join(shown)} {source}'
