"""Who can call a method, as far as names, classes and what starts threads and tasks tell."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from witnessmark.analyses.code_names import CodeNames
from witnessmark.facts.tables.code import METHODS, PROTOS, TYPE_USES, TYPES
from witnessmark.facts.view import Facts
from witnessmark.flow.call_lists import call_lists
from witnessmark.flow.graph import Ints, Lists, ints, lists_of
from witnessmark.knowledge.framework import framework_model

NEW_INSTANCE = 0x22
BRIDGE = 0x40
MOST_ALIKE = 64
"""Methods of one name and prototype among which the hierarchy is asked; ``run`` has thousands."""


class Callers:
    """The callers of methods of one app."""

    def __init__(self, app: Facts, names: CodeNames) -> None:
        self._app = app
        self._names = names
        methods = app.table(METHODS)
        self._lists = call_lists(app)
        self._owners = methods["class_type"].tolist()
        self._defined = methods["class"].tolist()
        self._access = methods["access"].tolist()
        self._started = {rule.runs for rule in framework_model().implicit_calls}

    def of(self, method: int) -> list[int]:
        """Methods with a call that can land in ``method``, ascending; those that compilers add to
        pass a call on are left out.
        """
        found: set[int] = set()
        for named in self.named(method):
            found.update(self._lists.callers.of(named).tolist())
        if self._app.method_name(method) in self._started:
            found.update(self._creators.of(self._owners[method]).tolist())
        access = self._access
        return sorted(one for one in found if one != method and not access[one] & BRIDGE)

    def named(self, method: int) -> list[int]:
        """Rows of ``methods`` by which calls can mean ``method``: its own, those it overrides, and
        those that name it through a class below its own; of names that many classes have only
        those that a call was seen to land by.
        """
        alike = self._alike(method)
        found = {method, *self._lists.names.of(method).tolist()}
        if len(alike) <= MOST_ALIKE:
            own = self._app.descriptor(self._owners[method])
            above = self._names.above(own)
            found.update(row for row in alike if self._means(row, own, above))
        return sorted(found)

    def _means(self, row: int, own: str, above: frozenset[str]) -> bool:
        owner = self._app.descriptor(self._owners[row])
        inherits = self._defined[row] < 0 and own in self._names.above(owner)
        return inherits or owner in above

    @cached_property
    def _shapes(self) -> tuple[Ints, Ints]:
        """Name and prototype of methods as one number, ascending, and the methods in that order."""
        table = self._app.table(METHODS)
        shapes = ints(table["name"]) * len(self._app.table(PROTOS)) + table["proto"]
        order = np.argsort(shapes, kind="stable")
        return shapes[order], order

    def _alike(self, method: int) -> list[int]:
        """Methods of the same name and prototype, itself included."""
        table = self._app.table(METHODS)
        shape = int(table["name"][method]) * len(self._app.table(PROTOS))
        shape += int(table["proto"][method])
        shapes, order = self._shapes
        found: list[int] = order[slice(*np.searchsorted(shapes, [shape, shape + 1]))].tolist()
        return found

    @cached_property
    def _creators(self) -> Lists:
        """Methods that create an object, by its type."""
        uses = self._app.table(TYPE_USES)
        rows = np.flatnonzero(uses["opcode"] == NEW_INSTANCE)
        types, methods = ints(uses["type"])[rows], ints(uses["method"])[rows]
        return lists_of(types, methods, len(self._app.table(TYPES)))

    def leading_to(self, methods: Iterable[int], rounds: int) -> frozenset[int]:
        """``methods`` and all from which calls lead to one of them, in so many steps."""
        found = set(methods)
        fresh = sorted(found)
        for _ in range(rounds):
            fresh = sorted({caller for one in fresh for caller in self.of(one)} - found)
            if not fresh:
                break
            found.update(fresh)
        return frozenset(found)
