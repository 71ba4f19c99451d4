"""Entries and bag items as columns.

A table of the framework holds hundreds of thousands of entries, so all are read at once by
gathering fields at many offsets; no object is made for an entry before somebody asks for it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.chunks import AnomalyLog
from witnessmark.model.distinct import distinct_and_first, distinct_and_places

COMPLEX, PUBLIC, WEAK, COMPACT = 0x01, 0x02, 0x04, 0x08
NO_BAG = -1
MAP_SIZE = 12
SHORT_ENTRY = 8
VALUE_SIZE = 8
ITEMS_ALLOWED = 2


class EntryColumns(Struct, frozen=True):
    """One row for each entry in each configuration, in file order.

    ``resource_id`` u4, ``package`` u2 (index into packages), ``config`` u4 (index into
    configs), ``key`` u4 (index into the package's key pool), ``flags`` u2, ``type`` u1 and
    ``data`` u4 (``Res_value``; 0 for a bag), ``bag`` i4 (row of the bag columns, -1 for none),
    ``offset`` and ``length`` u4 (bytes of the entry with its value or items).
    """

    resource_id: NDArray[np.uint32]
    package: NDArray[np.uint16]
    config: NDArray[np.uint32]
    key: NDArray[np.uint32]
    flags: NDArray[np.uint16]
    type: NDArray[np.uint8]
    data: NDArray[np.uint32]
    bag: NDArray[np.int32]
    offset: NDArray[np.uint32]
    length: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.resource_id)


class BagColumns(Struct, frozen=True):
    """Bags (arrays, plurals, styles, attributes, ids) and their items.

    By bag: ``parent`` u4 (resource id, 0 for none), ``first`` i8 and ``count`` i8 (its rows among
    the items); several entries may share one bag. By item: ``name`` u4 (resource id of an
    attribute, or a number that `lookup.item_keys` explains), ``type`` u1, ``data`` u4, ``offset``
    u4 (twelve bytes each).
    """

    parent: NDArray[np.uint32]
    first: NDArray[np.int64]
    count: NDArray[np.int64]
    name: NDArray[np.uint32]
    type: NDArray[np.uint8]
    data: NDArray[np.uint32]
    offset: NDArray[np.uint32]


class Places(Struct, frozen=True):
    """Where entries stand, before their bytes are looked at; ``end`` bounds each by its chunk."""

    resource_id: NDArray[np.uint32]
    package: NDArray[np.uint16]
    config: NDArray[np.uint32]
    at: NDArray[np.int64]
    end: NDArray[np.int64]

    def keep(self, which: NDArray[np.bool_]) -> Places:
        """The rows that ``which`` selects."""
        return Places(
            self.resource_id[which],
            self.package[which],
            self.config[which],
            self.at[which],
            self.end[which],
        )


def read_columns(data: bytes, places: Places, log: AnomalyLog) -> tuple[EntryColumns, BagColumns]:
    """All entries at ``places``; those that leave their chunk are left out, with an anomaly."""
    whole = _Gather(data)
    places = _inside(places, places.at + SHORT_ENTRY, log)
    flags = whole.u2(places.at + 2)
    simple = (flags & (COMPLEX | COMPACT)) == 0
    bagged = (flags & (COMPLEX | COMPACT)) == COMPLEX
    size = np.where(bagged, 16, whole.u2(places.at)).astype(np.int64)
    needed = np.where(simple, size + VALUE_SIZE, np.where(bagged, 16, SHORT_ENTRY))
    fits = places.at + needed <= places.end
    if not np.all(fits):
        places = _inside(places, places.at + needed, log)
        flags, simple, bagged, size = flags[fits], simple[fits], bagged[fits], size[fits]
    kinds, values = _values(whole, places, flags, simple, bagged, size)
    bag, bags, item_bytes = _bags(whole, places, bagged, log)
    length = np.where(simple, size + VALUE_SIZE, np.where(bagged, 16, SHORT_ENTRY)) + item_bytes
    compact = (flags & COMPACT) != 0
    key = np.where(compact, whole.u2(places.at), whole.u4(places.at + 4)).astype(np.uint32)
    entries = EntryColumns(
        places.resource_id,
        places.package,
        places.config,
        key,
        flags,
        kinds,
        values,
        bag,
        places.at.astype(np.uint32),
        length.astype(np.uint32),
    )
    return entries, bags


class _Gather:
    """Little-endian numbers at arbitrary, also unaligned, offsets of one blob."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def u2(self, at: NDArray[np.int64]) -> NDArray[np.uint16]:
        """Two bytes at each offset."""
        return self._view("<u2", 2)[at]

    def u4(self, at: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Four bytes at each offset."""
        return self._view("<u4", 4)[at]

    def u1(self, at: NDArray[np.int64]) -> NDArray[np.uint8]:
        """One byte at each offset."""
        return self._view("<u1", 1)[at]

    def _view(self, dtype: str, width: int) -> NDArray[Any]:
        count = max(0, len(self.data) - width + 1)
        return np.ndarray((count,), dtype=dtype, buffer=self.data, strides=(1,))


def _inside(places: Places, ends: NDArray[np.int64], log: AnomalyLog) -> Places:
    fits = ends <= places.end
    lost = len(fits) - int(np.count_nonzero(fits))
    if not lost:
        return places
    first = int(np.argmin(fits))
    says = (
        f"{lost} entries reach past the end of their chunk and are left out, "
        f"the first is resource 0x{int(places.resource_id[first]):08x}"
    )
    log.note("entry-outside", says, int(min(places.at[first], places.end[first])), 0, loses=True)
    return places.keep(fits)


def _values(
    whole: _Gather,
    places: Places,
    flags: NDArray[np.uint16],
    simple: NDArray[np.bool_],
    bagged: NDArray[np.bool_],
    size: NDArray[np.int64],
) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Type and data of each entry: compact ones keep the type in the upper byte of the flags."""
    at = places.at + np.where(simple, size, 0)
    kinds = np.where(simple, whole.u1(at + 3), (flags >> 8).astype(np.uint8))
    values = whole.u4(at + 4)
    return (
        np.where(bagged, 0, kinds).astype(np.uint8),
        np.where(bagged, 0, values).astype(np.uint32),
    )


def _bags(
    whole: _Gather, places: Places, bagged: NDArray[np.bool_], log: AnomalyLog
) -> tuple[NDArray[np.int32], BagColumns, NDArray[np.int64]]:
    """Bag number of each entry (-1 for none), the bags, and bytes of items by entry."""
    rows = np.flatnonzero(bagged)
    at, number = distinct_and_places(places.at[rows])
    ends = places.end[rows[distinct_and_first(places.at[rows])[1]]]
    start = at + np.maximum(whole.u2(at).astype(np.int64), 16)
    count = _item_counts(whole, at, start, ends, log)
    bag = np.full(len(places.at), NO_BAG, dtype=np.int32)
    bag[rows] = number
    item_bytes = np.zeros(len(places.at), dtype=np.int64)
    beyond_head = np.where(count > 0, start + MAP_SIZE * count - at - 16, 0)
    item_bytes[rows] = beyond_head[number]
    first = np.cumsum(count) - count
    item_at = np.repeat(start - MAP_SIZE * first, count)
    item_at += MAP_SIZE * np.arange(int(count.sum()), dtype=np.int64)
    columns = BagColumns(
        whole.u4(at + 8),
        first,
        count,
        whole.u4(item_at),
        whole.u1(item_at + 7),
        whole.u4(item_at + 8),
        item_at.astype(np.uint32),
    )
    return bag, columns, item_bytes


def _item_counts(
    whole: _Gather,
    at: NDArray[np.int64],
    start: NDArray[np.int64],
    ends: NDArray[np.int64],
    log: AnomalyLog,
) -> NDArray[np.int64]:
    """Items of each bag; bounded by its chunk, and by the next bag where bags pile up."""
    said = whole.u4(at + 12).astype(np.int64)
    count: NDArray[np.int64] = np.minimum(said, np.maximum(ends - start, 0) // MAP_SIZE)
    cut = int(np.count_nonzero(count < said))
    if cut:
        where = int(at[int(np.argmax(count < said))])
        says = f"{cut} bags say more items than their chunk can hold"
        log.note("bag-count", says, where, 16, loses=True)
    if int(count.sum()) * MAP_SIZE > ITEMS_ALLOWED * len(whole.data):
        says = "bags overlap each other many times over: each is cut where the next begins"
        log.note("bag-overlap", says, int(at[0]), 16, loses=True)
        following = np.append(at[1:], len(whole.data))
        count = np.minimum(count, np.maximum(following - start, 0) // MAP_SIZE)
    return count
