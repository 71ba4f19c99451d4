"""How the metadata of a DuckDB file is spelled: numbered fields, each object closed by an end mark.

Source: DuckDB, ``common/serializer/binary_serializer.cpp``: a field is its number in two bytes and
its value; integers are LEB128, signed ones its signed form; a text has its length before it.
"""

from __future__ import annotations

END = b"\xff\xff"
"""Closes an object."""


def unsigned(value: int) -> bytes:
    """``value`` as LEB128."""
    if value < 0x80:
        return bytes((value,))
    found = bytearray()
    while value >= 0x80:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)


def signed(value: int) -> bytes:
    """``value`` as signed LEB128."""
    if -0x40 <= value < 0x40:
        return bytes((value & 0x7F,))
    found = bytearray()
    while not -0x40 <= value < 0x40:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value & 0x7F)
    return bytes(found)


def text(value: str) -> bytes:
    """A text with its length in bytes before it."""
    encoded = value.encode("utf-8")
    return unsigned(len(encoded)) + encoded


def field(number: int, value: bytes) -> bytes:
    """A field of an object."""
    return number.to_bytes(2, "little") + value
