"""Distinct values of arrays of numbers, and which values are among others.

As ``numpy.unique`` and ``numpy.isin`` answer, which load numpy's masked arrays when they are first
called: 12 ms, a twentieth of what a small app takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]

FEW = 256
"""Values that are sorted at once."""

SPARSE = 16
"""Numbers from the least to the greatest, a value, beyond which values are sorted."""

FARTHEST = 1 << 62

ONE_BY_ONE = 8
"""Values looked for that are held against all others in turn."""


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


def among(values: NDArray[Any], wanted: Sequence[Any] | NDArray[Any]) -> NDArray[np.bool_]:
    """Which of ``values`` (one dimension) are among those ``wanted``."""
    sought = np.asarray(wanted)
    if not len(values) or not len(sought):
        return np.zeros(len(values), dtype=np.bool_)
    if len(sought) <= ONE_BY_ONE:
        first, *others = sought.tolist()
        found: NDArray[np.bool_] = values == first
        for one in others:
            found |= values == one
        return found
    if values.dtype.kind not in "iu" or sought.dtype.kind not in "iu":
        return np.isin(values, sought)
    low, high = int(sought.min()), int(sought.max())
    if high - low >= SPARSE * max(len(values), FEW) or not -FARTHEST < low <= high < FARTHEST:
        ordered = np.sort(sought)
        places = np.searchsorted(ordered, values)
        places[places == len(ordered)] = 0
        met: NDArray[np.bool_] = ordered[places] == values
        return met
    # A mark a number, with one that is never set on either side for all that lies beyond.
    marks = np.zeros(high - low + 3, dtype=np.bool_)
    marks[sought.astype(np.int64) - (low - 1)] = True
    return marks.take(values.astype(np.int64) - (low - 1), mode="clip")


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
