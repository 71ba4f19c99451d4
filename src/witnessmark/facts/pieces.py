"""Where many byte strings stand in the bytes of an app, all of them in one pass.

Looking for one after the other takes a pass each, and a regular expression of all of them tries
each at every byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import cast

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.compiled import Kernels
from witnessmark.formats.dex.image import INTERPRETED_BELOW, machine_kernels
from witnessmark.formats.dex.kernels.search import piece_hash

SHORTEST = 4
"""Bytes of a piece that the pass looks for; shorter ones are looked for one by one."""

MANY = 64
"""Pieces that are looked for one by one in the time of some passes over the data."""

HASHES = 1 << 16
ROOM = 4096
"""Found pieces that the first pass has room for."""


class Places(Struct, frozen=True):
    """Found pieces, by number and, for each, ascending by place."""

    numbers: NDArray[np.int64]
    places: NDArray[np.int64]

    def by_number(self) -> Iterator[tuple[int, list[int]]]:
        """Places of each piece that was found."""
        changes = (np.flatnonzero(np.diff(self.numbers)) + 1).tolist()
        for low, high in pairwise([0, *changes, len(self.numbers)]) if len(self.numbers) else ():
            yield int(self.numbers[low]), self.places[low:high].tolist()


def places_of(data: bytes | memoryview, pieces: Sequence[bytes]) -> Places:
    """All places of ``pieces``, none of them empty, in ``data``, those that overlap too."""
    numbers: list[NDArray[np.int64]] = []
    places: list[NDArray[np.int64]] = []
    rest = list(range(len(pieces)))
    much = len(data) * max(len(pieces) // MANY, 1) >= INTERPRETED_BELOW
    if much and machine_kernels().route != "interpreted":
        long = [number for number, piece in enumerate(pieces) if len(piece) >= SHORTEST]
        found, at = _swept(machine_kernels(), data, [pieces[number] for number in long])
        numbers, places = [np.asarray(long, dtype=np.int64)[found]], [at]
        rest = [number for number, piece in enumerate(pieces) if len(piece) < SHORTEST]
    plain = bytes(data) if rest else b""
    for number in rest:
        listed = np.fromiter(_one_by_one(plain, pieces[number]), dtype=np.int64)
        numbers.append(np.full(len(listed), number, dtype=np.int64))
        places.append(listed)
    if not numbers:
        return Places(np.zeros(0, np.int64), np.zeros(0, np.int64))
    all_numbers, all_places = np.concatenate(numbers), np.concatenate(places)
    order = np.lexsort((all_places, all_numbers))
    return Places(all_numbers[order], all_places[order])


def _swept(
    run: Kernels, data: bytes | memoryview, pieces: Sequence[bytes]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Numbers and places of pieces of `SHORTEST` bytes or more."""
    first = np.full(HASHES, -1, dtype=np.int32)
    following = np.full(len(pieces), -1, dtype=np.int32)
    for number, piece in enumerate(pieces):
        value = piece_hash(cast("NDArray[np.uint8]", piece), 0)
        following[number], first[value] = first[value], number
    joined = np.frombuffer(b"".join(pieces), dtype=np.uint8)
    ends = np.cumsum([len(piece) for piece in pieces], dtype=np.int64)
    count, room = 0, ROOM
    while True:
        found, places = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int64)
        count = run.find_pieces(
            np.frombuffer(data, dtype=np.uint8), joined, ends, first, following, found, places
        )
        if count <= room:
            return found[:count], places[:count]
        room = count


def _one_by_one(data: bytes, piece: bytes) -> Iterator[int]:
    at = data.find(piece)
    while at >= 0:
        yield at
        at = data.find(piece, at + 1)
