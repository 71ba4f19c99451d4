"""Instructions of one method, decoded when asked for.

Meant for the few methods that an analysis looks into; whole apps are read by compiled sweeps.

Source: Dalvik bytecode and Dalvik executable instruction formats,
source.android.com/docs/core/runtime/dalvik-bytecode and .../instruction-formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import (
    CALLS,
    FIELD_USES,
    METHODS,
    STRING_USES,
    TRY_HANDLERS,
    TYPE_USES,
)  # fmt: skip
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Lists, ints, lists_of
from witnessmark.formats.dex.opcodes import opcodes
from witnessmark.model.table import TableSchema

PAYLOADS = (0x0100, 0x0200, 0x0300)
SWITCHES = (0x2B, 0x2C)
MOST_UNITS = 1 << 20
"""Code units of the longest method that is looked into."""

NAMED = ((CALLS, "callee"), (STRING_USES, "string"), (TYPE_USES, "type"), (FIELD_USES, "field"))
"""Tables of what instructions name, and the column that tells it."""

MOST_KEPT = 1 << 18
"""Instructions that are kept decoded, some 40 MB."""


class Instruction(NamedTuple):
    """One instruction.

    ``registers`` as the format lists them, the destination first where there is one;
    ``literal`` the constant or branch offset (in units) of formats that hold one, else 0.
    """

    pc: int
    opcode: int
    units: int
    registers: tuple[int, ...]
    literal: int = 0


class MethodCode(Struct, frozen=True):
    """Code of one method with the rows that its instructions name, by pc.

    ``joins`` are places where control can arrive from elsewhere than the line above;
    ``switches`` are keys and targets of switches by their place.
    """

    method: int
    instructions: tuple[Instruction, ...]
    calls: Mapping[int, int]
    strings: Mapping[int, int]
    types: Mapping[int, int]
    fields: Mapping[int, int]
    joins: frozenset[int]
    switches: Mapping[int, Sequence[tuple[int, int]]]


class CodeReader:
    """Reads methods of one app; readers of one app share what was read last."""

    def __init__(self, facts: Facts) -> None:
        self._shared = facts.once(_Reading)

    def read(self, method: int) -> MethodCode | None:
        """Code of a method; None when it has none or is beyond `MOST_UNITS`."""
        return self._shared.read(method)


class _Reading:
    """Methods of one app with the indices of its tables by method."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._kept: dict[int, MethodCode | None] = {}
        self._instructions = 0

    def read(self, method: int) -> MethodCode | None:
        """As `CodeReader.read`; keeps methods until there are too many instructions."""
        if method in self._kept:
            return self._kept[method]
        if self._instructions > MOST_KEPT:
            self._kept.clear()
            self._instructions = 0
        found = self._kept[method] = self._read(method)
        self._instructions += 0 if found is None else len(found.instructions)
        return found

    @cached_property
    def _lists(self) -> Mapping[str, Lists]:
        schemas = (CALLS, STRING_USES, TYPE_USES, FIELD_USES, TRY_HANDLERS)
        return {schema.name: self._by_method(schema) for schema in schemas}

    def _by_method(self, schema: TableSchema) -> Lists:
        method = ints(self._facts.table(schema)["method"])
        size = len(self._facts.table(METHODS))
        return lists_of(method, np.arange(len(method), dtype=np.int64), size)

    @cached_property
    def _views(self) -> Mapping[str, tuple[memoryview, memoryview, memoryview, memoryview]]:
        """Of tables by method: first places, rows, places in code, and what is named there."""
        table = self._facts.table
        return {
            schema.name: (
                self._lists[schema.name].start.data,
                self._lists[schema.name].items.data,
                np.ascontiguousarray(table(schema)["pc"]).data,
                np.ascontiguousarray(table(schema)[column]).data,
            )
            for schema, column in NAMED
        }

    def _read(self, method: int) -> MethodCode | None:
        units = self._units(method)
        if units is None:
            return None
        found = tuple(decode(units))
        joins = set(_branch_targets(units, found))
        handlers = self._facts.table(TRY_HANDLERS)["handler"]
        joins.update(handlers[self._lists[TRY_HANDLERS.name].of(method)].tolist())
        return MethodCode(
            method,
            found,
            self._rows(CALLS, method),
            self._named(STRING_USES, method),
            self._named(TYPE_USES, method),
            self._named(FIELD_USES, method),
            frozenset(joins),
            {one.pc: _cases(units, one) for one in found if one.opcode in SWITCHES},
        )

    def _units(self, method: int) -> Sequence[int] | None:
        methods = self._facts.table(METHODS)
        first, count = int(methods["code_offset"][method]), int(methods["code_units"][method])
        if first < 0 or not 0 < count <= MOST_UNITS:
            return None
        blob = self._facts.blob(int(methods["artifact"][method]))
        if first + 2 * count > len(blob):
            return None
        units: list[int] = np.frombuffer(blob, "<u2", count, first).tolist()
        return units

    def _rows(self, schema: TableSchema, method: int) -> dict[int, int]:
        """Row by pc; the first where a place has two."""
        start, rows, pc, _ = self._views[schema.name]
        return {pc[row]: row for row in rows[start[method] : start[method + 1]].tolist()[::-1]}

    def _named(self, schema: TableSchema, method: int) -> dict[int, int]:
        """The row that is named by pc; the first where a place names two."""
        start, rows, pc, what = self._views[schema.name]
        listed = rows[start[method] : start[method + 1]].tolist()[::-1]
        return {pc[row]: what[row] for row in listed}


