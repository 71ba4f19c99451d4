"""Where values come from, on the fixture of a form whose labels are handed on."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from witnessmark import pipeline
from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.view import Facts
from witnessmark.flow.backward import Backward, Called, Frame, Given, New, Number, Source, Word

APPS = Path(__file__).parents[2] / "apps"


@cache
def _app() -> Facts:
    return pipeline.read_app([APPS / "composed" / "composed.apk"])


def _calls(within: str, to: str) -> list[tuple[int, int]]:
    """Method and place of calls in a method of the form to another, by their names."""
    app = _app()
    (method,) = app.methods_named("org.example.composed.FormKt", within)
    table = app.table(CALLS)
    return [
        (method, int(table["pc"][row]))
        for row in range(len(table))
        if table["method"][row] == method and app.method_name(int(table["callee"][row])) == to
    ]


def _handed(within: str, to: str, number: int) -> list[tuple[Source, ...]]:
    backward = Backward(_app())
    found = []
    for method, pc in _calls(within, to):
        register = list(backward.handed(Frame(method), pc))[number][1]
        found.append(backward.sources(Frame(method), pc, register))
    return found


def test_a_constant_and_what_a_call_gives() -> None:
    constant, looked_up = _handed("Form", "Labelled", 0)
    assert [type(one) for one in constant] == [Word]
    assert [type(one) for one in looked_up] == [Called]


def test_a_parameter_is_told_by_the_register_that_holds_it() -> None:
    ((value,),) = _handed("Labelled", "OutlinedTextField", 0)
    assert isinstance(value, Given)
    assert value.at == 1


def test_an_object_keeps_what_its_constructor_was_given() -> None:
    backward, app = Backward(_app()), _app()
    ((made,),) = _handed("Labelled", "rememberComposableLambda", 2)
    assert isinstance(made, New)
    assert app.type_name(made.type) == "org.example.composed.Words"
    assert [type(one) for one in backward.parts_of(made)] == [Given]


@pytest.mark.parametrize("number", [7, 8])
def test_nothing_handed_over_is_the_number_zero(number: int) -> None:
    ((value,),) = _handed("Labelled", "OutlinedTextField", number)
    assert isinstance(value, Number)
    assert value.value == 0
