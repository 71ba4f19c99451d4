"""Flows as rows of a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from witnessmark.flow.taint.results import FoundFlow
from witnessmark.flow.taint.tables import FLOWS
from witnessmark.model.table import Table

MOST_STEPS = 60
"""Steps of one flow that are told; of longer ones the first and the last."""

MOST_RECIPIENTS = 12


def flows_table(found: Iterable[FoundFlow]) -> Table:
    """The table `FLOWS` of what was found, in the order given."""
    return Table.from_rows(FLOWS, map(_row, found))


def _row(flow: FoundFlow) -> tuple[Any, ...]:
    source, sink = flow.source, flow.sink
    return (
        source.cites,
        source.kind,
        json.dumps(source.categories),
        source.about,
        source.says,
        source.owner,
        source.member,
        source.method,
        source.pc,
        sink.cites,
        sink.channel,
        sink.says,
        sink.owner,
        sink.member,
        sink.method,
        sink.pc,
        json.dumps(sorted(set(flow.to))[:MOST_RECIPIENTS], ensure_ascii=False),
        source.implicit,
        json.dumps(list(_steps(flow)), ensure_ascii=False),
        json.dumps(flow.chain),
    )


def _steps(flow: FoundFlow) -> Iterator[dict[str, Any]]:
    steps = flow.steps()
    if len(steps) > MOST_STEPS:
        half = MOST_STEPS // 2
        steps = [*steps[:half], *steps[-half:]]
    for one in steps:
        yield {"method": one.method, "pc": one.pc, "moves": one.moves}
