"""Rules by which a library derives keys from the names of fields, where an app sets one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from witnessmark.analyses.keeps._mark_calls import mark_calls
from witnessmark.analyses.keeps._record_fields import ClassRecord, RecordField, made_by
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import CALLS, FIELD_USES, FIELDS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.knowledge.packs.table_naming import Style, styled
from witnessmark.model.distinct import among

STYLES: dict[str, Style] = {
    "upper_camel": "upper_camel", "lower_snake": "lower_snake", "upper_snake": "upper_snake",
    "dashed": "dashed", "dotted": "dotted",
}  # fmt: skip


class Policies:
    """The styles that an app's own code sets, by library and method.

    A class is spelled in the style of the method that reads or writes it; where no such method
    sets one, in the only style of the library, unless the app also uses a library without a
    style. What is not sure is spelled as the field is called.
    """

    def __init__(self, app: Facts, marks: Sequence[RecordMark]) -> None:
        self._by_method: dict[tuple[str, int], set[Style]] = defaultdict(set)
        self._makers: dict[int, set[int]] = defaultdict(set)
        self._plain: set[int] = set()
        for mark in marks:
            if mark.role == "policy":
                for method in _users(app, mark):
                    self._by_method[mark.library, method].add(STYLES[mark.key[0]])
        if self._by_method:
            makers = [one for one in marks if one.role == "maker"]
            calls, callers = mark_calls(app, makers), app.table(CALLS)["method"]
            for call, row in made_by(app, calls):
                self._makers[row].add(int(callers[call]))
            self._plain = {int(callers[call]) for call, _ in made_by(app, calls)
                           if _makes_plain(app, int(callers[call]))}  # fmt: skip

    def spelled(self, one: RecordField, row: int, record: ClassRecord) -> str:
        """The name of a field of the class ``row`` as data bears it."""
        if one.stated or not self._by_method:
            return one.name
        for library in record.libraries("json"):
            styles = self._styles(library, row)
            if len(styles) == 1:
                return styled(one.name, min(styles))
        return one.name

    def _styles(self, library: str, row: int) -> set[Style]:
        near = {style for method in self._makers[row] if method not in self._plain
                for style in self._by_method.get((library, method), ())}  # fmt: skip
        if near or self._plain:
            return near
        return {style for (name, _), styles in self._by_method.items() if name == library
                for style in styles}  # fmt: skip


def _users(app: Facts, mark: RecordMark) -> list[int]:
    """Methods outside libraries that name the setting."""
    kind = app.type_by_descriptor(f"L{mark.owner.replace('.', '/')};")
    if kind < 0:
        return []
    told, fields, uses = not_of_libraries(app), app.table(FIELDS), app.table(FIELD_USES)
    rows = np.flatnonzero(fields["class_type"] == kind)
    named = [row for row in rows.tolist() if app.string(int(fields["name"][row])) == mark.member]
    users = uses["method"][among(uses["field"], np.asarray(named, dtype=np.int64))]
    return sorted({int(method) for method in users if told[method]})


def _makes_plain(app: Facts, method: int) -> bool:
    """Whether a method makes an object of Gson or Jackson without any setting."""
    callers = app.table(CALLS)["method"]
    return any(
        int(callers[call]) == method
        for owner in ("com.google.gson.Gson", "com.fasterxml.jackson.databind.ObjectMapper")
        for call in app.calls_to(owner, "<init>")
    )
