"""Code books in databases that come with the app: small tables of codes and labels."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.analyses.file_uses import uses_of_member
from witnessmark.analyses.marks._book import Book, BookEntry
from witnessmark.analyses.marks._books_in_files import FEWEST, MOST, book_columns
from witnessmark.facts.from_sqlite import placed_rows, text_spelling
from witnessmark.facts.tables.databases import SHIPPED_TABLES
from witnessmark.facts.view import Facts
from witnessmark.formats.sqlite import Value

WIDEST = 12
"""Columns of a table that may be a code book; wider ones are records."""


def database_books(app: Facts) -> Iterator[Book]:
    """Books in tables, by database and table."""
    table = app.table(SHIPPED_TABLES)
    for row, (name, count, artifact) in enumerate(table.rows("name", "rows", "artifact")):
        if not FEWEST <= count <= MOST:
            continue
        rows = list(placed_rows(app, row, MOST))
        width = min(map(len, rows), default=0)
        if not 2 <= width <= WIDEST:
            continue
        columns = {str(at): [_text(values[at].value) for values in rows] for at in range(width)}
        found = book_columns(columns)
        if found is None:
            continue
        code, label = int(found[0]), int(found[1])
        reads_as = text_spelling(app, row)
        entries = tuple(
            BookEntry(
                _text(values[code].value), _text(values[label].value), "",
                (artifact, values[label].offset, values[label].length), reads_as,
            )
            for values in rows
            if values[label].offset >= 0
        )  # fmt: skip
        if len(entries) >= FEWEST:
            member = app.member_name(artifact).rpartition("!")[2]
            users = tuple(sorted({use.method for use in uses_of_member(app, member)}))
            name = f"{member}, table {name}"
            yield Book("database", name, entries, codes_stated=True, methods=users)


def _text(value: Value) -> str:
    return "" if value is None else str(value)
