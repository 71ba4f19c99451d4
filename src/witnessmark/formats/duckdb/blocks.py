"""The file as blocks of one size, each behind its checksum; data first, metadata behind it.

Source: DuckDB, ``storage/single_file_block_manager.cpp``, ``storage/metadata/metadata_manager.cpp``
and ``common/checksum.cpp``. Three headers of 4 KiB (the file's, and two of which the one with the
higher iteration counts) stand before the blocks. Metadata is a chain of sub-blocks, 64 in a block;
each begins with a pointer to the next one, or -1.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

BLOCK = 1 << 18
HEADER = 4096
ROOM = BLOCK - 8
"""Bytes of a block behind its checksum."""
SUB_BLOCKS = 64
SUB_BLOCK = ROOM // SUB_BLOCKS // 8 * 8
LINK = 8
NOWHERE = (1 << 64) - 1
ALIGNED = 8
STORAGE_VERSION = 64
SERIALIZATION_VERSION = 1
VECTOR = 2048
_FACTOR = np.uint64(0xBF58476D1CE4E5B9)
_SEED = 5381

Place = tuple[int, int]
"""A block and an offset behind its checksum."""


class Blocks:
    """Blocks of a file that is being written; data is put one behind the other."""

    def __init__(self, file: io.FileIO) -> None:
        self._file = file
        self._block = np.zeros(BLOCK, dtype=np.uint8)
        self.payload = self._block[8:]
        self._used = ROOM
        self._number = -1
        self._count = 0
        self._uses: dict[int, int] = {}

    @property
    def room(self) -> int:
        """Bytes that the next piece can have in the block that is being filled."""
        return ROOM - self._used

    def begin(self, least: int = 1) -> int:
        """Where in `payload` the next piece must be put, with ``least`` room or more; see `end`."""
        if self.room < least:
            self.flush()
            self._number, self._used = self._claim(), 0
        return self._used

    def end(self, size: int) -> Place:
        """Say that ``size`` bytes were put there; where they stand in the file."""
        place = (self._number, self._used)
        self._used = min(self._used + (size + ALIGNED - 1) // ALIGNED * ALIGNED, ROOM)
        self._uses[self._number] = self._uses.get(self._number, 0) + 1
        return place

    def put(self, piece: NDArray[np.uint8]) -> Place:
        """Put ``piece``, which must fit into the room that `begin` leaves."""
        at = self.begin()
        self.payload[at : at + len(piece)] = piece
        return self.end(len(piece))

    def apart(self, content: bytes) -> tuple[Place, tuple[int, ...]]:
        """A text too long for a segment, in blocks of its own; where it begins, and its blocks."""
        rest = memoryview(struct.pack("<I", len(content)) + content)
        numbers = [self._claim() for _ in range(-(-len(rest) // (ROOM - LINK)))]
        for number, following in zip(numbers, [*numbers[1:], 0], strict=True):
            block = np.zeros(BLOCK, dtype=np.uint8)
            piece, rest = rest[: ROOM - LINK], rest[ROOM - LINK :]
            block[8 : 8 + len(piece)] = piece
            block[-LINK:] = np.frombuffer(struct.pack("<q", following), dtype=np.uint8)
            self._write(number, block)
        return (numbers[0], 0), tuple(numbers)

    def flush(self) -> None:
        """Write the block that is being filled; nothing more is put into it."""
        if self._number >= 0:
            self.payload[self._used :] = 0
            self._write(self._number, self._block)
        self._number, self._used = -1, ROOM

    def finish(self, tables: bytes, catalog: bytes) -> None:
        """Write metadata and headers; ``tables`` has the sub-blocks from `sub_block` 0 on."""
        first, count = self._count, subs_of(tables) + subs_of(catalog)
        shared = sorted((block, uses) for block, uses in self._uses.items() if uses > 1)
        size = 32 + 12 * len(shared)
        total = count + -(-(size + 16 * (count // SUB_BLOCKS + 2)) // (SUB_BLOCK - LINK))
        blocks = -(-total // SUB_BLOCKS)
        free = struct.pack("<QQ", 0, len(shared))
        free += b"".join(struct.pack("<qI", *one) for one in shared)
        free += struct.pack("<Q", blocks)
        for number in range(blocks):
            used = min(SUB_BLOCKS, total - number * SUB_BLOCKS)
            unused = (1 << SUB_BLOCKS) - (1 << used)
            free += struct.pack("<qQ", first + number, unused)
        free = free.ljust((total - count) * (SUB_BLOCK - LINK), b"\0")
        self._metadata(first, (tables, catalog, free))
        roots = (pointer(first, subs_of(tables)), pointer(first, count))
        self._headers(*roots)

    @property
    def count(self) -> int:
        """Number of the first metadata block, once all data was put."""
        return self._count

    def _claim(self) -> int:
        self._count += 1
        return self._count - 1

    def _metadata(self, first: int, chains: Iterable[bytes]) -> None:
        subs: list[bytes] = []
        for chain in chains:
            pieces = [
                chain[at : at + SUB_BLOCK - LINK]
                for at in range(0, max(len(chain), 1), SUB_BLOCK - LINK)
            ]
            last = len(subs) + len(pieces) - 1
            for piece in pieces:
                here = len(subs)
                link = pointer(first, here + 1) if here < last else NOWHERE
                subs.append(struct.pack("<Q", link) + piece.ljust(SUB_BLOCK - LINK, b"\0"))
        for at in range(0, len(subs), SUB_BLOCKS):
            content = b"".join(subs[at : at + SUB_BLOCKS])
            block = np.zeros(BLOCK, dtype=np.uint8)
            block[8 : 8 + len(content)] = np.frombuffer(content, dtype=np.uint8)
            self._write(self._claim(), block)

    def _headers(self, catalog: int, free: int) -> None:
        main = b"DUCK" + struct.pack("<QQQQQ", STORAGE_VERSION, 0, 0, 0, 0)
        main += b"witnessmark".ljust(32, b"\0")
        last = (BLOCK, VECTOR, SERIALIZATION_VERSION)
        for number, content in enumerate((
            main,
            struct.pack("<QQQQQQQ", 1, catalog, free, self._count, *last),
            struct.pack("<QQQQQQQ", 0, NOWHERE, NOWHERE, 0, *last),
        )):  # fmt: skip
            block = np.zeros(HEADER, dtype=np.uint8)
            block[8 : 8 + len(content)] = np.frombuffer(content, dtype=np.uint8)
            self._put(number * HEADER, block)

    def _write(self, number: int, block: NDArray[np.uint8]) -> None:
        self._put(3 * HEADER + number * BLOCK, block)

    def _put(self, at: int, block: NDArray[np.uint8]) -> None:
        words = block.view(np.uint64)
        words[0] = int(np.bitwise_xor.reduce(words[1:] * _FACTOR)) ^ _SEED
        self._file.seek(at)
        rest = block.data
        while len(rest):
            rest = rest[self._file.write(rest) :]


def subs_of(chain: bytes) -> int:
    """How many sub-blocks ``chain`` fills."""
    return max(-(-len(chain) // (SUB_BLOCK - LINK)), 1)


def pointer(first: int, sub_block: int) -> int:
    """Pointer to a sub-block, counted from that at the start of block ``first``."""
    return first + sub_block // SUB_BLOCKS | sub_block % SUB_BLOCKS << 56


def place_in_chain(first: int, at: int) -> Place:
    """Pointer and offset of byte ``at`` of a chain that begins with block ``first``."""
    sub_block, within = divmod(at, SUB_BLOCK - LINK)
    return pointer(first, sub_block), LINK + within
