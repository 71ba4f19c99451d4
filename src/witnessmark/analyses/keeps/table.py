"""Tables: the records an app builds in its databases.

What it finds
    Database tables, from the SQL that creates or alters them: whole string constants, texts
    built piece by piece, and statements that ORM generators leave in code; tables of SQLite
    files that come with the app, with the number of their rows.

Why it matters
    The columns of a table are the facts an app keeps about people; they often say more, and
    more plainly, than its screens.

How it decides
    String constants that hold ``CREATE TABLE`` or ``ALTER TABLE`` are found by their bytes,
    joined with what the same method appends to them, and parsed. Statements about one table are
    one finding; ``ALTER`` adds columns. Constants read whole are *read*; built texts are
    *derived*, and a hole among the columns is a limit. Whose code it is comes from
    `sdk_classes`, whether it runs from `reach`.

What it misses
    SQL that is decrypted, downloaded or computed; encrypted databases; object stores that keep
    no SQL (Realm, ObjectBox); columns whose names come from elsewhere.

Example
    ``"CREATE TABLE resident (full_name TEXT, faith TEXT)"``
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.keeps._sql import SqlColumn, SqlTable, read_tables
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.search import strings_matching
from witnessmark.facts.tables.code import (
    CALLS,
    FIELD_USES,
    METHODS,
    STATIC_VALUES,
    STRING_USES,
    STRINGS,
)  # fmt: skip
from witnessmark.facts.tables.databases import SHIPPED_TABLES
from witnessmark.facts.view import Facts
from witnessmark.flow.built_text import BuiltText, built_texts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.evidence import derived_evidence
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.load import Knowledge
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Strength
from witnessmark.model.location import ReadsAs

TABLE = Analysis(
    id="keeps/table",
    version=2,
    reads=(
        STRINGS,
        STRING_USES,
        FIELD_USES,
        CALLS,
        STATIC_VALUES,
        METHODS,
        SDK_CLASSES,
        REACH,
        SHIPPED_TABLES,
        DERIVED_TEXTS,
    ),
)

SQL = re.compile(rb"(?i)(?:create\s[a-z\s]{0,24}table|alter\s+table)\s")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: the table it speaks of, its text, its method (-1 unknown), its evidence."""

    table: SqlTable
    text: str
    method: int
    evidence: Evidence
    strength: Strength
    rows: int = -1
    file: str = ""


