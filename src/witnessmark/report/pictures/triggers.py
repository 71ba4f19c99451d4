"""When the app acts: triggers on an axis of time, the others by event."""

from __future__ import annotations

import math
from collections.abc import Sequence

from witnessmark.report.document import Document, FrozenFinding
from witnessmark.report.pictures.svg import Drawing, Palette
from witnessmark.report.words import Words

WIDTH, LABEL, EVENT, ROW, TOP = 860.0, 250.0, 140.0, 26.0, 46.0
MOST = 24
TICKS = (
    (1.0, "every-second"), (60.0, "every-minute"), (3_600.0, "every-hour"),
    (86_400.0, "every-day"), (604_800.0, "every-week"),
)  # fmt: skip
LONGEST = 2_592_000.0
"""Seconds at the right end of the axis: thirty days."""


def draw(document: Document, words: Words, palette: Palette) -> str:
    """The triggers; empty when there are fewer than two."""
    triggers = [
        one
        for one in document.findings
        if one.kind == "orders.trigger" and one.reach.state != "unreached"
    ]
    if len(triggers) < 2:
        return ""
    triggers.sort(key=lambda one: (_intervals(one)[:1] or [math.inf], one.says))
    picture = Drawing(palette, WIDTH)
    shown = triggers[:MOST]
    bottom = TOP + ROW * len(shown)
    picture.text(LABEL, 16, words("on-event"), size=12, fill=palette.soft)
    picture.text(LABEL + EVENT + 18, 16, words("by-time"), size=12, fill=palette.soft)
    for seconds, name in TICKS:
        x = _x(seconds)
        picture.line(x, TOP - 8, x, bottom)
        picture.text(x, TOP - 14, words(name), size=11, fill=palette.soft, anchor="middle")
    for number, one in enumerate(shown):
        _row(picture, one, TOP + ROW * number, words)
    if len(triggers) > MOST:
        more = words("more", n=len(triggers) - MOST)
        picture.text(0, bottom + 16, more, size=12, fill=palette.soft)
        bottom += 18
    return picture.done(bottom + 8, words("picture-triggers"))


def _row(picture: Drawing, one: FrozenFinding, top: float, words: Words) -> None:
    palette = picture.palette
    middle = top + ROW / 2
    picture.line(0, top + ROW, WIDTH, top + ROW)
    picture.open_link(one.id)
    picture.text(0, middle + 4, _label(one), size=12, width=LABEL - 12)
    picture.close_link()
    intervals = _intervals(one)
    for seconds in intervals:
        picture.dot(_x(seconds), middle)
    if not intervals:
        event = str(one.subject.get("event", "")) or words("on-event")
        picture.box(LABEL, middle - 9, EVENT - 20, 18, palette.wash)
        picture.text(LABEL + 8, middle + 4, event, size=11, width=EVENT - 34, fill=palette.accent)


def _label(one: FrozenFinding) -> str:
    told = str(one.subject.get("trigger", "")).replace("_", " ")
    starts = one.subject.get("what_it_starts")
    if isinstance(starts, Sequence) and not isinstance(starts, str) and starts:
        return f"{told} → {str(starts[0]).rpartition('.')[2]}"
    return told or one.says


def _intervals(one: FrozenFinding) -> list[float]:
    told = one.subject.get("interval_seconds") or ()
    return sorted(float(s) for s in told if isinstance(s, int | float) and s > 0)


def _x(seconds: float) -> float:
    """Place on a logarithmic axis from one second to thirty days."""
    left, right = LABEL + EVENT + 30, WIDTH - 20
    share = math.log(min(max(seconds, 1.0), LONGEST)) / math.log(LONGEST)
    return left + (right - left) * share
