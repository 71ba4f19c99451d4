"""Resource tables as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.values import Values
from witnessmark.formats.arsc import ResourceTable, read_arsc
from witnessmark.formats.arsc.columns import MAP_SIZE
from witnessmark.formats.chunks import ValueType
from witnessmark.model.distinct import distinct_and_first, distinct_and_places
from witnessmark.model.errors import FormatError
from witnessmark.model.gap import Gap
from witnessmark.model.table import Table, TableSchema
from witnessmark.package.app import App, Oddity

if TYPE_CHECKING:
    from witnessmark.facts.from_tree import TreeResources

KINDS: Mapping[int, str] = {
    ValueType.NULL: "null", ValueType.REFERENCE: "reference", ValueType.ATTRIBUTE: "attribute",
    ValueType.STRING: "string", ValueType.FLOAT: "float", ValueType.DIMENSION: "dimension",
    ValueType.FRACTION: "fraction", ValueType.DYNAMIC_REFERENCE: "reference",
    ValueType.DYNAMIC_ATTRIBUTE: "attribute", ValueType.INT_DEC: "int", ValueType.INT_HEX: "hex",
    ValueType.INT_BOOLEAN: "bool", ValueType.COLOR_ARGB8: "color", ValueType.COLOR_RGB8: "color",
    ValueType.COLOR_ARGB4: "color", ValueType.COLOR_RGB4: "color",
}  # fmt: skip
BAG = -1
Columns = dict[str, NDArray[Any]]


class ReadTables(Struct, frozen=True):
    """Resource tables by artifact, base first, with what was odd or unread.

    ``trees`` are those that were decoded into files, by the folder's artifact.
    """

    by_artifact: Mapping[int, ResourceTable]
    oddities: tuple[Oddity, ...]
    gaps: tuple[Gap, ...]
    trees: Mapping[int, TreeResources] = field(default_factory=dict)


def read_tables(app: App) -> ReadTables:
    """Read the resource table of each part."""
    found: dict[int, ResourceTable] = {}
    oddities: list[Oddity] = []
    gaps: list[Gap] = []
    trees: dict[int, TreeResources] = {}
    hides = ("asks", "marks", "sends/endpoint")
    for part in app.parts:
        if part.resources < 0:
            from witnessmark.facts.from_tree import tree_resources

            tree = tree_resources(app, part)
            if tree.files:
                trees[part.container] = tree
                found[part.container] = tree.table
                oddities += tree.oddities
                gaps += tree.gaps
            continue
        try:
            data = bytes(app.blob(part.resources))
            table = _read(data, app.artifacts[part.resources].type)
        except FormatError as error:
            why = f"the resource table cannot be read: {error.what}"
            gaps.append(Gap(app.path(part.resources), why, hides))
            continue
        found[part.resources] = table
        for one in table.anomalies:
            oddities.append(Oddity("arsc", one.kind, one.says, part.resources, one.span))
        losses = [one.says for one in table.anomalies if one.loses]
        if losses:
            gaps.append(Gap(app.path(part.resources), f"was read in part: {losses[0]}", hides))
    return ReadTables(found, tuple(oddities), tuple(gaps), trees)


def _read(data: bytes, form: str) -> ResourceTable:
    if form == "arsc":
        return read_arsc(data)
    from witnessmark.formats.protobuf import read_resources

    return read_resources(data)


def resource_facts(read: ReadTables, values: Values) -> Mapping[str, Table]:
    """The three resource tables, rows of each resource table in file order, base first."""
    tables = read.by_artifact
    resources: list[Columns] = []
    simple: list[Columns] = []
    items: list[Columns] = []
    before = 0
    for artifact, table in tables.items():
        resources.append(_resources(table))
        simple.append(_values(artifact, table, values))
        items.append(_items(artifact, table, values, before))
        before += len(table.entries)
    value_table, item_table = _stacked(RESOURCE_VALUES, simple), _stacked(RESOURCE_ITEMS, items)
    for container, tree in read.trees.items():
        value_table = tree.placed(value_table, container)
        item_table = tree.placed(item_table, container)
    return {
        RESOURCES.name: _first_of_each_id(_stacked(RESOURCES, resources)),
        RESOURCE_VALUES.name: value_table,
        RESOURCE_ITEMS.name: item_table,
    }


def _stacked(schema: TableSchema, blocks: Sequence[Columns]) -> Table:
    if not blocks:
        return Table.empty(schema)
    names = schema.column_names()
    return Table(
        schema, {name: np.concatenate([block[name] for block in blocks]) for name in names}
    )


def _first_of_each_id(table: Table) -> Table:
    """One row an id, ascending; the base's name counts where splits repeat it."""
    _, rows = distinct_and_first(table["resource"])
    names = table.schema.column_names()
    return Table(table.schema, {name: table[name][rows] for name in names})


