"""Findings held against invented provisions."""

from __future__ import annotations

from typing import Any

import pytest

from witnessmark.assess.assess import BOTH, UNCHECKED, Read, Seen, assess
from witnessmark.knowledge.load import load_pack
from witnessmark.knowledge.packs.law import Checked, Element, Provision
from witnessmark.knowledge.packs.law_facts import Condition, Fact
from witnessmark.knowledge.packs.people import Category, by_term
from witnessmark.model.assessment import Assessment
from witnessmark.model.errors import KnowledgeError
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


def fact(name: str, *conditions: Condition, **more: Any) -> Fact:
    return Fact(id=name, says="Invented.", source="example.org", any=conditions, **more)


FACTS = {
    one.id: one
    for one in (
        fact("takes", Condition(kinds=("takes",))),
        fact("asks", Condition(kinds=("asks",))),
        fact("data", Condition(kinds=("takes.device_data",))),
        fact("permission", Condition(kinds=("takes.permission",))),
        fact(
            "notice", Condition(kinds=("asks.notice",)), absent="words of notice", read_in=("web",)
        ),
    )
}


def provision(*elements: Element, applies: str = "takes") -> Provision:
    return Provision(
        id="x.1", says="Invented.", source="example.org", instrument="X", title="Act X",
        article="article 1", jurisdiction="XX", bound="nobody", lang="en",
        applies=(applies,), elements=elements,
    )  # fmt: skip


def read(entry: Provision, *findings: Finding, gaps: tuple[Gap, ...] = ()) -> list[Assessment]:
    seen = Seen(findings, gaps, (Read("web", "pages", 3, 2), Read("code", "bytes", 9, 9)))
    return list(assess(seen, (entry,), FACTS, PEOPLE))


TAKEN = Element(id="a", question="Is data taken?", supported_by=("data",), settles="More.")


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


def test_what_the_system_refuses_supports_nothing() -> None:
    refused = {"type": "device_data", "permission": ["X"], "permission_held": False}
    permission = found("takes.permission")
    (one,) = read(provision(TAKEN), permission, found("takes.device_data", subject=refused))
    assert (one.state, one.findings) == ("unknown", ())
    free = {"type": "device_data", "permission": [], "permission_held": False}
    (one,) = read(provision(TAKEN), permission, found("takes.device_data", subject=free))
    assert one.state == "supported"


def test_what_speaks_against_it_is_told_beside_what_supports_it() -> None:
    element = Element(
        id="a", question="?", supported_by=("data",), contradicted_by=("permission",), settles=""
    )
    data, permission = found("takes.device_data"), found("takes.permission")
    assert [one.state for one in read(provision(element), permission)] == ["contradicted"]
    (both,) = read(provision(element), data, permission)
    assert (both.state, set(both.findings)) == ("unknown", {data.id, permission.id})
    assert any(limit.startswith(BOTH) and permission.id in limit for limit in both.limits)


def test_absence_is_told_with_what_was_read_and_what_was_not() -> None:
    element = Element(id="a", question="?", settles="", missing=("notice",))
    (seen,) = read(provision(element), found("takes.permission"))
    (blind,) = read(
        provision(element), found("takes.permission"), gaps=(Gap("a.dex", "broken", ("asks",)),)
    )
    (there,) = read(provision(element), found("takes.permission"), found("asks.notice"))
    assert seen.limits == ("Looked for in 2 of 3 pages (web) and not found: words of notice.",)
    assert blind.limits[-1] == "Parts that could hold it were not read (chapter asks)."
    assert there.limits == ()


def test_a_fact_that_nobody_defines_is_a_mistake_of_the_pack() -> None:
    with pytest.raises(KnowledgeError, match="nobody defines the fact 'nowhere'"):
        read(provision(TAKEN, applies="nowhere"), found("takes.device_data"))


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
        (Condition(kinds=("asks",), personal=True), True),
        (Condition(kinds=("asks",), personal=False), False),
        (Condition(kinds=("asks",), without={"label": ("faith",)}), False),
        (Condition(kinds=("asks",), without={"label": ("height",)}), True),
        (Condition(kinds=("asks",), strength=("indicated",)), False),
    ],
)
def test_what_a_condition_means(condition: Condition, counts: bool) -> None:
    finding = found(
        "asks.field", categories=("pd:Religion",), special=True, about="third_person",
        subject={"label": "Faith", "choices": [{"code": "1", "label": "Islam"}]},
    )  # fmt: skip
    element = Element(id="a", question="?", settles="", supported_by=("x",))
    facts = FACTS | {"x": fact("x", condition)}
    (one,) = assess(Seen((finding,)), (provision(element, applies="asks"),), facts, PEOPLE)
    assert one.state == ("supported" if counts else "unknown")


def test_a_checked_entry_says_by_whom() -> None:
    from msgspec.structs import replace

    entry = replace(provision(TAKEN), checked=Checked(by="a", against="b", on="2020-01-01"))
    (one,) = read(entry, found("takes.device_data"))
    assert one.provision.status.endswith("Checked by a against b on 2020-01-01.")
