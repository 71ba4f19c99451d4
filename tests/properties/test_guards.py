"""What a branch guards is reached through it only: checked by walking, on random code."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.flow.guards import guards
from witnessmark.flow.instructions import Instruction, MethodCode
from witnessmark.flow.origins import UNKNOWN, Branch, Choice, Constant

IF_EQ, GOTO, RETURN, CONST, SWITCH = 0x32, 0x29, 0x0E, 0x13, 0x2B

STEPS = st.lists(
    st.tuples(st.sampled_from((IF_EQ, IF_EQ, GOTO, RETURN, CONST, CONST, SWITCH)), st.integers()),
    min_size=1,
    max_size=14,
)


def method(steps: list[tuple[int, int]]) -> MethodCode:
    """Code of one-unit instructions that jump to random places; a return ends it."""
    end = len(steps)
    listed, switches = [], {}
    for pc, (opcode, number) in enumerate(steps):
        target = number % (end + 1)
        jumps = opcode in (IF_EQ, GOTO)
        listed.append(Instruction(pc, opcode, 1, (0, 1), target - pc if jumps else 0))
        if opcode == SWITCH:
            switches[pc] = [(7, target), (8, (number * 3 + 1) % (end + 1))]
    listed.append(Instruction(end, RETURN, 1, ()))
    return MethodCode(0, tuple(listed), {}, {}, {}, {}, frozenset(), switches)


def edges(code: MethodCode) -> Mapping[int, set[tuple[int, str]]]:
    """Where control goes from each place, and under what name."""
    found: dict[int, set[tuple[int, str]]] = {}
    for one in code.instructions:
        out: set[tuple[int, str]] = set()
        if one.opcode != RETURN and one.opcode != GOTO:
            out.add((one.pc + 1, "on"))
        if one.opcode in (IF_EQ, GOTO):
            out.add((one.pc + one.literal, "jump"))
        for key, target in code.switches.get(one.pc, ()):
            out.add((target, str(key)))
        found[one.pc] = out
    return found


def reached_without(code: MethodCode, test: int, name: str) -> set[int]:
    """Places to which control comes without the named way out of a test."""
    ways, seen, queue = edges(code), {0}, [0]
    while queue:
        here = queue.pop()
        for there, way in ways[here]:
            if there not in seen and (here, way) != (test, name):
                seen.add(there)
                queue.append(there)
    return seen


@settings(max_examples=400)
@given(STEPS)
def test_guarded_places_are_reached_through_their_test_only(steps: list[tuple[int, int]]) -> None:
    code = method(steps)
    tests = [
        Branch(one.pc, one.pc + one.literal, UNKNOWN, "==", UNKNOWN)
        for one in code.instructions
        if one.opcode == IF_EQ
    ]
    choices = [Choice(pc, Constant("string", "x", -1, pc)) for pc in code.switches]
    for guard in guards(code, tests, choices):
        place = guard.condition.test
        assert place < guard.first < guard.end
        if place in code.switches:
            right = guard.condition.right
            assert isinstance(right, Constant)
            free = reached_without(code, place, right.text)
        else:
            free = reached_without(
                code, place, "jump" if guard.condition.relation == "==" else "on"
            )
        assert not free & set(range(guard.first, guard.end))


def test_both_sides_of_a_branch_are_guarded() -> None:
    steps = [(IF_EQ, 3), (CONST, 0), (GOTO, 4), (CONST, 0), (CONST, 0)]
    code = method(steps)
    found = guards(code, [Branch(0, 3, UNKNOWN, "==", UNKNOWN)])
    told = [(one.condition.relation, one.first, one.end, one.stated) for one in found]
    assert told == [("!=", 1, 3, True), ("==", 3, 4, False)]
