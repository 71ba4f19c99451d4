"""One method, decoded into rows of instructions, for the coarse pass.

Source: Dalvik bytecode and executable instruction formats, source.android.com/docs/core/runtime.
"""

from __future__ import annotations

from witnessmark.flow.kernels.places import (
    AT,
    CALLS,
    CALLS_,
    CODE_,
    INDEX_,
    TRIES,
    TRIES_,
    UNITS,
    USES,
    USES_,
    fact,
    item,
    length,
    put,
)
from witnessmark.formats.compiled.signature import I8, U1
from witnessmark.formats.dex.kernels.code import width_at
from witnessmark.formats.dex.kernels.helpers import u2, u4
from witnessmark.formats.dex.kernels.layout import OPERANDS, TARGET, A, B, C
from witnessmark.formats.dex.kernels.operands import read_operands, signed

OP, REG_A, REG_B, REG_C, REF, GOES, SLOT, PC = 0, 1, 2, 3, 4, 5, 6, 7
ROW = 8
"""Items of an instruction: opcode, registers, row of the call or field use it makes, index of the
instruction it goes to (of a switch, place of its payload), number of the state that is kept for it,
its place; -1 for none."""


def decode(image: U1, widths: U1, operands: U1, scratch: I8, app: I8, work: I8, m: int) -> int:
    """Write the instructions of method ``m``; how many, or -1 when there is no room."""
    at, units = fact(app, m, AT), fact(app, m, UNITS)
    if units > length(work, INDEX_):
        return -1
    call, last_call = fact(app, m, CALLS), fact(app, m + 1, CALLS)
    use, last_use = fact(app, m, USES), fact(app, m + 1, USES)
    n, pc = 0, 0
    for i in range(units):
        put(work, INDEX_, i, -1)
    while pc < units:
        here = at + 2 * pc
        wide = width_at(image, here, units - pc, widths)
        op = image[here] + 0
        if pc + wide <= units and (op != 0 or image[here + 1] == 0):
            if (n + 1) * ROW > length(work, CODE_):
                return -1
            row = n * ROW
            read(image, operands, scratch, work, here, pc, op, row)
            if 0x6E <= op <= 0x78 or op >= 0xFA:
                while call < last_call and item(app, CALLS_, 3 * call) < pc:
                    call += 1
                if call < last_call and item(app, CALLS_, 3 * call) == pc:
                    put(work, CODE_, row + REF, call)
            elif 0x52 <= op <= 0x6D:
                while use < last_use and item(app, USES_, 2 * use) < pc:
                    use += 1
                if use < last_use and item(app, USES_, 2 * use) == pc:
                    put(work, CODE_, row + REF, use)
            put(work, INDEX_, pc, n)
            n += 1
        pc += wide
    return n


def read(
    image: U1, operands: U1, scratch: I8, work: I8, here: int, pc: int, op: int, row: int
) -> int:
    """Write the instruction at position ``here`` of the image."""
    read_operands(image, here, operands, scratch)
    put(work, CODE_, row + OP, op)
    put(work, CODE_, row + PC, pc)
    put(work, CODE_, row + REF, -1)
    put(work, CODE_, row + REG_A, scratch[A])
    put(work, CODE_, row + REG_B, scratch[B])
    put(work, CODE_, row + REG_C, scratch[C])
    has_target = operands[OPERANDS * op + TARGET] != 0
    put(work, CODE_, row + GOES, pc + scratch[TARGET] if has_target else -1)
    put(work, CODE_, row + SLOT, -1)
    return 0


def lead(work: I8, units: int, pc: int, states: int, room: int) -> int:
    """Give the instruction at ``pc`` a state; how many there are then."""
    if pc < 0 or pc >= units or item(work, INDEX_, pc) < 0:
        return states
    row = item(work, INDEX_, pc) * ROW
    if item(work, CODE_, row + SLOT) >= 0:
        return states
    put(work, CODE_, row + SLOT, states if states < room else room - 1)
    return states + 1


def switch_cases(image: U1, at: int, units: int, pc: int, out: I8) -> int:
    """Number of cases of the payload at ``pc``; ``out`` gets the place of their targets."""
    if pc < 0 or pc + 2 > units:
        return 0
    kind, size = u2(image, at + 2 * pc), u2(image, at + 2 * pc + 2)
    first = pc + 4 if kind == 0x0100 else pc + 2 + 2 * size
    if (kind != 0x0100 and kind != 0x0200) or first + 2 * size > units:
        return 0
    out[0] = first
    return size


def case_target(image: U1, at: int, pc: int, first: int, k: int) -> int:
    """Place to which case ``k`` of the switch at ``pc`` leads."""
    return pc + signed(u4(image, at + 2 * (first + 2 * k)), 32)


def link(image: U1, scratch: I8, app: I8, work: I8, m: int, n: int, room: int) -> int:
    """Mark where control can arrive and turn targets into indices; how many states are wanted."""
    at, units = fact(app, m, AT), fact(app, m, UNITS)
    states = lead(work, units, 0, 0, room)
    for i in range(n):
        row = i * ROW
        op, goes = item(work, CODE_, row + OP), item(work, CODE_, row + GOES)
        if goes < 0 or op == 0x26:
            continue
        if op == 0x2B or op == 0x2C:
            size = switch_cases(image, at, units, goes, scratch)
            first = scratch[0] + 0
            for k in range(size):
                to = case_target(image, at, item(work, CODE_, row + PC), first, k)
                states = lead(work, units, to, states, room)
        else:
            states = lead(work, units, goes, states, room)
            put(work, CODE_, row + GOES, item(work, INDEX_, goes) if goes < units else -1)
    for t in range(fact(app, m, TRIES), fact(app, m + 1, TRIES)):
        states = lead(work, units, item(app, TRIES_, 3 * t + 2), states, room)
    return states
