"""report.md: the document as plain text for editors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from witnessmark.report.document import Document, FrozenFinding, thaw
from witnessmark.report.forms._lines import leaves, place
from witnessmark.report.shown import plain as visible
from witnessmark.report.view import SHARES
from witnessmark.report.words import ENGLISH
from witnessmark.report.words import words as speak

MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!])")
MOST_QUOTES = 5


def render(document: bytes) -> bytes:
    """The text for the bytes of a findings.json."""
    return "\n".join(_lines(thaw(document))).encode("utf-8", "replace")


def plain(text: str) -> str:
    """``text`` on one line, its markup characters escaped, so that app text stays text."""
    return MARKUP.sub(r"\\\1", visible(" ".join(text.split())))


def _lines(doc: Document) -> Iterator[str]:
    yield f"# {plain(doc.app.name)}"
    yield ""
    yield f"Package {plain(doc.app.package)}, version {plain(doc.app.version)}."
    for one in doc.app.inputs:
        yield f"File {plain(one.name)}, {one.size:,} bytes, SHA-256 `{one.sha256}`."
    yield ""
    for chapter in dict.fromkeys(one.chapter for one in doc.findings):
        yield f"## {chapter.capitalize()}"
        yield ""
        for finding in doc.findings:
            if finding.chapter == chapter:
                yield from _finding(finding)
    yield from _rest(doc)


def _finding(one: FrozenFinding) -> Iterator[str]:
    yield f"- {plain(one.says)} ({one.reach.state}, {one.strength}; `{one.id}`)"
    for words in one.original[:MOST_QUOTES]:
        if words.gloss:
            yield f"    - {plain(words.text)}: {plain(words.gloss)}"
    if one.categories:
        special = ", a special category among them" if one.special else ""
        yield f"    - Personal data: {plain(', '.join(one.categories))}{special}."
    for leaf in list(leaves(one.evidence))[:MOST_QUOTES]:
        yield f"    - {plain(leaf.says)}: {plain(leaf.excerpt)} ({plain(place(leaf))})"
    for limit in one.limits:
        yield f"    - {plain(limit)}"


def _rest(doc: Document) -> Iterator[str]:
    yield ""
    yield "## What could not be read"
    yield ""
    for gap in doc.gaps:
        yield f"- {plain(gap.at)}: {plain(gap.why)}. May hide: {plain(', '.join(gap.hides))}."
    for one in doc.coverage.by_kind:
        if one.kind in SHARES:
            told = speak(ENGLISH)(SHARES[one.kind], read=one.read, present=one.present)
            yield f"- {plain(one.kind)}: {plain(told)}."
            continue
        yield f"- {plain(one.kind)}: {one.read:,} of {one.present:,} {plain(one.unit)} read."
    if doc.assessments:
        yield ""
        yield "## Legal readings"
        yield ""
    for reading in doc.assessments:
        article = f"{plain(reading.provision.instrument)}, {plain(reading.provision.article)}"
        yield f"- {article}. {plain(reading.element)} {reading.state}."
        for limit in reading.limits:
            yield f"    - {plain(limit)}"
    yield ""
