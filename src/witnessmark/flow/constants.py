"""Constants that reach chosen calls within one method.

One forward pass over each calling method. What is known of registers is forgotten wherever
control can come from elsewhere: at branch and switch targets, at exception handlers, and after
instructions that do not go on. So a value is reported only when every run brings it.

Source of operand layouts: source.android.com/docs/core/runtime/instruction-formats.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from witnessmark.facts.tables.code import (
    CALLS, FIELD_USES, INSTRUCTIONS, METHODS, STATIC_VALUES, STRING_USES, TRY_HANDLERS, TYPE_USES,
)  # fmt: skip
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import CALL_ARGUMENTS
from witnessmark.model.table import Table

SWITCHES = (0x2B, 0x2C)
STOPS = frozenset((*range(0x0E, 0x12), 0x27, 0x28, 0x29, 0x2A))
WIDE_RESULTS = frozenset((0x05, 0x06, 0x0B, *range(0x16, 0x1A), 0x45, 0x53, 0x61))
NIBBLE_TARGETS = frozenset(
    (0x20, 0x21, 0x23, *range(0x52, 0x59), *range(0x7B, 0x90), *range(0xB0, 0xD8))
)
BYTE_TARGETS = frozenset(
    (
        *range(0x0A, 0x0E), 0x22, *range(0x2D, 0x32), *range(0x44, 0x4B), *range(0x60, 0x67),
        *range(0x90, 0xB0), *range(0xD8, 0xE3), 0xFE, 0xFF,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A known value: kind and text as in ``call_arguments``, its row, where it was loaded."""

    kind: str
    text: str
    row: int
    pc: int


def constant_arguments(facts: Facts, calls: NDArray[Any] | Iterable[int]) -> Table:
    """`CALL_ARGUMENTS` of the call rows ``calls``; linear in the code of their methods."""
    table = facts.table(CALLS)
    wanted: dict[int, dict[int, int]] = defaultdict(dict)
    for row in sorted({int(call) for call in calls}):
        wanted[int(table["method"][row])][int(table["pc"][row])] = row
    loads = _loads(facts, wanted)
    rows = [
        row
        for method in sorted(wanted)
        for row in _Walk(facts, method, wanted[method], loads[method]).arguments()
    ]
    return Table.from_rows(CALL_ARGUMENTS, rows)


def _loads(facts: Facts, methods: Iterable[int]) -> Mapping[int, dict[int, Value]]:
    """What each load of a string, type or static field loads, by method and pc."""
    found: dict[int, dict[int, Value]] = defaultdict(dict)
    chosen = np.asarray(sorted(methods), dtype=np.int64)
    texts = {
        field: string
        for field, kind, string in facts.table(STATIC_VALUES).rows("field", "kind", "ref")
        if kind == "string" and string >= 0
    }
    for schema, column in ((STRING_USES, "string"), (TYPE_USES, "type"), (FIELD_USES, "field")):
        table = facts.table(schema)
        for use in np.flatnonzero(np.isin(table["method"], chosen)).tolist():
            row, pc = int(table[column][use]), int(table["pc"][use])
            if column == "field" and row in texts:
                value = Value("string", facts.string(texts[row]), texts[row], pc)
            elif column == "field":
                value = Value("field", facts.field_signature(row), row, pc)
            elif column == "type":
                value = Value("type", facts.descriptor(row), row, pc)
            else:
                value = Value("string", facts.string(row), row, pc)
            found[int(table["method"][use])][pc] = value
    return found


