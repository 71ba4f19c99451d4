"""Order of analyses."""

from __future__ import annotations

import pytest

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.planner import plan
from witnessmark.model.table import Column, TableSchema


def table(name: str) -> TableSchema:
    return TableSchema(name, "a table", (Column("a", "i4", "a number"),), ("dex",))


A, B = table("a"), table("b")


def test_writers_come_first_and_ties_keep_their_order() -> None:
    late = Analysis("asks/late", 1, reads=(A, B))
    middle = Analysis("asks/middle", 1, reads=(A,), writes=(B,))
    free = Analysis("asks/free", 1, reads=())
    early = Analysis("sends/early", 1, reads=(), writes=(A,))
    order = [analysis.id for analysis in plan([late, middle, free, early])]
    assert order == ["asks/free", "sends/early", "asks/middle", "asks/late"]


def test_two_writers_of_one_table_are_refused() -> None:
    with pytest.raises(ValueError, match="written by asks/one and asks/two"):
        plan([Analysis("asks/one", 1, (), (A,)), Analysis("asks/two", 1, (), (A,))])


def test_a_circle_is_named() -> None:
    with pytest.raises(ValueError, match="wait for each other"):
        plan([Analysis("asks/one", 1, (B,), (A,)), Analysis("asks/two", 1, (A,), (B,))])
