"""Records and their links: tables and record formats of the app's own code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from witnessmark.report.document import Document, FrozenFinding
from witnessmark.report.pictures.svg import Drawing, Palette
from witnessmark.report.words import Words

PARTS = {"keeps.table": "columns", "keeps.record": "fields"}
WIDTH, GUTTER, ACROSS, LINE, MARGIN = 860.0, 70.0, 3, 17.0, 26.0
MOST_BOXES, MOST_PARTS = 15, 12
TOO_COMMON = frozenset({
    "id", "_id", "name", "type", "code", "value", "data", "msg", "message", "state", "status",
    "title", "time", "date", "url", "key", "count", "total", "result", "list", "content", "text",
    "info", "flag", "tag", "desc", "description", "remark", "index", "version", "success", "error",
})  # fmt: skip
"""Names that say nothing of what a field holds; they join nothing."""


class Box(Struct, frozen=True):
    """One record: its name, its fields with whether they are personal, its finding."""

    finding: str
    name: str
    parts: tuple[tuple[str, bool], ...]
    more: int


def draw(document: Document, words: Words, palette: Palette) -> str:
    """The records of the app's own code; empty when there are fewer than two."""
    own = [one for one in document.findings if one.kind in PARTS and _is_own(one)]
    boxes = [box for one in own if (box := _box(one)).parts]
    if len(boxes) < 2:
        return ""
    links = _links(boxes)
    joined = {end for link in links for end in link[:2]}
    order = sorted(
        range(len(boxes)),
        key=lambda at: (at not in joined, -sum(p for _, p in boxes[at].parts), at),
    )
    chosen = order[:MOST_BOXES]
    return _drawn(boxes, chosen, links, words, palette)


def _drawn(
    boxes: Sequence[Box],
    chosen: Sequence[int],
    links: Sequence[tuple[int, int, str]],
    words: Words,
    palette: Palette,
) -> str:
    picture = Drawing(palette, WIDTH)
    wide = (WIDTH - GUTTER * (ACROSS - 1)) / ACROSS
    bottoms = [4.0] * ACROSS
    places: dict[int, tuple[float, float]] = {}
    for number in chosen:
        column = min(range(ACROSS), key=lambda at: (bottoms[at], at))
        places[number] = (column * (wide + GUTTER), bottoms[column])
        bottoms[column] += _height(boxes[number]) + MARGIN
    for one, other, name in links:
        if one in places and other in places:
            _link(picture, boxes, places, wide, one, other, name)
    for number in chosen:
        _draw_box(picture, boxes[number], *places[number], wide, words)
    left_out = len(boxes) - len(chosen)
    height = max(bottoms)
    if left_out:
        picture.text(0, height + 4, words("more", n=left_out), size=12, fill=palette.soft)
        height += 16
    return picture.done(height, words("picture-records"))


def _link(
    picture: Drawing,
    boxes: Sequence[Box],
    places: dict[int, tuple[float, float]],
    wide: float,
    one: int,
    other: int,
    name: str,
) -> None:
    """A line from the row of a field in one box to its row in another."""
    (left, top), (right, bottom) = places[one], places[other]
    y1 = top + _row_of(boxes[one], name)
    y2 = bottom + _row_of(boxes[other], name)
    if left == right:
        x = left + wide
        picture.parts.append(
            f'<path d="M{x:g} {y1:g}C{x + 46:g} {y1:g} {x + 46:g} {y2:g} {x:g} {y2:g}" fill="none" '
            f'stroke="{picture.palette.accent}" stroke-opacity=".6"/>'
        )
        return
    if left > right:
        left, y1, right, y2 = right, y2, left, y1
    picture.curve(left + wide, y1, right, y2, 1.2)


def _draw_box(
    picture: Drawing, box: Box, left: float, top: float, wide: float, words: Words
) -> None:
    palette = picture.palette
    picture.open_link(box.finding)
    picture.box(left, top, wide, _height(box), palette.sheet, palette.line)
    picture.text(left + 10, top + 17, box.name, size=13, width=wide - 20, bold=True)
    picture.close_link()
    for number, (name, personal) in enumerate(box.parts):
        y = top + 38 + LINE * number
        if personal:
            picture.dot(left + 13, y - 4, 3)
        picture.text(left + 22, y, name, size=12, width=wide - 32)
    if box.more:
        y = top + 38 + LINE * len(box.parts)
        picture.text(left + 22, y, words("more", n=box.more), size=11, fill=palette.soft)


def _height(box: Box) -> float:
    return 30 + LINE * (len(box.parts) + bool(box.more)) + 6


def _row_of(box: Box, name: str) -> float:
    for number, (part, _) in enumerate(box.parts):
        if part.casefold() == name:
            return 34 + LINE * number
    return 12.0


def _box(one: FrozenFinding) -> Box:
    listed = [part for part in one.subject.get(PARTS[one.kind], ()) if isinstance(part, dict)]
    parts = [(str(part.get("name", "")), bool(part.get("categories"))) for part in listed]
    parts = [part for part in parts if part[0]]
    kept = 2 if one.subject.get("method") else 1
    name = ".".join(str(one.subject.get("name", "")).split(".")[-kept:])
    return Box(one.id, name or one.kind, tuple(parts[:MOST_PARTS]), max(len(parts) - MOST_PARTS, 0))


def _links(boxes: Sequence[Box]) -> list[tuple[int, int, str]]:
    """Pairs of records that share the name of a field which is not too common to tell."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, box in enumerate(boxes):
        for name in {part.casefold() for part, _ in box.parts}:
            if name not in TOO_COMMON and len(name) > 2:
                holders[name].append(number)
    links = []
    for name, numbers in sorted(holders.items()):
        if 2 <= len(numbers) <= 4:
            links += [(a, b, name) for a, b in pairwise(numbers)]
    return links


def _is_own(one: FrozenFinding) -> bool:
    return str(one.subject.get("owner", "own")) in ("own", "")
