"""Places views by what they say of each other: RelativeLayout and ConstraintLayout.

Both say of each edge of a view at which edge of another, or of the box around, it lies. Edges are
resolved in rounds, first across and then down; what stays open, as in circles, begins at the
corner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from witnessmark.analyses.asks._boxes import GAP, Box
from witnessmark.analyses.asks._layouts import View
from witnessmark.analyses.asks._leaves import attribute
from witnessmark.analyses.asks._measures import FILL

if TYPE_CHECKING:
    from witnessmark.analyses.asks._placing import Placer

PARENT = "parent"
ACROSS, DOWN = frozenset({"left", "right"}), frozenset({"top", "bottom", "middle"})
SCREEN = 560
"""Height of a screen; what stays empty of it is closed up in the drawing."""

Edge = str
"""``left``, ``right``, ``top``, ``bottom``."""


class Ties(Struct):
    """Where the edges of a view lie: (edge of, id of another or `PARENT`)."""

    view: View
    edges: dict[Edge, tuple[Edge, str]] = field(default_factory=dict)
    center_x: bool = False
    center_y: bool = False
    fills: bool = False
    bias: float = 0.5


RELATIVE: Mapping[str, tuple[Edge, Edge]] = {
    "layout_toRightOf": ("left", "right"), "layout_toEndOf": ("left", "right"),
    "layout_toLeftOf": ("right", "left"), "layout_toStartOf": ("right", "left"),
    "layout_alignLeft": ("left", "left"), "layout_alignStart": ("left", "left"),
    "layout_alignRight": ("right", "right"), "layout_alignEnd": ("right", "right"),
    "layout_below": ("top", "bottom"), "layout_above": ("bottom", "top"),
    "layout_alignTop": ("top", "top"), "layout_alignBottom": ("bottom", "bottom"),
    "layout_alignBaseline": ("middle", "middle"),
}  # fmt: skip
OF_PARENT: Mapping[str, Edge] = {
    "layout_alignParentLeft": "left", "layout_alignParentStart": "left",
    "layout_alignParentRight": "right", "layout_alignParentEnd": "right",
    "layout_alignParentTop": "top", "layout_alignParentBottom": "bottom",
}  # fmt: skip
CONSTRAINTS: Mapping[str, tuple[Edge, Edge]] = {
    f"layout_constraint{own}_to{other}Of": (edge, to)
    for own, edge in (("Left", "left"), ("Start", "left"), ("Right", "right"), ("End", "right"),
                      ("Top", "top"), ("Bottom", "bottom"), ("Baseline", "middle"))
    for other, to in (("Left", "left"), ("Start", "left"), ("Right", "right"), ("End", "right"),
                      ("Top", "top"), ("Bottom", "bottom"), ("Baseline", "middle"))
}  # fmt: skip


def place_relations(
    placer: Placer, box: Box, children: Sequence[View], room: int, depth: int
) -> None:
    """RelativeLayout."""
    _solve(placer, box, [_relative(placer, child) for child in children], (room, depth))


def place_constraints(
    placer: Placer, box: Box, children: Sequence[View], room: int, depth: int
) -> None:
    """ConstraintLayout."""
    _solve(placer, box, [_constrained(placer, child) for child in children], (room, depth))


def _relative(placer: Placer, view: View) -> Ties:
    ties = Ties(view)
    for name, (own, other) in RELATIVE.items():
        value = attribute(view, name, placer.sizes)
        if value.startswith("@") and "/" in value:
            ties.edges[own] = (other, value.rpartition("/")[2])
    for name, edge in OF_PARENT.items():
        if attribute(view, name, placer.sizes) == "true":
            ties.edges.setdefault(edge, (edge, PARENT))
    middle = attribute(view, "layout_centerInParent", placer.sizes) == "true"
    ties.center_x = middle or attribute(view, "layout_centerHorizontal", placer.sizes) == "true"
    ties.center_y = middle or attribute(view, "layout_centerVertical", placer.sizes) == "true"
    wanted = placer.sizes.size(attribute(view, "layout_width", placer.sizes))
    ties.fills = wanted == FILL
    return ties


def _constrained(placer: Placer, view: View) -> Ties:
    ties = Ties(view)
    for name, (own, other) in CONSTRAINTS.items():
        value = attribute(view, name, placer.sizes)
        if value in ("parent", "0"):
            ties.edges[own] = (other, PARENT)
        elif "/" in value:
            ties.edges[own] = (other, value.rpartition("/")[2])
    wanted = placer.sizes.size(attribute(view, "layout_width", placer.sizes))
    both = "left" in ties.edges and "right" in ties.edges
    ties.fills = wanted == FILL or (wanted == 0 and both)
    ties.center_x = both and not ties.fills
    ties.center_y = "top" in ties.edges and "bottom" in ties.edges
    if ties.center_y:
        ties.edges.pop("bottom")
        ties.center_y = ties.edges["top"][1] == PARENT and _alone(view)
    try:
        ties.bias = float(attribute(view, "layout_constraintHorizontal_bias", placer.sizes) or 0.5)
    except ValueError:
        ties.bias = 0.5
    return ties


def _alone(view: View) -> bool:
    return view.parent is not None and len(view.parent.children) == 1


def _solve(placer: Placer, box: Box, ties: list[Ties], sizes: tuple[int, int]) -> None:
    """Place views across, then down, each in the order in which those they refer to are placed.

    The platform keeps the two apart: a label left of a field may have its lower edge at it.
    """
    known: dict[str, Box] = {}
    placed: dict[int, Box] = {}
    for tie in _in_order(ties, ACROSS):
        placed[id(tie)] = _place_across(placer, tie, known, sizes)
    box.children.extend(placed[id(tie)] for tie in ties)
    tall = SCREEN if fills_screen(placer, box.view) else 0
    there: dict[str, Box] = {}
    for tie in _in_order(ties, DOWN):
        margins = placer.margins(tie.view)
        one = placed[id(tie)]
        one.y = _top(tie, one, there, (margins[1], margins[3], tall))
        name = tie.view.get("id").rpartition("/")[2]
        if known.get(name) is one:
            there[name] = one
    if not tall:
        _end(box, ties)
    _normalise(box)


def _in_order(ties: Sequence[Ties], edges: frozenset[Edge]) -> Iterator[Ties]:
    """Ties after those that they refer to by some of their edges; circles as they stand."""
    waiting = list(ties)
    names = {id(one): one.view.get("id").rpartition("/")[2] for one in waiting}
    open_names = Counter(names.values())
    while waiting:
        left: list[Ties] = []
        for tie in waiting:
            own = names[id(tie)]
            needed = {name for edge, (_, name) in tie.edges.items() if edge in edges} - {PARENT}
            if any(open_names[name] > (name == own) for name in needed):
                left.append(tie)
            else:
                open_names[own] -= 1
                yield tie
        if len(left) == len(waiting):
            yield from left
            return
        waiting = left


def fills_screen(placer: Placer, view: View) -> bool:
    """Whether a view is as tall as the screen, so that its middle and bottom are those of it."""
    at: View | None = view
    while at is not None:
        if placer.sizes.size(attribute(at, "layout_height", placer.sizes)) not in (FILL, None):
            return False
        if at.class_name.endswith("ScrollView"):
            return False
        at = at.parent
    return True


def _end(box: Box, ties: Sequence[Ties]) -> None:
    """Put what stands at the bottom or in the middle of a box there, now that it is known."""
    lowest = max((one.bottom for one in box.children), default=0)
    by_view = {id(tie.view): tie for tie in reversed(ties)}
    for one in box.children:
        tie = by_view[id(one.view)]
        if tie.edges.get("bottom") == ("bottom", PARENT) and "top" not in tie.edges:
            one.y = max(lowest, one.y)
        elif tie.center_y and len(box.children) > 1 and "top" not in tie.edges:
            one.y = max((lowest - one.height) // 2, 0)


def _place_across(placer: Placer, tie: Ties, known: dict[str, Box], sizes: tuple[int, int]) -> Box:
    """The box of a view with its width and left edge."""
    room, depth = sizes
    margins = placer.margins(tie.view)
    left = _edge(tie, "left", known, room)
    right = _edge(tie, "right", known, room)
    start = (left if left is not None else 0) + margins[0]
    end = (right if right is not None else room) - margins[2]
    placed = placer.place(tie.view, max(end - start, 48), depth + 1)
    if tie.fills and placed.is_leaf:
        placed.width = max(placed.width, end - start)
    if tie.center_x:
        placed.x = start + max(int((end - start - placed.width) * tie.bias), 0)
    elif left is None and right is not None:
        placed.x = end - placed.width
    else:
        placed.x = start
    name = tie.view.get("id").rpartition("/")[2]
    if name:
        known.setdefault(name, placed)
    return placed


def _edge(tie: Ties, edge: Edge, known: Mapping[str, Box], room: int) -> int | None:
    found = tie.edges.get(edge)
    if found is None:
        return None
    other, name = found
    if name == PARENT:
        return 0 if other == "left" else room
    box = known.get(name)
    if box is None:
        return None
    space = GAP if other != edge else 0
    return box.x - space if other == "left" else box.right + space


def _top(tie: Ties, placed: Box, known: Mapping[str, Box], space: tuple[int, int, int]) -> int:
    """The upper edge, from the top, the middle or the bottom, as the view says.

    ``space`` is the margin above, that below, and the height of the screen, 0 where it is open.
    """
    above, below, tall = space
    for edge in ("top", "middle", "bottom"):
        other, name = tie.edges.get(edge, ("", ""))
        box = known.get(name)
        if name == PARENT:
            return above if edge == "top" or not tall else max(tall - placed.height - below, 0)
        if box is None:
            continue
        if edge == "top":
            return (box.bottom + GAP if other == "bottom" else box.y) + above
        if edge == "middle":
            return box.y + (box.height - placed.height) // 2
        return (box.y - GAP if other == "top" else box.bottom) - placed.height - below
    if tie.center_y and tall:
        return max((tall - placed.height) // 2 + above - below, 0)
    return above


def _normalise(box: Box) -> None:
    """Let nothing begin above or left of the box."""
    over = min((one.y for one in box.children), default=0)
    side = min((one.x for one in box.children), default=0)
    for one in box.children:
        one.y -= min(over, 0)
        one.x -= min(side, 0)
