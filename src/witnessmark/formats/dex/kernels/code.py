"""Code items: their heads, and the sweep over their instructions for uses of identities."""

from __future__ import annotations

from witnessmark.formats.compiled.signature import I4, I8, U1, U2, U4
from witnessmark.formats.dex.kernels.helpers import note, u1, u2, u4
from witnessmark.formats.dex.kernels.layout import (
    BAD_CODE,
    BAD_OPCODE,
    BAD_OPERAND,
    BAD_REGISTERS,
    CALL_SITES,
    CUT_CODE,
    CUT_INSTRUCTION,
    END,
    FIELD_INDEX,
    FIELDS,
    FIRST_CALL_SITE,
    FIRST_FIELD,
    FIRST_METHOD,
    FIRST_STRING,
    FIRST_TYPE,
    INSTRUCTION,
    JUMBO_INDEX,
    METHOD_INDEX,
    METHODS,
    NOTHING,
    PAYLOAD,
    SITE_INDEX,
    START,
    STRINGS,
    TOO_MUCH,
    TYPE_INDEX,
    TYPES,
    UNUSED,
    WIDTH,
    ZERO,
)  # fmt: skip

ENTRIES = ("read_code", "count_uses", "sweep_uses", "list_instructions")

HEAD = 16
"""Bytes of a code_item before its instructions."""


def read_code(
    image: U1, dex: I8, row_dex: I4, code: I8, registers: U2, ins: U2, outs: U2, units: I4,
    tries: I4, debug: I8, budget: int, notes: I8,
) -> int:  # fmt: skip
    """Heads of code items. ``code`` holds the position of each item or -1, and returns that of
    its instructions; ``debug`` is 0 without debug information. Returns all units together.
    """
    total = 0
    for row in range(len(code)):
        at = code[row]
        if at < 0:
            continue
        d = row_dex[row] * WIDTH
        end = dex[d + END]
        code[row] = -1
        if at + HEAD > end:
            note(notes, BAD_CODE, at, HEAD)
            continue
        size = u4(image, at + 12)
        left = (end - at - HEAD) >> 1
        if size > left:
            note(notes, CUT_CODE, at, HEAD)
            size = left
        if size > budget - total:
            note(notes, TOO_MUCH, at, HEAD)
            size = 0
        total += size
        code[row], units[row] = at + HEAD, size
        registers[row], ins[row], outs[row] = u2(image, at), u2(image, at + 2), u2(image, at + 4)
        if ins[row] > registers[row]:
            note(notes, BAD_REGISTERS, at, HEAD)
        tries[row] = u2(image, at + 6)
        info = u4(image, at + 8)
        debug[row] = dex[d + START] + info if info and dex[d + START] + info < end else 0
    return total


def width_at(image: U1, at: int, left: int, widths: U1) -> int:
    """Units of the instruction or payload at ``at``, of which ``left`` units are in the code."""
    op = u1(image, at)
    if op or left < 2 or image[at + 1] == 0 or image[at + 1] > 3:
        plain: int = widths[op] + 0
        return plain
    count = u2(image, at + 2)
    if image[at + 1] == 1:
        return 2 * count + 4
    if image[at + 1] == 2:
        return 4 * count + 2
    if left < 4:
        return 4
    return 4 + (u4(image, at + 4) * count + 1 >> 1)


def count_uses(image: U1, code: I8, units: I4, acts: U1, kinds: U1, widths: U1, counts: I8) -> int:
    """Upper bounds of the rows of each kind; ``counts`` starts as zeros. Linear in all units."""
    for row in range(len(code)):
        at, pc, size = code[row], 0, units[row]
        if at < 0:
            continue
        while pc < size:
            op = image[at + 2 * pc]
            if op == 0:
                counts[PAYLOAD] += image[at + 2 * pc + 1] == 3
                pc += width_at(image, at + 2 * pc, size - pc, widths)
            else:
                counts[kinds[acts[op]]] += 1
                pc += widths[op]
            counts[INSTRUCTION] += 1
    return 0


