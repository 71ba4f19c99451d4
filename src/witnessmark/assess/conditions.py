"""Which findings a fact of the packs of law means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from witnessmark.knowledge.packs.law_facts import Condition, Fact
from witnessmark.knowledge.packs.people import Category, wider_terms
from witnessmark.model.errors import KnowledgeError
from witnessmark.model.finding import Finding


class Conditions:
    """Answers for one set of findings."""

    def __init__(
        self,
        findings: Iterable[Finding],
        facts: Mapping[str, Fact],
        people: Mapping[str, Category],
    ) -> None:
        known = (one for one in findings if not _refused(one.subject))
        self._findings = sorted(known, key=lambda one: one.id)
        self._facts = facts
        self._people = people
        self._met: dict[str, tuple[str, ...]] = {}

    def fact(self, name: str) -> Fact:
        """The fact of that name; KnowledgeError when no pack defines it."""
        try:
            return self._facts[name]
        except KeyError:
            raise KnowledgeError(f"law: nobody defines the fact {name!r}") from None

    def met(self, name: str) -> tuple[str, ...]:
        """Ids of the findings that show the fact ``name``, ascending."""
        known = self._met.get(name)
        if known is None:
            found = {one for condition in self.fact(name).any for one in self._found(condition)}
            known = self._met[name] = tuple(sorted(found))
        return known

    def any_met(self, names: Iterable[str]) -> tuple[str, ...]:
        """Ids that any of the facts means, ascending, each once."""
        return tuple(sorted({one for name in names for one in self.met(name)}))

    def _found(self, condition: Condition) -> tuple[str, ...]:
        found = tuple(one.id for one in self._findings if self._fits(one, condition))
        return found if len(found) >= condition.fewest else ()

    def _fits(self, finding: Finding, condition: Condition) -> bool:
        chapter = finding.kind.partition(".")[0]
        return (
            (finding.kind in condition.kinds or chapter in condition.kinds)
            and finding.reach.state in condition.reach
            and finding.strength in condition.strength
            and (condition.personal is None or bool(finding.categories) == condition.personal)
            and (condition.special is None or finding.special == condition.special)
            and (not condition.about or finding.about in condition.about)
            and self._has_category(finding, condition)
            and _subject_fits(finding.subject, condition)
        )

    def _has_category(self, finding: Finding, condition: Condition) -> bool:
        if not (condition.categories or condition.exactly):
            return True
        wanted = set(condition.categories)
        return not set(condition.exactly).isdisjoint(finding.categories) or any(
            wanted.intersection(wider_terms(term, self._people)) for term in finding.categories
        )


def _refused(subject: Mapping[str, Any]) -> bool:
    """Whether the system refuses what code tries, as the app lacks the permission for it."""
    return bool(subject.get("permission")) and subject.get("permission_held") is False


def _subject_fits(subject: Mapping[str, Any], condition: Condition) -> bool:
    return all(
        _holds(subject.get(key), texts) for key, texts in condition.subject.items()
    ) and not any(_holds(subject.get(key), texts) for key, texts in condition.without.items())


def _holds(value: Any, texts: tuple[str, ...]) -> bool:
    if isinstance(value, bool):
        return str(value).lower() in texts
    if isinstance(value, list | tuple):
        return any(_holds(one, texts) for one in value)
    if isinstance(value, Mapping):
        return any(_holds(one, texts) for one in value.values())
    return str(value if value is not None else "").casefold() in {one.casefold() for one in texts}
