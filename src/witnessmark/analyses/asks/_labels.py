"""Which words belong to an input: by reference, by its own text, by where they stand.

Places are those of the drawn screen. A label stands left of its input in the same row, or right
above it; in a grid the heads of row and column label a cell together. A heading over several
inputs labels none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from witnessmark.analyses.asks._boxes import Box
from witnessmark.analyses.asks._heads import NEAR_ABOVE, each_has_one, one_of_heads, text_before
from witnessmark.analyses.asks._layouts import View
from witnessmark.analyses.asks._neighbours import Neighbours, at_once
from witnessmark.analyses.asks._standing import (
    common,
    describes,
    id_name,
    is_below,
    is_one_of_tabs,
    is_remark,
    is_rest_of_pair,
    is_row_of_one_question,
    is_sign,
    middle,
    names_nothing,
    reads_from_right,
    same_row,
    share_width,
    wrapper,
)

Labelled = tuple[View, str]
"""A view, and its attribute that holds the words."""

IsInput = Callable[[View], bool]
Says = Callable[[View, str], str]
"""The words of an attribute of a view, or those that code sets there; empty for none."""

Acts = Callable[[str], bool]
"""Whether a text stands on buttons and names no fact, as “back” does."""

OWN_TEXT = ("check", "radio")
NEAR_BESIDE = 300
NEAR_HEAD = 90
ALIGNED = 16
ROWS_UP = 3
"""Holders around an input in which the only text there is belongs to it."""

LONGEST_UNIT = 6
"""Letters of a unit that stands behind an input: h, min, 年, days."""

COLON = (":", "：")


class Labeller:
    """Finds labels on one placed screen."""

    def __init__(self, boxes: Sequence[Box], is_input: IsInput, says: Says, acts: Acts) -> None:
        self.boxes = boxes
        self.is_input = is_input
        self.says = says
        self.acts = acts
        self._by_view = {id(box.view): box for box in boxes}
        self._stand = Neighbours(
            [box for box in boxes if self._is_text(box)],
            [box for box in boxes if is_input(box.view)],
            self._is_told,
        )
        self._besides: dict[int, Box | None] = {}
        self._in_row: dict[int, bool] = {}
        self._each_has_one: dict[tuple[int, int, int], bool] = {}

    def _is_text(self, box: Box) -> bool:
        simple = box.view.class_name.rpartition(".")[2]
        return (
            box.look == "text"
            and not self.is_input(box.view)
            and simple.endswith("TextView")
            and bool(said := self.says(box.view, "text").strip())
            and not self.acts(said)
        )

    def labels(self, view: View, kind: str) -> tuple[Labelled, ...]:
        """What labels an input, best first; several where heads of row and column do."""
        named = self._label_for(view)
        if named is not None:
            return ((named, "text"),)
        if kind in OWN_TEXT and self.says(view, "text"):
            return ((view, "text"),)
        around = wrapper(view)
        if around is not None and self.says(around, "hint"):
            return ((around, "hint"),)
        placed = self._by_place(view, kind)
        if placed:
            return tuple((one.view, "text") for one in placed)
        before = text_before(view)
        if before is not None and self._may_name(before, view, kind):
            return ((before, "text"),)
        if self.says(view, "contentDescription"):
            return ((view, "contentDescription"),)
        shared = self._of_both(view, kind)
        if shared is not None:
            return ((shared, "text"),)
        own = self.says(view, "text") if kind != "text" or view.get("text") else ""
        if own and not self.says(view, "hint") and not names_nothing(own):
            return ((view, "text"),)
        return ()

    def _of_both(self, view: View, kind: str) -> View | None:
        """What names a group of buttons and a list that answer one question: the only text before
        the two in the layout made for them, or the one right before that layout.
        """
        around = view.parent
        while around is not None and around.parent is not None:
            held = [one for one in self._stand.inputs_in(around) if not is_below(one.view, view)]
            if not is_rest_of_pair(held, kind):
                return None
            box = self._by_view.get(id(view))
            texts = [one for one in self._stand.texts_in(around) if not is_below(one.view, view)]
            if held and not texts:
                before = text_before(around)
                said = self.says(before, "text").strip() if before is not None else ""
                return before if said and not names_nothing(said) else None
            if held and box is not None:
                only = len(texts) == 1 and not names_nothing(texts[0].text)
                first = only and all(self._comes_before(texts[0], one) for one in (*held, box))
                return texts[0].view if first else None
            if texts:
                return None
            around = around.parent
        return None

    def _may_name(self, text: View, view: View, kind: str) -> bool:
        """Whether a text right before an input names it that stands elsewhere on the screen or has
        words of a button: a question in the middle over a group, “Login” over what is typed.
        """
        said = self.says(text, "text").strip()
        if not said or names_nothing(said) or text.get("clickable") == "true":
            return False
        if kind == "text":
            typed = view.parent is text.parent and not text.get("onClick")
            return typed and self.acts(said) and not self.says(view, "hint")
        if kind != "group" or text.parent is None:
            return False
        own = {id(one) for one in view.walk()}
        return not any(id(one) not in own and self.is_input(one) for one in text.parent.walk())

    def _label_for(self, view: View) -> View | None:
        return self._referring.get(id_name(view.get("id")))

    @cached_property
    def _referring(self) -> dict[str, View]:
        """The first view with words that names an id as what it labels, by the id."""
        found: dict[str, View] = {}
        for box in self.boxes:
            own = id_name(box.view.get("labelFor"))
            if own and own not in found and self.says(box.view, "text"):
                found[own] = box.view
        return found

    def _by_place(self, view: View, kind: str) -> tuple[Box, ...]:
        """The words around an input: beside, at the heads of a grid, above, or behind it."""
        box = self._by_view.get(id(view))
        if box is None or box.width == 0:
            return ()
        if kind not in OWN_TEXT and (named := self._before_units(box)) is not None:
            return (named,)
        if kind == "group" and (inside := self._first_inside(box)) is not None:
            return (inside,)
        beside = self._beside(box)
        if beside is not None and not names_nothing(beside.text):
            head = self._head(box) if kind != "group" and self._shared(beside) else None
            return (beside, head) if head is not None else (beside,)
        after = self._after(box, from_right=kind not in OWN_TEXT)
        if kind in OWN_TEXT and after is not None:
            return (after,)
        alone = self._alone_with(box) if kind not in OWN_TEXT else None
        if alone is not None:
            return (alone,)
        over = one_of_heads(box, self._stand) if kind not in OWN_TEXT else None
        if over is not None:
            return (over,)
        row = self._row_text(box)
        if beside is not None and is_sign(beside.text) and self._goes_to(row, beside):
            return (row,) if row is not None else ()
        head = self._head(box) if self._in_grid(box) else None
        if head is not None:
            return (beside, head) if beside is not None and is_sign(beside.text) else (head,)
        return self._around(box, kind, (row, beside, after))

    def _around(
        self, box: Box, kind: str, near: tuple[Box | None, Box | None, Box | None]
    ) -> tuple[Box, ...]:
        """What names an input that no text right beside it names; ``near`` are the text of its
        row, that beside it, and that behind it.
        """
        row, beside, after = near
        if kind in OWN_TEXT and row is not None and self._between(row, box):
            row = None
        parts = self._name_of_parts(box) if kind not in OWN_TEXT and row is None else None
        if parts is not None:
            return (parts,)
        above = self._above(box)
        if row is not None and (above is None or self._goes_on(row, above, box)):
            return (row,)
        if above is not None:
            return (above,)
        if beside is not None and is_sign(beside.text):
            return (beside,)
        return (after,) if after is not None else ()

    def _first_inside(self, box: Box) -> Box | None:
        """The text in a group of buttons that comes before them."""
        for view in box.view.walk():
            if view is not box.view and self.is_input(view):
                return None
            held = self._by_view.get(id(view))
            if held is not None and self._stand.is_text(held):
                return None if names_nothing(held.text) else held
        return None

    def _before_units(self, box: Box) -> Box | None:
        """What names a row in which a text follows each input, as units do (__ h __ min): the text
        or the box to tick before the first of them, else the unit of the input itself.
        """
        row = sorted(
            (*self._stand.texts_beside(box), *self._stand.inputs_beside(box)),
            key=lambda one: one.x,
        )
        inputs = [one for one in row if self.is_input(one.view)]
        ticked = inputs[0].look in OWN_TEXT and bool(inputs[0].text)
        if ticked and not names_nothing(inputs[0].text):
            row, inputs = row[row.index(inputs[0]) :], inputs[1:]
        if len(inputs) < 2 or not any(one is box for one in inputs):
            return None
        first = row.index(inputs[0])
        if [self.is_input(one.view) for one in row[first:]] != [True, False] * len(inputs):
            return None
        if any(len(one.text.strip()) > LONGEST_UNIT for one in row[first + 1 :: 2]):
            return None
        if first and not names_nothing(row[first - 1].text):
            return row[first - 1]
        return row[row.index(box) + 1]

    def _name_of_parts(self, box: Box) -> Box | None:
        """The only text in a holder of inputs in one row that all have a hint, as parts of an
        answer do.
        """
        around = box.view.parent
        while around is not None and around.parent is not None:
            texts = list(islice(self._texts_held(around, box), 2))
            inputs = (one for one in self._stand.inputs_in(around) if _is_outside(one, box))
            if len(texts) > 1 or not self.says(box.view, "hint"):
                return None
            held = []
            for one in inputs:
                if not self.says(one.view, "hint"):
                    return None
                held.append(one)
            if texts and held and all(same_row(one, box) for one in (*held, box)):
                first = all(self._comes_before(texts[0], one) for one in (*held, box))
                return texts[0] if first and not names_nothing(texts[0].text) else None
            if texts:
                return None
            around = around.parent
        return None

    def _alone_with(self, box: Box) -> Box | None:
        """The only text before an input in the row that the layout makes for the two of them."""
        around = box.view.parent
        for _ in range(ROWS_UP):
            if around is None or around.parent is None:
                return None
            if any(_is_outside(one, box) for one in self._stand.inputs_in(around)):
                return None
            texts = list(islice(self._texts_held(around, box), 2))
            if len(texts) > 1:
                return None
            if texts:
                fits = not names_nothing(texts[0].text) and self._comes_before(texts[0], box)
                return texts[0] if fits else None
            around = around.parent
        return None

    def _texts_held(self, around: View, box: Box) -> Iterator[Box]:
        """Texts in a holder that can be seen with an input, without it and what is in it."""
        held = (one for one in self._stand.texts_in(around) if at_once(one, box))
        return (one for one in held if _is_outside(one, box))

    def _comes_before(self, text: Box, box: Box) -> bool:
        """Whether a text comes before an input in the layout, so that it is no unit behind it."""
        return self._stand.comes_first(text.view, box.view)

    def _beside(self, box: Box) -> Box | None:
        """The nearest text left of a box in its row, with no other input between."""
        if id(box) not in self._besides:
            self._besides[id(box)] = self._nearest_left(box)
        return self._besides[id(box)]

    def _nearest_left(self, box: Box) -> Box | None:
        row = [one for one in self._stand.texts_beside(box) if one.right <= box.x + 2]
        row.sort(key=lambda one: -one.right)
        inputs = self._stand.inputs_beside(box)
        between = [one for one in inputs if one is not box and one.x < box.x]
        first: Box | None = None
        for one in row:
            if any(one.x < other.x < box.x for other in between):
                break
            if box.x - one.right > NEAR_BESIDE:
                break
            if not names_nothing(one.text) and not is_remark(one.text):
                return one
            first = first or one
        return first

    def _row_text(self, box: Box) -> Box | None:
        """The nearest text left of a box in its row, even with other inputs between."""
        row = [
            one
            for one in self._stand.texts_beside(box)
            if one.right <= box.x + 2 and not names_nothing(one.text)
        ]
        return max(row, key=lambda one: one.right, default=None)

    def _goes_to(self, row: Box | None, sign: Box) -> bool:
        """Whether a text labels what stands before a sign, so that the answer goes on behind it."""
        return row is not None and row.right <= sign.x and self._between(row, sign)

    def _between(self, first: Box, last: Box) -> bool:
        """Whether an input stands between two boxes of a row."""
        return any(
            first.right - 2 <= one.x and one.right <= last.x + 2
            for one in self._stand.inputs_beside(last)
        )

    def _goes_on(self, row: Box, above: Box, box: Box) -> bool:
        """Whether an input goes on with the answer of its row, so that no text above labels it."""
        if row.text.strip().endswith(COLON) or abs(above.x - box.x) > ALIGNED:
            return True
        return any(
            other is not box and share_width(above, other)
            for other in self._stand.inputs_beside(box)
        )

    def _above(self, box: Box) -> Box | None:
        """The nearest text right above a box, unless it heads several inputs."""
        over = [
            one
            for one in self._stand.texts_over(box, box, NEAR_ABOVE)
            if not names_nothing(one.text)
        ]
        if not over:
            return None
        nearest = max(over, key=lambda one: (one.bottom, -abs(one.x - box.x)))
        if self._stand.has_input_between(nearest, box):
            return None
        if self._has_input_left_of(nearest) or self._labels_another(nearest, box):
            return None
        if len(self._stand.inputs_beside(box)) > 1 and any(
            one is not nearest and at_once(one, box) for one in self._stand.texts_in_row(nearest)
        ):
            return None
        if self._is_in_row_of_another(nearest, box):
            return None
        if self.says(box.view, "hint") and (
            (nearest.font > box.font + 1 and not self._is_one_of_labels(nearest, box))
            or is_one_of_tabs(nearest, over)
            or describes(nearest.text)
        ):
            return None
        return None if self._is_heading(nearest, box) else nearest

    def _is_one_of_labels(self, text: Box, box: Box) -> bool:
        """Whether a text of the same size stands over each input beside it in the layout."""
        key = (id(box.view.parent), text.font, box.turn)
        if key not in self._each_has_one:
            self._each_has_one[key] = each_has_one(text, box, self._stand)
        return self._each_has_one[key]

    def _has_input_left_of(self, text: Box) -> bool:
        """Whether the text follows an input in its row, as a unit does."""
        return any(
            one.right <= text.x + 2 and text.x - one.right < NEAR_ABOVE
            for one in self._stand.inputs_beside(text)
        )

    def _labels_another(self, text: Box, box: Box) -> bool:
        """Whether a text stands left of another input, and so is the label of that."""
        return any(
            other is not box and other.x >= text.right - 2 and self._beside(other) is text
            for other in self._stand.inputs_beside(text)
        )

    def _is_in_row_of_another(self, text: Box, box: Box) -> bool:
        """Whether the layout puts a text into one row with other inputs, and this one elsewhere."""
        around = text.view.parent
        while around is not None and around.parent is not None:
            if is_below(box.view, around):
                return False
            if self._stand.inputs_in(around):
                return True
            around = around.parent
        return False

    def _is_heading(self, text: Box, box: Box) -> bool:
        """Whether a text stands over more than this input: a title, the name of a section."""
        around = common(text.view, box.view)
        inside = self._stand.inputs_in(around)
        if any(one is not box for one in self._stand.inputs_in(box.view)):
            inside = [one for one in inside if one is box or not is_below(one.view, box.view)]
        if len(inside) < 2:
            if not self.says(box.view, "hint") or text.text.strip().endswith(COLON):
                return False
            together = text.view.parent is box.view.parent and abs(text.x - box.x) <= ALIGNED
            return text.width < box.width // 3 and not together
        if self.says(box.view, "hint"):  # a box to tick has its own words, whatever heads the rest
            inside = [one for one in inside if one.look not in OWN_TEXT]
        if any(one.y >= text.bottom - 2 and self._has_own_text(one, text) for one in inside):
            return False
        below = [one for one in inside if one.y >= text.bottom - 2]
        return len(below) > 1 and not is_row_of_one_question(below)

    def _has_own_text(self, box: Box, other: Box) -> bool:
        if box.look in OWN_TEXT and not names_nothing(box.text):
            return True
        if id(box) not in self._in_row:
            after = self._after(box, from_right=True)
            self._in_row[id(box)] = after is not None or self._beside(box) is not None
        if self._in_row[id(box)]:
            return True
        over = self._stand.texts_over(box, box, NEAR_ABOVE)
        return any(one is not other for one in over)

    def _shared(self, text: Box) -> bool:
        """Whether a text is left of several inputs of its row."""
        if text.text.strip().endswith(COLON):
            return False
        row = [
            one
            for one in self._stand.inputs_beside(text)
            if one.x >= text.right - 2 and self._row_text(one) is text
        ]
        heads = {id(head) for head in map(self._head, row) if head is not None}
        return len(row) > 1 and len(heads) > 1

    def _in_grid(self, box: Box) -> bool:
        """Whether inputs stand in rows and columns around a box: two rows with several each."""
        if len(self._stand.inputs_beside(box)) < 2:
            return False
        rows = (one for one in self._stand.column(box) if len(self._stand.inputs_beside(one)) > 1)
        return len(list(islice(rows, 2))) > 1

    def _is_told(self, box: Box) -> bool:
        """Whether an input says itself what it is, as a box to tick with a text does."""
        return box.look in OWN_TEXT and bool(self.says(box.view, "text"))

    def _head(self, box: Box) -> Box | None:
        """The head of the column: the lowest text over its first input."""
        top = self._stand.column(box)[0]
        heads = [
            one
            for one in self._stand.texts_over(box, top, NEAR_HEAD)
            if one.width <= 2 * max(box.width, 60) and not self._is_in_row_of_another(one, box)
        ]
        if not heads:
            return None
        lowest = max(one.bottom for one in heads)
        last = [one for one in heads if lowest - one.bottom <= 6]
        return min(last, key=lambda one: abs(middle(one) - middle(box)))

    def _after(self, box: Box, *, from_right: bool) -> Box | None:
        """The text right of the only input of a row, as behind a box to tick.

        ``from_right`` asks for writing from right to left.
        """
        row = [one for one in self._stand.texts_beside(box) if one.x >= box.right - 2]
        if len(self._stand.inputs_beside(box)) != 1 or not row:
            return None
        first = min(row, key=lambda one: one.x)
        if names_nothing(first.text) or first.x - box.right > NEAR_BESIDE:
            return None
        if not from_right:
            return first
        return first if len(row) == 1 and reads_from_right(first.text) else None


def _is_outside(one: Box, box: Box) -> bool:
    """Whether a box is not an input, nor in it."""
    return not is_below(one.view, box.view)
