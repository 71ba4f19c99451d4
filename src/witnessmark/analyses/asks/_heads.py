"""Rows of texts that head rows or columns of inputs."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.analyses.asks._boxes import Box
from witnessmark.analyses.asks._standing import is_below, names_nothing, same_row, share_width

NEAR_ABOVE = 30
"""Distance up to which a text stands right above an input."""


def one_of_heads(box: Box, inputs: Sequence[Box], texts: Sequence[Box]) -> Box | None:
    """Of a row of texts right above a row of as many inputs, the one in the place of ``box``.

    ``texts`` are those that can be seen together with it.
    """
    row = [one for one in inputs if same_row(one, box) and not _is_part(one, box, inputs)]
    if len(row) < 2 or any(same_row(one, box) for one in texts):
        return None
    over = [one for one in texts if _is_right_above(one, box)]
    lowest = max(over, key=lambda one: one.bottom, default=None)
    if lowest is None or any(same_row(one, lowest) for one in inputs):
        return None
    heads = [one for one in texts if same_row(one, lowest)]
    if len(heads) != len(row) or any(names_nothing(one.text) for one in heads):
        return None
    left = sum(one.x < box.x for one in row)
    return sorted(heads, key=lambda one: one.x)[left]


def each_has_one(text: Box, box: Box, inputs: Sequence[Box], texts: Sequence[Box]) -> bool:
    """Whether a text of the same size stands right above each input there, as labels do and heads
    of sections do not.
    """
    beside = [one for one in inputs if one.view.parent is box.view.parent]
    own = {
        id(over)
        for one in beside
        for over in texts
        if over.font == text.font and _is_right_above(over, one) and share_width(over, one)
    }
    return len(own) == len(beside) > 1


def parted(upper: Box, lower: Box, texts: Sequence[Box]) -> bool:
    """Whether a text stands between two inputs of a column, so that it names the lower one."""
    return any(
        upper.bottom <= one.y + 2
        and one.bottom <= lower.y + 2
        and share_width(one, lower)
        and not names_nothing(one.text)
        for one in texts
    )


def _is_right_above(text: Box, box: Box) -> bool:
    return 0 <= box.y + 2 - text.bottom <= NEAR_ABOVE + 2


def _is_part(one: Box, box: Box, inputs: Sequence[Box]) -> bool:
    """Whether an input stands in another one, as buttons do in their group."""
    return one is not box and any(
        other is not one and is_below(one.view, other.view) for other in inputs
    )
