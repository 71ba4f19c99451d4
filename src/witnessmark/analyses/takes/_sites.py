"""Places where an app comes to what the pack ``apis`` knows, as rows of one table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.picked_files import PICKED, STORES, PickedFiles
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.analyses.takes._queries import find_wrappers
from witnessmark.analyses.takes._texts import TextPlace, text_places
from witnessmark.facts.tables.code import CALLS, METHODS, PROTO_PARAMETERS, PROTOS
from witnessmark.facts.tables.manifest import COMPONENTS, INTENT_FILTERS
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.origins import Call, CallResult, Constant, FieldRead, Origin, Origins
from witnessmark.flow.straight import static_constants
from witnessmark.knowledge.packs.apis import Api

NUMBERS = (0x12, 0x13, 0x14)
"""Opcodes that load a whole number."""

URI_TYPE = "Landroid/net/Uri;"


class Site(Struct, frozen=True):
    """One row of `API_SITES`, with the entry instead of its id; ``derived`` is the row of
    ``derived_texts`` that a text stands in when it is no constant, -1 for none.
    """

    api: Api
    how: str
    action: str
    method: int = -1
    pc: int = -1
    string: int = -1
    call: int = -1
    filter_row: int = -1
    derived: int = -1

    def values(self) -> tuple[str | int, ...]:
        """The row."""
        return (
            self.api.id, self.how, self.action, self.method, self.pc, self.string,
            self.call, self.filter_row,
        )  # fmt: skip


Constants = Callable[[Sequence[int]], Mapping[int, Mapping[int, str]]]
"""Constant arguments of rows of ``calls``: row to position to text."""


def find_sites(
    app: Facts,
    names: CodeNames,
    apis: Sequence[Api],
    constants: Constants,
    uses: Uses | None = None,
) -> tuple[Site, ...]:
    """All sites, ordered by method, place and entry; those of the manifest come first."""
    if uses is None:
        uses = Uses(app, names, [api for api in apis if api.kind == "use"])
    sites = [
        *_called(app, names, [api for api in apis if api.kind == "method"], constants),
        *_overridden(names, [api for api in apis if api.kind == "callback"]),
        *_read_fields(app, names, [api for api in apis if api.kind == "field"], uses),
        *_put(app, names, [api for api in apis if api.kind == "put"]),
        *_texts(app, apis, uses),
        *_declared(app, apis),
    ]
    told = dict.fromkeys(one for site in sites for one in _of_picked(app, site, apis))
    return tuple(sorted(told, key=lambda s: (s.method, s.pc, s.api.id, s.action, s.filter_row)))


def _of_picked(app: Facts, site: Site, apis: Sequence[Api]) -> Iterator[Site]:
    """The site, or the file that the user picked where it names a store for that alone."""
    picked = app.once(PickedFiles)
    names_store = site.api.categories and STORES.issuperset(site.api.categories)
    if not names_store or site.how not in ("text", "field") or site.method not in picked.methods:
        yield site
        return
    call = picked.asked.get(site.method, -1)
    for api in apis:
        if api.id == PICKED and call >= 0:
            pc = int(app.table(CALLS)["pc"][call])
            yield Site(api, "call", api.action, site.method, pc, call=call)


def owner_of(app: Facts, method: int) -> str:
    """Whose code a method is: ``own``, ``other``, ``platform`` or the id of a known library."""
    row = int(app.table(METHODS)["class"][method]) if method >= 0 else -1
    return owner_of_class(app, row)


def owner_of_class(app: Facts, row: int) -> str:
    """The same of a row of ``classes``; ``own`` for no row."""
    table = app.table(SDK_CLASSES)
    if not 0 <= row < len(table):
        return "own"
    return str(table["sdk"][row]) or str(table["ownership"][row])


def _members(apis: Sequence[Api]) -> Mapping[Member, list[Api]]:
    found: dict[Member, list[Api]] = defaultdict(list)
    for api in apis:
        for name in api.members:
            found[Member(api.owner, name)].append(api)
    return found


def _named(app: Facts, names: CodeNames, apis: Sequence[Api]) -> Mapping[int, tuple[Api, ...]]:
    """Entries by the method rows that they mean."""
    found: dict[int, list[Api]] = defaultdict(list)
    for below in (False, True):
        wanted = _members([api for api in apis if api.subclasses == below])
        for row, members in names.methods(wanted, below=below).items():
            for member in members:
                found[row] += [
                    api for api in wanted[member]
                    if not api.parameters or api.parameters == _parameters(app, row)
                ]  # fmt: skip
    return {row: tuple(entries) for row, entries in found.items() if entries}


def _parameters(app: Facts, method: int) -> str:
    protos, proto = app.table(PROTOS), int(app.table(METHODS)["proto"][method])
    first, count = int(protos["first_parameter"][proto]), int(protos["parameters"][proto])
    types = app.table(PROTO_PARAMETERS)["type"][first : first + count]
    return "".join(app.descriptor(int(one)) for one in types)


def _called(
    app: Facts, names: CodeNames, apis: Sequence[Api], constants: Constants
) -> Iterator[Site]:
    meant = _named(app, names, apis)
    calls = list(names.calls(meant))
    asked = [c.row for c in calls if any(api.argument for api in meant[c.callee])]
    passed = constants(asked) if asked else {}
    for call in calls:
        given = passed.get(call.row, {})
        for api in meant[call.callee]:
            if not api.argument or any(_is_passed(text, given) for text in api.argument):
                yield Site(api, "call", api.action, call.method, call.pc, call=call.row)


def _is_passed(argument: str, given: Mapping[int, str]) -> bool:
    position, _, value = argument.partition("=")
    return given.get(int(position)) == value


def _overridden(names: CodeNames, apis: Sequence[Api]) -> Iterator[Site]:
    wanted = _members(apis)
    for row, members in names.overrides(wanted).items():
        for api in dict.fromkeys(api for member in members for api in wanted[member]):
            yield Site(api, "override", api.action, row)


def _read_fields(app: Facts, names: CodeNames, apis: Sequence[Api], uses: Uses) -> Iterator[Site]:
    wanted = _members(apis)
    meant = names.fields(wanted)
    for method, pc, field in names.field_reads(meant):
        address = app.field_signature(field).endswith(f":{URI_TYPE}")
        for api in dict.fromkeys(api for member in meant[field] for api in wanted[member]):
            site = Site(api, "field", api.action, method, pc)
            yield uses.completed(site, "uri") if address else site


def _put(app: Facts, names: CodeNames, apis: Sequence[Api]) -> Iterator[Site]:
    """Constants that code loads where it makes an object or writes one of its fields."""
    wanted = _members(apis)
    meant: dict[int, set[Member]] = defaultdict(set)
    for field, members in names.fields(wanted).items():
        for method in names.field_writers([field]):
            meant[method].update(members)
    called = names.methods(wanted, below=False)
    for call in names.calls(called):
        meant[call.method].update(called[call.callee])
    for method in sorted(meant):
        code = CodeReader(app).read(method)
        for api in dict.fromkeys(api for one in sorted(meant[method]) for api in wanted[one]):
            for one in code.instructions if code is not None else ():
                if one.opcode in NUMBERS and str(one.literal) in api.argument:
                    yield Site(api, "put", api.action, method, one.pc)


def _texts(app: Facts, apis: Sequence[Api], uses: Uses) -> Iterator[Site]:
    for place in text_places(app, apis):
        site = _text_site(place)
        if place.api.kind == "text":
            yield replace(site, action=place.api.action)
            continue
        completed = uses.completed(site, place.api.kind)
        if completed.action != "names" or not (place.api.needs_use or place.api.kind == "action"):
            yield completed


def _text_site(place: TextPlace) -> Site:
    return Site(
        place.api, "text", "names", place.method, place.pc, place.string, derived=place.derived
    )


def _declared(app: Facts, apis: Sequence[Api]) -> Iterator[Site]:
    """Broadcasts that components of the manifest wait for."""
    watched = {
        text: api for api in apis if api.kind == "action" and api.action == "watch"
        for text in api.text
    }  # fmt: skip
    components = app.table(COMPONENTS)
    filters = app.table(INTENT_FILTERS)
    for row, (component, part, value) in enumerate(filters.rows("component", "part", "value")):
        api = watched.get(value) if part == "action" else None
        if api is not None and components["kind"][component] in ("receiver", "service", "activity"):
            yield Site(api, "manifest", "watch", filter_row=row)


class Uses:
    """What methods do with the constants that they name.

    ``wrappers`` are methods of the app that hand an address on to what does it.
    """

    def __init__(self, app: Facts, names: CodeNames, apis: Sequence[Api]) -> None:
        meant = {**_named(app, names, apis)}
        self.wrappers = find_wrappers(app, names, meant)
        meant.update((row, (one.api,)) for row, one in self.wrappers.items())
        self._meant = meant
        self._app = app
        self._handed: dict[int, dict[int, set[int]]] = {}
        self._by_method: dict[int, list[tuple[int, int, tuple[Api, ...]]]] = defaultdict(list)
        for call in names.calls(meant):
            self._by_method[call.method].append((call.pc, call.row, meant[call.callee]))

    def completed(self, site: Site, kind: str) -> Site:
        """The site with the first fitting use behind it in the same method, else ``names``.

        A broadcast that is registered for is *watched*; any other intent is sent. Of several uses
        of addresses the one that is given this one counts, where that is seen.
        """
        fitting = [
            one for one in self._behind(site.method, site.pc, kind) if _fits(site.api, one[1])
        ]
        if kind == "uri" and len({row for row, _ in fitting}) > 1:
            given = self._given(site.method, site.pc)
            fitting = [one for one in fitting if one[0] in given] or fitting
        for row, api in fitting:
            action = api.action if kind in ("uri", "file") else site.api.action
            return replace(site, action=action, call=row)
        return replace(site, action="names")

    def _given(self, method: int, pc: int) -> set[int]:
        """Calls of a method that are given what is loaded at a place."""
        if method not in self._handed:
            code = CodeReader(self._app).read(method)
            found = self._handed[method] = defaultdict[int, set[int]](set)
            constants = static_constants(self._app)
            for event in Origins(self._app, code, constants).events() if code is not None else ():
                if isinstance(event, Call):
                    for place in {at for one in event.arguments for at in _places(one)}:
                        found[place].add(event.row)
        return self._handed[method].get(pc, set())

    def after(self, method: int, pc: int, kind: str) -> tuple[str, int]:
        """What is first done behind a place with a constant of that kind, and the call; ``names``
        and -1 for nothing.
        """
        for row, api in self._behind(method, pc, kind):
            return api.action, row
        return "names", -1

    def action(self, callee: int, kind: str) -> str:
        """What a call of the method ``callee`` does with a text of that kind."""
        for api in self._meant.get(callee, ()):
            if kind in api.of:
                return api.action
        return "names"

    def _behind(self, method: int, pc: int, kind: str) -> Iterator[tuple[int, Api]]:
        for at, row, apis in sorted(self._by_method.get(method, ()), key=lambda u: u[:2]):
            if at > pc:
                yield from ((row, api) for api in apis if kind in api.of)


def _fits(api: Api, use: Api) -> bool:
    return api.kind != "action" or (api.action == "watch") == (use.action == "watch")


def _places(value: Origin) -> Iterator[int]:
    """Where the constants and fields are loaded that a value is made of."""
    if isinstance(value, Constant | FieldRead):
        yield value.pc
    elif isinstance(value, CallResult):
        for one in value.arguments:
            yield from _places(one)
