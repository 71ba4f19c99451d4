"""Comparisons: a rebuild is silent, what changed is told once and in words."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from unit.report.samples import sample
from witnessmark.report.compare import Change, as_json, compare, meaning
from witnessmark.report.compare_page import render
from witnessmark.report.document import Document, FrozenFinding, thaw
from witnessmark.report.told import told
from witnessmark.report.words import LANGUAGES, words

DOC = thaw(sample(40).document)


def changed(**findings: FrozenFinding | None) -> Document:
    """The sample with findings replaced by their id; None takes one away."""
    by_id = {key.replace("__", "-").replace("_dot_", "."): one for key, one in findings.items()}
    kept = [by_id.get(one.id, one) for one in DOC.findings]
    return msgspec.structs.replace(DOC, findings=tuple(one for one in kept if one is not None))


def first(kind: str) -> FrozenFinding:
    return next(one for one in DOC.findings if one.kind == kind)


def spelled(finding: FrozenFinding) -> str:
    return finding.id.replace(".", "_dot_").replace("-", "__")


def altered(finding: FrozenFinding, **more: Any) -> FrozenFinding:
    return msgspec.structs.replace(finding, **more)


def test_the_same_document_has_no_changes() -> None:
    assert compare(DOC, DOC) == ()


def test_what_is_new_and_what_is_gone() -> None:
    one = DOC.findings[0]
    less = changed(**{spelled(one): None})
    assert [(c.state, c.finding.id) for c in compare(less, DOC)] == [("new", one.id)]
    assert [(c.state, c.finding.id) for c in compare(DOC, less)] == [("gone", one.id)]


def test_renamed_code_is_the_same_finding() -> None:
    one = first("asks.field")
    renamed = altered(
        one, id="asks.field-ffffffffffff", subject={**one.subject, "screen": "a", "widget": "b"}
    )
    assert meaning(renamed) == meaning(one)
    assert compare(DOC, changed(**{spelled(one): renamed})) == ()


def test_what_is_done_differently_is_told() -> None:
    one = first("marks.code_book")
    entries = [*one.subject["entries"], {"code": "99", "label": "invented"}]
    reach = msgspec.structs.replace(
        one.reach, state="unreached" if one.reach.state == "reached" else "reached"
    )
    other = altered(
        one, subject={**one.subject, "entries": entries}, reach=reach,
        categories=(*one.categories, "pd:Age"),
    )  # fmt: skip
    (change,) = compare(DOC, changed(**{spelled(one): other}))
    assert change.state == "different"
    assert any("newly 99 invented" in how for how in change.how)
    assert any(how.startswith("before: ") for how in change.how)
    assert "newly about age" in change.how


def test_forms_of_a_comparison() -> None:
    less = changed(**{spelled(DOC.findings[0]): None})
    changes: tuple[Change, ...] = compare(less, DOC)
    told = json.loads(as_json(changes))
    assert told["changes"][0]["state"] == "new"
    page = render(less, DOC, changes).decode()
    assert "<script>alert" not in page
    assert DOC.findings[0].id in page
    assert "Both versions do the same" in render(DOC, DOC, ()).decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_comparison_speaks_every_language(lang: str) -> None:
    less = changed(**{spelled(DOC.findings[0]): None})
    page = render(less, DOC, compare(less, DOC), lang).decode()
    t = words(lang)
    assert f'<html lang="{lang}" dir="{t.direction}">' in page
    assert t("state-new") in page
    assert (t("unreviewed") in page) is (lang != "en")
    known = told("newly about age, name", t)
    assert (known == "newly about age, name") is (lang == "en")
    assert told("newly about a surprise", t) == "newly about a surprise"
