"""Tables of one name that are not one table: libraries have databases beside the app's.

An app and the libraries in it each name their tables as they like, so that ``events`` or ``apps``
may be made twice, in two databases. Statements that make a table belong together where one has at
least half of the columns of the one with fewer, as versions of one table do, and so do all that
are joined by such pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from witnessmark.analyses.keeps._statements import Statement
from witnessmark.facts.view import Facts

MAKES = ("create", "virtual", "table")


def told_apart(app: Facts, statements: Sequence[Statement]) -> list[list[Statement]]:
    """The statements of one name, a list for each table, in the order in which tables are first
    made. What only extends or uses a table, or makes it without known columns, goes to the one
    that the same class makes, then to the one of whose made columns it names most, else the first.
    """
    made = [one for one in statements if _tells(one)]
    tables = _joined(made)
    if len(tables) < 2:
        return [list(statements)]
    homes = [
        (outer_classes(app, [method for one in table for method in one.methods]), _columns(table))
        for table in tables
    ]
    for statement in statements:
        if not _tells(statement):
            classes, names = outer_classes(app, statement.methods), names_of(statement)
            nearness = [(bool(home & classes), len(own & names)) for home, own in homes]
            tables[nearness.index(max(nearness))].append(statement)
    return tables


def names_of(statement: Statement) -> frozenset[str]:
    """Names of the columns, in one case."""
    return frozenset(column.name.casefold() for column in statement.table.columns)


def outer_classes(app: Facts, methods: Iterable[int]) -> frozenset[str]:
    """Classes of methods, the outermost of nested ones."""
    return frozenset(app.method_class(method).partition("$")[0] for method in methods)


def _tells(statement: Statement) -> bool:
    """Whether a statement makes a table and names columns of it."""
    return statement.table.how in MAKES and bool(statement.table.columns)


def _joined(made: Sequence[Statement]) -> list[list[Statement]]:
    """Statements that pairs join, whatever their order."""
    groups: list[list[int]] = []
    names = [names_of(one) for one in made]
    for at, own in enumerate(names):
        fits = [group for group in groups if any(_are_one(own, names[one]) for one in group)]
        groups = [group for group in groups if group not in fits]
        groups.append(sorted([at, *(one for group in fits for one in group)]))
    return [[made[one] for one in group] for group in sorted(groups)]


def _are_one(names: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(names & other) >= min(len(names), len(other))


def _columns(table: Sequence[Statement]) -> frozenset[str]:
    return frozenset[str]().union(*map(names_of, table))
