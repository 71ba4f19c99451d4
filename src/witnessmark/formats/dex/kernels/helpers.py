"""Helpers that kernels share."""

from __future__ import annotations

from witnessmark.formats.compiled.signature import I4, I8, U1
from witnessmark.formats.dex.kernels.layout import FIRST_TYPE, NOTED, NOTES, TYPES

PRIME = 0x7FFFFFFF
"""Modulus of the hashes."""


def u1(image: U1, at: int) -> int:
    """One byte, as the signed 64-bit integer that all arithmetic here is done in."""
    value: int = image[at] + 0
    return value


def u2(image: U1, at: int) -> int:
    """Two bytes, little end first."""
    return u1(image, at) | u1(image, at + 1) << 8


def u4(image: U1, at: int) -> int:
    """Four bytes, little end first."""
    return u2(image, at) | u2(image, at + 2) << 16


def note(notes: I8, code: int, at: int, length: int) -> None:
    row = notes[0]
    notes[0] = row + 1
    if row < NOTES:
        notes[NOTED + 3 * row] = code
        notes[NOTED + 3 * row + 1] = at
        notes[NOTED + 3 * row + 2] = length


def mixed(state: int, value: int, point: int) -> int:
    """One step of the polynomial; ``state`` stays below 2^32."""
    product = state * point + value
    return (product & PRIME) + (product >> 31)


def type_of(dex: I8, d: int, type_row: I4, index: int) -> int:
    if index >= dex[d + TYPES]:
        return -1
    return int(type_row[dex[d + FIRST_TYPE] + index])


def uleb(image: U1, cursor: I8, end: int) -> int:
    """The ULEB128 at ``cursor[0]``, which moves behind it; sets ``cursor[1]`` when it is cut."""
    value, shift, at = 0, 0, cursor[0]
    while at < end and shift < 35:
        byte = u1(image, at)
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            cursor[0] = at
            return value & 0xFFFFFFFF
    cursor[0], cursor[1] = at, 1
    return value & 0xFFFFFFFF


def sleb(image: U1, cursor: I8, end: int) -> int:
    """The SLEB128 at ``cursor[0]``, likewise."""
    begin = cursor[0]
    value = uleb(image, cursor, end)
    bits = 7 * (cursor[0] - begin)
    if bits >= 32:
        bits = 32
    if cursor[0] > begin and image[cursor[0] - 1] & 0x40 and bits < 32:
        value -= 1 << bits
    elif bits == 32 and value >= 1 << 31:
        value -= 1 << 32
    return value
