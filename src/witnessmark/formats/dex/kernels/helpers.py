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
