"""Rows of texts that head rows or columns of inputs."""

from __future__ import annotations

from witnessmark.analyses.asks._boxes import Box
from witnessmark.analyses.asks._layouts import View
from witnessmark.analyses.asks._neighbours import Neighbours, at_once
from witnessmark.analyses.asks._standing import names_nothing

HOLDERS = 2
"""How far up a holder may begin with an input."""

NEAR_ABOVE = 30
"""Distance up to which a text stands right above an input."""


def one_of_heads(box: Box, stand: Neighbours) -> Box | None:
    """Of a row of texts right above a row of as many inputs, the one in the place of ``box``."""
    row = [one for one in stand.inputs_beside(box) if one is box or not stand.is_part(one)]
    if len(row) < 2 or stand.texts_beside(box):
        return None
    over = stand.texts_above(box, box, NEAR_ABOVE)
    lowest = max(over, key=lambda one: one.bottom, default=None)
    if lowest is None or stand.inputs_beside(lowest):
        return None
    heads = [one for one in stand.texts_in_row(lowest) if at_once(one, box)]
    if len(heads) != len(row) or any(names_nothing(one.text) for one in heads):
        return None
    left = sum(one.x < box.x for one in row)
    return sorted(heads, key=lambda one: one.x)[left]


def each_has_one(text: Box, box: Box, stand: Neighbours) -> bool:
    """Whether a text of the same size stands right above each input there, as labels do and heads
    of sections do not.
    """
    beside = stand.inputs_with(box.view.parent)
    own = {
        id(over)
        for one in beside
        for over in stand.texts_over(box, one, NEAR_ABOVE)
        if over.font == text.font
    }
    return len(own) == len(beside) > 1


def text_before(view: View) -> View | None:
    """The text that the layout puts right before a view, or before what begins with it."""
    at = view
    for _ in range(HOLDERS):
        if at.parent is None:
            return None
        place = next(n for n, one in enumerate(at.parent.children) if one is at)
        if place:
            before = at.parent.children[place - 1]
            return before if before.class_name.endswith("TextView") else None
        at = at.parent
    return None
