"""Draws a screen as SVG: boxes, the original words with English under them, numbered fields.

The drawing is the subject's ``drawing`` of an ``asks.screen`` finding: ``width``, ``height`` and
``boxes`` of ``x``, ``y``, ``w``, ``h``, ``look``, and where they have any ``lines`` (words as they
are broken into lines), ``gloss`` (English, likewise), ``font``, ``hint`` (the words are a hint),
``field`` (number of the input), ``hidden`` (not shown at first).

Presentation is by classes of the page's style sheet and by attributes, never by ``style``, so that
the page's content security policy holds. Direction of writing follows each line's own letters.

Source: Scalable Vector Graphics (SVG) 2, w3.org/TR/SVG2; Unicode Standard Annex 9 for direction.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from witnessmark.model.markup import escaped
from witnessmark.report.shown import plain

Drawing = Mapping[str, Any]
BoxData = Mapping[str, Any]
MARGIN = 14
GLOSS_FONT = 10
LINE, GLOSS_LINE = 1.3, 1.25
LARGEST = 20_000
MOST_BOXES = 4000
BADGE = 7


def wireframe(drawing: object, special: Collection[int] = (), label: str = "") -> str:
    """The drawing as SVG text; empty for anything that is no drawing.

    ``special``  numbers of the fields that concern special categories of personal data.
    ``label``    what the picture shows, for those who cannot see it.
    """
    if not isinstance(drawing, Mapping):
        return ""
    boxes = [box for box in drawing.get("boxes", ()) if isinstance(box, Mapping)][:MOST_BOXES]
    width, height = _number(drawing, "width"), _number(drawing, "height")
    if not boxes or width <= 0 or height <= 0:
        return ""
    body = "".join(_box(box, special) for box in boxes)
    view = f"{-MARGIN} {-MARGIN} {width + 2 * MARGIN} {height + 2 * MARGIN}"
    title = f"<title>{_text(label)}</title>" if label else ""
    return (
        f'<svg class="wire" role="img" viewBox="{view}" width="{width + 2 * MARGIN}" '
        f'height="{height + 2 * MARGIN}">{title}'
        f'<rect class="phone" x="-8" y="-8" width="{width + 16}" height="{height + 16}" rx="8"/>'
        f"{body}</svg>"
    )


def _box(box: BoxData, special: Collection[int]) -> str:
    look = str(box.get("look", ""))
    x, y, w, h = (_number(box, key) for key in ("x", "y", "w", "h"))
    field = box.get("field") if isinstance(box.get("field"), int) else None
    classes = ["w-" + "".join(c for c in look if c.isalpha())]
    if field is not None and field in special:
        classes.append("sensitive")
    if box.get("hidden"):
        classes.append("hidden")
    shape = "".join(_shape(look, x, y, w, h))
    words = "".join(_words(box, look, (x, y, w, h)))
    badge = _badge(x, y, field) if field is not None else ""
    tip = _tip(box)
    return f'<g class="{" ".join(classes)}">{tip}{shape}{words}{badge}</g>'


def _tip(box: BoxData) -> str:
    """The whole text, for those who point at it."""
    words = " ".join(_lines(box, "lines"))
    gloss = " ".join(_lines(box, "gloss"))
    told = " – ".join(part for part in (words, gloss) if part)
    return f"<title>{_text(told)}</title>" if told else ""


def _shape(look: str, x: int, y: int, w: int, h: int) -> Iterator[str]:
    if look in OUTLINED:
        round_ = 6 if look == "button" else 3
        yield f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{round_}"/>'
    mark = MARKS.get(look)
    if mark is not None:
        yield from mark(x, y, w, h)


def _arrow(x: int, y: int, w: int, h: int) -> Iterator[str]:
    yield f'<path class="mark" d="M{x + w - 14} {y + h // 2 - 2}l4 5 4-5z"/>'


def _tick(x: int, y: int, _: int, h: int) -> Iterator[str]:
    yield f'<rect x="{x + 2}" y="{y + h // 2 - 7}" width="14" height="14" rx="2"/>'


def _ring(x: int, y: int, _: int, h: int) -> Iterator[str]:
    yield f'<circle cx="{x + 9}" cy="{y + h // 2}" r="7"/>'


def _toggle(x: int, y: int, w: int, h: int) -> Iterator[str]:
    middle = y + h // 2
    yield f'<rect x="{x + w - 32}" y="{middle - 7}" width="30" height="14" rx="7"/>'
    yield f'<circle class="mark" cx="{x + w - 25}" cy="{middle}" r="5"/>'


def _knob(x: int, y: int, w: int, h: int) -> Iterator[str]:
    middle = y + h // 2
    yield f'<path class="stroke" d="M{x + 4} {middle}H{x + w - 4}"/>'
    yield f'<circle class="mark" cx="{x + w // 2}" cy="{middle}" r="6"/>'


def _stars(x: int, y: int, _: int, h: int) -> Iterator[str]:
    for number in range(5):
        yield f'<circle cx="{x + 11 + 20 * number}" cy="{y + h // 2}" r="7"/>'


def _cross(x: int, y: int, w: int, h: int) -> Iterator[str]:
    yield f'<path class="stroke" d="M{x} {y + h}L{x + w} {y}M{x} {y}L{x + w} {y + h}"/>'


def _rule(x: int, y: int, w: int, h: int) -> Iterator[str]:
    yield f'<path class="stroke" d="M{x} {y + h // 2}H{x + w}"/>'


def _rows(x: int, y: int, w: int, h: int) -> Iterator[str]:
    for at in range(y + 18, y + h - 6, 18):
        yield f'<path class="stroke" d="M{x + 8} {at}H{x + w - 8}"/>'


def _thirds(x: int, y: int, w: int, h: int) -> Iterator[str]:
    for part in (1, 2):
        at = x + part * w // 3
        yield f'<path class="stroke" d="M{at} {y + 4}V{y + h - 4}"/>'


OUTLINED = frozenset({
    "input", "choice", "date", "list", "web", "button", "image", "frame", "tab",
})  # fmt: skip
MARKS: Mapping[str, Callable[[int, int, int, int], Iterator[str]]] = {
    "choice": _arrow, "check": _tick, "radio": _ring, "switch": _toggle, "slider": _knob,
    "stars": _stars, "image": _cross, "line": _rule, "list": _rows, "date": _thirds,
}  # fmt: skip
"""What is drawn in or beside a box, by its look."""


def _words(box: BoxData, look: str, place: tuple[int, int, int, int]) -> Iterator[str]:
    x, y, w, h = place
    lines, gloss = _lines(box, "lines"), _lines(box, "gloss")
    if not lines and not gloss:
        return
    font = max(8, min(24, _number(box, "font") or 14))
    tall = len(lines) * font * LINE + len(gloss) * GLOSS_FONT * GLOSS_LINE
    top = y + max(0.0, (h - tall) / 2)
    left, right = _room(look, x, w)
    centred = look in ("button", "tab")
    for number, line in enumerate(lines):
        base = top + number * font * LINE + font * 1.02
        kind = "hint" if box.get("hint") else "said"
        yield _line(line, kind, (left, right, base), font, centred=centred)
    top += len(lines) * font * LINE
    from_right = bool(lines) and _is_from_right(lines[0])
    for number, line in enumerate(gloss):
        base = top + number * GLOSS_FONT * GLOSS_LINE + GLOSS_FONT
        yield _line(
            line, "gloss", (left, right, base), GLOSS_FONT, centred=centred, at_right=from_right
        )


def _room(look: str, x: int, w: int) -> tuple[int, int]:
    """Left and right edge of the words in a box."""
    left = {"check": 22, "radio": 22, "input": 8, "choice": 8}.get(look, 1)
    right = {"choice": 18, "switch": 36, "input": 8}.get(look, 1)
    return x + left, x + w - right


def _line(
    text: str, kind: str, place: tuple[int, int, float], font: int, *, centred: bool,
    at_right: bool = False,
) -> str:  # fmt: skip
    left, right, base = place
    from_right = _is_from_right(text)
    if centred:
        at, anchor = (left + right) / 2, "middle"
    elif from_right:
        at, anchor = float(right), "start"
    elif at_right:
        at, anchor = float(right), "end"
    else:
        at, anchor = float(left), "start"
    direction = ' direction="rtl"' if from_right else ""
    return (
        f'<text class="{kind}" x="{at:.1f}" y="{base:.1f}" font-size="{font}" '
        f'text-anchor="{anchor}"{direction}>{_text(text)}</text>'
    )


def _badge(x: int, y: int, field: int) -> str:
    """The number of a field, at its upper left corner."""
    wide = BADGE + 3 * (len(str(field)) - 1)
    return (
        f'<ellipse class="badge" cx="{x}" cy="{y}" rx="{wide}" ry="{BADGE}"/>'
        f'<text class="badge-n" x="{x}" y="{y + 3}" font-size="9" text-anchor="middle">'
        f"{field}</text>"
    )


def _is_from_right(text: str) -> bool:
    """Whether a line is written from right to left: by its first strong letter."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False


def _lines(box: BoxData, key: str) -> Sequence[str]:
    value = box.get(key, ())
    return [str(line) for line in value] if isinstance(value, list | tuple) else []


def _number(data: Mapping[str, Any], key: str) -> int:
    value = data.get(key, 0)
    return max(-LARGEST, min(LARGEST, value)) if isinstance(value, int) else 0


def _text(text: str) -> str:
    return escaped(plain(text))
