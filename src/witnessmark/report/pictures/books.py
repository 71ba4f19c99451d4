"""Code books: each a card of codes, labels and glosses."""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.report.document import Document, FrozenFinding
from witnessmark.report.pictures.svg import Drawing, Palette
from witnessmark.report.words import Words

WIDTH, GUTTER, ACROSS, LINE, MARGIN = 860.0, 24.0, 2, 19.0, 18.0
MOST_BOOKS, MOST_ENTRIES = 8, 14


def draw(document: Document, words: Words, palette: Palette) -> str:
    """Cards of code books, those on special categories first; empty when there are none."""
    books = [
        one
        for one in document.findings
        if one.kind == "marks.code_book" and one.subject.get("entries")
    ]
    if not books:
        return ""
    books.sort(key=lambda one: (not one.special, not one.categories, one.reach.state, one.id))
    picture = Drawing(palette, WIDTH)
    wide = (WIDTH - GUTTER * (ACROSS - 1)) / ACROSS
    bottoms = [4.0] * ACROSS
    for one in books[:MOST_BOOKS]:
        column = min(range(ACROSS), key=lambda at: (bottoms[at], at))
        bottoms[column] += _card(
            picture, one, column * (wide + GUTTER), bottoms[column], wide, words
        )
        bottoms[column] += MARGIN
    height = max(bottoms)
    if len(books) > MOST_BOOKS:
        more = words("more", n=len(books) - MOST_BOOKS)
        picture.text(0, height, more, size=12, fill=palette.soft)
        height += 12
    return picture.done(height, words("picture-books"))


def _card(
    picture: Drawing, one: FrozenFinding, left: float, top: float, wide: float, words: Words
) -> float:
    """Draw a card; its height."""
    palette = picture.palette
    entries = [entry for entry in one.subject["entries"] if isinstance(entry, Mapping)]
    shown, more = entries[:MOST_ENTRIES], max(len(entries) - MOST_ENTRIES, 0)
    height = 36 + LINE * (len(shown) + bool(more))
    picture.open_link(one.id)
    picture.box(
        left, top, wide, height, palette.sheet, palette.accent if one.special else palette.line
    )
    name = str(one.subject.get("name", "")).rpartition(".")[2]
    picture.text(left + 12, top + 19, name, size=13, width=wide - 24, bold=True)
    picture.close_link()
    for number, entry in enumerate(shown):
        y = top + 40 + LINE * number
        label, gloss = str(entry.get("label", "")), str(entry.get("gloss", "") or "")
        picture.text(left + 12, y, str(entry.get("code", "")), size=11, width=70, fill=palette.soft)
        half = (wide - 100) / (2 if gloss and gloss != label else 1)
        picture.text(left + 88, y, label, size=13, width=half - 6)
        if gloss and gloss != label:
            picture.text(left + 88 + half, y, gloss, size=12, width=half - 6, fill=palette.soft)
    if more:
        y = top + 40 + LINE * len(shown)
        picture.text(left + 12, y, words("more", n=more), size=11, fill=palette.soft)
    return height