def used(
    image: U1, dex: I8, d: int, act: int, here: int, method_row: I4, field_row: I4, type_row: I4
) -> int:
    """Row of the identity that the instruction at ``here`` names, -1 where there is none."""
    index, found = u2(image, here + 2), -1
    if act == JUMBO_INDEX:
        index |= u2(image, here + 4) << 16
    if act == METHOD_INDEX:
        if index < dex[d + METHODS]:
            found = method_row[dex[d + FIRST_METHOD] + index]
    elif act == FIELD_INDEX:
        if index < dex[d + FIELDS]:
            found = field_row[dex[d + FIRST_FIELD] + index]
    elif act == TYPE_INDEX:
        if index < dex[d + TYPES]:
            found = type_row[dex[d + FIRST_TYPE] + index]
    elif act == SITE_INDEX:
        if index < dex[d + CALL_SITES]:
            found = dex[d + FIRST_CALL_SITE] + index
    elif index < dex[d + STRINGS]:
        found = dex[d + FIRST_STRING] + index
    return found


def sweep_uses(
    image: U1, dex: I8, row_dex: I4, code: I8, units: I4, acts: U1, kinds: U1, widths: U1,
    method_row: I4, field_row: I4, type_row: I4, next_row: I8, in_method: I4, at_pc: U4,
    with_opcode: U1, target: I4, width: U2, count: I4, payload_at: I8, notes: I8,
) -> int:  # fmt: skip
    """Uses of identities in all code, in order of method row and pc.

    Rows of a kind begin at ``next_row`` of it, which returns the end. Payload rows write ``width``,
    ``count``, ``payload_at`` from 0 on. Uses of what does not exist are noted and left out.
    """
    payloads_from = next_row[PAYLOAD]
    for row in range(len(code)):
        at, pc, size, d = code[row], 0, units[row], row_dex[row] * WIDTH
        if at < 0:
            continue
        while pc < size:
            here = at + 2 * pc
            op, act = image[here], acts[image[here]]
            if act == NOTHING:
                pc += widths[op]
                continue
            if act == ZERO:
                wide = width_at(image, here, size - pc, widths)
                if pc + wide > size:
                    note(notes, CUT_INSTRUCTION, here, 2 * (size - pc))
                elif image[here + 1] == 3 and u2(image, here + 2) == 0:
                    note(notes, BAD_OPERAND, here, 8)
                elif image[here + 1] == 3:
                    k = next_row[PAYLOAD]
                    in_method[k], at_pc[k], next_row[PAYLOAD] = row, pc, k + 1
                    k -= payloads_from
                    width[k], count[k] = u2(image, here + 2), u4(image, here + 4)
                    payload_at[k] = here + 8
                pc += wide
                continue
            wide = widths[op]
            if act == UNUSED:
                note(notes, BAD_OPCODE, here, 2)
            elif pc + wide > size:
                note(notes, CUT_INSTRUCTION, here, 2 * (size - pc))
            else:
                found = used(image, dex, d, act, here, method_row, field_row, type_row)
                if found < 0:
                    note(notes, BAD_OPERAND, here, 2 * wide)
                else:
                    k = next_row[kinds[act]]
                    next_row[kinds[act]] = k + 1
                    in_method[k], at_pc[k], with_opcode[k], target[k] = row, pc, op, found
            pc += wide
    return 0


def list_instructions(
    code: I8, image: U1, units: I4, widths: U1, in_method: I4, at_pc: U4, opcode: U1
) -> int:
    """Every instruction and payload of all code, by method row and pc; how many."""
    k = 0
    for row in range(len(code)):
        at, pc, size = code[row], 0, units[row]
        if at < 0:
            continue
        while pc < size:
            op = image[at + 2 * pc]
            in_method[k], at_pc[k], opcode[k] = row, pc, op
            k += 1
            pc += widths[op] if op else width_at(image, at + 2 * pc, size - pc, widths)
    return k
