from __future__ import annotations

import pytest

from unit.facts.made_facts import facts_of, facts_of_manifest
from witnessmark.facts.tables.manifest import (
    APP,
    COMPONENTS,
    INTENT_FILTERS,
    META_DATA,
    PERMISSIONS,
)

FILTER = '<intent-filter><action android:name="a.B"/></intent-filter>'
EXPORTED = {
    "stated true": ('<activity android:name=".A" android:exported="true"/>', 28, True, "stated"),
    "stated false": (
        f'<activity android:name=".A" android:exported="false">{FILTER}</activity>',
        28, False, "stated",
    ),
    "by filter": (f'<service android:name=".A">{FILTER}</service>', 28, True, "intent filter"),
    "by nothing": ('<receiver android:name=".A"/>', 28, False, "default"),
    "old provider": ('<provider android:name=".A"/>', 16, True, "provider default"),
    "new provider": ('<provider android:name=".A"/>', 17, False, "provider default"),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPORTED)
def test_exported(name: str) -> None:
    body, target, exported, because = EXPORTED[name]
    facts = facts_of_manifest(
        f'<uses-sdk android:targetSdkVersion="{target}"/><application>{body}</application>'
    )
    rows = list(facts.table(COMPONENTS).rows("exported", "exported_because"))
    assert rows == [(False, "default"), (exported, because)]


def test_names_are_completed_as_android_does() -> None:
    facts = facts_of_manifest(
        '<application android:name="App"><activity android:name=".ui.A"/>'
        '<activity android:name="B"/><activity android:name="com.other.C"/>'
        '<activity-alias android:name=".Alias" android:targetActivity=".ui.A"/></application>'
    )
    assert list(facts.table(COMPONENTS).rows("kind", "class_name")) == [
        ("application", "org.example.App"),
        ("activity", "org.example.ui.A"),
        ("activity", "org.example.B"),
        ("activity", "com.other.C"),
        ("alias", "org.example.ui.A"),
    ]


def test_components_stand_below_the_application_only() -> None:
    facts = facts_of_manifest('<activity android:name=".Stray"/><application/>')
    assert list(facts.table(COMPONENTS).rows("kind")) == [("application",)]


def test_guards_are_inherited_and_providers_may_have_two() -> None:
    facts = facts_of_manifest(
        '<application android:permission="p.APP"><service android:name=".A"/>'
        '<service android:name=".B" android:permission="p.OWN"/>'
        '<provider android:name=".C" android:readPermission="p.R" android:writePermission="p.W"/>'
        "</application>"
    )
    guards = [row[0] for row in facts.table(COMPONENTS).rows("permission")]
    assert guards == ["p.APP", "p.APP", "p.OWN", "p.R | p.W"]


def test_permissions_of_every_kind() -> None:
    facts = facts_of_manifest(
        '<uses-sdk android:targetSdkVersion="33"/>'
        '<uses-permission android:name="android.permission.WRITE_EXTERNAL_STORAGE"'
        ' android:maxSdkVersion="28"/>'
        '<uses-permission-sdk-23 android:name="android.permission.CAMERA"/>'
        '<permission android:name="p.OWN" android:protectionLevel="2"/>'
        '<uses-feature android:name="android.hardware.nfc"/>'
    )
    assert list(facts.table(PERMISSIONS).rows("kind", "name", "max_sdk", "protection")) == [
        ("uses", "android.permission.WRITE_EXTERNAL_STORAGE", 28, ""),
        ("uses_sdk_23", "android.permission.CAMERA", 0, ""),
        ("defines", "p.OWN", 0, "signature"),
        ("feature", "android.hardware.nfc", 0, ""),
        ("implied", "android.permission.READ_EXTERNAL_STORAGE", 0, ""),
    ]


def test_meta_data_and_filter_parts() -> None:
    facts = facts_of_manifest(
        '<application><meta-data android:name="com.vendor.KEY" android:value="abc123"/>'
        '<activity android:name=".A"><intent-filter android:priority="999">'
        '<action android:name="android.intent.action.VIEW"/>'
        '<data android:scheme="https" android:host="example.invalid" android:pathPrefix="/x"/>'
        "</intent-filter></activity></application>"
    )
    assert list(facts.table(META_DATA).rows("component", "name", "value")) == [
        (0, "com.vendor.KEY", "abc123")
    ]
    assert list(facts.table(INTENT_FILTERS).rows("component", "part", "value")) == [
        (1, "priority", "999"), (1, "action", "android.intent.action.VIEW"),
        (1, "scheme", "https"), (1, "host", "example.invalid"), (1, "path_prefix", "/x"),
    ]  # fmt: skip


def test_unstated_sdk_levels_are_implied_and_references_resolved() -> None:
    facts = facts_of(
        manifest='<manifest xmlns:android="http://schemas.android.com/apk/res/android"'
        ' package="org.example"><application android:label="@string/title"/></manifest>',
        strings={"title": {"": "Intake", "zh": "采集"}},
    )
    rows = {key: (value, attribute) for key, value, attribute in facts.table(APP).rows()}
    assert rows["min_sdk"] == ("1", -1)
    assert rows["target_sdk"] == ("1", -1)
    assert rows["label"][0] == "Intake"
    assert rows["label"][1] >= 0
