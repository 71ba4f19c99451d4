"""Instructions one by one, and their operands as columns.

Source: Dalvik executable instruction formats,
source.android.com/docs/core/runtime/instruction-formats; Dalvik bytecode, the payloads.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.compiled import Kernels
from witnessmark.formats.dex.code import Code, sweep_tables
from witnessmark.formats.dex.image import Image
from witnessmark.formats.dex.kernels import layout
from witnessmark.formats.dex.kernels.operands import read_operands
from witnessmark.formats.dex.opcodes import opcodes
from witnessmark.model.errors import FormatError

CONST_WIDE_HIGH16 = 0x19

PAYLOADS: Mapping[int, str] = {
    0x0100: "packed-switch-payload",
    0x0200: "sparse-switch-payload",
    0x0300: "fill-array-data-payload",
}
"""Names of the pseudo-instructions that hold data, by their first unit."""


class Instruction(Struct, frozen=True):
    """One instruction or payload.

    ``units``      its width in 16-bit code units.
    ``registers``  as the format lists them, the destination first where there is one; ranges
                   spelled out.
    ``literal``    the constant, None where the format has none.
    ``index``      index of the identity it names, in its own dex file; None for none.
    ``second``     index of the prototype of invoke-polymorphic; None for the others.
    ``target``     pc of the branch, switch or array data; None for none.
    """

    pc: int
    opcode: int
    name: str
    format: str
    units: int
    registers: tuple[int, ...] = ()
    literal: int | None = None
    index: int | None = None
    second: int | None = None
    target: int | None = None


class Payload(Struct, frozen=True):
    """Data in code. Switches have ``keys`` and ``targets``, as distances from the switch
    instruction; arrays have elements of ``width`` bytes each in ``content``.
    """

    name: str
    keys: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()
    width: int = 0
    content: bytes = b""


class InstructionColumns(Struct, frozen=True):
    """Every instruction of some methods, in order of method and pc; payloads have no operands.

    ``a``, ``b``, ``c``  registers as the format names them. For lists of registers ``a`` is
        their number and ``b`` the list, four bits each from the lowest on (35c, 45cc), or the
        first of the range (3rc, 4rcc).
    ``literal``  the constant; for invoke-polymorphic the index of its prototype.
    ``index``    identity it names, as an index in its own dex file, -1 for none.
    ``target``   pc it may go to or takes data from, -1 for none.
    """

    method: NDArray[np.int32]
    pc: NDArray[np.uint32]
    opcode: NDArray[np.uint8]
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    c: NDArray[np.int32]
    literal: NDArray[np.int64]
    index: NDArray[np.int64]
    target: NDArray[np.int64]


def instruction_columns(
    image: Image, run: Kernels, code: Code, first: int, last: int
) -> InstructionColumns:
    """Operands of method rows ``first`` up to ``last``, about 46 bytes an instruction."""
    _, _, widths = sweep_tables()
    scratch = np.zeros(layout.OPERANDS, dtype=np.int64)
    count = 0
    while True:
        columns = InstructionColumns(
            np.empty(count, np.int32), np.empty(count, np.uint32), np.empty(count, np.uint8),
            np.empty(count, np.int32), np.empty(count, np.int32), np.empty(count, np.int32),
            np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64),
        )  # fmt: skip
        found = run.list_operands(
            image.bytes_, code.at, code.units, first, last, widths, operand_places(),
            columns.method, columns.pc, columns.opcode, columns.a, columns.b, columns.c,
            columns.literal, columns.index, columns.target, scratch,
        )  # fmt: skip
        if found == count:
            return columns
        count = found


@cache
def operand_places() -> NDArray[np.uint8]:
    """Where each opcode keeps each of its operands, `layout.OPERANDS` items an opcode."""
    text = Path(__file__).with_name("formats.csv").read_text(encoding="ascii")
    lines = [line.split(",") for line in text.splitlines()[1:]]
    formats = {name: [_PLACES[place] for place in places] for name, *places in lines}
    places = [formats[opcode.format] for opcode in opcodes()]
    wide = list(places[CONST_WIDE_HIGH16])
    wide[layout.LITERAL] = layout.SHIFTED_WIDE
    places[CONST_WIDE_HIGH16] = wide
    return np.array(places, dtype=np.uint8).reshape(-1)


_PLACES: Mapping[str, int] = {
    "": layout.ABSENT, "low": layout.LOW, "high": layout.HIGH, "byte": layout.WHOLE_BYTE,
    "unit 1": layout.UNIT_1, "unit 2": layout.UNIT_2, "unit 3": layout.UNIT_3,
    "low of unit 1": layout.LOW_OF_UNIT_1, "high of unit 1": layout.HIGH_OF_UNIT_1,
    "signed high": layout.SIGNED_HIGH, "signed byte": layout.SIGNED_BYTE,
    "signed unit 1": layout.SIGNED_UNIT_1, "signed units 1-2": layout.SIGNED_UNITS_1_2,
    "signed high of unit 1": layout.SIGNED_HIGH_OF_UNIT_1, "units 1-2": layout.UNITS_1_2,
    "units 1-4": layout.UNITS_1_4, "unit 1 shifted": layout.SHIFTED, "list": layout.LIST,
}  # fmt: skip


def decode_instruction(code: bytes | memoryview, pc: int) -> Instruction:
    """The instruction at ``pc`` of a method's instructions (bytes, little end first).

    FormatError, at the byte offset in ``code``, when it does not end inside them.
    """
    data: Any = memoryview(code).cast("B")
    at, left = 2 * pc, len(data) // 2 - pc
    if pc < 0 or left < 1:
        raise FormatError("no instruction here, the code ends before", at)
    name = PAYLOADS.get(data[at] | data[at + 1] << 8)
    if name is not None:
        return Instruction(pc, 0, name, "payload", _payload_units(data, at))
    opcode = opcodes()[data[at]]
    if opcode.units > left:
        raise FormatError(f"{opcode.name} is cut by the end of the code", at)
    out: Any = [0] * layout.OPERANDS
    read_operands(data, at, operand_places().tolist(), out)
    places = operand_places()[layout.OPERANDS * opcode.number :][: layout.OPERANDS]
    has = (places != layout.ABSENT).tolist()
    second = out[layout.LITERAL] if opcode.format in ("45cc", "4rcc") else None
    literal = out[layout.LITERAL] if has[layout.LITERAL] and second is None else None
    return Instruction(
        pc, opcode.number, opcode.name, opcode.format, opcode.units,
        _registers(opcode.format, out, has), literal,
        out[layout.INDEX] if has[layout.INDEX] else None, second,
        pc + out[layout.TARGET] if has[layout.TARGET] else None,
    )  # fmt: skip


def _registers(form: str, out: list[int], has: list[bool]) -> tuple[int, ...]:
    count, listed = out[layout.A], out[layout.B]
    if form in ("35c", "45cc"):
        return tuple(listed >> 4 * k & 15 for k in range(min(count, 5)))
    if form in ("3rc", "4rcc"):
        return tuple(range(listed, listed + count))
    return tuple(out[k] for k in (layout.A, layout.B, layout.C) if has[k])


def _payload_units(data: Any, at: int) -> int:
    kind, left = data[at + 1], (len(data) - at) // 2
    size = int.from_bytes(data[at + 2 : at + 4], "little")
    if kind == 1:
        units = 2 * size + 4
    elif kind == 2:
        units = 4 * size + 2
    else:
        units = 4 + (size * int.from_bytes(data[at + 4 : at + 8], "little") + 1) // 2
    if units > left:
        raise FormatError("a payload is cut by the end of the code", at)
    return units


def decode_payload(code: bytes | memoryview, pc: int) -> Payload:
    """Content of the payload at ``pc``; FormatError when there is none or it is cut."""
    data = memoryview(code).cast("B")
    instruction = decode_instruction(data, pc)
    if instruction.format != "payload":
        raise FormatError("no payload here", 2 * pc)
    content = bytes(data[2 * pc : 2 * (pc + instruction.units)])
    (size,) = struct.unpack_from("<H", content, 2)
    name = instruction.name
    if name == PAYLOADS[0x0100]:
        first, *targets = struct.unpack_from(f"<{size + 1}i", content, 4)
        return Payload(name, tuple(range(first, first + size)), tuple(targets))
    if name == PAYLOADS[0x0200]:
        values = struct.unpack_from(f"<{2 * size}i", content, 4)
        return Payload(name, values[:size], values[size:])
    (count,) = struct.unpack_from("<I", content, 4)
    return Payload(name, width=size, content=content[8 : 8 + size * count])
