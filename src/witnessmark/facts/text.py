"""Text of all string constants at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from witnessmark.formats.dex.mutf8 import decode_mutf8
from witnessmark.model.table import Table

UNLIKE_UTF8 = re.compile(rb"\xc0\x80|\xed[\xa0-\xbf]")
"""Where MUTF-8 differs from UTF-8: an encoded zero, and surrogates."""


def string_texts(strings: Table, read_blob: Callable[[int], memoryview]) -> NDArray[Any]:
    """Text of every row of a table of strings; U+FFFD for what no UTF-8 can say.

    Nearly all strings are plain UTF-8 and decoded as such; only those in which MUTF-8 differs
    are decoded one by one.
    """
    artifacts, starts, lengths = (strings[name] for name in ("artifact", "offset", "length"))
    texts = np.empty(len(strings), dtype=object)
    for artifact in np.unique(artifacts).tolist():
        rows = np.flatnonzero(artifacts == artifact)
        blob = bytes(read_blob(artifact))
        first = starts[rows].tolist()
        last = (starts[rows] + lengths[rows]).tolist()
        texts[rows] = [
            blob[start:end].decode("utf-8", "replace")
            for start, end in zip(first, last, strict=True)
        ]
        for row in _special(blob, rows, starts[rows], lengths[rows]):
            raw = blob[int(starts[row]) : int(starts[row]) + int(lengths[row])]
            text = decode_mutf8(raw)
            texts[row] = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return texts


def _special(
    blob: bytes, rows: NDArray[Any], starts: NDArray[Any], lengths: NDArray[Any]
) -> list[int]:
    """Rows in whose bytes MUTF-8 and UTF-8 differ."""
    order = np.argsort(starts, kind="stable")
    ordered = starts[order]
    places = np.array([match.start() for match in UNLIKE_UTF8.finditer(blob)], dtype=np.int64)
    at = np.unique(np.searchsorted(ordered, places, side="right") - 1)
    at = at[at >= 0]
    found: list[int] = np.sort(rows[order][at]).tolist()
    return found
