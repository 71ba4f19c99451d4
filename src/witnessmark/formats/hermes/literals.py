"""Arrays and objects whose members are constants: how the file keeps them.

Source: github.com/facebook/hermes include/hermes/BCGen/HBC/SerializedLiteralGenerator.h. Runs of
values of one kind: a tag of one byte (kind in bits 4 to 6, count below), or of two bytes where
bit 7 is set, then the values.
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct

from witnessmark.formats.hermes.values import Constant, Number, Value
from witnessmark.model.location import Span

NULL, TRUE, FALSE, REAL, LONG_TEXT, SHORT_TEXT, BYTE_TEXT, INTEGER = range(8)
WORDS = {NULL: "null", TRUE: "true", FALSE: "false"}
LAYOUTS = {
    REAL: Struct("<d"), LONG_TEXT: Struct("<I"), SHORT_TEXT: Struct("<H"), BYTE_TEXT: Struct("<B"),
    INTEGER: Struct("<i"),
}  # fmt: skip
MOST_VALUES = 4_096
STATIC = 98
"""First version in which kind 6 is the word undefined, without a value."""


def literals(data: memoryview, section: Span, at: int, count: int, version: int) -> Sequence[Value]:
    """Up to ``count`` values from byte ``at`` of a section; fewer where it ends before."""
    found: list[Value] = []
    here, end = section.offset + at, min(section.end, len(data))
    count = min(count, MOST_VALUES)
    while len(found) < count and here < end:
        tag = data[here]
        kind, run = tag >> 4 & 7, tag & 0xF
        here += 1
        if tag & 0x80:
            if here >= end:
                break
            run = run << 8 | data[here]
            here += 1
        layout = LAYOUTS.get(kind)
        if layout is None or (kind == BYTE_TEXT and version >= STATIC):
            found += [Number(WORDS.get(kind, "undefined"))] * min(run, count - len(found))
            continue
        for _ in range(min(run, count - len(found))):
            if here + layout.size > end:
                return found
            (value,) = layout.unpack_from(data, here)
            here += layout.size
            is_text = kind in (LONG_TEXT, SHORT_TEXT, BYTE_TEXT)
            found.append(Constant(value) if is_text else Number(spelled(value)))
    return found


def spelled(value: float) -> str:
    """A number as JavaScript would write it."""
    return str(int(value)) if value == value and abs(value) < 1e15 and value == int(value) else (
        repr(value)
    )  # fmt: skip
