"""Screens that a library draws in code: not read, and said to be so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS, TYPES
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.screen_toolkits import ScreenToolkit
from witnessmark.model.gap import Gap

FEW_CLASSES = 100
"""A toolkit of which fewer classes have their own names was renamed, if its file is there."""


def drawn_screens(app: Facts, toolkits: Sequence[ScreenToolkit]) -> Iterator[Gap]:
    """A gap for each toolkit that draws screens of the app."""
    for toolkit in toolkits:
        kinds = app.table(CLASSES)["type"].tolist()
        prefix = f"L{toolkit.package.replace('.', '/')}"
        named = sum(app.descriptor(kind).startswith(prefix) for kind in kinds)
        fields = _fields(app, toolkit) if named else 0
        renamed = named < FEW_CLASSES and toolkit.file in set(app.table(MEMBERS)["name"].tolist())
        if fields or renamed or _draws(app, prefix):
            why = f"screens that {toolkit.toolkit} draws in code were not read"
            many = f": {fields} of its fields to fill in, counted by the calls" if fields else ""
            yield Gap("asks/screen", why + many, ("asks",))


def _fields(app: Facts, toolkit: ScreenToolkit) -> int:
    """Calls from outside of libraries that draw a field."""
    drawing: set[int] = set()
    for one in toolkit.fields:
        owner, _, name = one.rpartition(".")
        drawing.update(_named(app, owner, name))
    return len(_outside(app, app.calls_of_any(sorted(drawing))))


def _named(app: Facts, owner: str, name: str) -> Iterator[int]:
    """Methods of a class by name; Kotlin adds a dash and a hash to names of some."""
    methods = app.table(METHODS)
    row = app.type_by_descriptor(f"L{owner.replace('.', '/')};")
    for method in np.flatnonzero(methods["class_type"] == row).tolist() if row >= 0 else ():
        if app.method_name(method).partition("-")[0] == name:
            yield method


def _draws(app: Facts, prefix: str) -> bool:
    """Whether code outside of libraries calls the toolkit."""
    kinds = [row for row in range(len(app.table(TYPES))) if app.descriptor(row).startswith(prefix)]
    methods = app.table(METHODS)
    named = np.flatnonzero(np.isin(methods["class_type"], kinds))
    return len(_outside(app, app.calls_of_any(named.tolist()))) > 0


def _outside(app: Facts, calls: Sequence[int]) -> Sequence[int]:
    """Calls that stand in code outside of libraries."""
    method, outside = app.table(CALLS)["method"], not_of_libraries(app)
    return [row for row in calls if outside[method[row]]]
