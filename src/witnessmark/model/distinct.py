"""Distinct values of arrays of numbers.

As ``numpy.unique`` answers, which loads numpy's masked arrays when it is first called: 12 ms, a
twentieth of what a small app takes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]

FEW = 256
"""Values that are sorted at once."""

SPARSE = 16
"""Numbers from the least to the greatest, a value, beyond which values are sorted."""

FARTHEST = 1 << 62


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Distinct values, ascending."""
    close = _close_to_each_other(values)
    if close is not None:
        low, offsets, room = close
        met = np.zeros(room, dtype=np.bool_)
        met[offsets] = True
        return (np.flatnonzero(met) + low).astype(values.dtype)
    ordered = np.sort(values)
    found: NDArray[Any] = ordered[_starts(ordered)]
    return found


def distinct_and_first(values: NDArray[Any]) -> tuple[NDArray[Any], Rows]:
    """Distinct values, ascending, and where each stands first."""
    close = _close_to_each_other(values)
    if close is not None:
        low, offsets, room = close
        first = np.full(room, -1, dtype=np.intp)
        first[offsets[::-1]] = np.arange(len(values) - 1, -1, -1)
        met = np.flatnonzero(first >= 0)
        return (met + low).astype(values.dtype), first[met]
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = _starts(ordered)
    return ordered[starts], order[starts]


def distinct_and_places(values: NDArray[Any]) -> tuple[NDArray[Any], Rows]:
    """Distinct values, ascending, and for each value its number among them."""
    close = _close_to_each_other(values)
    if close is not None:
        low, offsets, room = close
        met = np.zeros(room, dtype=np.bool_)
        met[offsets] = True
        numbers = np.cumsum(met, dtype=np.intp) - 1
        return (np.flatnonzero(met) + low).astype(values.dtype), numbers[offsets]
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = _starts(ordered)
    places = np.empty(len(values), dtype=np.intp)
    places[order] = np.cumsum(starts) - 1
    return ordered[starts], places


def _close_to_each_other(values: NDArray[Any]) -> tuple[int, NDArray[Any], int] | None:
    """The least value, how far each lies above it, and how many numbers there are from the least to
    the greatest, where a mark a number costs less than sorting; None for others.
    """
    if len(values) <= FEW or values.dtype.kind not in "iu":
        return None
    low, high = int(values.min()), int(values.max())
    if high - low >= SPARSE * len(values) or high >= FARTHEST:
        return None
    return low, values if low == 0 else values.astype(np.int64) - low, high - low + 1


def _starts(ordered: NDArray[Any]) -> NDArray[np.bool_]:
    starts = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=starts[1:])
    return starts
