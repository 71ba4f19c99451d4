"""Code items and debug information.

Source: Dalvik executable format, code_item, try_item and debug_info_item,
source.android.com/docs/core/runtime/dex-format.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from witnessmark.formats.listing.body import Code
from witnessmark.formats.listing.pool import TYPE
from witnessmark.formats.listing.values import sleb, uleb

END_SEQUENCE, ADVANCE_PC, ADVANCE_LINE = b"\0", b"\1", b"\2"
NOTE_LINE = b"\x0e"
"""Special opcode that notes a line and moves neither line nor address."""

NO_NAME = 0xFFFFFFFF
CODE_HEADER = 16
MOST_TRIED = 0xFFFF


def code_item(code: Code, numbers: Sequence[Sequence[int]], debug: int) -> bytes:
    """Bytes of a code item; ``numbers`` are final numbers by kind and first number."""
    units = code.units[:]
    for place, kind in code.fixes:
        units[place] = numbers[kind][units[place]]
    tries = _split(code.tries)
    body = struct.pack(
        f"<4H2I{len(units)}H", code.registers, code.ins, code.outs, len(tries), debug, len(units),
        *units,
    )  # fmt: skip
    if not tries:
        return body
    padding = b"\0\0" if len(units) & 1 else b""
    lists = sorted({handlers for _, _, handlers in tries})
    spelled = bytearray(uleb(len(lists)))
    places = {}
    for handlers in lists:
        places[handlers] = len(spelled)
        spelled += _handlers(handlers, numbers[TYPE])
    items = b"".join(
        struct.pack("<I2H", low, high - low, places[handlers]) for low, high, handlers in tries
    )
    return body + padding + items + bytes(spelled)


Handlers = tuple[tuple[int, int], ...]


def _split(tries: Sequence[tuple[int, int, Handlers]]) -> list[tuple[int, int, Handlers]]:
    """Ranges of at most 65535 units."""
    return [
        (at, min(high, at + MOST_TRIED), handlers)
        for low, high, handlers in tries
        for at in range(low, high, MOST_TRIED)
    ]


def _handlers(handlers: Handlers, types: Sequence[int]) -> bytes:
    """An encoded_catch_handler; the handler of everything has no type and comes last."""
    typed = [(kind, target) for kind, target in handlers if kind >= 0]
    others = [target for kind, target in handlers if kind < 0]
    out = bytearray(sleb(-len(typed) if others else len(typed)))
    for kind, target in typed:
        out += uleb(types[kind]) + uleb(target)
    for target in others[:1]:
        out += uleb(target)
    return bytes(out)


def debug_info(code: Code, names: Sequence[int]) -> bytes:
    """Bytes of a debug_info_item; ``names`` are those of parameters, `NO_NAME` for none."""
    line = code.lines[0][1] if code.lines else 0
    out = bytearray(uleb(line) + uleb(len(names)))
    for name in names:
        out += uleb(0 if name == NO_NAME else name + 1)
    before = 0
    for pc, number in code.lines:
        if pc != before:
            out += ADVANCE_PC + uleb(pc - before)
        if number != line:
            out += ADVANCE_LINE + sleb(number - line)
        out += NOTE_LINE
        before, line = pc, number
    return bytes(out + END_SEQUENCE)
