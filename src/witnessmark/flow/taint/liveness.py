"""Registers whose values still matter at the start of each block of a method.

Source: A. Aho, M. Lam, R. Sethi, J. Ullman, Compilers, 2nd edition, 9.2.5 (live variables).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from witnessmark.flow.instructions import Instruction

if TYPE_CHECKING:
    from witnessmark.flow.taint.body import Block, Handler

RESULTS = frozenset((0x24, 0x25, *range(0x6E, 0x79), *range(0xFA, 0xFE)))
"""Instructions whose result the next one moves into a register."""

MOVES_RESULT = frozenset((0x0A, 0x0B, 0x0C))
MOVES_EXCEPTION, CHECKS_CAST = 0x0D, 0x1F
WRITES = frozenset((
    *range(0x01, 0x0E), *range(0x12, 0x1D), 0x20, 0x21, 0x22, 0x23, *range(0x2D, 0x32),
    *range(0x44, 0x4B), *range(0x52, 0x59), *range(0x60, 0x67), *range(0x7B, 0xB0),
    *range(0xD0, 0xE3), 0xFE, 0xFF,
))  # fmt: skip
"""Instructions that only write their first register."""

WRITES_TOO = frozenset((CHECKS_CAST, *range(0xB0, 0xD0)))
"""Instructions that read and write their first register."""


def live_registers(
    blocks: Mapping[int, Block],
    followers: Mapping[int, Sequence[int]],
    handlers: Sequence[Handler],
    registers: int,
) -> Mapping[int, tuple[int, ...]]:
    """Registers that matter at the start of each block; behind the last stand those of results
    and exceptions, as in `frame.Frame`.
    """
    reads, kills = {}, {}
    for start, block in blocks.items():
        reads[start], kills[start] = _summary(block.instructions, registers)
    caught = {
        start: [
            h.handler for h in handlers if h.start <= block.instructions[-1].pc and h.end > start
        ]
        for start, block in blocks.items()
    }
    live = dict.fromkeys(blocks, 0)
    changed = True
    while changed:
        changed = False
        for start in sorted(blocks, reverse=True):
            behind = 0
            for after in followers[start]:
                behind |= live.get(after, 0)
            found = reads[start] | (behind & ~kills[start])
            for handler in caught[start]:
                found |= live.get(handler, 0) & ~(1 << (registers + 1))
            if found != live[start]:
                live[start] = found
                changed = True
    return {
        start: tuple(number for number in range(registers + 2) if mask >> number & 1)
        for start, mask in live.items()
    }


def _covers(handler: Handler, block: Block) -> bool:
    return handler.start <= block.instructions[-1].pc and handler.end > block.start


def _summary(instructions: Sequence[Instruction], registers: int) -> tuple[int, int]:
    """Masks of registers that are read before they are written, and of those written."""
    reads = kills = 0
    for one in instructions:
        opcode = one.opcode
        used: Sequence[int] = one.registers
        written: Sequence[int] = ()
        if opcode in WRITES:
            used, written = used[1:], used[:1]
        elif opcode in WRITES_TOO:
            written = used[:1]
        mask = 0
        for register in used:
            mask |= 1 << register
        if opcode in MOVES_RESULT:
            mask |= 1 << registers
        elif opcode == MOVES_EXCEPTION:
            mask |= 1 << (registers + 1)
        reads |= mask & ~kills
        for register in written:
            kills |= 1 << register
        if opcode in RESULTS:
            kills |= 1 << registers
    return reads, kills
