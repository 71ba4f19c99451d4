"""Names of classes and methods that code computes before it looks them up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import CALLS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Flags, Ints, ints
from witnessmark.flow.values.chosen import platform_methods, taking_text
from witnessmark.flow.values.code import Callee
from witnessmark.flow.values.machine import Machine
from witnessmark.flow.values.objects import ClassName, Text, Value
from witnessmark.flow.values.paths import Chain, FuelError
from witnessmark.flow.values.world import World

MOST_INSTRUCTIONS = 500_000
ROUNDS = 2
"""Calls through which a name may be passed to the look-up."""


class ComputedName(Struct, frozen=True, order=True):
    """A name that reaches the look-up ``call`` at ``pc`` of ``method``.

    ``owner`` is the descriptor of the class that is asked for a method of that name, empty for a
    class that is looked up by its name or where it is not known.
    """

    method: int
    pc: int
    call: int
    owner: str
    name: str


class _Listener(Struct):
    calls: frozenset[int]
    wanted: Flags
    names: set[ComputedName] = set()

    def called(
        self,
        _: Chain,
        place: tuple[int, int],
        call: int,
        __: Callee,
        given: Sequence[Value],
    ) -> None:
        """Keep the name that a look-up is given."""
        if call not in self.calls:
            return
        name = next((one for one in given if isinstance(one, Text)), None)
        if name is None or not name.whole:
            return
        first = given[0]
        owner = first.descriptor if isinstance(first, ClassName) else ""
        self.names.add(ComputedName(*place, call, owner, name.text))

    def wants(self, method: int) -> bool:
        """Whether a method looks something up, or calls one that does."""
        return bool(self.wanted[method])

    def starts(self, _: int) -> bool:
        """What others run is not followed for names of classes."""
        return False

    def opaque(self, _: Callee) -> bool:
        """Nothing is."""
        return False


def computed_names(facts: Facts, calls: Ints) -> tuple[ComputedName, ...]:
    """Names that reach the look-ups in rows ``calls``, constants among them.

    Interprets the methods that look up and those that hand them a text; bounded.
    """
    if not len(calls):
        return ()
    table = facts.table(CALLS)
    caller, callee = ints(table["method"]), ints(table["callee"])
    platform, takes = platform_methods(facts), taking_text(facts)
    looks = np.zeros(len(facts.table(METHODS)), dtype=bool)
    looks[caller[calls]] = True
    looks &= ~platform
    roots, passing = looks.copy(), looks & takes
    for _ in range(ROUNDS):
        above = np.zeros(len(looks), dtype=bool)
        above[caller[passing[callee]]] = True
        above &= ~platform
        roots |= above
        passing |= above & takes
    listener = _Listener(frozenset(calls.tolist()), roots)
    machine = Machine(facts.once(World), listener, again=False)
    for method in np.flatnonzero(roots).tolist():
        if machine.used >= MOST_INSTRUCTIONS:
            break
        try:
            machine.run(method)
        except FuelError:
            continue
    return tuple(sorted(listener.names))
