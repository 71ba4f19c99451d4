"""Reading of ``CREATE TABLE`` and ``ALTER TABLE`` texts.

sqlglot parses whole statements (SQLite dialect). Texts with holes, texts that break off and
what sqlglot refuses are read by a tolerant column splitter that follows SQLite's grammar for
``create-table-stmt`` (sqlite.org/lang_createtable.html) and takes names and types only; a test
holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from witnessmark.formats.patterns import kept_regex

CREATE = kept_regex(
    r"\bCREATE\s+(?:TEMP(?:ORARY)?\s+)?(?:VIRTUAL\s+)?TABLE\b(?:\s+IF\s+NOT\s+EXISTS\b)?\s*",
    re.IGNORECASE,
)
ALTER = kept_regex(r"\bALTER\s+TABLE\s+", re.IGNORECASE)
NAME = kept_regex(r"""\s*(?:"([^"]+)"|`([^`]+)`|\[([^\]]+)\]|'([^']+)'|([\w$?.%@{}]+))""")
ADD_COLUMN = kept_regex(r"\s*ADD\s+(?:COLUMN\s+)?", re.IGNORECASE)
CONSTRAINT = kept_regex(
    r"(?:CONSTRAINT|PRIMARY\s+KEY|UNIQUE|CHECK|FOREIGN\s+KEY)\b(?!\s*(?:TEXT|INTEGER|VARCHAR)\b)",
    re.IGNORECASE,
)
TYPE = kept_regex(
    r"\s*([A-Za-z_]\w*(?:\s+(?!NOT\b|NULL\b|PRIMARY|UNIQUE|DEFAULT|CHECK|COLLATE|REFERENCES|"
    r"AUTOINCREMENT|CONSTRAINT|GENERATED|AS\b|ON\b)[A-Za-z_]\w*)*(?:\s*\([\d\s,]+\))?)",
    re.IGNORECASE,
)
NO_TYPE = kept_regex(
    r"\s*(?:NOT|NULL|PRIMARY|UNIQUE|DEFAULT|CHECK|COLLATE|REFERENCES|CONSTRAINT|AUTOINCREMENT)\b",
    re.IGNORECASE,
)
COMMENT = kept_regex(r"--[^\n]*\n|/\*.*?\*/", re.DOTALL)
PLACEHOLDER = kept_regex(r"%(?:\d+\$)?[sSd]|\{\d\}")
"""Holes as ``String.format`` and ``MessageFormat`` write them."""

OPTION = kept_regex(r"\s*\w+\s*=")
"""An argument of a virtual table's module that is no column (sqlite.org/fts5.html, section 4)."""

LONGEST_SQL = 200_000
LONGEST_PARSED = 20_000
MOST_COLUMNS = 2000


class SqlColumn(Struct, frozen=True):
    """A column as declared; ``type`` in upper case, empty when none is given."""

    name: str
    type: str


class SqlTable(Struct, frozen=True):
    """A table as declared in one statement.

    ``how``  create, virtual or alter; ``complete`` is false when the text breaks off or has
    holes among the columns.
    """

    name: str
    columns: tuple[SqlColumn, ...]
    how: str
    complete: bool


def read_tables(text: str) -> Iterator[SqlTable]:
    """Tables that statements in ``text`` create or extend; holes are written ``?``."""
    text = PLACEHOLDER.sub("?", COMMENT.sub(" ", text[:LONGEST_SQL]))
    for match in CREATE.finditer(text):
        table = _created(text, match)
        if table is not None:
            yield table
    for match in ALTER.finditer(text):
        table = _altered(text, match.end())
        if table is not None:
            yield table


def _created(text: str, match: re.Match[str]) -> SqlTable | None:
    virtual = "VIRTUAL" in match[0].upper()
    start = match.end()
    if text[start : start + 1] == "?" and NAME.match(text, start + 1):
        start += 1  # a hole such as an optional "IF NOT EXISTS "
    named = _name(text, start)
    if named is None:
        return None
    name, after = named
    opening = text.find("(", after)
    between = text[after:opening].strip().strip("?") if opening >= 0 else "-"
    if between and not (virtual and between.upper().startswith("USING")):
        return None
    body, closed = _balanced(text, opening)
    whole = closed and "?" not in body and not virtual
    columns, holes = _columns(body, virtual=virtual)
    if whole:
        columns = _confirmed(columns, f"CREATE TABLE t ({body})")
    if not columns and not holes:
        return None
    return SqlTable(name, columns, "virtual" if virtual else "create", closed and not holes)


def _confirmed(columns: tuple[SqlColumn, ...], statement: str) -> tuple[SqlColumn, ...]:
    """The columns sqlglot names, each with its type as the app wrote it."""
    names = parsed_names(statement)
    written = {column.name: column for column in columns}
    return tuple(written.get(name, SqlColumn(name, "")) for name in names) or columns


def parsed_names(statement: str) -> tuple[str, ...]:
    """Column names of a whole ``CREATE TABLE`` statement by sqlglot; empty when it refuses."""
    if len(statement) > LONGEST_PARSED:
        return ()
    from sqlglot import exp, parse_one
    from sqlglot.errors import SqlglotError

    try:
        tree = parse_one(statement, read="sqlite")
    except (SqlglotError, RecursionError):
        return ()
    if not isinstance(tree, exp.Create) or not isinstance(tree.this, exp.Schema):
        return ()
    return tuple(
        str(column.name)
        for column in tree.this.expressions
        if isinstance(column, exp.ColumnDef | exp.Identifier)
    )


def _altered(text: str, start: int) -> SqlTable | None:
    named = _name(text, start)
    if named is None:
        return None
    name, after = named
    adds = ADD_COLUMN.match(text, after)
    if adds is None:
        return None
    column = _column(text[adds.end() :].partition(";")[0])
    if column is None:
        return None
    known = "?" not in column.name
    return SqlTable(name, (column,) if known else (), "alter", complete=known)


def _name(text: str, start: int) -> tuple[str, int] | None:
    match = NAME.match(text, start)
    if match is None:
        return None
    name = next(group for group in match.groups() if group is not None)
    return name.rpartition(".")[2], match.end()


def _balanced(text: str, opening: int) -> tuple[str, bool]:
    """What stands between ``opening`` and its closing parenthesis, and whether that was found."""
    depth, quote = 0, ""
    for index in range(opening, len(text)):
        char = text[index]
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"`":
            quote = char
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                return text[opening + 1 : index], True
    return text[opening + 1 :], False


def _columns(body: str, *, virtual: bool) -> tuple[tuple[SqlColumn, ...], bool]:
    columns: list[SqlColumn] = []
    holes = False
    for part in _parts(body):
        if CONSTRAINT.match(part.strip()) or (virtual and OPTION.match(part)):
            continue
        column = _column(part)
        if column is None or "?" in column.name:
            holes = holes or bool(part.strip())
        elif len(columns) < MOST_COLUMNS:
            columns.append(column)
    return tuple(columns), holes


def _parts(body: str) -> Iterator[str]:
    """``body`` split at commas outside parentheses and quotes."""
    depth, quote, start = 0, "", 0
    for index, char in enumerate(body):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"`":
            quote = char
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "," and depth <= 0:
            yield body[start:index]
            start = index + 1
    yield body[start:]


def _column(part: str) -> SqlColumn | None:
    named = _name(part, 0)
    if named is None:
        return None
    name, after = named
    rest = part[after:]
    typed = None if NO_TYPE.match(rest) else TYPE.match(rest)
    return SqlColumn(name, re.sub(r"\s+", " ", typed[1]).upper() if typed else "")
