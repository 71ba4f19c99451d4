"""Keys that wait in a list until another method puts each beside a value.

``keys.add("name"); keys.add("faith"); body = written(keys, values)`` and a method that makes
``<name>value</name>`` of each: the record is what the list holds when it is handed on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from witnessmark.analyses.keeps._mark_calls import mark_calls
from witnessmark.analyses.keeps._record_keys import Key, KeyRecord
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import CALLS, METHODS, STRING_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.receivers import UNKNOWN
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.record_marks import RecordMark

LISTS = ("Ljava/util/List;", "Ljava/util/ArrayList;", "Ljava/util/LinkedList;",
         "Ljava/util/Vector;", "Ljava/util/Collection;")  # fmt: skip
NAME = kept_regex(r"[A-Za-z_][A-Za-z0-9_]{1,39}")
FEWEST = 2
MARKS = {"xml": ("<", "</"), "form": ("=", "&")}
"""Texts that a method puts around names and values, by what comes of it."""


def waiting_keys(app: Facts, marks: Sequence[RecordMark]) -> Iterator[KeyRecord]:
    """Records of at least two keys that are added to a list before it is handed on with values."""
    writers = _writers(app, marks)
    if not writers:
        return
    by_format = {one.format: one for one in reversed(marks) if one.role == "put"}
    calls = app.table(CALLS)
    handed: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for method, pc, callee in calls.rows("method", "pc", "callee"):
        if callee in writers:
            handed[method].append((pc, writers[callee]))
    added = _added(app, set(handed))
    for method, places in sorted(handed.items()):
        before = -1
        for pc, form in sorted(places):
            keys = [one for one in added[method] if before < one[0] < pc]
            before = pc
            names = dict.fromkeys(app.string(row) for _, row in keys)
            mark = by_format.get(form)
            if mark is None or len(names) < FEWEST or not all(map(NAME.fullmatch, names)):
                continue
            found = {app.string(row): (at, row) for at, row in reversed(keys)}
            told = (Key(name, *found[name], mark, "", object=UNKNOWN) for name in names)
            yield KeyRecord(method, form, True, "", tuple(told))


def _writers(app: Facts, marks: Sequence[RecordMark]) -> Mapping[int, str]:
    """Methods that take a list and more, and put names beside values: what they make, by row."""
    own, methods = not_of_libraries(app), app.table(METHODS)
    taking = {
        row
        for row, units in enumerate(methods["code_units"].tolist())
        if units and own[row] and _takes_list(app.parameter_types(row))
    }
    if not taking:
        return {}
    found: dict[int, str] = {}
    texts: dict[int, set[str]] = defaultdict(set)
    for method, string in app.table(STRING_USES).rows("method", "string"):
        if method in taking:
            texts[method].add(app.string(string))
    for method, used in texts.items():
        for form, signs in MARKS.items():
            if all(any(sign in text for text in used) for sign in signs):
                found.setdefault(method, form)
    puts = mark_calls(app, [one for one in marks if one.role == "put"])
    caller = app.table(CALLS)["method"]
    for call in sorted(puts):
        if int(caller[call]) in taking:
            found.setdefault(int(caller[call]), puts[call].format)
    return found


def _takes_list(kinds: Sequence[str]) -> bool:
    """Whether parameters are a list of names and something with as many values."""
    lists = sum(kind in LISTS for kind in kinds)
    return lists > 0 and lists + sum(kind.startswith("[") for kind in kinds) > 1


def _added(app: Facts, methods: set[int]) -> Mapping[int, list[tuple[int, int]]]:
    """Constant texts added to lists in ``methods``, as places and rows of strings."""
    calls = app.table(CALLS)
    rows = [
        row
        for row, (method, callee) in enumerate(calls.rows("method", "callee"))
        if method in methods
        and app.method_name(callee) == "add"
        and app.descriptor(int(app.table(METHODS)["class_type"][callee])) in LISTS
    ]
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for call, position, kind, string in constant_arguments(app, rows).rows(
        "call", "position", "kind", "row"
    ):
        if position == 0 and kind == "string" and string >= 0:
            found[int(calls["method"][call])].append((int(calls["pc"][call]), string))
    return found
