"""Whose code a place stands in, from the table `sdk_classes`."""

from __future__ import annotations

from collections.abc import Iterable

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
