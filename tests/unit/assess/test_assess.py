"""Findings held against invented provisions."""

from __future__ import annotations

from typing import Any

import pytest

from witnessmark.assess.assess import BOTH, UNCHECKED, assess
from witnessmark.knowledge.load import load_pack
from witnessmark.knowledge.packs.law import Checked, Condition, Element, Provision
from witnessmark.knowledge.packs.people import Category, by_term
from witnessmark.model.assessment import Assessment
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach
from witnessmark.model.gap import Gap
from witnessmark.model.location import Location

PEOPLE = by_term(one for one in load_pack("people") if isinstance(one, Category))
EVIDENCE = Evidence("a word", Location("0" * 64, (), 0, 1), "00")


def found(kind: str, **more: Any) -> Finding:
    more.setdefault("reach", Reach("reached"))
    subject = more.pop("subject", {"type": kind})
    return Finding(kind, subject, "An invented finding.", (EVIDENCE,), "read", **more)


def provision(*elements: Element, applies: Condition | None = None) -> Provision:
    return Provision(
        id="x.1", says="Invented.", source="example.org", instrument="X", title="Act X",
        article="article 1", jurisdiction="XX", bound="nobody", lang="en",
        applies=(applies or Condition(kinds=("takes",)),), elements=elements,
    )  # fmt: skip


def read(entry: Provision, *findings: Finding, gaps: tuple[Gap, ...] = ()) -> list[Assessment]:
    return list(assess(findings, gaps, (entry,), PEOPLE))


TAKES = Condition(kinds=("takes.device_data",))
TAKEN = Element(id="a", question="Is data taken?", supported_by=(TAKES,), settles="More.")


def test_a_provision_that_nothing_touches_is_not_assessed() -> None:
    assert read(provision(TAKEN), found("embeds.sdk")) == []


def test_a_finding_supports_an_element() -> None:
    finding = found("takes.device_data")
    (one,) = read(provision(TAKEN), finding)
    assert (one.state, one.findings, one.settles) == ("supported", (finding.id,), "More.")
    assert UNCHECKED in one.provision.status


def test_what_nobody_reaches_supports_nothing() -> None:
    permission = found("takes.permission")
    (one,) = read(
        provision(TAKEN), permission, found("takes.device_data", reach=Reach("unreached"))
    )
    assert (one.state, one.findings) == ("unknown", ())


def test_what_speaks_against_it_is_told_beside_what_supports_it() -> None:
    element = Element(
        id="a", question="?", supported_by=(TAKES,), settles="",
        contradicted_by=(Condition(kinds=("takes.permission",)),),
    )  # fmt: skip
    data, permission = found("takes.device_data"), found("takes.permission")
    assert [one.state for one in read(provision(element), permission)] == ["contradicted"]
    (both,) = read(provision(element), data, permission)
    assert both.state == "supported"
    assert any(limit.startswith(BOTH) and permission.id in limit for limit in both.limits)


def test_absence_is_told_with_what_was_not_read() -> None:
    element = Element(
        id="a", question="?", settles="", missing=(Condition(kinds=("asks.notice",)),)
    )
    (seen,) = read(provision(element), found("takes.permission"))
    (blind,) = read(
        provision(element), found("takes.permission"), gaps=(Gap("a.dex", "broken", ("asks",)),)
    )
    assert seen.limits == ("Nothing of the kind was found in the app.",)
    assert blind.limits[-1] == "Parts that could hold it were not read (chapter asks)."


@pytest.mark.parametrize(
    ("condition", "counts"),
    [
        (Condition(kinds=("asks",), categories=("pd:SpecialCategoryPersonalData",)), False),
        (Condition(kinds=("asks",), categories=("pd:Religion",)), True),
        (Condition(kinds=("asks.field",), special=True), True),
        (Condition(kinds=("asks.field",), special=False), False),
        (Condition(kinds=("asks",), about=("user",)), False),
        (Condition(kinds=("asks",), subject={"label": ("faith",)}), True),
        (Condition(kinds=("asks",), subject={"choices": ("islam",)}), True),
        (Condition(kinds=("asks",), subject={"label": ("height",)}), False),
        (Condition(kinds=("asks",), fewest=2), False),
    ],
)
def test_what_a_condition_means(condition: Condition, counts: bool) -> None:
    finding = found(
        "asks.field", categories=("pd:Religion",), special=True, about="third_person",
        subject={"label": "Faith", "choices": [{"code": "1", "label": "Islam"}]},
    )  # fmt: skip
    element = Element(id="a", question="?", settles="", supported_by=(condition,))
    (one,) = read(provision(element, applies=Condition(kinds=("asks",))), finding)
    assert one.state == ("supported" if counts else "unknown")


def test_a_checked_entry_says_by_whom() -> None:
    from msgspec.structs import replace

    entry = replace(provision(TAKEN), checked=Checked(by="a", against="b", on="2020-01-01"))
    (one,) = read(entry, found("takes.device_data"))
    assert one.provision.status.endswith("checked by a against b on 2020-01-01")


def entries() -> list[Provision]:
    return [one for one in load_pack("law") if isinstance(one, Provision)]


@pytest.mark.parametrize("entry", entries(), ids=lambda one: one.id)
def test_an_entry_is_sound(entry: Provision) -> None:
    assert entry.quotation == "" or entry.checked is not None
    assert len({one.id for one in entry.elements}) == len(entry.elements) > 0
    for one in entry.elements:
        assert one.question.endswith("?")
        for condition in (*one.supported_by, *one.contradicted_by, *one.missing, *entry.applies):
            assert all(term in PEOPLE for term in condition.categories), condition.categories
