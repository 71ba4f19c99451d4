"""Records: the shapes in which an app writes, sends and reads facts.

What it finds
    Classes that libraries turn into JSON, XML or rows (by annotations, base classes, or calls
    that name the class), the classes that these hold, classes that only carry values behind
    getters and setters, and methods that put or read one key after another.

Why it matters
    A record's fields say which facts belong together: who entered it, about whom, where and
    when. Names on the wire often stay readable where the code was renamed.

How it decides
    Marks come from the pack ``record_marks``. A class counts with at least two fields, a method
    with at least three constant keys of one format. Several marks on one class are one record.
    ``ContentValues`` handed to an insert of a constant table carry its name.

What it misses
    Records whose keys are computed, classes that a library takes without naming them in code,
    formats of native code, and libraries that the pack does not know.

Example
    ``class Visit { @SerializedName("full_name") String a; @SerializedName("faith") String b; }``
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.keeps._record_fields import (
    ClassRecord,
    RecordField,
    all_fields,
    class_methods,
    class_records,
)
from witnessmark.analyses.keeps._record_keys import KeyRecord, key_records
from witnessmark.analyses.ownership import owner_of
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import (
    ANNOTATIONS,
    CALLS,
    CLASSES,
    FIELDS,
    METHODS,
    STRINGS,
)  # fmt: skip
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach, reach_of
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.model.finding import Finding, Original

RECORD = Analysis(
    id="keeps/record",
    version=1,
    reads=(ANNOTATIONS, CLASSES, FIELDS, METHODS, CALLS, STRINGS, SDK_CLASSES, REACH),
    knows=("record_marks",),
)

FEWEST_FIELDS = 2
MOST_QUOTED = 80


@RECORD.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a record."""
    marks = know.entries("record_marks", RecordMark)
    for row, record in class_records(app, marks).items():
        methods = class_methods(app, row)
        owner = _class_owner(app, row)
        fields = all_fields(app, row, record)
        told = _told(owner) if record.marks else owner == "own"
        if len(fields) >= FEWEST_FIELDS and told:
            yield _class_finding(app, row, record, fields, methods, owner)
    for keyed in key_records(app, marks):
        owner = owner_of(app, [keyed.method])
        if _told(owner):
            yield _key_finding(app, keyed, owner)


def _told(owner: str) -> bool:
    """Whether code of ``owner`` is worth telling: own and unknown code, not known libraries."""
    return owner in ("own", "other", "unknown")


def _class_owner(app: Facts, row: int) -> str:
    table = app.table(SDK_CLASSES)
    if row >= len(table):
        return "unknown"
    return str(table["sdk"][row]) or str(table["ownership"][row])


def _class_finding(
    app: Facts,
    row: int,
    record: ClassRecord,
    fields: Sequence[RecordField],
    methods: Sequence[int],
    owner: str,
) -> Finding:
    marks = [record.marks[mark] for mark in sorted(record.marks)]
    name = record.name or app.class_name(row)
    formats = sorted({mark.format for mark in marks}) or ["object"]
    libraries = ", ".join(sorted({mark.library for mark in marks}))
    how = f"turned into {' and '.join(formats)} by {libraries}" if marks else record.how
    return Finding(
        kind="keeps.record",
        subject={
            "name": name,
            "class": app.class_name(row),
            "format": "/".join(formats),
            "fields": [{"name": f.name, "type": f.type, "categories": []} for f in fields],
            "owner": owner,
        },
        says=f"The app has a record “{_short(name)}” with {len(fields)} fields, {how}: "
        f"{_names([field.name for field in fields])}.",
        evidence=tuple(field.evidence for field in fields[:MOST_QUOTED]),
        strength="read",
        reach=best_reach(app, methods),
        original=tuple(Original(field.name) for field in fields[:MOST_QUOTED]),
        limits=_limits(owner, "It does not show which records are ever made or sent."),
        identity=f"class\0{app.class_name(row)}",
    )


def _key_finding(app: Facts, keyed: KeyRecord, owner: str) -> Finding:
    where = f"{app.method_class(keyed.method)}.{app.method_name(keyed.method)}"
    name = keyed.table or where
    names = [key.name for key in keyed.keys]
    fields = [{"name": key.name, "type": key.value_type, "categories": []} for key in keyed.keys]
    form = {"values": "rows", "extras": "extras"}.get(keyed.format, keyed.format.upper())
    target = f" for the table “{keyed.table}”" if keyed.table else ""
    verb = "writes" if keyed.written else "reads"
    kind = f"{verb} {keyed.format}"
    return Finding(
        kind="keeps.record",
        subject={
            "name": name,
            "method": app.method_signature(keyed.method),
            "format": keyed.format,
            "direction": "written" if keyed.written else "read",
            "fields": fields,
            "owner": owner,
        },
        says=f"The app {verb} {form}{target} with {len(names)} keys in {_short(where)}: "
        f"{_names(names)}.",
        evidence=keyed.evidence(app)[:MOST_QUOTED],
        strength="read" if all(key.string >= 0 for key in keyed.keys) else "derived",
        reach=reach_of(app, keyed.method),
        original=tuple(Original(text) for text in names[:MOST_QUOTED]),
        limits=_limits(
            owner, "Keys of one method are told together; they may belong to more than one object."
        ),
        identity=f"keys\0{app.method_signature(keyed.method)}\0{kind}\0{keyed.table}",
    )


def _limits(owner: str, first: str) -> tuple[str, ...]:
    if owner == "other":
        return (first, "Whose code it is could not be told.")
    return (first,)


def _short(name: str) -> str:
    return ".".join(name.split(".")[-2:])


def _names(names: Sequence[str]) -> str:
    text = ", ".join(names)
    return text if len(text) <= 300 else text[:300].rpartition(",")[0] + ", …"
