"""States of a matter: a box for each code, arrows for what code sets and for what steps lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from witnessmark.report.document import Document, FrozenFinding
from witnessmark.report.pictures.svg import Drawing, Palette, width_of
from witnessmark.report.words import Words

WIDTH, GAP, BOX, RISE, MARGIN = 860.0, 74.0, 54.0, 26.0, 22.0
NARROWEST, WIDEST = 84.0, 180.0
MOST_MACHINES, MOST_STATES = 6, 6
ORDER = {"reached": 0, "unknown": 1, "unreached": 2}


class _Arrow(Struct, frozen=True):
    start: int
    end: int
    label: str


def draw(document: Document, words: Words, palette: Palette) -> str:
    """The states, those that are reached first; empty when there are none."""
    machines = [
        one for one in document.findings if one.kind == "orders.state" and _states(one)
    ]  # fmt: skip
    if not machines:
        return ""
    machines.sort(key=lambda one: (ORDER.get(one.reach.state, 3), -len(_states(one)), one.id))
    picture = Drawing(palette, WIDTH)
    top = 4.0
    for one in machines[:MOST_MACHINES]:
        top += _machine(picture, one, top, words) + MARGIN
    if len(machines) > MOST_MACHINES:
        more = words("more", n=len(machines) - MOST_MACHINES)
        picture.text(0, top, more, size=12, fill=palette.soft)
        top += 12
    return picture.done(top, words("picture-states"))


def _machine(picture: Drawing, one: FrozenFinding, top: float, words: Words) -> float:
    """Draw one row of states; its height."""
    palette = picture.palette
    states = _states(one)
    shown = states[:MOST_STATES]
    wide = max(NARROWEST, min(WIDEST, (WIDTH - GAP * (len(shown) - 1)) / len(shown)))
    picture.open_link(one.id)
    picture.text(0, top + 12, str(one.subject.get("name", "")), size=13, width=WIDTH, bold=True)
    picture.close_link()
    arrows = list(_arrows(one, [str(state.get("code", "")) for state in shown]))
    far = [arrow for arrow in arrows if arrow.end != arrow.start + 1]
    boxes = top + 24 + RISE * bool(far)
    for number, state in enumerate(shown):
        _box(picture, state, number * (wide + GAP), boxes, wide)
    for arrow in arrows:
        start, end = (place * (wide + GAP) for place in (arrow.start, arrow.end))
        if arrow.end == arrow.start + 1:
            picture.arrow(start + wide, boxes + BOX / 2, end, boxes + BOX / 2)
            _label(picture, arrow.label, start + wide + GAP / 2, boxes + BOX / 2 - 7, GAP - 8)
        else:
            picture.arrow(start + wide / 2, boxes, end + wide / 2, boxes, RISE)
            _label(picture, arrow.label, (start + end + wide) / 2, boxes - RISE, wide)
    height = boxes - top + BOX
    if len(states) > MOST_STATES:
        more = words("more", n=len(states) - MOST_STATES)
        picture.text(0, top + height + 16, more, size=11, fill=palette.soft)
        height += 18
    return height


def _box(picture: Drawing, state: Mapping[str, Any], left: float, top: float, wide: float) -> None:
    palette = picture.palette
    picture.box(left, top, wide, BOX, palette.sheet, palette.line)
    code = str(state.get("code", ""))
    picture.text(left + 8, top + 15, code, size=11, width=wide - 16, fill=palette.soft)
    gloss = str(state.get("gloss", "") or "")
    label = str(state.get("label", ""))
    picture.text(left + 8, top + 32, label, size=13, width=wide - 16)
    if gloss and gloss != label:
        picture.text(left + 8, top + 47, gloss, size=11, width=wide - 16, fill=palette.soft)


def _label(picture: Drawing, label: str, middle: float, y: float, width: float) -> None:
    if label:
        size = 11 if width_of(label, 11) <= width else 10
        picture.text(middle, y, label, size=size, width=width, anchor="middle",
                     fill=picture.palette.soft)  # fmt: skip


def _states(one: FrozenFinding) -> list[Mapping[str, Any]]:
    listed = one.subject.get("states")
    found = listed if isinstance(listed, list | tuple) else ()
    return [state for state in found if isinstance(state, Mapping)]


def _arrows(one: FrozenFinding, codes: list[str]) -> Iterator[_Arrow]:
    """Arrows between the states shown, each pair once; a step's word stands beside its arrow."""
    found: dict[tuple[int, int], str] = {}
    for key, start, end in (("steps", "in", "leads_to"), ("moves", "from", "to")):
        listed = one.subject.get(key)
        for told in listed if isinstance(listed, list | tuple) else ():
            pair = (str(told.get(start, "")), _end(str(told.get(end, "")), codes))
            if pair[0] in codes and pair[1] in codes and pair[0] != pair[1]:
                place = (codes.index(pair[0]), codes.index(pair[1]))
                found.setdefault(place, str(told.get("label", "")))
    for (first, last), label in sorted(found.items()):
        yield _Arrow(first, last, label)


def _end(code: str, codes: list[str]) -> str:
    """The box that stands for a code: its own, else that of all others."""
    return code if code in codes or not code else "other"
