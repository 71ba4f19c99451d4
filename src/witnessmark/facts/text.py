"""Text of all string constants at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from witnessmark.formats.dex.mutf8 import decode_mutf8
from witnessmark.model.distinct import distinct
from witnessmark.model.table import Table

REPLACED = "\N{REPLACEMENT CHARACTER}"


def string_texts(strings: Table, read_blob: Callable[[int], memoryview]) -> NDArray[Any]:
    """Text of every row of a table of strings; U+FFFD for what no UTF-8 can say.

    Nearly all strings are plain UTF-8 and decoded as such; only those in which MUTF-8 differs
    are decoded again, its own way.
    """
    artifacts, starts, lengths = (strings[name] for name in ("artifact", "offset", "length"))
    pieces = []
    order = []
    for artifact in distinct(artifacts).tolist():
        rows = np.flatnonzero(artifacts == artifact)
        first, last = starts[rows], starts[rows] + lengths[rows]
        low = max(0, int(first.min()))
        blob = bytes(read_blob(artifact)[low : int(last.max())])
        first, last = np.maximum(first - low, 0), np.maximum(last - low, 0)
        pieces += _decoded(blob, first.tolist(), last.tolist())
        order.append(rows)
    texts = np.empty(len(strings), dtype=object)
    if pieces:
        texts[np.concatenate(order)] = pieces
    return texts


def _decoded(blob: bytes, first: list[int], last: list[int]) -> list[str]:
    found = [blob[a:b].decode("utf-8", "replace") for a, b in zip(first, last, strict=True)]
    for place, text in enumerate(found):
        if REPLACED in text:
            found[place] = as_mutf8(blob[first[place] : last[place]])
    return found


def as_mutf8(raw: bytes) -> str:
    """Text of one string in MUTF-8; U+FFFD for what no UTF-8 can say."""
    try:
        return raw.replace(b"\xc0\x80", b"\0").decode("utf-8")
    except UnicodeDecodeError:
        text = decode_mutf8(raw)
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