class _Walk:
    """The forward pass over one method."""

    def __init__(
        self, facts: Facts, method: int, wanted: Mapping[int, int], loads: Mapping[int, Value]
    ) -> None:
        methods = facts.table(METHODS)
        start = int(methods["code_offset"][method])
        size = 2 * int(methods["code_units"][method])
        blob = facts.blob(int(methods["artifact"][method]))[start : start + size]
        self.units: tuple[int, ...] = struct.unpack(f"<{len(blob) // 2}H", blob)
        table = facts.table(INSTRUCTIONS)
        first, end = np.searchsorted(table["method"], [method, method + 1])
        self.places = table["pc"][first:end].tolist()
        self.facts, self.method, self.wanted, self.loads = facts, method, wanted, loads
        self.known: dict[int, Value] = {}

    def arguments(self) -> Iterator[tuple[Any, ...]]:
        """Rows of ``call_arguments``."""
        joins = self._joins()
        goes_on = True
        for pc in self.places:
            opcode = self.units[pc] & 0xFF
            if pc in joins or not goes_on:
                self.known.clear()
            if pc in self.wanted:
                yield from self._of_call(pc, opcode)
            self._step(pc, opcode)
            goes_on = opcode not in STOPS

    def _joins(self) -> set[int]:
        """Places that more than the instruction before can lead to."""
        table = self.facts.table(TRY_HANDLERS)
        targets = {int(pc) for pc in table["handler"][table["method"] == self.method]}
        for pc in self.places:
            unit = self.units[pc]
            opcode = unit & 0xFF
            if opcode == 0x28:
                targets.add(pc + _signed(unit >> 8, 8))
            elif opcode == 0x29 or 0x32 <= opcode <= 0x3D:
                targets.add(pc + _signed(self._unit(pc + 1), 16))
            elif opcode == 0x2A:
                targets.add(pc + self._int(pc + 1))
            elif opcode in SWITCHES:
                targets |= self._switch(pc)
        return targets

    def _switch(self, pc: int) -> set[int]:
        payload = pc + self._int(pc + 1)
        count = min(self._unit(payload + 1), len(self.units))
        packed = self._unit(payload) == 0x0100
        first = payload + (4 if packed else 2 + 2 * count)
        return {pc + self._int(first + 2 * index) for index in range(count)}

    def _unit(self, at: int) -> int:
        return self.units[at] if 0 <= at < len(self.units) else 0

    def _int(self, at: int) -> int:
        return _signed(self._unit(at) | self._unit(at + 1) << 16, 32)

    def _step(self, pc: int, opcode: int) -> None:
        unit = self.units[pc]
        if 0x01 <= opcode <= 0x09:
            self._move(pc, opcode)
        elif 0x12 <= opcode <= 0x19:
            register = (unit >> 8) & 0xF if opcode == 0x12 else unit >> 8
            self._put(register, opcode, self._literal(pc, opcode))
        elif opcode in (0x1A, 0x1B, 0x1C, *range(0x60, 0x67)):
            self._put(unit >> 8, opcode, self.loads.get(pc))
        elif opcode in NIBBLE_TARGETS:
            self._put((unit >> 8) & 0xF, opcode, None, pair=opcode >= 0x7B)
        elif opcode in BYTE_TARGETS:
            self._put(unit >> 8, opcode, None, pair=opcode >= 0x90)

    def _move(self, pc: int, opcode: int) -> None:
        layout = (opcode - 1) % 3
        unit = self.units[pc]
        target = ((unit >> 8) & 0xF, unit >> 8, self._unit(pc + 1))[layout]
        source = (unit >> 12, self._unit(pc + 1), self._unit(pc + 2))[layout]
        self._put(target, opcode, self.known.get(source), pair=4 <= opcode <= 6)

    def _put(
        self, register: int, opcode: int, value: Value | None, *, pair: bool = False
    ) -> None:
        if pair or opcode in WIDE_RESULTS:
            self.known.pop(register + 1, None)
        if value is None:
            self.known.pop(register, None)
        else:
            self.known[register] = value

    def _literal(self, pc: int, opcode: int) -> Value:
        unit, next_unit = self.units[pc], self._unit(pc + 1)
        wide = opcode >= 0x16
        if opcode == 0x12:
            number = _signed(unit >> 12, 4)
        elif opcode in (0x13, 0x16):
            number = _signed(next_unit, 16)
        elif opcode in (0x14, 0x17):
            number = self._int(pc + 1)
        elif opcode == 0x15:
            number = _signed(next_unit << 16, 32)
        elif opcode == 0x18:
            low, high = self._int(pc + 1) & 0xFFFFFFFF, self._int(pc + 3)
            number = high << 32 | low
        else:
            number = _signed(next_unit << 48, 64)
        return Value("long" if wide else "int", str(number), -1, pc)

    def _of_call(self, pc: int, opcode: int) -> Iterator[tuple[Any, ...]]:
        call = self.wanted[pc]
        registers = self._registers(pc, opcode)
        callee = int(self.facts.table(CALLS)["callee"][call])
        position = 0
        if opcode not in (0x71, 0x77):
            yield from self._row(call, -1, registers[:1])
            registers = registers[1:]
        for kind in self.facts.parameter_types(callee):
            yield from self._row(call, position, registers[:1])
            registers = registers[2 if kind in "JD" else 1 :]
            position += 1

    def _row(self, call: int, position: int, registers: list[int]) -> Iterator[tuple[Any, ...]]:
        value = self.known.get(registers[0]) if registers else None
        if value is not None:
            yield (call, position, value.kind, value.text, value.row, value.pc)

    def _registers(self, pc: int, opcode: int) -> list[int]:
        unit, listed = self.units[pc], self._unit(pc + 2)
        if 0x74 <= opcode <= 0x78 or opcode in (0xFB, 0xFD):
            return list(range(listed, listed + (unit >> 8)))
        nibbles = [listed >> shift & 0xF for shift in (0, 4, 8, 12)] + [unit >> 8 & 0xF]
        return nibbles[: unit >> 12]


def _signed(value: int, bits: int) -> int:
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value
