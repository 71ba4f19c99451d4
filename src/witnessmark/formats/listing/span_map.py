"""From bytes of an assembled dex file back to the text they were made from."""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray


class SpanMap(Struct, frozen=True):
    """Spans of text behind spans of bytes, one row each, ascending by ``start``.

    ``start``   first byte in the assembled file; ``length`` its bytes.
    ``text``    number of the text.
    ``offset``  first byte in the text; ``size`` bytes there.
    """

    start: NDArray[np.int64]
    length: NDArray[np.int32]
    text: NDArray[np.int32]
    offset: NDArray[np.int64]
    size: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.start)


class SpanRows(Struct):
    """Rows of a span map in the making."""

    _rows: array[int] = field(default_factory=lambda: array("q"))

    def add(self, start: int, length: int, text: int, offset: int, size: int) -> None:
        """Bytes from ``start`` on were made from a span of a text."""
        self._rows.extend((start, length, text, offset, size))

    def finished(self) -> SpanMap:
        """All rows in order; where several begin at one byte, the last that was added counts."""
        rows = np.array(self._rows, dtype=np.int64).reshape(-1, 5)
        rows = rows[::-1]
        _, kept = np.unique(rows[:, 0], return_index=True)
        columns: list[NDArray[Any]] = list(rows[kept].T)
        start, length, text, offset, size = columns
        return SpanMap(
            start.copy(), length.astype(np.int32), text.astype(np.int32), offset.copy(),
            size.astype(np.int32),
        )  # fmt: skip
