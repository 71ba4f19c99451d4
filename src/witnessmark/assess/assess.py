"""Each element of each provision that the findings touch: supported, contradicted or unknown.

A reading never says that a law was broken. It says which question of the law the facts bear on,
which facts, what would still have to be known, and what was looked for in vain, with how much was
read in looking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from witnessmark.assess.conditions import Conditions
from witnessmark.knowledge.packs.law import Element
from witnessmark.knowledge.packs.law import Provision as Entry
from witnessmark.knowledge.packs.law_facts import Fact
from witnessmark.knowledge.packs.people import Category
from witnessmark.model.assessment import Assessment, ElementState, Provision
from witnessmark.model.finding import Finding
from witnessmark.model.gap import Gap

UNCHECKED = "This entry was not checked against the official text by anyone yet."
BOTH = "Findings speak for it and against it."
MOST_FINDINGS = 200
"""Findings that one assessment lists; the rest is counted in a limit."""


class Read(Struct, frozen=True):
    """How much of one kind of content was read; ``present`` and ``read`` count in ``unit``."""

    kind: str
    unit: str
    present: int
    read: int


class Seen(Struct, frozen=True):
    """What is known of an app: findings, where nobody looked, how much was read."""

    findings: Sequence[Finding]
    gaps: Iterable[Gap] = ()
    coverage: Sequence[Read] = ()


def assess(
    seen: Seen,
    law: Sequence[Entry],
    facts: Mapping[str, Fact],
    people: Mapping[str, Category],
) -> tuple[Assessment, ...]:
    """Assessments of all provisions that at least one finding touches, in the order of ``law``.

    KnowledgeError when a provision names a fact that is not among ``facts``.
    """
    reader = _Reader(seen, Conditions(seen.findings, facts, people))
    return tuple(one for entry in law for one in reader.read(entry))


class _Reader:
    def __init__(self, seen: Seen, conditions: Conditions) -> None:
        self._conditions = conditions
        self._coverage = seen.coverage
        self._blind = sorted({hides.partition("/")[0] for gap in seen.gaps for hides in gap.hides})

    def read(self, entry: Entry) -> Iterator[Assessment]:
        """Assessments of one provision; none when nothing touches it."""
        if not self._conditions.any_met(entry.applies):
            return
        provision = _provision(entry)
        for element in entry.elements:
            yield self._element(provision, element)

    def _element(self, provision: Provision, element: Element) -> Assessment:
        supporting = self._conditions.any_met(element.supported_by)
        against = self._conditions.any_met(element.contradicted_by)
        named = tuple(dict.fromkeys((*supporting, *against)))
        limits = [*element.limits]
        if supporting and against:
            limits.append(f"{BOTH} Against: {', '.join(against[:5])}.")
        limits += self._absent(element)
        if len(named) > MOST_FINDINGS:
            limits.append(
                f"{len(named)} findings bear on it; the first {MOST_FINDINGS} are listed."
            )
        return Assessment(
            provision, element.question, _state(supporting, against), named[:MOST_FINDINGS],
            element.settles, tuple(limits),
        )  # fmt: skip

    def _absent(self, element: Element) -> Iterator[str]:
        """What was looked for in vain, and how much was read in looking."""
        for name in element.missing:
            if self._conditions.met(name):
                continue
            fact = self._conditions.fact(name)
            yield (
                f"Looked for in {self._read(fact)} and not found: "
                f"{fact.absent or 'anything of the kind'}."
            )
            chapters = {kind.partition(".")[0] for one in fact.any for kind in one.kinds}
            unseen = [chapter for chapter in sorted(chapters) if chapter in self._blind]
            if unseen:
                yield f"Parts that could hold it were not read (chapter {', '.join(unseen)})."

    def _read(self, fact: Fact) -> str:
        """``5,698 of 5,698 values (resources), 59 of 59 files (xml/layout)``."""
        rows = [one for one in self._coverage if one.kind in fact.read_in]
        return (
            ", ".join(f"{one.read:,} of {one.present:,} {one.unit} ({one.kind})" for one in rows)
            or "what was read of the app"
        )


def _state(supporting: Sequence[str], against: Sequence[str]) -> ElementState:
    """Where findings speak for it and against it, the question stays open."""
    if bool(supporting) == bool(against):
        return "unknown"
    return "supported" if supporting else "contradicted"


def _provision(entry: Entry) -> Provision:
    since = f"in force since {entry.in_force}" if entry.in_force else ""
    checked = (
        f"Checked by {entry.checked.by} against {entry.checked.against} on {entry.checked.on}."
        if entry.checked
        else UNCHECKED
    )
    kind = {"interpretation": "an interpretation, not a text that binds by itself",
            "standard": "a standard of conduct, not binding law",
            "information": "for information only"}.get(entry.form, "")  # fmt: skip
    status = "; ".join(part for part in (entry.bound, since, kind) if part)
    return Provision(
        entry.id, entry.title, entry.article, entry.jurisdiction, entry.says,
        f"{status}. {checked}", entry.source,
    )  # fmt: skip
