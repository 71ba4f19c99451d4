"""Who calls whom, as lists by method, made once an app and shared by all analyses that ask."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from witnessmark.facts.tables.code import CALLS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.dispatch import CALLBACK
from witnessmark.flow.graph import Lists, distinct_pairs, ints, lists_of
from witnessmark.flow.tables import CALL_EDGES, DISPATCHES
from witnessmark.model.table import TableSchema


class CallLists:
    """Call sites, edges of reached code, and where virtual calls land; each list ascends.

    For apps whose tables hold those of `flow.build`. Lists are made when first asked for, near
    linear in their tables.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._methods = len(facts.table(METHODS))

    @cached_property
    def sites(self) -> Lists:
        """Rows of ``calls`` by the method in which they stand."""
        return self._rows(CALLS, "method")

    @cached_property
    def callers(self) -> Lists:
        """Methods with a call site, once for each, by the method that it names."""
        calls = self._facts.table(CALLS)
        return lists_of(ints(calls["callee"]), ints(calls["method"]), self._methods)

    @cached_property
    def edges(self) -> Lists:
        """Rows of ``call_edges`` by caller."""
        return self._rows(CALL_EDGES, "caller")

    @cached_property
    def lands(self) -> Lists:
        """Methods in which a virtual call can land, by the one that it names."""
        return self._dispatched("named", "target")

    @cached_property
    def names(self) -> Lists:
        """Methods as virtual calls name them, by one in which such a call can land."""
        return self._dispatched("target", "named")

    @cached_property
    def _edge_callers(self) -> Lists:
        table = self._facts.table(CALL_EDGES)
        calls = table["kind"] != CALLBACK
        callee, caller = ints(table["callee"])[calls], ints(table["caller"])[calls]
        return lists_of(callee, caller, self._methods)

    def callers_landing_in(self, method: int) -> set[int]:
        """Methods with an edge that ends in ``method``: those of what is named follow to where
        they can land. Who makes a listener does not call it: when it is called is another matter.
        """
        named = self.names.of(method).tolist()
        if not len(self.lands.of(method)):
            named.append(method)
        return {caller for one in named for caller in self._edge_callers.of(one).tolist()}

    def _rows(self, schema: TableSchema, column: str) -> Lists:
        keys = ints(self._facts.table(schema)[column])
        return lists_of(keys, np.arange(len(keys), dtype=np.int64), self._methods)

    def _dispatched(self, key: str, item: str) -> Lists:
        table = self._facts.table(DISPATCHES)
        pairs = distinct_pairs(ints(table[key]), ints(table[item]), self._methods)
        return lists_of(*pairs, self._methods)


def call_lists(facts: Facts) -> CallLists:
    """The lists of an app."""
    return facts.once(CallLists)
