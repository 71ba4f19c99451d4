"""Compressed sparse rows: lists of integers by integer, as two arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.model.distinct import distinct as distinct_numbers

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

distinct = distinct_numbers
"""Each number once, ascending."""

MOST_CODES = 1 << 62
"""Largest number that stands for a pair, so that it does not overflow."""


class Lists(Struct, frozen=True):
    """``items[start[k]:start[k + 1]]`` is the list of key ``k``, in ascending order of items."""

    start: Ints
    items: Ints

    def of(self, key: int) -> Ints:
        """The list of one key."""
        return self.items[self.start[key] : self.start[key + 1]]

    def expand(self, keys: Ints) -> tuple[Ints, Ints]:
        """For every item of every key: position in ``keys``, and the item. Linear."""
        positions, places = spread(self.start[keys], self.start[keys + 1])
        return positions, self.items[places]


def spread(first: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Owner and place of each integer in the ranges ``first[i]:end[i]``, range after range."""
    counts = end - first
    owners = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    before = np.cumsum(counts) - counts
    return owners, np.arange(len(owners), dtype=np.int64) - before[owners] + first[owners]


def lists_of(keys: Ints, items: Ints, size: int) -> Lists:
    """Group ``items`` by ``keys`` (each in ``0..size-1``); items of a key ascend."""
    if _ascend(keys) and _ascend(items):
        return Lists(starts(keys, size), items.astype(np.int64))
    bits = int(items.max()).bit_length() if len(items) else 0
    if size << bits > MOST_CODES or (len(items) and int(items.min()) < 0):
        order = np.lexsort((items, keys))
        return Lists(starts(keys, size), items[order].astype(np.int64))
    codes = keys.astype(np.int64) << bits
    codes |= items
    codes.sort()
    codes &= (1 << bits) - 1
    return Lists(starts(keys, size), codes)


def _ascend(values: NDArray[Any]) -> bool:
    return bool(np.all(values[:-1] <= values[1:]))


def starts(keys: Ints, size: int) -> Ints:
    """First place of each key once ``keys`` are sorted, and the end after the last."""
    counts = np.bincount(keys, minlength=size) if len(keys) else np.zeros(size, dtype=np.int64)
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)]).astype(np.int64)


def distinct_pairs(first: Ints, second: Ints, width: int) -> tuple[Ints, Ints]:
    """Distinct pairs in ascending order; ``second`` lies in ``0..width-1``."""
    codes = distinct(first.astype(np.int64) * width + second)
    return codes // width, codes % width


def ints(values: object) -> Ints:
    """Any column as 64-bit integers, so that products of ids do not overflow."""
    return np.asarray(values).astype(np.int64)
