"""Records that code writes or reads key by key."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.keeps._mark_calls import mark_calls
from witnessmark.facts.tables.code import CALLS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.facts.words import readable_type
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.receivers import NOWHERE, UNKNOWN, receivers
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.model.distinct import among
from witnessmark.model.evidence import Evidence

PREFERENCE = "preference"
"""Format of keys that are kept one by one; they form no record."""

NO_KEYS = frozenset({PREFERENCE, "binary"})
"""Formats in which no call is given the key of a record."""

FEWEST: Mapping[str, int] = {"form": 2, "soap": 2, "table": 1}
FEWEST_ELSE = 3
"""Different keys from which a run of calls counts as a record, by format."""

ONE_OBJECT_A_KEY = frozenset({"table", "sheet"})
"""Formats in which an object of its own stands for each key, and the record is what makes them."""

MAP = "map"
CONSTANTS = frozenset({"string", "int", "long", "list", "field", "type"})


class Key(Struct, frozen=True):
    """A key, the call that puts or gets it, and its string constant (-1 when derived).

    ``constant``  what is put beside the key is a constant.
    ``object``    on which object the call is made (`flow.receivers`).
    ``described`` what is put beside the key is an object made there of the same text and of
                  constants alone, such as the description of a column.
    """

    name: str
    pc: int
    string: int
    mark: RecordMark
    value_type: str
    constant: bool = False
    object: int = UNKNOWN
    described: bool = False


class KeyRecord(Struct, frozen=True):
    """The keys of one kind that one method writes or reads; ``table`` is told by a call that
    takes the record, empty for none.
    """

    method: int
    format: str
    written: bool
    table: str
    keys: tuple[Key, ...]

    def evidence(self, app: Facts) -> tuple[Evidence, ...]:
        """Each key where it stands."""
        verb = "writes" if self.written else "reads"
        found = []
        for key in self.keys:
            place: dict[str, str | int] = {
                "method": app.method_signature(self.method), "pc": key.pc,
            }  # fmt: skip
            says = f"the method {verb} the key {key.name}"
            if key.string >= 0:
                found.append(app.quote_string(says, key.string, place))
            else:
                found.append(app.quote_instruction(says, self.method, key.pc))
        return tuple(found)


def key_records(
    app: Facts, marks: Sequence[RecordMark], fewest: int | None = None
) -> Iterator[KeyRecord]:
    """Records of at least ``fewest`` keys (`FEWEST` by format), by method, format, direction."""
    yield from grouped(keys_of(app, [one for one in marks if one.format not in NO_KEYS]), fewest)


def grouped(keys: Iterable[tuple[int, Key]], fewest: int | None = None) -> Iterator[KeyRecord]:
    """Keys with their methods as records of at least ``fewest`` keys."""
    groups: dict[tuple[int, str, bool], list[Key]] = defaultdict(list)
    named: dict[int, list[Key]] = defaultdict(list)
    for method, key in keys:
        if key.mark.role == "names":
            named[method].append(key)
        else:
            groups[method, key.mark.format, key.mark.role == "put"].append(key)
    for (method, form, written), listed in sorted(groups.items(), key=lambda item: item[0]):
        enough = FEWEST.get(form, FEWEST_ELSE) if fewest is None else fewest
        takers = named.get(method, []) if form == "values" else []
        for table, part in _split(listed, takers):
            whole = table or form in ONE_OBJECT_A_KEY
            for keys_of_one in [part] if whole else _by_object(part, enough):
                ordered = _distinct(keys_of_one)
                if len(ordered) >= enough and (form != MAP or _is_record(ordered)):
                    yield KeyRecord(method, form, written, table, ordered)


def _distinct(keys: Iterable[Key]) -> tuple[Key, ...]:
    """The first use of each name, in order."""
    distinct = {key.name: key for key in sorted(keys, key=lambda key: -key.pc)}
    return tuple(sorted(distinct.values(), key=lambda key: key.pc))


def _by_object(keys: Sequence[Key], enough: int) -> list[list[Key]]:
    """Keys by the object they are put into or read from; objects of too few keys together."""
    objects: dict[int, list[Key]] = defaultdict(list)
    for key in keys:
        objects[key.object].append(key)
    large = {place for place, listed in objects.items() if len(_distinct(listed)) >= enough}
    rest = [key for key in keys if key.object not in large]
    return [*(objects[place] for place in sorted(large)), rest]


def _is_record(keys: Sequence[Key]) -> bool:
    """Whether what fills a map are facts under names, and no list of constants by number or of
    descriptions by the name that they describe.
    """
    if sum(key.described for key in keys) * 2 > len(keys):
        return False
    telling = sum(len(key.name) > 1 and key.name.isidentifier() for key in keys)
    return telling * 2 > len(keys) > 2 * sum(key.constant for key in keys)


def _split(keys: Sequence[Key], takers: Sequence[Key]) -> Iterator[tuple[str, list[Key]]]:
    """Keys by the table that takes them: each taker takes the keys put since the one before."""
    left = sorted(keys, key=lambda key: key.pc)
    by_table: dict[str, list[Key]] = defaultdict(list)
    for taker in sorted(takers, key=lambda key: key.pc):
        by_table[taker.name] += [key for key in left if key.pc < taker.pc]
        left = [key for key in left if key.pc >= taker.pc]
    by_table[""] += left
    yield from by_table.items()


def keys_of(app: Facts, marks: Sequence[RecordMark]) -> Iterator[tuple[int, Key]]:
    """Constant keys of calls that ``marks`` describe, each with the method that holds it.

    Of an array of texts each element is a key.
    """
    calls = mark_calls(app, [one for one in marks if one.role in ("put", "get", "names")])
    table = app.table(CALLS)
    given: dict[int, dict[int, tuple[str, str, int]]] = defaultdict(dict)
    for call, position, kind, text, row in constant_arguments(app, sorted(calls)).rows(
        "call", "position", "kind", "text", "row"
    ):
        given[call][position] = (kind, text, row)
    objects = receivers(app, given)
    maps = [call for call in given if calls[call].format == MAP]
    described = frozenset(_described(app, maps, given, calls))
    for call, arguments in given.items():
        mark, made = calls[call], objects.get(call, NOWHERE).place
        kind, text, row = arguments.get(mark.position, ("", "", -1))
        method, pc = int(table["method"][call]), int(table["pc"][call])
        if kind in ("string", "derived") and text:
            value = _value_type(app, int(table["callee"][call]), mark.position)
            beside = arguments.get(mark.position + 1, ("", "", -1))[0] in CONSTANTS
            string = row if kind == "string" else -1
            yield (
                method,
                Key(text, pc, string, mark, value, beside, made, call in described),
            )
        elif kind == "list":
            for name in json.loads(text):
                if isinstance(name, str):
                    yield method, Key(name, pc, -1, mark, "", object=made)


def _described(
    app: Facts,
    maps: Sequence[int],
    given: Mapping[int, Mapping[int, tuple[str, str, int]]],
    marks: Mapping[int, RecordMark],
) -> Iterator[int]:
    """Calls that put beside a key what was made of the same text and of constants alone, on the way
    from the call before.
    """
    table = app.table(CALLS)
    puts: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for call in maps:
        puts[int(table["method"][call])].append((int(table["pc"][call]), call))
    made = _made_of_constants(app, sorted(puts))
    for method, listed in puts.items():
        before = -1
        for pc, call in sorted(listed):
            key = given[call].get(marks[call].position, ("", "", -1))[1]
            if any(before < at < pc and key in texts for at, texts in made[method]):
                yield call
            before = pc


def _made_of_constants(
    app: Facts, methods: Sequence[int]
) -> Mapping[int, Sequence[tuple[int, frozenset[str]]]]:
    """Constructors of the app's classes that are handed two constants or more and nothing else, by
    method: place and texts.
    """
    table, own = app.table(CALLS), app.table(METHODS)
    rows = np.flatnonzero(among(table["method"], methods))
    callees = table["callee"][rows]
    making = [
        row
        for row, callee in zip(rows.tolist(), callees.tolist(), strict=True)
        if own["class"][callee] >= 0 and app.method_name(callee) == "<init>"
    ]
    handed: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for call, kind, text in constant_arguments(app, making).rows("call", "kind", "text"):
        handed[call].append((kind, text))
    found: dict[int, list[tuple[int, frozenset[str]]]] = defaultdict(list)
    for call, arguments in handed.items():
        if len(arguments) == len(app.parameter_types(int(table["callee"][call]))) > 1:
            texts = frozenset(text for kind, text in arguments if kind == "string")
            found[int(table["method"][call])].append((int(table["pc"][call]), texts))
    return found


def _value_type(app: Facts, callee: int, position: int) -> str:
    """Declared type of what is put beside the key, empty where the call tells none."""
    parameters = app.parameter_types(callee)
    return _plain(parameters[position + 1]) if len(parameters) > position + 1 else ""


def _plain(descriptor: str) -> str:
    name = readable_type(descriptor)
    return "" if name == "java.lang.Object" else name.removeprefix("java.lang.")
