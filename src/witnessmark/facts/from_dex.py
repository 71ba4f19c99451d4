"""Code as tables: the joined columns of all dex files, told in the app's artifacts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.facts.from_listing import AssembledCode
from witnessmark.facts.tables import code
from witnessmark.facts.tables.code import METHODS, STRINGS, TYPES
from witnessmark.facts.tables.everything import schemas_of
from witnessmark.facts.text import string_texts
from witnessmark.facts.text_places import ReadBlob
from witnessmark.formats.dex.files import DexFiles, read_dex_files
from witnessmark.formats.dex.values import ValueColumns
from witnessmark.model.gap import Gap
from witnessmark.model.location import Span
from witnessmark.model.table import DTYPES, Coded, Table, TableSchema
from witnessmark.package.app import App, Oddity

HIDES = ("takes", "keeps", "marks", "sends", "embeds", "hides", "orders")
LOST_CODE = frozenset({"bad-code", "cut-code"})


class CodeFacts(Struct, frozen=True):
    """Tables, what was odd or unread, methods by artifact, and the bytes of the dex files.

    ``methods``  methods with code: present, and of these read, by artifact.
    ``find_oddities``  passes over all bytes, to check what the headers state of them.
    """

    tables: Mapping[str, Table]
    find_oddities: Callable[[], tuple[Oddity, ...]]
    gaps: tuple[Gap, ...]
    methods: Mapping[int, tuple[int, int]]
    read_blob: ReadBlob


def code_facts(app: App, assembled: AssembledCode) -> CodeFacts:
    """Read all code that Android loads, in load order, as one program; code from text last."""
    rows = (*app.dex, *assembled.rows)
    if not rows:
        tables = {schema.name: Table.empty(schema) for schema in schemas_of(code)}
        return CodeFacts(tables, tuple, (), {}, app.blob)
    made = dict(zip(assembled.rows, assembled.files, strict=True))
    dex = read_dex_files([made[row].dex if row in made else app.blob(row) for row in rows])
    app.blobs.release(app.dex)
    artifacts = np.array([*rows, -1], dtype=np.int32)
    tables = {schema.name: _table(schema, dex, artifacts) for schema in schemas_of(code)}
    numbers = {row: number for number, row in enumerate(rows)}

    def read_blob(artifact: int) -> memoryview:
        number = numbers.get(artifact)
        return app.blob(artifact) if number is None else dex.blob(number)

    paths = {row: assembled.path(row) if row in made else app.path(row) for row in rows}
    gaps = _gaps([paths[row] for row in rows], dex)
    methods = _methods(tables, dex, rows)
    return CodeFacts(tables, lambda: _oddities(dex, rows), gaps, methods, read_blob)


def _table(schema: TableSchema, dex: DexFiles, artifacts: NDArray[np.int32]) -> Table:
    """A table of the reader under our schema, blob numbers turned into artifacts."""
    columns: Mapping[str, NDArray[Any]] = getattr(dex, schema.name)
    coded = columns.coded if isinstance(columns, ValueColumns) else {}
    typed: dict[str, NDArray[Any] | Coded] = {}
    for column in schema.columns:
        if column.name in coded:
            typed[column.name] = coded[column.name]
            continue
        found = columns[column.name]
        if column.name == "artifact":
            found = artifacts[found]
        typed[column.name] = np.asarray(found, dtype=np.dtype(DTYPES[column.type]))
    return Table(schema, typed)


def _oddities(dex: DexFiles, rows: tuple[int, ...]) -> tuple[Oddity, ...]:
    return tuple(
        Oddity("dex", one.code, one.says, rows[one.artifact], Span(one.offset, one.length))
        for one in (*dex.anomalies, *dex.integrity())
    )


def _gaps(paths: Sequence[str], dex: DexFiles) -> tuple[Gap, ...]:
    """A gap for each file that was refused, and for each way in which one lost content."""
    gaps = [
        Gap(paths[one.artifact], f"code cannot be read: {one.error.what}", HIDES)
        for one in dex.refused
    ]
    lost = Counter((one.artifact, one.says) for one in dex.anomalies if one.loses)
    for (artifact, says), count in sorted(lost.items()):
        times = f" ({count} times)" if count > 1 else ""
        gaps.append(Gap(paths[artifact], f"was read in part: {says}{times}", HIDES))
    return tuple(gaps)


def _methods(
    tables: Mapping[str, Table], dex: DexFiles, rows: tuple[int, ...]
) -> Mapping[int, tuple[int, int]]:
    methods = tables[METHODS.name]
    read = Counter(methods["artifact"][methods["code_offset"] >= 0].tolist())
    lost = Counter(rows[one.artifact] for one in dex.anomalies if one.code in LOST_CODE)
    refused = {rows[one.artifact] for one in dex.refused}
    return {row: (read[row] + lost[row], read[row]) for row in rows if row not in refused}


def type_rows(tables: Mapping[str, Table], read_blob: ReadBlob) -> Mapping[str, int]:
    """Row in ``types`` by descriptor."""
    strings, types = tables[STRINGS.name], tables[TYPES.name]
    rows = types["descriptor"]
    named = Table(STRINGS, {name: strings[name][rows] for name in STRINGS.column_names()})
    return {text: row for row, text in enumerate(string_texts(named, read_blob).tolist())}
