"""Code of all methods: heads of code items and uses of identities."""

from __future__ import annotations

from functools import cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.compiled import Kernels
from witnessmark.formats.dex.identities import Columns, Ints, Positions, Types
from witnessmark.formats.dex.image import Image
from witnessmark.formats.dex.kernels import layout
from witnessmark.formats.dex.members import Bytes, Members
from witnessmark.formats.dex.opcodes import UNUSED, opcodes

Words = NDArray[np.uint16]


class Code(Struct, frozen=True):
    """Head of each method's code, by method row; ``at`` is the position of its instructions, -1
    without code; ``debug`` that of its debug information, 0 for none.
    """

    at: Positions
    registers: Words
    ins: Words
    outs: Words
    units: Ints
    tries: Ints
    debug: Positions


class Uses(Struct, frozen=True):
    """Rows of one kind of use, in order of method and pc."""

    method: Ints
    pc: NDArray[np.uint32]
    opcode: Bytes
    target: Ints

    def columns(self, target: str) -> Columns:
        """The rows as columns; ``target`` names the last."""
        return {
            "method": self.method, "pc": self.pc, "opcode": self.opcode, target: self.target,
        }  # fmt: skip


class Payloads(Struct, frozen=True):
    """Constant array contents: where each stands, and its elements."""

    method: Ints
    pc: NDArray[np.uint32]
    width: Words
    count: Ints
    at: Positions


class AllUses(Struct, frozen=True):
    """What code uses; ``instructions`` counts boundaries of all methods."""

    calls: Uses
    fields: Uses
    strings: Uses
    types: Uses
    dynamic: Uses
    payloads: Payloads
    instructions: int


def read_code(image: Image, run: Kernels, methods: Members) -> Code:
    """Heads of all code items."""
    count = len(methods.code)
    registers, ins, outs = (np.zeros(count, dtype=np.uint16) for _ in range(3))
    units, tries = np.zeros(count, dtype=np.int32), np.zeros(count, dtype=np.int32)
    debug, at = np.zeros(count, dtype=np.int64), methods.code.copy()
    run.read_code(
        image.bytes_, image.dex.reshape(-1), methods.dex, at, registers, ins, outs, units, tries,
        debug, len(image.bytes_), image.notes,
    )  # fmt: skip
    return Code(at, registers, ins, outs, units, tries, debug)


def sweep(
    image: Image, run: Kernels, code: Code, types: Types, fields: Members, methods: Members
) -> AllUses:
    """Every use of an identity in code."""
    acts, kinds, widths = sweep_tables()
    counts = np.zeros(layout.KINDS, dtype=np.int64)
    run.count_uses(image.bytes_, code.at, code.units, acts, kinds, widths, counts)
    sized = counts[: layout.INSTRUCTION]
    begins = np.zeros(len(sized) + 1, dtype=np.int64)
    np.cumsum(sized, out=begins[1:])
    ends = begins[:-1].copy()
    rows, payloads = int(begins[-1]), int(counts[layout.PAYLOAD])
    method, target = np.empty(rows, dtype=np.int32), np.empty(rows, dtype=np.int32)
    pc, opcode = np.empty(rows, dtype=np.uint32), np.empty(rows, dtype=np.uint8)
    width, size = np.empty(payloads, dtype=np.uint16), np.empty(payloads, dtype=np.int32)
    places = np.empty(payloads, dtype=np.int64)
    run.sweep_uses(
        image.bytes_, image.dex.reshape(-1), methods.dex, code.at, code.units, acts, kinds, widths,
        methods.row, fields.row, types.row, ends, method, pc, opcode, target, width, size, places,
        image.notes,
    )  # fmt: skip
    parts = [slice(int(a), int(b)) for a, b in zip(begins[:-1], ends, strict=True)]
    uses = [Uses(method[p], pc[p], opcode[p], target[p]) for p in parts[: layout.PAYLOAD]]
    p = parts[layout.PAYLOAD]
    n = p.stop - p.start
    found = Payloads(method[p], pc[p], width[:n], size[:n], places[:n])
    called, accessed, loaded, named, linked = uses
    count = int(counts[layout.INSTRUCTION])
    return AllUses(called, accessed, loaded, named, linked, found, count)


def list_instructions(image: Image, run: Kernels, code: Code, count: int) -> Columns:
    """Columns of every instruction boundary; ``count`` as the sweep told."""
    method = np.empty(count, dtype=np.int32)
    pc, opcode = np.empty(count, dtype=np.uint32), np.empty(count, dtype=np.uint8)
    _, _, widths = sweep_tables()
    run.list_instructions(code.at, image.bytes_, code.units, widths, method, pc, opcode)
    return {"method": method, "pc": pc, "opcode": opcode}


_ACTS = {
    "method": layout.METHOD_INDEX, "field": layout.FIELD_INDEX, "string": layout.STRING_INDEX,
    "type": layout.TYPE_INDEX, "call_site": layout.SITE_INDEX,
}  # fmt: skip
_KINDS = {
    layout.METHOD_INDEX: layout.CALL, layout.FIELD_INDEX: layout.FIELD_USE,
    layout.STRING_INDEX: layout.STRING_USE, layout.JUMBO_INDEX: layout.STRING_USE,
    layout.TYPE_INDEX: layout.TYPE_USE, layout.SITE_INDEX: layout.DYNAMIC_CALL,
}  # fmt: skip


@cache
def sweep_tables() -> tuple[Bytes, Bytes, Bytes]:
    """What to do at an opcode, kind of row for what is done, width of an opcode."""
    acts, widths = np.zeros(256, dtype=np.uint8), np.zeros(256, dtype=np.uint8)
    kinds = np.full(16, layout.NO_USE, dtype=np.uint8)
    for opcode in opcodes():
        widths[opcode.number] = opcode.units
        acts[opcode.number] = _ACTS.get(opcode.index, layout.NOTHING)
        if opcode.name.startswith(UNUSED):
            acts[opcode.number] = layout.UNUSED
        elif opcode.index == "string" and opcode.units == 3:
            acts[opcode.number] = layout.JUMBO_INDEX
    acts[0] = layout.ZERO
    for act, kind in _KINDS.items():
        kinds[act] = kind
    return acts, kinds, widths
