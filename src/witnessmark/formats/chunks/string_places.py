"""Where the strings of a pool stand, found for all of them at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from witnessmark.formats.chunks.anomaly import AnomalyLog
from witnessmark.formats.chunks.header import Chunk
from witnessmark.model.distinct import distinct_and_first

UNTERMINATED = "strings are not null terminated"
TRUNCATION_STEP = 0x8000
LONG_STRINGS_AT_MOST = 4096
SHORTEST = 2
OVERLAP_ALLOWED = 2
"""Bytes of text that a pool may hand out, as a multiple of its own bytes."""


class Places:
    """Finds start and size of all strings at once; subclasses know the length prefix.

    Cost: a fixed number of passes over the offsets, O(n log n) only where strings overlap.
    """

    unit: int

    def __init__(self, data: bytes, end: int, chunk: Chunk, log: AnomalyLog) -> None:
        self.end = end
        self.log = log
        self.chunk = chunk
        self.bytes = np.frombuffer(data, np.uint8, end)
        self.outside = np.zeros(0, dtype=np.bool_)

    def read(self, at: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Text offsets and byte sizes, all inside the pool; a bad string has size 0."""
        outside = (at < self.chunk.offset) | (at + SHORTEST > self.end)
        self.outside = outside
        self._tell(at, outside, "strings begin outside of their pool")
        at = np.where(outside, max(0, self.end - SHORTEST), at)
        starts, sizes = self.measure(at)
        sizes = np.where(outside, 0, sizes)
        room = np.maximum(self.end - starts, 0) // self.unit * self.unit
        self._tell(starts, sizes > room, "strings run past the end of their pool")
        sizes = np.minimum(sizes, room)
        return np.minimum(starts, self.end), self._without_overlap(starts, sizes)

    def measure(self, at: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Text offset and byte size by the length prefix at each offset."""
        raise NotImplementedError

    def value(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        """Unit at each offset; 0 after the end."""
        inside = at + self.unit <= self.end
        safe = np.where(inside, at, 0)
        units = self.bytes[safe].astype(np.int64)
        if self.unit == 2:
            units |= self.bytes[safe + 1].astype(np.int64) << 8
        return np.where(inside, units, 0)

    def tell_unterminated(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        """Note strings that no zero unit follows; Android would not hand them out."""
        loose = (ends + self.unit > self.end) | (self.value(ends) != 0)
        self._tell(starts, loose & ~self.outside, UNTERMINATED)

    def _tell(self, starts: NDArray[np.int64], which: NDArray[np.bool_], what: str) -> None:
        number = int(np.count_nonzero(which))
        if number:
            first = int(np.argmax(which))
            at = max(self.chunk.offset, min(int(starts[first]), self.end))
            says = f"{number} {what}, the first is number {first}"
            self.log.note("string", says, at, 0, loses=what != UNTERMINATED)

    def _without_overlap(
        self, starts: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Sizes; where strings overlap so much that reading all would explode, cut at the next."""
        places, first = distinct_and_first(starts)
        allowed = OVERLAP_ALLOWED * (self.end - self.chunk.offset) + (1 << 16)
        if int(sizes[first].sum()) <= allowed:
            return sizes
        says = "strings overlap each other many times over: each is cut where the next begins"
        span = self.chunk.span
        self.log.note("string-overlap", says, span.offset, span.length, loses=True)
        following = np.append(places[1:], self.end)[np.searchsorted(places, starts)]
        room = (following - starts) // self.unit * self.unit
        return np.minimum(sizes, room)


class Utf8Places(Places):
    """Two lengths of one or two bytes each (characters, then bytes), text, a zero byte."""

    unit = 1

    def measure(self, at: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Offset and size by the second length, which counts bytes."""
        at = at + 1 + (self.value(at) >> 7)
        lead = self.value(at)
        long = lead >> 7
        sizes = np.where(long == 1, ((lead & 0x7F) << 8) | self.value(at + 1), lead)
        starts = at + 1 + long
        sizes = self._beyond_length_field(starts, sizes)
        self.tell_unterminated(starts, starts + sizes)
        return starts, sizes

    def _beyond_length_field(
        self, starts: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Sizes of strings too long for their 15-bit length field.

        The field keeps the low 15 bits. As Android does, take the first size, in steps of
        0x8000, after which a zero byte stands.
        """
        open_ended = np.flatnonzero((self.value(starts + sizes) != 0) & (starts + sizes < self.end))
        if len(open_ended) > LONG_STRINGS_AT_MOST:
            says = f"only the first {LONG_STRINGS_AT_MOST} long strings are read to their ends"
            self.log.note("string", says, self.chunk.offset, 0, loses=True)
        for row in open_ended[:LONG_STRINGS_AT_MOST].tolist():
            start, size = int(starts[row]), int(sizes[row])
            zeros = np.flatnonzero(self.bytes[start + size :: TRUNCATION_STEP] == 0)
            if len(zeros):
                sizes[row] = size + int(zeros[0]) * TRUNCATION_STEP
        return sizes


class Utf16Places(Places):
    """A length of one or two units, text, a zero unit."""

    unit = 2

    def measure(self, at: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Offset and size by the only length, which counts units of two bytes."""
        lead = self.value(at)
        long = lead >> 15
        units = np.where(long == 1, ((lead & 0x7FFF) << 16) | self.value(at + 2), lead)
        starts = at + 2 + 2 * long
        self.tell_unterminated(starts, starts + 2 * units)
        return starts, 2 * units
