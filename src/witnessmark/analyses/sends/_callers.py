"""Who can call a method, as far as names, classes and what starts threads and tasks tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from witnessmark.analyses.code_names import CodeNames
from witnessmark.facts.tables.code import CALLS, METHODS, TYPE_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Lists, ints, lists_of
from witnessmark.flow.tables import DISPATCHES
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
        calls, methods = app.table(CALLS), app.table(METHODS)
        self._by_callee = lists_of(ints(calls["callee"]), ints(calls["method"]), len(methods))
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
            found.update(self._by_callee.of(named).tolist())
        if self._app.method_name(method) in self._started:
            found.update(self._creators.get(self._owners[method], ()))
        access = self._access
        return sorted(one for one in found if one != method and not access[one] & BRIDGE)

    def named(self, method: int) -> list[int]:
        """Rows of ``methods`` by which calls can mean ``method``: its own, those it overrides, and
        those that name it through a class below its own; of names that many classes have only
        those that a call was seen to land by.
        """
        table = self._app.table(METHODS)
        shape = (int(table["name"][method]), int(table["proto"][method]))
        alike = self._by_shape.get(shape, ())
        found = {method, *self._dispatched.get(method, ())}
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
    def _dispatched(self) -> Mapping[int, set[int]]:
        """Methods as calls name them, by the method in which such a call can land."""
        found: dict[int, set[int]] = defaultdict(set)
        for named, target in self._app.table(DISPATCHES).rows("named", "target"):
            found[target].add(named)
        return found

    @cached_property
    def _by_shape(self) -> Mapping[tuple[int, int], list[int]]:
        table = self._app.table(METHODS)
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for row, shape in enumerate(
            zip(table["name"].tolist(), table["proto"].tolist(), strict=True)
        ):
            found[shape].append(row)
        return found

    @cached_property
    def _creators(self) -> Mapping[int, set[int]]:
        """Methods that create an object, by its type."""
        uses = self._app.table(TYPE_USES)
        found: dict[int, set[int]] = defaultdict(set)
        for row in np.flatnonzero(uses["opcode"] == NEW_INSTANCE).tolist():
            found[int(uses["type"][row])].add(int(uses["method"][row]))
        return found

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


__all__ = ["Callers", "Lists"]
