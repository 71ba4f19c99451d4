"""Fields and screens of decoded trees that lie beside the tests."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from witnessmark import pipeline
from witnessmark.analyses.catalogue import catalogue
from witnessmark.analyses.runner import run_analyses
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import load
from witnessmark.model.finding import Finding

Subject = Mapping[str, Any]


@cache
def facts_of(tree: str) -> Facts:
    """The tree of that name as tables."""
    return pipeline.read_app([Path(__file__).with_name(tree)])


@cache
def _found(tree: str) -> tuple[Finding, ...]:
    facts = facts_of(tree)
    wanted = ("asks/field", "asks/screen", "marks/code_book")
    chosen = [one for one in catalogue() if one.id in wanted or one.writes]
    results = run_analyses(facts, load({pack for one in chosen for pack in one.knows}), chosen)
    assert results.crashes == ()
    return results.findings


def fields_of(tree: str) -> Mapping[str, Subject]:
    """Subjects of the fields of the tree of that name, by the names of the fields."""
    found = [one.subject for one in _found(tree) if one.kind == "asks.field"]
    return {str(subject["name"]): subject for subject in found}


def screens_of(tree: str) -> Mapping[str, Subject]:
    """Subjects of the screens of a tree, by their names."""
    found = [one.subject for one in _found(tree) if one.kind == "asks.screen"]
    return {str(subject["name"]): subject for subject in found}


def books_of(tree: str) -> Mapping[str, Finding]:
    """Code books of a tree, by what tells them."""
    return {one.says: one for one in _found(tree) if one.kind == "marks.code_book"}


def reaches_of(tree: str) -> set[str]:
    """States of reach of the screens and fields of a tree."""
    return {one.reach.state for one in _found(tree) if one.kind.startswith("asks.")}
