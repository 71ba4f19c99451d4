"""Whose code a class is, told by its name."""

from __future__ import annotations

import pytest

from witnessmark.analyses.embeds._ownership import (
    Owners,
    is_marker,
    organisation,
    own_namespaces,
    split_owner,
)
from witnessmark.facts.tables.manifest import APP, COMPONENTS, INTENT_FILTERS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.sdks import Sdk, longest_prefix, within
from witnessmark.model.table import Table

SHARED = frozenset({"com.github", "cn.com", "com.google", "com.google.android"})


def app(package: str, components: list[tuple[str, str]], launched: int = -1) -> Facts:
    rows = [
        (kind, name, -1, False, "", True, "", "", "", row, 0, 0, 0)
        for row, (kind, name) in enumerate(components)
    ]
    parts = [
        (launched, 7, "action", "android.intent.action.MAIN", 0, 0, 0),
        (launched, 7, "category", "android.intent.category.LAUNCHER", 0, 0, 0),
    ]
    return Facts(
        {
            APP.name: Table.from_rows(APP, [("package", package, -1)]),
            COMPONENTS.name: Table.from_rows(COMPONENTS, rows),
            INTENT_FILTERS.name: Table.from_rows(INTENT_FILTERS, parts if launched >= 0 else []),
        },
        lambda _: memoryview(b""),
    )


@pytest.mark.parametrize(
    ("package", "expected"),
    [
        ("org.maker.app.ui", "org.maker"),
        ("com.github.someone.app", "com.github.someone"),
        ("cn.com.maker.app", "cn.com.maker"),
        ("com.google.android.apps.maps", "com.google.android.apps"),
        ("single", "single"),
    ],
)
def test_organisation_takes_another_label_below_shared_names(package: str, expected: str) -> None:
    assert organisation(package, SHARED) == expected


def test_launcher_and_application_add_their_organisation() -> None:
    facts = app(
        "uni.rented.name",
        [("application", "org.maker.App"), ("activity", "net.other.ui.Main")],
        launched=1,
    )
    assert own_namespaces(facts, {}, SHARED) == (
        "net.other", "org.maker", "uni.rented", "uni.rented.name",
    )  # fmt: skip


def test_components_of_known_libraries_and_a_few_others_add_nothing() -> None:
    facts = app(
        "org.maker",
        [
            ("service", "cn.jpush.android.A"),
            ("activity", "com.picker.A"),
            ("activity", "com.picker.B"),
        ],
    )
    assert own_namespaces(facts, {"cn.jpush.android": "sdk:jpush"}, SHARED) == ("org.maker",)


def test_many_components_make_a_namespace_own() -> None:
    facts = app("org.maker", [("activity", f"com.second.ui.Screen{n}") for n in range(3)])
    assert own_namespaces(facts, {}, SHARED) == ("com.second", "org.maker")


def test_letters_are_no_namespace() -> None:
    assert own_namespaces(app("a.b", []), {}, SHARED) == ()


def test_longest_prefix_stops_at_dots_and_knows_inner_classes() -> None:
    prefixes = {"com.maker": "a", "com.maker.map": "b", "com.other.Tool": "c"}
    assert longest_prefix("com.maker.map.View$1", prefixes) == "com.maker.map"
    assert longest_prefix("com.maker.maps.View", prefixes) == "com.maker"
    assert longest_prefix("com.other.Tool$Inner", prefixes) == "com.other.Tool"
    assert longest_prefix("com.other.Tools", prefixes) == ""
    assert longest_prefix("", prefixes) == ""


@pytest.mark.parametrize(
    ("name", "inside"),
    [("a.b", True), ("a.b.C", True), ("a.b$C", True), ("a.bc", False), ("a", False)],
)
def test_within_respects_boundaries(name: str, inside: bool) -> None:
    assert within("a.b", name) is inside


def test_markers_are_generated_classes_only() -> None:
    assert is_marker("com.maker.R$string")
    assert is_marker("com.maker.BuildConfig")
    assert not is_marker("com.maker.Runner")


def test_owner_of_a_name_never_seen() -> None:
    owners = Owners({"com.maker": "own", "cn.push": "sdk:push"}, (), ())
    assert split_owner(owners.of("cn.push.A")) == ("sdk", "push")
    assert split_owner(owners.of("com.maker.A")) == ("own", "")
    assert split_owner(owners.of("x.y.A")) == ("other", "")


def test_marks_of_libraries_are_their_own() -> None:
    """No package, native library or manifest name stands in two entries."""
    seen: dict[tuple[str, str], str] = {}
    for sdk in load(["sdks"]).entries("sdks", Sdk):
        marks = [("code", name) for name in (*sdk.code, *sdk.beside)]
        marks += [("native", name) for name in sdk.native]
        marks += [("manifest", name) for name in sdk.manifest]
        for mark in marks:
            assert mark not in seen, f"{mark} in {seen[mark]} and {sdk.id}"
            seen[mark] = sdk.id


def test_no_library_package_is_a_name_that_renaming_makes() -> None:
    """Names of two letters at most come out of every renaming tool."""
    for sdk in load(["sdks"]).entries("sdks", Sdk):
        for prefix in sdk.code:
            labels = prefix.split(".")
            assert max(map(len, labels)) > 2, f"{sdk.id}: {prefix}"
            assert len(labels) > 1 or len(prefix) > 3, f"{sdk.id}: {prefix}"


def test_there_are_enough_libraries_of_east_and_west() -> None:
    sdks = load(["sdks"]).entries("sdks", Sdk)
    assert len(sdks) >= 300
    assert sum(sdk.country == "CN" for sdk in sdks) >= 100
