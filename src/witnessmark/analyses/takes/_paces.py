"""How often tasks run that code hands to a timer: the interval where task and timer meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.intervals import interval_seconds
from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.tables import CALL_EDGES
from witnessmark.knowledge.packs.triggers import Trigger
from witnessmark.model.distinct import among

TO_TASKS = (2, 3, 6)
"""Kinds of `CALL_EDGES` from code that creates an object, or has it run, to what is run of it."""

TASK = "run"


def task_intervals(
    app: Facts, names: CodeNames, triggers: Sequence[Trigger]
) -> Mapping[int, float]:
    """Seconds by the method of a task.

    Told where a method creates or hands over the task and makes calls that repeat work with one
    constant interval among them; nothing where intervals differ.
    """
    placed = _intervals(app, names, triggers)
    edges = app.table(CALL_EDGES)
    kinds = among(edges["kind"], TO_TASKS)
    rows = np.flatnonzero(kinds & among(edges["caller"], np.asarray(sorted(placed), "i4")))
    found: dict[int, set[float]] = defaultdict(set)
    for row in rows.tolist():
        task = int(edges["callee"][row])
        if app.method_name(task) == TASK:
            found[task].update(placed[int(edges["caller"][row])])
    return {task: min(every) for task, every in found.items() if len(every) == 1}


def _intervals(
    app: Facts, names: CodeNames, triggers: Sequence[Trigger]
) -> Mapping[int, set[float]]:
    """Intervals of the calls that take a task, by the method that makes them; -1: not constant."""
    meant: dict[int, list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        if trigger.takes_task:
            wanted = [_member(name) for name in trigger.calls]
            for row in names.methods(wanted, below=trigger.below):
                meant[row].append(trigger)
    calls = app.table(CALLS)
    rows = [call for row in meant for call in app.calls_of(row)]
    given: dict[int, dict[int, tuple[str, str]]] = defaultdict(dict)
    table = constant_arguments(app, rows)
    for call, position, kind, text in table.rows("call", "position", "kind", "text"):
        given[call][position] = (kind, text)
    found: dict[int, set[float]] = defaultdict(set)
    for row in rows:
        for trigger in meant[int(calls["callee"][row])]:
            found[int(calls["method"][row])].add(interval_seconds(trigger, given[row]))
    return {method: every for method, every in found.items() if min(every) > 0}


def _member(name: str) -> Member:
    owner, _, member = name.rpartition(".")
    return Member(owner, member)
