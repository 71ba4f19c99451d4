"""Pictures of a report, drawn from the document alone, as SVG that stands inside the page.

Each module draws one picture; it returns None where the document holds nothing to draw. A picture
shows nothing that the findings beside it do not say, and each of its parts leads to its finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup
from msgspec import Struct

from witnessmark.report.document import Document
from witnessmark.report.pictures import books, flows, records, states, triggers
from witnessmark.report.pictures.svg import PAGE, Palette
from witnessmark.report.words import Words

Draw = Callable[[Document, Words, Palette], str]
"""Draws the document; an empty text when there is nothing to draw."""


class Picture(Struct, frozen=True):
    """A picture with its heading and what it does and does not show."""

    title: str
    says: str
    svg: Markup


def pictures(
    document: Document, words: Words, palette: Palette = PAGE
) -> Mapping[str, tuple[Picture, ...]]:
    """Pictures by chapter."""
    drawn: dict[str, tuple[Picture, ...]] = {}
    for chapter, name, says, draw in (
        ("keeps", "records", "records", records.draw),
        ("marks", "books", "books", books.draw),
        ("sends", "flows", "flows" if flows.has_paths(document) else "sides", flows.draw),
        ("orders", "states", "states", states.draw),
        ("orders", "triggers", "triggers", triggers.draw),
    ):
        svg = draw(document, words, palette)
        if svg:
            picture = Picture(words(f"picture-{name}"), words(f"picture-{says}-says"), Markup(svg))
            drawn[chapter] = (*drawn.get(chapter, ()), picture)
    return drawn
