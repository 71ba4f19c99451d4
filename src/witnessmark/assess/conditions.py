"""Which findings a condition of a provision means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from witnessmark.knowledge.packs.law import Condition
from witnessmark.knowledge.packs.people import Category, wider_terms
from witnessmark.model.finding import Finding


class Conditions:
    """Answers for one set of findings."""

    def __init__(self, findings: Iterable[Finding], people: Mapping[str, Category]) -> None:
        self._findings = sorted(findings, key=lambda one: one.id)
        self._people = people
        self._met: dict[int, tuple[str, ...]] = {}

    def met(self, condition: Condition) -> tuple[str, ...]:
        """Ids of the findings that ``condition`` means; none where there are too few."""
        known = self._met.get(id(condition))
        if known is None:
            known = tuple(one.id for one in self._findings if self._fits(one, condition))
            known = known if len(known) >= condition.fewest else ()
            self._met[id(condition)] = known
        return known

    def any_met(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        """Ids that any of ``conditions`` means, ascending, each once."""
        return tuple(sorted({name for one in conditions for name in self.met(one)}))

    def _fits(self, finding: Finding, condition: Condition) -> bool:
        chapter = finding.kind.partition(".")[0]
        return (
            (finding.kind in condition.kinds or chapter in condition.kinds)
            and finding.reach.state in condition.reach
            and (condition.special is None or finding.special == condition.special)
            and (not condition.about or finding.about in condition.about)
            and (not condition.categories or self._has_category(finding, condition))
            and all(
                _holds(finding.subject.get(key), texts) for key, texts in condition.subject.items()
            )
        )

    def _has_category(self, finding: Finding, condition: Condition) -> bool:
        wanted = set(condition.categories)
        return any(
            wanted.intersection(wider_terms(term, self._people)) for term in finding.categories
        )


def _holds(value: Any, texts: tuple[str, ...]) -> bool:
    if isinstance(value, bool):
        return str(value).lower() in texts
    if isinstance(value, list | tuple):
        return any(_holds(one, texts) for one in value)
    if isinstance(value, Mapping):
        return any(_holds(one, texts) for one in value.values())
    told = str(value if value is not None else "").casefold()
    return any(text.casefold() in told for text in texts)
