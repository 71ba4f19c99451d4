"""Reading of statements that use tables: which tables, which of their columns.

sqlglot parses them (SQLite dialect). A column counts for a table when it is qualified by the
table or its alias, or when the statement names one table only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from witnessmark.formats.patterns import kept_regex

if TYPE_CHECKING:
    from sqlglot.expressions import Expression

BEGINS = kept_regex(
    r"\s*(?:with\b.*?\bselect|select|insert|replace|update|delete)\s", re.IGNORECASE | re.DOTALL
)
LONGEST = 8_000
PLAIN = kept_regex(r"[^\W\d][\w $]{0,63}")
KEYS = frozenset({"rowid", "oid", "_rowid_"})


class Use(Struct, frozen=True):
    """One table in a statement: its name, the columns named of it, ``reads`` or ``writes``."""

    table: str
    columns: tuple[str, ...]
    how: str


def read_uses(text: str) -> Iterator[Use]:
    """Tables that the statement ``text`` reads or writes; none where it cannot be parsed."""
    if len(text) > LONGEST or not BEGINS.match(text):
        return
    from sqlglot import exp, parse
    from sqlglot.errors import SqlglotError

    try:
        trees = parse(text, read="sqlite")
    except (SqlglotError, RecursionError):
        return
    for tree in trees:
        if isinstance(tree, exp.Insert | exp.Update | exp.Delete | exp.Query):
            how = "reads" if isinstance(tree, exp.Query) else "writes"
            yield from _uses(tree, how)


def _uses(tree: Expression, how: str) -> Iterator[Use]:
    from sqlglot import exp

    made = {one.alias_or_name.casefold() for one in tree.find_all(exp.CTE, exp.Subquery)}
    tables = [one for one in tree.find_all(exp.Table) if one.name.casefold() not in made]
    named = {one.alias_or_name.casefold(): one.name for one in tables}
    columns: dict[str, dict[str, None]] = {one.name: {} for one in tables}
    for name, table in _columns(tree):
        if table:
            owner = named.get(table.casefold())
        else:
            owner = tables[0].name if len({one.name for one in tables}) == 1 else None
        if owner is not None and PLAIN.fullmatch(name) and name.casefold() not in KEYS:
            columns[owner].setdefault(name)
    for name, found in columns.items():
        if PLAIN.fullmatch(name):
            yield Use(name, tuple(found), how)


def _columns(tree: Any) -> Iterator[tuple[str, str]]:
    """Names of columns with the table that qualifies them, empty for none."""
    from sqlglot import exp

    aliases = {one.alias.casefold() for one in tree.find_all(exp.Alias)}
    if isinstance(tree, exp.Insert) and isinstance(tree.this, exp.Schema):
        for one in tree.this.expressions:
            yield str(one.name), ""
    for column in tree.find_all(exp.Column):
        # SQLite takes "x" in double quotes for a text where no column is called so.
        literal = column.this.args.get("quoted") and not column.table
        if not literal and (column.table or column.name.casefold() not in aliases):
            yield str(column.name), str(column.table)
