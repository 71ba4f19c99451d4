"""Which boxes of a drawn screen stand beside, above and in one another.

Boxes stand still here. So a box is looked for only among those in its part of the screen, and what
was found is kept: a form of a thousand views costs hardly more a view than one of ten.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from witnessmark.analyses.asks._boxes import Bands, Box
from witnessmark.analyses.asks._layouts import View
from witnessmark.analyses.asks._standing import (
    names_nothing,
    same_column,
    same_row,
    share_width,
)

NEXT_IN_COLUMN = 90
"""Widest gap between two boxes of one column."""


def at_once(first: Box, second: Box) -> bool:
    """Whether two boxes can be seen at the same time."""
    return not (first.turn and second.turn) or first.turn == second.turn


class Neighbours:
    """Texts and inputs of one placed screen; all that is given back is in their order."""

    def __init__(
        self, texts: Sequence[Box], inputs: Sequence[Box], is_told: Callable[[Box], bool]
    ) -> None:
        """``is_told``: whether an input says itself what it is, so that no column needs it."""
        self.texts = texts
        self.inputs = inputs
        self._is_told = is_told
        self._texts_in_row: dict[int, Sequence[Box]] = {}
        self._texts_beside: dict[int, Sequence[Box]] = {}
        self._inputs_beside: dict[int, Sequence[Box]] = {}
        self._columns: dict[tuple[int, int, int, int], dict[int, Sequence[Box]]] = {}

    def texts_in_row(self, box: Box) -> Sequence[Box]:
        """Texts in the row of a box."""
        found = self._texts_in_row.get(id(box))
        if found is None:
            found = self._texts_in_row[id(box)] = [
                one
                for number in self._text_bands.beside(box)
                if same_row(one := self.texts[number], box)
            ]
        return found

    def texts_beside(self, box: Box) -> Sequence[Box]:
        """Texts in the row of a box, seen at the same time."""
        found = self._texts_beside.get(id(box))
        if found is None:
            found = [one for one in self.texts_in_row(box) if at_once(one, box)]
            self._texts_beside[id(box)] = found
        return found

    def inputs_beside(self, box: Box) -> Sequence[Box]:
        """Inputs in the row of a box, itself among them if it is one."""
        found = self._inputs_beside.get(id(box))
        if found is None:
            found = self._inputs_beside[id(box)] = [
                one
                for number in self._input_bands.beside(box)
                if same_row(one := self.inputs[number], box)
            ]
        return found

    def texts_over(self, box: Box, top: Box, near: int) -> list[Box]:
        """Texts over a part of ``top``, seen at the same time as ``box``, that end at most so far
        above ``top``.
        """
        return [one for one in self.texts_above(box, top, near) if share_width(one, top)]

    def texts_above(self, box: Box, top: Box, near: int) -> list[Box]:
        """The same, those over no part of it too."""
        found = (self.texts[n] for n in sorted(self._ending(top.y - near, top.y + 2)))
        return [one for one in found if at_once(one, box)]

    def _ending(self, first: int, last: int) -> Sequence[int]:
        """Numbers of texts whose lower edge is one of those places."""
        bottoms, numbers = self._text_bottoms
        return numbers[bisect_left(bottoms, first) : bisect_right(bottoms, last)]

    def has_input_between(self, first: Box, last: Box) -> bool:
        """Whether an input over or under a part of ``last`` begins between the upper edges."""
        tops, boxes = self._input_tops
        between = boxes[bisect_right(tops, first.y) : bisect_left(tops, last.y)]
        return any(one is not last and share_width(one, last) for one in between)

    def column(self, box: Box) -> Sequence[Box]:
        """Inputs above and below a box that begin where it does, without a wide gap or a text
        between them: a text there names what stands below it.
        """
        place = (box.x, box.width, box.turn, id(box) if self._is_told(box) else 0)
        if place not in self._columns:
            self._columns[place] = self._columns_of(box)
        return self._columns[place].get(id(box), (box,))

    def _columns_of(self, box: Box) -> dict[int, Sequence[Box]]:
        """Inputs over and under a box, parted at wide gaps and texts: the part of each."""
        found: dict[int, Sequence[Box]] = {}
        part: list[Box] = []
        for one in self._input_tops[1]:
            if same_column(one, box) and (one is box or not self._is_told(one)):
                if part and (
                    one.y - part[-1].bottom > NEXT_IN_COLUMN or self._parted(part[-1], one, box)
                ):
                    part = []
                part.append(one)
                found[id(one)] = part
        return found

    def _parted(self, upper: Box, lower: Box, box: Box) -> bool:
        """Whether a text stands between two inputs of a column, so that it names the lower one."""
        return any(
            upper.bottom <= one.y + 2
            and share_width(one, lower)
            and at_once(one, box)
            and not names_nothing(one.text)
            for number in self._ending(upper.bottom - 2, lower.y + 2)
            if (one := self.texts[number])
        )

    def is_text(self, box: Box) -> bool:
        """Whether a box is one of the texts."""
        return id(box) in self._own_texts

    @cached_property
    def _own_texts(self) -> frozenset[int]:
        return frozenset(map(id, self.texts))

    def is_part(self, one: Box) -> bool:
        """Whether an input stands in another one, as buttons do in their group."""
        around = one.view.parent
        while around is not None:
            if id(around) in self._views:
                return True
            around = around.parent
        return self._views[id(one.view)] > 1

    @cached_property
    def _views(self) -> Mapping[int, int]:
        """How many inputs a view is drawn as."""
        return Counter(id(one.view) for one in self.inputs)

    def inputs_with(self, parent: View | None) -> Sequence[Box]:
        """Inputs right in a view."""
        return self._by_parent.get(id(parent), ())

    @cached_property
    def _by_parent(self) -> Mapping[int, Sequence[Box]]:
        found: dict[int, list[Box]] = defaultdict(list)
        for one in self.inputs:
            found[id(one.view.parent)].append(one)
        return found

    def texts_in(self, around: View) -> Sequence[Box]:
        """Texts that are a view or in it."""
        return self._texts_inside.get(id(around), ())

    def inputs_in(self, around: View | None) -> Sequence[Box]:
        """Inputs that are a view or in it; all are in None."""
        return self.inputs if around is None else self._inputs_inside.get(id(around), ())

    def comes_first(self, first: View, second: View) -> bool:
        """Whether a view does not come after another in their layout."""
        return self._places.get(id(first), 0) <= self._places.get(id(second), 0)

    @cached_property
    def _text_bands(self) -> Bands:
        return Bands(self.texts)

    @cached_property
    def _input_bands(self) -> Bands:
        return Bands(self.inputs)

    @cached_property
    def _text_bottoms(self) -> tuple[list[int], list[int]]:
        """Lower edges of texts, the uppermost first, and the number of each text."""
        numbers = sorted(range(len(self.texts)), key=lambda number: self.texts[number].bottom)
        return [self.texts[number].bottom for number in numbers], numbers

    @cached_property
    def _input_tops(self) -> tuple[list[int], list[Box]]:
        """Upper edges of inputs, the uppermost first, and the inputs."""
        boxes = sorted(self.inputs, key=lambda box: box.y)
        return [box.y for box in boxes], boxes

    @cached_property
    def _texts_inside(self) -> dict[int, list[Box]]:
        return _by_holder(self.texts)

    @cached_property
    def _inputs_inside(self) -> dict[int, list[Box]]:
        return _by_holder(self.inputs)

    @cached_property
    def _places(self) -> dict[int, int]:
        """Where in its layout each view comes."""
        roots = {id(root): root for box in (*self.texts, *self.inputs) for root in _root(box.view)}
        return {
            id(view): place
            for root in roots.values()
            for place, view in enumerate(root.walk())
        }  # fmt: skip


def _root(view: View) -> Iterator[View]:
    at = view
    while at.parent is not None:
        at = at.parent
    yield at


def _by_holder(boxes: Sequence[Box]) -> dict[int, list[Box]]:
    """Boxes by each view that they are or are in."""
    found: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        at: View | None = box.view
        while at is not None:
            found[id(at)].append(box)
            at = at.parent
    return found
