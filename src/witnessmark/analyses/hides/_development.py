"""Calls that code makes only in an app that is marked as being under development.

Source: developer.android.com/reference/android/content/pm/ApplicationInfo#FLAG_DEBUGGABLE.
"""

from __future__ import annotations

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.tables.manifest import APP
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader

FLAGS = Member("android.content.pm.ApplicationInfo", "flags")
AND_LITERAL = (0xD5, 0xDD)
DEBUGGABLE = 2
BRANCHES = range(0x32, 0x3E)


class Development:
    """Which methods test the mark, where the app does not carry it."""

    def __init__(self, app: Facts, names: CodeNames) -> None:
        self._app = app
        marked = ("debuggable", "true") in set(app.table(APP).rows("key", "value"))
        fields = names.fields([FLAGS])
        reading = set() if marked else {method for method, _, _ in names.field_reads(fields)}
        self._tests = {method: at for method in reading if (at := _test(app, method)) >= 0}

    def only(self, method: int, pc: int) -> bool:
        """Whether a call stands behind the test, or each call of its method does."""
        if self._stands_behind(method, pc):
            return True
        calls = self._app.table(CALLS)
        places = [(int(calls["method"][row]), int(calls["pc"][row]))
                  for row in self._app.calls_of(method)]  # fmt: skip
        return bool(places) and all(self._stands_behind(*place) for place in places)

    def _stands_behind(self, method: int, pc: int) -> bool:
        return 0 <= self._tests.get(method, -1) < pc


def _test(app: Facts, method: int) -> int:
    """Place of the branch on the mark, -1 without one."""
    code = CodeReader(app).read(method)
    tested = False
    for one in code.instructions if code is not None else ():
        if one.opcode in AND_LITERAL and one.literal == DEBUGGABLE:
            tested = True
        elif tested and one.opcode in BRANCHES:
            return int(one.pc)
    return -1
