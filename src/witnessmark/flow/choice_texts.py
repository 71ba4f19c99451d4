"""Texts that code chooses by a value: switches, and chains of comparisons with constants.

``switch (code) { case 1: return "a"; … }``, ``if (code.equals("01")) name = "a"; …`` and
``if (code == 1) name = "a"; …`` pair keys with texts, written out or named among the resources;
``if (text.equals("a")) return 1; …`` pairs them the other way round. A switch over strings is
compiled into two: the first turns the string into a number by its hash and a comparison, the
second chooses by that number; both are joined here.

Source: Dalvik bytecode, packed-switch, sparse-switch and their payloads, if-test; The Java
Language Specification 14.11 for what compilers translate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import CALLS, CODE_INPUTS, INSTRUCTIONS, STRING_USES
from witnessmark.facts.tables.resources import RESOURCES
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.flow.call_roles import players
from witnessmark.flow.instructions import CodeReader, Instruction, MethodCode
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.flow.straight import STOPS, WRITES
from witnessmark.model.distinct import among
from witnessmark.model.table import Column, Table, TableSchema

CHOICE_TEXTS = TableSchema(
    "choice_texts",
    "Texts that a method chooses by a constant key, in order of their place.",
    (
        Column("method", "i4", "method that chooses", "methods"),
        Column("choice", "u4", "place of the switch, or of the first comparison of a chain"),
        Column("key", "text", "the key as text"),
        Column("key_string", "i4", "the key where it is a string, -1 for a number", "strings"),
        Column("string", "i4", "the text chosen, -1 where it is no string", "strings"),
        Column("resource", "i8", "id of the string resource chosen, -1 where it is none"),
        Column("number", "text", "the number chosen, empty where it is none"),
        Column("pc", "u4", "place where the text is loaded"),
    ),
    CODE_INPUTS,
)

SWITCHES = (0x2B, 0x2C)
CONST_STRINGS = (0x1A, 0x1B)
SMALL_INTS = (0x12, 0x13, 0x14)
IF_EQ, IF_NE, IF_EQZ, IF_NEZ, GOTOS = 0x32, 0x33, 0x38, 0x39, (0x28, 0x29, 0x2A)
INVOKES = (*range(0x6E, 0x73), *range(0x74, 0x79))
MOVE_RESULT, MOVE_RESULT_OBJECT = 0x0A, 0x0C
TWO_TEXTS = tuple((kind, kind) for kind in (
    "Ljava/lang/String;", "Ljava/lang/CharSequence;", "Ljava/lang/Object;",
))  # fmt: skip
AHEAD = 5
"""Instructions of a branch within which the text that it chooses must be loaded."""

BETWEEN = 5
"""Instructions between where a test goes on and the next test of its chain, at most."""

FEWEST = 2

Row = tuple[int, int, str, int, int, int, str, int]


class _Chosen(Struct, frozen=True):
    """What a branch loads first: a string row, a resource or a number, and where."""

    string: int
    resource: int
    number: int | None
    pc: int

    @property
    def is_text(self) -> bool:
        return self.string >= 0 or self.resource >= 0


class _Case(Struct, frozen=True):
    """A comparison: its place and where it branches to, the register compared and where that was
    written, the key as text, its string row (-1 for a number), the load.
    """

    pc: int
    target: int
    compared: tuple[int, int]
    key: str
    key_string: int
    chosen: _Chosen


def choice_texts(facts: Facts, methods: Iterable[int] | None = None) -> Table:
    """`CHOICE_TEXTS` of ``methods``, or of all that load at least two texts and choose.

    Linear in the code of these methods.
    """
    resources = _text_resources(facts)
    candidates = _choosing(facts, resources)
    chosen = candidates if methods is None else sorted(candidates & set(methods))
    reader = CodeReader(facts)
    rows: list[Row] = []
    for method in sorted(chosen):
        code = reader.read(method)
        if code is not None:
            rows.extend(_Choices(facts, code, resources.get(method, {})).rows())
    return Table.from_rows(CHOICE_TEXTS, rows)


def _text_resources(facts: Facts) -> Mapping[int, Mapping[int, int]]:
    """String resources that methods name, by method and place."""
    texts = {
        resource
        for resource, kind in facts.table(RESOURCES).rows("resource", "type")
        if kind == "string"
    }
    found: dict[int, dict[int, int]] = {}
    for method, pc, resource in resource_uses(facts).rows("method", "pc", "resource"):
        if resource in texts:
            found.setdefault(method, {})[pc] = resource
    return found


def _choosing(facts: Facts, resources: Mapping[int, Mapping[int, int]]) -> set[int]:
    """Methods that load texts and have a switch or several comparisons."""
    uses = np.bincount(facts.table(STRING_USES)["method"], minlength=1)
    talking = set(np.flatnonzero(uses >= FEWEST).tolist())
    talking |= {method for method, places in resources.items() if len(places) >= FEWEST}
    instructions = facts.table(INSTRUCTIONS)
    opcodes = instructions["opcode"]
    switching = instructions["method"][among(opcodes, SWITCHES)]
    tests = np.bincount(instructions["method"][among(opcodes, (IF_EQ, IF_NE))], minlength=1)
    calls = facts.table(CALLS)
    equal = np.asarray(sorted(_equalities(facts)), dtype=np.int64)
    comparing = np.bincount(calls["method"][among(calls["callee"], equal)], minlength=1)
    many = {row for counts in (tests, comparing) for row in np.flatnonzero(counts >= FEWEST)}
    return talking & (set(switching.tolist()) | {int(row) for row in many})


@once_an_app
def _equalities(facts: Facts) -> frozenset[int]:
    """Methods that tell whether two texts are equal, helpers of the app's own included: they take
    two texts, answer yes or no, and call one of the known.
    """
    known = {row for one in players("text_equal") for row in facts.methods_named(*one)}
    calls = facts.table(CALLS)
    callers = calls["method"][among(calls["callee"], np.asarray(sorted(known), dtype=np.int64))]
    helpers = {
        method
        for method in set(callers.tolist())
        if facts.parameter_types(method) in TWO_TEXTS
        and facts.method_signature(method).endswith(")Z")
    }
    return frozenset(known | helpers)


class _Choices:
    """The choices of one method."""

    def __init__(self, facts: Facts, code: MethodCode, resources: Mapping[int, int]) -> None:
        self._facts = facts
        self._code = code
        self._resources = resources
        self._index = {one.pc: number for number, one in enumerate(code.instructions)}

    def rows(self) -> Iterator[Row]:
        """Rows of chains, then of switches."""
        compared = list(self._compared())
        hashes = {key for cases in self._code.switches.values() for key, _ in cases}
        for chain in self._chains(compared):
            for case in chain:
                # The first step of a switch over strings: the number is for its second step.
                if case.chosen.is_text or java_hash(case.key) not in hashes:
                    yield self._row(chain[0].pc, case.key, case.key_string, case.chosen)
        numbers: dict[int | None, _Case] = {
            case.chosen.number: case for case in compared if case.chosen.number is not None
        }
        yield from self._of_switches(numbers)
        for chain in self._chains(list(self._numbers())):
            keys = {case.key for case in chain}
            if len(keys) >= FEWEST and keys != {"0"}:
                for case in chain:
                    yield self._row(chain[0].pc, case.key, -1, case.chosen)

    def _chains(self, cases: Sequence[_Case]) -> Iterator[list[_Case]]:
        """Cases that belong together: of one value, each but the first near where a test before
        it goes on, no key twice.
        """
        by_value: dict[tuple[int, int], list[_Case]] = {}
        for case in cases:
            by_value.setdefault(case.compared, []).append(case)
        for _, listed in sorted(by_value.items(), key=lambda item: item[1][0].pc):
            chain: list[_Case] = []
            for case in listed:
                if chain and (
                    self._apart(max(one.target for one in chain), case.pc)
                    or case.key in {one.key for one in chain}
                ):
                    yield chain
                    chain = []
                chain.append(case)
            yield chain

    def _apart(self, end: int, pc: int) -> bool:
        """Whether more than `BETWEEN` instructions stand between two places."""
        first = self._index.get(end)
        return first is not None and self._index[pc] - first > BETWEEN

    def _row(self, choice: int, key: str, key_string: int, chosen: _Chosen) -> Row:
        number = "" if chosen.number is None else str(chosen.number)
        return (self._code.method, choice, key, key_string, chosen.string, chosen.resource,
                number, chosen.pc)  # fmt: skip

    def _of_switches(self, numbers: Mapping[int | None, _Case]) -> Iterator[Row]:
        for one in self._code.instructions:
            for key, target in self._code.switches.get(one.pc, ()):
                chosen = self._first_load(self._index.get(target))
                if chosen is None or not chosen.is_text:
                    continue
                if chosen.string >= 0 and key == java_hash(self._facts.string(chosen.string)):
                    continue
                case = numbers.get(key)
                text, row = (case.key, case.key_string) if case else (str(key), -1)
                yield self._row(one.pc, text, row, chosen)

    def _first_load(self, start: int | None) -> _Chosen | None:
        """The constant that the branch from instruction ``start`` loads first."""
        if start is None:
            return None
        number: _Chosen | None = None
        for one in self._code.instructions[start : start + AHEAD]:
            if one.opcode in CONST_STRINGS:
                row = self._code.strings.get(one.pc, -1)
                return _Chosen(row, -1, None, one.pc) if row >= 0 else number
            if one.pc in self._resources:
                return _Chosen(-1, self._resources[one.pc], None, one.pc)
            if one.opcode in SMALL_INTS:
                number = number or _Chosen(-1, -1, one.literal, one.pc)
            elif (
                one.opcode in GOTOS
                or one.opcode in INVOKES
                or 0x32 <= one.opcode <= 0x3D
                or 0x0E <= one.opcode <= 0x11
            ):
                return number
        return number

    def _compared(self) -> Iterator[_Case]:
        """Comparisons with a constant text, and what the branch of equality loads first."""
        code = self._code
        for number, one, state in _walk(code):
            if one.pc not in code.calls or not _is_equality(self._facts, code.calls[one.pc]):
                continue
            keys = [state.texts[reg] for reg in one.registers if reg in state.texts]
            values = [reg for reg in one.registers if reg not in state.texts]
            branch, other = _equal_branch(code.instructions, number, self._index)
            chosen = self._first_load(branch)
            if len(keys) == 1 and len(values) == 1 and chosen is not None:
                value = self._origin(number, values[0], state)
                yield _Case(one.pc, other, value, self._facts.string(keys[0]), keys[0], chosen)

    def _origin(self, number: int, register: int, state: _State) -> tuple[int, int]:
        """What a register holds: itself and where it was written; of the result of a call just
        made the method called, so that a getter called anew is the same value.
        """
        for back in range(number - 1, max(number - 4, 0), -1):
            one = self._code.instructions[back]
            if one.opcode == MOVE_RESULT_OBJECT and one.registers[0] == register:
                call = self._code.calls.get(self._code.instructions[back - 1].pc, -1)
                if call >= 0:
                    return -1 - int(self._facts.table(CALLS)["callee"][call]), 0
        return state.value(register)

    def _numbers(self) -> Iterator[_Case]:
        """Comparisons of a register with constant numbers, and what equality loads first."""
        for number, one, state in _walk(self._code):
            test = _number_test(one, state.numbers)
            if test is None:
                continue
            register, key, when_equal = test
            target = one.pc + one.literal
            chosen = self._first_load(self._index.get(target) if when_equal else number + 1)
            if chosen is not None and chosen.is_text:
                yield _Case(one.pc, target, state.value(register), str(key), -1, chosen)


class _State(Struct):
    """What registers hold at a place: string rows, numbers, and which value: the register and
    the place where it was made.
    """

    texts: dict[int, int]
    numbers: dict[int, int]
    values: dict[int, tuple[int, int]]

    def copied(self) -> _State:
        return _State(dict(self.texts), dict(self.numbers), dict(self.values))

    def value(self, register: int) -> tuple[int, int]:
        return self.values.get(register, (register, -1))

    def write(self, one: Instruction) -> None:
        register = one.registers[0]
        self.texts.pop(register, None)
        self.numbers.pop(register, None)
        moves = 0x01 <= one.opcode <= 0x09
        self.values[register] = self.value(one.registers[1]) if moves else (register, one.pc)

    def joined(self, other: _State, pc: int) -> _State:
        """What holds on both ways to ``pc``."""
        return _State(
            _same(self.texts, other.texts),
            _same(self.numbers, other.numbers),
            {
                register: self.value(register)
                if self.value(register) == other.value(register)
                else (register, pc)
                for register in {*self.values, *other.values}
            },
        )


def _same(first: Mapping[int, int], second: Mapping[int, int]) -> dict[int, int]:
    return {key: value for key, value in first.items() if second.get(key) == value}


def _walk(code: MethodCode) -> Iterator[tuple[int, Instruction, _State]]:
    """Instructions in order with the state before each; at the target of a jump forward, what
    holds on the ways that lead there.
    """
    state, saved = _State({}, {}, {}), dict[int, _State]()
    falls = True
    for number, one in enumerate(code.instructions):
        arriving = saved.pop(one.pc, None)
        if arriving is not None:
            state = state.joined(arriving, one.pc) if falls else arriving
        yield number, one, state
        for target in _targets(code, one):
            if target > one.pc:
                known = saved.get(target)
                saved[target] = state.copied() if known is None else known.joined(state, target)
        if one.opcode in WRITES:
            state.write(one)
            if one.opcode in CONST_STRINGS and one.pc in code.strings:
                state.texts[one.registers[0]] = code.strings[one.pc]
            elif one.opcode in SMALL_INTS:
                state.numbers[one.registers[0]] = one.literal
        falls = one.opcode not in STOPS


def _targets(code: MethodCode, one: Instruction) -> Iterator[int]:
    if one.opcode in GOTOS or 0x32 <= one.opcode <= 0x3D:
        yield one.pc + one.literal
    elif one.opcode in SWITCHES:
        yield from (target for _, target in code.switches.get(one.pc, ()))


def _number_test(one: Instruction, held: Mapping[int, int]) -> tuple[int, int, bool] | None:
    """Register and number that a test compares, and whether equality branches."""
    if one.opcode in (IF_EQZ, IF_NEZ):
        return one.registers[0], 0, one.opcode == IF_EQZ
    if one.opcode not in (IF_EQ, IF_NE):
        return None
    first, second = one.registers
    if second in held and first not in held:
        return first, held[second], one.opcode == IF_EQ
    if first in held and second not in held:
        return second, held[first], one.opcode == IF_EQ
    return None


def java_hash(text: str) -> int:
    """``String.hashCode`` of the Java platform API."""
    value = 0
    units = text.encode("utf-16-le", "surrogatepass")
    for low, high in zip(units[::2], units[1::2], strict=True):
        value = (31 * value + (low | high << 8)) & 0xFFFFFFFF
    return value - (1 << 32) if value >> 31 else value


def _is_equality(facts: Facts, call: int) -> bool:
    callee = int(facts.table(CALLS)["callee"][call])
    return facts.method_name(callee) in _equal_names() or callee in _equalities(facts)


@cache
def _equal_names() -> frozenset[str]:
    """Names of methods by which texts are compared, whatever class is named with them."""
    return frozenset(name for _, name in players("text_equal"))


def _equal_branch(
    listed: Sequence[Instruction], call: int, index: Mapping[int, int]
) -> tuple[int | None, int]:
    """Number of the instruction at which the branch of equality begins (None for no test), and
    the place to which the test goes.
    """
    if call + 2 >= len(listed) or listed[call + 1].opcode != MOVE_RESULT:
        return None, -1
    test = listed[call + 2]
    target = test.pc + test.literal
    if test.registers != listed[call + 1].registers:
        return None, -1
    if test.opcode == IF_EQZ:
        return call + 3, target
    return (index.get(target), target) if test.opcode == IF_NEZ else (None, -1)
