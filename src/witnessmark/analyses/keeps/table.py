"""Tables: the records an app builds in its databases.

What it finds
    Database tables, from the SQL that creates or alters them: whole string constants, texts
    built piece by piece, resources, scripts, web pages and programs in the app that are no dex;
    classes that a library keeps as rows, also those of .NET programs by their attributes;
    tables of SQLite files that come with the app, with the number of their rows; and tables
    that code only reads or writes.

Why it matters
    The columns of a table are the facts an app keeps about people; they often say more, and
    more plainly, than its screens.

How it decides
    Texts that hold ``CREATE TABLE`` or ``ALTER TABLE`` are found by their bytes, joined with
    what the same method appends to them, computed where code makes them, and parsed. Statements
    about one table are one finding; ``ALTER`` adds columns. Classes count where a library of
    the pack ``record_marks`` stores them; the pack ``table_naming`` says how it names what the
    class does not name. A table of which only uses were found tells the columns they name.
    Constants read whole are *read*; built texts are *derived*, and a hole among the columns is
    a limit. Whose code it is comes from `sdk_classes`, whether it runs from `reach`.

What it misses
    SQL that is decrypted, downloaded or computed beyond what the interpreter follows; encrypted
    databases; columns whose names come from elsewhere.

Example
    ``"CREATE TABLE resident (full_name TEXT, faith TEXT)"``
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from witnessmark.analyses.contract import Analysis, Row
from witnessmark.analyses.keeps._orm import tables_of_classes
from witnessmark.analyses.keeps._program_tables import statements_in_programs, tables_of_attributes
from witnessmark.analyses.keeps._same_name import names_of, outer_classes, told_apart
from witnessmark.analyses.keeps._sql import SqlColumn
from witnessmark.analyses.keeps._statements import (
    Statement,
    statements_in_code,
    statements_in_resources,
    statements_shipped,
)
from witnessmark.analyses.keeps._text_sql import statements_in_files
from witnessmark.analyses.keeps._used_tables import USED, is_row_of, unnamed_rows, used_tables
from witnessmark.analyses.ownership import owner_of
from witnessmark.analyses.tables import KEPT_COLUMNS, SDK_CLASSES
from witnessmark.facts.tables.artifacts import ARTIFACTS
from witnessmark.facts.tables.code import (
    ANNOTATIONS,
    CALLS,
    CLASSES,
    FIELD_USES,
    FIELDS,
    METHODS,
    STATIC_VALUES,
    STRING_USES,
    STRINGS,
)  # fmt: skip
from witnessmark.facts.tables.databases import SHIPPED_TABLES
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.tables.scripts import SCRIPT_MARKS, SCRIPT_TEXTS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.knowledge.packs.script_marks import ScriptMark
from witnessmark.knowledge.packs.table_naming import TableNaming
from witnessmark.model.finding import Finding, Original, Reach, Strength
from witnessmark.model.gap import Gap

TABLE = Analysis(
    id="keeps/table",
    version=4,
    reads=(
        STRINGS, STRING_USES, FIELD_USES, CALLS, STATIC_VALUES, METHODS, CLASSES, FIELDS,
        ANNOTATIONS, SDK_CLASSES, REACH, SHIPPED_TABLES, DERIVED_TEXTS, RESOURCE_VALUES, ARTIFACTS,
        SCRIPT_MARKS, SCRIPT_TEXTS, SCRIPTS,
    ),
    writes=(KEPT_COLUMNS,),
    knows=("record_marks", "script_marks", "table_naming"),
)  # fmt: skip

INTERNAL = kept_regex(r"sqlite_\w+|android_metadata|room_master_table", re.IGNORECASE)
"""Tables that SQLite, Android and Room make for themselves."""

OWN_CODE = ("own", "unknown", "other")
"""Owners whose code may be the app's own."""

MOST_EVIDENCE = 40
MOST_USES = 5
"""Uses of a table that are told beside the statement that creates it."""


