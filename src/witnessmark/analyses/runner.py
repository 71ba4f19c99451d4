"""The runner: analyses one after another over the tables of one app."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from witnessmark.analyses.contract import Analysis, Row, Yield
from witnessmark.analyses.planner import plan
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import Knowledge
from witnessmark.model.finding import Finding
from witnessmark.model.gap import Gap
from witnessmark.model.table import Table


@dataclass(frozen=True, slots=True)
class Results:
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
    for analysis in plan(analyses):
        progress(analysis.id)
        own = findings.setdefault(analysis.id, [])
        rows: dict[str, list[tuple[Any, ...]]] = {schema.name: [] for schema in analysis.writes}
        for item in _guarded(analysis, facts, know, crashes):
            if isinstance(item, Row):
                rows[item.schema.name].append(item.values)
            elif isinstance(item, Finding):
                own.append(_signed(item, analysis.by))
            else:
                gaps.add(item)
        facts = facts.with_tables(
            {schema.name: Table.from_rows(schema, rows[schema.name]) for schema in analysis.writes}
        )
    found = {name: tuple(listed) for name, listed in findings.items()}
    return Results(facts, found, tuple(sorted(gaps)), tuple(crashes))


def _signed(finding: Finding, by: str) -> Finding:
    """The finding with its author on every statement that names none."""
    evidence = tuple(one if one.by else replace(one, by=by) for one in finding.evidence)
    return replace(finding, evidence=evidence)


def _guarded(
    analysis: Analysis, facts: Facts, know: Knowledge, crashes: list[str]
) -> Iterator[Yield]:
    try:
        yield from analysis.find(facts, know)
    except Exception as error:  # noqa: BLE001 - the one place where a crash becomes a Gap
        crashes.append(f"{analysis.id}: {type(error).__name__}: {error}")
        yield Gap(
            at=analysis.id,
            why=f"this analysis stopped with an internal error ({type(error).__name__}); "
            "what it would have found after that point is missing",
            hides=(analysis.id,),
        )
