"""Drawings of what has no layout of its own: rows one below the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from witnessmark.analyses.asks._boxes import GAP, WIDTH, Look
from witnessmark.analyses.asks._measures import GLOSS_FONT, wrapped

FONT, SMALL = 14, 12
INPUT_HEIGHT, MARK_HEIGHT = 34, 24
CONTROLS: dict[str, Look] = {
    "text": "input", "choice": "choice", "check": "switch", "radio": "choice", "date": "date",
    "number": "input", "capture": "image",
}  # fmt: skip
MOST_ROWS = 300
MOST_LINES = 3
HINT_ROOM = 48
"""Room at the sides of an input that a hint does not take."""


class Row(Struct, frozen=True):
    """One row: words, smaller words under them, and what is filled in.

    ``number`` of a field; ``hint`` the words inside what is filled in.
    """

    text: str
    below: str = ""
    kind: str = ""
    number: int = 0
    is_button: bool = False
    hint: str = ""


def listed(rows: Iterable[Row], gloss: Callable[[str], str]) -> dict[str, Any]:
    """A drawing of rows, as that of a layout."""
    boxes: list[dict[str, Any]] = []
    y = 0
    for row in list(rows)[:MOST_ROWS]:
        beside = row.kind == "check"
        room = WIDTH - 48 if beside else WIDTH
        top = y
        for text, font in ((row.text, FONT), (row.below, SMALL)):
            if text:
                box = _words(text, gloss(text), (y, room, font), row.is_button)
                boxes.append(box)
                y += int(box["h"])
        if row.kind:
            height = INPUT_HEIGHT if not beside else MARK_HEIGHT
            place = {"x": WIDTH - 44, "y": top, "w": 40} if beside else {"x": 0, "y": y, "w": WIDTH}
            boxes.append({**place, "h": height, "look": CONTROLS.get(row.kind, "input")})
            if row.number:
                boxes[-1]["field"] = row.number
            if row.hint and not beside:
                height = _inside(boxes[-1], row.hint, gloss(row.hint))
            y = max(y, top + height) if beside else y + height
        y += 2 * GAP
    return {"width": WIDTH, "height": y, "boxes": boxes}


def _inside(box: dict[str, Any], hint: str, english: str) -> int:
    """Put a hint into a box; how high the box became."""
    lines = wrapped(hint, FONT, WIDTH - HINT_ROOM)[:MOST_LINES]
    gloss = wrapped(english, GLOSS_FONT, WIDTH - HINT_ROOM)[:MOST_LINES] if english else []
    box |= {"lines": lines, "font": FONT, "hint": True} | ({"gloss": gloss} if gloss else {})
    box["h"] = max(INPUT_HEIGHT, int(len(lines) * FONT * 1.3 + len(gloss) * GLOSS_FONT * 1.25 + 12))
    return int(box["h"])


def _words(text: str, english: str, place: tuple[int, int, int], button: bool) -> dict[str, Any]:
    y, room, font = place
    lines = wrapped(text, font, room - (24 if button else 0))
    gloss = wrapped(english, GLOSS_FONT, room) if english else []
    height = int(len(lines) * font * 1.3 + len(gloss) * GLOSS_FONT * 1.25 + 2.5)
    box: dict[str, Any] = {
        "x": 0, "y": y, "w": WIDTH if button else room, "h": height + (12 if button else 0),
        "look": "button" if button else "text", "lines": lines, "font": font,
    }  # fmt: skip
    return {**box, "gloss": gloss} if gloss else box