@TABLE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding | Row | Gap]:
    """Yield one finding a table, a row for each of its columns, and gaps for unknown ones."""
    by_table: dict[str, list[Statement]] = {}
    unnamed: list[Statement] = []
    for statement in _statements(app, know):
        if _is_unknown(statement):
            unnamed.append(statement)
        elif not INTERNAL.fullmatch(statement.table.name):
            by_table.setdefault(statement.table.name.casefold(), []).append(statement)
    named = [names_of(statement) for listed in by_table.values() for statement in listed]
    for statement in sorted(unnamed, key=lambda one: -len(one.table.columns)):
        if not statement.table.columns:
            yield from _gap(app, statement)
        elif home := _only_altered(app, statement, by_table):
            table = replace(statement.table, name=by_table[home][0].table.name)
            by_table[home].append(replace(statement, table=table))
            named.append(names_of(statement))
        elif not any(names_of(statement) <= names for names in named):
            key = f"?{sorted(statement.methods)}{statement.file}"
            by_table.setdefault(key, []).append(statement)
    _add_rows(by_table, unnamed_rows(app, know.entries("record_marks", RecordMark)))
    for key, listed in _tables(app, by_table):
        statements = _best(listed)
        columns = _columns(statements)
        if columns:
            name = statements[0].table.name
            yield _finding(app, key, statements, columns)
            yield from (Row(KEPT_COLUMNS, (name, one.name, one.type)) for one in columns)


def _tables(
    app: Facts, by_table: Mapping[str, Sequence[Statement]]
) -> Iterator[tuple[str, list[Statement]]]:
    """Each table with a key that stays; the first of a name has the name itself."""
    for key in sorted(by_table):
        for number, listed in enumerate(told_apart(app, by_table[key])):
            names = frozenset[str]().union(*map(names_of, listed))
            yield f"{key} of {', '.join(sorted(names))}" if number else key, listed


def _only_altered(
    app: Facts, statement: Statement, by_table: Mapping[str, Sequence[Statement]]
) -> str:
    """The one table that the same class extends by columns of the statement and that nothing else
    makes; empty for none.
    """
    homes = [
        key
        for key, listed in by_table.items()
        if all(one.table.how in ("alter", USED) for one in listed)
        and any(names_of(one) & names_of(statement) for one in listed)
        and outer_classes(app, statement.methods)
        & outer_classes(app, [m for one in listed for m in one.methods])
    ]
    return homes[0] if len(homes) == 1 else ""


def _add_rows(by_table: dict[str, list[Statement]], rows: Iterable[Statement]) -> None:
    """Rows whose table is not named go to the one table that has their columns."""
    columns = {
        key: frozenset[str]().union(*map(names_of, listed)) for key, listed in by_table.items()
    }
    for row in rows:
        homes = [key for key, names in columns.items() if is_row_of(names_of(row), names)]
        if len(homes) == 1:
            by_table[homes[0]].append(row)


def _statements(app: Facts, know: Knowledge) -> Iterator[Statement]:
    marks = know.entries("record_marks", RecordMark)
    yield from statements_in_code(app)
    yield from statements_in_resources(app)
    yield from statements_in_files(app)
    yield from statements_in_programs(app)
    yield from statements_shipped(app)
    yield from tables_of_classes(app, marks, know.entries("table_naming", TableNaming))
    yield from tables_of_attributes(app, know.entries("script_marks", ScriptMark))
    yield from used_tables(app, marks)


def _is_unknown(statement: Statement) -> bool:
    """Whether nothing of the table's name is known."""
    return not statement.table.name.strip("?_ ")


def _gap(app: Facts, statement: Statement) -> Iterator[Gap]:
    for method in statement.methods[:1]:
        if owner_of(app, [method]) in ("own", "other", "unknown"):
            why = "code makes a table here whose name and columns are not constant"
            yield Gap(app.method_signature(method), why, ("keeps/table",))


def _best(statements: Sequence[Statement]) -> list[Statement]:
    """Statements that count, the ones that make the table first.

    Where SQL makes the table, a library's rules need not be applied and uses add no columns;
    where a class does, uses add none.
    """
    made = [one for one in statements if one.table.how in ("create", "virtual")]
    classes = [one for one in statements if one.table.how == "table"]
    altered = [one for one in statements if one.table.how == "alter"]
    used = [one for one in statements if one.table.how == USED]
    if made or classes:
        return [*(made or classes), *altered, *used[:MOST_USES]]
    return [*altered, *used]