def decode(units: Sequence[int]) -> Iterator[Instruction]:
    """Instructions in order, payloads skipped; ends where an instruction would run over the end."""
    pc, end = 0, len(units)
    forms, made = _forms(), tuple.__new__
    while pc < end:
        unit = units[pc]
        if unit in PAYLOADS:
            pc += max(_payload_units(units, pc), 1)
            continue
        number, size, operands = forms[unit & 0xFF]
        if pc + size > end:
            return
        registers, literal = operands(units, pc, unit >> 8)
        yield made(Instruction, (pc, number, size, registers, literal))
        pc += size


@cache
def _forms() -> tuple[tuple[int, int, _Decode], ...]:
    """By opcode: its number, its units, and how its operands are read."""
    return tuple((one.number, one.units, _FORMATS[one.format]) for one in opcodes())


def _payload_units(units: Sequence[int], pc: int) -> int:
    """Length of a payload in units; to the end of code when it is cut."""
    if pc + 4 > len(units):
        return len(units) - pc
    size = units[pc + 1]
    if units[pc] == 0x0100:
        return 4 + 2 * size
    if units[pc] == 0x0200:
        return 2 + 4 * size
    count = units[pc + 2] | units[pc + 3] << 16
    return 4 + (count * size + 1) // 2


def _branch_targets(units: Sequence[int], found: Sequence[Instruction]) -> Iterator[int]:
    for one in found:
        if 0x28 <= one.opcode <= 0x2A or 0x32 <= one.opcode <= 0x3D:
            yield one.pc + one.literal
        elif one.opcode in SWITCHES:
            yield from (one.pc + step for step in _switch_steps(units, one.pc + one.literal))


def _switch_steps(units: Sequence[int], at: int) -> list[int]:
    """Branch offsets of a switch payload; none when it lies outside the code."""
    if not 0 <= at < len(units) - 1 or units[at] not in (0x0100, 0x0200):
        return []
    size = units[at + 1]
    first = at + 4 if units[at] == 0x0100 else at + 2 + 2 * size
    if first + 2 * size > len(units):
        return []
    return [_signed32(units, first + 2 * i) for i in range(size)]


