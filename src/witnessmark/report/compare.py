"""What two documents say differently, by meaning.

Findings are paired by id; those left over, of one kind, by what they are about without the names
that a build may change (classes, methods, screens, owners), then by the one word that says what
they are about, then by how much of their content is the same. So a mere rebuild stays silent, and
what is left is what the newer app newly does, no longer does, or does differently.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from msgspec import Struct

from witnessmark.model.finding import CHAPTERS
from witnessmark.report.differences import (
    BUILD_NAMES,
    NAMED_BY_CODE,
    content_of,
    how_they_differ,
)
from witnessmark.report.document import Document, FrozenFinding

CORES = {
    "takes.permission": ("permission",),
    "takes.device_data": ("what", "action"),
    "keeps.table": ("name",),
    "keeps.file": ("name",),
    "sends.request": ("method", "url"),
    "orders.trigger": ("trigger", "event", "how"),
    "embeds.sdk": ("id",),
    "embeds.attribution": ("what",),
}
"""Keys of a subject that say what a finding of the kind is about; `hides` has them in ``what``."""

ALIKE, LEAST_SHARED = 0.5, 2
"""Share of content, and number of its parts, that two findings of one thing have in common."""

State = Literal["new", "gone", "different"]


class Change(Struct, frozen=True):
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
        *(Change("new", None, one) for one in _beyond(new, before.findings)),
        *(Change("different", a, b, how) for a, b in pairs if (how := how_they_differ(a, b))),
        *(Change("gone", one, None) for one in _beyond(old, after.findings)),
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
    keys: tuple[Callable[[FrozenFinding], str], ...] = (lambda one: one.id, meaning, core)
    for key in keys:
        waiting: dict[str, list[FrozenFinding]] = defaultdict(list)
        for one in reversed(old):
            waiting[key(one)].append(one)
        left = []
        for one in new:
            known = waiting.get(key(one)) if key(one) else None
            if known:
                pairs.append((known.pop(), one))
            else:
                left.append(one)
        old = [one for listed in waiting.values() for one in listed]
        new = left
    return _paired_by_likeness(pairs, old, new)


def _paired_by_likeness(
    pairs: Pairs, old: list[FrozenFinding], new: list[FrozenFinding]
) -> tuple[Pairs, list[FrozenFinding], list[FrozenFinding]]:
    """Pairs more of what shares most of its content, the most alike first.

    Compares each with each of its kind: quadratic in what is left of one kind.
    """
    ranked = sorted(
        (
            (likeness, a, b)
            for b, newer in enumerate(new)
            for a, older in enumerate(old)
            if older.kind == newer.kind and (likeness := _likeness(older, newer)) >= ALIKE
        ),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    used_old: set[int] = set()
    used_new: set[int] = set()
    for _, a, b in ranked:
        if a not in used_old and b not in used_new:
            pairs.append((old[a], new[b]))
            used_old.add(a)
            used_new.add(b)
    return (
        pairs,
        [one for a, one in enumerate(old) if a not in used_old],
        [one for b, one in enumerate(new) if b not in used_new],
    )


def _likeness(older: FrozenFinding, newer: FrozenFinding) -> float:
    """Share of content that both have, 0 when it is too little to tell."""
    first, second = content_of(older), content_of(newer)
    shared = len(first & second)
    return shared / len(first | second) if shared >= LEAST_SHARED else 0.0


def _beyond(
    left: Iterable[FrozenFinding], others: Iterable[FrozenFinding]
) -> Iterator[FrozenFinding]:
    """Findings that the other app really lacks.

    A build may join the parts of an address: one that begins a longer one there, or the other way
    round, is none that the other lacks.
    """
    known = [str(one.subject.get("url", "")) for one in others if one.kind == "sends.endpoint"]
    for one in left:
        url = str(one.subject.get("url", "")) if one.kind == "sends.endpoint" else ""
        same = url and any(a and (a.startswith(url) or url.startswith(a)) for a in known)
        if not same:
            yield one


def meaning(finding: FrozenFinding) -> str:
    """What a finding is about, without names that a build may change."""
    hidden = BUILD_NAMES | {"name"} if finding.kind in NAMED_BY_CODE else BUILD_NAMES
    subject = {key: value for key, value in finding.subject.items() if key not in hidden}
    return f"{finding.kind}\0{json.dumps(subject, sort_keys=True, ensure_ascii=False)}"


def core(finding: FrozenFinding) -> str:
    """The words that say what a finding is about, empty where no few words do."""
    keys = ("what",) if finding.chapter == "hides" else CORES.get(finding.kind, ())
    words = [str(finding.subject.get(key) or "") for key in keys]
    return "\0".join((finding.kind, *words)) if any(words) else ""


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
