"""Databases that come with the app: their tables, and columns of them when asked for.

Content is never put into tables: it may be about real people.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from msgspec import Struct

from witnessmark.facts.tables.databases import SHIPPED_TABLES
from witnessmark.facts.view import Facts
from witnessmark.formats.sqlite import SchemaObject, SqliteFile, Value, read_record, read_sqlite
from witnessmark.model.errors import FormatError
from witnessmark.model.gap import Gap
from witnessmark.model.location import ReadsAs
from witnessmark.model.table import Table
from witnessmark.package.app import App

HIDES = ("keeps", "marks")


class DatabaseFacts(Struct, frozen=True):
    """The table, and what could not be read."""

    table: Table
    gaps: tuple[Gap, ...]


def database_facts(app: App) -> DatabaseFacts:
    """Describe every SQLite file of the app."""
    rows: list[tuple[Any, ...]] = []
    gaps: list[Gap] = []
    for artifact in app.of_type("sqlite"):
        try:
            file = read_sqlite(app.blob(artifact))
        except FormatError as error:
            why = f"the database cannot be read: {error.what}"
            gaps.append(Gap(app.path(artifact), why, HIDES))
            continue
        for one in file.objects:
            if one.type == "table" and not one.name.startswith("sqlite_"):
                rows.append(_row(app, artifact, file, one, gaps))
    return DatabaseFacts(Table.from_rows(SHIPPED_TABLES, rows), tuple(gaps))


def _row(
    app: App, artifact: int, file: SqliteFile, one: SchemaObject, gaps: list[Gap]
) -> tuple[Any, ...]:
    count = 0
    try:
        count = file.count(one.root) if one.root else 0
    except FormatError as error:
        count = -1
        why = f"the rows of the table {one.name} cannot be counted: {error.what}"
        gaps.append(Gap(app.path(artifact), why, HIDES))
    return (
        one.name, one.sql, one.root, count, artifact, one.span.offset, one.span.length,
    )  # fmt: skip


def shipped_rows(facts: Facts, row: int, most: int) -> Iterator[tuple[Value, ...]]:
    """The first ``most`` rows of a row of `SHIPPED_TABLES`; ends early where one cannot be read.

    For telling what kind of values a column holds; callers do not keep what they read.
    """
    table = facts.table(SHIPPED_TABLES)
    root = int(table["root"][row])
    if not root:
        return
    try:
        file = read_sqlite(facts.blob(int(table["artifact"][row])))
        yield from islice(file.rows(root), most)
    except FormatError:
        return


class PlacedValue(Struct, frozen=True):
    """A value of a row with its bytes: ``offset`` in the file, -1 where they lie in pieces."""

    value: Value
    offset: int
    length: int


def placed_rows(facts: Facts, row: int, most: int) -> Iterator[tuple[PlacedValue, ...]]:
    """The first ``most`` rows of a row of `SHIPPED_TABLES`, each value with its place.

    For lists of codes, whose labels are quoted; ends early where a row cannot be read.
    """
    table = facts.table(SHIPPED_TABLES)
    root = int(table["root"][row])
    if not root:
        return
    try:
        file = read_sqlite(facts.blob(int(table["artifact"][row])))
        for cell in islice(file.cells(root), most):
            values, starts = read_record(cell.payload, file.encoding)
            ends = (*starts[1:], len(cell.payload))
            yield tuple(
                PlacedValue(value, cell.offset + start if cell.whole else -1, end - start)
                for value, start, end in zip(values, starts, ends, strict=True)
            )
    except FormatError:
        return


def text_spelling(facts: Facts, row: int) -> ReadsAs:
    """How the texts of a row of `SHIPPED_TABLES` are spelled; hex where the reader cannot tell."""
    encoding = read_sqlite(facts.blob(int(facts.table(SHIPPED_TABLES)["artifact"][row]))).encoding
    spellings: dict[str, ReadsAs] = {"utf-8": "utf-8", "utf-16-le": "utf-16le"}
    return spellings.get(encoding, "hex")
