"""Permissions: what the app may do, where it does it, and what it asks for in vain.

What it finds
    Every permission that the manifest asks for, with the places that use it; permissions that
    no known place uses; ways to data whose permission the app does not ask for; permissions
    that the app defines itself.

Why it matters
    A permission is what the app claims from its user. One that is asked for and not used, or
    used by a library alone, is a question to the maker; one that is used without being asked
    for shows code that was written for more than this app admits.

How it decides
    The manifest is read; the knowledge pack ``permissions`` says what a permission opens and who
    grants it. The table `api_sites`, filled by takes/device_data, says where code does what
    needs it; of several permissions that would serve, each one that the app asks for counts as
    used. A request at run time counts when a method names the permission and calls one of the
    methods that ask the user. A missing permission is told only for code outside the platform's
    own libraries.

What it misses
    Uses by reflection, native code, other processes or later downloads; ways that the pack
    ``apis`` does not list. *Unused* therefore means: no known use was found.

Example
    ``<uses-permission android:name="android.permission.READ_SMS"/>``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.manifest import app_value
from witnessmark.analyses.tables import API_SITES, SDK_CLASSES
from witnessmark.analyses.takes._permits import Permits
from witnessmark.analyses.takes._unasked import why_unasked
from witnessmark.facts.tables.code import CALLS, METHODS, STRING_USES, STRINGS
from witnessmark.facts.tables.manifest import (
    COMPONENTS,
    INTENT_FILTERS,
    PERMISSIONS,
    XML_ATTRIBUTES,
    XML_NODES,
)
from witnessmark.facts.view import Facts
from witnessmark.flow.names import string_bytes
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.framework import android_version
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.apis import PERMISSION_PREFIX, Api
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.knowledge.packs.permissions import HOW_GRANTED
from witnessmark.knowledge.packs.permissions import Permission as Known
from witnessmark.model.distinct import among
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach, ReachState
from witnessmark.model.location import ReadsAs
from witnessmark.model.table import Table

PERMISSION = Analysis(
    id="takes/permission",
    version=1,
    reads=(
        API_SITES, CALLS, COMPONENTS, INTENT_FILTERS, METHODS, PERMISSIONS, REACH, SDK_CLASSES,
        XML_ATTRIBUTES, XML_NODES,
        STRING_USES, STRINGS, XML_ATTRIBUTES,
    ),
    knows=("apis", "people", "permissions"),
)  # fmt: skip

MOST_QUOTED = 6
GUARDED = frozenset({
    "application", "activity", "activity-alias", "service", "receiver", "provider",
    "path-permission",
})  # fmt: skip
"""Elements of the manifest that may ask callers for a permission."""

"""Places of use that a finding quotes; more are counted."""

ASKED = ("uses", "uses_sdk_23", "implied")
"""Kinds of rows that give a permission, the plainest first."""

UNSEEN: Mapping[ReachState, str] = {
    "unreached": " No code that runs was seen to come there.",
    "unknown": " Whether code that runs comes there is not known.",
}
"""What stands behind the count of places of use."""

REQUEST = "permission.request."
"""Ids of the entries of ``apis`` that ask the user for permissions begin so."""


class Use(Struct, frozen=True):
    """A place that does what a permission is for, or with ``seen`` false names what it opens.

    ``method`` is -1 for one in the manifest.
    """

    api: Api
    method: int
    call: int
    pc: int
    filter_row: int
    action: str

    @property
    def seen(self) -> bool:
        """Whether something is done there."""
        return self.action != "names"


@PERMISSION.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding for each permission asked for, missing or defined."""
    apis = {api.id: api for api in know.entries("apis", Api)}
    teller = _Teller(app, know, _uses(app, apis), _requests(app, apis))
    table = app.table(PERMISSIONS)
    kinds: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row, (kind, name) in enumerate(table.rows("kind", "name")):
        kinds[str(name)].append((str(kind), row))
    for name in sorted(kinds):
        asked = [row for wanted in ASKED for kind, row in kinds[name] if kind == wanted]
        if name and asked:
            yield teller.asked(asked[0], name)
        yield from (teller.defined(row, name) for kind, row in kinds[name] if kind == "defines")
    yield from teller.missing(apis)


def _uses(app: Facts, apis: Mapping[str, Api]) -> Sequence[Use]:
    """Sites outside the platform's own libraries."""
    owners, classes = app.table(SDK_CLASSES), app.table(METHODS)["class"]
    found: list[Use] = []
    columns = ("api", "action", "method", "call", "pc", "filter_row")
    for name, action, method, call, pc, filter_row in app.table(API_SITES).rows(*columns):
        row = int(classes[method]) if method >= 0 else -1
        platform = 0 <= row < len(owners) and owners["ownership"][row] == "platform"
        if not platform:
            found.append(Use(apis[name], method, call, pc, filter_row, action))
    return found


