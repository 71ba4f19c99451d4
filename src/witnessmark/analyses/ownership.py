"""Whose code a place stands in, from the table `sdk_classes`."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import CALLS, CLASSES, FIELD_USES, FIELDS, METHODS
from witnessmark.facts.tables.manifest import COMPONENTS
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.flow.constants import array_elements
from witnessmark.model.distinct import among
from witnessmark.model.table import Table


def owner_of(app: Facts, methods: Iterable[int]) -> str:
    """Whose code ``methods`` are: ``own`` when one of them is the app's own, else the first of
    SDK ids, ``platform`` and ``other`` by name; ``unknown`` without methods.
    """
    classes = {int(app.table(METHODS)["class"][method]) for method in methods} - {-1}
    table = app.table(SDK_CLASSES)
    owners = sorted(
        {
            str(table["sdk"][row]) or str(table["ownership"][row])
            for row in classes
            if row < len(table)
        }
    )
    return "own" if "own" in owners else owners[0] if owners else "unknown"


def _told_apart(app: Facts) -> bool:
    """Whether classes were told apart, so that what is kept from before is not taken for it."""
    return len(app.table(SDK_CLASSES)) > 0


def _kept(rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows that many share, so that nobody may change them."""
    rows.flags.writeable = False
    return rows


def surely_own(app: Facts) -> NDArray[np.bool_]:
    """Which rows of ``methods`` are surely the app's own, not merely of no known library."""
    return app.once(_surely_own, _told_apart(app))


def _surely_own(app: Facts, _: bool) -> NDArray[np.bool_]:
    table, classes = app.table(SDK_CLASSES), app.table(METHODS)["class"]
    if not len(table):
        return _kept(np.ones(len(classes), dtype=bool))
    own = table["ownership"].astype(str) == "own"
    inside = (classes >= 0) & (classes < len(own))
    return _kept(inside & own[np.where(inside, classes, 0)])


def not_of_libraries(app: Facts) -> NDArray[np.bool_]:
    """Which rows of ``methods`` belong to no known library and not to the platform's own."""
    return app.once(_not_of_libraries, _told_apart(app))


def _not_of_libraries(app: Facts, _: bool) -> NDArray[np.bool_]:
    table, classes = app.table(SDK_CLASSES), app.table(METHODS)["class"]
    if not len(table):
        return _kept(np.ones(len(classes), dtype=bool))
    known = among(table["ownership"].astype(str), ("sdk", "platform"))
    inside = (classes >= 0) & (classes < len(known))
    return _kept(~(inside & known[np.where(inside, classes, 0)]))


@once_an_app
def arrays_outside_libraries(app: Facts) -> Table:
    """`ARRAY_ELEMENTS` of methods that belong to no known library and not to the platform's own."""
    return array_elements(app, np.flatnonzero(not_of_libraries(app)).tolist())


def used_by_own_code(app: Facts) -> frozenset[int]:
    """Rows of ``classes`` into which the app's own code and its components call, or whose
    fields they touch.
    """
    methods, fields = app.table(METHODS), app.table(FIELDS)
    own = _in_own_classes(app)
    calls, uses = app.table(CALLS), app.table(FIELD_USES)
    called = methods["class"][calls["callee"][own[calls["method"]]]]
    touched = fields["class"][uses["field"][own[uses["method"]]]]
    return frozenset({*called.tolist(), *touched.tolist()} - {-1})


def own_methods(app: Facts) -> NDArray[np.bool_]:
    """Which methods are the app's own, its components' (those in the packages beside them
    included), or of classes that these use and no known library has.
    """
    return app.once(_own_methods, _told_apart(app))


def _own_methods(app: Facts, _: bool) -> NDArray[np.bool_]:
    table, classes = app.table(SDK_CLASSES), app.table(METHODS)["class"]
    near = np.zeros(len(app.table(CLASSES)) + 1, dtype=bool)
    near[sorted(used_by_own_code(app))] = True
    near[: len(table)] &= ~among(table["ownership"].astype(str), ("sdk", "platform"))
    return _kept(_in_own_classes(app) | near[np.where(classes >= 0, classes, len(near) - 1)])


def _in_own_classes(app: Facts) -> NDArray[np.bool_]:
    classes = app.table(METHODS)["class"]
    own = np.append(_of_own_code(app), False)
    inside: NDArray[np.bool_] = own[np.where(classes >= 0, classes, len(own) - 1)]
    return inside


def _of_own_code(app: Facts) -> NDArray[np.bool_]:
    """Which classes are the app's own, or stand in a package with a class that its manifest
    names and that no known library has.
    """
    table, size = app.table(SDK_CLASSES), len(app.table(CLASSES))
    own, foreign = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    owners = table["ownership"].astype(str)
    own[: len(table)] = owners == "own"
    foreign[: len(table)] = among(owners, ("sdk", "platform"))
    named = (app.class_by_name(name) for (name,) in app.table(COMPONENTS).rows("class_name"))
    rows = [row for row in named if row >= 0 and not foreign[row] and not own[row]]
    packages = {app.class_name(row).rpartition(".")[0] for row in rows}
    for row in np.flatnonzero(~own & ~foreign).tolist() if packages else ():
        own[row] = app.class_name(row).rpartition(".")[0] in packages
    return own
