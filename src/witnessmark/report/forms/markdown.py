"""report.md: the document as plain text for editors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from witnessmark.report.document import Document, FrozenFinding, FrozenInput, thaw
from witnessmark.report.forms._lines import leaves, place
from witnessmark.report.names import category_name
from witnessmark.report.shown import plain as visible
from witnessmark.report.told import told
from witnessmark.report.view import SHARES, coverage_name, hidden_name, unit_name
from witnessmark.report.words import ENGLISH, Words
from witnessmark.report.words import words as speak

MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!])")
MOST_QUOTES = 5


def render(document: bytes, lang: str = ENGLISH) -> bytes:
    """The text for the bytes of a findings.json, in the given language."""
    return "\n".join(_lines(thaw(document), speak(lang))).encode("utf-8", "replace")


def plain(text: str) -> str:
    """``text`` on one line, its markup characters escaped, so that app text stays text."""
    return MARKUP.sub(r"\\\1", visible(" ".join(text.split())))


def _lines(doc: Document, t: Words) -> Iterator[str]:
    yield f"# {plain(doc.app.name or doc.app.package or t('unnamed-app'))}"
    yield ""
    if not t.reviewed:
        yield from (f"_{t('unreviewed')}_", "")
    if doc.redaction is not None:
        yield from (f"_{t('masked', policy=plain(doc.redaction.policy))}_", "")
    package, version = plain(doc.app.package or t("not-stated")), plain(doc.app.version)
    yield f"- {t('package')}: {package}, {t('version')} {version}"
    yield from (_file(one, t) for one in doc.app.inputs)
    yield ""
    for chapter in dict.fromkeys(one.chapter for one in doc.findings):
        yield from (f"## {t(f'chapter-{chapter}')}", "", t(f"question-{chapter}"), "")
        for finding in doc.findings:
            if finding.chapter == chapter:
                yield from _finding(finding, t)
        yield ""
    yield from _unread(doc, t)
    yield from _law(doc, t)


def _file(one: FrozenInput, t: Words) -> str:
    size = t("file-size", n=one.size)
    return f"- {t('file')}: {plain(one.name)}, {size}, SHA-256 `{one.sha256}`"


def _finding(one: FrozenFinding, t: Words) -> Iterator[str]:
    sure = f"{t(f'reach-{one.reach.state}')}, {t(f'strength-{one.strength}')}"
    yield f"- {plain(told(one.says, t))} ({sure}; `{one.id}`)"
    for words in one.original[:MOST_QUOTES]:
        if words.gloss:
            yield f"    - {plain(words.text)}: {plain(words.gloss)}"
    if one.categories:
        names = ", ".join(category_name(name, t.lang) for name in one.categories)
        special = f" ({t('special-category')})" if one.special else ""
        yield f"    - {t('personal-data')}: {plain(names)}{special}"
    for leaf in list(leaves(one.evidence))[:MOST_QUOTES]:
        says = plain(told(leaf.says, t))
        yield f"    - {says}: {plain(leaf.excerpt)} ({plain(place(leaf, t))})"
    for limit in one.limits:
        yield f"    - {plain(told(limit, t))}"


def _unread(doc: Document, t: Words) -> Iterator[str]:
    yield from (f"## {t('what-we-could-not-see')}", "")
    for gap in doc.gaps:
        hides = ", ".join(hidden_name(one, t) for one in gap.hides) or t("nothing-known")
        why = plain(told(gap.why, t))
        yield f"- {plain(gap.at)}: {why}; {plain(t('may-hide', what=hides))}"
    if doc.gaps:
        yield ""
    for one in doc.coverage.by_kind:
        if one.kind in SHARES:
            share = t(SHARES[one.kind], read=one.read, present=one.present)
        else:
            unit = unit_name(one.unit, t)
            share = t("read-of", read=one.read, present=one.present, unit=unit)
        yield f"- {plain(coverage_name(one.kind, t))}: {plain(share)}"
    yield ""


def _law(doc: Document, t: Words) -> Iterator[str]:
    if not doc.assessments:
        return
    yield from (f"## {t('legal-readings')}", "", t("law-answer"), "")
    for one in doc.assessments:
        article = (
            f"{plain(told(one.provision.instrument, t))}, {plain(told(one.provision.article, t))}"
        )
        yield f"- {article}: {plain(told(one.element, t))} {t(f'law-{one.state}')}"
        for limit in one.limits:
            yield f"    - {plain(told(limit, t))}"
    yield ""
