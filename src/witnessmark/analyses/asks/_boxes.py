"""Boxes of a drawn screen: what is placed where, in units of one phone pixel (dp)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct, field

from witnessmark.analyses.asks._layouts import View

Extent = tuple[int, int]
"""First place and first place after."""

WIDTH = 360
"""Width of the screen that is drawn."""

GAP = 4
"""Least distance between two things drawn."""

FARTHEST_ASIDE, MOST_ASIDE = 48, 4
"""How far a box moves aside at most, past so many others."""

WIDEST_GAP = 16
"""Widest empty band that the drawing keeps."""

Look = Literal[
    "text", "input", "button", "check", "radio", "switch", "choice", "image", "slider", "stars",
    "date", "list", "web", "line", "tab", "box", "frame",
]  # fmt: skip
"""What a box looks like; ``frame`` holds others and is not drawn itself, unless it has a border."""


class Box(Struct):
    """A view with its place, relative to the box around it until `settled`.

    ``ink`` is the width of the words themselves, 0 where the whole box is seen; ``font`` the
    height of letters; ``turn`` the panel that it belongs to, where panels lie over each other and
    are shown in turn, 0 for none.
    """

    view: View
    look: Look
    width: int
    height: int
    x: int = 0
    y: int = 0
    text: str = ""
    children: list[Box] = field(default_factory=list)
    lines: tuple[str, ...] = ()
    gloss: tuple[str, ...] = ()
    bordered: bool = False
    is_hint: bool = False
    ink: int = 0
    font: int = 0
    turn: int = 0

    @property
    def right(self) -> int:
        """First place right of the box."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """First place below the box."""
        return self.y + self.height

    def walk(self) -> Iterator[Box]:
        """The box and all inside it, from the outside in."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def is_leaf(self) -> bool:
        """Whether it is drawn itself."""
        return self.look != "frame"


def settled(root: Box) -> list[Box]:
    """All boxes with places from the corner of the screen, nothing drawn over anything else.

    Boxes that would overlap are pushed down, with all that follows them.
    """
    found: list[Box] = []
    _settle(root, 0, 0, found)
    for box in found:
        _part_panels(box)
    for box in found:
        _shrink(box)
    leaves = [box for box in found if box.is_leaf and box.width > 0 and box.height > 0]
    left = min((leaf.x for leaf in leaves), default=0)
    top = min((leaf.y for leaf in leaves), default=0)
    for box in found:
        box.x -= min(left, 0)
        box.y -= min(top, 0)
    solid = [leaf for leaf in leaves if leaf.look != "line"]
    before = {id(leaf): (leaf.y, leaf.bottom) for leaf in solid}
    _spread(solid)
    _follow(found, solid, before)
    _close_up(found, leaves)
    for line in leaves:
        if line.look == "line" and any(overlaps(line, one) for one in solid):
            line.height = 0
    for box in reversed(found):
        if box.children:
            _wrap(box)
    return found


def _settle(box: Box, left: int, top: int, found: list[Box]) -> None:
    box.x += left
    box.y += top
    found.append(box)
    for child in box.children:
        _settle(child, box.x, box.y, found)


def _part_panels(box: Box) -> None:
    """Put holders that lie over each other, as panels shown in turn do, one below the other."""
    panels = [child for child in box.children if not child.is_leaf and len(_drawn(child)) > 1]
    for index, panel in enumerate(panels):
        for above in panels[:index]:
            if _lie_over_each_other(_drawn(above), _drawn(panel)):
                down = max(one.bottom for one in _drawn(above)) + GAP
                down -= min(one.y for one in _drawn(panel))
                for one in panel.walk():
                    one.y += down
                for turn in (above, panel):
                    for one in turn.walk():
                        one.turn = turn.view.row + 1


def _drawn(box: Box) -> list[Box]:
    return [one for one in box.walk() if one.is_leaf and one.width > 0 and one.height > 0]


def _lie_over_each_other(first: Sequence[Box], second: Sequence[Box]) -> bool:
    """Whether the rooms that two holders fill are shared by half of the smaller one, both ways."""
    across = _shared([(one.x, one.right) for one in first], [(o.x, o.right) for o in second])
    down = _shared([(one.y, one.bottom) for one in first], [(o.y, o.bottom) for o in second])
    return across > 1 / 2 and down > 1 / 2


