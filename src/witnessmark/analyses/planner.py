"""The planner: an order in which every table is written before it is read."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter

from witnessmark.analyses.contract import Analysis


def plan(analyses: Sequence[Analysis]) -> tuple[Analysis, ...]:
    """``analyses`` so that writers come before readers; ties keep the given order.

    ValueError when two analyses write one table or when they wait for each other.
    """
    writer: dict[str, Analysis] = {}
    for analysis in analyses:
        for schema in analysis.writes:
            if schema.name in writer:
                other = writer[schema.name].id
                raise ValueError(f"table {schema.name} is written by {other} and {analysis.id}")
            writer[schema.name] = analysis
    by_id = {analysis.id: analysis for analysis in analyses}
    position = {analysis.id: index for index, analysis in enumerate(analyses)}
    waits = {
        analysis.id: {writer[s.name].id for s in analysis.reads if s.name in writer} - {analysis.id}
        for analysis in analyses
    }
    sorter = TopologicalSorter(waits)
    try:
        sorter.prepare()
    except CycleError as error:
        raise ValueError(f"analyses wait for each other: {' -> '.join(error.args[1])}") from None
    order: list[Analysis] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=position.__getitem__)
        order.extend(by_id[name] for name in ready)
        sorter.done(*ready)
    return tuple(order)
