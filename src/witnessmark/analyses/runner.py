"""The runner: analyses one after another over the tables of one app."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.contract import Analysis, Row, Yield
from witnessmark.analyses.planner import plan
from witnessmark.facts.tables.artifacts import ARTIFACTS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import Knowledge
from witnessmark.model.attempt import T, stopped
from witnessmark.model.finding import Finding
from witnessmark.model.gap import Gap
from witnessmark.model.table import Table


class Results(Struct, frozen=True):
    """What the analyses found, with the facts they added their tables to.

    ``by_analysis`` holds findings by analysis id, in planned order; ``crashes`` names analyses
    that failed, each of which is also among ``gaps``.
    """

    facts: Facts
    by_analysis: Mapping[str, tuple[Finding, ...]]
    gaps: tuple[Gap, ...]
    crashes: tuple[str, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Findings of all analyses."""
        return tuple(one for found in self.by_analysis.values() for one in found)


def run_analyses(
    facts: Facts,
    know: Knowledge,
    analyses: Sequence[Analysis],
    progress: Callable[[str], None] = lambda _: None,
) -> Results:
    """Run ``analyses`` in planned order; ``progress`` is told each id before it starts.

    Several findings may share an id; the document unites them.
    """
    findings: dict[str, list[Finding]] = {}
    gaps: set[Gap] = set()
    crashes: list[str] = []
    sources = java_sources(facts)
    for analysis in plan(analyses):
        progress(analysis.id)
        own = findings.setdefault(analysis.id, [])
        rows: dict[str, list[tuple[Any, ...]]] = {schema.name: [] for schema in analysis.writes}
        for item in _guarded(analysis, facts, know, crashes):
            if isinstance(item, Row):
                rows[item.schema.name].append(item.values)
            elif isinstance(item, Finding):
                own.append(weakened(_signed(item, analysis.by), sources))
            else:
                gaps.add(item)
        if analysis.writes:
            facts = facts.with_tables({
                schema.name: Table.from_rows(schema, rows[schema.name])
                for schema in analysis.writes
            })  # fmt: skip
    gaps.update(facts.left_out)
    found = {name: tuple(listed) for name, listed in findings.items()}
    return Results(facts, found, tuple(sorted(gaps)), tuple(crashes))


def _signed(finding: Finding, by: str) -> Finding:
    """The finding with its author on every statement that names none."""
    evidence = tuple(one if one.by else replace(one, by=by) for one in finding.evidence)
    return replace(finding, evidence=evidence)


def java_sources(facts: Facts) -> frozenset[tuple[str, tuple[str, ...]]]:
    """Files of Java source, by hash of the outermost file and chain of members."""
    rows = np.flatnonzero(facts.table(ARTIFACTS)["type"] == "java").tolist()
    places = (facts.location(row, 0, 0) for row in rows)
    return frozenset((one.sha256, one.member) for one in places)


def weakened(finding: Finding, sources: frozenset[tuple[str, tuple[str, ...]]]) -> Finding:
    """The finding, at most derived where it rests on Java source.

    A decompiler, or whoever wrote the source, stands between that text and the app. The first
    evidence counts: it is what the finding is about, the rest tells more of it.
    """
    if not sources or finding.strength != "read":
        return finding
    for leaf in finding.evidence[0].leaves():
        if leaf.at is not None and (leaf.at.sha256, leaf.at.member) in sources:
            return replace(finding, strength="derived")
    return finding


def attempt(work: Callable[[], T], /) -> tuple[T | None, str]:
    """Do the work; see `model.attempt`."""
    try:
        return work(), ""
    except Exception as error:  # noqa: BLE001 - the one place where a crash becomes a Gap
        return None, f"{type(error).__name__}: {error}"


def _guarded(
    analysis: Analysis, facts: Facts, know: Knowledge, crashes: list[str]
) -> Sequence[Yield]:
    found: list[Yield] = []

    def find() -> None:
        for one in analysis.find(facts, know):
            found.append(one)  # noqa: PERF402 - what came before a crash counts

    _, error = attempt(find)
    if error:
        crashes.append(f"{analysis.id}: {error}")
        found.append(stopped(analysis.id, error, (analysis.id,)))
    return found
