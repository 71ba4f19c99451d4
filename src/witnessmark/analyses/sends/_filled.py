"""Fields that code fills with what one call gives, such as a reading of the device or a view.

A value is followed along the straight code of a method, through calls that give the same text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader, Instruction, MethodCode
from witnessmark.flow.straight import STOPS, WRITES

SAME = frozenset({"toString", "valueOf", "trim", "intern", "toUpperCase", "toLowerCase"})
MOVES = range(0x01, 0x0A)
MOVE_RESULTS = (0x0A, 0x0B, 0x0C)
INVOKES = frozenset((*range(0x6E, 0x73), *range(0x74, 0x79)))
PUTS = (*range(0x59, 0x60), *range(0x67, 0x6E))
CAST = 0x1F


def filled_fields(app: Facts, calls: Iterable[int]) -> Mapping[int, int]:
    """Fields by row, and which of ``calls`` gives what is put into them; the first in order."""
    table = app.table(CALLS)
    wanted: dict[int, set[int]] = defaultdict(set)
    for call in calls:
        wanted[int(table["method"][call])].add(call)
    reader, found = CodeReader(app), dict[int, int]()
    for method in sorted(wanted):
        code = reader.read(method)
        for field, call in _Walk(app, code, wanted[method]).puts() if code is not None else ():
            found.setdefault(field, call)
    return found


class _Walk:
    """One pass over a method."""

    def __init__(self, app: Facts, code: MethodCode, wanted: set[int]) -> None:
        self._app = app
        self._code = code
        self._wanted = wanted
        self._held: dict[int, int] = {}
        self._result = -1

    def puts(self) -> Iterable[tuple[int, int]]:
        for one in self._code.instructions:
            if one.pc in self._code.joins:
                self._held.clear()
            if one.opcode in INVOKES:
                self._invoke(one)
            elif one.opcode in PUTS:
                call = self._held.get(one.registers[0], -1)
                if call >= 0 and one.pc in self._code.fields:
                    yield self._code.fields[one.pc], call
            elif one.opcode != CAST and one.opcode in WRITES:
                self._write(one)
            if one.opcode in STOPS:
                self._held.clear()

    def _invoke(self, one: Instruction) -> None:
        call = self._code.calls.get(one.pc, -1)
        self._result = call if call in self._wanted else -1
        if self._result < 0 and call >= 0 and one.registers:
            name = self._app.method_name(int(self._app.table(CALLS)["callee"][call]))
            if name in SAME:
                self._result = self._held.get(one.registers[0], -1)

    def _write(self, one: Instruction) -> None:
        value = -1
        if one.opcode in MOVE_RESULTS:
            value = self._result
        elif one.opcode in MOVES:
            value = self._held.get(one.registers[1], -1)
        if value >= 0:
            self._held[one.registers[0]] = value
        else:
            self._held.pop(one.registers[0], None)
