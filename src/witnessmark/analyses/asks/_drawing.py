"""The drawing of a screen as a finding holds it; the report turns it into a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from witnessmark.analyses.asks._boxes import Box
from witnessmark.analyses.asks._layouts import View
from witnessmark.analyses.asks._leaves import font_of
from witnessmark.analyses.asks._measures import Sizes
from witnessmark.analyses.asks._pages import Page
from witnessmark.facts.view import Facts

MOST_BOXES = 600
FROM_RIGHT = ("rtl", "1", "0x1")
"""Values of ``layoutDirection``, by name and by number."""


def drawing_of(app: Facts, page: Page) -> dict[str, Any]:
    """Width, height and boxes in document order, only what is seen; and how many boxes more there
    are, where not all are here.
    """
    sizes = app.once(Sizes)
    numbers = _numbers(page)
    width, height = page.size
    places = mirrored(page.boxes)
    boxes = [
        _box(box, numbers, sizes) | places.get(id(box), {}) for box in page.boxes if box.is_seen
    ]
    drawn = {"width": width, "height": height, "boxes": boxes[:MOST_BOXES]}
    left_out = page.left_out + len(boxes[MOST_BOXES:])
    return drawn | ({"left_out": left_out} if left_out else {})


def mirrored(boxes: Sequence[Box]) -> Mapping[int, dict[str, int]]:
    """Places of boxes in views that are written from right to left, by box.

    Boxes are placed from left to right, so that a label is always before its input; where the
    layout states the other direction, they are drawn as in a mirror.
    """
    found: dict[int, dict[str, int]] = {}
    for box in boxes:
        if box.view.get("layoutDirection") in FROM_RIGHT and id(box) not in found:
            for inner in box.walk():
                if inner is not box:
                    found[id(inner)] = {"x": box.x + box.right - inner.right}
    return found


def _numbers(page: Page) -> Mapping[int, int]:
    """Number of the input by its view; a group of radio buttons has the number on its first."""
    found: dict[int, int] = {}
    drawn = {id(box.view) for box in page.boxes if box.is_leaf}
    for number, one in enumerate(page.inputs, 1):
        view = one.view
        if id(view) not in drawn:
            view = next((v for v in one.view.walk() if id(v) in drawn), one.view)
        found.setdefault(id(view), number)
    return found


def _box(box: Box, numbers: Mapping[int, int], sizes: Sizes) -> dict[str, Any]:
    found: dict[str, Any] = {
        "x": box.x, "y": box.y, "w": box.width, "h": box.height, "look": box.look,
    }  # fmt: skip
    if box.lines:
        found["lines"] = list(box.lines)
        found["font"] = font_of(box.view, box.look, sizes)
    if box.gloss:
        found["gloss"] = list(box.gloss)
    if box.is_hint:
        found["hint"] = True
    if id(box.view) in numbers:
        found["field"] = numbers[id(box.view)]
    if _is_hidden(box.view):
        found["hidden"] = True
    return found


def _is_hidden(view: View) -> bool:
    at: View | None = view
    while at is not None:
        if at.get("visibility") in ("gone", "invisible"):
            return True
        at = at.parent
    return False
