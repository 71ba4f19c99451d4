"""Model objects as the ordered, JSON-ready mappings of the frozen document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from witnessmark.model.assessment import Assessment
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import CHAPTERS, Finding, Reach, ReachState, Strength
from witnessmark.model.gap import Gap
from witnessmark.model.location import Location
from witnessmark.report.conditional import conditional

CHAPTER_ORDER: Mapping[str, int] = {name: place for place, name in enumerate(CHAPTERS)}
STRONGEST_FIRST: tuple[Strength, ...] = ("read", "derived", "indicated")
NUMBER = re.compile("([0-9]{1,18})")
FURTHEST_FIRST: tuple[ReachState, ...] = ("reached", "unknown", "unreached")


def findings_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings by chapter, kind, sentence and id; equal ids united."""
    by_id: dict[str, list[Finding]] = {}
    for finding in findings:
        by_id.setdefault(finding.id, []).append(finding)
    keyed = [(name, united(same)) for name, same in by_id.items()]
    keyed.sort(key=lambda pair: _order(*pair))
    return [_finding_json(name, finding) for name, finding in keyed]


def gaps_json(gaps: Iterable[Gap]) -> list[dict[str, Any]]:
    """Gaps by place; equal ones once."""
    plain = {replace(gap, hides=tuple(sorted(set(gap.hides)))) for gap in gaps}
    return [{"at": gap.at, "why": gap.why, "hides": list(gap.hides)} for gap in sorted(plain)]


def assessments_json(assessments: Iterable[Assessment]) -> list[dict[str, Any]]:
    """Assessments by provision and element."""
    listed = sorted(
        assessments, key=lambda one: (one.provision.id, one.element, one.state, one.findings)
    )
    return [
        {
            "provision": {
                "id": one.provision.id,
                "instrument": one.provision.instrument,
                "article": one.provision.article,
                "jurisdiction": one.provision.jurisdiction,
                "says": one.provision.says,
                "status": one.provision.status,
                "source": one.provision.source,
            },
            "element": one.element,
            "state": one.state,
            "findings": sorted(set(one.findings)),
            "settles": one.settles,
            "limits": list(one.limits),
        }
        for one in listed
    ]


def united(same: list[Finding]) -> Finding:
    """One finding for several that share an id: the strongest, with the evidence of all."""
    if len(same) == 1:
        return same[0]
    ranked = sorted(same, key=_rank)
    best = ranked[0]
    return replace(
        best,
        evidence=_once(node for one in ranked for node in one.evidence),
        original=_once(words for one in ranked for words in one.original),
        categories=_once(name for one in ranked for name in one.categories),
        limits=_once(limit for one in ranked for limit in one.limits),
        special=any(one.special for one in ranked),
        reach=_furthest(ranked),
    )


def _rank(finding: Finding) -> tuple[int, int, str, str]:
    return (
        STRONGEST_FIRST.index(finding.strength),
        FURTHEST_FIRST.index(finding.reach.state),
        finding.says,
        repr(finding),
    )


def _furthest(same: list[Finding]) -> Reach:
    return min(
        (one.reach for one in same),
        key=lambda reach: (FURTHEST_FIRST.index(reach.state), reach.path),
    )


def _once(values: Iterable[Any]) -> tuple[Any, ...]:
    kept: list[Any] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return tuple(kept)


def _order(name: str, finding: Finding) -> tuple[int, str, list[tuple[int, str]], str]:
    chapter = CHAPTER_ORDER[finding.kind.partition(".")[0]]
    return chapter, finding.kind, _by_number(finding.says), name


def _by_number(says: str) -> list[tuple[int, str]]:
    """Sort key in which ``form 2`` comes before ``form 10``."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in NUMBER.split(says)]


def _finding_json(name: str, finding: Finding) -> dict[str, Any]:
    kind = finding.kind.partition(".")[2]
    return {
        "id": name,
        "kind": finding.kind,
        "subject": {"type": kind, **finding.subject},
        "says": conditional(finding),
        "original": [
            {
                "text": words.text,
                "lang": words.lang,
                "gloss": words.gloss,
                "gloss_from": words.gloss_from,
            }
            for words in finding.original
        ],
        "categories": sorted(set(finding.categories)),
        "special": finding.special,
        "about": finding.about,
        "strength": finding.strength,
        "reach": {"state": finding.reach.state, "path": list(finding.reach.path)},
        "evidence": [_evidence_json(node) for node in finding.evidence],
        "limits": list(finding.limits),
    }


def _evidence_json(node: Evidence) -> dict[str, Any]:
    return {
        "says": node.says,
        "at": None if node.at is None else _location_json(node.at),
        "excerpt": node.excerpt,
        "because": [_evidence_json(child) for child in node.because],
    }


def _location_json(at: Location) -> dict[str, Any]:
    return {
        "sha256": at.sha256,
        "member": list(at.member),
        "offset": at.offset,
        "length": at.length,
        "place": {"reads_as": at.reads_as, **at.place},
    }
