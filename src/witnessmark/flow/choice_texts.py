"""Texts that code chooses by a value: switches, and chains of comparisons with constants.

``switch (code) { case 1: return "a"; … }`` and ``if (code.equals("01")) name = "a"; …`` pair keys
with texts. A switch over strings is compiled into two: the first turns the string into a
number by its hash and a comparison, the second chooses by that number; both are joined here.

Source: Dalvik bytecode, packed-switch, sparse-switch and their payloads; The Java Language
Specification 14.11 for what compilers translate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from witnessmark.facts.tables.code import CALLS, CODE_INPUTS, INSTRUCTIONS, STRING_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader, Instruction, MethodCode
from witnessmark.model.table import Column, Table, TableSchema

CHOICE_TEXTS = TableSchema(
    "choice_texts",
    "Texts that a method chooses by a constant key, in order of their place.",
    (
        Column("method", "i4", "method that chooses", "methods"),
        Column("choice", "u4", "place of the switch, or of the first comparison of a chain"),
        Column("key", "text", "the key as text"),
        Column("key_string", "i4", "the key where it is a string, -1 for a number", "strings"),
        Column("string", "i4", "the text chosen", "strings"),
        Column("pc", "u4", "place where the text is loaded"),
    ),
    CODE_INPUTS,
)

SWITCHES = (0x2B, 0x2C)
CONST_STRINGS = (0x1A, 0x1B)
SMALL_INTS = (0x12, 0x13, 0x14)
IF_EQZ, IF_NEZ, GOTOS = 0x38, 0x39, (0x28, 0x29, 0x2A)
MOVE_RESULT = 0x0A
EQUAL_NAMES = frozenset({"equals", "equalsIgnoreCase", "contentEquals", "areEqual"})
AHEAD = 4
"""Instructions of a branch within which the text that it chooses must be loaded."""

FEWEST_STRINGS = 3

Row = tuple[int, int, str, int, int, int]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What a branch loads first: a string row or a number, and where."""

    string: int
    number: int | None
    pc: int


def choice_texts(facts: Facts, methods: Iterable[int] | None = None) -> Table:
    """`CHOICE_TEXTS` of ``methods``, or of all that load at least three strings and choose.

    Linear in the code of these methods.
    """
    candidates = _choosing(facts)
    chosen = candidates if methods is None else sorted(candidates & set(methods))
    reader = CodeReader(facts)
    rows: list[Row] = []
    for method in sorted(chosen):
        code = reader.read(method)
        if code is not None:
            rows.extend(_rows(facts, code))
    return Table.from_rows(CHOICE_TEXTS, rows)


def _choosing(facts: Facts) -> set[int]:
    uses = np.bincount(facts.table(STRING_USES)["method"], minlength=1)
    talking = set(np.flatnonzero(uses >= FEWEST_STRINGS).tolist())
    instructions = facts.table(INSTRUCTIONS)
    switching = instructions["method"][np.isin(instructions["opcode"], SWITCHES)]
    calls = facts.table(CALLS)
    equal = [row for name in EQUAL_NAMES for row in facts.methods_named("java.lang.String", name)]
    comparing = np.bincount(
        calls["method"][np.isin(calls["callee"], np.asarray(equal, dtype=np.int64))], minlength=1
    )
    return talking & (
        set(switching.tolist()) | set(np.flatnonzero(comparing >= FEWEST_STRINGS).tolist())
    )


def _rows(facts: Facts, code: MethodCode) -> Iterator[Row]:
    index = {one.pc: number for number, one in enumerate(code.instructions)}
    chain = list(_chain(facts, code))
    numbers: dict[int | None, tuple[str, int]] = {
        chosen.number: (text, row)
        for _, text, row, chosen in chain
        if chosen.number is not None and chosen.string < 0
    }
    first = min((pc for pc, *_ in chain), default=0)
    for _, text, row, chosen in chain:
        if chosen.string >= 0:
            yield code.method, first, text, row, chosen.string, chosen.pc
    yield from _switched(facts, code, index, numbers)


def _switched(
    facts: Facts,
    code: MethodCode,
    index: Mapping[int, int],
    numbers: Mapping[int | None, tuple[str, int]],
) -> Iterator[Row]:
    for one in code.instructions:
        if one.opcode in SWITCHES:
            for key, target in code.switches.get(one.pc, ()):
                chosen = _first_load(code, index.get(target))
                if (
                    chosen is not None
                    and chosen.string >= 0
                    and key != java_hash(facts.string(chosen.string))
                ):
                    text, row = numbers.get(key, (str(key), -1))
                    yield code.method, one.pc, text, row, chosen.string, chosen.pc


def java_hash(text: str) -> int:
    """``String.hashCode`` of the Java platform API."""
    value = 0
    units = text.encode("utf-16-le", "surrogatepass")
    for low, high in zip(units[::2], units[1::2], strict=True):
        value = (31 * value + (low | high << 8)) & 0xFFFFFFFF
    return value - (1 << 32) if value >> 31 else value


def _first_load(code: MethodCode, start: int | None) -> _Chosen | None:
    """The constant that the branch from instruction ``start`` loads first."""
    if start is None:
        return None
    for one in code.instructions[start : start + AHEAD]:
        if one.opcode in CONST_STRINGS:
            row = code.strings.get(one.pc, -1)
            return _Chosen(row, None, one.pc) if row >= 0 else None
        if one.opcode in SMALL_INTS:
            return _Chosen(-1, one.literal, one.pc)
        if one.opcode in GOTOS or one.pc in code.calls:
            return None
    return None


def _chain(facts: Facts, code: MethodCode) -> Iterator[tuple[int, str, int, _Chosen]]:
    """Comparisons with a constant, and what the branch of equality loads first.

    Yields place of the comparison, key, its string row, and the load.
    """
    index = {one.pc: number for number, one in enumerate(code.instructions)}
    held: dict[int, int] = {}
    for number, one in enumerate(code.instructions):
        if one.opcode in CONST_STRINGS and one.pc in code.strings:
            held[one.registers[0]] = code.strings[one.pc]
        elif one.pc in code.calls and _is_equality(facts, code.calls[one.pc]):
            keys = [held[register] for register in one.registers if register in held]
            branch = _equal_branch(code.instructions, number, index)
            chosen = _first_load(code, branch)
            if len(keys) == 1 and chosen is not None:
                yield one.pc, facts.string(keys[0]), keys[0], chosen


def _is_equality(facts: Facts, call: int) -> bool:
    callee = int(facts.table(CALLS)["callee"][call])
    return facts.method_name(callee) in EQUAL_NAMES


def _equal_branch(listed: Sequence[Instruction], call: int, index: Mapping[int, int]) -> int | None:
    """Number of the instruction at which the branch of equality begins; None for no test."""
    if call + 2 >= len(listed) or listed[call + 1].opcode != MOVE_RESULT:
        return None
    test = listed[call + 2]
    if test.registers != listed[call + 1].registers:
        return None
    if test.opcode == IF_EQZ:
        return call + 3
    return index.get(test.pc + test.literal) if test.opcode == IF_NEZ else None
