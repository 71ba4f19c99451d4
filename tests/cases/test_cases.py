"""Every analysis against its case file, and every analysis against the rules for all."""

from __future__ import annotations

import ast
import importlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cases.case_file import Case, case_path, matches, read_cases
from miniapp.apk import write_apk
from witnessmark import pipeline
from witnessmark.analyses.catalogue import catalogue
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.runner import Results, run_analyses
from witnessmark.knowledge.load import load
from witnessmark.report.freeze import findings_json

HEADINGS = ("What it finds", "Why it matters", "How it decides", "What it misses", "Example")
APPS = Path(__file__).parents[1] / "apps"
ANALYSES = {analysis.id: analysis for analysis in catalogue()}
CASES = [case for name in ANALYSES if case_path(name).is_file() for case in read_cases(name)]


def needed_for(analysis: Analysis) -> list[Analysis]:
    """The analysis with all that write what it reads."""
    needed = {analysis.id}
    while True:
        read = {schema.name for name in needed for schema in ANALYSES[name].reads}
        writers = {a.id for a in ANALYSES.values() if {s.name for s in a.writes} & read}
        if writers <= needed:
            return [ANALYSES[name] for name in sorted(needed)]
        needed |= writers


def facts_of(path: Path) -> Any:
    """Facts with the tables of flow."""
    return pipeline.read_app([path], data=True)


@cache
def results_on(analysis: str, app: Path) -> Results:
    """What an analysis and its providers yield on a file."""
    chosen = needed_for(ANALYSES[analysis])
    know = load({pack for one in chosen for pack in one.knows})
    return run_analyses(facts_of(app), know, chosen)


def found_by(analysis: str, results: Results) -> list[dict[str, Any]]:
    """Findings of the analysis itself, as they would be printed."""
    return findings_json(results.by_analysis[analysis])


def case_app(case: Case, folder: Path) -> Path:
    """The file a case speaks of."""
    if "app" in case.block:
        return APPS / str(case.block["app"])
    path = folder / "case.apk"
    path.write_bytes(write_apk(case.block))
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.analysis}: {case.title}")
def test_case_yields_what_it_says(case: Case, tmp_path: Path) -> None:
    results = results_on(case.analysis, case_app(case, tmp_path))
    assert results.crashes == ()
    found = found_by(case.analysis, results)
    expected = case.block["expect"]
    missing = [e for e in expected if not any(matches(e, f) for f in found)]
    surplus = [f for f in found if not any(matches(e, f) for e in expected)]
    assert not missing, f"not found: {missing}\nfound: {json.dumps(found, ensure_ascii=False)}"
    assert not surplus, f"found but not expected: {json.dumps(surplus, ensure_ascii=False)}"
    for words in case.block.get("gaps", ()):
        assert any(words in gap.why for gap in results.gaps), (
            f"no gap says {words!r}: {results.gaps}"
        )
    for words in case.block.get("no_gaps", ()):
        assert not any(words in gap.why for gap in results.gaps), f"a gap says {words!r}"


@pytest.mark.parametrize("name", ANALYSES)
def test_analysis_keeps_the_rules(name: str) -> None:
    analysis = ANALYSES[name]
    module = importlib.import_module(f"witnessmark.analyses.{name.replace('/', '.')}")
    documentation = ast.get_docstring(ast.parse(Path(str(module.__file__)).read_text("utf-8")))
    for heading in HEADINGS:
        assert documentation is not None
        assert heading in documentation, f"{name} says nothing under {heading!r}"
    assert analysis.version >= 1
    assert callable(analysis.find)
    cases = read_cases(name)
    assert any(case.silent for case in cases), f"{name} has no case that must stay silent"
    assert any(not case.silent for case in cases), f"{name} has no case that must speak"


@pytest.mark.parametrize(
    "app", ["intake/intake.apk", "intake/intake-r8.apk", "requests/requests.apk"]
)
def test_evidence_re_reads_and_runs_agree(app: str) -> None:
    """One pass over all analyses: every leaf has a place, every excerpt is there, twice equal."""
    know = load({pack for one in ANALYSES.values() for pack in one.knows})
    outcomes = []
    for _ in range(2):
        results = run_analyses(facts_of(APPS / app), know, list(ANALYSES.values()))
        assert results.crashes == ()
        outcomes.append(json.dumps(findings_json(results.findings), ensure_ascii=False))
    assert outcomes[0] == outcomes[1]
    for finding in results.findings:
        for evidence in finding.evidence:
            for leaf in evidence.leaves():
                assert leaf.at is not None, f"{finding.id}: {leaf.says}"
