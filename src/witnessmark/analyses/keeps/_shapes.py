"""Every way in which an app's code shows a record, as shapes that can be united."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from witnessmark.analyses.keeps._binary_records import BINARY, BinaryRecord, binary_records
from witnessmark.analyses.keeps._compared_keys import compared_keys
from witnessmark.analyses.keeps._listed_keys import listed_keys
from witnessmark.analyses.keeps._policies import Policies
from witnessmark.analyses.keeps._record_fields import (
    ClassRecord,
    all_fields,
    class_methods,
    class_records,
)
from witnessmark.analyses.keeps._record_keys import (
    PREFERENCE,
    KeyRecord,
    grouped,
    key_records,
)
from witnessmark.analyses.keeps._text_records import TextRecord, text_records
from witnessmark.analyses.keeps._unite import Shape
from witnessmark.analyses.keeps._used_tables import is_row_of
from witnessmark.analyses.keeps._waiting_keys import waiting_keys
from witnessmark.analyses.ownership import owner_of, used_by_own_code
from witnessmark.analyses.tables import KEPT_COLUMNS, SDK_CLASSES
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.record_marks import RecordMark

FEWEST_FIELDS = 2
TOLD = frozenset({"own", "other", "unknown"})
"""Whose records are worth telling: the app's own and those of unknown code."""

TABLE = "table"
FORM_NAMES = {"values": "rows", "extras": "extras", "sheet": "a sheet", "csv": "CSV",
              "map": "a map", "form": "a form", "object": "objects"}  # fmt: skip


def class_shapes(app: Facts, marks: Sequence[RecordMark]) -> Iterator[Shape]:
    """Classes that are records; those that are tables only are left to `keeps/table`."""
    policies = Policies(app, marks)
    near = used_by_own_code(app)
    records = class_records(app, [one for one in marks if one.format != PREFERENCE])
    for row, record in records.items():
        formats = {mark.format for mark in record.marks.values()}
        owner = class_owner(app, row)
        if owner not in TOLD or formats == {TABLE}:
            continue
        if not formats and owner != "own" and row not in near:
            continue
        fields = all_fields(app, row, record)
        if len(fields) < FEWEST_FIELDS:
            continue
        names = {policies.spelled(one, row, record): one for one in fields}
        yield Shape(
            name=record.name or app.class_name(row),
            formats=(formats - {TABLE}) or {"object"},
            fields={name: one.type for name, one in names.items()},
            evidence=[one.evidence for one in fields],
            methods=class_methods(app, row),
            hows={_told_class(record): None},
            owner=owner,
            class_row=row,
            own_names={name: one.own for name, one in names.items() if one.own != name},
        )


def _told_class(record: ClassRecord) -> str:
    marks = [mark for mark in record.marks.values() if mark.format != TABLE]
    if not marks:
        return record.how or "an object that carries values"
    formats = sorted({FORM_NAMES.get(mark.format, mark.format.upper()) for mark in marks})
    libraries = sorted({mark.library for mark in marks})
    return f"turned into {' and '.join(formats)} by {', '.join(libraries)}"


def run_shapes(app: Facts, marks: Sequence[RecordMark]) -> Iterator[Shape]:
    """Runs of keys that methods write or read; rows of named tables are left to `keeps/table`."""
    tables = _kept_tables(app)
    for keyed in key_records(app, marks):
        keys = frozenset(key.name.casefold() for key in keyed.keys)
        is_row = keyed.format == "values" and any(is_row_of(keys, names) for names in tables)
        columns = keyed.format == TABLE and keyed.written
        is_row |= columns and any(keys <= names for names in tables)
        if not keyed.table and not is_row:
            yield from _of_keys(app, keyed)
    for keyed in grouped(compared_keys(app, marks)):
        yield from _of_keys(app, keyed)
    for keyed in grouped(listed_keys(app, marks)):
        yield from _of_keys(app, keyed)
    for keyed in waiting_keys(app, marks):
        yield from _of_keys(app, keyed)
    for written in text_records(app):
        yield from _of_text(app, written)
    for binary in binary_records(app, marks):
        yield from _of_binary(app, binary)


def _kept_tables(app: Facts) -> list[frozenset[str]]:
    """Columns of each table that `keeps/table` tells, case folded."""
    columns: dict[str, set[str]] = defaultdict(set)
    for table, name in app.table(KEPT_COLUMNS).rows("table", "name"):
        columns[table].add(name.casefold())
    return [frozenset(names) for names in columns.values()]


def _of_keys(app: Facts, keyed: KeyRecord) -> Iterator[Shape]:
    owner = owner_of(app, [keyed.method])
    if owner not in TOLD:
        return
    verb = "written as" if keyed.written else "read from"
    yield Shape(
        name=_where(app, keyed.method),
        formats={keyed.format},
        fields={key.name: key.value_type for key in keyed.keys},
        evidence=list(keyed.evidence(app)),
        methods=[keyed.method],
        hows={f"{verb} {FORM_NAMES.get(keyed.format, keyed.format.upper())}": None},
        owner=owner,
        method=keyed.method,
        whole=all(key.string >= 0 for key in keyed.keys),
        directions={"written" if keyed.written else "read"},
    )


def _of_binary(app: Facts, record: BinaryRecord) -> Iterator[Shape]:
    owner = owner_of(app, [record.method])
    if owner not in TOLD:
        return
    direction = "written" if record.written else "read"
    yield Shape(
        name=_where(app, record.method),
        formats={BINARY},
        fields=dict.fromkeys(record.names, ""),
        evidence=list(record.evidence),
        methods=[record.method],
        hows={"written as bytes" if record.written else "read from bytes": None},
        owner=owner,
        method=record.method,
        directions={direction},
    )


def _of_text(app: Facts, written: TextRecord) -> Iterator[Shape]:
    owner = owner_of(app, [written.method])
    if owner not in TOLD:
        return
    form = FORM_NAMES.get(written.format, written.format.upper())
    yield Shape(
        name=_where(app, written.method),
        formats={written.format},
        fields=dict.fromkeys(written.names, ""),
        evidence=[written.evidence],
        methods=[written.method],
        hows={f"written as {form}": None},
        owner=owner,
        method=written.method,
        whole=written.whole,
        directions={"written"},
    )


def _where(app: Facts, method: int) -> str:
    return f"{app.method_class(method)}.{app.method_name(method)}"


def class_owner(app: Facts, row: int) -> str:
    """Whose code a class is: own, id of a library, platform, other, unknown."""
    table = app.table(SDK_CLASSES)
    if row >= len(table):
        return "unknown"
    return str(table["sdk"][row]) or str(table["ownership"][row])
