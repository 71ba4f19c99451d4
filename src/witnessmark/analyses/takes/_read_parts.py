"""What of a store or record is read: columns of queries, parts of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.takes._queries import Queries
from witnessmark.analyses.takes._sites import Constants, Site
from witnessmark.facts.tables.code import CALLS, FIELD_USES, METHODS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.record_parts import RecordParts

READS = (*range(0x52, 0x59), *range(0x60, 0x67))
GETTERS = ("get", "is", "has")
NOT_PARTS = frozenset({"getClass", "hashCode", "get", "getResources"})
MOST = 40


class ReadParts:
    """Columns and parts of one app's reads."""

    def __init__(
        self,
        app: Facts,
        names: CodeNames,
        constants: Constants,
        records: Sequence[RecordParts],
        queries: Queries,
        roles: CallRoles,
    ) -> None:
        self._app = app
        self._names = names
        self._constants = constants
        self._queries = queries
        self._columns = sorted(roles.names("column"))
        self._records = {one.id: frozenset(one.classes) for one in records}

    def columns(self, sites: Sequence[Site]) -> list[str]:
        """Columns that queries at these sites ask for or look up, as far as they are constant."""
        callees = self._app.table(CALLS)["callee"]
        calls = [site for site in sites if site.how in ("text", "field") and site.call >= 0]
        rows = [site.call for site in calls if self._queries.is_query(int(callees[site.call]))]
        found: dict[str, None] = {}
        given = self._constants(rows) if rows else {}
        for row in rows:
            found.update(dict.fromkeys(self._queries.requested(row, given.get(row, {}))))
        for row in rows:
            found.update(dict.fromkeys(self._queries.looked_up(row, self._lookups)))
        return list(found)[:MOST]

    @cached_property
    def _lookups(self) -> Mapping[int, list[tuple[int, str]]]:
        """Place and name of each column that is looked up, by method."""
        calls = self._app.table(CALLS)
        rows = sorted(
            call for name in self._columns for one in self._names.named(name)
            for call in self._app.calls_of(one)
        )  # fmt: skip
        found: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for row, given in self._constants(rows).items() if rows else ():
            if given.get(0):
                found[int(calls["method"][row])].append((int(calls["pc"][row]), given[0]))
        return {method: sorted(listed) for method, listed in found.items()}

    def parts(self, sites: Sequence[Site]) -> list[str]:
        """Parts of the records that the sites give, read in the same method, else in its class."""
        classes = self._records.get(sites[0].api.id)
        if not classes:
            return []
        methods = sorted({site.method for site in sites if site.method >= 0})
        found = self._parts_in(methods, classes)
        if not found:
            owners = self._app.table(METHODS)["class"]
            rows = sorted({int(owners[method]) for method in methods} - {-1})
            near = [one for row in rows for one in self._app.methods_of(row)]
            found = self._parts_in(near, classes)
        return found[:MOST]

    def _parts_in(self, methods: Sequence[int], classes: frozenset[str]) -> list[str]:
        app, found = self._app, dict[str, None]()
        fields, calls = app.table(FIELD_USES), app.table(CALLS)
        for method in methods:
            for row in _of_method(fields["method"], method):
                if int(fields["opcode"][row]) in READS:
                    owner, _, rest = app.field_signature(int(fields["field"][row])).partition("->")
                    if owner[1:-1].replace("/", ".") in classes:
                        found.setdefault(rest.partition(":")[0])
            for row in _of_method(calls["method"], method):
                callee = int(calls["callee"][row])
                name = app.method_name(callee)
                if app.method_class(callee) in classes and _is_part(name):
                    found.setdefault(name)
        return list(found)


def _is_part(name: str) -> bool:
    return name.startswith(GETTERS) and name not in NOT_PARTS


def _of_method(column: Any, method: int) -> range:
    first, last = column.searchsorted(method), column.searchsorted(method, side="right")
    return range(int(first), int(last))
