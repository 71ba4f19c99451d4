"""The way of one flow: a rail from where data comes in to where it leaves, each move beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from witnessmark.report.document import FrozenFinding
from witnessmark.report.pictures.svg import Drawing, Palette
from witnessmark.report.view import method_name
from witnessmark.report.words import Words

FLOW = "sends.flow"
WIDTH, RAIL, TEXT, ROW, HEAD = 640.0, 10.0, 28.0, 20.0, 24.0
MOST = 24
"""Moves that are drawn; of more the first and the last."""


def draw(one: FrozenFinding, words: Words, palette: Palette) -> str:
    """The picture of a flow; empty for other findings and for flows without steps."""
    steps = one.subject.get("steps")
    if one.kind != FLOW or not isinstance(steps, list) or not steps:
        return ""
    rows = list(_rows(one.subject, steps, words))
    picture = Drawing(palette, WIDTH)
    tops = [18.0]
    for kind, _ in rows:
        tops.append(tops[-1] + (HEAD if kind == "method" else ROW))
    picture.line(RAIL, tops[0] - 4, RAIL, tops[-2] - 4, palette.accent, 1.5)
    for (kind, text), y in zip(rows, tops[:-1], strict=True):
        _row(picture, kind, text, y)
    return picture.done(tops[-1] - 6, words("picture-way"))


def _rows(subject: Mapping[str, Any], steps: list[Any], words: Words) -> Iterator[tuple[str, str]]:
    yield "end", _source(subject)
    told = steps if len(steps) <= MOST else [*steps[: MOST // 2], None, *steps[-MOST // 2 :]]
    left = len(steps) - MOST
    for method, moves in groupby(told, lambda step: step["method"] if step else ""):
        if not method:
            yield "move", words("more", n=left)
            continue
        yield "method", method_name(method) or method
        for step in moves:
            yield "move", str(step["moves"])
    yield "end", _sink(subject)


def _row(picture: Drawing, kind: str, text: str, y: float) -> None:
    palette = picture.palette
    if kind == "end":
        picture.dot(RAIL, y - 4, 5)
        picture.text(TEXT, y, text, size=13, width=WIDTH - TEXT, bold=True)
    elif kind == "method":
        picture.text(TEXT, y + 4, text, size=11, width=WIDTH - TEXT, fill=palette.soft)
    else:
        picture.dot(RAIL, y - 4, 2.5)
        picture.text(TEXT + 12, y, text, size=12.5, width=WIDTH - TEXT - 12)


def _source(subject: Mapping[str, Any]) -> str:
    fields = subject.get("fields") or ()
    labels = [str(one.get("label") or one.get("name") or "") for one in fields]
    named = " / ".join(filter(None, labels))
    return named or _call(subject.get("source") or {})


def _sink(subject: Mapping[str, Any]) -> str:
    told = ", ".join(map(str, subject.get("recipients") or ()))
    call = _call(subject.get("sink") or {})
    return f"{call} → {told}" if told else call


def _call(place: Mapping[str, Any]) -> str:
    return f"{str(place.get('class', '')).rpartition('.')[2]}.{place.get('method', '')}"
