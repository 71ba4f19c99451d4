"""A comparison as one self-contained page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from witnessmark.model.finding import CHAPTERS
from witnessmark.report.compare import Change
from witnessmark.report.document import Document
from witnessmark.report.shown import plain, shown

PARTS = Path(__file__).with_name("html")
STATES = {"new": "New", "different": "Different", "gone": "No longer"}


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
    chapters = [
        (name, [one for one in changes if one.finding.chapter == name]) for name in CHAPTERS
    ]
    page = environment.get_template("comparison.html").render(
        before=before.app,
        after=after.app,
        chapters=[(name, listed) for name, listed in chapters if listed],
        total=len(changes),
        states=STATES,
        style=Markup((PARTS / "report.css").read_text(encoding="utf-8")),
    )
    return page.encode("utf-8")
