"""A resource table as columns, and several tables joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from witnessmark.formats.arsc.columns import MAP_SIZE, NO_BAG, BagColumns, EntryColumns
from witnessmark.formats.arsc.config import Config
from witnessmark.formats.arsc.lookup import BagItem, Value, follow, item_keys
from witnessmark.formats.arsc.package import Package, TypeSpec
from witnessmark.formats.chunks import Anomaly, PoolText, StringPool, ValueType
from witnessmark.formats.chunks.string_pool import PoolEncoding
from witnessmark.model.distinct import distinct
from witnessmark.model.location import Span

PUBLIC_SPEC = 0x40000000


@dataclass(frozen=True, slots=True)
class ResourceTable:
    """One resource table: packages, configurations, and the columns of `EntryColumns`."""

    packages: tuple[Package, ...]
    configs: tuple[Config, ...]
    pool: StringPool
    entries: EntryColumns
    bags: BagColumns
    specs: tuple[TypeSpec, ...]
    anomalies: tuple[Anomaly, ...]
    size: int
    _order: NDArray[np.int64] = field(init=False, repr=False)
    _sorted_ids: NDArray[np.uint32] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        order = np.argsort(self.entries.resource_id, kind="stable")
        object.__setattr__(self, "_order", order)
        object.__setattr__(self, "_sorted_ids", self.entries.resource_id[order])

    def resource_ids(self) -> list[int]:
        """Every resource id that has a value, ascending."""
        ids: list[int] = distinct(self.entries.resource_id).tolist()
        return ids

    def rows(self, resource_id: int) -> list[int]:
        """Rows of ``entries`` that hold a resource, in file order."""
        if not 0 <= resource_id <= 0xFFFFFFFF:
            return []
        wanted = np.uint32(resource_id)
        low = int(np.searchsorted(self._sorted_ids, wanted, "left"))
        high = int(np.searchsorted(self._sorted_ids, wanted, "right"))
        rows: list[int] = self._order[low:high].tolist()
        return rows

    def name(self, resource_id: int) -> str | None:
        """``type/key`` of a resource, e.g. ``string/app_name``; None where the table lacks it."""
        rows = self.rows(resource_id)
        return self.row_name(rows[0]) if rows else None

    def row_name(self, row: int) -> str:
        """``type/key`` of one entry."""
        package = self.packages[int(self.entries.package[row])]
        key = package.key_pool.text(int(self.entries.key[row]))
        resource_id = int(self.entries.resource_id[row])
        kind = package.type_name((resource_id >> 16) & 0xFF)
        return f"{kind}/{key if key is not None else f'0x{resource_id:08x}'}"

    def is_public(self, resource_id: int) -> bool:
        """Whether the type's specification marks the resource as public."""
        package, type_id, number = resource_id >> 24, resource_id >> 16 & 0xFF, resource_id & 0xFFFF
        return any(
            bool(spec.flags[number] & PUBLIC_SPEC)
            for spec in self.specs
            if spec.type_id == type_id
            and self.packages[spec.package].id == package
            and number < len(spec.flags)
        )

    def values(self, resource_id: int) -> list[tuple[Config, Value]]:
        """Values of a resource with their configurations, in file order."""
        return [
            (self.configs[int(self.entries.config[row])], self.value(row))
            for row in self.rows(resource_id)
        ]

    def value(self, row: int) -> Value:
        """The value in one row of ``entries``."""
        entries = self.entries
        kind, data, bag = int(entries.type[row]), int(entries.data[row]), int(entries.bag[row])
        text, text_span, encoding = self._string(kind, data)
        return Value(
            int(entries.resource_id[row]),
            kind,
            data,
            text,
            self.items(bag) if bag != NO_BAG else None,
            int(self.bags.parent[bag]) if bag != NO_BAG else 0,
            Span(int(entries.offset[row]), int(entries.length[row])),
            text_span,
            encoding,
        )

    def items(self, bag: int) -> tuple[BagItem, ...]:
        """Items of one bag, in file order."""
        first = int(self.bags.first[bag])
        rows = slice(first, first + int(self.bags.count[bag]))
        names = self.bags.name[rows].tolist()
        columns = (self.bags.type, self.bags.data, self.bags.offset)
        found = zip(
            names, item_keys(names), *(column[rows].tolist() for column in columns), strict=True
        )
        return tuple(self._item(*fields) for fields in found)

    def resolve(self, resource_id: int, locale: str | None = None) -> Value | None:
        """The value for ``locale`` (a BCP 47 tag, None for the default), references followed."""
        return follow(self, resource_id, locale)

    def text(self, index: int) -> str | None:
        """String ``index`` of the table's pool of values."""
        return self.pool.text(index)

    def text_span(self, index: int) -> Span | None:
        """Bytes of string ``index``."""
        found = self.pool.get(index)
        return found.span if found else None

    def pool_text(self, index: int) -> PoolText | None:
        """String ``index`` with its bytes and the decoder that gives it back."""
        return self.pool.get(index)

    def _string(self, kind: int, data: int) -> tuple[str | None, Span | None, PoolEncoding | None]:
        found = self.pool.get(data) if kind == ValueType.STRING else None
        return (found.text, found.span, found.encoding) if found else (None, None, None)

    def _item(self, name: int, key: str, kind: int, data: int, offset: int) -> BagItem:
        text, text_span, encoding = self._string(kind, data)
        return BagItem(name, key, kind, data, text, Span(offset, MAP_SIZE), text_span, encoding)


@dataclass(frozen=True, slots=True)
class JoinedTables:
    """Tables of one installation: base, splits, overlays; earlier ones are asked first."""

    tables: tuple[ResourceTable, ...]

    def resource_ids(self) -> list[int]:
        """Every resource id that has a value in any table, ascending."""
        return sorted({found for table in self.tables for found in table.resource_ids()})

    def name(self, resource_id: int) -> str | None:
        """``type/key`` by the first table that has the resource."""
        names = (table.name(resource_id) for table in self.tables)
        return next((name for name in names if name is not None), None)

    def values(self, resource_id: int) -> list[tuple[Config, Value]]:
        """Values from all tables; ``Value.table`` says which."""
        return [
            (config, replace(value, table=number))
            for number, table in enumerate(self.tables)
            for config, value in table.values(resource_id)
        ]

    def resolve(self, resource_id: int, locale: str | None = None) -> Value | None:
        """The value for ``locale``, references followed across tables."""
        return follow(self, resource_id, locale)


def join(tables: Sequence[ResourceTable]) -> JoinedTables:
    """Tables that one installation loads together; overlays go before what they replace."""
    return JoinedTables(tuple(tables))
