"""Records of table b-trees: varints, serial types, values.

Source: sqlite.org/fileformat2.html, sections 1.6 (varints, cells) and 2.1 (record format).
"""

from __future__ import annotations

import struct
from typing import TypeAlias

from witnessmark.model.errors import FormatError

Value: TypeAlias = int | float | str | bytes | None

SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
"""Bytes of values by serial type, for types 0 to 9."""

MOST_COLUMNS = 2000
ENCODINGS = {1: "utf-8", 2: "utf-16-le", 3: "utf-16-be"}


def varint(data: bytes | memoryview, at: int) -> tuple[int, int]:
    """A variable-length integer at ``at`` (signed, up to nine bytes) and the place behind it."""
    value = 0
    for step in range(9):
        if at + step >= len(data):
            raise FormatError("a number runs over the end", at)
        byte = data[at + step]
        if step == 8:
            value = value << 8 | byte
            return value - (1 << 64) if value >> 63 else value, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    raise FormatError("a number has no end", at)


def read_record(payload: bytes, encoding: str) -> tuple[tuple[Value, ...], tuple[int, ...]]:
    """Values of a record and where each begins in ``payload``.

    Raises `FormatError` for a record that contradicts itself.
    """
    size, at = varint(payload, 0)
    if not 0 < size <= len(payload):
        raise FormatError("the header of a record is longer than the record", 0)
    types: list[int] = []
    while at < size:
        kind, at = varint(payload, at)
        types.append(kind)
        if len(types) > MOST_COLUMNS:
            raise FormatError("a record has more columns than SQLite allows", 0)
    values: list[Value] = []
    starts: list[int] = []
    at = size
    for kind in types:
        width = _width(kind)
        if at + width > len(payload):
            raise FormatError("a value runs over the end of its record", at)
        values.append(_value(kind, payload[at : at + width], encoding))
        starts.append(at)
        at += width
    return tuple(values), tuple(starts)


def _width(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    if 0 <= kind < len(SIZES):
        return SIZES[kind]
    raise FormatError(f"a value has the reserved type {kind}", 0)


def _value(kind: int, data: bytes, encoding: str) -> Value:
    if kind == 0:
        return None
    if kind == 7:
        return float(struct.unpack(">d", data)[0])
    if kind < 8:
        return int.from_bytes(data, "big", signed=True)
    if kind < 12:
        return kind - 8
    return data.decode(encoding, "replace") if kind % 2 else data
