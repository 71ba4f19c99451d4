"""Where the values of a method come from."""

from __future__ import annotations

import pytest

from unit.facts.made_facts import facts_of
from witnessmark.facts.tables.code import METHODS
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.origins import CallResult, Origin, Origins, Parameter, Store
from witnessmark.flow.straight import static_constants

STRING, OBJECT = "Ljava/lang/String;", "Ljava/lang/Object;"


def given_back(call: str, kind: str) -> Origin:
    """Where what a method returns comes from, which hands its parameter to one call."""
    code = ["param 0", f"call {call}"]
    method = {"sig": f"one({kind}){OBJECT}", "access": "public static", "code": code}
    app = facts_of(classes=[{"name": "org.example.Made", "methods": [method]}])
    (row,) = (one for one in range(len(app.table(METHODS))) if app.method_name(one) == "one")
    read = CodeReader(app).read(row)
    assert read is not None
    events = Origins(app, read, static_constants(app)).events()
    store, *_ = (one for one in events if isinstance(one, Store) and one.field < 0)
    return store.value


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        (f"static {STRING}->valueOf({OBJECT}){STRING}", OBJECT),
        (f"virtual {STRING}->trim(){STRING}", STRING),
        (f"static Ljava/lang/Integer;->valueOf({STRING})Ljava/lang/Integer;", STRING),
        ("virtual Ljava/lang/Number;->intValue()I", "Ljava/lang/Number;"),
        (f"interface Ljava/lang/CharSequence;->toString(){STRING}", "Ljava/lang/CharSequence;"),
    ],
)
def test_values_that_say_the_same_in_another_form(call: str, kind: str) -> None:
    assert isinstance(given_back(call, kind), Parameter)


@pytest.mark.parametrize(
    "call",
    [
        f"static Lorg/example/Kind;->valueOf({STRING})Lorg/example/Kind;",
        f"static Lorg/example/Texts;->trim({STRING}){STRING}",
        f"static Lorg/example/Texts;->toString({STRING}){STRING}",
        f"virtual {STRING}->strip(){STRING}",
    ],
)
def test_methods_of_others_by_the_same_names_give_something_else(call: str) -> None:
    assert isinstance(given_back(call, STRING), CallResult)
