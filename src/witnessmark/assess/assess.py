"""Each element of each provision that the findings touch: supported, contradicted or unknown.

A reading never says that a law was broken. It says which question of the law the facts bear on,
which facts, and what would still have to be known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from witnessmark.assess.conditions import Conditions
from witnessmark.knowledge.packs.law import Element
from witnessmark.knowledge.packs.law import Provision as Entry
from witnessmark.knowledge.packs.people import Category
from witnessmark.model.assessment import Assessment, ElementState, Provision
from witnessmark.model.finding import Finding
from witnessmark.model.gap import Gap

UNCHECKED = "This entry was not checked against the official text by anyone yet."
BOTH = "Findings speak for it and against it."
MOST_FINDINGS = 200
"""Findings that one assessment lists; the rest is counted in a limit."""


def assess(
    findings: Sequence[Finding],
    gaps: Iterable[Gap],
    law: Sequence[Entry],
    people: Mapping[str, Category],
) -> tuple[Assessment, ...]:
    """Assessments of all provisions that at least one finding touches, in the order of ``law``."""
    conditions = Conditions(findings, people)
    blind = sorted({chapter.partition("/")[0] for gap in gaps for chapter in gap.hides})
    return tuple(
        _assessment(entry, element, conditions, blind)
        for entry in law
        if conditions.any_met(entry.applies)
        for element in entry.elements
    )


def _assessment(
    entry: Entry, element: Element, conditions: Conditions, blind: Sequence[str]
) -> Assessment:
    supporting = conditions.any_met(element.supported_by)
    against = conditions.any_met(element.contradicted_by)
    state: ElementState = "unknown"
    if supporting:
        state = "supported"
    elif against:
        state = "contradicted"
    named = supporting or against
    limits = [*element.limits, *_told(element, supporting, against, conditions, blind)]
    if len(named) > MOST_FINDINGS:
        limits.append(f"{len(named)} findings bear on it; the first {MOST_FINDINGS} are listed.")
    return Assessment(
        _provision(entry), element.question, state, named[:MOST_FINDINGS], element.settles,
        tuple(limits),
    )  # fmt: skip


def _told(
    element: Element,
    supporting: Sequence[str],
    against: Sequence[str],
    conditions: Conditions,
    blind: Sequence[str],
) -> Iterator[str]:
    """What else must be said: both sides, and what was looked for and not seen."""
    if supporting and against:
        yield f"{BOTH} Against: {', '.join(against[:5])}."
    if element.missing and not conditions.any_met(element.missing):
        chapters = sorted({kind.partition(".")[0] for one in element.missing for kind in one.kinds})
        unseen = [chapter for chapter in chapters if chapter in blind]
        yield "Nothing of the kind was found in the app."
        if unseen:
            yield f"Parts that could hold it were not read (chapter {', '.join(unseen)})."


def _provision(entry: Entry) -> Provision:
    since = f"in force since {entry.in_force}" if entry.in_force else ""
    checked = (
        f"checked by {entry.checked.by} against {entry.checked.against} on {entry.checked.on}"
        if entry.checked
        else UNCHECKED
    )
    status = "; ".join(part for part in (entry.bound, since) if part)
    return Provision(
        entry.id, entry.title, entry.article, entry.jurisdiction, entry.says,
        f"{status}. {checked}", entry.source,
    )  # fmt: skip
