"""Reach of methods, as findings tell it."""

from __future__ import annotations

from collections.abc import Iterable

from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import REACH
from witnessmark.model.finding import Reach

ORDER = {"reached": 0, "unknown": 1, "unreached": 2, "outside": 3}
LONGEST_PATH = 200


def reach_of(facts: Facts, method: int) -> Reach:
    """Whether running code comes to ``method``, with a shortest path of readable signatures."""
    table = facts.table(REACH)
    if not 0 <= method < len(table):
        return Reach("unknown")
    state = str(table["state"][method])
    if state == "reached":
        return Reach("reached", _path(facts, method))
    return Reach("unreached" if state == "unreached" else "unknown")


def reach_unnamed(facts: Facts) -> Reach:
    """What may be said of something that no code names: unreached where running code was seen;
    unknown where none was, as what starts the app is elsewhere.
    """
    seen = bool((facts.table(REACH)["state"] == "reached").any())
    return Reach("unreached" if seen else "unknown")


def best_reach(facts: Facts, methods: Iterable[int]) -> Reach:
    """The reach of the method that is reached best: reached before unknown before unreached.

    Among reached methods the one with the fewest steps, then the lowest row, counts. Without
    methods the answer is unknown.
    """
    table = facts.table(REACH)
    known = sorted(
        {method for method in methods if 0 <= method < len(table)},
        key=lambda method: (
            ORDER.get(str(table["state"][method]), 3),
            int(table["steps"][method]),
            method,
        ),
    )
    return reach_of(facts, known[0]) if known else Reach("unknown")


def reach_of_class(facts: Facts, class_row: int) -> Reach:
    """The reach of the best reached method of a class that has code.

    A class without methods is unknown: constants and annotations are used without a call.
    """
    return best_reach(facts, facts.methods_of(class_row))


def _path(facts: Facts, method: int) -> tuple[str, ...]:
    via = facts.table(REACH)["via"]
    classes = facts.table(METHODS)
    steps: list[int] = []
    while 0 <= method < len(classes) and len(steps) < LONGEST_PATH and method not in steps:
        steps.append(method)
        method = int(via[method])
    return tuple(facts.method_signature(step) for step in reversed(steps))
