"""Tables with columns of few words: stored as numbers, shown as documented.

A text column that is coded (`model.table.Coded`) costs a database a third of what its text costs.
Table ``t`` is then stored as ``t_coded``; few words stand in the view ``t`` itself, many in a
table ``t_column``, which does not repeat what the table of strings has. The view also has the
``rowid`` that a table would have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from numpy.typing import NDArray

from witnessmark.model.table import Coding, Table

FEWEST_IN_TABLE = 65
"""How many words need a table of their own."""
CODE_TYPES = {1: "UTINYINT", 2: "USMALLINT", 4: "INTEGER", 8: "BIGINT"}


def code_type(codes: NDArray[Any]) -> str:
    """SQL type of a column of codes."""
    return CODE_TYPES[codes.dtype.itemsize]


def stored_name(table: Table) -> str:
    """Name of the table that holds the rows."""
    return f"{table.schema.name}_coded" if table.coded else table.schema.name


def word_tables(table: Table) -> Iterator[tuple[str, Coding]]:
    """Tables of words, by name: rows of ``text``, or of ``string`` where strings say it."""
    for column, coded in table.coded.items():
        coding = coded.coding
        if len(coding.own) + len(coding.strings) >= FEWEST_IN_TABLE:
            yield f"{table.schema.name}_{column}", coding


def view_of(table: Table, plain: Callable[[str], str]) -> str:
    """Statement that makes the view; ``plain`` makes a word fit for a database."""
    apart = {name for name, _ in word_tables(table)}
    shown, joins = ["c.rowid AS rowid"], []
    for column in table.schema.column_names():
        coded = table.coded.get(column)
        words_of = f"{table.schema.name}_{column}"
        if coded is None:
            shown.append(f'c."{column}"')
        elif words_of in apart:
            joins.append(f' JOIN "{words_of}" "w_{column}" ON "w_{column}".rowid = c."{column}"')
            joins.append(
                f' LEFT JOIN strings "s_{column}" ON "s_{column}".rowid = "w_{column}".string'
            )
            shown.append(f'coalesce("w_{column}".text, "s_{column}".text) AS "{column}"')
        else:
            words = ", ".join(_literal(plain(word)) for word in coded.coding.words().tolist())
            shown.append(f'([{words}])[c."{column}" + 1] AS "{column}"')
    source = f'FROM "{stored_name(table)}" c{"".join(joins)}'
    return f'CREATE VIEW "{table.schema.name}" AS SELECT {", ".join(shown)} {source}'


def _literal(word: str) -> str:
    quoted = word.replace("'", "''")
    return f"'{quoted}'"
