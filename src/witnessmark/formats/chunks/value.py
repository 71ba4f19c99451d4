"""Typed values (``Res_value``) and how people write them."""

from __future__ import annotations

import struct
from enum import IntEnum

import numpy as np


class ValueType(IntEnum):
    """``Res_value::TYPE_*``."""

    NULL = 0x00
    REFERENCE = 0x01
    ATTRIBUTE = 0x02
    STRING = 0x03
    FLOAT = 0x04
    DIMENSION = 0x05
    FRACTION = 0x06
    DYNAMIC_REFERENCE = 0x07
    DYNAMIC_ATTRIBUTE = 0x08
    INT_DEC = 0x10
    INT_HEX = 0x11
    INT_BOOLEAN = 0x12
    COLOR_ARGB8 = 0x1C
    COLOR_RGB8 = 0x1D
    COLOR_ARGB4 = 0x1E
    COLOR_RGB4 = 0x1F


FIRST_INT, LAST_INT = 0x10, 0x1F
DIMENSION_UNITS = ("px", "dp", "sp", "pt", "in", "mm")
FRACTION_UNITS = ("%", "%p")
RADIX_SHIFTS = (0, 7, 15, 23)


def value_text(kind: int, data: int, text: str | None = None) -> str:
    """A value as it would stand in resource XML.

    ``kind`` and ``data`` are the fields of ``Res_value`` (``data`` unsigned); ``text`` the
    string for ``ValueType.STRING``. References are written ``@0x7f010000``, attributes
    ``?0x01010001``, dimensions ``16.0dp``, fractions ``50.0%``, colours ``#ff00ff00``; an
    unknown type ``0x15:0x00000001`` (type, then data).
    """
    if kind == ValueType.STRING:
        return text if text is not None else ""
    if kind in (ValueType.REFERENCE, ValueType.DYNAMIC_REFERENCE):
        return f"@0x{data:08x}" if data else "@null"
    if kind in (ValueType.ATTRIBUTE, ValueType.DYNAMIC_ATTRIBUTE):
        return f"?0x{data:08x}"
    if kind == ValueType.FLOAT:
        return _plain(struct.unpack("<f", struct.pack("<I", data))[0])
    if kind == ValueType.DIMENSION:
        return _plain(complex_number(data)) + _unit(DIMENSION_UNITS, data)
    if kind == ValueType.FRACTION:
        return _plain(complex_number(data) * 100) + _unit(FRACTION_UNITS, data)
    return _integer_text(kind, data)


def _integer_text(kind: int, data: int) -> str:
    if kind == ValueType.NULL:
        return "@empty" if data == 1 else "@null"
    if kind == ValueType.INT_BOOLEAN:
        return "true" if data else "false"
    if kind == ValueType.INT_HEX:
        return f"0x{data:x}"
    if ValueType.COLOR_ARGB8 <= kind <= ValueType.COLOR_RGB4:
        return _colour(kind, data)
    if FIRST_INT <= kind <= LAST_INT:
        return str(data - (1 << 32) if data & 0x80000000 else data)
    return f"0x{kind:02x}:0x{data:08x}"


def complex_number(data: int) -> float:
    """The number of a dimension or fraction: 24 bits of mantissa, 2 bits that place its point."""
    mantissa = (data >> 8) - (1 << 24) if data & 0x80000000 else data >> 8
    return float(mantissa) / float(1 << RADIX_SHIFTS[(data >> 4) & 3])


def _unit(units: tuple[str, ...], data: int) -> str:
    number = data & 0xF
    return units[number] if number < len(units) else f"(unit {number})"


def _plain(number: float) -> str:
    """Shortest spelling that reads back as the same 32-bit float."""
    return str(np.float32(number))


def _colour(kind: int, data: int) -> str:
    if kind == ValueType.COLOR_ARGB8:
        return f"#{data:08x}"
    if kind == ValueType.COLOR_RGB8:
        return f"#{data & 0xFFFFFF:06x}"
    nibbles = f"{data:08x}"[::2]
    return f"#{nibbles}" if kind == ValueType.COLOR_ARGB4 else f"#{nibbles[1:]}"
