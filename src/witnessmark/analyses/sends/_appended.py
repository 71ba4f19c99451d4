"""Values that scripts put into a form or list, one call after the other, before they send it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from witnessmark.analyses.sends._scripts import SHORTEST_NAME, Source, holds
from witnessmark.formats.script import Call, Expression, Name, Text


def appended_in(source: Source) -> Mapping[str, list[Call]]:
    """Calls that put a named value into a form or list of values ``x``, by ``x``."""
    found: dict[str, list[Call]] = defaultdict(list)
    for call in source.script.calls:
        owner, dot, method = call.name.rpartition(".")
        if dot and method in ("append", "set", "addData") and len(call.arguments) > 1:
            found[owner].append(call)
    return found


def near(
    appended: Mapping[str, list[Call]], sending: Call, source: Source
) -> Mapping[str, list[tuple[str, Expression]]]:
    """Names and values that are put into what one call may send: those of the function around it,
    all of the script where that has none or the call stands in no function.
    """
    around = [one.span for one in source.script.functions if holds(one.span, sending.span)]
    found: dict[str, list[tuple[str, Expression]]] = {}
    for owner in {one.name for one in sending.arguments if isinstance(one, Name)}:
        calls = appended.get(owner, [])
        inside = [one for one in calls if around and holds(around[-1], one.span)]
        if not inside and (not around or len(owner) >= SHORTEST_NAME):
            inside = calls
        found[owner] = [
            (one.arguments[0].text, one.arguments[1])
            for one in inside
            if isinstance(one.arguments[0], Text)
        ]
    return found
