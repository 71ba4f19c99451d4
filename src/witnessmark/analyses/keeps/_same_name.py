"""Tables of one name that are not one table: libraries have databases beside the app's.

An app and the libraries in it each name their tables as they like, so that ``events`` or ``apps``
may be made twice, in two databases. Statements that make a table belong together where one has at
least half of the other's columns, as versions of one table do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from witnessmark.analyses.keeps._statements import Statement
from witnessmark.facts.view import Facts

MAKES = ("create", "virtual", "table")


def told_apart(app: Facts, statements: Sequence[Statement]) -> list[list[Statement]]:
    """The statements of one name, a list for each table; what only extends or uses a table goes to
    the one that the same class makes, then to the one whose columns it names most.
    """
    tables: list[list[Statement]] = []
    for statement in statements:
        if statement.table.how in MAKES:
            home = next((one for one in tables if _are_one(one, statement)), None)
            if home is None:
                tables.append([statement])
            else:
                home.append(statement)
    if len(tables) < 2:
        return [list(statements)]
    for statement in statements:
        if statement.table.how not in MAKES:
            max(tables, key=lambda one: _nearness(app, one, statement)).append(statement)
    return tables


def names_of(statement: Statement) -> frozenset[str]:
    """Names of the columns, in one case."""
    return frozenset(column.name.casefold() for column in statement.table.columns)


def outer_classes(app: Facts, methods: Iterable[int]) -> frozenset[str]:
    """Classes of methods, the outermost of nested ones."""
    return frozenset(app.method_class(method).partition("$")[0] for method in methods)


def _are_one(table: Sequence[Statement], statement: Statement) -> bool:
    names = names_of(statement)
    return any(
        2 * len(names & other) >= min(len(names), len(other)) for other in map(names_of, table)
    )


def _nearness(app: Facts, table: Sequence[Statement], statement: Statement) -> tuple[bool, int]:
    home = outer_classes(app, [method for one in table for method in one.methods])
    names = frozenset[str]().union(*map(names_of, table))
    return bool(home & outer_classes(app, statement.methods)), len(names & names_of(statement))
