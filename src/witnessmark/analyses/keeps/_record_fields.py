"""Fields of records, by the marks that libraries leave on classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct, field

from witnessmark.analyses.keeps._beans import beans, held_by, instance_fields
from witnessmark.analyses.keeps._mark_calls import mark_calls
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import ANNOTATIONS, CALLS, CLASSES, FIELDS, METHODS, TYPES
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.model.distinct import among
from witnessmark.model.evidence import Evidence

HIGHEST = 32
"""Steps up from a class at most."""

BOOKKEEPING = frozenset({
    "bitField0_", "bitField1_", "memoizedIsInitialized", "memoizedSerializedSize", "unknownFields",
    "memoizedHashCode", "unknownFieldSetLite", "cachedSize",
})  # fmt: skip
"""Fields of generated protobuf classes that are no part of the message."""

FOREIGN = frozenset({"sdk", "platform"})


class RecordField(Struct, frozen=True):
    """A field as data names it, its type for readers, and where it says so.

    ``stated``  the name is written beside the field; else it is the field's own, which ``own``
    always is.
    """

    name: str
    type: str
    evidence: Evidence
    stated: bool = False
    own: str = ""


class ClassRecord(Struct):
    """A class that is a record: named fields by field row, the table's own name, its marks.

    ``whole``     all fields are stored, not only marked ones; ``how`` says what else makes it one.
    ``left_out``  fields that a mark excludes.
    """

    keys: dict[int, RecordField] = field(default_factory=dict)
    name: str = ""
    marks: dict[str, RecordMark] = field(default_factory=dict)
    whole: bool = False
    how: str = ""
    left_out: set[int] = field(default_factory=set)

    def libraries(self, form: str) -> list[str]:
        """Libraries of the marks of a format, by name."""
        return sorted({mark.library for mark in self.marks.values() if mark.format == form})


def class_records(
    app: Facts, marks: Sequence[RecordMark], *, plain: bool = True
) -> Mapping[int, ClassRecord]:
    """Classes that a mark makes records, by class row; with ``plain`` also those that only carry
    values and those that records hold.
    """
    found: defaultdict[int, ClassRecord] = defaultdict(ClassRecord)
    _annotated(app, [one for one in marks if one.role == "annotation"], found)
    for row, mark in _based(app, [one for one in marks if one.role == "base"]):
        found[row].marks[mark.id] = mark
        found[row].whole = True
    for row, mark in _made(app, [one for one in marks if one.role == "maker"]):
        found[row].marks[mark.id] = mark
        found[row].whole = True
    if plain:
        fields = instance_fields(app)
        for row, how in beans(app, fields).items():
            found[row].whole = True
            found[row].how = found[row].how or how
        for row in held_by(app, [row for row in found if found[row].marks], fields):
            found[row].whole = True
            found[row].how = "held by another record"
    _left_out(app, [one for one in marks if one.role == "leave_out"], found)
    for row in found:
        _inherit(app, row, found)
    return {row: found[row] for row in sorted(found)}


def _inherit(app: Facts, row: int, found: Mapping[int, ClassRecord]) -> None:
    """Add what the bases of a record name and leave out."""
    classes = app.table(TYPES)["class"]
    for parent in _ancestors(app, row):
        above = found.get(int(classes[parent]))
        if above is not None and not is_foreign(app, int(classes[parent])):
            found[row].keys = above.keys | found[row].keys
            found[row].left_out |= above.left_out


def _annotations(
    app: Facts, marks: Sequence[RecordMark]
) -> Iterator[tuple[str, int, str, str, int, list[RecordMark]]]:
    """Target, its row, element name, text and string row of annotations that ``marks`` name."""
    by_type: dict[int, list[RecordMark]] = defaultdict(list)
    for one in marks:
        by_type[app.type_by_descriptor(f"L{one.owner.replace('.', '/')};")].append(one)
    by_type.pop(-1, None)
    table = app.table(ANNOTATIONS)
    rows = np.flatnonzero(among(table["type"], np.asarray(sorted(by_type), dtype=np.int64)))
    for target, row, kind, name, text, ref in table.rows_at(
        rows, "target", "row", "type", "name", "text", "ref"
    ):
        if target != "parameter":
            yield target, row, name, text, ref, by_type[kind]


def _annotated(
    app: Facts, marks: Sequence[RecordMark], found: defaultdict[int, ClassRecord]
) -> None:
    for target, row, name, text, ref, (mark, *_) in _annotations(app, marks):
        owner = _class_of(app, target, row)
        if owner < 0:
            continue
        record = found[owner]
        record.marks[mark.id] = mark
        named = name in mark.key and bool(text)
        if target == "class":
            record.name = text if named else record.name
            record.whole = True
        else:
            _add_key(app, record, target, row, (text, ref) if named else ("", -1))


def _left_out(
    app: Facts, marks: Sequence[RecordMark], found: defaultdict[int, ClassRecord]
) -> None:
    """Note the fields of records that a mark excludes."""
    for target, row, name, text, _, listed in _annotations(app, marks):
        owner = _class_of(app, target, row)
        if owner in found and target != "class":
            applies = any(not one.key or f"{name}={text}" in one.key for one in listed)
            at = row if target == "field" else _accessed(app, row)
            if applies and at >= 0:
                found[owner].left_out.add(at)


def _class_of(app: Facts, target: str, row: int) -> int:
    if target == "class":
        return row
    return int(app.table(FIELDS if target == "field" else METHODS)["class"][row])


def _add_key(
    app: Facts, record: ClassRecord, target: str, row: int, named: tuple[str, int]
) -> None:
    text, ref = named
    at = row if target == "field" else _accessed(app, row)
    known = record.keys.get(at)
    if known is not None and not text:
        return
    place: dict[str, str | int] = {"field": app.field_signature(at)} if at >= 0 else {}
    if text and ref >= 0:
        evidence = app.quote_string(f"an annotation names the field {text}", ref, place)
    elif at >= 0:
        evidence = declared(app, at)
    else:
        return
    kind = app.type_name(int(app.table(FIELDS)["type"][at])) if at >= 0 else ""
    own = app.string(int(app.table(FIELDS)["name"][at])) if at >= 0 else text
    found = RecordField(text or own, kind, evidence, bool(text), own)
    record.keys[at if at >= 0 else -2 - row] = found


def _accessed(app: Facts, method: int) -> int:
    """The field of the same class that a getter or setter is named after, -1 for none."""
    name = app.method_name(method)
    stem = next((name[len(p) :] for p in ("get", "set", "is") if name.startswith(p)), name)
    wanted = stem[:1].lower() + stem[1:]
    owner = int(app.table(METHODS)["class"][method])
    fields = app.table(FIELDS)
    for row in (fields["class"] == owner).nonzero()[0].tolist():
        if app.string(int(fields["name"][row])) in (wanted, f"m{stem}"):
            return int(row)
    return -1


def declared(app: Facts, field_row: int) -> Evidence:
    """Evidence that a class has a field of that name."""
    name = int(app.table(FIELDS)["name"][field_row])
    says = f"the class has the field {app.string(name)}"
    return app.quote_string(says, name, {"field": app.field_signature(field_row)})


def _based(app: Facts, marks: Sequence[RecordMark]) -> Iterator[tuple[int, RecordMark]]:
    by_type = {app.type_by_descriptor(f"L{one.owner.replace('.', '/')};"): one for one in marks}
    by_type.pop(-1, None)
    if not by_type:
        return
    above = app.table(CLASSES)["super_type"]
    for row in range(len(above)):
        for parent in _ancestors(app, row):
            if parent in by_type:
                yield row, by_type[parent]
                break


def _ancestors(app: Facts, row: int) -> Iterator[int]:
    above, classes = app.table(CLASSES)["super_type"], app.table(TYPES)["class"]
    for _ in range(HIGHEST):
        parent = int(above[row])
        if parent < 0:
            return
        yield parent
        row = int(classes[parent])
        if row < 0:
            return


def _made(app: Facts, marks: Sequence[RecordMark]) -> Iterator[tuple[int, RecordMark]]:
    """Classes that calls of ``marks`` name by a class constant."""
    calls = mark_calls(app, marks)
    for call, row in made_by(app, calls):
        yield row, calls[call]


def made_by(app: Facts, calls: Mapping[int, RecordMark]) -> Iterator[tuple[int, int]]:
    """Calls and the classes of the app that they name where their mark says."""
    if not calls:
        return
    table = constant_arguments(app, sorted(calls))
    for call, position, kind, text in table.rows("call", "position", "kind", "text"):
        if kind == "type" and position == calls[call].position:
            row = app.class_by_name(text.strip("[L;").replace("/", "."))
            if row >= 0:
                yield call, row


def all_fields(app: Facts, class_row: int, record: ClassRecord) -> Sequence[RecordField]:
    """Fields of a record in the order of the class: named ones, and where the whole class is
    stored also those without a mark.
    """
    fields = app.table(FIELDS)
    listed: dict[int, RecordField] = {}
    protobuf = bool(record.libraries("protobuf"))
    for row in _whole(app, class_row) if record.whole else ():
        kind = app.type_name(int(fields["type"][row]))
        own = app.string(int(fields["name"][row]))
        if protobuf and own in BOOKKEEPING:
            continue
        name = own.rstrip("_") if protobuf else own
        listed[row] = RecordField(name, kind, declared(app, row), own=own)
    listed |= record.keys
    return tuple(one for row, one in listed.items() if row not in record.left_out)


def _whole(app: Facts, class_row: int) -> Iterator[int]:
    """Fields that objects of a class hold, those of bases that are no library's included."""
    classes = app.table(TYPES)["class"]
    by_class = instance_fields(app)
    yield from by_class.get(class_row, ())
    for parent in _ancestors(app, class_row):
        owner = int(classes[parent])
        if owner >= 0 and not is_foreign(app, owner):
            yield from by_class.get(owner, ())


def is_foreign(app: Facts, class_row: int) -> bool:
    """Whether a class belongs to a known library or to the platform."""
    table = app.table(SDK_CLASSES)
    return class_row < len(table) and str(table["ownership"][class_row]) in FOREIGN


def class_methods(app: Facts, class_row: int) -> list[int]:
    """Methods of a class, for its reach; those that are only called count as well."""
    methods = app.methods_of(class_row)
    callers = app.table(CALLS)
    made = [
        int(callers["method"][row])
        for method in methods
        if app.method_name(method) == "<init>"
        for row in app.calls_of(method)
    ]
    return [*methods, *made]
