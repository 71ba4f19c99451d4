"""Constructors that ran before are not run again, and nothing shows of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.facts.build import build_facts
from witnessmark.facts.view import Facts
from witnessmark.flow.build import build_flow
from witnessmark.flow.values.chosen import chosen_methods, known_users
from witnessmark.flow.values.machine import LIMITS, Machine
from witnessmark.flow.values.made import Left, Made, key_of
from witnessmark.flow.values.objects import UNKNOWN, Array, Text, Thing, copied_into
from witnessmark.flow.values.paths import FuelError
from witnessmark.flow.values.texts import Listener, Row
from witnessmark.flow.values.world import world_of
from witnessmark.package.open import open_input

APP = Path(__file__).parents[3] / "apps" / "values" / "values.dex"


@pytest.fixture(scope="module")
def facts() -> Facts:
    read = build_facts(open_input([APP]))
    return read.with_tables(build_flow(read).tables)


def _run(facts: Facts, *, again: bool) -> tuple[dict[Row, object], int, list[int]]:
    """Rows, instructions and methods without an end, the app run twice over."""
    chosen = chosen_methods(facts)
    listener = Listener(facts, chosen, known_users())
    machine = Machine(world_of(facts), listener, LIMITS, again=again)
    short = []
    for method in (*chosen.roots, *chosen.roots):
        try:
            machine.run(method)
        except FuelError:
            short.append(method)
    return dict(listener.rows), machine.used, short


def test_runs_that_are_spared_leave_the_same_rows_and_cost_the_same(
    facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    spared: list[Left] = []
    again = Made.again

    def counted(made: Made, left: Left, thing: Thing, depth: int) -> None:
        spared.append(left)
        again(made, left, thing, depth)

    monkeypatch.setattr(Made, "again", counted)
    whole = _run(facts, again=True)
    assert not spared
    assert _run(facts, again=False) == whole
    assert spared


def test_an_object_that_holds_itself_holds_itself_when_it_is_made_again() -> None:
    first, other = Thing("La/B;"), Thing("La/B;")
    first.known.update({1: first, 2: Array("[I", [1, 2]), 3: Text("x")})
    copied_into(other, first)
    assert other.known[1] is other
    assert other.known[2] is not first.known[2]
    assert other.known[2].items == [1, 2]
    assert other.known[3] == Text("x")


@pytest.mark.parametrize(
    "given",
    [
        (Thing("La/B;", open=True),),
        (Thing("La/B;", {1: 2}),),
        (Thing("La/B;"), Array("[I", [1])),
        (Thing("La/B;"), Thing("La/C;", open=True)),
        (UNKNOWN,),
        (),
    ],
)
def test_objects_that_are_not_new_and_arguments_that_can_change_are_not_kept(
    given: tuple[object, ...],
) -> None:
    assert key_of(7, given) is None
    assert key_of(7, (Thing("La/B;"), 1, Text("a"), None)) is not None
