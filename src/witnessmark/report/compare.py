"""What two documents say differently, by meaning.

Findings are paired by id; those left over, of one kind, by what they are about without the names
that a build may change (classes, methods, screens, owners). So a mere rebuild stays silent, and
what is left is what the newer app newly does, no longer does, or does differently.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from witnessmark.model.finding import CHAPTERS
from witnessmark.report.document import Document, FrozenFinding

BUILD_NAMES = frozenset({
    "class", "method", "in_class", "in_method", "screen", "owner", "widget", "opened_by",
    "compared_in", "api", "steps", "source_file", "where",
})  # fmt: skip
"""Keys of subjects whose values name code, which renaming changes."""

NAMED_BY_CODE = frozenset({"keeps.record", "keeps.preference", "marks.code_book"})
"""Kinds whose ``name`` may be that of a class or method."""

State = Literal["new", "gone", "different"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``before`` is None for what is new, ``after`` for what is gone; ``how``
    says what differs, a sentence each.
    """

    state: State
    before: FrozenFinding | None
    after: FrozenFinding | None
    how: tuple[str, ...] = ()

    @property
    def finding(self) -> FrozenFinding:
        """The newer finding, or the one that is gone."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has a finding")
        return found


def compare(before: Document, after: Document) -> tuple[Change, ...]:
    """Changes by chapter: what is new, then different, then gone."""
    pairs, old, new = _paired(before.findings, after.findings)
    changes = [
        *(Change("new", None, one) for one in new),
        *(Change("different", a, b, how) for a, b in pairs if (how := tuple(_how(a, b)))),
        *(Change("gone", one, None) for one in old),
    ]
    order = {"new": 0, "different": 1, "gone": 2}
    return tuple(
        sorted(
            changes,
            key=lambda one: (
                CHAPTERS.index(one.finding.chapter),
                order[one.state], one.finding.kind, one.finding.says, one.finding.id,
            ),
        )
    )  # fmt: skip


Pairs = list[tuple[FrozenFinding, FrozenFinding]]


def _paired(
    before: Iterable[FrozenFinding], after: Iterable[FrozenFinding]
) -> tuple[Pairs, list[FrozenFinding], list[FrozenFinding]]:
    """Pairs, then what is left of the older and of the newer findings."""
    pairs: Pairs = []
    old, new = list(before), list(after)
    for key in (lambda one: one.id, meaning):
        waiting: dict[str, list[FrozenFinding]] = defaultdict(list)
        for one in reversed(old):
            waiting[key(one)].append(one)
        left = []
        for one in new:
            known = waiting.get(key(one))
            if known:
                pairs.append((known.pop(), one))
            else:
                left.append(one)
        old = [one for listed in waiting.values() for one in listed]
        new = left
    return pairs, old, new


def meaning(finding: FrozenFinding) -> str:
    """What a finding is about, without names that a build may change."""
    hidden = BUILD_NAMES | {"name"} if finding.kind in NAMED_BY_CODE else BUILD_NAMES
    subject = {key: value for key, value in finding.subject.items() if key not in hidden}
    return f"{finding.kind}\0{json.dumps(subject, sort_keys=True, ensure_ascii=False)}"


def _how(before: FrozenFinding, after: FrozenFinding) -> Iterator[str]:
    """What differs between two findings about the same thing."""
    if before.reach.state != after.reach.state:
        yield f"was {before.reach.state}, is {after.reach.state}"
    more = sorted(set(after.categories) - set(before.categories))
    less = sorted(set(before.categories) - set(after.categories))
    if more:
        yield f"newly about {', '.join(more)}"
    if less:
        yield f"no longer about {', '.join(less)}"
    for key in sorted(set(before.subject) | set(after.subject)):
        if key not in BUILD_NAMES and not (key == "name" and after.kind in NAMED_BY_CODE):
            yield from _value(key, before.subject.get(key), after.subject.get(key))


def _value(key: str, before: Any, after: Any) -> Iterator[str]:
    if before == after:
        return
    if isinstance(before, list) and isinstance(after, list):
        old, new = ({_told(one): None for one in listed} for listed in (before, after))
        added = [one for one in new if one not in old]
        removed = [one for one in old if one not in new]
        if added:
            yield f"{key}: added {', '.join(added)}"
        if removed:
            yield f"{key}: removed {', '.join(removed)}"
    else:
        yield f"{key}: was {_told(before)}, is {_told(after)}"


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        named = [str(value[key]) for key in ("code", "label", "name", "file") if value.get(key)]
        return " ".join(named) or json.dumps(value, ensure_ascii=False, sort_keys=True)
    return "nothing" if value in (None, "", []) else str(value)


def as_json(changes: Iterable[Change]) -> bytes:
    """The changes as ``witnessmark-comparison/1``."""
    listed = [
        {
            "state": one.state,
            "kind": one.finding.kind,
            "before": one.before.id if one.before else None,
            "after": one.after.id if one.after else None,
            "says": one.finding.says,
            "how": list(one.how),
        }
        for one in changes
    ]
    told = {"format": "witnessmark-comparison/1", "changes": listed}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
