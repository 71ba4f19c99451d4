"""One app in three versions and a rebuild: what is told of each step, and that a rebuild is silent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from miniapp.apk import write_apk
from witnessmark import pipeline
from witnessmark.report.compare import Change

ANDROID = 'xmlns:android="http://schemas.android.com/apk/res/android"'
CREATE = "CREATE TABLE visits (name TEXT, phone TEXT)"
CREATE_MORE = "CREATE TABLE visits (name TEXT, phone TEXT, religion TEXT)"


def manifest(version: int, *permissions: str) -> str:
    asked = "".join(
        f'<uses-permission android:name="android.permission.{one}"/>' for one in permissions
    )
    return (
        f'<manifest {ANDROID} package="org.example" android:versionCode="{version}"'
        f' android:versionName="{version}.0"><uses-sdk android:minSdkVersion="21"'
        f' android:targetSdkVersion="28"/>{asked}<application>'
        '<activity android:name="org.example.Main" android:exported="true"/></application>'
        "</manifest>"
    )


def layout(*fields: str) -> str:
    views = "".join(
        f'<TextView android:text="{one}"/><EditText android:id="@+id/{one.lower()}"/>'
        for one in fields
    )
    return f'<LinearLayout android:orientation="vertical">{views}</LinearLayout>'


def classes(store: str, sql: str, *more: str) -> Sequence[Mapping[str, Any]]:
    """The screen, and ``store`` which makes the table; ``more`` is code of the screen."""
    return (
        {
            "name": "org.example.Main",
            "extends": "android.app.Activity",
            "methods": [
                {
                    "sig": "onCreate(Landroid/os/Bundle;)V",
                    "code": [
                        "this", "int 0x7f010000",
                        "call Lorg/example/Main;->setContentView(I)V",
                        "param 1",
                        f"call static L{store};->make(Landroid/os/Bundle;)V",
                        *more,
                    ],
                }
            ],
        },
        {
            "name": store.replace("/", "."),
            "methods": [
                {
                    "sig": "make(Landroid/os/Bundle;)V",
                    "access": "public static",
                    "code": [
                        "sget Lorg/example/Main;->db:Landroid/database/sqlite/SQLiteDatabase;",
                        f"string {sql}",
                        "call Landroid/database/sqlite/SQLiteDatabase;->execSQL(Ljava/lang/String;)V",
                    ],
                }
            ],
        },
    )  # fmt: skip


IDENTIFIER = (
    "sget Lorg/example/Main;->phone:Landroid/telephony/TelephonyManager;",
    "call Landroid/telephony/TelephonyManager;->getDeviceId()Ljava/lang/String;",
)
VERSIONS: Mapping[str, Mapping[str, Any]] = {
    "first": {
        "manifest": manifest(1, "INTERNET"),
        "layouts": {"visit": layout("Name", "Phone")},
        "classes": classes("org/example/Store", CREATE),
    },
    "rebuilt": {
        "manifest": manifest(1, "INTERNET"),
        "layouts": {"visit": layout("Name", "Phone")},
        "classes": classes("a/b", CREATE),
    },
    "second": {
        "manifest": manifest(2, "INTERNET", "READ_PHONE_STATE"),
        "layouts": {"visit": layout("Name", "Phone", "Religion")},
        "classes": classes("org/example/Store", CREATE_MORE, *IDENTIFIER),
    },
    "third": {
        "manifest": manifest(3, "READ_PHONE_STATE"),
        "layouts": {"visit": layout("Name")},
        "classes": classes("org/example/Store", CREATE, *IDENTIFIER),
    },
}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versions")
    for name, version in VERSIONS.items():
        app = folder / f"{name}.apk"
        app.write_bytes(write_apk(version))
        pipeline.examine([app], folder / name)
    return folder


def told(changes: Sequence[Change]) -> set[tuple[str, str, str]]:
    """State, kind and the name that matters of each change."""
    keys = ("name", "permission", "what", "label")
    return {
        (
            one.state,
            one.finding.kind,
            next((str(value) for key in keys if (value := one.finding.subject.get(key))), ""),
        )
        for one in changes
    }


def test_a_rebuild_with_other_names_is_silent(cases: Path) -> None:
    assert pipeline.compare(cases / "first", cases / "rebuilt") == ()


def test_what_the_second_version_adds(cases: Path) -> None:
    changes = pipeline.compare(cases / "first", cases / "second")
    found = told(changes)
    assert ("new", "asks.field", "religion") in found
    assert ("new", "takes.permission", "android.permission.READ_PHONE_STATE") in found
    assert any(one[:2] == ("new", "takes.device_data") for one in found)
    (table,) = (one for one in changes if one.finding.kind == "keeps.table")
    assert table.state == "different"
    assert table.how[-1] == "columns: newly religion"
    assert "religion" in table.how[0]
    assert not [one for one in changes if one.state == "gone"]


def test_what_the_third_version_leaves_out(cases: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    changes = pipeline.compare(cases / "second", cases / "third", page)
    found = told(changes)
    assert ("gone", "asks.field", "religion") in found
    assert ("gone", "asks.field", "phone") in found
    assert ("gone", "takes.permission", "android.permission.INTERNET") in found
    assert not [one for one in changes if one.state == "new"]
    shown = page.read_text()
    assert re.search(r"2\.0.+3\.0", shown)
    assert "No longer" in shown
    assert "<script" not in shown


def test_the_way_back_mirrors_the_way_there(cases: Path) -> None:
    there = pipeline.compare(cases / "first", cases / "second")
    back = pipeline.compare(cases / "second", cases / "first")
    mirror = {"new": "gone", "gone": "new", "different": "different"}
    assert {(mirror[one.state], one.finding.kind, one.finding.id) for one in there} == {
        (one.state, one.finding.kind, one.finding.id) for one in back
    }


def test_json_names_both_findings(cases: Path) -> None:
    from witnessmark.report.compare import as_json

    changes = pipeline.compare(cases / "first", cases / "second")
    listed = json.loads(as_json(changes))["changes"]
    assert len(listed) == len(changes)
    for one in listed:
        assert (one["before"] is None) == (one["state"] == "new")
        assert (one["after"] is None) == (one["state"] == "gone")