def _cases(units: Sequence[int], switch: Instruction) -> list[tuple[int, int]]:
    """Keys of a switch and the places to which they lead."""
    at = switch.pc + switch.literal
    steps = _switch_steps(units, at)
    if not steps:
        return []
    if units[at] == 0x0100:
        first = _signed32(units, at + 2)
        keys = list(range(first, first + len(steps)))
    else:
        keys = [_signed32(units, at + 2 + 2 * i) for i in range(len(steps))]
    return [(key, switch.pc + step) for key, step in zip(keys, steps, strict=True)]


def _signed(value: int, bits: int) -> int:
    return value - (1 << bits) if value >> (bits - 1) else value


def _signed32(units: Sequence[int], at: int) -> int:
    return _signed(units[at] | units[at + 1] << 16, 32)


_Operands = tuple[tuple[int, ...], int]
_Decode = Callable[[Sequence[int], int, int], _Operands]


def _invoke(units: Sequence[int], pc: int, high: int) -> _Operands:
    packed = units[pc + 2]
    five = (packed & 15, packed >> 4 & 15, packed >> 8 & 15, packed >> 12, high & 15)
    return five[: min(high >> 4, 5)], 0


def _wide_constant(units: Sequence[int], pc: int, high: int) -> _Operands:
    value = sum(units[pc + 1 + i] << (16 * i) for i in range(4))
    return (high,), _signed(value, 64)


def _range(units: Sequence[int], pc: int, high: int) -> _Operands:
    return tuple(range(units[pc + 2], units[pc + 2] + high)), 0


_FORMATS: Mapping[str, _Decode] = {
    "10x": lambda _u, _pc, _h: ((), 0),
    "12x": lambda _u, _pc, h: ((h & 15, h >> 4), 0),
    "11n": lambda _u, _pc, h: ((h & 15,), _signed(h >> 4, 4)),
    "11x": lambda _u, _pc, h: ((h,), 0),
    "10t": lambda _u, _pc, h: ((), _signed(h, 8)),
    "20t": lambda u, pc, _h: ((), _signed(u[pc + 1], 16)),
    "20bc": lambda _u, _pc, _h: ((), 0),
    "22x": lambda u, pc, h: ((h, u[pc + 1]), 0),
    "21t": lambda u, pc, h: ((h,), _signed(u[pc + 1], 16)),
    "21s": lambda u, pc, h: ((h,), _signed(u[pc + 1], 16)),
    "21h": lambda u, pc, h: ((h,), _signed(u[pc + 1], 16) << (48 if u[pc] & 0xFF == 0x19 else 16)),
    "21c": lambda _u, _pc, h: ((h,), 0),
    "23x": lambda u, pc, h: ((h, u[pc + 1] & 0xFF, u[pc + 1] >> 8), 0),
    "22b": lambda u, pc, h: ((h, u[pc + 1] & 0xFF), _signed(u[pc + 1] >> 8, 8)),
    "22t": lambda u, pc, h: ((h & 15, h >> 4), _signed(u[pc + 1], 16)),
    "22s": lambda u, pc, h: ((h & 15, h >> 4), _signed(u[pc + 1], 16)),
    "22c": lambda _u, _pc, h: ((h & 15, h >> 4), 0),
    "22cs": lambda _u, _pc, h: ((h & 15, h >> 4), 0),
    "30t": lambda u, pc, _h: ((), _signed32(u, pc + 1)),
    "32x": lambda u, pc, _h: ((u[pc + 1], u[pc + 2]), 0),
    "31i": lambda u, pc, h: ((h,), _signed32(u, pc + 1)),
    "31t": lambda u, pc, h: ((h,), _signed32(u, pc + 1)),
    "31c": lambda _u, _pc, h: ((h,), 0),
    "35c": _invoke,
    "3rc": _range,
    "45cc": _invoke,
    "4rcc": _range,
    "51l": _wide_constant,
}
"""Operands by format: (code units, pc, high byte of the first unit) to registers and literal."""
