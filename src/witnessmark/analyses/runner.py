"""The runner: analyses one after another over the tables of one app."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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

    ``crashes`` names analyses that failed; each is also among ``gaps``.
    """

    facts: Facts
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    crashes: tuple[str, ...]


def run_analyses(
    facts: Facts,
    know: Knowledge,
    analyses: Sequence[Analysis],
    progress: Callable[[str], None] = lambda _: None,
) -> Results:
    """Run ``analyses`` in planned order; ``progress`` is told each id before it starts.

    Findings stand in planned order; several may share an id, the document unites them.
    """
    findings: list[Finding] = []
    gaps: set[Gap] = set()
    crashes: list[str] = []
    for analysis in plan(analyses):
        progress(analysis.id)
        rows: dict[str, list[tuple[Any, ...]]] = {schema.name: [] for schema in analysis.writes}
        for item in _guarded(analysis, facts, know, crashes):
            if isinstance(item, Row):
                rows[item.schema.name].append(item.values)
            elif isinstance(item, Finding):
                findings.append(item)
            else:
                gaps.add(item)
        facts = facts.with_tables(
            {schema.name: Table.from_rows(schema, rows[schema.name]) for schema in analysis.writes}
        )
    return Results(facts, tuple(findings), tuple(sorted(gaps)), tuple(crashes))


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
