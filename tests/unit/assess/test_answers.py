"""Columns and keys are told by the fields whose answers go there; questions of yes or no."""

from __future__ import annotations

from typing import Any

import pytest

from witnessmark.assess.answers import SAID_BY_FIELDS
from witnessmark.assess.people import PACKS, tell_people
from witnessmark.knowledge.load import load
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding
from witnessmark.model.location import Location

KNOW = load(PACKS)
EVIDENCE = Evidence("a word", Location("0" * 64, (), 0, 1), "00")
Place = tuple[str, str, str]


def finding(kind: str, subject: dict[str, Any]) -> Finding:
    return Finding(kind, subject, "Says so.", (EVIDENCE,), "read")


def field(label: str, *places: Place, choices: tuple[str, ...] = (), name: str = "") -> Finding:
    goes = [{"kind": kind, "in": where, "name": under} for kind, where, under in places]
    subject: dict[str, Any] = {"screen": "form", "label": label, "hint": "", "name": name}
    subject["choices"] = [{"code": "", "label": one} for one in choices]
    subject["bound_to"] = goes[0]["name"] if goes else ""
    return finding("asks.field", {**subject, "goes_to": goes} if goes else subject)


def table(name: str, *columns: str) -> Finding:
    listed = [{"name": one, "type": "TEXT", "categories": []} for one in columns]
    return finding("keeps.table", {"name": name, "columns": listed})


def columns_of(told: Finding, key: str = "columns") -> dict[str, list[str]]:
    return {one["name"]: one["categories"] for one in told.subject[key]}


def test_a_column_is_told_by_the_field_that_fills_it() -> None:
    gender, faith = ("column", "sheet", "q_13"), ("column", "sheet", "q_14")
    *_, told = tell_people(
        [field("Gender", gender), field("Religion", faith), table("sheet", "_id", "q_13", "q_14")],
        KNOW,
    )
    assert columns_of(told) == {"_id": [], "q_13": ["pd:Gender"], "q_14": ["pd:Religion"]}
    assert told.special
    assert SAID_BY_FIELDS in told.limits


def test_the_column_of_another_table_and_a_name_of_its_own_stay() -> None:
    *_, other, own = tell_people(
        [
            field("Gender", ("column", "sheet", "q_13")),
            table("devices", "q_13"),
            table("sheet", "religion"),
        ],
        KNOW,
    )
    assert columns_of(other) == {"q_13": []}
    assert columns_of(own) == {"religion": ["pd:Religion"]}
    assert SAID_BY_FIELDS not in (*other.limits, *own.limits)


def test_fields_that_disagree_and_answers_that_go_everywhere_tell_nothing() -> None:
    shared, several = ("column", "sheet", "q_1"), ("column", "sheet", "q_2")
    *_, told = tell_people(
        [
            field("Gender", shared),
            field("Date of birth", shared),
            field("Religion", several, ("column", "sheet", "q_3")),
            table("sheet", "q_1", "q_2", "q_3"),
        ],
        KNOW,
    )
    assert not any(columns_of(told).values())


def test_keys_of_a_record_are_told_when_two_of_them_are_a_forms() -> None:
    fields = [field("Religion", ("json", "", "rl")), field("Phone number", ("json", "", "ct1"))]
    sent = finding("keeps.record", {"name": "a.b", "format": "json",
                                    "fields": [{"name": "rl"}, {"name": "ct1"}]})  # fmt: skip
    stray = finding("keeps.record", {"name": "a.c", "format": "json",
                                     "fields": [{"name": "rl"}, {"name": "x"}]})  # fmt: skip
    *_, told, left = tell_people([*fields, sent, stray], KNOW)
    assert columns_of(told, "fields") == {"rl": ["pd:Religion"], "ct1": ["pd:TelephoneNumber"]}
    assert columns_of(left, "fields") == {"rl": [], "x": []}


@pytest.mark.parametrize(
    ("label", "choices", "wanted"),
    [
        ("Does your school have a kitchen?", ("Yes", "No"), ()),
        ("Is the street paved?", ("Yes", "No", "Don't know"), ()),
        ("Do you have a disability?", ("Yes", "No"), ("pd:Disability",)),
        ("¿Tiene alguna discapacidad?", ("Sí", "No", "No sabe / No contestó"), ("pd:Disability",)),
        ("Street", ("Long street", "High street"), ("pd:Street",)),
    ],
)
def test_yes_and_no_state_no_place(
    label: str, choices: tuple[str, ...], wanted: tuple[str, ...]
) -> None:
    (told,) = tell_people([field(label, choices=choices)], KNOW)
    assert told.categories == wanted


def test_short_columns_are_in_the_language_that_the_app_speaks() -> None:
    fields = [field(one) for one in ("Tanggal Lahir", "Jenis Kelamin", "Pekerjaan")]
    *_, told = tell_people([*fields, table("warga", "nama", "agama", "tgl_lahir")], KNOW)
    assert columns_of(told) == {
        "nama": ["pd:Name"], "agama": ["pd:Religion"], "tgl_lahir": ["pd:BirthDate"],
    }  # fmt: skip
    fields = [field(one) for one in ("Date of birth", "Gender", "Occupation")]
    *_, told = tell_people([*fields, table("warga", "nama", "agama", "tgl_lahir")], KNOW)
    assert columns_of(told)["nama"] == []


def test_a_key_that_begins_with_a_capital_is_no_label() -> None:
    keys = [{"name": "Name"}, {"name": "SurveyId"}]
    record = finding("keeps.record", {"name": "a", "format": "soap", "fields": keys})
    (told,) = tell_people([record], KNOW)
    assert told.categories == ()
    keys = [{"name": "Name"}, {"name": "BirthDate"}]
    record = finding("keeps.record", {"name": "a", "format": "soap", "fields": keys})
    (told,) = tell_people([record], KNOW)
    assert told.categories == ("pd:Name", "pd:BirthDate")


def test_a_table_and_a_class_of_one_name_are_two_places() -> None:
    name = field("Religion", ("column", "person", "c5"), ("field", "Person", "edit_c"))
    row = finding("keeps.record", {"name": "a.Person", "format": "object",
                                   "fields": [{"name": "edit_c"}]})  # fmt: skip
    *_, told, kept = tell_people([name, table("person", "c5"), row], KNOW)
    assert columns_of(told) == {"c5": ["pd:Religion"]}
    assert columns_of(kept, "fields") == {"edit_c": ["pd:Religion"]}


def test_a_name_says_whose_fact_a_plain_label_asks_for() -> None:
    told, other = tell_people([field("Name", name="guardian_name"), field("Name", name="x")], KNOW)
    assert (told.categories, told.about) == (("pd:Name", "wm:Guardian"), "third_person")
    assert other.about == "unknown"
    (left,) = tell_people([field("Date of birth", name="guardian_name")], KNOW)
    assert (left.categories, left.about) == (("pd:BirthDate",), "unknown")
