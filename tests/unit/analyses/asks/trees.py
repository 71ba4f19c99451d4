"""Fields of decoded trees that lie beside the tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from witnessmark import pipeline
from witnessmark.analyses.catalogue import catalogue
from witnessmark.analyses.runner import run_analyses
from witnessmark.knowledge.load import load


def fields_of(tree: str) -> Mapping[str, Mapping[str, Any]]:
    """Subjects of the fields of the tree of that name, by the names of the fields."""
    facts = pipeline.read_app([Path(__file__).with_name(tree)])
    chosen = [one for one in catalogue() if one.id == "asks/field" or one.writes]
    results = run_analyses(facts, load({pack for one in chosen for pack in one.knows}), chosen)
    assert results.crashes == ()
    return {
        str(one.subject["name"]): one.subject
        for listed in results.by_analysis.values()
        for one in listed
        if one.kind == "asks.field"
    }
