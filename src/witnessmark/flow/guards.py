"""Under which conditions an instruction of a method runs, told from its branches.

A test that jumps forward guards what stands between it and its target; where that ends with a
jump further on, what follows up to there is guarded by the opposite. What other branches can
come to as well is guarded by none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.flow.instructions import Instruction, MethodCode
from witnessmark.flow.origins import (
    OPPOSITE,
    UNKNOWN,
    Branch,
    Choice,
    Constant,
    Origin,
    Relation,
    Unknown,
)

GOTOS = (0x28, 0x29, 0x2A)
SMALL_INTS = (0x12, 0x13, 0x14)


class Condition(Struct, frozen=True):
    """``left relation right`` holds; ``test`` is the place of the branch."""

    left: Origin
    relation: Relation
    right: Origin
    test: int

    @property
    def negated(self) -> Condition:
        """The opposite."""
        return Condition(self.left, OPPOSITE[self.relation], self.right, self.test)


class Guard(Struct, frozen=True):
    """A condition and the instructions that run only where it holds, ``first`` to ``end``.

    ``stated``  they follow the test at once, as compilers put what source writes behind ``if``.
    """

    condition: Condition
    first: int
    end: int
    stated: bool = False


def guards(
    code: MethodCode, tests: Sequence[Branch], choices: Sequence[Choice] = ()
) -> list[Guard]:
    """Guards of a method, by place of their test or switch."""
    index = {one.pc: number for number, one in enumerate(code.instructions)}
    ways = list(_ways(code))
    found: list[Guard] = []
    for test in tests:
        at = index.get(test.pc)
        if at is None or test.target <= test.pc or test.target not in index:
            continue
        condition = Condition(test.left, test.relation, test.right, test.pc)
        after = code.instructions[at + 1].pc if at + 1 < len(code.instructions) else test.target
        behind = _guarded(condition.negated, after, test.target, test.pc, ways)
        found += [replace(one, stated=True) for one in behind]
        found += _after(code, index, test, condition, ways)
    found += _cases(code, index, ways, {one.pc: one.value for one in choices}, tests)
    return sorted(found, key=lambda one: (one.condition.test, one.first))


def _ways(code: MethodCode) -> Iterator[tuple[int, int]]:
    """Places from which control comes and where to, handlers from outside (-1)."""
    jumped: set[int] = set()
    for one in code.instructions:
        if one.opcode in GOTOS or 0x32 <= one.opcode <= 0x3D:
            targets = [one.pc + one.literal]
        else:
            targets = [target for _, target in code.switches.get(one.pc, ())]
        jumped.update(targets)
        yield from ((one.pc, target) for target in targets)
        if not _stops(one):
            yield one.pc, one.pc + one.units
    yield from ((-1, handler) for handler in sorted(code.joins - jumped))


def _stops(one: Instruction) -> bool:
    """Whether the next instruction does not follow."""
    return one.opcode in GOTOS or 0x0E <= one.opcode <= 0x11 or one.opcode == 0x27


def _guarded(
    condition: Condition, first: int, end: int, test: int, ways: Sequence[tuple[int, int]]
) -> list[Guard]:
    """The guard of a stretch to which its test goes, up to the first place to which control
    comes from elsewhere.
    """
    own, stop = (test, first), end
    while True:
        entered = [one for one in ways if first <= one[1] < stop and not first <= one[0] < stop]
        if own in entered:
            entered.remove(own)
        if not entered:
            return [Guard(condition, first, stop)] if stop > first else []
        stop = min(target for _, target in entered)


def _after(
    code: MethodCode,
    index: Mapping[int, int],
    test: Branch,
    condition: Condition,
    ways: Sequence[tuple[int, int]],
) -> list[Guard]:
    """What stands behind the target: to where the stretch before it jumps, or, where that ends
    by returning, to the end of the next straight line.
    """
    last = code.instructions[index[test.target] - 1]
    if last.pc <= test.pc:
        return []
    if last.opcode in GOTOS and last.pc + last.literal > test.target:
        return _guarded(condition, test.target, last.pc + last.literal, test.pc, ways)
    if 0x0E <= last.opcode <= 0x11 or last.opcode == 0x27:
        end = _line_end(code.instructions, index[test.target])
        return _guarded(condition, test.target, end, test.pc, ways)
    return []


def _numbered(
    code: MethodCode, index: Mapping[int, int], tests: Sequence[Branch]
) -> Iterator[tuple[int, Condition]]:
    """Numbers that a method sets first where a test holds, with what holds there."""
    for test in tests:
        at = index.get(test.pc)
        if at is None or test.relation not in ("==", "!="):
            continue
        condition = Condition(test.left, test.relation, test.right, test.pc)
        for number, holds in ((at + 1, condition.negated), (index.get(test.target), condition)):
            if number is None or number >= len(code.instructions) or holds.relation != "!=":
                continue
            load = code.instructions[number]
            if load.opcode in SMALL_INTS:
                yield load.literal, holds


def _line_end(listed: Sequence[Instruction], start: int) -> int:
    """Where the straight line that begins at an instruction ends."""
    for one in listed[start:]:
        if one.opcode in GOTOS or 0x0E <= one.opcode <= 0x11 or 0x32 <= one.opcode <= 0x3D:
            return one.pc + one.units
    return listed[-1].pc + listed[-1].units


def _cases(
    code: MethodCode,
    index: Mapping[int, int],
    ways: Sequence[tuple[int, int]],
    values: Mapping[int, Origin],
    tests: Sequence[Branch],
) -> Iterator[Guard]:
    """Cases of switches: each up to the end of its straight line.

    Of a switch over strings the second step chooses by the number that a test of the first set.
    """
    numbers = dict(_numbered(code, index, tests))
    for one in code.instructions:
        for key, target in code.switches.get(one.pc, ()):
            if target not in index or target <= one.pc:
                continue
            value = values.get(one.pc, UNKNOWN)
            equal = Condition(value, "==", Constant("int", str(key), -1, one.pc), one.pc)
            if isinstance(value, Unknown) and key in numbers:
                equal = numbers[key]
            end = _line_end(code.instructions, index[target])
            yield from _guarded(equal, target, end, one.pc, ways)
