"""Which statements of one name are of one table, whatever their order."""

from __future__ import annotations

from itertools import permutations

import pytest

from witnessmark.analyses.keeps._same_name import told_apart
from witnessmark.analyses.keeps._sql import SqlColumn, SqlTable
from witnessmark.analyses.keeps._statements import Statement
from witnessmark.facts.view import Facts
from witnessmark.model.evidence import Evidence
from witnessmark.model.location import Location

NOWHERE = Facts({}, lambda _: memoryview(b""))
EVIDENCE = Evidence("A statement.", because=(Evidence("It.", at=Location("a" * 64, (), 0, 0)),))


def statement(how: str, columns: str) -> Statement:
    """One whose columns are single letters."""
    told = tuple(SqlColumn(name, "") for name in columns)
    return Statement(SqlTable("t", told, how, complete=True), (), EVIDENCE, "read")


def tables(*told: tuple[str, str]) -> set[frozenset[tuple[str, str]]]:
    return {
        frozenset((one.table.how, "".join(c.name for c in one.table.columns)) for one in table)
        for table in told_apart(NOWHERE, [statement(*one) for one in told])
    }


@pytest.mark.parametrize("order", list(permutations(["ab", "cd", "abcd"])))
def test_a_statement_that_fits_two_joins_them(order: tuple[str, ...]) -> None:
    assert len(tables(*(("create", columns) for columns in order))) == 1


@pytest.mark.parametrize(
    "order", list(permutations([("create", "ab"), ("create", "cd"), ("create", "")]))
)
def test_a_statement_without_columns_joins_nothing(order: tuple[tuple[str, str], ...]) -> None:
    assert len(tables(*order)) == 2


@pytest.mark.parametrize(
    "order", list(permutations([("alter", "be"), ("used", "def"), ("used", "d")]))
)
def test_what_is_added_draws_nothing_after_it(order: tuple[tuple[str, str], ...]) -> None:
    assert tables(("create", "ab"), ("create", "cd"), *order) == {
        frozenset({("create", "ab"), ("alter", "be")}),
        frozenset({("create", "cd"), ("used", "def"), ("used", "d")}),
    }
