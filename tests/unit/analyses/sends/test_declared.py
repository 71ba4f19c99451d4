"""Requests that interfaces declare by annotation, under the library's names and under others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from unit.analyses.sends.told import results_of
from witnessmark import pipeline
from witnessmark.analyses.tables import REQUESTS
from witnessmark.flow.renamed import untold_libraries
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.annotation_order import OrderedAnnotation

APPS = Path(__file__).parents[3] / "apps"


def gaps(name: str) -> str:
    return " ".join(gap.why for gap in results_of(APPS / name).gaps)


def requests(name: str) -> dict[str, dict[str, Any]]:
    """Subjects of requests by verb and path."""
    results = results_of(APPS / name)
    told = [json.loads(text) for (text,) in results.facts.table(REQUESTS).rows("subject")]
    return {f"{one['method']} {one['path']}": one for one in told}


def places(subject: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one["in"], one["name"]) for one in subject["parameters"]}


def test_paths_are_joined_to_the_base_as_links_are() -> None:
    assert {one["url"] for one in requests("declared/declared.dex").values()} == {
        "http://intake.example.invalid:8080/api/residents/list",
        "http://intake.example.invalid:8080/v2/faces",
        "https://other.example.invalid/sync",
    }


def test_renamed_annotations_are_told_by_the_code_that_asks_for_them() -> None:
    told = requests("renamed/renamed.dex")
    assert set(told) == {
        "POST /residents/visits",
        "GET /residents/{card}",
        "POST /residents/notes",
        "GET /residents",
    }
    assert places(told["GET /residents/{card}"]) == {("route", "card"), ("query", "street")}
    assert {name for _, name in places(told["POST /residents/notes"])} == {"remark"}
    assert "familyName" in json.dumps(told["POST /residents/visits"])


def test_without_that_code_names_that_say_nothing_are_no_requests() -> None:
    assert requests("renamed/silent.dex") == {}


def test_messages_without_questions_are_a_gap() -> None:
    assert "which is which was not made out" in gaps("renamed/untold.dex")
    assert "which is which" not in gaps("renamed/renamed.dex") + gaps("renamed/silent.dex")


def untold(name: str, own: str = "", spoken: str = "", unknown: str = "") -> list[str]:
    """What is untold where the annotation ``own`` kept its name, which is ``q.a`` here, where
    ``spoken`` has a message that the app holds, and where nobody knows of the kind ``unknown``.
    """
    facts = pipeline.read_app([APPS / name])
    order = load({"annotation_order"}).entries("annotation_order", OrderedAnnotation)
    order = tuple(replace(one, annotation="q.a") if one.id == own else one for one in order)
    texts = ("Only one HTTP method is allowed. Found: ",)
    order = tuple(replace(one, texts=texts) if one.id == spoken else one for one in order)
    order = tuple(one for one in order if one.id != unknown)
    return list(untold_libraries(facts, order))


def test_kinds_that_are_untold_beside_known_ones_are_named() -> None:
    assert untold("renamed/untold.dex") == ["retrofit2"]
    assert untold("renamed/untold.dex", own="retrofit2.DELETE") == [
        "retrofit2 (Url, QueryMap, Field, Body)"
    ]
    assert untold("renamed/renamed.dex") == []
    assert untold("renamed/renamed.dex", spoken="retrofit2.Multipart") == ["retrofit2 (Multipart)"]


def test_kinds_without_a_message_or_only_of_some_versions_are_not_untold() -> None:
    assert untold("renamed/silent.dex", own="retrofit2.DELETE") == []
    assert untold("renamed/renamed.dex", spoken="retrofit2.Tag") == []


def test_kinds_without_a_message_are_untold_where_questions_are_left() -> None:
    assert untold("renamed/renamed.dex", unknown="retrofit2.QueryMap") == [
        "retrofit2 (Query, QueryName, Header, HeaderMap)"
    ]
