"""Columns as segments: numbers as they are, as runs or as one value; texts behind their lengths.

Source: DuckDB, ``storage/compression`` (``fixed_size_uncompressed.cpp``, ``rle.cpp``,
``string_uncompressed.cpp``) and ``storage/serialization/serialize_storage.cpp``. No value is NULL.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.duckdb.blocks import Blocks, Place
from witnessmark.formats.duckdb.serial import END, field, signed, unsigned

ROW_GROUP = 122_880
LEAST_ROOM = 4096
"""A segment is not begun in less room, unless all of it fits."""
LONGEST_INSIDE = 1 << 15
"""Bytes of a text that stands in its segment; a longer one stands in blocks of its own."""
LONGEST_RUN = (1 << 16) - 1
FEWEST_FOR_RUNS = 1024
PLAIN, CONSTANT, RUNS = 1, 2, 3
NO_PLACE = (-1, 0)

Kind = tuple[int, Callable[[int], bytes]]

KINDS: Mapping[str, Kind] = {
    "BOOLEAN": (10, unsigned), "INTEGER": (13, signed), "BIGINT": (14, signed),
    "VARCHAR": (25, unsigned), "UTINYINT": (28, unsigned), "USMALLINT": (29, unsigned),
    "UINTEGER": (30, unsigned),
}  # fmt: skip
"""SQL type: its number and how its values are spelled in statistics."""

_ALL_THERE = field(100, b"\0") + field(101, b"\1") + field(102, b"\0")
_NO_ROWS = field(100, b"\0") + field(101, b"\0") + field(102, b"\0")
_NO_BOUND = field(100, b"\0") + END
_ANY_TEXT = (
    field(200, b"\x08" + b"\0" * 8) + field(201, b"\x08" + b"\xff" * 8)
    + field(202, b"\1") + field(203, b"\0") + field(204, b"\0")
)  # fmt: skip
_VALID = field(104, _ALL_THERE + field(103, END) + END)

Bounds = tuple[int, int] | None
"""Least and greatest value; None where there is no value, or for texts."""


class Numbers(Struct, frozen=True):
    """A column of integers or truth values; ``kind`` is one of `KINDS` that fits ``values``."""

    name: str
    kind: str
    values: NDArray[Any]

    def __len__(self) -> int:
        return len(self.values)

    def segments(self, blocks: Blocks, first: int, last: int) -> tuple[bytes, Bounds]:
        """Store rows ``first`` up to, not including, ``last``; their pointers, and bounds."""
        values = self.values[first:last]
        low, high = int(values.min()), int(values.max())
        told = statistics(self.kind, (low, high))
        if low == high:
            pointers = [_pointer(first, len(values), NO_PLACE, CONSTANT, told)]
        elif (ends := _ends_of_runs(values)) is not None:
            pointers = list(_put_runs(blocks, values, ends, first, told))
        else:
            pointers = list(_put_plain(blocks, values, first, told))
        return unsigned(len(pointers)) + b"".join(pointers), (low, high)


class Texts(Struct, frozen=True):
    """A column of texts. ``sizes`` are their lengths in bytes; ``joined`` gives the bytes of some
    rows, last row first, and ``one`` those of one row.
    """

    name: str
    sizes: NDArray[np.int64]
    joined: Callable[[int, int], bytes]
    one: Callable[[int], bytes]
    kind: str = "VARCHAR"

    @classmethod
    def of(cls, name: str, texts: Sequence[bytes]) -> Texts:
        """The column of these texts, each in UTF-8."""
        sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        return cls(
            name, sizes, lambda first, last: b"".join(texts[first:last][::-1]), texts.__getitem__
        )

    def __len__(self) -> int:
        return len(self.sizes)

    def segments(self, blocks: Blocks, first: int, last: int) -> tuple[bytes, Bounds]:
        """Store rows ``first`` up to, not including, ``last``; their pointers."""
        told = statistics(self.kind, None)
        ends = np.cumsum(self.sizes[first:last] + 4)
        long = (np.flatnonzero(self.sizes[first:last] > LONGEST_INSIDE) + first).tolist()
        pointers = []
        at, before = first, 0
        for stop in (*long, last):
            while at < stop:
                rest = int(ends[stop - first - 1]) - before
                blocks.begin(min(8 + rest, 2 * LONGEST_INSIDE))
                end = first + int(np.searchsorted(ends, before + blocks.room - 8, side="right"))
                end = min(end, stop)
                place = self._put(blocks, at, end)
                pointers.append(_pointer(at, end - at, place, PLAIN, told))
                at, before = end, int(ends[end - first - 1])
            if at < last:
                pointers.append(self._put_apart(blocks, at, told))
                at, before = at + 1, int(ends[at - first])
        return unsigned(len(pointers)) + b"".join(pointers), None

    def _put(self, blocks: Blocks, first: int, last: int) -> Place:
        """Lengths of all rows, then the texts, the last one first."""
        offsets = np.cumsum(self.sizes[first:last], dtype=np.int32)
        total = int(offsets[-1])
        head = struct.pack("<II", total, 8 + 4 * len(offsets) + total)
        content = b"".join((head, offsets.tobytes(), self.joined(first, last)))
        return blocks.put(np.frombuffer(content, dtype=np.uint8))

    def _put_apart(self, blocks: Blocks, row: int, told: bytes) -> bytes:
        """One long text in blocks of its own; its segment says where, with a negative offset."""
        (block, offset), numbers = blocks.apart(self.one(row))
        content = struct.pack("<IIiqi", 12, 24, -12, block, offset)
        place = blocks.put(np.frombuffer(content, dtype=np.uint8))
        listed = unsigned(len(numbers)) + b"".join(signed(number) for number in numbers)
        return _pointer(row, 1, place, PLAIN, told, field(105, b"\1" + field(1, listed) + END))


ColumnData = Numbers | Texts


def column_object(pointers: bytes, first: int, rows: int) -> bytes:
    """Metadata of one column in one row group: its segments, and that no value is NULL."""
    valid = unsigned(1) + _pointer(first, rows, NO_PLACE, CONSTANT, _VALID)
    return field(100, pointers) + field(101, field(100, valid) + END) + END


def statistics(kind: str, bounds: Bounds, *, rows: bool = True) -> bytes:
    """Field of what is known of a column's values."""
    head = _ALL_THERE if rows else _NO_ROWS
    if kind == "VARCHAR":
        return field(104, head + field(103, _ANY_TEXT + END) + END)
    if bounds is None:
        low = high = _NO_BOUND
    else:
        spelled = KINDS[kind][1]
        low, high = (field(100, b"\1") + field(101, spelled(value)) + END for value in bounds)
    return field(104, head + field(103, field(200, low) + field(201, high) + END) + END)


