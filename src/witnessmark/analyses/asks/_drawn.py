"""Screens that a library draws in code: what was not read of them, said to be so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from witnessmark.analyses.asks._composables import is_renamed
from witnessmark.analyses.asks._composed import Composed, composed_fields
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import CALLS, METHODS, TYPES
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.screen_toolkits import ScreenToolkit
from witnessmark.model.distinct import among
from witnessmark.model.gap import Gap

NOT_READ = "screens that {} draws in code were not read"
IN_PART = "of screens that {} draws in code only fields whose words are known were read"


def drawn_screens(app: Facts, toolkits: Sequence[ScreenToolkit]) -> Iterator[Gap]:
    """A gap for each toolkit that draws screens of the app."""
    for toolkit in toolkits:
        composed = composed_fields(app, toolkit)
        prefix = f"L{toolkit.package.replace('.', '/')}"
        if composed.calls > 0 or is_renamed(app, toolkit) or _draws(app, prefix):
            yield Gap("asks/screen", _why(toolkit, composed), ("asks",))


def _why(toolkit: ScreenToolkit, composed: Composed) -> str:
    """What was not read; places that draw a field are counted where the toolkit kept its names."""
    if composed.fields:
        more = f"; calls that draw a field and are not told: {composed.untold}"
        return IN_PART.format(toolkit.toolkit) + (more if composed.untold > 0 else "")
    many = f": {composed.calls} of its fields to fill in, counted by the calls"
    return NOT_READ.format(toolkit.toolkit) + (many if composed.calls > 0 else "")


def _draws(app: Facts, prefix: str) -> bool:
    """Whether code outside of libraries calls the toolkit."""
    kinds = [row for row in range(len(app.table(TYPES))) if app.descriptor(row).startswith(prefix)]
    methods = app.table(METHODS)
    named = np.flatnonzero(among(methods["class_type"], kinds))
    return len(_outside(app, app.calls_of_any(named.tolist()))) > 0


def _outside(app: Facts, calls: Sequence[int]) -> Sequence[int]:
    """Calls that stand in code outside of libraries."""
    method, outside = app.table(CALLS)["method"], not_of_libraries(app)
    return [row for row in calls if outside[method[row]]]
