"""What queries ask for: columns that are requested, and those that are looked up in the answer.

A query is a call of the platform's, or of a method of the app's own that hands its address on to
one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.ownership import arrays_outside_libraries, not_of_libraries
from witnessmark.facts.tables.code import CALLS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.call_lists import call_lists
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.origins import Call, Origin, Origins, Parameter
from witnessmark.flow.straight import static_constants
from witnessmark.knowledge.packs.apis import Api

URI_TYPE, TEXTS_TYPE = "Landroid/net/Uri;", "[Ljava/lang/String;"
CURSOR_TYPE = "Landroid/database/Cursor;"
NONE = -1
END = 1 << 31
MOST = 40

Constants = Mapping[int, Mapping[int, str]]


class Wrapper(Struct, frozen=True):
    """A method of the app that hands its address on to what ``api`` is; ``columns`` is where it is
    given those that it requests, -1 where it is not.
    """

    api: Api
    columns: int


def find_wrappers(
    app: Facts, names: CodeNames, meant: Mapping[int, Sequence[Api]]
) -> Mapping[int, Wrapper]:
    """Methods of the app that are such, by their row; ``meant`` are the platform's own."""
    own, reader, constants = not_of_libraries(app), CodeReader(app), static_constants(app)
    asked = {row for row, apis in meant.items() if any("uri" in api.of for api in apis)}
    found: dict[int, Wrapper] = {}
    for method in sorted({call.method for call in names.calls(asked)}):
        code = reader.read(method) if own[method] else None
        if code is None or URI_TYPE not in app.parameter_types(method):
            continue
        for event in Origins(app, code, constants).events():
            if isinstance(event, Call) and event.callee in asked and _is_given(event, URI_TYPE):
                api = next(api for api in meant[event.callee] if "uri" in api.of)
                found.setdefault(method, Wrapper(api, _position(event.arguments, TEXTS_TYPE)))
    return found


def _is_given(call: Call, kind: str) -> bool:
    return _position(call.arguments, kind) != NONE


def _position(given: Sequence[Origin], kind: str) -> int:
    """The position of the first parameter of a type that is handed on, -1 for none."""
    handed = [one for one in given if isinstance(one, Parameter) and one.type == kind]
    return handed[0].position if handed else NONE


class Queries:
    """Columns of one app's queries."""

    def __init__(
        self, app: Facts, names: CodeNames, wrappers: Mapping[int, Wrapper], roles: CallRoles
    ) -> None:
        self._app = app
        self._names = names
        self._wrappers = wrappers
        self._roles = roles
        self._loader_names = tuple(
            owner.rpartition(".")[2] for owner in sorted(roles.owners("loader"))
        )

    def is_query(self, callee: int) -> bool:
        """Whether a call asks a store for records."""
        return callee in self._wrappers or self.at(callee) != NONE

    def at(self, callee: int) -> int:
        """Where a call has the columns that it requests, -1 for what is no query."""
        if callee in self._wrappers:
            return self._wrappers[callee].columns
        name = self._app.method_name(callee)
        if self._is_loader(callee):
            return self._roles.position("loader", name)
        return self._roles.position("query", name)

    def _is_loader(self, callee: int) -> bool:
        """Whether a method is of a class that queries by itself, or of one that is called so."""
        return self._app.method_class(callee).endswith(self._loader_names)

    def requested(self, call: int, given: Mapping[int, str]) -> list[str]:
        """Columns that a call requests, as far as they are constant."""
        text = given.get(self.at(int(self._app.table(CALLS)["callee"][call])), "")
        if text.startswith("["):
            return [one for one in json.loads(text) if isinstance(one, str)]
        return list(self._arrays.get(text, ()))

    @cached_property
    def _arrays(self) -> Mapping[str, Sequence[str]]:
        """Elements of arrays of texts that fields keep, by the field's signature."""
        found: dict[str, list[str]] = defaultdict(list)
        for field, string in arrays_outside_libraries(self._app).rows("field", "string"):
            if field >= 0 and string >= 0:
                found[self._app.field_signature(field)].append(self._app.string(string))
        return found

    def looked_up(self, call: int, lookups: Mapping[int, Sequence[tuple[int, str]]]) -> list[str]:
        """Columns that are looked up after a query and before the method's next one, there and in
        methods that are given the answer; of a loader, where the answer comes in.
        """
        calls = self._app.table(CALLS)
        method, pc = int(calls["method"][call]), int(calls["pc"][call])
        callee = int(calls["callee"][call])
        if self._is_loader(callee):
            return self._loaded(method, lookups)
        end = min((at for at in self._queries.get(method, ()) if at > pc), default=END)
        found = [name for at, name in lookups.get(method, ()) if pc < at < end]
        return found + self._handed(method, pc, end, lookups)

    def _handed(
        self, method: int, start: int, end: int, lookups: Mapping[int, Sequence[tuple[int, str]]]
    ) -> list[str]:
        """Columns that methods look up which are given an answer between two places."""
        sites = call_lists(self._app).sites.of(method)
        return [
            name
            for pc, callee in self._app.table(CALLS).rows_at(sites, "pc", "callee")
            if start < pc < end and CURSOR_TYPE in self._app.parameter_types(callee)
            for _, name in lookups.get(callee, ())
        ]

    def _loaded(self, method: int, lookups: Mapping[int, Sequence[tuple[int, str]]]) -> list[str]:
        """Columns that a class looks up where its loader answers, if it makes no other loader."""
        owner = int(self._app.table(METHODS)["class"][method])
        if owner < 0 or self._loaders.get(owner, 0) != 1:
            return []
        found: list[str] = []
        for one in self._app.methods_of(owner):
            if self._app.method_name(one) in self._roles.names("loaded"):
                found += [name for _, name in lookups.get(one, ())]
                found += self._handed(one, NONE, END, lookups)
        return found

    @cached_property
    def _loaders(self) -> Mapping[int, int]:
        """How many loaders the code of each class makes."""
        owners, found = self._app.table(METHODS)["class"], defaultdict[int, int](int)
        for call in self._names.calls(self._names.named("<init>")):
            if self._is_loader(call.callee):
                found[int(owners[call.method])] += 1
        return found

    @cached_property
    def _queries(self) -> Mapping[int, list[int]]:
        """Places of queries by method."""
        found: dict[int, list[int]] = defaultdict(list)
        for call in self._calls_of_queries():
            found[call[0]].append(call[1])
        return found

    def _calls_of_queries(self) -> Iterator[tuple[int, int]]:
        asking = sorted(self._roles.names("query"))
        named = [row for name in asking for row in self._names.named(name)]
        for call in self._names.calls({*named, *self._wrappers}):
            yield call.method, call.pc