def _pointer(
    first: int, rows: int, place: Place, stored_as: int, told: bytes, state: bytes = b""
) -> bytes:
    """A segment: its rows, where it stands, how it is stored, what is known of its values."""
    block, offset = place
    return b"".join((
        field(100, unsigned(first)) if first else b"",
        field(101, unsigned(rows)),
        b"\x66\0",
        field(100, signed(block)),
        field(101, unsigned(offset)) if offset else b"",
        END, field(103, unsigned(stored_as)), told, state, END,
    ))  # fmt: skip


def _ends_of_runs(values: NDArray[Any]) -> NDArray[Any] | None:
    """Where runs of equal values end, if storing runs takes half the room or less."""
    if len(values) < FEWEST_FOR_RUNS:
        return None
    changes = values[1:] != values[:-1]
    size = values.dtype.itemsize
    if 2 * (int(np.count_nonzero(changes)) + 2) * (size + 2) > len(values) * size:
        return None
    return np.append(np.flatnonzero(changes) + 1, len(values))


def _put_runs(
    blocks: Blocks, values: NDArray[Any], ends: NDArray[Any], first: int, told: bytes
) -> Iterator[bytes]:
    """Runs: where their lengths begin, the values, their lengths in 16 bits."""
    lengths = np.diff(ends, prepend=0)
    if int(lengths.max()) > LONGEST_RUN:
        middle = len(values) // 2
        ends = np.sort(np.append(ends, middle)) if middle not in ends else ends
        lengths = np.diff(ends, prepend=0)
    kept = values[ends - 1]
    size = values.dtype.itemsize
    at = row = 0
    while at < len(kept):
        blocks.begin(min((len(kept) - at) * (size + 2) + 16, LEAST_ROOM))
        end = min(at + (blocks.room - 16) // (size + 2), len(kept))
        head = -(-(8 + (end - at) * size) // 8) * 8
        piece = b"".join((
            struct.pack("<Q", head),
            kept[at:end].tobytes().ljust(head - 8, b"\0"),
            lengths[at:end].astype(np.uint16).tobytes(),
        ))  # fmt: skip
        place = blocks.put(np.frombuffer(piece, dtype=np.uint8))
        rows = int(ends[end - 1]) - row
        yield _pointer(first + row, rows, place, RUNS, told)
        at, row = end, row + rows


def _put_plain(blocks: Blocks, values: NDArray[Any], first: int, told: bytes) -> Iterator[bytes]:
    size = values.dtype.itemsize
    content = np.ascontiguousarray(values).view(np.uint8)
    at = 0
    while at < len(content):
        blocks.begin(min(len(content) - at, LEAST_ROOM))
        piece = content[at : at + blocks.room // size * size]
        place = blocks.put(piece)
        yield _pointer(first + at // size, len(piece) // size, place, PLAIN, told)
        at += len(piece)
