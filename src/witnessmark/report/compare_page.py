"""A comparison as one self-contained page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from witnessmark.model.finding import CHAPTERS
from witnessmark.report.compare import Change
from witnessmark.report.document import Document
from witnessmark.report.shown import plain, shown
from witnessmark.report.told import told
from witnessmark.report.view import heading
from witnessmark.report.words import ENGLISH, Words, words

PARTS = Path(__file__).with_name("html")
STATES = ("new", "different", "gone")
MARK = "\0"
"""Stands for words of the app in a message until they are put in as markup."""


class Chapter(Struct, frozen=True):
    """Changes of one chapter: how many of each state, and all by the heading of their kind."""

    id: str
    name: str
    question: str
    counts: Mapping[str, int]
    kinds: Sequence[tuple[str, Sequence[Change]]]


def render(
    before: Document, after: Document, changes: Sequence[Change], lang: str = ENGLISH
) -> bytes:
    """The page for two documents and their changes, in the given language."""
    t = words(lang)
    environment = Environment(
        loader=FileSystemLoader(PARTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"shown": shown, "plain": plain, "told": lambda text: told(text, t)}
    page = environment.get_template("comparison.html").render(
        t=t,
        before=before.app,
        after=after.app,
        chapters=[_chapter(name, listed, t) for name, listed in _by_chapter(changes)],
        head=_placed(t("compare-head", app=MARK), after.app.name),
        lead=_placed(
            t("compare-lead", before=MARK, after=MARK, n=len(changes)),
            before.app.version,
            after.app.version,
        ),
        states=STATES,
        style=Markup((PARTS / "report.css").read_text(encoding="utf-8")),
    )
    return page.encode("utf-8")


def _placed(message: str, *texts: str) -> Markup:
    """``message`` with the app's words at its marks, each apart in its own direction."""
    first, *rest = message.split(MARK)
    parts = [
        Markup("<bdi>{}</bdi>{}").format(shown(text), part)
        for text, part in zip(texts, rest, strict=True)
    ]
    return Markup("{}{}").format(first, Markup("").join(parts))


def _by_chapter(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    listed = [(name, [c for c in changes if c.finding.chapter == name]) for name in CHAPTERS]
    return [(name, some) for name, some in listed if some]


def _chapter(name: str, changes: Sequence[Change], t: Words) -> Chapter:
    ranked = sorted(
        changes,
        key=lambda one: (one.finding.kind, not one.finding.special, STATES.index(one.state)),
    )
    kinds = [
        (heading(kind, t), list(some))
        for kind, some in groupby(ranked, key=lambda one: one.finding.kind)
    ]
    counts: Counter[str] = Counter(one.state for one in changes)
    return Chapter(name, t(f"chapter-{name}"), t(f"question-{name}"), counts, kinds)
