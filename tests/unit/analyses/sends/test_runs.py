"""Declared requests: which of their callers are told, and the address that is put before them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from witnessmark.analyses.sends import _machine, _runs
from witnessmark.analyses.sends._machine import RequestMachine
from witnessmark.analyses.sends._message import Sent
from witnessmark.analyses.sends._runs import _best_reached, _with_base
from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.objects import HOLE
from witnessmark.model.table import Table

STATES = ("unreached", "unknown", "outside", "reached", "unknown", "reached")
"""What is known of the callers, by their row."""


def app() -> Facts:
    reach = [(state, -1, -1, -1, 0, -1) for state in STATES]
    calls = [(method, 0, 0x6E, 9) for method in range(len(STATES))]
    tables = {
        REACH.name: Table.from_rows(REACH, reach), CALLS.name: Table.from_rows(CALLS, calls),
    }  # fmt: skip
    return Facts(tables, lambda _: memoryview(b""))


def test_calls_of_running_code_come_first() -> None:
    rows = app().table(CALLS)["callee"].nonzero()[0]
    assert _best_reached(app(), rows) == [3, 5, 1, 4, 0, 2]


def test_of_many_calls_those_of_running_code_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_runs, "MOST_ASKING", 3)
    made = app()
    rows = made.table(CALLS)["callee"].nonzero()[0]
    assert _best_reached(made, rows) == [3, 5, 1]
    (gap,) = made.left_out
    assert gap.why == "of 6 calls that ask for one request only the first 3 were looked at"


def based(bases: dict[str, dict[str, None]], **words: str) -> str:
    """The address that is put before a request of the interface ``La/Api;``."""
    sent = Sent({"interface": "La/Api;", **words}, (), "", (), (), (0, 0, 0), (), 0, ())
    machine = cast(RequestMachine, SimpleNamespace(bases=bases))
    return _with_base(machine, sent, set()).word("base")


KNOWN: dict[str, Any] = {"https://a.test/": None}


@pytest.mark.parametrize(
    ("bases", "base"),
    [
        ({"La/Api;": KNOWN}, "https://a.test/"),
        ({"Lb/Api;": KNOWN}, "https://a.test/"),
        ({"": KNOWN}, "https://a.test/"),
        ({"La/Api;": {HOLE: None}, "Lb/Api;": KNOWN}, HOLE),
        ({"La/Api;": {HOLE: None}, "": KNOWN}, HOLE),
        ({"Lb/Api;": KNOWN, "Lc/Api;": {"https://c.test/": None}}, HOLE),
        ({}, HOLE),
    ],
)
def test_a_base_of_its_own_though_unknown_is_not_replaced(
    bases: dict[str, dict[str, None]], base: str
) -> None:
    assert based(bases) == base


def test_a_base_that_the_request_names_stays() -> None:
    assert based({"La/Api;": KNOWN}, base="https://own.test/") == "https://own.test/"


def test_requests_behind_the_first_are_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    def take(most: int) -> tuple[int, tuple[str, ...]]:
        monkeypatch.setattr(_machine, "MOST_SENT", most)
        made, sent = app(), Sent({}, (), "", (), (), (0, 0, 0), (), 0, ())
        machine = SimpleNamespace(
            sent=[], world=SimpleNamespace(facts=made), _chain=(), _declarers=(),
            _call_at=lambda *_: 0, _snapshot=SimpleNamespace(take=lambda *_: sent),
        )  # fmt: skip
        said = SimpleNamespace(method=0, pc=0, key="La;->b()V")
        for _ in range(2):
            RequestMachine.send(cast(Any, machine), cast(Any, None), cast(Any, said))
        return len(machine.sent), tuple(gap.why for gap in made.left_out)

    assert take(2) == (2, ())
    assert take(1) == (1, (_machine.TOO_MANY,))
