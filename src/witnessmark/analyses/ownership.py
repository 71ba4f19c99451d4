"""Whose code a place stands in, from the table `sdk_classes`."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.view import Facts


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


def not_of_libraries(app: Facts) -> NDArray[np.bool_]:
    """Which rows of ``methods`` belong to no known library and not to the platform's own."""
    table, classes = app.table(SDK_CLASSES), app.table(METHODS)["class"]
    if not len(table):
        return np.ones(len(classes), dtype=bool)
    known = np.isin(table["ownership"].astype(str), ("sdk", "platform"))
    inside = (classes >= 0) & (classes < len(known))
    return ~(inside & known[np.where(inside, classes, 0)])
