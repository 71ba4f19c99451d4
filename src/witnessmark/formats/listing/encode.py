"""Code units of one instruction.

Source: Dalvik executable instruction formats,
source.android.com/docs/core/runtime/instruction-formats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from witnessmark.formats.dex.opcodes import Opcode, opcodes
from witnessmark.formats.listing.model import Instruction
from witnessmark.model.errors import FormatError

WIDER: Mapping[str, tuple[str, ...]] = {
    "move": ("move/from16", "move/16"),
    "move-wide": ("move-wide/from16", "move-wide/16"),
    "move-object": ("move-object/from16", "move-object/16"),
    "const/4": ("const/16", "const"),
    "const/16": ("const",),
    "const-wide/16": ("const-wide/32", "const-wide"),
    "const-wide/32": ("const-wide",),
    "goto": ("goto/16", "goto/32"),
    "goto/16": ("goto/32",),
    **{f"invoke-{kind}": (f"invoke-{kind}/range",)
       for kind in ("virtual", "super", "direct", "static", "interface", "custom", "polymorphic")},
    "filled-new-array": ("filled-new-array/range",),
}  # fmt: skip
"""Instructions that do the same with more room, tried in turn where operands do not fit."""

INDEX_UNIT = 1
"""Unit of an instruction that holds its index; the prototype of 45cc and 4rcc is in unit 3."""


@cache
def by_name() -> Mapping[str, Opcode]:
    """Opcodes by name."""
    return {one.name: one for one in opcodes() if not one.name.startswith("unused-")}


class MisfitError(Exception):
    """Operands do not fit the format; a wider one may take them."""


def opcode_of(instruction: Instruction) -> Opcode:
    """The opcode of an instruction, the first wider one where its operands do not fit.

    Raises `FormatError` for an unknown name and for operands that fit nowhere.
    """
    return _opcode(instruction.name, instruction.registers, instruction.literal)


@lru_cache(maxsize=1 << 16)
def _opcode(name: str, registers: tuple[int, ...], literal: int | None) -> Opcode:
    if name not in by_name():
        raise FormatError(f"there is no instruction {name!r}")
    why = ""
    for one in (name, *WIDER.get(name, ())):
        try:
            units_of(by_name()[one], registers, literal, 0, 0, 1)
        except MisfitError as error:
            why = why or str(error)
            continue
        return by_name()[one]
    raise FormatError(f"operands of {name} do not fit: {why}")


def units_of(
    opcode: Opcode,
    registers: Sequence[int],
    literal: int | None,
    index: int,
    second: int,
    distance: int,
) -> tuple[int, ...]:
    """Code units. ``distance`` is that of a branch, in units from this instruction.

    Raises `MisfitError` where an operand is missing, superfluous or too large.
    """
    form = opcode.format
    number = opcode.number
    if form in ("35c", "45cc"):
        head, tail = _listed(number, registers)
        return (head, index, tail) if form == "35c" else (head, index, tail, second)
    if form in ("3rc", "4rcc"):
        first = _range(registers)
        units = (number | len(registers) << 8, index, first)
        return units if form == "3rc" else (*units, second)
    widths = REGISTERS[form]
    if len(registers) != len(widths):
        raise MisfitError(f"{len(registers)} registers where {len(widths)} belong")
    for register, bits in zip(registers, widths, strict=True):
        if not 0 <= register < 1 << bits:
            raise MisfitError(f"v{register} has no room in {bits} bits")
    return _simple(form, number, registers, literal, index, distance)


REGISTERS: Mapping[str, tuple[int, ...]] = {
    "10x": (), "12x": (4, 4), "11n": (4,), "11x": (8,), "10t": (), "20t": (), "22x": (8, 16),
    "21t": (8,), "21s": (8,), "21h": (8,), "21c": (8,), "23x": (8, 8, 8), "22b": (8, 8),
    "22t": (4, 4), "22s": (4, 4), "22c": (4, 4), "30t": (), "32x": (16, 16), "31i": (8,),
    "31t": (8,), "31c": (8,), "51l": (8,),
}  # fmt: skip
"""Bits that each register has, by format."""


def _simple(
    form: str,
    number: int,
    registers: Sequence[int],
    literal: int | None,
    index: int,
    distance: int,
) -> tuple[int, ...]:
    """Formats with a fixed number of registers, which are known to fit."""
    first = registers[0] if registers else 0
    head = number | first << 8
    if form[1] == "2" and form[0] in "12" and form not in ("22x", "22b"):
        head |= registers[1] << 12
    if form in ("10x", "11x", "12x"):
        return (head,)
    if form == "11n":
        return (head | (_signed(literal, 4) << 12),)
    if form == "10t":
        return (head | _signed(distance, 8) << 8,)
    if form in ("20t", "21t", "22t"):
        return (head, _signed(distance, 16))
    if form in ("30t", "31t"):
        return (head, *_halves(_signed(distance, 32), 2))
    if form == "32x":
        return (number, *registers)
    return (head, *_more(form, number, registers, literal, index))


def _more(
    form: str, number: int, registers: Sequence[int], literal: int | None, index: int
) -> tuple[int, ...]:
    """Units behind the first of formats that neither branch nor fit in one unit."""
    if form in ("21s", "22s"):
        return (_signed(literal, 16),)
    if form == "22b":
        return (registers[1] | _signed(literal, 8) << 8,)
    if form == "21h":
        return (_high(number, literal),)
    if form == "23x":
        return (registers[1] | registers[2] << 8,)
    if form == "22x":
        return (registers[1],)
    if form in ("21c", "22c"):
        return (index,)
    if form == "31c":
        return (index, 0)
    size = 32 if form == "31i" else 64
    return _halves(_signed(literal, size), size // 16)


def _halves(value: int, count: int) -> tuple[int, ...]:
    return tuple(value >> 16 * place & 0xFFFF for place in range(count))


def _signed(value: int | None, bits: int) -> int:
    """Two's complement; numbers above the signed range count as bit patterns from 16 bits on."""
    if value is None:
        raise MisfitError("the number is missing")
    top = 1 << bits if bits >= 32 else 1 << (bits - 1)
    if not -(1 << (bits - 1)) <= value < top:
        raise MisfitError(f"{value} has no room in {bits} bits")
    return value & ((1 << bits) - 1)


CONST_WIDE_HIGH16 = 0x19


def _high(number: int, literal: int | None) -> int:
    """The upper 16 of 32 or 64 bits, where the lower ones are zero."""
    bits = 64 if number == CONST_WIDE_HIGH16 else 32
    pattern = _signed(literal, bits)
    if pattern & ((1 << (bits - 16)) - 1):
        raise MisfitError(f"{literal:#x} has more than its upper 16 bits set")
    return pattern >> (bits - 16)


def _listed(number: int, registers: Sequence[int]) -> tuple[int, int]:
    """First and third unit of a format with up to five registers."""
    if len(registers) > 5 or any(not 0 <= one < 16 for one in registers):
        raise MisfitError("more than five registers, or one beyond v15")
    padded = (*registers, 0, 0, 0, 0, 0)
    tail = sum(register << 4 * place for place, register in enumerate(padded[:4]))
    return number | len(registers) << 12 | padded[4] << 8, tail


def _range(registers: Sequence[int]) -> int:
    """First register of a range."""
    first = registers[0] if registers else 0
    fits = first >= 0 and first + len(registers) <= 1 << 16 and len(registers) <= 255
    if not fits or tuple(registers) != tuple(range(first, first + len(registers))):
        raise MisfitError("registers of a range do not follow one another")
    return first
