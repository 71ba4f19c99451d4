"""Apps of our own, each against what its sources say: as D8 and R8 make them, and as source."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from witnessmark import pipeline
from witnessmark.analyses.catalogue import catalogue
from witnessmark.analyses.runner import run_analyses
from witnessmark.knowledge.load import load
from witnessmark.model.finding import Finding
from witnessmark.report.freeze import findings_json

APPS = Path(__file__).parents[2] / "apps"
EXPECTED: Mapping[str, Mapping[str, Any]] = {
    path.parent.name: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted(APPS.glob("*/expected.yaml"))
}
VARIANTS = ("d8", "r8", "tree")
CASES = pytest.mark.parametrize(
    ("name", "variant"), [(name, variant) for name in EXPECTED for variant in VARIANTS]
)
CHAPTERS = ("asks", "keeps", "marks", "embeds")
LIBRARIES = ("own", "other", "unknown")

Find = Callable[[str, str], tuple[Finding, ...]]


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Find:
    """What all analyses of asks, keeps and marks find in a variant of a fixture."""
    scratch = tmp_path_factory.mktemp("trees")

    @cache
    def found(name: str, variant: str) -> tuple[Finding, ...]:
        chosen = [one for one in catalogue() if one.id.split("/")[0] in CHAPTERS]
        know = load({pack for one in chosen for pack in one.knows})
        facts = pipeline.read_app([path_of(name, variant, scratch)])
        results = run_analyses(facts, know, chosen)
        assert results.crashes == ()
        return results.findings

    return found


def path_of(name: str, variant: str, scratch: Path) -> Path:
    """The built app, or a copy of its sources, resources and assets without what was built."""
    folder = APPS / name
    if variant != "tree":
        return folder / {"d8": f"{name}.apk", "r8": f"{name}-r8.apk"}[variant]
    ignored = shutil.ignore_patterns("*.apk", "stubs", "expected.yaml", "*.py")
    return Path(shutil.copytree(folder, scratch / name, ignore=ignored, dirs_exist_ok=True))


def wanted(name: str, variant: str, part: str) -> dict[str, Any]:
    """Entries of a part of ``expected.yaml`` that this variant holds."""
    listed = EXPECTED[name].get(part, {})
    return {
        key: value["is"] if isinstance(value, dict) and "is" in value else value
        for key, value in listed.items()
        if not (isinstance(value, dict) and variant not in value.get("in", VARIANTS))
    }


@CASES
def test_fields_are_those_of_the_sources(find: Find, name: str, variant: str) -> None:
    if "fields" not in EXPECTED[name]:
        return
    found = {}
    for one in find(name, variant):
        if one.kind == "asks.field" and one.subject["name"]:
            said = one.subject
            choices = [choice["label"] for choice in said["choices"]]
            told = [said["label"], said["bound_to"], choices]
            told += [said["condition"]] if "condition" in said else []
            found[f"{said['screen']}/{said['name']}"] = told
    expected = {**wanted(name, variant, "fields"), **wanted(name, variant, "fields_renamed")}
    assert found == expected


@CASES
def test_tables_are_those_of_the_sources(find: Find, name: str, variant: str) -> None:
    found = {
        str(one.subject["name"]): sorted(column["name"] for column in one.subject["columns"])
        for one in find(name, variant)
        if one.kind == "keeps.table" and one.subject["owner"] in LIBRARIES
    }
    assert found == {key: sorted(names) for key, names in wanted(name, variant, "tables").items()}


@CASES
def test_records_are_those_of_the_sources(find: Find, name: str, variant: str) -> None:
    if "records" not in EXPECTED[name]:
        return
    found = [
        ({one["name"] for one in record.subject["fields"]}, record.subject["format"])
        for record in find(name, variant)
        if record.kind == "keeps.record"
    ]
    expected = [
        (set(one["fields"]), one.get("format", ""))
        for one in EXPECTED[name]["records"]
        if variant in one.get("in", VARIANTS)
    ]
    missing = [one for one in expected if not any(_same(one, other) for other in found)]
    surplus = [one for one in found if not any(_same(other, one) for other in expected)]
    assert (missing, surplus) == ([], [])


def _same(expected: tuple[set[str], str], found: tuple[set[str], str]) -> bool:
    return expected[0] == found[0] and expected[1] in ("", found[1])


@CASES
def test_code_books_are_those_of_the_sources(find: Find, name: str, variant: str) -> None:
    if "books" not in EXPECTED[name]:
        return
    found = [
        (one.subject["trait"], [f"{e['code']}={e['label']}" for e in one.subject["entries"]])
        for one in find(name, variant)
        if one.kind == "marks.code_book"
    ]
    expected = [
        (one["trait"], one["entries"])
        for one in EXPECTED[name]["books"]
        if variant in one.get("in", VARIANTS)
    ]
    missing = [
        one for one in expected if not any(one[0] == t and set(one[1]) == set(e) for t, e in found)
    ]
    surplus = [
        one for one in found if not any(one[0] == t and set(one[1]) == set(e) for t, e in expected)
    ]
    assert (missing, surplus) == ([], [])


@CASES
def test_lists_are_those_of_the_sources(find: Find, name: str, variant: str) -> None:
    if "lists" not in EXPECTED[name]:
        return
    lists = [one for one in find(name, variant) if one.kind == "marks.watch_list"]
    for part, entry in (("lists", None), ("people", "person")):
        expected = EXPECTED[name][part]
        found = [
            one for one in lists if (one.subject["entry"] == "person") == (entry is not None)
        ]  # fmt: skip
        for key, facts in expected.items():
            (one,) = [one for one in found if key in str(one.subject["name"])]
            assert one.subject["count"] == facts["count"], key
            assert one.subject["entry"] == facts.get("entry", entry), key
            assert one.reach.state == facts["reach"] or variant == "tree", key
            if "compared" in facts:
                assert bool(one.subject["compared_in"]) == facts["compared"], key
            if "columns" in facts:
                assert [c["name"] for c in one.subject["columns"]] == facts["columns"], key
        assert len(found) == len(expected), [one.subject["name"] for one in found]


@CASES
def test_nobody_in_a_list_is_quoted(find: Find, name: str, variant: str) -> None:
    secrets = EXPECTED[name].get("secret", ())
    told = json.dumps(findings_json(find(name, variant)), ensure_ascii=False)
    assert [text for text in secrets if text in told] == []


@CASES
def test_rules_are_those_of_the_sources(find: Find, name: str, variant: str) -> None:
    found = [
        (one.subject["condition"], then)
        for one in find(name, variant)
        if one.kind == "marks.rule"
        for then in one.subject["then"]
    ]
    expected = [
        (one["condition"], one["then"])
        for one in EXPECTED[name].get("rules", ())
        if variant in one.get("in", VARIANTS)
    ]
    assert variant == "r8" or sorted(found) == sorted(expected)
    assert set(expected) <= set(found)


@CASES
def test_comparisons_are_those_of_the_sources(find: Find, name: str, variant: str) -> None:
    found = [
        (one.subject["compared"], one.subject["threshold"])
        for one in find(name, variant)
        if one.kind == "marks.comparison"
    ]
    expected = [
        (one["compared"], one["threshold"])
        for one in EXPECTED[name].get("comparisons", ())
        if variant in one.get("in", VARIANTS)
    ]
    assert variant == "r8" or sorted(found) == sorted(expected)
    assert set(expected) <= set(found)


KEPT: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "files": lambda one: (one["name"], sorted(one["uses"]), one["open_to_all"]),
    "providers": lambda one: (
        one["name"], one["exported"], one["paths"],
        [folder["path"] if isinstance(folder, dict) else folder for folder in one["folders"]],
    ),
    "preferences": lambda one: (
        one["files"], sorted(key["name"] if isinstance(key, dict) else key for key in one["keys"]),
    ),
    "patterns": lambda one: (
        one["role"],
        sorted(
            f"{each['record']}.{each['field']}" if isinstance(each, dict) else each
            for each in one["holders"]
        ),
    ),
}  # fmt: skip
"""What of a subject, or of its answer, is compared, by part of ``expected.yaml``."""


@CASES
@pytest.mark.parametrize("part", KEPT)
def test_what_is_kept_is_that_of_the_sources(
    find: Find, name: str, variant: str, part: str
) -> None:
    if part not in EXPECTED[name]:
        return
    told = KEPT[part]
    kind = f"keeps.{part.removesuffix('s')}"
    found = [told(one.subject) for one in find(name, variant) if one.kind == kind]
    expected = [told(one) for one in EXPECTED[name][part]]
    assert sorted(map(repr, found)) == sorted(map(repr, expected))
