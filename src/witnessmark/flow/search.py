"""The search for reached methods: class hierarchy with the types that reached code creates.

Each round takes the methods reached last, all at once: what they call, create, touch and hand
over reaches the next. Every method, class and hub is expanded once, so the search is linear in
the rows of `Program`. What is reached does not depend on the order.

After D. F. Bacon and P. F. Sweeney, "Fast Static Analysis of C++ Virtual Function Calls"
(OOPSLA 1996), with callbacks from outside code as further calls.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from witnessmark.flow.graph import Flags, Ints, distinct
from witnessmark.flow.program import Program


class Seeds(Struct, frozen=True):
    """Where to start: methods, classes of which objects exist, hubs that are active."""

    methods: Ints
    nodes: Ints
    hubs: Ints


class Reached(Struct, frozen=True):
    """What a search has reached; ``by_declared`` are virtual targets taken by declared class
    because no object of a fitting class is ever created.
    """

    methods: Flags
    nodes: Flags
    hubs: Flags
    by_declared: Ints


class Search:
    """A search that can be continued from further seeds."""

    def __init__(self, program: Program, barred: Flags) -> None:
        """``barred`` classes are not created by mere mention of the class object."""
        self._program = program
        self._barred = barred
        self._methods = np.zeros(program.methods, dtype=bool)
        self._nodes = np.zeros(program.hierarchy.size, dtype=bool)
        self._hubs = np.zeros(program.dispatch.hubs, dtype=bool)
        self._by_declared = np.zeros(0, dtype=np.int64)

    def go_on(self, seeds: Seeds) -> Reached:
        """Reach everything from ``seeds`` and from what was reached before."""
        always = np.array([self._program.dispatch.always], dtype=np.int64)
        fresh = self._enter(seeds.methods, seeds.nodes, np.concatenate([seeds.hubs, always]))
        while len(fresh):
            while len(fresh):
                fresh = self._enter(*self._step(fresh))
            lonely = self._lonely()
            self._by_declared = np.concatenate([self._by_declared, lonely])
            none = lonely[:0]
            fresh = self._enter(self._program.resolved[lonely], none, none)
        return Reached(
            self._methods.copy(),
            self._nodes.copy(),
            self._hubs.copy(),
            distinct(self._by_declared),
        )

    def _step(self, fresh: Ints) -> tuple[Ints, Ints, Ints]:
        """Methods, classes and hubs that ``fresh`` methods lead to at once."""
        program = self._program
        _, sites = program.calls.by_method.expand(fresh)
        _, created = program.creates.by_method.expand(fresh)
        _, mentioned = program.mentions.by_method.expand(fresh)
        _, touched = program.touches.by_method.expand(fresh)
        _, named = program.reflected.by_method.expand(fresh)
        targets = program.target[sites]
        classes = program.mentions.what[mentioned]
        _, initialisers = program.initialisers.expand(program.touches.what[touched])
        hubs = program.hub[sites]
        return (
            np.concatenate([targets[targets >= 0], initialisers, program.reflected.what[named]]),
            np.concatenate([program.creates.what[created], classes[~self._barred[classes]]]),
            np.concatenate([
                hubs[hubs >= 0],
                program.hands.expand(distinct(program.calls.what[sites]))[1],
                program.gives.expand(fresh)[1],
                program.writes.expand(fresh)[1],
            ]),
        )  # fmt: skip

    def _enter(self, methods: Ints, nodes: Ints, hubs: Ints) -> Ints:
        """Mark what is new and return the methods that it makes new."""
        dispatch = self._program.dispatch
        nodes = _unmarked(nodes, self._nodes)
        hubs = _unmarked(hubs, self._hubs)
        self._nodes[nodes] = True
        self._hubs[hubs] = True
        _, by_node = dispatch.by_type.expand(nodes)
        _, by_hub = dispatch.by_hub.expand(hubs)
        by_node = by_node[self._hubs[dispatch.hub[by_node]]]
        by_hub = by_hub[self._nodes[dispatch.type[by_hub]]]
        found = [methods, dispatch.target[by_node], dispatch.target[by_hub]]
        _, initialisers = self._program.initialisers.expand(nodes)
        fresh = _unmarked(np.concatenate([*found, initialisers]), self._methods)
        self._methods[fresh] = True
        return fresh

    def _lonely(self) -> Ints:
        """Named methods that are called, run code of the app, and have no object to run it on."""
        program, dispatch = self._program, self._program.dispatch
        named = np.flatnonzero(self._hubs[: program.methods])
        named = named[program.resolved[named] >= 0]
        live = self._hubs[dispatch.hub] & self._nodes[dispatch.type]
        served = np.zeros(dispatch.hubs, dtype=bool)
        served[dispatch.hub[live]] = True
        named = named[~served[named]]
        return named[~self._methods[program.resolved[named]]]


def _unmarked(numbers: Ints, marks: Flags) -> Ints:
    """Distinct numbers without a mark, ascending."""
    return distinct(numbers[~marks[numbers]])
