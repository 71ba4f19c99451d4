"""Records that code writes or reads value by value through a stream of bytes.

``out.writeUTF(person.getName()); out.writeLong(person.birth)`` writes no names; the getters and
fields that the values come from, or go to, name them.

Source: Java SE 8 API, java.io.DataOutput and DataInput.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from witnessmark.analyses.bounded import first
from witnessmark.analyses.keeps._mark_calls import mark_calls
from witnessmark.facts.tables.code import CALLS, FIELDS
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.origins import Call, CallResult, FieldRead, Origin, Origins, Store
from witnessmark.flow.straight import static_constants
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.model.evidence import Evidence

BINARY = "binary"
FEWEST = 2
MOST_METHODS = 2000
GETTER = kept_regex(r"(?:get|is)(?=[A-Z])(\w{2,40})")


class BinaryRecord(Struct, frozen=True):
    """Names of the values that ``method`` writes or reads in turn, with the calls that do."""

    method: int
    written: bool
    names: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def binary_records(app: Facts, marks: Sequence[RecordMark]) -> Iterator[BinaryRecord]:
    """Records of at least two named values, by method and direction."""
    calls = mark_calls(app, [one for one in marks if one.format == BINARY])
    by_method: dict[int, dict[int, RecordMark]] = defaultdict(dict)
    table = app.table(CALLS)
    for call, mark in calls.items():
        by_method[int(table["method"][call])][call] = mark
    reader, constants = CodeReader(app), static_constants(app)
    what, hides = "methods that write or read records value by value", ("keeps/record",)
    for method in first(app, sorted(by_method), MOST_METHODS, what, "keeps/record", hides):
        code = reader.read(method) if len(by_method[method]) >= FEWEST else None
        if code is None:
            continue
        named: dict[bool, dict[str, int]] = {True: {}, False: {}}
        for event in Origins(app, code, constants).events():
            if isinstance(event, Call) and event.row in by_method[method]:
                _written(app, event, by_method[method][event.row], named[True])
            elif isinstance(event, Store) and event.field >= 0:
                _read(app, event, by_method[method], named[False])
        yield from _records(app, method, named)


def _records(
    app: Facts, method: int, named: Mapping[bool, Mapping[str, int]]
) -> Iterator[BinaryRecord]:
    for written, places in sorted(named.items()):
        if len(places) >= FEWEST:
            verb = "writes" if written else "reads"
            evidence = tuple(
                app.quote_instruction(f"the method {verb} {name} here", method, pc)
                for name, pc in places.items()
            )
            yield BinaryRecord(method, written, tuple(places), evidence)


def _written(app: Facts, event: Call, mark: RecordMark, named: dict[str, int]) -> None:
    at = mark.position + (1 if event.receiver else 0)
    name = _name(app, event.arguments[at]) if at < len(event.arguments) else ""
    if mark.role == "put" and name:
        named.setdefault(name, event.pc)


def _read(app: Facts, event: Store, calls: Mapping[int, RecordMark], named: dict[str, int]) -> None:
    value = event.value
    if isinstance(value, CallResult) and value.call in calls and calls[value.call].role == "get":
        named.setdefault(_of_field(app, event.field), value.pc)


def _name(app: Facts, origin: Origin) -> str:
    """What the getter or field is called that gives a value; empty where neither does."""
    if isinstance(origin, FieldRead):
        return _of_field(app, origin.row)
    if isinstance(origin, CallResult) and origin.callee >= 0 and len(origin.arguments) == 1:
        owner = app.method_class(origin.callee)
        found = GETTER.fullmatch(app.method_name(origin.callee))
        if found and not owner.startswith(("java.", "android.")):
            return found[1][:1].lower() + found[1][1:]
    return ""


def _of_field(app: Facts, row: int) -> str:
    return app.string(int(app.table(FIELDS)["name"][row]))
