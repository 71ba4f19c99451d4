"""What hangs on code items: exception handlers and line numbers."""

from __future__ import annotations

from witnessmark.formats.compiled.signature import I4, I8, U1, U4
from witnessmark.formats.dex.kernels.helpers import note, sleb, type_of, u1, u2, u4, uleb
from witnessmark.formats.dex.kernels.layout import (
    BAD_DEBUG,
    BAD_HANDLERS,
    END,
    NO_INDEX,
    TOO_MUCH,
    WIDTH,
)  # fmt: skip

ENTRIES = ("read_handlers", "read_lines")

CATCH_ALL = -1
TRY_ITEM = 8

END_SEQUENCE, ADVANCE_PC, ADVANCE_LINE, START_LOCAL, START_LOCAL_EXTENDED = 0, 1, 2, 3, 4
END_LOCAL, RESTART_LOCAL, SET_FILE, FIRST_SPECIAL = 5, 6, 9, 10
LINE_BASE, LINE_RANGE = -4, 15


def read_handlers(
    image: U1, dex: I8, row_dex: I4, code: I8, units: I4, tries: I4, type_row: I4, method: I4,
    start: U4, end: U4, handler: U4, caught: I4, cursor: I8, notes: I8,
) -> int:  # fmt: skip
    """How many handlers all try ranges have; writes those that fit. Linear in the image.

    ``caught`` is the type's row, -1 for catch-all. ``cursor`` is scratch of two items.
    """
    rows = 0
    budget = len(image)
    for row in range(len(code)):
        if code[row] < 0 or tries[row] == 0:
            continue
        d = row_dex[row] * WIDTH
        stop = dex[d + END]
        first = code[row] + 2 * units[row] + 2 * (units[row] & 1)
        lists = first + TRY_ITEM * tries[row]
        if lists >= stop:
            note(notes, BAD_HANDLERS, code[row], 2)
            continue
        for item in range(first, lists, TRY_ITEM):
            cursor[0], cursor[1] = lists + u2(image, item + 6), 0
            begin = u4(image, item)
            size = sleb(image, cursor, stop)
            left = size if size > 0 else 1 - size
            budget -= 1
            while left > 0 and cursor[1] == 0 and budget > 0:
                left -= 1
                budget -= 1
                index = NO_INDEX
                if left > 0 or size > 0:
                    index = uleb(image, cursor, stop)
                target = uleb(image, cursor, stop)
                kind = CATCH_ALL
                if index != NO_INDEX:
                    kind = type_of(dex, d, type_row, index)
                if cursor[1] or (kind < 0 and index != NO_INDEX) or target >= units[row]:
                    note(notes, BAD_HANDLERS, item, TRY_ITEM)
                    continue
                if rows < len(method):
                    method[rows], start[rows], caught[rows] = row, begin, kind
                    end[rows] = min(begin + u2(image, item + 4), NO_INDEX)
                    handler[rows] = target
                rows += 1
            if budget <= 0:
                note(notes, TOO_MUCH, item, TRY_ITEM)
                return rows
    return rows


def read_lines(
    image: U1, dex: I8, row_dex: I4, debug: I8, units: I4, method: I4, at_pc: U4, line: U4,
    cursor: I8, notes: I8,
) -> int:  # fmt: skip
    """How many line entries there are; writes those that fit. Linear in the image.

    Entries behind the end of the code, which shared debug information has, are left out.
    """
    rows = 0
    budget = 8 * len(image)
    for row in range(len(debug)):
        if debug[row] == 0:
            continue
        end = dex[row_dex[row] * WIDTH + END]
        cursor[0], cursor[1] = debug[row], 0
        current = uleb(image, cursor, end)
        skip_ulebs(image, cursor, end, uleb(image, cursor, end))
        pc, limit, here = 0, units[row], cursor[0]
        while cursor[1] == 0 and pc < limit:
            if here >= end:
                cursor[1] = 1
                break
            op = u1(image, here)
            here += 1
            if op >= FIRST_SPECIAL:
                current += LINE_BASE + (op - FIRST_SPECIAL) % LINE_RANGE
                pc += (op - FIRST_SPECIAL) // LINE_RANGE
                if pc < limit:
                    if rows < len(method):
                        method[rows], at_pc[rows], line[rows] = row, pc, current & NO_INDEX
                    rows += 1
                continue
            if op == END_SEQUENCE:
                break
            cursor[0] = here
            if op == ADVANCE_PC:
                pc += uleb(image, cursor, end)
            elif op == ADVANCE_LINE:
                current += sleb(image, cursor, end)
            else:
                skip_ulebs(image, cursor, end, numbers_behind(op))
            here = cursor[0]
        cursor[0] = here
        if cursor[1]:
            note(notes, BAD_DEBUG, debug[row], cursor[0] - debug[row])
        budget -= cursor[0] - debug[row] + 1
        if budget < 0:
            note(notes, TOO_MUCH, debug[row], 1)
            return rows
    return rows


def numbers_behind(op: int) -> int:
    """How many ULEB128 numbers follow an opcode that moves neither place nor line."""
    if op == START_LOCAL:
        return 3
    if op == START_LOCAL_EXTENDED:
        return 4
    return 1 if op in (END_LOCAL, RESTART_LOCAL, SET_FILE) else 0


def skip_ulebs(image: U1, cursor: I8, end: int, count: int) -> int:
    """Move over ``count`` ULEB128 numbers."""
    for _ in range(count):
        uleb(image, cursor, end)
        if cursor[1]:
            return 1
    return 0
