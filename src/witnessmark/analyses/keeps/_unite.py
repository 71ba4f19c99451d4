"""The same record seen in several ways is one: a class, the code that writes it key by key, the
code that reads it.

Two runs of keys are one record when at least three quarters of all their keys are the same. A run
of keys belongs to a class when seven tenths of its keys are fields of the class and its method
uses the class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct, field

from witnessmark.facts.tables.code import CALLS, FIELD_USES, FIELDS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.evidence import Evidence

ALIKE = 0.75
WITHIN = 0.7
FEWEST = 3
PLAIN = kept_regex(r"[\W_]+")


class Shape(Struct):
    """One way in which a record is seen.

    ``fields``   types by name; ``stated`` names that data bears, by the name in the class.
    ``hows``     what the code does with it, in words; ``formats`` what it is written as.
    ``methods``  whose reach counts; ``method`` the one that holds the keys, -1 for a class.
    ``partly``   whether some of its runs lack some of its keys.
    """

    name: str
    formats: set[str]
    fields: dict[str, str]
    evidence: list[Evidence]
    methods: list[int]
    hows: dict[str, None]
    owner: str
    class_row: int = -1
    method: int = -1
    whole: bool = True
    partly: bool = False
    own_names: Mapping[str, str] = field(default_factory=dict)
    directions: set[str] = field(default_factory=set)

    def names(self) -> frozenset[str]:
        """Names in one spelling, those that the class gives included."""
        return frozenset(plain(name) for name in (*self.fields, *self.own_names.values()))


def plain(name: str) -> str:
    """``full_name``, ``fullName`` and ``FULL-NAME`` in one spelling."""
    return PLAIN.sub("", name).casefold()


def united(app: Facts, classes: Sequence[Shape], runs: Sequence[Shape]) -> list[Shape]:
    """Classes with the runs of keys that are theirs, then what is left of the runs, joined."""
    users = _Users(app)
    by_field: dict[str, list[Shape]] = {}
    for shape in classes:
        for name in shape.names():
            by_field.setdefault(name, []).append(shape)
    left: list[Shape] = []
    for run in runs:
        owner = _class_of(run, by_field, users)
        if owner is None:
            left.append(run)
        else:
            _join(owner, run)
    return [*classes, *_joined(left)]


def _class_of(run: Shape, by_field: Mapping[str, Sequence[Shape]], users: _Users) -> Shape | None:
    """The class whose record a run of keys is, the one with most of its keys."""
    names = run.names()
    counts: dict[int, int] = {}
    shapes: dict[int, Shape] = {}
    for name in sorted(names):
        for shape in by_field.get(name, ()):
            counts[shape.class_row] = counts.get(shape.class_row, 0) + 1
            shapes[shape.class_row] = shape
    best = sorted(counts, key=lambda row: (-counts[row], len(shapes[row].fields), row))
    for row in best:
        enough = counts[row] >= FEWEST and counts[row] >= WITHIN * len(names)
        if enough and row in users.classes_used_by(run.method):
            return shapes[row]
    return None


def _joined(runs: Sequence[Shape]) -> list[Shape]:
    """Runs that are one record; the one with most keys gives it its name."""
    found: list[Shape] = []
    for run in sorted(runs, key=lambda run: -len(run.fields)):
        names = run.names()
        same = next(
            (
                one
                for one in found
                if one.owner == run.owner
                and len(one.names() & names) >= ALIKE * len(one.names() | names)
                and (len(names) >= FEWEST or one.names() == names)
            ),
            None,
        )
        if same is None:
            found.append(run)
        else:
            same.partly = same.partly or same.names() != names
            _join(same, run)
    return found


def _join(into: Shape, other: Shape) -> None:
    if into.class_row >= 0 and other.class_row < 0:
        _take_names(into, other)
    known = into.names()
    into.fields |= {name: kind for name, kind in other.fields.items() if plain(name) not in known}
    into.formats = (into.formats | other.formats) - ({"object"} if other.formats else set())
    into.evidence += other.evidence
    into.methods += other.methods
    into.hows |= other.hows
    into.directions |= other.directions
    into.whole = into.whole and other.whole


def _take_names(into: Shape, other: Shape) -> None:
    """Name fields of a class as the data does that ``other`` writes or reads."""
    keys = {plain(key): key for key in other.fields}
    renamed: dict[str, str] = {}
    own = dict(into.own_names)
    for name, kind in into.fields.items():
        key = name if name in own else keys.get(plain(name), name)
        if key != name:
            own[key] = name
        renamed[key] = kind
    into.fields, into.own_names = renamed, own


class _Users:
    """Which classes of the app a method calls into or touches fields of, its own included."""

    def __init__(self, app: Facts) -> None:
        self._app = app
        self._known: dict[int, frozenset[int]] = {}

    def classes_used_by(self, method: int) -> frozenset[int]:
        if method < 0:
            return frozenset()
        if method not in self._known:
            self._known[method] = self._look(method)
        return self._known[method]

    def _look(self, method: int) -> frozenset[int]:
        methods, fields = self._app.table(METHODS), self._app.table(FIELDS)
        calls, uses = self._app.table(CALLS), self._app.table(FIELD_USES)
        called = calls["callee"][np.flatnonzero(calls["method"] == method)]
        touched = uses["field"][np.flatnonzero(uses["method"] == method)]
        return frozenset({
            int(methods["class"][method]),
            *methods["class"][called].tolist(),
            *fields["class"][touched].tolist(),
        } - {-1})  # fmt: skip
