"""The fixture app whose source lies beside it, table by table."""

from __future__ import annotations

import json
from functools import cache

import numpy as np

from unit.facts.made_facts import INTAKE
from witnessmark.facts.build import build_facts
from witnessmark.facts.tables import artifacts, code, manifest, resources, signing
from witnessmark.facts.view import Facts
from witnessmark.package.open import open_input


@cache
def intake() -> Facts:
    return build_facts(open_input([INTAKE]))


def test_nothing_is_odd_and_nothing_unread() -> None:
    facts = intake()
    assert facts.gaps == ()
    assert len(facts.table(artifacts.ANOMALIES)) == 0
    rows = list(facts.table(artifacts.COVERAGE).rows("kind", "unit", "present", "read", "why"))
    assert all(present == read and not why for _, _, present, read, why in rows)
    assert [row[:2] for row in rows] == [
        ("code", "bytes"), ("code", "methods"), ("resources", "values"), ("xml/layout", "files"),
        ("xml/manifest", "files"), ("signature", "files"),
    ]  # fmt: skip


def test_app_says_of_itself() -> None:
    rows = dict(intake().table(manifest.APP).rows("key", "value"))
    assert rows == {
        "package": "org.example.intake", "version_code": "1", "version_name": "1.0",
        "min_sdk": "21", "target_sdk": "28", "compile_sdk": "29", "label": "Resident intake",
        "allow_backup": "false",
    }  # fmt: skip


def test_components_are_bound_to_code() -> None:
    facts = intake()
    (application, activity) = facts.table(manifest.COMPONENTS).rows(
        "kind", "class_name", "type", "exported", "exported_because"
    )
    assert application[:3] == ("application", "android.app.Application", -1)
    assert activity[:2] == ("activity", "org.example.intake.IntakeActivity")
    assert activity[3:] == (True, "stated")
    assert facts.type_name(activity[2]) == "org.example.intake.IntakeActivity"


def test_filters_and_permissions() -> None:
    facts = intake()
    assert list(facts.table(manifest.INTENT_FILTERS).rows("component", "part", "value")) == [
        (1, "action", "android.intent.action.MAIN"),
        (1, "category", "android.intent.category.LAUNCHER"),
    ]
    assert list(facts.table(manifest.PERMISSIONS).rows("kind", "name", "max_sdk")) == [
        ("uses", "android.permission.INTERNET", 0),
        ("uses", "android.permission.READ_PHONE_STATE", 0),
        ("uses", "android.permission.READ_CONTACTS", 0),
    ]


def test_form_and_its_words_in_two_languages() -> None:
    facts = intake()
    expected = json.loads((INTAKE.parent / "expected.json").read_bytes())
    names = {
        resource: f"{kind}/{name}"
        for resource, kind, name in facts.table(resources.RESOURCES).rows(
            "resource", "type", "name"
        )
    }
    texts = {
        (names[resource], locale): text
        for resource, locale, text in facts.table(resources.RESOURCE_VALUES).rows(
            "resource", "locale", "text"
        )
    }
    for field in expected["form"]:
        label = f"string/label_{field['id'].removeprefix('edit_')}"
        assert {"": texts[label, ""], "zh": texts[label, "zh"]} == field["label"]
    attributes = list(facts.table(manifest.XML_ATTRIBUTES).rows("name", "value"))
    assert [value for name, value in attributes if name == "inputType"] == [
        "textPersonName", "text", "phone", "text", "textMultiLine",
    ]  # fmt: skip
    assert ("maxLength", "18") in attributes
    assert ("hint", "@string/hint_id") in attributes


def test_calls_lead_where_the_source_leads() -> None:
    facts = intake()
    rows = facts.calls_to("android.telephony.TelephonyManager", "getDeviceId")
    calls = facts.table(code.CALLS)
    assert [facts.method_signature(int(calls["method"][row])) for row in rows] == [
        "Lorg/example/intake/IntakeActivity;->deviceId()Ljava/lang/String;"
    ]
    activity = facts.class_by_name("org.example.intake.IntakeActivity")
    assert {facts.method_name(row) for row in facts.methods_of(activity)} >= {
        "onCreate",
        "deviceId",
    }


def test_signers_verify() -> None:
    rows = list(intake().table(signing.SIGNERS).rows("scheme", "state", "subject"))
    assert rows == [(scheme, "verified", "CN=fixture") for scheme in ("v1", "v2", "v3")]
    assert len(intake().table(signing.SIGNING_PROBLEMS)) == 0


def test_two_runs_give_the_same_tables() -> None:
    again = build_facts(open_input([INTAKE]))
    for name, table in intake().tables().items():
        for column in table.schema.column_names():
            np.testing.assert_array_equal(table[column], again.tables()[name][column])