def _shared(first: Sequence[Extent], second: Sequence[Extent]) -> float:
    """Share of the smaller of two ranges that lies in the other."""
    start, end = min(one[0] for one in first), max(one[1] for one in first)
    begin, stop = min(one[0] for one in second), max(one[1] for one in second)
    return (min(end, stop) - max(start, begin)) / max(min(end - start, stop - begin), 1)


def _shrink(box: Box) -> None:
    """Keep of a text what is seen of it: its words, where gravity puts them."""
    if not 0 < box.ink < box.width:
        return
    gravity = box.view.get("gravity")
    if "center" in gravity and gravity != "center_vertical":
        box.x += (box.width - box.ink) // 2
    elif "right" in gravity or "end" in gravity:
        box.x += box.width - box.ink
    box.width = box.ink


def _spread(leaves: Sequence[Box]) -> None:
    """Part boxes that overlap: a little to the right where that is enough, else down with all
    that follows; quadratic in the boxes of one screen.
    """
    ordered = sorted(leaves, key=lambda box: (box.y, box.x))
    for index, box in enumerate(ordered):
        _aside(box, ordered[:index])
        for above in ordered[:index]:
            if overlaps(above, box):
                down = above.bottom + GAP - box.y
                for later in ordered[index:]:
                    if later.y >= box.y - GAP or later is box:
                        later.y += down


def _follow(boxes: Sequence[Box], solid: Sequence[Box], before: Mapping[int, Extent]) -> None:
    """Let lines and frames go where what they divide or hold was pushed to."""
    moved = sorted((before[id(leaf)][0], leaf.y - before[id(leaf)][0]) for leaf in solid)
    starts = [start for start, _ in moved]
    for box in boxes:
        if box.look == "line":
            at = bisect_left(starts, box.y)
            box.y += moved[min(at, len(moved) - 1)][1] if moved else 0
        elif not box.is_leaf:
            inside = [leaf for leaf in box.walk() if id(leaf) in before]
            if inside:
                beneath = box.bottom - max(before[id(leaf)][1] for leaf in inside)
                box.y += min(leaf.y - before[id(leaf)][0] for leaf in inside)
                box.height = max(leaf.bottom for leaf in inside) + max(beneath, 0) - box.y


def _aside(box: Box, placed: Sequence[Box]) -> None:
    """Move a box right of those in its row that it overlaps by little."""
    start = box.x
    for _ in range(MOST_ASIDE):
        met = next((one for one in placed if overlaps(one, box)), None)
        if met is None:
            return
        aside = met.right + GAP
        in_row = abs((met.y + met.bottom) - (box.y + box.bottom)) <= max(met.height, box.height)
        if not in_row or met.x > box.x or aside - start > FARTHEST_ASIDE:
            break
        box.x = aside
    box.x = start


def _close_up(boxes: Sequence[Box], leaves: Sequence[Box]) -> None:
    """Close bands in which nothing stands to `WIDEST_GAP`; at the left edge to a margin."""
    bands: list[tuple[int, int]] = []
    lowest = 0
    for leaf in sorted(leaves, key=lambda box: box.y):
        if leaf.y - lowest > WIDEST_GAP:
            bands.append((leaf.y, leaf.y - lowest - WIDEST_GAP))
        lowest = max(lowest, leaf.bottom)
    for box in boxes:
        bottom = box.bottom
        box.y -= sum(surplus for start, surplus in bands if start <= box.y)
        if not box.is_leaf:
            box.height = bottom - sum(s for start, s in bands if start < bottom) - box.y
    left = min((leaf.x for leaf in leaves), default=0) - WIDEST_GAP
    if left > 0:
        for box in boxes:
            box.x = max(box.x - left, 0)


def overlaps(first: Box, second: Box) -> bool:
    """Whether two boxes share a place."""
    return (
        first.x < second.right
        and second.x < first.right
        and first.y < second.bottom
        and second.y < first.bottom
    )


def _wrap(box: Box) -> None:
    """Let a frame hold what was pushed down in it."""
    box.x = min(box.x, *(child.x for child in box.children))
    box.y = min(box.y, *(child.y for child in box.children))
    right = max(child.right for child in box.children)
    bottom = max(child.bottom for child in box.children)
    box.width = max(box.width, right - box.x)
    box.height = max(box.height, bottom - box.y)
