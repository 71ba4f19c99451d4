"""What the page says of a document: chapters, counts, sentences, groups of gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from witnessmark.model.finding import CHAPTERS
from witnessmark.report.document import Document, FrozenFinding, FrozenSigner

SIGNATURE = re.compile(r"^\[*L(?:[^;]*/)?(?P<owner>[^;/]+);->(?P<name>[^(]+)\(")
Words = Mapping[str, Any]
"""html/words.json: every word of the page that depends on a value of the document."""


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Gaps that share reason and consequence; ``id`` is an anchor."""

    id: str
    why: str
    hides: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindGroup:
    """Findings of one kind; ``heading`` is their name in the plural."""

    kind: str
    heading: str
    findings: tuple[FrozenFinding, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One of the eight questions and what was found.

    ``reach``    findings by reach state, all three states present.
    ``people``   kinds of personal data in these findings, the most frequent first.
    ``special``  findings that concern special categories; ``special_names`` names those
                 categories that are special for certain.
    ``gaps``     groups that may hide findings of this chapter.
    """

    number: int
    name: str
    title: str
    question: str
    total: int
    sentence: str
    reach: Mapping[str, int]
    people: tuple[str, ...]
    special: int
    special_names: tuple[str, ...]
    groups: tuple[KindGroup, ...]
    gaps: tuple[GapGroup, ...]

    @property
    def gap_places(self) -> int:
        """Places not read that may hide something of this chapter."""
        return sum(len(group.places) for group in self.gaps)


@dataclass(frozen=True, slots=True)
class Signer:
    """A certificate and the schemes it signed under, each with its state."""

    subject: str
    sha256: str
    schemes: tuple[FrozenSigner, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the template needs besides the document itself."""

    chapters: tuple[Chapter, ...]
    gaps: tuple[GapGroup, ...]
    gap_places: int
    signers: tuple[Signer, ...]
    special_categories: frozenset[str]
    file_names: Mapping[str, str]
    says_of: Mapping[str, str]


def view(document: Document, words: Words) -> View:
    """The view of ``document`` in the given words."""
    gaps = gap_groups(document)
    certain = certainly_special(document.findings)
    return View(
        chapters=tuple(
            _chapter(number, name, document.findings, gaps, certain, words)
            for number, name in enumerate(CHAPTERS, start=1)
        ),
        gaps=gaps,
        gap_places=len(document.gaps),
        signers=_signers(document.app.signers),
        special_categories=certain,
        file_names={one.sha256: one.name for one in document.app.inputs},
        says_of={finding.id: finding.says for finding in document.findings},
    )


def certainly_special(findings: Iterable[FrozenFinding]) -> frozenset[str]:
    """Categories that must be special ones.

    A finding says only that some category of it is special. A category of a finding that is not
    special cannot be; where that leaves a special finding one candidate, it is that one.
    """
    listed = tuple(findings)
    ordinary = {name for one in listed if not one.special for name in one.categories}
    certain = set()
    for finding in listed:
        if finding.special:
            candidates = set(finding.categories) - ordinary
            if len(candidates) == 1:
                certain |= candidates
    return frozenset(certain)


def gap_groups(document: Document) -> tuple[GapGroup, ...]:
    """Gaps by reason and consequence, in order of first appearance."""
    places: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for gap in document.gaps:
        places.setdefault((gap.why, gap.hides), []).append(gap.at)
    return tuple(
        GapGroup(f"gap-{number}", why, hides, tuple(ats))
        for number, ((why, hides), ats) in enumerate(places.items(), start=1)
    )


def category_name(category: str) -> str:
    """``pd:ReligiousBelief`` as ``religious belief``; abbreviations keep their capitals."""
    name = category.partition(":")[2] or category
    words: list[str] = []
    for char in name.replace("_", " ").replace("-", " "):
        starts_word = char.isupper() and words and words[-1].islower()
        words.append(f" {char}" if starts_word else char)
    return " ".join(
        word if len(word) > 1 and word.isupper() else word.lower()
        for word in "".join(words).split()
    )


def method_name(signature: str) -> str:
    """``Lorg/example/Main$1;->run()V`` as ``Main$1.run``; ``""`` for what is no such signature."""
    match = SIGNATURE.match(signature)
    return f"{match['owner']}.{match['name']}" if match else ""


def counted(number: int, kind: str, words: Words) -> str:
    """``1 screen``, ``1,204 fields to fill in``; unknown kinds by their own name."""
    one, many = kind_names(kind, words)
    return f"{number:,} {one if number == 1 else many}"


def kind_names(kind: str, words: Words) -> tuple[str, str]:
    """Singular and plural name of a kind."""
    known = words["kinds"].get(kind)
    if known:
        return known[0], known[1]
    plain = kind.partition(".")[2].replace("_", " ")
    return plain, f"{plain}s"


def listed(parts: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(
        part for part in (", ".join(parts[:-1]), parts[-1] if parts else "") if part
    )


def _chapter(
    number: int,
    name: str,
    findings: Iterable[FrozenFinding],
    gaps: Iterable[GapGroup],
    certain: frozenset[str],
    words: Words,
) -> Chapter:
    own = [one for one in findings if one.chapter == name]
    counts = Counter(one.kind for one in own)
    kinds = dict(sorted(counts.items(), key=lambda item: _kind_order(item[0], words)))
    parts = [counted(count, kind, words) for kind, count in kinds.items()]
    states = Counter(one.reach.state for one in own)
    special = [one for one in own if one.special]
    return Chapter(
        number=number,
        name=name,
        title=words["chapters"][name]["title"],
        question=words["chapters"][name]["question"],
        total=len(own),
        sentence=_sentence(parts, words["chapters"][name]["opens"]),
        reach={state: states[state] for state in ("reached", "unreached", "unknown")},
        people=_people(own),
        special=len(special),
        special_names=tuple(
            sorted({category_name(c) for one in special for c in one.categories if c in certain})
        ),
        groups=tuple(
            KindGroup(
                kind,
                kind_names(kind, words)[1].capitalize(),
                tuple(one for one in own if one.kind == kind),
            )
            for kind in kinds
        ),
        gaps=tuple(group for group in gaps if _hides(group, name)),
    )


def _people(findings: Iterable[FrozenFinding]) -> tuple[str, ...]:
    """Categories of personal data of findings that nothing shows to be out of reach, the most
    frequent first.
    """
    counts = Counter(
        category
        for one in findings
        if one.reach.state != "unreached"
        for category in one.categories
    )
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return tuple(category_name(name) for name in ranked)


def _sentence(parts: list[str], opens: str) -> str:
    return f"{opens} {listed(parts)}." if parts else "Nothing was found in what could be read."


def _kind_order(kind: str, words: Words) -> tuple[int, str]:
    known = list(words["kinds"])
    return known.index(kind) if kind in known else len(known), kind


def _hides(group: GapGroup, chapter: str) -> bool:
    return any(hidden.replace(".", "/").partition("/")[0] == chapter for hidden in group.hides)


def _signers(rows: Iterable[FrozenSigner]) -> tuple[Signer, ...]:
    by_certificate: dict[tuple[str, str], list[FrozenSigner]] = {}
    for row in rows:
        by_certificate.setdefault((row.subject, row.sha256), []).append(row)
    return tuple(
        Signer(subject, sha256, tuple(schemes))
        for (subject, sha256), schemes in sorted(by_certificate.items())
    )
