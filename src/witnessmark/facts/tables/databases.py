"""Tables of databases that come with the app.

Source: sqlite.org/fileformat2.html, section 2.6.
"""

from __future__ import annotations

from witnessmark.facts.tables.artifacts import ARTIFACT, EVERY_INPUT, LENGTH, OFFSET
from witnessmark.model.table import Column, TableSchema

SHIPPED_TABLES = TableSchema(
    "shipped_tables",
    "Tables in the SQLite files of the app, without their content; the span is the SQL text "
    "that made the table, of length 0 where that lies on several pages.",
    (
        Column("name", "text", "name of the table"),
        Column("sql", "text", "statement that made it"),
        Column("root", "i4", "first page of its rows, 0 for none"),
        Column("rows", "i8", "how many rows it has, -1 where they cannot be counted"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    EVERY_INPUT,
)