def _columns(statements: Sequence[Statement]) -> list[SqlColumn]:
    made = statements[0].table.how not in ("alter", USED)
    columns: dict[str, SqlColumn] = {}
    for statement in statements:
        if not (made and statement.table.how == USED):
            for column in statement.table.columns:
                columns.setdefault(column.name.casefold(), column)
    return list(columns.values())


def _finding(
    app: Facts, key: str, statements: Sequence[Statement], columns: Sequence[SqlColumn]
) -> Finding:
    name = statements[0].table.name
    methods = [method for one in statements for method in one.methods]
    owner = owner_of(app, methods)
    strongest: Strength = "read" if any(s.strength == "read" for s in statements) else "derived"
    return Finding(
        kind="keeps.table",
        subject={
            "name": name,
            "columns": [{"name": c.name, "type": c.type, "categories": []} for c in columns],
            "owner": owner,
            "told_by": sorted({one.table.how for one in statements}),
            "elsewhere": _is_elsewhere(statements),
            "shipped": [{"file": s.file, "rows": s.rows} for s in statements if s.rows >= 0],
        },
        says=_says(name, statements, columns, owner),
        evidence=tuple(one.evidence for one in statements[:MOST_EVIDENCE]),
        strength=strongest,
        reach=best_reach(app, methods) if methods else Reach("unknown"),
        original=tuple(Original(column.name) for column in columns),
        limits=_limits(statements, owner),
        identity=key,
    )


def _says(
    name: str, statements: Sequence[Statement], columns: Sequence[SqlColumn], owner: str
) -> str:
    who = "The app" if owner in OWN_CODE else "A library in the app"
    names = _shortened(", ".join(column.name for column in columns))
    if statements[0].table.how == USED:
        many = len(columns) > 1
        where = " of a database that it connects to" if _is_elsewhere(statements) else ""
        return (
            f"{who} uses a table “{name}”{where}, of which its code names "
            f"{_count(len(columns))}{': ' if many else ', '}{names}."
        )
    return f"{who} keeps a table “{name}” with {_count(len(columns))}: {names}." + _told_rows(
        statements
    )


def _is_elsewhere(statements: Sequence[Statement]) -> bool:
    return all(one.elsewhere for one in statements)


def _told_rows(statements: Sequence[Statement]) -> str:
    """How many rows come with the app, empty where no database does."""
    shipped = [one for one in statements if one.rows >= 0]
    if not shipped:
        return ""
    rows = sum(one.rows for one in shipped)
    return f" A database in the app holds {rows:,} {'row' if rows == 1 else 'rows'} of it."


def _limits(statements: Sequence[Statement], owner: str) -> tuple[str, ...]:
    hows = {one.table.how for one in statements}
    limits = ["It does not show which rows are ever written."]
    if hows == {USED}:
        limits = ["What makes the table was not found; it may have more columns."]
        if _is_elsewhere(statements):
            limits.append(
                "Such a database is mostly on a server; where it is, the connection tells."
            )
    elif hows <= {"alter", USED}:
        limits.append("Only an ALTER statement was found; the columns it began with are unknown.")
    elif not any(one.table.complete for one in statements):
        limits.append("Parts of the statement are not constant, so columns may be missing.")
    if any(one.table.how == "alter" and not one.table.complete for one in statements):
        limits.append("Columns are added under names that are not constant.")
    if "table" in hows:
        limits.append("Names that the class does not state follow the rules of the library.")
    if "?" in statements[0].table.name:
        limits.append("The name of the table is not constant.")
    if any(one.rows > 0 for one in statements):
        limits.append("Rows that come with the app were counted and not read.")
    if owner not in OWN_CODE:
        limits.append("The statement stands in a library's code, not in the app's own.")
    return tuple(limits)


def _count(number: int) -> str:
    return "1 column" if number == 1 else f"{number} columns"


def _shortened(names: str) -> str:
    return names if len(names) <= 300 else names[:300].rpartition(",")[0] + ", …"
