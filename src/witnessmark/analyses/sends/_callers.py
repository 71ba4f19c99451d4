"""Who can call a method, as far as names, classes and what starts threads and tasks tell."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from witnessmark.facts.tables.code import CALLS, METHODS, PROTOS, TYPE_USES, TYPES
from witnessmark.facts.view import Facts
from witnessmark.flow.call_lists import call_lists
from witnessmark.flow.graph import Flags, Ints, Lists, distinct, ints, lists_of, spread
from witnessmark.flow.hierarchy import build_hierarchy
from witnessmark.flow.names import method_names
from witnessmark.knowledge.framework import framework_model
from witnessmark.model.distinct import among

NEW_INSTANCE = 0x22
SUPER_CALLS = (0x6F, 0x75)
"""Opcodes of calls of the method above."""

BRIDGE = 0x40
MOST_ALIKE = 64
"""Methods of one name and prototype among which the hierarchy is asked; ``run`` has thousands."""


class Callers:
    """The callers of methods of one app; asked for many methods at once, as arrays."""

    def __init__(self, app: Facts) -> None:
        self._app = app
        self._lists = call_lists(app)
        self._hierarchy = app.once(build_hierarchy, framework_model())
        methods = app.table(METHODS)
        self._owners = ints(methods["class_type"])
        self._outside = methods["class"] < 0
        self._passes_on = (methods["access"] & BRIDGE) != 0

    def of(self, method: int) -> list[int]:
        """Methods with a call that can land in ``method``, ascending; those that compilers add to
        pass a call on are left out.

        Of what a thread, task or handler runs those are meant that create its object: what calls
        any such object (a queue, a pool) has nothing to tell of this one.
        """
        methods = np.array([method], dtype=np.int64)
        creators = self._creators.expand(self._owners[methods])[1]
        if self._is_started[method] and len(creators):
            direct = self._lists.callers.expand(methods)[1]
            calling = distinct(np.concatenate([direct, creators]))
            found = calling[~self._passes_on[calling]]
        else:
            found = self._calling(methods)
        callers: list[int] = found[found != method].tolist()
        return callers

    def leading_to(self, methods: Iterable[int], rounds: int) -> frozenset[int]:
        """``methods`` and all from which calls lead to one of them, in so many steps."""
        fresh = np.array(sorted(set(methods)), dtype=np.int64)
        found = np.zeros(len(self._owners), dtype=np.bool_)
        found[fresh] = True
        for _ in range(rounds):
            fresh = self._calling(fresh)
            fresh = fresh[~found[fresh]]
            if not len(fresh):
                break
            found[fresh] = True
        return frozenset(np.flatnonzero(found).tolist())

    def _calling(self, methods: Ints) -> Ints:
        """Methods with a call that can land in one of ``methods``, ascending."""
        exact, above = self._named(methods)
        found = [self._lists.callers.expand(exact)[1], self._virtual.expand(above)[1]]
        started = methods[self._is_started[methods]]
        found.append(self._creators.expand(self._owners[started])[1])
        callers: Ints = distinct(np.concatenate(found))
        seen: Ints = callers[~self._passes_on[callers]]
        return seen

    def _named(self, methods: Ints) -> tuple[Ints, Ints]:
        """Rows by which calls can mean one of ``methods``: itself and those that name it through a
        class below its own; those it overrides, by which a call of ``super`` does not mean it. Of
        names that many classes have only those count that a call was seen to land by.
        """
        shapes, order = self._shapes
        shape = self._shape_of(methods)
        first, end = np.searchsorted(shapes, shape), np.searchsorted(shapes, shape, side="right")
        few = end - first <= MOST_ALIKE
        which, places = spread(first[few], end[few])
        alike, meant = order[places], methods[few][which]
        own, owner = self._owners[meant], self._owners[alike]
        above = self._is_below(own, owner)
        inherits = self._outside[alike] & self._is_below(owner, own)
        exact = distinct(np.concatenate((methods, alike[inherits])))
        overridden = np.concatenate((self._lists.names.expand(methods)[1], alike[above]))
        return exact, distinct(overridden)

    @cached_property
    def _virtual(self) -> Lists:
        """Methods with a call site that can land in an override, by the method that it names."""
        calls = self._app.table(CALLS)
        chosen = ~among(calls["opcode"], SUPER_CALLS)
        callee, method = ints(calls["callee"])[chosen], ints(calls["method"])[chosen]
        return lists_of(callee, method, len(self._owners))

    def _is_below(self, types: Ints, above: Ints) -> Flags:
        """Whether each type is, extends or implements the one beside it."""
        pairs, wanted = self._pairs, types * self._hierarchy.size + above
        at = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
        found: Flags = pairs[at] == wanted
        return found

    @cached_property
    def _pairs(self) -> Ints:
        """Types and what stands above them, as one number each, ascending."""
        above = self._hierarchy.above
        types = np.repeat(np.arange(self._hierarchy.size, dtype=np.int64), np.diff(above.start))
        return types * self._hierarchy.size + above.items

    def _shape_of(self, rows: Ints | slice) -> Ints:
        """Name and prototype of methods as one number."""
        table = self._app.table(METHODS)
        return ints(table["name"][rows]) * len(self._app.table(PROTOS)) + ints(table["proto"][rows])

    @cached_property
    def _shapes(self) -> tuple[Ints, Ints]:
        """Shapes of all methods, ascending, and the methods in that order."""
        shapes = self._shape_of(slice(None))
        order = np.argsort(shapes, kind="stable")
        return shapes[order], order

    @cached_property
    def _is_started(self) -> Flags:
        """Methods by whose name outside code runs what a thread, task or handler does."""
        names = method_names(self._app)
        runs = sorted({rule.runs.encode() for rule in framework_model().implicit_calls})
        found: Flags = among(names.of_method, [names.ids.get(name, -1) for name in runs])
        return found

    @cached_property
    def _creators(self) -> Lists:
        """Methods that create an object, by its type."""
        uses = self._app.table(TYPE_USES)
        rows = np.flatnonzero(uses["opcode"] == NEW_INSTANCE)
        types, methods = ints(uses["type"])[rows], ints(uses["method"])[rows]
        return lists_of(types, methods, len(self._app.table(TYPES)))
