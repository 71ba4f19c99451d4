"""Code beside the reading of a list that compares with one, native code that names it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.facts.tables.code import CALLS, FIELD_USES, FIELDS, METHODS
from witnessmark.facts.tables.native import NATIVE_LIBRARIES, NATIVE_STRINGS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.packs.comparisons import Comparison
from witnessmark.model.distinct import among
from witnessmark.model.evidence import Evidence

TEXTS = frozenset({
    "java.lang.String", "java.util.regex.Matcher", "java.util.regex.Pattern",
    "android.text.TextUtils", "kotlin.text.StringsKt", "org.apache.commons.lang3.StringUtils",
})  # fmt: skip
"""Classes whose comparisons look into a text."""


class Compared(Struct, frozen=True):
    """A comparing call beside the code that reads a list."""

    method: int
    pc: int
    how: str


class ListUses:
    """Calls of the pack ``comparisons`` in one app, found once."""

    def __init__(self, app: Facts, calls: Sequence[Comparison]) -> None:
        self._app = app
        names = CodeNames(app, framework_model())
        by_member = {Member(one.owner, one.member): one for one in calls if one.role != "keys"}
        self._calls: dict[int, list[tuple[int, Comparison]]] = {}
        table = app.table(CALLS)
        for method, members in names.methods(by_member, below=True).items():
            one = by_member[members[0]]
            for call in app.calls_of(method):
                caller = int(table["method"][call])
                self._calls.setdefault(caller, []).append((int(table["pc"][call]), one))

    def neighbours(self, readers: Iterable[int], *, callers: bool = True) -> tuple[int, ...]:
        """The readers, the other methods of their classes, with ``callers`` those that call them,
        and the methods that read a field of those classes: where a list that was read can be
        compared.
        """
        app = self._app
        methods, calls, uses = app.table(METHODS), app.table(CALLS), app.table(FIELD_USES)
        classes = sorted({int(methods["class"][method]) for method in readers} - {-1})
        inside = {method for row in classes for method in app.methods_of(row)}
        calling = set(calls["method"][among(calls["callee"], _array(inside))].tolist())
        own = np.flatnonzero(among(app.table(FIELDS)["class"], _array(classes)))
        sharing = set(uses["method"][among(uses["field"], own)].tolist())
        return tuple(sorted(inside | sharing | (calling if callers else set())))

    def compared_in(self, methods: Sequence[int]) -> tuple[Compared, ...]:
        """Comparing calls in ``methods``, by method and pc."""
        found = {
            (method, pc, f"{one.owner}.{one.member}")
            for method in methods
            for pc, one in self._calls.get(method, ())
            if one.role == "compares"
        }
        return tuple(Compared(*one) for one in sorted(found))

    def given_in(self, methods: Sequence[int]) -> tuple[tuple[str, int, int], ...]:
        """What values the ``methods`` obtain: words, method, pc of the first call of each."""
        first: dict[str, tuple[int, int]] = {}
        for method in methods:
            for pc, one in self._calls.get(method, ()):
                if one.role == "gives":
                    first[one.gives] = min(first.get(one.gives, (method, pc)), (method, pc))
        return tuple((words, *place) for words, place in sorted(first.items()))

    def meets(self, methods: Sequence[int], given: frozenset[str]) -> bool:
        """Whether one of ``methods`` both obtains a value of ``given`` and compares texts."""
        for method in methods:
            calls = [one for _, one in self._calls.get(method, ())]
            obtains = any(one.role == "gives" and one.gives in given for one in calls)
            texts = any(one.role == "compares" and one.owner in TEXTS for one in calls)
            if obtains and texts:
                return True
        return False


class NativeUse(Struct, frozen=True):
    """Native code that names a file of the app: its path, and the text that names it."""

    library: str
    evidence: Evidence


def native_uses(app: Facts, member: str) -> tuple[NativeUse, ...]:
    """Native libraries and programs whose texts hold the name of the file ``member``."""
    name = member.rpartition("/")[2]
    if len(name) < 4:
        return ()
    paths = app.table(NATIVE_LIBRARIES)["path"]
    found: dict[str, Evidence] = {}
    for library, text, artifact, offset, length in app.table(NATIVE_STRINGS).rows(
        "library", "text", "artifact", "offset", "length"
    ):
        if name in text and str(paths[library]) not in found:
            says = "native code names the file here"
            found[str(paths[library])] = app.quote(says, artifact, offset, length, "utf-8")
    return tuple(NativeUse(path, evidence) for path, evidence in sorted(found.items()))


def _array(values: Iterable[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.asarray(sorted(values), dtype=np.int64)