def _requests(app: Facts, apis: Mapping[str, Api]) -> Mapping[str, Sequence[tuple[int, int, int]]]:
    """Method, place and string by permission, where a method that asks the user names it."""
    sites = app.table(API_SITES)
    asking = {m for name, m in sites.rows("api", "method") if name.startswith(REQUEST)}
    uses = app.table(STRING_USES)
    rows = np.flatnonzero(among(uses["method"], np.asarray(sorted(asking), dtype=np.int64)))
    texts = string_bytes(app, uses["string"][rows].astype(np.int64))
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for row, text in zip(rows.tolist(), texts, strict=True):
        if b".permission." in text:
            place = (int(uses["method"][row]), int(uses["pc"][row]), int(uses["string"][row]))
            found[text.decode("utf-8", "replace")].append(place)
    return found


class _Teller:
    """Words permissions as findings."""

    def __init__(
        self,
        app: Facts,
        know: Knowledge,
        uses: Sequence[Use],
        requests: Mapping[str, Sequence[tuple[int, int, int]]],
    ) -> None:
        self._app = app
        self._known = {one.id: one for one in know.entries("permissions", Known)}
        self._categories: Mapping[str, Category] = by_term(know.entries("people", Category))
        self._requests = requests
        self._uses: dict[str, list[Use]] = defaultdict(list)
        self._by_api: dict[str, list[Use]] = defaultdict(list)
        for use in uses:
            self._by_api[use.api.id].append(use)
            for one in use.api.needed(use.action):
                self._uses[one.name].append(use)
        self._opened = {
            one.name
            for api in know.entries("apis", Api)
            for action in ("read", "write")
            for one in api.needed(action)
        }

    def asked(self, row: int, name: str) -> Finding:
        """A permission that the manifest asks for."""
        table, known, uses = self._app.table(PERMISSIONS), self._known.get(name), self._uses[name]
        requests = self._requests.get(name, ())
        state = self._state(name, uses)
        maximum = int(table["max_sdk"][row])
        implied = bool(table["kind"][row] == "implied")
        subject = {
            "permission": name,
            "opens": known.says if known else "",
            "level": known.level if known else "unknown",
            "granted": HOW_GRANTED[known.base_level if known else "unknown"],
            "state": state,
            "used_by": sorted({use.api.id for use in uses}),
            "places": len(uses),
            "requested_at_run_time": len(requests),
            "implied": implied,
            "max_sdk": maximum,
            "from_sdk_23_only": table["kind"][row] == "uses_sdk_23",
        }
        return Finding(
            kind="takes.permission",
            subject=subject,
            says=_says(self._asked(name, known, implied=implied), state, len(uses), implied=implied)
            + self._unseen(uses, state),
            evidence=(
                self._quoted(row, _stated(str(table["kind"][row]), name)),
                *(self._use(use) for use in uses[:MOST_QUOTED]),
                *(self._request(name, place) for place in requests[:MOST_QUOTED]),
            ),
            strength="read",
            reach=self._reach(uses),
            categories=known.categories if known else (),
            special=self._special(known),
            about="user" if known and known.categories else "unknown",
            limits=self._limits(state, maximum),
            identity=f"asked {name}",
        )

    def _asked(self, name: str, known: Known | None, *, implied: bool) -> str:
        opens = f" ({known.says[:1].lower()}{known.says[1:]})" if known else ""
        short = name.removeprefix(PERMISSION_PREFIX)
        if not implied:
            return f"The app asks for the permission {short}{opens}"
        since = known.since if known else ""
        return why_unasked(self._app, name, int(since) if since.isdecimal() else 1, opens)

    def _state(self, name: str, uses: Sequence[Use]) -> str:
        if uses:
            return "used" if any(use.seen for use in uses) else "named"
        return "unused" if name in self._opened else "not_known"

    def defined(self, row: int, name: str) -> Finding:
        """A permission that the app brings itself."""
        level = str(self._app.table(PERMISSIONS)["protection"][row]) or "normal"
        own = name.startswith(app_value(self._app, "package"))
        return Finding(
            kind="takes.permission",
            subject={"permission": name, "state": "defined", "level": level, "own_name": own},
            says=f"The app defines the permission {name} ({level}){self._for_what(name)}.",
            evidence=(self._quoted(row, f"the manifest defines {name}"),),
            strength="read",
            identity=f"defined {name}",
        )

    def _for_what(self, name: str) -> str:
        """What a permission of the app's own guards, as far as the manifest tells."""
        nodes, attributes = self._app.table(XML_NODES), self._app.table(XML_ATTRIBUTES)
        for node, attribute, value in attributes.rows("node", "name", "value"):
            element = str(nodes["name"][node])
            if value == name and attribute.lower().endswith("permission") and element in GUARDED:
                return ", by which it decides which other apps may use its parts"
        return "; no part that the manifest declares asks others for it"

    def missing(self, apis: Mapping[str, Api]) -> Iterator[Finding]:
        """Ways that are used and not asked for; none where no manifest tells what is."""
        permits = Permits(self._app)
        if not permits.known:
            return
        found: dict[tuple[str, ...], list[Use]] = defaultdict(list)
        for api in apis.values():
            for action in sorted({use.action for use in self._by_api[api.id]}):
                need = permits.need(api, action)
                if need.names and not need.held and not _binds(need.names):
                    found[need.names] += [
                        use
                        for use in self._by_api[api.id]
                        if use.action == action and use.seen and use.method >= 0
                    ]
        for names in sorted(found):
            if found[names]:
                yield self._missed(names, found[names])

    def _missed(self, names: tuple[str, ...], uses: Sequence[Use]) -> Finding:
        known = self._known.get(names[0])
        return Finding(
            kind="takes.permission",
            subject={
                "permission": names[0],
                "any_of": list(names),
                "state": "missing",
                "used_by": sorted({use.api.id for use in uses}),
                "places": len(uses),
            },
            says=f"Code does what needs {' or '.join(names)}, which the app does not ask for: "
            f"it {'; it '.join(sorted({use.api.doing(use.action) for use in uses}))}."
            f"{UNSEEN.get(self._reach(uses).state, '')}",
            evidence=tuple(self._use(use) for use in uses[:MOST_QUOTED]),
            strength="derived",
            reach=self._reach(uses),
            categories=known.categories if known else (),
            special=self._special(known),
            about="user" if known and known.categories else "unknown",
            limits=("Without the permission the system refuses; another version may ask for it.",),
            identity=f"missing {' '.join(names)}",
        )

    def _unseen(self, uses: Sequence[Use], state: str) -> str:
        """What must be said of places of use in code; those of the manifest are no code."""
        in_code = any(use.method >= 0 for use in uses)
        return UNSEEN.get(self._reach(uses).state, "") if state == "used" and in_code else ""

    def _special(self, known: Known | None) -> bool:
        return known is not None and any_special(known.categories, self._categories)

    def _reach(self, uses: Sequence[Use]) -> Reach:
        methods = sorted({use.method for use in uses if use.method >= 0})
        return best_reach(self._app, methods) if methods else Reach("unknown")

    def _quoted(self, row: int, says: str) -> Evidence:
        app, table = self._app, self._app.table(PERMISSIONS)
        attribute = int(table["attribute"][row])
        if attribute >= 0:
            values = app.table(XML_ATTRIBUTES)
            return _span(app, says, values, attribute, values["reads_as"][attribute])
        return _span(app, says, table, row, "hex")

    def _use(self, use: Use) -> Evidence:
        app = self._app
        if use.method < 0:
            return self._declared(use)
        if use.call >= 0:
            callee = int(app.table(CALLS)["callee"][use.call])
            pc = int(app.table(CALLS)["pc"][use.call])
            return app.quote_instruction(f"calls {app.method_signature(callee)}", use.method, pc)
        says = f"{use.api.says} in {app.method_signature(use.method)}"
        return app.quote_instruction(says, use.method, max(use.pc, 0), 2)

    def _declared(self, use: Use) -> Evidence:
        table = self._app.table(INTENT_FILTERS)
        component = int(table["component"][use.filter_row])
        name = self._app.table(COMPONENTS)["class_name"][component]
        says = f"{name} is declared to wait for {table['value'][use.filter_row]}"
        return _span(self._app, says, table, use.filter_row, "hex")

    def _request(self, name: str, place: tuple[int, int, int]) -> Evidence:
        method, pc, string = place
        where = self._app.method_signature(method)
        return self._app.quote_string(
            f"the user is asked for {name}", string, {"method": where, "pc": pc}
        )

    @staticmethod
    def _limits(state: str, maximum: int) -> tuple[str, ...]:
        limits = []
        if state == "unused":
            limits.append(
                "Reflection, native code, code loaded later and ways that are not known here "
                "could use it all the same."
            )
        if state == "not_known":
            limits.append("Which calls need this permission is not known here.")
        if maximum:
            limits.append(f"It is asked for only up to Android {android_version(maximum)}.")
        return tuple(limits)


def _span(app: Facts, says: str, table: Table, row: int, reads_as: ReadsAs) -> Evidence:
    artifact, offset, length = (int(table[one][row]) for one in ("artifact", "offset", "length"))
    return app.quote(says, artifact, offset, length, reads_as)


def _stated(kind: str, name: str) -> str:
    if kind == "implied":
        return f"the system adds {name} for an app that asks for what this manifest asks for"
    return f"the manifest asks for {name}"


def _says(asked: str, state: str, places: int, *, implied: bool) -> str:
    if state == "used":
        uses = "; the app uses" if implied else " and uses"
        return f"{asked}{uses} it in {places} place{'' if places == 1 else 's'}."
    if state == "named":
        return f"{asked}; code names what it opens, but no use of that was seen."
    if state == "unused":
        return f"{asked}; no known use of it was found."
    return f"{asked}."


def _binds(names: Sequence[str]) -> bool:
    """Whether these permissions are no app's to ask for, as the platform holds them to bind
    services that they guard: code that needs such a service can do nothing in an app without it.
    """
    return all(name.rpartition(".")[2].startswith("BIND_") for name in names)
