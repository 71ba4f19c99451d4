"""Where words and inputs of a placed screen stand to each other, and words that name nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from witnessmark.analyses.asks._boxes import Box
from witnessmark.analyses.asks._layouts import View
from witnessmark.formats.patterns import kept_regex

PLACEHOLDER = kept_regex(r"[\W\d_]*|null|textview|hello world!?", re.IGNORECASE)
"""Texts that name nothing: signs, numbers, what an editor puts there."""

REMARK = kept_regex(r"[（(\[【].*[)）\]】][*＊]?|[*＊]\s*[（(].*[)）]")
"""Texts in brackets, as “(optional)” beside the label that they remark on."""

SIGNS = kept_regex(r"[+\-−]")

LABEL_WORDS, LABEL_LETTERS = 5, 40
"""Words and letters beyond which a text over an input that has a hint only describes."""

EXCLAIMING = ("!", "！", "。")
"""Ends of sentences that tell somebody something."""

ASKING = ("?", ":", "？", "：", "*", "؟")

WRAPPERS = ("TextInputLayout",)


def reads_from_right(text: str) -> bool:
    """Whether a text is written from right to left."""
    return any("\u0590" <= letter <= "\u08ff" for letter in text)


def names_nothing(text: str) -> bool:
    """Whether a text is a sign, a number, or what an editor puts there."""
    return PLACEHOLDER.fullmatch(text.strip()) is not None


def is_remark(text: str) -> bool:
    """Whether a text is a remark in brackets."""
    return REMARK.fullmatch(text.strip()) is not None


def describes(text: str) -> bool:
    """Whether a text says at length what a page or a step is for, or exclaims something, and asks
    for nothing.
    """
    if text.rstrip().endswith(EXCLAIMING):
        return True
    long = len(text.split()) > LABEL_WORDS and len(text) > LABEL_LETTERS
    return long and not text.rstrip().endswith(ASKING)


def is_sign(text: str) -> bool:
    """Whether a text is a plus or minus."""
    return SIGNS.fullmatch(text.strip()) is not None


def is_one_of_tabs(text: Box, over: Sequence[Box]) -> bool:
    """Whether other texts over the same input stand in the row of a text."""
    return any(one is not text and same_row(one, text) for one in over)


def is_row_of_one_question(boxes: Sequence[Box]) -> bool:
    """Whether the inputs below a text stand in one row, as the parts of one answer do."""
    first = boxes[0]
    return all(same_row(one, first) for one in boxes)


def is_rest_of_pair(others: Sequence[Box], kind: str) -> bool:
    """Whether the other inputs around a group of buttons are at most one list, those around a list
    the buttons of one group, and those around any other kind of input none.
    """
    if kind == "group":
        return len(others) < 2 and all(one.look == "choice" for one in others)
    groups = {id(one.view.parent) for one in others if one.look == "radio"}
    alike = all(one.look == "radio" for one in others)
    return not others or (kind == "choice" and alike and len(groups) == 1)


def same_row(first: Box, second: Box) -> bool:
    """Whether half of the lower of two boxes stands beside the other."""
    shared = min(first.bottom, second.bottom) - max(first.y, second.y)
    return shared * 2 >= min(first.height, second.height) > 0


def same_column(first: Box, second: Box) -> bool:
    """Whether three fifths of the narrower of two boxes stand over or under the other."""
    shared = min(first.right, second.right) - max(first.x, second.x)
    return shared * 5 >= min(first.width, second.width) * 3


def share_width(first: Box, second: Box) -> bool:
    """Whether a part of two boxes stands over each other."""
    return first.x < second.right and second.x < first.right


def middle(box: Box) -> int:
    """The middle of a box across."""
    return box.x + box.width // 2


def wrapper(view: View) -> View | None:
    """The view around an input that carries its hint."""
    at = view.parent
    for _ in range(2):
        if at is None:
            return None
        if at.class_name.endswith(WRAPPERS):
            return at
        at = at.parent
    return None


def common(first: View, second: View) -> View | None:
    """The smallest view around both."""
    around = set()
    at: View | None = first
    while at is not None:
        around.add(id(at))
        at = at.parent
    at = second
    while at is not None and id(at) not in around:
        at = at.parent
    return at


def is_below(view: View, around: View | None) -> bool:
    """Whether a view is another, or in it; all are in None."""
    at: View | None = view
    while at is not None:
        if at is around:
            return True
        at = at.parent
    return around is None


def id_name(value: str) -> str:
    """The name of a reference to an id."""
    return value.rpartition("/")[2]
