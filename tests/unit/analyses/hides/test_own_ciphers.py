"""Loops of a method that may combine bytes."""

from __future__ import annotations

from witnessmark.analyses.hides._own_ciphers import MOST_LOOPS, loop_bodies
from witnessmark.flow.instructions import Instruction

NOP, GOTO = 0x00, 0x28


def code(*offsets: int) -> list[Instruction]:
    """One unit each: jumps by their offsets, and 0 for what does nothing."""
    return [Instruction(pc, GOTO if by else NOP, 1, (), by) for pc, by in enumerate(offsets)]


def spans(instructions: list[Instruction]) -> list[tuple[int, int]]:
    return [(body[0].pc, body[-1].pc) for body in loop_bodies(instructions)]


def test_loops_lie_between_a_jump_back_and_its_target() -> None:
    assert spans(code(0, 0, -1, 2, 0, -4)) == [(1, 2), (1, 5)]


def test_of_too_many_loops_the_shortest_are_looked_at() -> None:
    far = [-at for at in range(1, 3 * MOST_LOOPS)]
    told = spans(code(0, *far, 0, -1))
    assert len(told) == MOST_LOOPS
    assert told[-1] == (len(far) + 1, len(far) + 2)
    assert told[:2] == [(0, 1), (0, 2)]
