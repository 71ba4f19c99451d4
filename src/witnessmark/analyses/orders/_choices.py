"""Places where a method does one thing or another by a constant: comparisons and switches.

For each constant, the instructions that run for it alone: those that can be reached when it is
what came, and not when it is not, without passing the comparison again. A switch over texts, which
compilers make of two (first a number by hash and comparison, then a switch over that number), is
told as one.

Source: Dalvik bytecode; The Java Language Specification 14.11 for what compilers translate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import Instruction, MethodCode

CONST_STRINGS, SMALL_INTS = (0x1A, 0x1B), (0x12, 0x13, 0x14)
MOVES = range(0x01, 0x0A)
SWITCHES = (0x2B, 0x2C)
IF_EQ, IF_NE, IF_EQZ, IF_NEZ = 0x32, 0x33, 0x38, 0x39
EQUALS = (IF_EQ, IF_NE)
IF_LTZ, IF_GEZ = 0x3A, 0x3B
STATIC_READS = range(0x60, 0x67)
GOTOS, RETURNS, THROW = (0x28, 0x29, 0x2A), (0x0E, 0x0F, 0x10, 0x11), 0x27
MOVE_RESULT, AGET_OBJECT, SGET_OBJECT = 0x0A, 0x46, 0x62
TESTS = range(0x32, 0x3E)
AHEAD = 4
"""Instructions behind a comparison within which its result is tested."""

MOST_CASES = 400
LARGEST_CODE = 1 << 16
"""Numbers beyond which a switch is taken to sort texts by their hash."""

MOST_INSTRUCTIONS = 20_000


class Case(Struct, frozen=True):
    """One constant: its text, where it is from, its place, and the places that run for it.

    ``kind``      ``text`` for a string constant of the method (``string`` its row), ``field`` for
                  a text that a static field holds, ``number``.
    ``register``  holds what is compared, at ``pc``.
    ``otherwise`` places that run only when it is not the constant, or none of the switch.
    """

    key: str
    kind: Literal["text", "field", "number"]
    string: int
    pc: int
    register: int
    alone: frozenset[int]
    otherwise: frozenset[int] = frozenset()


T = TypeVar("T")

Key: TypeAlias = tuple[str, int]
"""A text that a register holds, and the row of its constant, -1 for one out of a field."""

StaticText: TypeAlias = Callable[[int, int | None], str | None]
"""The text of a static field, or of an element of the array in it."""

StaticNumber: TypeAlias = Callable[[int], int | None]
"""The number that a final static field holds."""


def _unknown(_: int) -> None:
    return None


def find_cases(
    facts: Facts,
    code: MethodCode,
    static_text: StaticText,
    static_number: StaticNumber = _unknown,
    *,
    roles: CallRoles,
    zero: bool = False,
) -> tuple[Case, ...]:
    """All cases of a method, in order of place; linear in instructions times cases.

    ``zero``  tests against zero count, which are those of truth and of nothing as well.
    """
    if len(code.instructions) > MOST_INSTRUCTIONS:
        return ()
    graph = _Graph(code, roles)
    found = list(_compared(facts, code, graph, static_text))
    numbers = {case.key: case for case in found}
    found = [_through_number(code, graph, case) for case in found]
    found += _switched(code, graph, numbers)
    found += _compared_numbers(code, graph, static_number, zero=zero)
    return tuple(sorted(found, key=lambda case: case.pc))[:MOST_CASES]


MOST_KEPT = 256
"""Answers of a graph that are kept; each is a set of instructions."""


class _Graph:
    """Successors of instructions, by their number."""

    def __init__(self, code: MethodCode, roles: CallRoles) -> None:
        self._code = code
        self._roles = roles
        self.listed = code.instructions
        self.at = {one.pc: number for number, one in enumerate(self.listed)}
        self._next: dict[int, tuple[int, ...]] = {}
        self._reach: dict[tuple[int, int], frozenset[int]] = {}
        self._counted: dict[int, Mapping[int, int]] = {}

    def _after(self, number: int) -> Iterator[int]:
        """Where control goes from an instruction, exceptions left aside."""
        one = self.listed[number]
        if one.opcode in GOTOS:
            yield from self._target(one)
            return
        if one.opcode in RETURNS or one.opcode == THROW:
            return
        if one.opcode in TESTS:
            yield from self._target(one)
        if one.opcode in SWITCHES:
            for _, target in self._code.switches.get(one.pc, ()):
                if target in self.at:
                    yield self.at[target]
        if number + 1 < len(self.listed):
            yield number + 1

    def compares(self, owner: str, name: str) -> bool:
        """Whether a method compares texts."""
        return self._roles.plays("text_compare", owner, name)

    def is_zero_when_equal(self, name: str) -> bool:
        """Whether a comparison tells equality by zero."""
        return name in self._roles.names("text_order")

    def cases_of(self, switch: Instruction) -> Sequence[tuple[int, int]]:
        """Keys and targets of a switch."""
        return self._code.switches.get(switch.pc, ())

    def _target(self, one: Instruction) -> Iterator[int]:
        if one.pc + one.literal in self.at:
            yield self.at[one.pc + one.literal]

    def reach(self, start: int, without: int) -> frozenset[int]:
        """Instructions that can run from ``start`` on, never passing ``without``."""
        if (start, without) not in self._reach:
            if len(self._reach) >= MOST_KEPT:
                self._reach.clear()
            self._reach[start, without] = self._reached(start, without)
        return self._reach[start, without]

    def targets_reaching(self, switch: int) -> Mapping[int, int]:
        """For how many distinct targets of a switch each instruction can run."""
        if switch not in self._counted:
            cases = self.cases_of(self.listed[switch])
            counted: Counter[int] = Counter()
            for target in {at for _, at in cases if at in self.at}:
                counted.update(self.reach(self.at[target], switch))
            self._counted[switch] = counted
        return self._counted[switch]

    def _reached(self, start: int, without: int) -> frozenset[int]:
        seen, fresh = {start}, [start]
        while fresh:
            last = fresh.pop()
            if last not in self._next:
                self._next[last] = tuple(self._after(last))
            for one in self._next[last]:
                if one != without and one not in seen:
                    seen.add(one)
                    fresh.append(one)
        return frozenset(seen)

    def apart(
        self, equal: int, unequal: int, without: int
    ) -> tuple[frozenset[int], frozenset[int]]:
        """Places that run on one way alone, and on the other alone."""
        first, second = self.reach(equal, without), self.reach(unequal, without)
        return self.pcs(first - second), self.pcs(second - first)

    def pcs(self, numbers: frozenset[int]) -> frozenset[int]:
        """Places of instructions."""
        return frozenset(self.listed[number].pc for number in numbers)


def _compared(
    facts: Facts, code: MethodCode, graph: _Graph, static_text: StaticText
) -> Iterator[Case]:
    """Comparisons of a text with a constant, or with what a static field holds."""
    held: dict[int, Key] = {}
    arrays: dict[int, int] = {}
    numbers: dict[int, int] = {}
    callees = facts.table(CALLS)["callee"]
    for number, one in enumerate(graph.listed):
        if one.pc in code.calls:
            callee = int(callees[code.calls[one.pc]])
            name = facts.method_name(callee)
            if graph.compares(facts.method_class(callee), name):
                yield from _text_case(graph, number, name, held)
        elif one.registers and one.opcode not in TESTS:
            _hold(facts, code, one, static_text, (held, arrays, numbers))


def _hold(
    facts: Facts,
    code: MethodCode,
    one: Instruction,
    static_text: StaticText,
    known: tuple[dict[int, Key], dict[int, int], dict[int, int]],
) -> None:
    """Keep what an instruction puts into its first register: text, array of a field, number."""
    held, arrays, numbers = known
    register = one.registers[0]
    index = numbers.get(one.registers[2]) if one.opcode == AGET_OBJECT else None
    field = arrays.get(one.registers[1]) if one.opcode == AGET_OBJECT else None
    moved = one.registers[1] if one.opcode in MOVES else -1
    _move(held, moved, register)
    _move(arrays, moved, register)
    _move(numbers, moved, register)
    if one.opcode in CONST_STRINGS and one.pc in code.strings:
        held[register] = facts.string(code.strings[one.pc]), code.strings[one.pc]
    elif one.opcode in SMALL_INTS:
        numbers[register] = one.literal
    elif one.opcode == SGET_OBJECT and one.pc in code.fields:
        _hold_field(facts, code.fields[one.pc], register, static_text, (held, arrays))
    elif field is not None and index is not None:
        text = static_text(field, index)
        if text is not None:
            held[register] = text, -1


def _move(known: dict[int, T], source: int, target: int) -> None:
    """Let a register hold what another holds, or nothing where there is no other (-1)."""
    value = known.get(source)
    known.pop(target, None)
    if value is not None:
        known[target] = value


def _hold_field(
    facts: Facts,
    field: int,
    register: int,
    static_text: StaticText,
    known: tuple[dict[int, Key], dict[int, int]],
) -> None:
    held, arrays = known
    kind = facts.field_signature(field).rpartition(":")[2]
    if kind == "[Ljava/lang/String;":
        arrays[register] = field
    elif kind == "Ljava/lang/String;":
        text = static_text(field, None)
        if text is not None:
            held[register] = text, -1


def _text_case(graph: _Graph, number: int, name: str, held: Mapping[int, Key]) -> Iterator[Case]:
    one = graph.listed[number]
    keys = [held[register] for register in one.registers[:2] if register in held]
    others = [register for register in one.registers[:2] if register not in held]
    if len(keys) != 1 or not others:
        return
    split = _branches(graph, number, name)
    if split is None:
        return
    test, equal, unequal = split
    alone, otherwise = graph.apart(equal, unequal, test)
    text, row = keys[0]
    if text.strip():
        kind: Literal["text", "field"] = "text" if row >= 0 else "field"
        yield Case(text, kind, row, one.pc, others[0], alone, otherwise)


def _branches(graph: _Graph, number: int, name: str) -> tuple[int, int, int] | None:
    """Numbers of the test behind a comparison and of both ways: equal, unequal."""
    listed = graph.listed
    if number + 1 >= len(listed) or listed[number + 1].opcode != MOVE_RESULT:
        return None
    register = listed[number + 1].registers[0]
    for at in range(number + 2, min(number + 2 + AHEAD, len(listed))):
        test = listed[at]
        if test.opcode in (IF_EQZ, IF_NEZ, IF_LTZ, IF_GEZ) and test.registers[0] == register:
            target = graph.at.get(test.pc + test.literal)
            if target is None or at + 1 >= len(listed):
                return None
            jumps_when_equal = (test.opcode == IF_NEZ) != graph.is_zero_when_equal(name)
            if name == "indexOf":
                jumps_when_equal = test.opcode == IF_GEZ
            return (at, target, at + 1) if jumps_when_equal else (at, at + 1, target)
        if test.opcode in TESTS or test.opcode in GOTOS:
            return None
    return None


def _through_number(code: MethodCode, graph: _Graph, case: Case) -> Case:
    """The case with what runs behind the second switch, where the first only sets a number."""
    listed = [graph.listed[graph.at[pc]] for pc in sorted(case.alone)]
    plain = [one for one in listed if one.opcode not in GOTOS]
    if len(plain) != 1 or plain[0].opcode not in SMALL_INTS:
        return case
    register, value = plain[0].registers[0], plain[0].literal
    for one in graph.listed:
        if one.pc > plain[0].pc and one.opcode in SWITCHES and one.registers[0] == register:
            targets = dict(code.switches.get(one.pc, ()))
            if value in targets:
                alone = _alone_in_switch(code, graph, one, targets[value])
                return replace(case, alone=alone)
    return case


def _alone_in_switch(
    code: MethodCode, graph: _Graph, switch: Instruction, target: int
) -> frozenset[int]:
    """Places that run for one target of a switch and neither for most others nor for none."""
    number = graph.at[switch.pc]
    targets = {at for _, at in code.switches.get(switch.pc, ()) if at in graph.at}
    if target not in graph.at:
        return frozenset()
    counted = graph.targets_reaching(number)
    missed = graph.reach(number + 1, number) if number + 1 < len(graph.listed) else frozenset()
    own = graph.reach(graph.at[target], number)
    itself = target in targets
    shared = {one for one in own if 2 * (counted[one] - itself) > len(targets)}
    return graph.pcs(own - missed - shared)


def _switched(code: MethodCode, graph: _Graph, texts: Mapping[str, Case]) -> Iterator[Case]:
    """Switches over numbers that are no hashes and no helpers of a switch over texts."""
    helped = {pc for case in texts.values() for pc in case.alone}
    for one in graph.listed:
        if one.opcode not in SWITCHES:
            continue
        cases = code.switches.get(one.pc, ())
        if len(cases) > MOST_CASES or _is_helper(graph, one, helped):
            continue
        none = _of_no_case(graph, one, cases)
        for key, target in cases:
            alone = _alone_in_switch(code, graph, one, target)
            yield Case(str(key), "number", -1, one.pc, one.registers[0], alone, none)


def _of_no_case(
    graph: _Graph, switch: Instruction, cases: Sequence[tuple[int, int]]
) -> frozenset[int]:
    """Places that run when no case of a switch is met, and for none of them."""
    number = graph.at[switch.pc]
    if number + 1 >= len(graph.listed):
        return frozenset()
    missed = graph.reach(number + 1, number)
    for target in {graph.at[at] for _, at in cases if at in graph.at}:
        missed -= graph.reach(target, number)
    return graph.pcs(missed)


def _is_helper(graph: _Graph, switch: Instruction, helped: set[int]) -> bool:
    """Whether a switch only sorts texts: its number comes from a hash or from comparisons."""
    register = switch.registers[0]
    for one in graph.listed:
        if one.pc >= switch.pc:
            break
        if one.pc in helped and one.opcode in SMALL_INTS and one.registers[0] == register:
            return True
    return any(abs(key) > LARGEST_CODE for key, _ in graph.cases_of(switch))


def _compared_numbers(
    code: MethodCode, graph: _Graph, static_number: StaticNumber, *, zero: bool
) -> Iterator[Case]:
    """``if (code == 3)`` where the number is loaded before on the same line, or stands in a static
    field; ``== 0`` on demand.
    """
    held: dict[int, int] = {}
    for number, one in enumerate(graph.listed):
        if one.pc in code.joins:
            held.clear()
        if one.opcode in EQUALS:
            yield from _number_case(graph, number, held)
        elif zero and one.opcode in (IF_EQZ, IF_NEZ):
            yield from _zero_case(graph, number)
        elif one.opcode in SMALL_INTS:
            held[one.registers[0]] = one.literal
        elif one.opcode in STATIC_READS:
            _move(held, -1, one.registers[0])
            value = static_number(code.fields[one.pc]) if one.pc in code.fields else None
            if value is not None:
                held[one.registers[0]] = value
        elif one.registers and one.opcode not in TESTS and one.opcode not in SWITCHES:
            _move(held, one.registers[1] if one.opcode in MOVES else -1, one.registers[0])


def _number_case(graph: _Graph, number: int, held: Mapping[int, int]) -> Iterator[Case]:
    one = graph.listed[number]
    known = [register for register in one.registers if register in held]
    others = [register for register in one.registers if register not in held]
    target = graph.at.get(one.pc + one.literal)
    if len(known) != 1 or len(others) != 1 or target is None or number + 1 >= len(graph.listed):
        return
    equal, unequal = (target, number + 1) if one.opcode == IF_EQ else (number + 1, target)
    alone, otherwise = graph.apart(equal, unequal, number)
    yield Case(str(held[known[0]]), "number", -1, one.pc, others[0], alone, otherwise)


def _zero_case(graph: _Graph, number: int) -> Iterator[Case]:
    one = graph.listed[number]
    target = graph.at.get(one.pc + one.literal)
    if target is None or number + 1 >= len(graph.listed):
        return
    equal, unequal = (target, number + 1) if one.opcode == IF_EQZ else (number + 1, target)
    alone, otherwise = graph.apart(equal, unequal, number)
    yield Case("0", "number", -1, one.pc, one.registers[0], alone, otherwise)


class Comparison(Struct, frozen=True):
    """Two texts that no constant is among are compared: both registers, the place, and the places
    that run only when they are the same.
    """

    pc: int
    registers: tuple[int, int]
    alone: frozenset[int]


def unknown_comparisons(facts: Facts, code: MethodCode, roles: CallRoles) -> Iterator[Comparison]:
    """Comparisons of two texts of which the method itself loads neither."""
    if len(code.instructions) > MOST_INSTRUCTIONS:
        return
    graph = _Graph(code, roles)
    callees = facts.table(CALLS)["callee"]
    for number, one in enumerate(graph.listed):
        callee = int(callees[code.calls[one.pc]]) if one.pc in code.calls else -1
        if callee < 0 or not one.registers[1:]:
            continue
        name = facts.method_name(callee)
        if not graph.compares(facts.method_class(callee), name):
            continue
        split = _branches(graph, number, name)
        if split is not None:
            test, equal, unequal = split
            alone, _ = graph.apart(equal, unequal, test)
            yield Comparison(one.pc, (one.registers[0], one.registers[1]), alone)
