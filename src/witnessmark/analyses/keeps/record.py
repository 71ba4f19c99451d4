"""Records: the shapes in which an app writes, sends and reads facts.

What it finds
    Classes that libraries turn into JSON, XML, protobuf or forms (by annotations, base classes,
    or calls that name the class), the classes that these hold, classes that only carry values,
    methods that put or read one key after another, compare names as a parser gives them, or
    join a text of keys: request bodies, JSON, XML, HTML tables, first lines of CSV files.

Why it matters
    A record's fields say which facts belong together: who entered it, about whom, where and
    when. Names on the wire often stay readable where the code was renamed.

How it decides
    Marks come from the pack ``record_marks``. A class counts with at least two fields, a method
    with at least three constant keys of one format, two in forms and texts. The same record
    seen in several ways is one: a run of keys belongs to the class that its method uses and
    that has seven tenths of its keys; two runs are one when three quarters of their keys are the
    same. Rows of tables are told by `keeps/table`.

What it misses
    Records whose keys are computed, classes that a library takes without naming them in code,
    formats of native code, and libraries that the pack does not know. A record whose keys and
    fields have different names is told twice.

Example
    ``class Visit { @SerializedName("full_name") String a; @SerializedName("faith") String b; }``
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from witnessmark.analyses.contract import Analysis, Row
from witnessmark.analyses.keeps._shapes import class_shapes, run_shapes
from witnessmark.analyses.keeps._unite import Shape, united
from witnessmark.analyses.tables import KEPT_COLUMNS, RECORD_FIELDS, SDK_CLASSES
from witnessmark.facts.tables.code import (
    ANNOTATIONS,
    CALLS,
    CLASSES,
    FIELD_USES,
    FIELDS,
    METHODS,
    STRING_USES,
    STRINGS,
)  # fmt: skip
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.model.finding import Finding, Original
from witnessmark.model.gap import Gap

RECORD = Analysis(
    id="keeps/record",
    version=2,
    reads=(
        ANNOTATIONS, CLASSES, FIELDS, METHODS, CALLS, STRINGS, STRING_USES, FIELD_USES,
        DERIVED_TEXTS, KEPT_COLUMNS, SDK_CLASSES, REACH,
    ),
    writes=(RECORD_FIELDS,),
    knows=("record_marks",),
)  # fmt: skip

MOST_QUOTED = 80
SHORT = 2
"""Letters of a name that a shrinker gave."""

NAMELESS = (
    "records that are written as bytes and whose names say nothing, as they were shortened, are "
    "not told: {}"
)


@RECORD.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding | Row | Gap]:
    """Yield one finding a record, a row for each of its fields, and a gap for those whose names
    say nothing.
    """
    marks = know.entries("record_marks", RecordMark)
    nameless = 0
    for shape in united(app, list(class_shapes(app, marks)), list(run_shapes(app, marks))):
        if _is_nameless(shape):
            nameless += 1
            continue
        yield _finding(app, shape)
        for name, kind in shape.fields.items():
            yield Row(RECORD_FIELDS, (shape.name, name, kind))
    if nameless:
        yield Gap("keeps/record", NAMELESS.format(nameless), ("keeps",))


def _is_nameless(shape: Shape) -> bool:
    """Whether a shrinker shortened all names of what is written as bytes, fact after fact."""
    names = (shape.name.rpartition(".")[2].rpartition("$")[2], *shape.fields)
    return shape.formats == {"binary"} and all(len(name) <= SHORT for name in names)


def _finding(app: Facts, shape: Shape) -> Finding:
    names = list(shape.fields)
    subject: dict[str, object] = {
        "name": shape.name,
        "format": "/".join(sorted(shape.formats)),
        "fields": [_field(shape, name) for name in names],
        "owner": shape.owner,
    }
    if shape.directions:
        subject["direction"] = " and ".join(sorted(shape.directions))
    if shape.class_row >= 0:
        subject["class"] = app.class_name(shape.class_row)
        identity = f"class\0{app.class_name(shape.class_row)}"
    else:
        subject["method"] = app.method_signature(shape.method)
        named = app.method_signature(shape.method).partition("(")[0]
        identity = "\0".join(("keys", named, *sorted(names)))
    return Finding(
        kind="keeps.record",
        subject=subject,
        says=f"The app has a record “{_short(shape.name)}” with {_count(len(names))}, "
        f"{' and '.join(shape.hows)}: {_names(names)}.",
        evidence=tuple(shape.evidence[:MOST_QUOTED]),
        strength="read" if shape.whole else "derived",
        reach=best_reach(app, shape.methods),
        original=tuple(Original(name) for name in names[:MOST_QUOTED]),
        limits=_limits(shape),
        identity=identity,
    )


def _field(shape: Shape, name: str) -> dict[str, object]:
    found: dict[str, object] = {"name": name, "type": shape.fields[name], "categories": []}
    if name in shape.own_names:
        found["field"] = shape.own_names[name]
    return found


def _limits(shape: Shape) -> tuple[str, ...]:
    if shape.class_row >= 0:
        limits = ["It does not show which records are ever made or sent."]
    else:
        limits = ["Keys of one method are told together; they may belong to more than one object."]
    if shape.partly:
        limits.append("It was seen in several methods; not each of them has all of these fields.")
    if shape.owner == "other":
        limits.append("Whose code it is could not be told.")
    return tuple(limits)


def _count(number: int) -> str:
    return "1 field" if number == 1 else f"{number} fields"


def _short(name: str) -> str:
    return ".".join(name.split(".")[-2:])


def _names(names: Sequence[str]) -> str:
    text = ", ".join(names)
    return text if len(text) <= 300 else text[:300].rpartition(",")[0] + ", …"
