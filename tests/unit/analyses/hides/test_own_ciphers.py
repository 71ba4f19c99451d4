"""Loops of a method that may combine bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from miniapp.apk import write_apk
from witnessmark import pipeline
from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.hides import _own_ciphers
from witnessmark.analyses.hides._own_ciphers import MOST_LOOPS, Unseen, loop_bodies, own_ciphers
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


@pytest.mark.parametrize(("loops", "unseen"), [(2, True), (1, False)])
def test_methods_whose_longest_loops_are_not_looked_at_are_told(
    loops: int, unseen: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_own_ciphers, "MOST_LOOPS", 1)
    monkeypatch.setattr(_own_ciphers, "owner_of", lambda *_: "own")
    jumps = ["int 1", "if AGAIN"] * loops
    code = ["AGAIN:", "param 0", "xor 90", *jumps, "return"]
    path = tmp_path / "app.apk"
    method = {"sig": "over(I)V", "access": "public static", "code": code}
    path.write_bytes(write_apk({"classes": [{"name": "org.example.Veil", "methods": [method]}]}))
    facts = pipeline.read_app([path])
    told = [one for one in own_ciphers(facts, (), (), CallRoles(())) if isinstance(one, Unseen)]
    assert [facts.method_name(one.method) for one in told] == ["over"] * unseen
