"""What the page says of a document: chapters, counts, sentences, groups of gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from witnessmark.model.finding import CHAPTERS
from witnessmark.report.document import (
    Document,
    FrozenAssessment,
    FrozenFinding,
    FrozenInstrument,
    FrozenProvision,
    FrozenSigner,
    KindCoverage,
)
from witnessmark.report.names import category_name
from witnessmark.report.words import Words

PARAMETER = re.compile(r"\[*(?:L[^;]+;|[ZBSCIJFD])")
PRIMITIVES = {
    "Z": "boolean", "B": "byte", "S": "short", "C": "char", "I": "int", "J": "long", "F": "float",
    "D": "double",
}  # fmt: skip
SIGNATURE = re.compile(r"^\[*L(?:[^;]*/)?(?P<owner>[^;/]+);->(?P<name>[^(]+)\(")
READ_IN_PART = "was read in part"
LOOKS = frozenset({
    "media", "xml/drawable", "xml/anim", "xml/animator", "xml/interpolator", "xml/transition",
    "xml/mipmap", "xml/color", "xml/font",
})  # fmt: skip
"""Kinds of content that only shape what a screen looks like; the opening page sums them up."""

KIND_ORDER = (
    "asks.screen", "asks.field", "asks.choice_list", "asks.notice", "takes.device_data",
    "takes.permission", "takes.account_scan",
    "takes.file_scan", "keeps.table", "keeps.record", "keeps.file", "keeps.preference",
    "keeps.provider", "keeps.pattern", "marks.code_book",
    "marks.watch_list", "marks.comparison", "marks.rule", "sends.flow", "sends.request",
    "sends.message", "sends.endpoint",
    "embeds.attribution", "embeds.secret", "embeds.sdk", "embeds.native", "hides.packer",
    "hides.dynamic_code", "hides.reflection", "hides.trace", "hides.erasure", "hides.presence",
    "hides.evasion", "hides.weakness",
    "orders.command", "orders.task", "orders.state", "orders.restriction", "orders.trigger",
)  # fmt: skip
"""Kinds in the order of a chapter; others follow by name."""

SOUGHT = ("notice", "consent", "purpose", "retention", "rights")
"""Purposes of `asks.notice`, in the order in which they are told."""

SHARES: Mapping[str, str] = {"code reached": "share-reached", "texts computed": "share-computed"}
"""Rows of the ledger that say how far understanding goes, not what was read: their sentences."""

SOUGHT_IN = ("resources", "web", "xml/layout")
"""Kinds of content in which such words would stand."""


class GapGroup(Struct, frozen=True):
    """Gaps that share reason and consequence; ``id`` is an anchor."""

    id: str
    why: str
    hides: tuple[str, ...]
    places: tuple[str, ...]


class KindGroup(Struct, frozen=True):
    """Findings of one kind; ``heading`` is their name in the plural."""

    kind: str
    heading: str
    findings: tuple[FrozenFinding, ...]


class Chapter(Struct, frozen=True):
    """One of the eight questions and what was found.

    ``reach``    findings by reach state, all three states present.
    ``people``   kinds of personal data in these findings, the most frequent first.
    ``special``  findings that concern special categories; ``special_names`` names those
                 categories that are special for certain.
    ``gaps``     groups that may hide findings of this chapter.
    ``answer``   the question answered in one or two sentences, without kinds of personal data.
    """

    number: int
    name: str
    title: str
    question: str
    total: int
    answer: str
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


class Signer(Struct, frozen=True):
    """A certificate and the schemes it signed under, each with its state."""

    subject: str
    sha256: str
    schemes: tuple[FrozenSigner, ...]


class Instrument(Struct, frozen=True):
    """Readings of one instrument: each provision with its elements."""

    title: str
    jurisdiction: str
    provisions: tuple[tuple[FrozenProvision, tuple[FrozenAssessment, ...]], ...]


class Sought(Struct, frozen=True):
    """Words that law asks for: their purpose, the findings that hold such words, if any."""

    purpose: str
    findings: tuple[FrozenFinding, ...]


class Jurisdiction(Struct, frozen=True):
    """A legal order and its instruments that were read."""

    code: str
    instruments: tuple[FrozenInstrument, ...]


class View(Struct, frozen=True):
    """Everything that the template needs besides the document itself."""

    chapters: tuple[Chapter, ...]
    gaps: tuple[GapGroup, ...]
    gap_places: int
    signers: tuple[Signer, ...]
    special_categories: frozenset[str]
    file_names: Mapping[str, str]
    says_of: Mapping[str, str]
    law: tuple[Instrument, ...]
    jurisdictions: tuple[Jurisdiction, ...]
    sought: tuple[Sought, ...]
    sought_in: tuple[KindCoverage, ...]
    shares: tuple[KindCoverage, ...]
    read_whole: tuple[KindCoverage, ...]
    read_partly: tuple[KindCoverage, ...]


def view(document: Document, words: Words) -> View:
    """The view of ``document`` in the given words."""
    gaps = gap_groups(document)
    certain = certainly_special(document.findings)
    ledger = _ledger(one for one in document.coverage.by_kind if one.kind not in SHARES)
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
        law=_law(document.assessments),
        jurisdictions=_jurisdictions(document.law.instruments if document.law else ()),
        sought=_sought(document.findings),
        sought_in=tuple(one for one in document.coverage.by_kind if one.kind in SOUGHT_IN),
        shares=tuple(one for one in document.coverage.by_kind if one.kind in SHARES),
        read_whole=tuple(one for one in ledger if not one.not_read),
        read_partly=tuple(one for one in ledger if one.not_read),
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
    """Gaps by reason and consequence: those first that hide most chapters, then most places.

    What was lost of files that were read in part differs from file to file: it stands with the
    place, so that the files make one group.
    """
    places: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for gap in document.gaps:
        why, at = gap.why, gap.at
        if why.startswith(f"{READ_IN_PART}: "):
            why, _, lost = why.partition(": ")
            at = f"{at}: {lost}"
        places.setdefault((why, gap.hides), []).append(at)
    weightiest = sorted(places.items(), key=lambda one: (-_chapters_of(one[0][1]), -len(one[1])))
    return tuple(
        GapGroup(f"gap-{number}", why, hides, tuple(ats))
        for number, ((why, hides), ats) in enumerate(weightiest, start=1)
    )


def method_name(signature: str) -> str:
    """``Lorg/example/Main$1;->run()V`` as ``Main$1.run``; ``""`` for what is no such signature."""
    match = SIGNATURE.match(signature)
    return f"{match['owner']}.{match['name']}" if match else ""


def method_names(signatures: Sequence[str]) -> list[str]:
    """Names of methods as `method_name` tells them, what is no signature as it stands; where
    different ones would look alike, with the types of their parameters.
    """
    plain = [method_name(one) or one for one in signatures]
    meant: dict[str, set[str]] = {}
    for name, signature in zip(plain, signatures, strict=True):
        meant.setdefault(name, set()).add(signature)
    return [
        f"{name}({', '.join(_parameters(signature))})" if len(meant[name]) > 1 else name
        for name, signature in zip(plain, signatures, strict=True)
    ]


def _parameters(signature: str) -> list[str]:
    """``(I[Lorg/example/Row;)V`` as ``int`` and ``Row[]``."""
    inside = signature.partition("(")[2].partition(")")[0]
    return [_type(one) for one in PARAMETER.findall(inside)]


def _type(descriptor: str) -> str:
    bare = descriptor.lstrip("[")
    name = PRIMITIVES.get(bare) or bare[1:-1].rpartition("/")[2]
    return name + "[]" * (len(descriptor) - len(bare))


def counted(number: int, kind: str, words: Words) -> str:
    """``1 screen``, ``1,204 fields to fill in``; unknown kinds by their own name."""
    name = f"kind-{kind.replace('.', '-')}"
    if words.has(name):
        return words(name, n=number)
    return f"{words.number(number)} {kind.partition('.')[2].replace('_', ' ')}"


def heading(kind: str, words: Words) -> str:
    """Name of a kind above its findings."""
    name = f"heading-{kind.replace('.', '-')}"
    if words.has(name):
        return words(name)
    return kind.partition(".")[2].replace("_", " ").capitalize()


def coverage_name(kind: str, words: Words) -> str:
    """Name of a kind of content in the ledger, or the kind as it stands."""
    name = f"coverage-{re.sub('[^a-z]+', '-', kind.removesuffix(' source)').lower()).strip('-')}"
    return words(name) if words.has(name) else kind


def unit_name(unit: str, words: Words) -> str:
    """Name of a unit of the ledger, or the unit as it stands."""
    return words(f"unit-{unit}") if words.has(f"unit-{unit}") else unit


def hidden_name(name: str, words: Words) -> str:
    """What a gap may hide: a chapter, or a kind by its heading."""
    chapter, _, kind = name.replace("/", ".").partition(".")
    if kind:
        return heading(f"{chapter}.{kind}", words)
    return words(f"chapter-{chapter}") if words.has(f"chapter-{chapter}") else name


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
    kinds = dict(sorted(counts.items(), key=lambda item: _kind_order(item[0])))
    states = Counter(one.reach.state for one in own)
    special = [one for one in own if one.special]
    return Chapter(
        number=number,
        name=name,
        title=words(f"chapter-{name}"),
        question=words(f"question-{name}"),
        total=len(own),
        answer=_answer(name, kinds, own, words),
        reach={state: states[state] for state in ("reached", "unreached", "unknown")},
        people=_people(own, words),
        special=len(special),
        special_names=tuple(
            sorted(
                {
                    category_name(c, words.lang)
                    for one in special
                    for c in one.categories
                    if c in certain
                }
            )
        ),
        groups=tuple(
            KindGroup(
                kind,
                heading(kind, words),
                tuple(one for one in own if one.kind == kind),
            )
            for kind in kinds
        ),
        gaps=tuple(group for group in gaps if _hides(group, name)),
    )


def _people(findings: Iterable[FrozenFinding], words: Words) -> tuple[str, ...]:
    """Categories of personal data of findings that nothing shows to be out of reach, the most
    frequent first; what a permission would open and nothing uses concerns nobody yet.
    """
    counts = Counter(
        category
        for one in findings
        if one.reach.state != "unreached" and _is_done(one)
        for category in one.categories
    )
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return tuple(category_name(name, words.lang) for name in ranked)


def _is_done(finding: FrozenFinding) -> bool:
    """Whether a finding shows a deed: a permission only where its use was seen, and what needs one
    only where the app has it.
    """
    subject = finding.subject
    if finding.kind == "takes.permission":
        return bool(subject.get("state") == "used")
    return not (subject.get("permission") and subject.get("permission_held") is False)


def _answer(
    chapter: str, kinds: Mapping[str, int], own: Iterable[FrozenFinding], words: Words
) -> str:
    """The question of a chapter answered in one sentence."""
    if not kinds:
        return words("answer-nothing")
    parts = [counted(count, kind, words) for kind, count in kinds.items()]
    clear = sum(one.kind == "sends.endpoint" and bool(one.subject.get("cleartext")) for one in own)
    if clear:
        at = list(kinds).index("sends.endpoint")
        parts[at] = f"{parts[at]} ({words('unencrypted', n=clear)})"
    return words(f"answer-{chapter}", what=words.all_of(parts))


def _kind_order(kind: str) -> tuple[int, str]:
    return KIND_ORDER.index(kind) if kind in KIND_ORDER else len(KIND_ORDER), kind


def _ledger(rows: Iterable[KindCoverage]) -> list[KindCoverage]:
    """The sums of the ledger, what only concerns looks as one row at the end."""
    kept: list[KindCoverage] = []
    looks: dict[str, list[KindCoverage]] = {}
    for one in rows:
        if one.kind in LOOKS:
            looks.setdefault(one.unit, []).append(one)
        else:
            kept.append(one)
    return kept + [
        KindCoverage(
            "looks", unit, sum(one.present for one in same), sum(one.read for one in same),
            sum(one.not_read for one in same),
        )
        for unit, same in looks.items()
    ]  # fmt: skip


def _law(assessments: Iterable[FrozenAssessment]) -> tuple[Instrument, ...]:
    """Readings by jurisdiction and instrument, provisions in the order of their names."""
    found: dict[tuple[str, str], dict[str, list[FrozenAssessment]]] = {}
    for one in assessments:
        key = one.provision.jurisdiction, one.provision.instrument
        found.setdefault(key, {}).setdefault(one.provision.id, []).append(one)
    return tuple(
        Instrument(
            title,
            jurisdiction,
            tuple(
                (readings[0].provision, tuple(readings))
                for _, readings in sorted(by_id.items(), key=lambda item: _natural(item[0]))
            ),
        )
        for (jurisdiction, title), by_id in sorted(found.items(), key=lambda item: _first(item[0]))
    )


def _sought(findings: Iterable[FrozenFinding]) -> tuple[Sought, ...]:
    notices = [one for one in findings if one.kind == "asks.notice"]
    return tuple(
        Sought(
            purpose,
            tuple(one for one in notices if purpose in one.subject.get("purposes", ())),
        )
        for purpose in SOUGHT
    )


def _jurisdictions(instruments: Iterable[FrozenInstrument]) -> tuple[Jurisdiction, ...]:
    by_code: dict[str, list[FrozenInstrument]] = {}
    for one in instruments:
        by_code.setdefault(one.jurisdiction, []).append(one)
    ordered = sorted(by_code, key=lambda code: (code != "INT", code))
    return tuple(Jurisdiction(code, tuple(by_code[code])) for code in ordered)


def _first(key: tuple[str, str]) -> tuple[bool, bool, str, str]:
    """International law first, then what the app's own texts claim, then states by code."""
    return key[0] != "INT", key[0] != "APP", *key


def _natural(name: str) -> list[tuple[int, str]]:
    """``iccpr.9`` before ``iccpr.12``."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in name.split(".")]


def _hides(group: GapGroup, chapter: str) -> bool:
    return any(_hidden_in(hidden) == chapter for hidden in group.hides)


def _chapters_of(hides: Iterable[str]) -> int:
    return len(set(map(_hidden_in, hides)))


def _hidden_in(hidden: str) -> str:
    return hidden.replace(".", "/").partition("/")[0]


def _signers(rows: Iterable[FrozenSigner]) -> tuple[Signer, ...]:
    by_certificate: dict[tuple[str, str], list[FrozenSigner]] = {}
    for row in rows:
        by_certificate.setdefault((row.subject, row.sha256), []).append(row)
    return tuple(
        Signer(subject, sha256, tuple(schemes))
        for (subject, sha256), schemes in sorted(by_certificate.items())
    )
