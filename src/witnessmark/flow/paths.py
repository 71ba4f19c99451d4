"""Shortest paths from entry points to every reached method.

Methods, hubs of virtual calls and created classes are nodes of one graph, searched in order of
cost. A call, a callback and an initialiser cost 1. A virtual call that can land in more than
`WIDE` methods, and a call of what every object has (``toString`` and such), cost `FAR`, a call that
by its type alone can run any task costs `UNSURE`, so that a path through them is told only where
no plainer one exists: the code that makes the task comes before. Among equals the caller with the
smaller row, then the earlier place, wins: the same app always gives the same path.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from witnessmark.flow.dispatch import (
    DIRECT,
    INITIALISER,
    OBJECT,
    POSTED,
    REFLECTION,
    VIRTUAL,
)
from witnessmark.flow.graph import Flags, Ints, lists_of
from witnessmark.flow.posted import Posted
from witnessmark.flow.program import Program, Uses
from witnessmark.flow.search import Reached
from witnessmark.model.distinct import among, distinct_and_first

WIDE = 8
"""Methods in which a virtual call may land before it counts as far."""

FAR = 3
"""Cost of a far step."""

UNSURE = 100
"""Cost of a step from a call that can run any task to one of them."""


class Paths(Struct, frozen=True):
    """By row of ``methods``; -1 where nothing is known."""

    via: Ints
    pc: Ints
    kind: Ints
    entry: Ints
    steps: Ints


class _Steps(Struct, frozen=True):
    """Candidate steps into methods: target, the method before, place, kind."""

    target: Ints
    via: Ints
    pc: Ints
    kind: Ints

    def where(self, keep: Flags) -> _Steps:
        return _Steps(self.target[keep], self.via[keep], self.pc[keep], self.kind[keep])


NAMES = _Steps.__struct_fields__


class PathSearch:
    """One run; `find` may be called once."""

    def __init__(
        self, program: Program, reached: Reached, posted: Posted, roots: Ints, root_nodes: Ints
    ) -> None:
        """``roots`` are methods of entry points in order; ``root_nodes`` classes they belong to."""
        self._program = program
        self._posted = posted
        self._tasks = lists_of(posted.call, posted.target, len(program.calls.method))
        self._reached = reached
        self._roots = roots
        methods, hubs = program.methods, program.dispatch.hubs
        self._via, self._pc, self._kind, self._entry, self._steps = (
            np.full(methods, -1, dtype=np.int64) for _ in range(5)
        )
        self._hub_via, self._hub_pc = (np.full(hubs, -1, dtype=np.int64) for _ in range(2))
        nodes = program.hierarchy.size
        self._node_via, self._node_pc, self._node_kind = (
            np.full(nodes, -1, dtype=np.int64) for _ in range(3)
        )
        dispatch = program.dispatch
        self._is_root = np.zeros(nodes, dtype=bool)
        self._is_root[root_nodes] = True
        self._live = reached.hubs[dispatch.hub] & reached.nodes[dispatch.type]
        served = np.bincount(dispatch.hub[self._live], minlength=hubs)
        self._wide = served > WIDE
        self._pending: dict[int, list[_Steps]] = {}

    def find(self) -> Paths:
        """All paths; each node and edge is taken once."""
        roots, first = distinct_and_first(self._roots)
        nothing = np.full(len(roots), -1, dtype=np.int64)
        self._pending[0] = [_Steps(roots, nothing, nothing, np.full(len(roots), DIRECT))]
        self._entry[roots] = first
        self._steps[roots] = 0
        cost = 0
        while self._pending:
            if cost in self._pending:
                fresh = self._settle(self._pending.pop(cost), cost)
                self._leave(fresh, cost)
            cost += 1
        return Paths(self._via, self._pc, self._kind, self._entry, self._steps)

    def _settle(self, offers: list[_Steps], cost: int) -> Ints:
        """Accept the best offer for every method not yet accepted."""
        steps = _Steps(
            *(
                np.concatenate([getattr(o, name) for o in offers])
                for name in _Steps.__struct_fields__
            )
        )
        if cost:
            steps = steps.where(self._steps[steps.target] < 0)
        order = np.lexsort((steps.kind, steps.pc, steps.via, steps.target))
        steps = _Steps(*(getattr(steps, name)[order] for name in NAMES))
        first = np.ones(len(order), dtype=bool)
        first[1:] = steps.target[1:] != steps.target[:-1]
        steps = steps.where(first)
        if cost:
            self._via[steps.target], self._pc[steps.target] = steps.via, steps.pc
            self._kind[steps.target] = steps.kind
            self._entry[steps.target] = self._entry[steps.via]
            self._steps[steps.target] = self._steps[steps.via] + 1
        return steps.target

    def _leave(self, fresh: Ints, cost: int) -> None:
        """Offer steps out of methods just accepted."""
        program = self._program
        via, pc, target = _expand(program.calls, fresh, program.target)
        sure = target >= 0
        self._offer(cost + 1, target[sure], via[sure], pc[sure], DIRECT)
        via, pc, node = _expand(program.touches, fresh, program.touches.what)
        owners, initialisers = program.initialisers.expand(node)
        self._offer(cost + 1, initialisers, via[owners], pc[owners], INITIALISER)
        via, pc, named = _expand(program.reflected, fresh, program.reflected.what)
        self._offer(cost + 1, named, via, pc, REFLECTION)
        self._leave_by_hubs(fresh, cost)
        self._leave_by_nodes(fresh, cost)

    def _leave_by_hubs(self, fresh: Ints, cost: int) -> None:
        program, dispatch = self._program, self._program.dispatch
        via, pc, hub = _expand(program.calls, fresh, program.hub)
        _, sites = program.calls.by_method.expand(fresh)
        named = np.flatnonzero((hub >= 0) & ~self._posted.known[sites])
        owners, tasks = self._tasks.expand(sites)
        self._offer(cost + 1, tasks, via[owners], pc[owners], POSTED)
        owners, handed = program.hands.expand(program.calls.what[sites])
        hubs = np.concatenate([hub[named], handed])
        vias = np.concatenate([via[named], via[owners]])
        pcs = np.concatenate([pc[named], pc[owners]])
        hubs, vias, pcs = _best(hubs, vias, pcs, self._hub_via < 0)
        self._hub_via[hubs], self._hub_pc[hubs] = vias, pcs
        owners, rows = dispatch.by_hub.expand(hubs)
        use = self._live[rows]
        use &= (dispatch.hub[rows] < program.methods) | self._is_root[dispatch.type[rows]]
        owners, rows = owners[use], rows[use]
        unsure = self._posted.wide[rows]
        far = self._wide[hubs[owners]] & (dispatch.hub[rows] < program.methods) & ~unsure
        for cost_of, chosen in ((1, ~far & ~unsure), (FAR, far), (UNSURE, unsure)):
            self._offer(
                cost + cost_of,
                dispatch.target[rows[chosen]],
                vias[owners[chosen]],
                pcs[owners[chosen]],
                dispatch.kind[rows[chosen]],
            )
        lonely = among(hubs, self._reached.by_declared)
        self._offer(cost + 1, program.resolved[hubs[lonely]], vias[lonely], pcs[lonely], VIRTUAL)

    def _leave_by_nodes(self, fresh: Ints, cost: int) -> None:
        program, dispatch = self._program, self._program.dispatch
        parts = [_expand(uses, fresh, uses.what) for uses in (program.creates, program.mentions)]
        kinds = [np.full(len(parts[0][0]), -1), np.full(len(parts[1][0]), REFLECTION)]
        via, pc, node = (np.concatenate(column) for column in zip(*parts, strict=True))
        kind = np.concatenate(kinds)
        created = self._reached.nodes[node]
        via, pc, node, kind = via[created], pc[created], node[created], kind[created]
        first, vias, pcs = _best(node, via, pc, self._node_via < 0)
        self._node_via[first], self._node_pc[first] = vias, pcs
        mentioned = np.full(program.hierarchy.size, True)
        mentioned[node[kind < 0]] = False
        owners, rows = dispatch.by_type.expand(first)
        use = self._live[rows] & (dispatch.hub[rows] >= program.methods)
        owners, rows = owners[use], rows[use]
        kinds_of = np.where(mentioned[first[owners]], REFLECTION, dispatch.kind[rows])
        far = dispatch.declared[rows] == program.hierarchy.nodes.get(OBJECT, -2)
        for cost_of, chosen in ((1, ~far), (FAR, far)):
            at = owners[chosen]
            targets = dispatch.target[rows[chosen]]
            self._offer(cost + cost_of, targets, vias[at], pcs[at], kinds_of[chosen])
        owners, initialisers = program.initialisers.expand(first)
        self._offer(cost + 1, initialisers, vias[owners], pcs[owners], INITIALISER)

    def _offer(self, cost: int, target: Ints, via: Ints, pc: Ints, kind: Ints | int) -> None:
        keep = (self._steps[target] < 0) & self._reached.methods[target]
        if keep.any():
            kinds = np.broadcast_to(np.asarray(kind, dtype=np.int64), target.shape)
            steps = _Steps(target, via, pc, kinds).where(keep)
            self._pending.setdefault(cost, []).append(steps)


def _expand(uses: Uses, methods: Ints, what: Ints) -> tuple[Ints, Ints, Ints]:
    """Method, place and meaning of all uses in ``methods``."""
    owners, rows = uses.by_method.expand(methods)
    return methods[owners], uses.pc[rows], what[rows]


def _best(keys: Ints, via: Ints, pc: Ints, open_keys: Flags) -> tuple[Ints, Ints, Ints]:
    """For each key still open, the least (via, pc)."""
    keep = open_keys[keys]
    keys, via, pc = keys[keep], via[keep], pc[keep]
    order = np.lexsort((pc, via, keys))
    keys, via, pc = keys[order], via[order], pc[order]
    first = np.ones(len(keys), dtype=bool)
    first[1:] = keys[1:] != keys[:-1]
    return keys[first], via[first], pc[first]