def _resources(table: ResourceTable) -> Columns:
    ids, rows = distinct_and_first(table.entries.resource_id)
    names = [table.row_name(row).partition("/") for row in rows.tolist()]
    packages = [table.packages[number].name for number in table.entries.package[rows].tolist()]
    return {
        "resource": ids.astype(np.uint32),
        "package": _texts(packages),
        "type": _texts([kind for kind, _, _ in names]),
        "name": _texts([name for _, _, name in names]),
    }


def _values(artifact: int, table: ResourceTable, values: Values) -> Columns:
    entries = table.entries
    is_bag = entries.bag >= 0
    kinds = np.where(is_bag, BAG, entries.type.astype(np.int64))
    spelled = _spelled(table, values, kinds, entries.data, entries.offset, entries.length)
    spelled["target"][is_bag] = table.bags.parent[entries.bag[is_bag]]
    configs = entries.config
    return {
        "resource": entries.resource_id.astype(np.uint32),
        "configuration": _texts([one.qualifiers for one in table.configs])[configs],
        "locale": _texts([one.locale for one in table.configs])[configs],
        "artifact": np.full(len(entries), artifact, dtype=np.int32),
        **spelled,
    }


def _items(artifact: int, table: ResourceTable, values: Values, before: int) -> Columns:
    """Items of each value that is a bag, in the order of the values."""
    bags, entries = table.bags, table.entries
    rows = np.flatnonzero(entries.bag >= 0)
    bag = entries.bag[rows]
    counts = bags.count[bag]
    starts = np.repeat(bags.first[bag], counts)
    position = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    item = starts + position
    lengths = np.full(len(item), MAP_SIZE, dtype=np.int64)
    kinds = bags.type[item].astype(np.int64)
    spelled = _spelled(table, values, kinds, bags.data[item], bags.offset[item], lengths)
    return {
        "value": (np.repeat(rows, counts) + before).astype(np.int32),
        "position": position.astype(np.int32),
        "key": bags.name[item].astype(np.uint32),
        "artifact": np.full(len(item), artifact, dtype=np.int32),
        **spelled,
    }


def _spelled(
    table: ResourceTable,
    values: Values,
    kinds: NDArray[np.int64],
    data: NDArray[np.uint32],
    offset: NDArray[Any],
    length: NDArray[Any],
) -> Columns:
    """Columns kind, text, data, target, reads_as, offset, length; each pair spelled once.

    The span is that of a string's bytes in the pool, else of the record.
    """
    pairs, inverse = distinct_and_places((kinds << 32) | data.astype(np.int64))
    texts, encodings, starts, sizes = [], [], [], []
    for pair in pairs.tolist():
        kind, number = pair >> 32, pair & 0xFFFFFFFF
        found = table.pool.get(number) if kind == ValueType.STRING else None
        texts.append(
            "" if kind == BAG else values.spell(kind, number, found.text if found else None)
        )
        quotable = found is not None and found.encoding is not None
        encodings.append(found.encoding if found is not None and quotable else "hex")
        starts.append(found.span.offset if found is not None and quotable else -1)
        sizes.append(found.span.length if found is not None and quotable else 0)
    start = np.asarray(starts, dtype=np.int64)[inverse]
    in_pool = start >= 0
    refers = (kinds == ValueType.REFERENCE) | (kinds == ValueType.DYNAMIC_REFERENCE)
    names = _texts([_kind_name(kind) for kind in (pairs >> 32).tolist()])
    return {
        "kind": names[inverse],
        "text": _texts(texts)[inverse],
        "data": data.astype(np.uint32),
        "target": np.where(refers, data, 0).astype(np.uint32),
        "reads_as": _texts(encodings)[inverse],
        "offset": np.where(in_pool, start, offset.astype(np.int64)).astype(np.int64),
        "length": np.where(in_pool, np.asarray(sizes)[inverse], length).astype(np.int32),
    }


def _kind_name(kind: int) -> str:
    return "bag" if kind == BAG else KINDS.get(kind, f"0x{kind:02x}")


def _texts(values: Sequence[str | None]) -> NDArray[Any]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
