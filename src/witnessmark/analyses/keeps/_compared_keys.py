"""Keys that code reads by comparing the name at hand with constants, as parsers of streams do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.keeps._mark_calls import mark_calls
from witnessmark.analyses.keeps._record_keys import Key
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import CALLS, STRINGS
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.model.distinct import among

NAME = kept_regex(r"[^\W\d][\w.:-]*")
"""What names of elements and keys are like; a number or a sentence is a value."""

EQUALITY = (
    ("java.lang.String", "equals"), ("java.lang.String", "equalsIgnoreCase"),
    ("java.lang.Object", "equals"), ("android.text.TextUtils", "equals"),
    ("kotlin.jvm.internal.Intrinsics", "areEqual"),
)  # fmt: skip


def compared_keys(app: Facts, marks: Sequence[RecordMark]) -> Iterator[tuple[int, Key]]:
    """Constants with which a method compares names that it is given, by method."""
    methods = _comparing(app, [one for one in marks if one.role == "compared"])
    if not methods:
        return
    table, strings = app.table(CALLS), len(app.table(STRINGS))
    callees = [row for owner, name in EQUALITY for row in app.methods_named(owner, name)]
    inside = among(table["method"], np.asarray(sorted(methods), dtype=np.int64))
    equal = among(table["callee"], np.asarray(sorted(callees), dtype=np.int64))
    calls = np.flatnonzero(inside & equal).tolist()
    for call, kind, text, row in constant_arguments(app, calls).rows("call", "kind", "text", "row"):
        if kind == "string" and NAME.fullmatch(text):
            method, pc = int(table["method"][call]), int(table["pc"][call])
            yield method, Key(text, pc, row if 0 <= row < strings else -1, methods[method], "")


def _comparing(app: Facts, marks: Sequence[RecordMark]) -> dict[int, RecordMark]:
    """Methods that call what gives a name, or answer a parser that gives them one."""
    callers = app.table(CALLS)["method"]
    found = {int(callers[call]): mark for call, mark in mark_calls(app, marks).items()}
    by_member = {Member(one.owner, one.member): one for one in marks}
    told = not_of_libraries(app)
    names = CodeNames(app, framework_model())
    for method, (member, *_) in names.overrides(by_member).items():
        if told[method]:
            found[method] = by_member[member]
    return found
