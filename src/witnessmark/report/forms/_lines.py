"""Findings as flat rows, for forms that have no trees."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.report.document import FrozenEvidence, FrozenFinding
from witnessmark.report.words import Words


def leaves(evidence: tuple[FrozenEvidence, ...]) -> Iterator[FrozenEvidence]:
    """Quotes of an evidence tree, in reading order."""
    for one in evidence:
        if one.at is not None:
            yield one
        yield from leaves(one.because)


def place(leaf: FrozenEvidence, words: Words) -> str:
    """``member!member, bytes 12 to 20`` of a quote."""
    if leaf.at is None:
        return ""
    inside = "!".join(leaf.at.member) or words("the-file")
    first, end = str(leaf.at.offset), str(leaf.at.offset + leaf.at.length)
    return words("place-in", member=inside, first=first, end=end)


def first_place(finding: FrozenFinding, words: Words) -> str:
    """Where the first quote of a finding stands."""
    return next((place(leaf, words) for leaf in leaves(finding.evidence)), "")


def own_words(finding: FrozenFinding) -> str:
    """The app's own words, one a line."""
    return "\n".join(one.text for one in finding.original)


def glosses(finding: FrozenFinding) -> str:
    """English glosses beside those words, one a line."""
    return "\n".join(one.gloss for one in finding.original)
