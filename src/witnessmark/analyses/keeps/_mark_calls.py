"""Calls of an app that marks describe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.view import Facts
from witnessmark.flow.receivers import NOWHERE, UNKNOWN, receivers
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.packs.record_marks import RecordMark

MISSING = "unresolved-name.Unknown"
"""Class of what methods return that are not among the sources (`formats.java`)."""

LAST = "map"
"""Format of marks that many classes answer to; any other mark of a call counts first."""


def mark_calls(app: Facts, marks: Iterable[RecordMark]) -> Mapping[int, RecordMark]:
    """Calls outside known libraries that ``marks`` describe, by row of ``calls``.

    A call counts when it names the owner of a mark or a class under it; of several marks the one
    whose owner the call names itself counts.
    """
    by_member: dict[Member, list[RecordMark]] = defaultdict(list)
    for mark in marks:
        by_member[Member(mark.owner, mark.member)].append(mark)
    names = CodeNames(app, framework_model())
    told, callers = not_of_libraries(app), app.table(CALLS)["method"]
    found: dict[int, RecordMark] = {}
    for method, members in names.methods(by_member, below=True).items():
        owner = app.method_class(method)
        listed = [mark for member in members for mark in by_member[member]]
        best = min(listed, key=lambda mark: (mark.owner != owner, mark.format == LAST, mark.id))
        for call in app.calls_of(method):
            if told[int(callers[call])]:
                found[call] = best
    return {**found, **_on_missing_classes(app, by_member, found)}


def _on_missing_classes(
    app: Facts, by_member: Mapping[Member, Sequence[RecordMark]], known: Mapping[int, RecordMark]
) -> Mapping[int, RecordMark]:
    """Calls on what a class returned that is not among the sources, where the object or the call
    that gave it has a mark: the mark of that format for a method of this name.
    """
    told, calls = not_of_libraries(app), app.table(CALLS)
    by_name: dict[str, list[RecordMark]] = defaultdict(list)
    for member, marks in by_member.items():
        by_name[member.name] += [mark for mark in marks if mark.format != LAST]
    named = {
        call: by_name[name]
        for name in sorted(by_name)
        for method in app.methods_named(MISSING, name)
        for call in app.calls_of(method)
        if told[int(calls["method"][call])]
    }
    if not named:
        return {}
    objects = receivers(app, [*known, *named])
    places = {
        (int(calls["method"][call]), place): known[call]
        for call in known
        for place in (objects.get(call, NOWHERE).place, int(calls["pc"][call]))
        if place != UNKNOWN
    }
    found: dict[int, RecordMark] = {}
    for call in sorted(named):
        method, pc = int(calls["method"][call]), int(calls["pc"][call])
        source = places.get((method, objects.get(call, NOWHERE).place))
        same = [one for one in named[call] if source is not None and one.format == source.format]
        if same:
            found[call] = places[method, pc] = min(same, key=lambda mark: mark.id)
    return found
