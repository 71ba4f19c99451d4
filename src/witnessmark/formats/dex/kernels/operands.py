"""Operands of instructions.

Source: Dalvik executable instruction formats,
source.android.com/docs/core/runtime/instruction-formats.
"""

from __future__ import annotations

from witnessmark.formats.compiled.signature import I4, I8, U1, U4
from witnessmark.formats.dex.kernels.code import width_at
from witnessmark.formats.dex.kernels.helpers import u1, u2, u4
from witnessmark.formats.dex.kernels.layout import (
    ABSENT,
    HIGH,
    HIGH_OF_UNIT_1,
    INDEX,
    LIST,
    LITERAL,
    LOW,
    LOW_OF_UNIT_1,
    OPERANDS,
    SHIFTED,
    SHIFTED_WIDE,
    SIGNED_BYTE,
    SIGNED_HIGH,
    SIGNED_HIGH_OF_UNIT_1,
    SIGNED_UNIT_1,
    SIGNED_UNITS_1_2,
    TARGET,
    UNIT_1,
    UNIT_2,
    UNITS_1_2,
    UNITS_1_4,
    WHOLE_BYTE,
    A,
    B,
    C,
)  # fmt: skip

ENTRIES = ("list_operands",)


def signed(value: int, bits: int) -> int:
    """``value`` of so many bits, its highest taken as a sign."""
    return value - ((value >> (bits - 1)) << bits)


def short_operand(image: U1, at: int, place: int) -> int:
    """An operand in the instruction's first unit, or that unit's upper byte for the others."""
    byte = u1(image, at + 1)
    if place == LOW:
        return byte & 15
    if place == HIGH:
        return byte >> 4
    if place == SIGNED_HIGH:
        return signed(byte >> 4, 4)
    if place == SIGNED_BYTE:
        return signed(byte, 8)
    return byte


def operand(image: U1, at: int, place: int) -> int:
    """The operand that an instruction at ``at`` keeps in a place of `layout`."""
    if place in (LOW, HIGH, WHOLE_BYTE, SIGNED_HIGH, SIGNED_BYTE):
        return short_operand(image, at, place)
    if place == UNIT_1:
        return u2(image, at + 2)
    if place == UNIT_2:
        return u2(image, at + 4)
    if place == LOW_OF_UNIT_1:
        return u1(image, at + 2)
    if place == HIGH_OF_UNIT_1:
        return u1(image, at + 3)
    if place == SIGNED_UNIT_1:
        return signed(u2(image, at + 2), 16)
    if place == SIGNED_HIGH_OF_UNIT_1:
        return signed(u1(image, at + 3), 8)
    return long_operand(image, at, place)


def long_operand(image: U1, at: int, place: int) -> int:
    """Likewise, for operands that are wide or put together."""
    if place == UNITS_1_2:
        return u4(image, at + 2)
    if place == SIGNED_UNITS_1_2:
        return signed(u4(image, at + 2), 32)
    if place == UNITS_1_4:
        return u4(image, at + 2) | signed(u4(image, at + 6), 32) << 32
    if place == SHIFTED:
        return signed(u2(image, at + 2), 16) << 16
    if place == SHIFTED_WIDE:
        return signed(u2(image, at + 2), 16) << 48
    if place == LIST:
        return u2(image, at + 4) | (u1(image, at + 1) & 15) << 16
    return u2(image, at + 6)


def read_operands(image: U1, at: int, places: U1, out: I8) -> int:
    """Operands of the instruction at ``at`` go to ``out``, in the order of `layout`; targets as
    distances. What its format has not is 0 for registers and literal, -1 for index and target.
    """
    row = OPERANDS * u1(image, at)
    for k in range(OPERANDS):
        place = places[row + k]
        if place != ABSENT:
            out[k] = operand(image, at, place)
        else:
            out[k] = 0 if k <= LITERAL else -1
    return 0


def list_operands(
    image: U1, code: I8, units: I4, first: int, last: int, widths: U1, places: U1, in_method: I4,
    at_pc: U4, opcode: U1, a: I4, b: I4, c: I4, literal: I8, index: I8, target: I8, scratch: I8,
) -> int:  # fmt: skip
    """Operands of every instruction of method rows ``first`` up to ``last``; how many there are.

    Writes those that fit. Payloads and instructions that the end of the code cuts have none.
    ``index`` is as written; targets are pcs, -1 for none.
    """
    n = 0
    for row in range(first, last):
        at, pc, size = code[row], 0, units[row]
        if at < 0:
            continue
        while pc < size:
            here = at + 2 * pc
            wide = width_at(image, here, size - pc, widths)
            if n < len(at_pc):
                in_method[n], at_pc[n], opcode[n] = row, pc, image[here]
                for k in range(OPERANDS):
                    scratch[k] = 0 if k <= LITERAL else -1
                if pc + wide <= size and (image[here] or image[here + 1] == 0):
                    read_operands(image, here, places, scratch)
                    if places[OPERANDS * u1(image, here) + TARGET] != ABSENT:
                        scratch[TARGET] += pc
                a[n], b[n], c[n] = scratch[A], scratch[B], scratch[C]
                literal[n], index[n], target[n] = scratch[LITERAL], scratch[INDEX], scratch[TARGET]
            n += 1
            pc += wide
    return n
