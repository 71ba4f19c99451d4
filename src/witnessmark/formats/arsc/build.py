"""A resource table from entries that were read from something else than a binary table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from witnessmark.formats.arsc.columns import NO_BAG, BagColumns, EntryColumns
from witnessmark.formats.arsc.config import Config
from witnessmark.formats.arsc.package import Package
from witnessmark.formats.arsc.table import ResourceTable
from witnessmark.formats.chunks import PoolText, StringPool, ValueType
from witnessmark.formats.chunks.string_pool import listed_pool
from witnessmark.model.location import Span


class BuiltValue(Struct, frozen=True):
    """Type and data of a value; ``text`` of a string, whose data then does not count."""

    type: int
    data: int
    span: Span
    text: PoolText | None = None


class BuiltEntry(Struct, frozen=True):
    """A resource in one configuration; ``items`` (key and value) make it a bag."""

    resource_id: int
    package: str
    type: str
    name: str
    config: Config
    value: BuiltValue | None
    span: Span
    items: tuple[tuple[int, BuiltValue], ...] = ()
    parent: int = 0


def build_table(entries: Sequence[BuiltEntry], size: int) -> ResourceTable:
    """The table of ``entries``, ordered by id, then as given; ``size`` bytes hold them all.

    No two strings may stand at one place.
    """
    ordered = sorted(entries, key=lambda one: one.resource_id)
    return _Builder(ordered).table(size)


class _Builder:
    """Columns in the making."""

    def __init__(self, entries: Sequence[BuiltEntry]) -> None:
        self._entries = entries
        self._packages = list(dict.fromkeys(one.package for one in entries)) or [""]
        self._configs = list(dict.fromkeys(one.config for one in entries))
        self._keys = sorted({one.name for one in entries})
        self._texts: list[PoolText] = []
        self._parents: list[int] = []
        self._counts: list[int] = []
        self._items: list[tuple[int, int, int, int]] = []

    def table(self, size: int) -> ResourceTable:
        config = {one: place for place, one in enumerate(self._configs)}
        key = {one: place for place, one in enumerate(self._keys)}
        package = {one: place for place, one in enumerate(self._packages)}
        rows = [
            (one.resource_id, package[one.package], config[one.config], key[one.name],
             *self._typed(one.value), self._bag(one), one.span.offset, one.span.length)
            for one in self._entries
        ]  # fmt: skip
        columns = list(zip(*rows, strict=True)) or [()] * 9
        u4, u2 = np.uint32, np.uint16
        entries = EntryColumns(
            np.array(columns[0], u4), np.array(columns[1], u2), np.array(columns[2], u4),
            np.array(columns[3], u4), np.zeros(len(rows), u2), np.array(columns[4], np.uint8),
            np.array(columns[5], u4), np.array(columns[6], np.int32), np.array(columns[7], u4),
            np.array(columns[8], u4),
        )  # fmt: skip
        return ResourceTable(
            tuple(self._package(name) for name in self._packages), tuple(self._configs),
            listed_pool(self._texts), entries, self._bags(), (), (), size,
        )  # fmt: skip

    def _typed(self, value: BuiltValue | None) -> tuple[int, int]:
        if value is None:
            return 0, 0
        if value.text is None:
            return value.type, value.data
        self._texts.append(value.text)
        return ValueType.STRING, len(self._texts) - 1

    def _bag(self, entry: BuiltEntry) -> int:
        if entry.value is not None:
            return NO_BAG
        self._parents.append(entry.parent)
        self._counts.append(len(entry.items))
        for key, value in entry.items:
            self._items.append((key, *self._typed(value), value.span.offset))
        return len(self._parents) - 1

    def _bags(self) -> BagColumns:
        count = np.array(self._counts, np.int64)
        items = np.array(self._items, np.int64).reshape(-1, 4)
        u4 = np.uint32
        return BagColumns(
            np.array(self._parents, u4), np.cumsum(count) - count, count, items[:, 0].astype(u4),
            items[:, 1].astype(np.uint8), items[:, 2].astype(u4), items[:, 3].astype(u4),
        )  # fmt: skip

    def _package(self, name: str) -> Package:
        own = [one for one in self._entries if one.package == name]
        types = {one.resource_id >> 16 & 0xFF: one.type for one in own}
        number = own[0].resource_id >> 24 if own else 0
        named = [types.get(place, "") for place in range(1, max(types, default=0) + 1)]
        return Package(number, name, 0, _names(named), _names(self._keys), (), (), (), Span(0, 0))


def _names(names: Sequence[str]) -> StringPool:
    """Names that stand nowhere: each at a place of its own."""
    return listed_pool([PoolText(name, Span(place, 0), None) for place, name in enumerate(names)])
