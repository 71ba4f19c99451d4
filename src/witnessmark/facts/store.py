"""Facts as one DuckDB file that any DuckDB client opens.

Why it is written as it is, with measurements: docs/decisions/0003-how-facts-are-stored.md.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from witnessmark.facts.store_coded import code_type, stored_name, view_of, word_tables
from witnessmark.facts.tables.code import STRINGS
from witnessmark.facts.tables.everything import SCHEMAS
from witnessmark.facts.text import string_texts
from witnessmark.facts.view import Facts
from witnessmark.model.errors import CaseError
from witnessmark.model.table import Column, ColumnType, Table, TableSchema

if TYPE_CHECKING:
    import duckdb

SQL_TYPES: Mapping[ColumnType, str] = {
    "bool": "BOOLEAN", "u1": "UTINYINT", "u2": "USMALLINT", "u4": "UINTEGER",
    "i4": "INTEGER", "i8": "BIGINT", "text": "VARCHAR",
}  # fmt: skip

WORD = Column("text", "text", "a word of a coded column")
TEXT = Column(
    "text", "text", "the string as text (in the DuckDB file only); U+FFFD for a lone surrogate"
)
"""Column of ``strings`` that only the file has: in memory, text is decoded when asked for."""

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "storage_compatibility_version": "v1.0.0",
    "default_block_size": 16384,
    "wal_autocheckpoint": "1KB",
    "memory_limit": "48MB",
}
"""Opened by every DuckDB from 1.1 on; small blocks because there are many small tables; committed
straight into the file; what does not fit into memory waits beside it.
"""


def write(facts: Facts, path: Path) -> None:
    """Write all tables of ``facts`` to ``path``, whole or not at all.

    Raises `CaseError` when the file cannot be written.
    """
    import duckdb

    scratch = _scratch(path)
    try:
        scratch.unlink()
        with duckdb.connect(str(scratch), config=SETTINGS) as link:
            _write_all(link, facts)
        os.replace(scratch, path)
    except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
        raise CaseError(f"{path} cannot be written: {str(error).splitlines()[0]}") from error
    finally:
        scratch.unlink(missing_ok=True)
        scratch.with_name(scratch.name + ".wal").unlink(missing_ok=True)
        shutil.rmtree(scratch.with_name(scratch.name + ".tmp"), ignore_errors=True)


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


def _scratch(path: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise CaseError(f"{path} cannot be written: {error.strerror}") from error
    os.close(handle)
    return Path(name)


def _write_all(link: duckdb.DuckDBPyConnection, facts: Facts) -> None:
    _run(link, "BEGIN TRANSACTION")
    tables = facts.tables()
    for schema in _ordered(tables):
        extra: Sequence[tuple[Column, NDArray[Any]]] = ()
        if schema.name == STRINGS.name:
            extra = [(TEXT, string_texts(facts.table(STRINGS), facts.blob))]
        _write_table(link, facts.table(schema), extra)
    _write_documentation(link, _ordered(tables))
    for statement in _views():
        _run(link, statement)
    _run(link, "COMMIT")


def _ordered(tables: Mapping[str, Table]) -> list[TableSchema]:
    """The schemas of facts, filled or not, then those of analyses by name."""
    others = sorted(name for name in tables if name not in SCHEMAS)
    return [*SCHEMAS.values(), *(tables[name].schema for name in others)]


def _write_table(
    link: duckdb.DuckDBPyConnection, table: Table, extra: Sequence[tuple[Column, NDArray[Any]]]
) -> None:
    for name, coding in word_tables(table):
        none = np.empty(len(coding.strings), dtype=object)
        texts = np.concatenate([_storable(WORD, coding.own), none])
        rows = np.concatenate([np.full(len(coding.own), -1), coding.strings])
        _fill(link, name, [("text", "VARCHAR", texts), ("string", "BIGINT", rows)])
    columns = []
    for column in table.schema.columns:
        coded = table.coded.get(column.name)
        if coded is not None:
            codes = coded.coding.codes
            columns.append((column.name, code_type(codes), np.ascontiguousarray(codes)))
        else:
            array = _storable(column, table[column.name])
            columns.append((column.name, SQL_TYPES[column.type], array))
    columns += [(column.name, SQL_TYPES[column.type], array) for column, array in extra]
    _fill(link, stored_name(table), columns)
    if table.coded:
        _run(link, view_of(table, without_surrogates))


def _fill(
    link: duckdb.DuckDBPyConnection, name: str, columns: Sequence[tuple[str, str, NDArray[Any]]]
) -> None:
    """A new table of these columns: names, SQL types, values."""
    spelled = ", ".join(f'"{column}" {kind}' for column, kind, _ in columns)
    _run(link, f'CREATE TABLE "{name}" ({spelled})')
    if columns and len(columns[0][2]):
        link.register("incoming", {column: array for column, _, array in columns})
        _run(link, f'INSERT INTO "{name}" SELECT * FROM incoming')
        link.unregister("incoming")


def _storable(column: Column, array: NDArray[Any]) -> NDArray[Any]:
    """``array`` without lone surrogates, which are no text to a database."""
    if column.type != "text":
        return np.ascontiguousarray(array)
    if column is TEXT:
        return array
    try:
        "".join(array.tolist()).encode("utf-8")
    except UnicodeEncodeError:
        cleaned = np.empty(len(array), dtype=object)
        cleaned[:] = [without_surrogates(text) for text in array.tolist()]
        return cleaned
    return array


def without_surrogates(text: str) -> str:
    """``text`` with U+FFFD for each lone surrogate."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _write_documentation(link: duckdb.DuckDBPyConnection, schemas: Sequence[TableSchema]) -> None:
    _run(link, "CREATE TABLE about_tables (name VARCHAR, says VARCHAR)")
    _run(
        link,
        'CREATE TABLE about_columns ("table" VARCHAR, name VARCHAR, says VARCHAR, refers VARCHAR)',
    )
    columns = [
        (schema.name, column.name, column.says, column.refers)
        for schema in schemas
        for column in (*schema.columns, *((TEXT,) if schema.name == STRINGS.name else ()))
    ]
    _insert(link, "about_tables", [(schema.name, schema.says) for schema in schemas])
    _insert(link, "about_columns", columns)


def _insert(link: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[str, ...]]) -> None:
    arrays = {}
    for number, values in enumerate(zip(*rows, strict=True)):
        arrays[f"c{number}"] = np.empty(len(rows), dtype=object)
        arrays[f"c{number}"][:] = values
    link.register("incoming", arrays)
    _run(link, f"INSERT INTO {table} SELECT * FROM incoming")
    link.unregister("incoming")


def _views() -> Iterator[str]:
    """Statements of ``views.sql``."""
    text = files("witnessmark.facts").joinpath("data", "views.sql").read_text("utf-8")
    lines = (line for line in text.splitlines(keepends=True) if not line.startswith("--"))
    yield from (part for part in "".join(lines).split(";\n") if part)


def _run(link: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Run to the end: newer clients leave a statement open until its result is taken."""
    link.execute(statement).fetchall()


def _read_table(link: duckdb.DuckDBPyConnection, schema: TableSchema) -> Table:
    names = ", ".join(f'"{name}"' for name in schema.column_names())
    found = link.execute(f'SELECT {names} FROM "{schema.name}" ORDER BY rowid').fetchnumpy()
    return Table(schema, {name: np.asarray(found[name]) for name in schema.column_names()})
