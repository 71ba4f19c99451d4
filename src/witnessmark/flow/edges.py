"""Tables of the call graph, from what a search has reached."""

from __future__ import annotations

import numpy as np

from witnessmark.flow.dispatch import (
    DIRECT,
    INITIALISER,
    OBJECT,
    POSTED,
    REFLECTION,
    VIRTUAL,
)
from witnessmark.flow.graph import Ints
from witnessmark.flow.posted import Posted
from witnessmark.flow.program import Program, Uses
from witnessmark.flow.search import Reached
from witnessmark.flow.tables import CALL_EDGES, DISPATCHES
from witnessmark.model.table import DTYPES, Table, TableSchema


def dispatches_table(program: Program, reached: Reached) -> Table:
    """Methods in which named virtual calls can land."""
    dispatch = program.dispatch
    live = reached.hubs[dispatch.hub] & reached.nodes[dispatch.type]
    live &= dispatch.hub < program.methods
    named = np.concatenate([dispatch.hub[live], reached.by_declared])
    target = np.concatenate([dispatch.target[live], program.resolved[reached.by_declared]])
    kind = np.concatenate([dispatch.kind[live], np.full(len(reached.by_declared), VIRTUAL)])
    return _distinct(DISPATCHES, (named, target, kind))


def edges_table(program: Program, reached: Reached, posted: Posted) -> Table:
    """Edges between reached methods, ordered by caller and place."""
    served = np.zeros(program.dispatch.hubs, dtype=bool)
    dispatch = program.dispatch
    live = reached.hubs[dispatch.hub] & reached.nodes[dispatch.type]
    served[dispatch.hub[live]] = True
    served[reached.by_declared] = True
    calls = program.calls
    inside = reached.methods[calls.method]
    sure = inside & (program.target >= 0)
    drawn = inside & (program.hub >= 0) & served[program.hub] & ~posted.known
    ran = reached.methods[posted.target]
    sites, tasks = posted.call[ran], posted.target[ran]
    parts = [
        _part(calls.method[sure], calls.pc[sure], program.target[sure], DIRECT),
        _part(calls.method[drawn], calls.pc[drawn], program.hub[drawn], VIRTUAL),
        _part(calls.method[sites], calls.pc[sites], tasks, POSTED),
        _initialiser_edges(program, reached),
        _reflected_edges(program, reached),
        *_callback_edges(program, reached),
    ]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return _distinct(CALL_EDGES, (columns[0], columns[1], columns[2], columns[3]))


def _part(caller: Ints, pc: Ints, callee: Ints, kind: Ints | int) -> tuple[Ints, Ints, Ints, Ints]:
    return caller, pc, callee, np.broadcast_to(np.asarray(kind, dtype=np.int64), caller.shape)


def _initialiser_edges(program: Program, reached: Reached) -> tuple[Ints, Ints, Ints, Ints]:
    touches = program.touches
    rows = np.flatnonzero(reached.methods[touches.method])
    owners, found = program.initialisers.expand(touches.what[rows])
    return _part(touches.method[rows][owners], touches.pc[rows][owners], found, INITIALISER)


def _reflected_edges(program: Program, reached: Reached) -> tuple[Ints, Ints, Ints, Ints]:
    named = program.reflected
    rows = np.flatnonzero(reached.methods[named.method])
    return _part(named.method[rows], named.pc[rows], named.what[rows], REFLECTION)


def _callback_edges(program: Program, reached: Reached) -> list[tuple[Ints, Ints, Ints, Ints]]:
    """From the first place in a method that creates a class to the callbacks of that class.

    What every object has (methods of ``Object``) is left to `DISPATCHES`.
    """
    dispatch = program.dispatch
    root = program.hierarchy.nodes.get(OBJECT, -2)
    live = reached.hubs[dispatch.hub] & reached.nodes[dispatch.type]
    live &= (dispatch.hub >= program.methods) & (dispatch.declared != root)
    parts = []
    for uses, kind in ((program.creates, None), (program.mentions, REFLECTION)):
        caller, pc, node = _first_in_method(uses, reached)
        owners, rows = dispatch.by_type.expand(node)
        keep = live[rows] & reached.nodes[node[owners]]
        owners, rows = owners[keep], rows[keep]
        kinds = dispatch.kind[rows] if kind is None else kind
        parts.append(_part(caller[owners], pc[owners], dispatch.target[rows], kinds))
    return parts


def _first_in_method(uses: Uses, reached: Reached) -> tuple[Ints, Ints, Ints]:
    rows = np.flatnonzero(reached.methods[uses.method])
    method, pc, what = uses.method[rows], uses.pc[rows], uses.what[rows]
    order = np.lexsort((pc, what, method))
    method, pc, what = method[order], pc[order], what[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (method[1:] != method[:-1]) | (what[1:] != what[:-1])
    return method[first], pc[first], what[first]


def _distinct(schema: TableSchema, columns: tuple[Ints, ...]) -> Table:
    """The rows in order, each once."""
    order = np.lexsort(columns[::-1])
    columns = tuple(column[order] for column in columns)
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return Table(
        schema,
        {
            column.name: values[fresh].astype(DTYPES[column.type])
            for column, values in zip(schema.columns, columns, strict=True)
        },
    )
