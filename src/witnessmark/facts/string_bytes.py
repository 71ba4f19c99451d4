"""All string constants in UTF-8, copied from the bytes of the app without a text made of each."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.facts.text import as_mutf8, string_texts
from witnessmark.formats.compiled import Kernels
from witnessmark.formats.dex.image import INTERPRETED_BELOW, machine_kernels
from witnessmark.formats.duckdb import Texts
from witnessmark.model.table import Table

ReadBlob = Callable[[int], memoryview]


def string_column(name: str, strings: Table, read_blob: ReadBlob) -> Texts:
    """The texts of a table of strings as a column to store (see `facts.text.string_texts`)."""
    if int(strings["length"].sum(dtype=np.int64)) >= INTERPRETED_BELOW:
        run = machine_kernels()
        if run.route != "interpreted":
            found = _StringBytes(strings, read_blob, run)
            return Texts(name, found.sizes, found.joined, found.one)
    return Texts.of(name, [text.encode("utf-8") for text in string_texts(strings, read_blob)])


class _Part(Struct, frozen=True):
    """Rows ``first`` up to ``last``, and the bytes of the artifact in which they stand."""

    first: int
    last: int
    image: NDArray[np.uint8]


class _StringBytes:
    """``sizes`` in UTF-8, row by row, and their bytes."""

    def __init__(self, strings: Table, read_blob: ReadBlob, run: Kernels) -> None:
        self._run = run
        self._at = strings["offset"].astype(np.int64)
        self.sizes = strings["length"].astype(np.int64)
        self._replaced: dict[int, bytes] = {}
        artifacts = strings["artifact"]
        bounds = [0, *(np.flatnonzero(np.diff(artifacts)) + 1).tolist(), len(artifacts)]
        self._parts = [
            _Part(first, last, np.frombuffer(read_blob(int(artifacts[first])), dtype=np.uint8))
            for first, last in pairwise(bounds)
        ]
        for part in self._parts:
            self._replace_odd(part)
        self._odd_rows = np.array(sorted(self._replaced), dtype=np.int64)
        self._ends = np.append(0, np.cumsum(self.sizes))

    def _replace_odd(self, part: _Part) -> None:
        """Spell anew what is no UTF-8 as it stands."""
        at, sizes = self._at[part.first : part.last], self.sizes[part.first : part.last]
        if int((at + sizes).max()) > len(part.image) or int(sizes.min()) < 0:
            raise ValueError("a string ends behind the bytes that hold it")
        odd = np.zeros(len(at), dtype=np.uint8)
        self._run.find_odd_texts(part.image, at, sizes, odd)
        for row in np.flatnonzero(odd).tolist():
            raw = part.image[at[row] : at[row] + sizes[row]].tobytes()
            spelled = self._replaced[part.first + row] = as_mutf8(raw).encode("utf-8")
            at[row], sizes[row] = -1, len(spelled)

    def joined(self, first: int, last: int) -> bytes:
        """Bytes of rows ``first`` up to, not including, ``last``, the last row first."""
        ends = self._ends
        stop = int(ends[last])
        out = np.empty(stop - int(ends[first]), dtype=np.uint8)
        for part in self._parts:
            low, high = max(part.first, first), min(part.last, last)
            if low < high:
                room = out[stop - int(ends[high]) : stop - int(ends[low])]
                rows = slice(low, high)
                self._run.copy_texts(part.image, self._at[rows], self.sizes[rows], room)
        low, high = np.searchsorted(self._odd_rows, [first, last]).tolist()
        for row in self._odd_rows[low:high].tolist():
            room = out[stop - int(ends[row + 1]) : stop - int(ends[row])]
            room[:] = np.frombuffer(self._replaced[row], dtype=np.uint8)
        return out.tobytes()

    def one(self, row: int) -> bytes:
        """Bytes of one row."""
        return self.joined(row, row + 1)
