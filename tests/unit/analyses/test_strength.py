"""Findings that rest on Java source are derived, not read."""

from __future__ import annotations

from typing import Literal

import pytest

from witnessmark.analyses.runner import weakened
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding
from witnessmark.model.location import Location

SOURCES = frozenset({("aa", ("sources/p/A.java",))})


def finding(member: str, strength: Literal["read", "derived", "indicated"]) -> Finding:
    quoted = Evidence("a key", Location("aa", (member,), 3, 2, "utf-8"), "id")
    layout = Evidence("a layout", Location("aa", ("res/layout/a.xml",), 0, 1, "utf-8"), "<")
    return Finding(
        kind="keeps.record", subject={"type": "record", "name": "a"}, says="The app keeps a.",
        strength=strength, evidence=(Evidence("a record", None, "", (quoted,)), layout),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("member", "before", "after"),
    [
        ("sources/p/A.java", "read", "derived"),
        ("sources/p/A.java", "indicated", "indicated"),
        ("smali/p/A.smali", "read", "read"),
    ],
)
def test_java_weakens(
    member: str,
    before: Literal["read", "derived", "indicated"],
    after: Literal["read", "derived", "indicated"],
) -> None:
    assert weakened(finding(member, before), SOURCES).strength == after
