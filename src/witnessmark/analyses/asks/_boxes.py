"""Boxes of a drawn screen: what is placed where, in units of one phone pixel (dp)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
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

BAND = 64
"""Height of the bands of the screen by which boxes are found."""

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

    @property
    def is_seen(self) -> bool:
        """Whether anything of it is seen in a drawing."""
        there = self.width > 0 and (self.height > 0 or self.look == "line")
        return there and (self.is_leaf or self.bordered)


class Bands:
    """Boxes found by where they stand down the screen; each must stand still once it is added."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._boxes: list[Box] = []
        self._bands: dict[int, list[int]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        """One more box, after all others in order."""
        number = len(self._boxes)
        self._boxes.append(box)
        for band in _bands_of(box):
            self._bands.setdefault(band, []).append(number)

    def beside(self, box: Box) -> Sequence[int]:
        """Numbers, in order, among which those of all boxes are that share height with a box."""
        wanted = _bands_of(box)
        if len(wanted) == 1:
            return self._bands.get(wanted[0], ())
        return sorted({one for band in wanted for one in self._bands.get(band, ())})

    def first_met(self, box: Box, start: int = 0) -> int:
        """Number of the first box from ``start`` on that shares a place with a box, or -1."""
        for number in self.beside(box):
            if number >= start and overlaps(self._boxes[number], box):
                return number
        return -1

    def __getitem__(self, number: int) -> Box:
        return self._boxes[number]


def _bands_of(box: Box) -> range:
    return range(box.y // BAND, max(box.y, box.bottom - 1) // BAND + 1)


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
    standing = Bands(solid)
    for line in leaves:
        if line.look == "line" and standing.first_met(line) >= 0:
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


class Room(Struct):
    """The room that the boxes drawn in a panel fill."""

    panel: Box
    left: int
    right: int
    top: int
    bottom: int


def _part_panels(box: Box) -> None:
    """Put holders that lie over each other, as panels shown in turn do, one below the other."""
    rooms = [
        _room(child, drawn)
        for child in box.children
        if not child.is_leaf and len(drawn := _drawn(child)) > 1
    ]
    lowest = 0
    for index, room in enumerate(rooms):
        if room.top < lowest:
            for above in rooms[:index]:
                if _lie_over_each_other(above, room):
                    _part(above, room)
        lowest = max(lowest, room.bottom)


def _part(above: Room, room: Room) -> None:
    """Put one panel below another, both shown in turn."""
    down = above.bottom + GAP - room.top
    room.top += down
    room.bottom += down
    for one in room.panel.walk():
        one.y += down
    for turn in (above.panel, room.panel):
        for one in turn.walk():
            one.turn = turn.view.row + 1


def _drawn(box: Box) -> list[Box]:
    return [one for one in box.walk() if one.is_leaf and one.width > 0 and one.height > 0]


def _room(panel: Box, drawn: Sequence[Box]) -> Room:
    return Room(
        panel,
        min(one.x for one in drawn), max(one.right for one in drawn),
        min(one.y for one in drawn), max(one.bottom for one in drawn),
    )  # fmt: skip


def _lie_over_each_other(first: Room, second: Room) -> bool:
    """Whether the rooms that two holders fill are shared by half of the smaller one, both ways."""
    across = _shared((first.left, first.right), (second.left, second.right))
    down = _shared((first.top, first.bottom), (second.top, second.bottom))
    return across > 1 / 2 and down > 1 / 2


def _shared(first: Extent, second: Extent) -> float:
    """Share of the smaller of two ranges that lies in the other."""
    (start, end), (begin, stop) = first, second
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
    that follows.
    """
    ordered = sorted(leaves, key=lambda box: (box.y, box.x))
    placed = Bands()
    for index, box in enumerate(ordered):
        _aside(box, placed)
        met = placed.first_met(box)
        while met >= 0:
            down = placed[met].bottom + GAP - box.y
            for later in ordered[index:]:
                if later.y >= box.y - GAP or later is box:
                    later.y += down
            met = placed.first_met(box, met + 1)
        placed.add(box)


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


def _aside(box: Box, placed: Bands) -> None:
    """Move a box right of those in its row that it overlaps by little."""
    start = box.x
    for _ in range(MOST_ASIDE):
        number = placed.first_met(box)
        if number < 0:
            return
        met = placed[number]
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
    starts = [start for start, _ in bands]
    closed = [0, *accumulate(surplus for _, surplus in bands)]
    for box in boxes:
        bottom = box.bottom
        box.y -= closed[bisect_right(starts, box.y)]
        if not box.is_leaf:
            box.height = bottom - closed[bisect_left(starts, bottom)] - box.y
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