@TABLE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a table."""
    by_table: dict[str, list[Statement]] = {}
    for statement in _statements(app):
        by_table.setdefault(statement.table.name.casefold(), []).append(statement)
    for name in sorted(by_table):
        if any(statement.table.columns for statement in by_table[name]):
            yield _finding(app, by_table[name])


def _statements(app: Facts) -> Iterator[Statement]:
    strings = strings_matching(app, SQL)
    uses = app.table(STRING_USES)
    rows = np.flatnonzero(np.isin(uses["string"], np.asarray(strings, dtype=np.int64)))
    used = [(int(uses["string"][r]), int(uses["method"][r]), int(uses["pc"][r])) for r in rows]
    fields = _field_strings(app, strings)
    methods = sorted({method for _, method, _ in used} | _readers(app, fields))
    built_from: set[tuple[int, int]] = set()
    for text in built_texts(app, methods):
        if any(piece.string in set(strings) for piece in text.pieces):
            built_from |= {(text.method, piece.pc) for piece in text.pieces}
            yield from _from_built(app, text)
    for statement, pieces in _computed(app, built_from):
        built_from |= pieces
        yield statement
    for string, method, pc in used:
        if (method, pc) not in built_from:
            yield from _from_constant(app, string, method, pc)
    yield from _shipped(app)
    seen = {string for string, _, _ in used}
    for field, string in sorted(fields.items()):
        if string not in seen and not _readers(app, {field: string}):
            yield from _from_constant(app, string, -1, 0)


def _shipped(app: Facts) -> Iterator[Statement]:
    """Tables of databases in the app; a statement over several pages is quoted by its file."""
    for name, sql, rows, artifact, offset, length in app.table(SHIPPED_TABLES).rows(
        "name", "sql", "rows", "artifact", "offset", "length"
    ):
        file = app.member_path(artifact)
        says = f"a database that comes with the app has the table {name}"
        if length:
            utf16 = bytes(app.blob(artifact)[offset : offset + 2])[1:] == b"\0"
            reads_as: ReadsAs = "utf-16le" if utf16 else "utf-8"
            evidence = app.quote(says, artifact, offset, length, reads_as, {"file": file})
        else:
            evidence = app.quote(says, artifact, 0, 16, "hex", {"file": file})
        for table in read_tables(sql):
            yield Statement(table, sql, -1, evidence, "read", rows, file)


def _field_strings(app: Facts, strings: list[int]) -> dict[int, int]:
    wanted = set(strings)
    return {
        field: string
        for field, kind, string in app.table(STATIC_VALUES).rows("field", "kind", "ref")
        if kind == "string" and string in wanted
    }


def _readers(app: Facts, fields: dict[int, int]) -> set[int]:
    uses = app.table(FIELD_USES)
    rows = np.isin(uses["field"], np.asarray(sorted(fields), dtype=np.int64))
    return {int(method) for method in uses["method"][rows]}


def _from_constant(app: Facts, string: int, method: int, pc: int) -> Iterator[Statement]:
    text = app.string(string)
    place: dict[str, str | int] = {}
    if method >= 0:
        place = {"method": app.method_signature(method), "pc": pc}
    for table in read_tables(text):
        says = f"SQL text that {_verb(table)} the table {table.name}"
        evidence = app.quote_string(says, string, place)
        yield Statement(table, text, method, evidence, "read")


def _from_built(app: Facts, built: BuiltText) -> Iterator[Statement]:
    text = built.joined()
    place: dict[str, str | int] = {"method": app.method_signature(built.method)}
    for table in read_tables(text):
        pieces = tuple(
            app.quote_string("piece of the SQL text", piece.string, {**place, "pc": piece.pc})
            for piece in built.pieces
            if piece.string >= 0
        )
        says = f"the method joins these pieces to SQL that {_verb(table)} the table {table.name}"
        evidence = Evidence(says, because=pieces, by=TABLE.by)
        yield Statement(table, text, built.method, evidence, "derived")


def _computed(
    app: Facts, built_from: set[tuple[int, int]]
) -> Iterator[tuple[Statement, set[tuple[int, int]]]]:
    """SQL that code puts together across methods or decodes, not told as pieces before, and the
    places where its pieces are loaded.
    """
    texts = app.table(DERIVED_TEXTS)
    for row, (method, text, steps) in enumerate(texts.rows("method", "text", "steps")):
        if not SQL.search(text.encode("utf-8", "replace")):
            continue
        loaded = [step for step in json.loads(steps) if step["string"] >= 0]
        plain = len(loaded) == 1 and app.string(loaded[0]["string"]) == text
        pieces = {(step["method"], step["pc"]) for step in loaded}
        if plain or (pieces and pieces <= built_from):
            continue
        for table in read_tables(text):
            yield Statement(table, text, method, derived_evidence(app, row), "derived"), pieces


def _verb(table: SqlTable) -> str:
    return "extends" if table.how == "alter" else "creates"


def _finding(app: Facts, statements: list[Statement]) -> Finding:
    columns: dict[str, SqlColumn] = {}
    for statement in sorted(statements, key=lambda one: one.table.how == "alter"):
        for column in statement.table.columns:
            columns.setdefault(column.name.casefold(), column)
    name = statements[0].table.name
    methods = [one.method for one in statements if one.method >= 0]
    names = ", ".join(column.name for column in columns.values())
    owner = _owner(app, methods)
    strongest: Strength = "read" if any(s.strength == "read" for s in statements) else "derived"
    return Finding(
        kind="keeps.table",
        subject={
            "name": name,
            "columns": [
                {"name": c.name, "type": c.type, "categories": []} for c in columns.values()
            ],
            "owner": owner,
            "shipped": [{"file": s.file, "rows": s.rows} for s in statements if s.file],
        },
        says=f"The app keeps a table “{name}” with {_count(len(columns))}: {_shortened(names)}."
        + _told_rows(statements),
        evidence=tuple(statement.evidence for statement in statements),
        strength=strongest,
        reach=best_reach(app, methods),
        original=tuple(Original(column.name) for column in columns.values()),
        limits=_limits(statements, owner),
        identity=name.casefold(),
    )


def _told_rows(statements: list[Statement]) -> str:
    """How many rows come with the app, empty where no database does."""
    shipped = [one for one in statements if one.file]
    if not shipped:
        return ""
    rows = sum(max(one.rows, 0) for one in shipped)
    return f" A database in the app holds {rows:,} {'row' if rows == 1 else 'rows'} of it."


def _owner(app: Facts, methods: list[int]) -> str:
    """Whose code holds the statements: own, an SDK's id, platform, other, unknown."""
    classes = {int(app.table(METHODS)["class"][method]) for method in methods} - {-1}
    table = app.table(SDK_CLASSES)
    owners = sorted(
        {str(table["sdk"][c]) or str(table["ownership"][c]) for c in classes if c < len(table)}
    )
    return "own" if "own" in owners else owners[0] if owners else "unknown"


def _limits(statements: list[Statement], owner: str) -> tuple[str, ...]:
    limits = ["It does not show which rows are ever written."]
    if not any(one.table.complete for one in statements):
        limits.append("Parts of the statement are not constant, so columns may be missing.")
    if all(one.table.how == "alter" for one in statements):
        limits.append("Only an ALTER statement was found; the columns it began with are unknown.")
    if "?" in statements[0].table.name:
        limits.append("The name of the table is not constant.")
    if any(one.rows > 0 for one in statements):
        limits.append("Rows that come with the app were counted and not read.")
    if any(one.file and one.rows < 0 for one in statements):
        limits.append("The rows of one database could not be counted.")
    if owner not in ("own", "unknown"):
        limits.append("The statement stands in a library's code, not in the app's own.")
    return tuple(limits)


def _count(number: int) -> str:
    return "1 column" if number == 1 else f"{number} columns"


def _shortened(names: str) -> str:
    return names if len(names) <= 300 else names[:300].rpartition(",")[0] + ", …"
