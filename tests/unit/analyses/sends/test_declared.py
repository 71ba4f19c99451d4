"""Paths that interfaces declare, joined to the base that code sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.analyses.sends import _declared
from witnessmark.analyses.sends._declared import declared_addresses
from witnessmark.facts.build import build_facts
from witnessmark.facts.view import Facts
from witnessmark.flow.build import build_flow
from witnessmark.package.open import open_input

APP = Path(__file__).parents[3] / "apps" / "declared" / "declared.dex"


@pytest.fixture(scope="module")
def facts() -> Facts:
    read = build_facts(open_input([APP]))
    return read.with_tables(build_flow(read).tables)


def test_paths_are_resolved_against_the_base(facts: Facts) -> None:
    found = {one.text: facts.method_name(one.method) for one in declared_addresses(facts)}
    assert found == {
        "http://intake.example.invalid:8080/api/residents/list": "list",
        "http://intake.example.invalid:8080/v2/faces": "faces",
        "https://other.example.invalid/sync": "sync",
    }


def test_both_pieces_are_the_evidence(facts: Facts) -> None:
    (one,) = (one for one in declared_addresses(facts) if one.text.endswith("list"))
    path, base = one.evidence.because
    assert path.excerpt == "residents/list"
    assert "http://intake.example.invalid:8080/api/" in base.says


def test_too_many_bases_join_nothing(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_declared, "MOST_BASES", 0)
    assert [one.text for one in declared_addresses(facts)] == ["https://other.example.invalid/sync"]
