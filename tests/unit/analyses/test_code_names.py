"""Members are found through the classes by which code names them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from miniapp.apk import write_apk
from witnessmark import pipeline
from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.facts.view import Facts
from witnessmark.knowledge.framework import framework_model

CLASSES: list[dict[str, Any]] = [
    {
        "name": "org.example.Base",
        "extends": "android.accessibilityservice.AccessibilityService",
        "methods": [],
    },
    {
        "name": "org.example.Spy",
        "extends": "org.example.Base",
        "methods": [
            {
                "sig": "onAccessibilityEvent(Landroid/view/accessibility/AccessibilityEvent;)V",
                "code": [
                    "this",
                    "call Lorg/example/Spy;->getWindows()Ljava/util/List;",
                    "sget Landroid/provider/CallLog$Calls;->CONTENT_URI:Landroid/net/Uri;",
                    "sget Lorg/example/Spy;->CONTENT_URI:Landroid/net/Uri;",
                    "return",
                ],
            }
        ],
    },
    {
        "name": "org.example.Circle",
        "extends": "org.example.Circle",
        "methods": [{"sig": "getWindows()V", "code": ["return"]}],
    },
]
SERVICE = "android.accessibilityservice.AccessibilityService"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    path = Path(tmp_path_factory.mktemp("app")) / "app.apk"
    path.write_bytes(write_apk({"classes": CLASSES}))
    return pipeline.read_app([path])


@pytest.fixture(scope="module")
def names(app: Facts) -> CodeNames:
    return CodeNames(app, framework_model())


def test_a_call_through_a_subclass_is_the_platforms(app: Facts, names: CodeNames) -> None:
    wanted = Member(SERVICE, "getWindows")
    found = names.methods([wanted], below=True)
    assert [app.method_signature(row) for row in found] == [
        "Lorg/example/Spy;->getWindows()Ljava/util/List;"
    ]
    assert set(found.values()) == {(wanted,)}
    assert names.methods([wanted], below=False) == {}
    (call,) = names.calls(found)
    assert app.method_name(call.method) == "onAccessibilityEvent"


def test_an_override_is_code_of_the_app(app: Facts, names: CodeNames) -> None:
    found = names.overrides(
        [Member(SERVICE, "onAccessibilityEvent"), Member(SERVICE, "onKeyEvent")]
    )
    assert [app.method_class(row) for row in found] == ["org.example.Spy"]


def test_classes_below_are_found_through_classes_between(app: Facts, names: CodeNames) -> None:
    below = names.classes_below([SERVICE])
    assert sorted(app.class_name(row) for row in below) == ["org.example.Base", "org.example.Spy"]
    assert set(below.values()) == {SERVICE}


def test_a_field_counts_by_its_owner(app: Facts, names: CodeNames) -> None:
    found = names.fields([Member("android.provider.CallLog$Calls", "CONTENT_URI")])
    assert [app.field_signature(row) for row in found] == [
        "Landroid/provider/CallLog$Calls;->CONTENT_URI:Landroid/net/Uri;"
    ]
    assert len(list(names.field_reads(found))) == 1


def test_above_knows_the_platform_and_ends_in_circles(names: CodeNames) -> None:
    above = names.above("Lorg/example/Spy;")
    assert {"Landroid/app/Service;", "Landroid/content/Context;"} <= above
    assert names.above("Lorg/example/Circle;") == {"Lorg/example/Circle;"}
    assert names.above("[I") == {"[I"}


def test_nothing_wanted_is_nothing_found(names: CodeNames) -> None:
    assert names.methods([], below=True) == {}
    assert names.fields([]) == {}
    assert list(names.calls([])) == []
    assert names.methods([Member("a.B", "no_such_name")], below=True) == {}
