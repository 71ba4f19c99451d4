"""Texts that code hides: computed as it would compute them, and no further.

`tests/apps/values` holds the source of the app: each method uses one address, and its host tells
how it is hidden.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unit.flow.small_app import SmallApp, main_class, small_app
from witnessmark.facts.build import build_facts
from witnessmark.facts.view import Facts
from witnessmark.flow.build import build_flow
from witnessmark.flow.values import machine, texts
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.flow.values.texts import Values, derived_texts
from witnessmark.model.table import Table
from witnessmark.package.open import open_input

APP = Path(__file__).parents[3] / "apps" / "values" / "values.dex"


@pytest.fixture(scope="module")
def facts() -> Facts:
    read = build_facts(open_input([APP]))
    return read.with_tables(build_flow(read).tables)


@pytest.fixture(scope="module")
def values(facts: Facts) -> Values:
    return derived_texts(facts)


def told(facts: Facts, table: Table, name: str) -> list[tuple[str, bool]]:
    """Texts, and whether they are whole, that calls of the method ``name`` are given."""
    rows = table.rows("method", "text", "whole")
    return [(text, whole) for method, text, whole in rows if facts.method_name(method) == name]


@pytest.mark.parametrize(
    "name",
    ["started", "message", "replaced", "reversed", "coded", "basic", "masked", "shifted", "tabled",
     "rolling", "hexed", "sealed", "digest", "olden", "stream", "mapped", "listed"],
)  # fmt: skip
def test_hidden_addresses(facts: Facts, values: Values, name: str) -> None:
    address = f"http://{name}.example.invalid/up"
    assert (address, True) in told(facts, values.table, name)
    assert facts.string_rows(address) == []


def test_forms_and_builders(facts: Facts, values: Values) -> None:
    assert told(facts, values.table, "formatted") == [
        ("http://formatted.example.invalid:8080/00ab", True)
    ]
    assert told(facts, values.table, "built") == [("http://built.example.invalid/up?q=a%20b", True)]
    assert told(facts, values.table, "chosen") == [("http://enum.example.invalid/up", True)]


def test_what_is_not_known_is_a_hole(facts: Facts, values: Values) -> None:
    assert told(facts, values.table, "joined") == [
        ("http://joined.example.invalid/up?page=?", False)
    ]
    assert told(facts, values.table, "unknown") == []


def test_bodies_are_told_by_their_keys(facts: Facts, values: Values) -> None:
    body = '{"phone":?,"place":{"city":"X","level":3},"tags":["a",true]}'
    assert told(facts, values.table, "body") == [(body, False)]


def test_both_ways_are_told(facts: Facts, values: Values) -> None:
    assert told(facts, values.table, "either") == [
        ("http://either.example.invalid/up", True),
        ("http://orelse.example.invalid/up", True),
    ]


def test_texts_that_pass_through_constructor_field_and_call(facts: Facts, values: Values) -> None:
    assert ("http://passed.example.invalid/up", True) in told(facts, values.table, "open")


def test_computed_class_names_reach_the_lookup(facts: Facts, values: Values) -> None:
    assert told(facts, values.table, "reflected") == [("org.example.values.Client", True)]


def test_steps_lead_back_to_the_constants(facts: Facts, values: Values) -> None:
    rows = values.table.rows("text", "decoded", "steps")
    decoded, steps = next(
        (decoded, json.loads(steps)) for text, decoded, steps in rows if "//coded." in text
    )
    assert decoded
    assert steps[0]["string"] >= 0
    assert facts.string(steps[0]["string"]).startswith("aHR0c")
    assert [step["says"] for step in steps[1:]] == ["decodes Base64"]
    assert all(step["pc"] >= 0 for step in steps)


def test_joined_texts_are_not_called_decoded(values: Values) -> None:
    told_of = dict(values.table.rows("text", "decoded"))
    assert not told_of["http://listed.example.invalid/up"]
    assert told_of["http://masked.example.invalid/up"]


def test_runs_without_end_leave_a_gap_and_what_was_found(facts: Facts, values: Values) -> None:
    (gap,) = (gap for gap in values.gaps if gap.at == "values/fuel")
    assert "endless" in gap.why
    assert told(facts, values.table, "endless")


def test_code_that_recurses_divides_by_nothing_or_asks_for_too_much_ends(
    facts: Facts, values: Values
) -> None:
    for name in ("deep", "huge", "divided"):
        assert all(not whole for _, whole in told(facts, values.table, name))


def test_the_same_app_gives_the_same_rows(facts: Facts, values: Values) -> None:
    again = derived_texts(facts)
    assert list(again.table.rows()) == list(values.table.rows())
    assert (again.gaps, again.instructions) == (values.gaps, values.instructions)


def test_an_app_with_too_much_code_is_told(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_INSTRUCTIONS", 50)
    cut = derived_texts(facts)
    (gap,) = (gap for gap in cut.gaps if gap.at == "values/limit")
    assert "not interpreted" in gap.why


BUILDER = "Ljava/lang/StringBuilder;"
APPEND = f"call {BUILDER}->append(Ljava/lang/String;){BUILDER}"
PARSE = "call static Landroid/net/Uri;->parse(Ljava/lang/String;)Landroid/net/Uri;"


def used(app: SmallApp) -> list[str]:
    """Texts of an app, in the order of rows."""
    return [text for (text,) in app.facts.table(DERIVED_TEXTS).rows("text")]


def test_text_resources_count_as_constants(tmp_path: Path) -> None:
    code = [f"new {BUILDER}", f"call {BUILDER}-><init>()V", "this", "int 0x7f010000",
            "call Lorg/example/Main;->getString(I)Ljava/lang/String;", APPEND,
            "string /up", APPEND, f"call {BUILDER}->toString()Ljava/lang/String;", PARSE]  # fmt: skip
    app = small_app(
        tmp_path, [main_class(*code)], strings={"host": "http://resource.example.invalid"}
    )
    ids = app.facts.table(DERIVED_TEXTS)
    assert list(ids.rows("text", "whole", "decoded")) == [
        ("http://resource.example.invalid/up", True, False)
    ]


def test_a_builder_given_away_is_not_known(tmp_path: Path) -> None:
    code = [f"new {BUILDER}", f"call {BUILDER}-><init>()V", "string http://a", APPEND,
            f"call static Lx/Api;->extend({BUILDER}){BUILDER}",
            f"call {BUILDER}->toString()Ljava/lang/String;", PARSE]  # fmt: skip
    assert used(small_app(tmp_path, [main_class(*code)])) == []


def test_plain_constants_are_not_repeated(tmp_path: Path) -> None:
    assert used(small_app(tmp_path, [main_class("string http://plain.invalid/", PARSE)])) == []


def test_fuel_is_counted_for_each_method(values: Values) -> None:
    assert 0 < values.instructions < 2 * machine.LIMITS.fuel


@pytest.mark.parametrize(
    "address",
    ["http://kept.example.invalid/up?kept", "http://spare.example.invalid/up",
     "http://handed.example.invalid/up", "http://tasked.example.invalid/up?id=7"],
)  # fmt: skip
def test_texts_that_are_kept_and_read_elsewhere(values: Values, address: str) -> None:
    assert (address, True) in set(values.table.rows("text", "whole"))


def test_what_is_kept_but_not_known_is_a_hole(values: Values) -> None:
    found = [text for (text,) in values.table.rows("text") if "//unkept." in text]
    assert set(found) == {"http://unkept.example.invalid/?"}


def test_what_is_kept_is_told_by_key_and_field(facts: Facts, values: Values) -> None:
    rows = list(values.kept.rows("field", "store", "key", "text", "open"))
    assert (-1, "preferences", "server", "aHR0cDovL2tlcHQuZXhhbXBsZS5pbnZhbGlkL3Vw", False) in rows
    assert (-1, "preferences", "name", "", True) in rows
    assert (-1, "extras", "address", "http://handed.example.invalid/", False) in rows
    fields = {facts.field_signature(row): text for row, _, _, text, _ in rows if row >= 0}
    assert fields["Lorg/example/values/Kept;->server:Ljava/lang/String;"].startswith("http://kept.")
