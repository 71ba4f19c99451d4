"""Who runs a method, told more closely for tasks than calls alone tell.

A call that starts a task (``handler.post(task)``, ``new Thread(task)``) can by its type run any
task of the app. Who runs one task is told by the calls that are known to be given it
(`flow.posted`) and by the nearest class around it in which such a call stands; where there is
neither, by the code that makes the object, else by every such call.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.facts.view import Facts
from witnessmark.flow.call_lists import call_lists
from witnessmark.flow.dispatch import POSTED
from witnessmark.flow.tables import CALL_EDGES
from witnessmark.model.distinct import among

TASKS = (
    Member("java.lang.Runnable", "run"),
    Member("java.util.concurrent.Callable", "call"),
)
OF_OBJECT = (2, 3)
"""Kinds of `CALL_EDGES` from code that makes an object to what outside code runs of it."""


class Callers:
    """Callers in one app."""

    def __init__(self, app: Facts, names: CodeNames) -> None:
        self._app = app
        self._names = names
        self._lists = call_lists(app)

    def of(self, method: int) -> set[int]:
        """Methods that run ``method``; those that only make the object of a listener do not."""
        callers = self._lists.callers_landing_in(method) - {method}
        if method not in self._tasks or not callers:
            return callers
        posted = self._posters.get(method, set()) - {method}
        name = self._app.method_class(method)
        while name:
            near = {one for one in callers if self._is_inside(one, name)}
            if near:
                return near | posted
            name = name.rpartition("$")[0]
        return posted or callers & self._makers.get(method, set()) or callers

    def _is_inside(self, method: int, name: str) -> bool:
        owner = self._app.method_class(method)
        return owner == name or owner.startswith(f"{name}$")

    @cached_property
    def _tasks(self) -> frozenset[int]:
        return frozenset(self._names.overrides(TASKS))

    @cached_property
    def _makers(self) -> Mapping[int, set[int]]:
        """Methods that make the object of a task, by what is run of it."""
        return self._by_edges(OF_OBJECT)

    @cached_property
    def _posters(self) -> Mapping[int, set[int]]:
        """Methods with a call that is known to be given a task, by what is run of it."""
        return self._by_edges((POSTED,))

    def _by_edges(self, kinds: Collection[int]) -> Mapping[int, set[int]]:
        edges = self._app.table(CALL_EDGES)
        made = among(edges["kind"], [*kinds]) & among(edges["callee"], sorted(self._tasks))
        found: dict[int, set[int]] = defaultdict(set)
        for caller, callee in zip(
            edges["caller"][made].tolist(), edges["callee"][made].tolist(), strict=True
        ):
            found[callee].add(caller)
        return found
