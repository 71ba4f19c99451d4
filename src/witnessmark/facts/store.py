"""Facts as one DuckDB file that any DuckDB client opens.

Why it is written as it is, with measurements: docs/decisions/0003-how-facts-are-stored.md.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from witnessmark.facts.store_coded import (
    CODED,
    code_type,
    coded_name,
    stored_coded,
    view_of,
    word_tables,
)  # fmt: skip
from witnessmark.facts.string_bytes import string_column
from witnessmark.facts.tables.code import STRINGS
from witnessmark.facts.tables.everything import SCHEMAS
from witnessmark.facts.view import Facts
from witnessmark.formats.duckdb import ColumnData, DatabaseFile, Numbers, Texts
from witnessmark.model.errors import CaseError
from witnessmark.model.table import Column, ColumnType, Table, TableSchema

if TYPE_CHECKING:
    import duckdb

SQL_TYPES: Mapping[ColumnType, str] = {
    "bool": "BOOLEAN", "u1": "UTINYINT", "u2": "USMALLINT", "u4": "UINTEGER",
    "i4": "INTEGER", "i8": "BIGINT", "text": "VARCHAR",
}  # fmt: skip

TEXT = Column(
    "text", "text", "the string as text (in the DuckDB file only); U+FFFD for a lone surrogate"
)
"""Column of ``strings`` that only the file has: in memory, text is decoded when asked for."""

VIEWS = "views.json"
"""Catalog entries of all views (see ``tools/duckdb_views.py``)."""


def write(facts: Facts, path: Path) -> None:
    """Write all tables of ``facts`` to ``path``, whole or not at all; the same bytes each time.

    Raises `CaseError` when the file cannot be written.
    """
    scratch = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        with scratch.open("xb", buffering=0) as file:
            _write_all(DatabaseFile(file), facts)
        os.replace(scratch, path)
    except OSError as error:
        raise CaseError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        scratch.unlink(missing_ok=True)


def read(path: Path) -> Facts:
    """Facts as they were written; they know all tables and texts, but have no bytes to quote.

    Raises `CaseError` for a file that is no database of facts, and from `Facts.blob`.
    """
    import duckdb

    try:
        with duckdb.connect(str(path), read_only=True) as link:
            names = [row[0] for row in link.execute("SELECT name FROM about_tables").fetchall()]
            tables = {name: _read_table(link, SCHEMAS[name]) for name in names if name in SCHEMAS}
            texts = link.execute("SELECT text FROM strings ORDER BY rowid").fetchnumpy()["text"]
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise CaseError(f"{path} is no database of facts ({reason}); examine again") from error

    def no_blob(artifact: int) -> memoryview:
        raise CaseError(f"{path} holds tables, not bytes: artifact {artifact} is in the app itself")

    return Facts(tables, no_blob, texts.tolist().__getitem__)


def _write_all(database: DatabaseFile, facts: Facts) -> None:
    tables = facts.tables()
    ordered = _ordered(tables)
    plain = set()
    for schema in ordered:
        table = facts.table(schema)
        if stored_coded(table):
            _write_coded(database, table)
            continue
        plain.add(schema.name)
        columns = [_column(column, table[column.name]) for column in schema.columns]
        if schema.name == STRINGS.name:
            columns.append(string_column(TEXT.name, table, facts.blob))
        database.table(schema.name, columns)
    _write_documentation(database, ordered)
    for name, entry in view_entries().items():
        if name not in plain:
            database.view(entry)
    database.finish()


def _ordered(tables: Mapping[str, Table]) -> list[TableSchema]:
    """The schemas of facts, filled or not, then those of analyses by name."""
    others = sorted(name for name in tables if name not in SCHEMAS)
    return [*SCHEMAS.values(), *(tables[name].schema for name in others)]


def _write_coded(database: DatabaseFile, table: Table) -> None:
    for name, coding, strings in word_tables(table):
        words = coding.own if strings else coding.words()
        rows = coding.strings if strings else np.empty(0, dtype=np.int64)
        texts = _encoded(words.tolist()) + [b""] * len(rows)
        places = np.concatenate([np.full(len(words), -1, dtype=np.int64), rows])
        database.table(name, [Texts.of("text", texts), Numbers("string", "BIGINT", places)])
    columns: list[ColumnData] = []
    for column in table.schema.columns:
        coded = table.coded.get(column.name)
        if coded is None:
            columns.append(_column(column, table[column.name]))
        else:
            codes = coded.coding.codes
            columns.append(Numbers(column.name, code_type(codes), codes))
    database.table(coded_name(table.schema.name), columns)


def _column(column: Column, values: NDArray[Any]) -> ColumnData:
    if column.type == "text":
        return Texts.of(column.name, _encoded(values.tolist()))
    return Numbers(column.name, SQL_TYPES[column.type], values)


def _encoded(texts: Sequence[str]) -> list[bytes]:
    """``texts`` in UTF-8, U+FFFD for lone surrogates, which are no text to a database."""
    try:
        return [text.encode("utf-8") for text in texts]
    except UnicodeEncodeError:
        return [without_surrogates(text).encode("utf-8") for text in texts]


def without_surrogates(text: str) -> str:
    """``text`` with U+FFFD for each lone surrogate."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _write_documentation(database: DatabaseFile, schemas: Sequence[TableSchema]) -> None:
    columns = [
        (schema.name, column.name, column.says, column.refers)
        for schema in schemas
        for column in (*schema.columns, *((TEXT,) if schema.name == STRINGS.name else ()))
    ]
    tables = [(schema.name, schema.says) for schema in schemas]
    _write_texts(database, "about_tables", ("name", "says"), tables)
    _write_texts(database, "about_columns", ("table", "name", "says", "refers"), columns)


def _write_texts(
    database: DatabaseFile, table: str, names: Sequence[str], rows: Sequence[tuple[str, ...]]
) -> None:
    columns = zip(names, zip(*rows, strict=True), strict=True)
    database.table(table, [Texts.of(name, _encoded(values)) for name, values in columns])


def view_statements() -> Mapping[str, str]:
    """Statements that make the views, by name, in an order in which they can be run."""
    made = {name: view_of(SCHEMAS[name]) for name in CODED}
    for statement in _views():
        made[statement.removeprefix("CREATE VIEW ").partition(" ")[0]] = statement
    return made


def view_entries() -> Mapping[str, bytes]:
    """Catalog entries of the views, by name."""
    text = Path(__file__).with_name("data").joinpath(VIEWS).read_text("ascii")
    return {name: base64.b64decode(entry) for name, entry in json.loads(text).items()}


def _views() -> Iterator[str]:
    """Statements of ``views.sql``."""
    text = Path(__file__).with_name("data").joinpath("views.sql").read_text("utf-8")
    lines = (line for line in text.splitlines(keepends=True) if not line.startswith("--"))
    yield from (part for part in "".join(lines).split(";\n") if part)


def _read_table(link: duckdb.DuckDBPyConnection, schema: TableSchema) -> Table:
    names = ", ".join(f'"{name}"' for name in schema.column_names())
    found = link.execute(f'SELECT {names} FROM "{schema.name}" ORDER BY rowid').fetchnumpy()
    return Table(schema, {name: np.asarray(found[name]) for name in schema.column_names()})
