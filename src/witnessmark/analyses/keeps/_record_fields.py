"""Fields of records, by the marks that libraries leave on classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from witnessmark.analyses.keeps._beans import beans, held_by, instance_fields
from witnessmark.facts.tables.code import ANNOTATIONS, CALLS, CLASSES, FIELDS, METHODS, TYPES
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.model.evidence import Evidence

STATIC, TRANSIENT, SYNTHETIC = 0x8, 0x80, 0x1000
HIGHEST = 32
"""Steps up from a class at most."""


@dataclass(frozen=True, slots=True)
class RecordField:
    """A field as data names it, its type for readers, and where it says so."""

    name: str
    type: str
    evidence: Evidence


@dataclass(slots=True)
class ClassRecord:
    """A class that is a record: names by field row, the table's own name, its marks.

    ``whole``  all fields are stored, not only marked ones; ``how`` says what else makes it one.
    """

    keys: dict[int, RecordField]
    name: str
    marks: dict[str, RecordMark]
    whole: bool
    how: str = ""


def class_records(app: Facts, marks: Sequence[RecordMark]) -> Mapping[int, ClassRecord]:
    """Classes that a mark makes records, by class row."""
    found: defaultdict[int, ClassRecord] = defaultdict(lambda: ClassRecord({}, "", {}, whole=False))
    _annotated(app, [one for one in marks if one.role == "annotation"], found)
    for row, mark in _based(app, [one for one in marks if one.role == "base"]):
        found[row].marks[mark.id] = mark
        found[row].whole = True
    for row, mark in _made(app, [one for one in marks if one.role == "maker"]):
        found[row].marks[mark.id] = mark
        found[row].whole = True
    fields = instance_fields(app)
    for row in beans(app, fields):
        found[row].whole = True
        found[row].how = found[row].how or "an object with a getter or setter for each field"
    for row in held_by(app, [row for row in found if found[row].marks], fields):
        found[row].whole = True
        found[row].how = "held by another record"
    return {row: found[row] for row in sorted(found)}


def _annotated(
    app: Facts, marks: Sequence[RecordMark], found: defaultdict[int, ClassRecord]
) -> None:
    by_type = {app.type_by_descriptor(f"L{one.owner.replace('.', '/')};"): one for one in marks}
    by_type.pop(-1, None)
    for target, row, kind, name, text, ref in app.table(ANNOTATIONS).rows(
        "target", "row", "type", "name", "text", "ref"
    ):
        mark = by_type.get(kind)
        if mark is None or target == "parameter":
            continue
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


def _class_of(app: Facts, target: str, row: int) -> int:
    if target == "class":
        return row
    return int(app.table(FIELDS if target == "field" else METHODS)["class"][row])


def _add_key(
    app: Facts, record: ClassRecord, target: str, row: int, named: tuple[str, int]
) -> None:
    text, ref = named
    field = row if target == "field" else _accessed(app, row)
    known = record.keys.get(field)
    if known is not None and not text:
        return
    place: dict[str, str | int] = {"field": app.field_signature(field)} if field >= 0 else {}
    if text and ref >= 0:
        evidence = app.quote_string(f"an annotation names the field {text}", ref, place)
    elif field >= 0:
        evidence = _declared(app, field)
    else:
        return
    kind = app.type_name(int(app.table(FIELDS)["type"][field])) if field >= 0 else ""
    name = text or app.string(int(app.table(FIELDS)["name"][field]))
    record.keys[field if field >= 0 else -2 - row] = RecordField(name, kind, evidence)


def _accessed(app: Facts, method: int) -> int:
    """The field of the same class that a getter or setter is named after, -1 for none."""
    name = app.method_name(method)
    stem = next((name[len(p) :] for p in ("get", "set", "is") if name.startswith(p)), name)
    wanted = stem[:1].lower() + stem[1:]
    owner = int(app.table(METHODS)["class"][method])
    fields = app.table(FIELDS)
    for row in _fields_of(app, owner):
        if app.string(int(fields["name"][row])) in (wanted, f"m{stem}"):
            return row
    return -1


def _declared(app: Facts, field: int) -> Evidence:
    name = int(app.table(FIELDS)["name"][field])
    return app.quote_string(
        f"the class has the field {app.string(name)}", name, {"field": app.field_signature(field)}
    )


def _fields_of(app: Facts, class_row: int) -> list[int]:
    rows: list[int] = (app.table(FIELDS)["class"] == class_row).nonzero()[0].tolist()
    return rows


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
    calls = {row: one for one in marks for row in app.calls_to(one.owner, one.member)}
    if not calls:
        return
    table = constant_arguments(app, sorted(calls))
    for call, position, kind, text in table.rows("call", "position", "kind", "text"):
        if kind == "type" and position == calls[call].position:
            row = app.class_by_name(text.strip("[L;").replace("/", "."))
            if row >= 0:
                yield row, calls[call]


def all_fields(app: Facts, class_row: int, record: ClassRecord) -> Sequence[RecordField]:
    """Fields of a record in the order of the class: named ones, and where the whole class is
    stored also those without a mark.
    """
    fields = app.table(FIELDS)
    listed: dict[int, RecordField] = {}
    for row in _whole(app, class_row) if record.whole else ():
        kind = app.type_name(int(fields["type"][row]))
        listed[row] = RecordField(app.string(int(fields["name"][row])), kind, _declared(app, row))
    return tuple((listed | record.keys).values())


def _whole(app: Facts, class_row: int) -> Iterable[int]:
    classes, access = app.table(TYPES)["class"], app.table(FIELDS)["access"]
    owners = [class_row, *(int(classes[parent]) for parent in _ancestors(app, class_row))]
    for owner in owners:
        if owner >= 0:
            for row in _fields_of(app, owner):
                if not int(access[row]) & (STATIC | TRANSIENT | SYNTHETIC):
                    yield row


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
