"""Declared components that nothing opens, beside those that the app opens by naming them."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.flow.small_app import SmallApp, creating, main_class, plain_class, small_app
from witnessmark.flow.tables import ENTRY_POINTS

CREATE = "onCreate(Landroid/os/Bundle;)V"
OTHER = f"Lorg/example/Other;->{CREATE}"
SECOND = f"Lorg/example/Second;->{CREATE}"
STATIC = "call static Lx/Net;->name()Ljava/lang/String;"
FOR_NAME = "call static Ljava/lang/Class;->forName(Ljava/lang/String;)Ljava/lang/Class;"

MANIFEST = """<manifest xmlns:android="http://schemas.android.com/apk/res/android"
 package="org.example"><application>
 <activity android:name=".Main"><intent-filter>
  <action android:name="android.intent.action.MAIN"/></intent-filter></activity>
 <activity android:name=".Other"{other}>{inside}</activity>
 <activity android:name=".Second"/>{more}</application></manifest>"""


def app_of(folder: Path, *code: str, **words: str) -> SmallApp:
    """Main runs ``code``; Other and Second are declared, closed and without a filter."""
    filled = {"other": "", "inside": "", "more": "", **words}
    return small_app(
        folder,
        [
            main_class(*code, methods=[{"sig": "idle()V", "code": ["type Lorg/example/Second;"]}]),
            plain_class("Other", CREATE, extends="android.app.Activity"),
            plain_class("Second", CREATE, extends="android.app.Activity"),
        ],
        manifest=MANIFEST.format(**filled),
    )


def test_screen_that_nothing_names_is_never_opened(tmp_path: Path) -> None:
    app = app_of(tmp_path, "return")
    assert app.state(OTHER) == "unreached"
    assert app.entry_kinds(OTHER) == []


def test_screen_named_only_by_code_that_never_runs_is_never_opened(tmp_path: Path) -> None:
    assert app_of(tmp_path, "type Lorg/example/Other;").state(SECOND) == "unreached"


@pytest.mark.parametrize(
    "code",
    [
        ["type Lorg/example/Other;"],
        ["string org.example.Other"],
        ["string Other"],
        creating("Other"),
    ],
    ids=["its class", "its name", "the end of its name", "an object of it"],
)
def test_screen_that_running_code_names_is_opened(tmp_path: Path, code: list[str]) -> None:
    app = app_of(tmp_path, *code)
    assert app.state(OTHER) == "reached"
    assert app.entry_kinds(OTHER) == ["activity"]


@pytest.mark.parametrize(
    "words",
    [
        {"other": ' android:exported="true"'},
        {"inside": '<intent-filter><action android:name="x.Y"/></intent-filter>'},
        {"more": '<activity-alias android:name=".Way" android:targetActivity=".Other"/>'},
        {"more": '<meta-data android:name="page" android:value=".Other"/>'},
    ],
    ids=["other apps may", "a filter", "an alias", "named in a file"],
)
def test_screen_that_the_manifest_opens_is_opened(tmp_path: Path, words: dict[str, str]) -> None:
    assert app_of(tmp_path, "return", **words).state(OTHER) == "reached"


def test_screen_opened_by_a_screen_that_is_opened(tmp_path: Path) -> None:
    other = {"sig": CREATE, "code": ["type Lorg/example/Second;"]}
    app = small_app(
        tmp_path,
        [
            main_class("type Lorg/example/Other;"),
            {"name": "org.example.Other", "extends": "android.app.Activity", "methods": [other]},
            plain_class("Second", CREATE, extends="android.app.Activity"),
        ],
        manifest=MANIFEST.format(other="", inside="", more=""),
    )
    assert app.state(SECOND) == "reached"
    kinds = app.facts.table(ENTRY_POINTS)["kind"].tolist()
    assert kinds.count("activity") >= 3


def test_names_that_are_made_at_run_time_leave_it_unknown(tmp_path: Path) -> None:
    assert app_of(tmp_path, STATIC, FOR_NAME).state(OTHER) == "unknown"


def test_a_component_named_at_run_time_leaves_it_unknown(tmp_path: Path) -> None:
    name = "call Landroid/content/Intent;->setClassName(Ljava/lang/String;Ljava/lang/String;)V"
    code = ["new Landroid/content/Intent;", STATIC, STATIC, name]
    assert app_of(tmp_path, *code).state(OTHER) == "unknown"


def test_click_handler_of_a_screen_that_nothing_opens(tmp_path: Path) -> None:
    handler = {"sig": "save(Landroid/view/View;)V", "code": ["return"]}
    app = small_app(
        tmp_path,
        [
            main_class("return"),
            {"name": "org.example.Other", "extends": "android.app.Activity", "methods": [handler]},
        ],
        layouts={"form": '<LinearLayout><Button android:onClick="save"/></LinearLayout>'},
        manifest=MANIFEST.format(other="", inside="", more=""),
    )
    assert app.state("Lorg/example/Other;->save(Landroid/view/View;)V") == "unreached"


def test_manifest_that_opens_nothing_says_nothing(tmp_path: Path) -> None:
    app = small_app(
        tmp_path,
        [main_class("return")],
        manifest='<manifest xmlns:android="http://schemas.android.com/apk/res/android" '
        'package="org.example"><application><activity android:name=".Main"/></application>'
        "</manifest>",
    )
    assert app.state(f"Lorg/example/Main;->{CREATE}") == "reached"
