"""Methods as the interpreter runs them: instructions by place, payloads of tables and switches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import METHODS, TRY_HANDLERS
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Lists, ints, lists_of
from witnessmark.flow.instructions import CodeReader, Instruction, MethodCode
from witnessmark.flow.values.objects import Text

SWITCHES = (0x2B, 0x2C)
FILL_ARRAY = 0x26
MOST_KEPT = 4096


class Callee(Struct, frozen=True):
    """A method as calls name it: ``key`` is ``Lowner;->name``; ``kinds`` without the receiver."""

    row: int
    owner: str
    name: str
    kinds: tuple[str, ...]
    returns: str
    key: str


class Site(NamedTuple):
    """A call: its row, the method named, types of all arguments, and the registers that hold them
    (-1 where the code names none).
    """

    call: int
    callee: Callee
    kinds: tuple[str, ...]
    registers: tuple[int, ...]


class Runnable(Struct, frozen=True):
    """A method ready to run.

    ``at``        index of the instruction at a place.
    ``fills``     element width and bytes of the table that an instruction copies into an array.
    ``switches``  place to go on by key, by place of the switch.
    ``tries``     (start, end, handler) of try ranges.
    ``sites``     calls by place, as the interpreter met them; ``texts`` constants likewise.
    """

    method: int
    code: MethodCode
    at: Mapping[int, int]
    registers: int
    ins: int
    fills: Mapping[int, tuple[int, bytes]]
    switches: Mapping[int, Mapping[int, int]]
    tries: tuple[tuple[int, int, int], ...]
    sites: dict[int, Site]
    texts: dict[int, Text | None]

    @property
    def instructions(self) -> tuple[Instruction, ...]:
        """In order."""
        return self.code.instructions


class Methods:
    """Methods of one app, prepared when asked for; keeps the last ones."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._reader = CodeReader(facts)
        self._kept: dict[int, Runnable | None] = {}
        self._tries = self._handlers()

    def get(self, method: int) -> Runnable | None:
        """A method; None when it has no code that can be read, or none that a device would run."""
        if method not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[method] = self._prepared(method)
        return self._kept[method]

    def _handlers(self) -> Lists:
        method = ints(self._facts.table(TRY_HANDLERS)["method"])
        size = len(self._facts.table(METHODS))
        return lists_of(method, np.arange(len(method), dtype=np.int64), size)

    def _prepared(self, method: int) -> Runnable | None:
        code = self._reader.read(method)
        if code is None or not code.instructions:
            return None
        methods = self._facts.table(METHODS)
        size, ins = int(methods["registers"][method]), int(methods["ins"][method])
        named = max((max(one.registers) for one in code.instructions if one.registers), default=-1)
        if named >= size or ins > size:
            return None
        units = self._units(method)
        rows = self._tries.of(method)
        table = self._facts.table(TRY_HANDLERS)
        tries = zip(*(table[name][rows].tolist() for name in ("start", "end", "handler")),
                    strict=True)  # fmt: skip
        at = {one.pc: index for index, one in enumerate(code.instructions)}
        fills: dict[int, tuple[int, bytes]] = {}
        switches: dict[int, Mapping[int, int]] = {}
        for one in code.instructions:
            if one.opcode == FILL_ARRAY:
                table_found = _fill(units, one.pc + one.literal)
                if table_found is not None:
                    fills[one.pc] = table_found
            elif one.opcode in SWITCHES:
                switches[one.pc] = _switch(units, one.pc, one.pc + one.literal)
        return Runnable(
            method, code, at, size, ins,
            fills, switches, tuple(tries), {}, {},
        )  # fmt: skip

    def _units(self, method: int) -> bytes:
        methods = self._facts.table(METHODS)
        first, count = int(methods["code_offset"][method]), int(methods["code_units"][method])
        blob = self._facts.blob(int(methods["artifact"][method]))
        return bytes(blob[first : first + 2 * count])


def _fill(units: bytes, at: int) -> tuple[int, bytes] | None:
    """Width and elements of a fill-array-data payload; None when it is cut or none."""
    at *= 2
    if at < 0 or at + 8 > len(units) or units[at : at + 2] != b"\x00\x03":
        return None
    width = int.from_bytes(units[at + 2 : at + 4], "little")
    count = int.from_bytes(units[at + 4 : at + 8], "little")
    if width not in (1, 2, 4, 8) or at + 8 + width * count > len(units):
        return None
    return width, units[at + 8 : at + 8 + width * count]


def _switch(units: bytes, pc: int, at: int) -> Mapping[int, int]:
    """Places by key of a switch payload; none when it is cut."""
    at *= 2
    if at < 0 or at + 4 > len(units) or units[at : at + 2] not in (b"\x00\x01", b"\x00\x02"):
        return {}
    packed = units[at + 1] == 1
    size = int.from_bytes(units[at + 2 : at + 4], "little")
    numbers = 1 + size if packed else 2 * size
    if at + 4 + 4 * numbers > len(units):
        return {}
    cells = np.frombuffer(units, "<i4", numbers, at + 4).tolist()
    keys = range(cells[0], cells[0] + size) if packed else cells[:size]
    steps = cells[1:] if packed else cells[size:]
    return {key: pc + step for key, step in zip(keys, steps, strict=True)}
