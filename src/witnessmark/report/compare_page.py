"""A comparison as one self-contained page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from witnessmark.model.finding import CHAPTERS
from witnessmark.report.compare import Change
from witnessmark.report.document import Document
from witnessmark.report.shown import plain, shown
from witnessmark.report.view import heading
from witnessmark.report.words import words

PARTS = Path(__file__).with_name("html")
STATES = {"new": "New", "different": "Different", "gone": "No longer"}
REACHED = {
    "reached": "code that runs leads to it",
    "unreached": "no running code was seen to lead to it",
    "unknown": "not known whether running code leads to it",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """Changes of one chapter: how many of each state, and all by the heading of their kind."""

    name: str
    question: str
    counts: Mapping[str, int]
    kinds: Sequence[tuple[str, Sequence[Change]]]


def render(before: Document, after: Document, changes: Sequence[Change]) -> bytes:
    """The page for two documents and their changes."""
    environment = Environment(
        loader=FileSystemLoader(PARTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"shown": shown, "plain": plain}
    page = environment.get_template("comparison.html").render(
        before=before.app,
        after=after.app,
        chapters=[_chapter(name, listed) for name, listed in _by_chapter(changes)],
        total=len(changes),
        states=STATES,
        reached=REACHED,
        style=Markup((PARTS / "report.css").read_text(encoding="utf-8")),
    )
    return page.encode("utf-8")


def _by_chapter(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    listed = [(name, [c for c in changes if c.finding.chapter == name]) for name in CHAPTERS]
    return [(name, some) for name, some in listed if some]


def _chapter(name: str, changes: Sequence[Change]) -> Chapter:
    speak = words()
    order = list(STATES)
    ranked = sorted(
        changes, key=lambda one: (one.finding.kind, not one.finding.special, order.index(one.state))
    )
    kinds = [
        (heading(kind, speak), list(some))
        for kind, some in groupby(ranked, key=lambda one: one.finding.kind)
    ]
    return Chapter(name, speak(f"question-{name}"), Counter(one.state for one in changes), kinds)
