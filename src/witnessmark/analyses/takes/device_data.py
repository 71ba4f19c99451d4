"""Device data: what the app reads from the device and its surroundings.

What it finds
    Calls, fields, overridden callbacks, content addresses, files, shell commands and broadcasts
    that give data about people or their devices: identifiers, position, contacts, messages,
    calls, apps, networks around, sensors, camera, microphone, screen, files and more. One
    finding for each way and each thing done with it.

Why it matters
    This is where data about the holder of the device, and about the people whom the holder
    knows, enters the app. What the app sends or keeps later begins here.

How it decides
    The knowledge pack ``apis`` names the ways. A call counts when code names the method through
    its class, or through a subclass where that is how it is called; some count only with a
    constant argument, such as the key ``android_id``. A callback counts when a class of the app
    overrides it. A constant address, path or command counts together with the first call behind
    it in the same method that uses such constants, and says whether it is read, written,
    deleted or watched (*derived*), also through a method of the app that hands its address on;
    alone it is only *indicated*. A broadcast counts when a
    component of the manifest waits for it or code registers for it. `sdk_classes` tells whose
    code it is. Code of the platform's own libraries is told only where it can run and the app
    asks for the permission that it needs. On what occasions (a button, a screen, a timer, an
    arriving message) is told by following calls backwards to the nearest method that pack
    ``occasions`` knows.

What it misses
    Ways that the pack does not know; calls by reflection or from native code; constants that
    are decrypted, downloaded or joined from pieces; constants that another method passes on.

Example
    ``TelephonyManager.getDeviceId()``; ``query(Uri.parse("content://sms/inbox"), ...)``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from witnessmark.analyses.call_roles import call_roles
from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis, Row, Yield
from witnessmark.analyses.picture_loaders import opens_what_is_given
from witnessmark.analyses.tables import API_SITES, SDK_CLASSES
from witnessmark.analyses.takes._occasions import Occasions, Told
from witnessmark.analyses.takes._paces import task_intervals
from witnessmark.analyses.takes._permits import Need, Permits
from witnessmark.analyses.takes._queries import Queries
from witnessmark.analyses.takes._read_parts import ReadParts
from witnessmark.analyses.takes._shells import Shells
from witnessmark.analyses.takes._sites import Site, Uses, find_sites, owner_of, owner_of_class
from witnessmark.facts.tables.code import (
    CALLS,
    CLASSES,
    FIELD_USES,
    FIELDS,
    METHODS,
    STATIC_VALUES,
    STRING_USES,
    STRINGS,
    TRY_HANDLERS,
    TYPE_USES,
)  # fmt: skip
from witnessmark.facts.tables.manifest import COMPONENTS, INTENT_FILTERS, PERMISSIONS
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import CALL_EDGES, DISPATCHES, ENTRY_POINTS, REACH
from witnessmark.flow.values.evidence import derived_evidence
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.apis import PERMISSION_PREFIX, Api, NeededPermission
from witnessmark.knowledge.packs.occasions import Occasion
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.knowledge.packs.picture_loaders import PictureLoader
from witnessmark.knowledge.packs.record_parts import RecordParts
from witnessmark.knowledge.packs.triggers import Trigger
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach, Strength

DEVICE_DATA = Analysis(
    id="takes/device_data",
    version=2,
    reads=(
        CALLS, CLASSES, COMPONENTS, FIELD_USES, INTENT_FILTERS, METHODS, PERMISSIONS, REACH,
        SDK_CLASSES, STATIC_VALUES, STRING_USES, STRINGS, DERIVED_TEXTS, CALL_EDGES, DISPATCHES,
        ENTRY_POINTS, FIELDS, TRY_HANDLERS, TYPE_USES,
    ),
    writes=(API_SITES,),
    knows=(
        "apis", "call_roles", "occasions", "people", "picture_loaders", "record_parts", "triggers",
    ),
)  # fmt: skip

MOST_QUOTED = 12
"""Places that a finding quotes; more are counted."""

PLATFORM = ("android.", "java.", "javax.")
PERMISSION = "android.permission."
ACCESSIBILITY = "BIND_ACCESSIBILITY_SERVICE"
DRIVES_OTHERS = "Landroid/app/UiAutomation;"
"""A class by which a test sees and works other apps."""

MOST_PARTS = 6
"""Columns or parts that a sentence names."""

MOST_OCCASIONS = 3
"""Occasions that a sentence names."""


@DEVICE_DATA.run
def find(app: Facts, know: Knowledge) -> Iterator[Yield]:
    """Yield the sites as rows, then one finding for each way and action."""
    bound = _bound(app)
    apis = [one for one in know.entries("apis", Api) if not one.service or one.service in bound]
    names = CodeNames(app, framework_model())
    uses = Uses(app, names, [one for one in apis if one.kind == "use"])
    loaders = know.entries("picture_loaders", PictureLoader)
    sites = [
        site
        for site in find_sites(app, names, apis, lambda rows: _constants(app, rows), uses)
        if not opens_what_is_given(app, loaders, site.method, site.api.categories)
    ]
    yield from (Row(API_SITES, site.values()) for site in sites)
    intervals = task_intervals(app, names, know.entries("triggers", Trigger))
    occasions = Occasions(
        app, names, know.entries("occasions", Occasion), intervals, call_roles(know)
    )
    records = know.entries("record_parts", RecordParts)
    queries = Queries(app, names, uses.wrappers, call_roles(know))
    read = ReadParts(
        app, names, lambda rows: _constants(app, rows), records, queries, call_roles(know)
    )
    teller = _Teller(
        app,
        by_term(know.entries("people", Category)),
        occasions,
        read,
        Shells(app, names, call_roles(know)),
    )
    grouped: dict[tuple[str, str], list[Site]] = defaultdict(list)
    for site in sites:
        if site.api.what:
            grouped[site.api.id, site.action].append(site)
    used = {api for api, action in grouped if action != "names"}
    for key in sorted(grouped):
        if key[1] == "names" and key[0] in used:
            continue
        yield from teller.findings(grouped[key])


def _bound(app: Facts) -> frozenset[str]:
    """Permissions that guard services of the app; what a test drives is open to it without one."""
    guarding = {str(one).removeprefix(PERMISSION) for one in app.table(COMPONENTS)["permission"]}
    if app.type_by_descriptor(DRIVES_OTHERS) >= 0:
        guarding.add(ACCESSIBILITY)
    return frozenset(guarding)


def _constants(app: Facts, rows: Sequence[int]) -> Mapping[int, Mapping[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    table = constant_arguments(app, np.asarray(rows, dtype=np.int64))
    for call, position, text in table.rows("call", "position", "text"):
        found[call][position] = text
    return found


class _Teller:
    """Words the sites of one way as a finding."""

    def __init__(
        self,
        app: Facts,
        categories: Mapping[str, Category],
        occasions: Occasions,
        read: ReadParts,
        shells: Shells,
    ) -> None:
        self._app = app
        self._shells = shells
        self._read = read
        self._occasions = occasions
        self._categories = categories
        self._permits = Permits(app)

    def findings(self, sites: Sequence[Site]) -> Iterator[Finding]:
        """One finding, or none where only platform libraries hold places that cannot matter."""
        api = sites[0].api
        need = self._permits.need(api, sites[0].action)
        owners = {site: self._owner(site) for site in sites}
        sites = [site for site in sites if not self._inner(site, owners[site])]
        told = [
            site
            for site in sites
            if owners[site] != "platform" or (need.names and need.held and self._runs(site))
        ]
        if told:
            yield self._finding(told, [owners[site] for site in told], need)

    def _inner(self, site: Site, owner: str) -> bool:
        """Whether a library calls what its own maker wrote; the app's call of it is told."""
        maker = _maker(site.api.owner)
        return (
            bool(maker)
            and owner != "own"
            and site.method >= 0
            and (_maker(self._app.method_class(site.method)) == maker)
        )

    def _runs(self, site: Site) -> bool:
        return self._reach([site]).state == "reached"

    def _finding(self, sites: Sequence[Site], owners: Sequence[str], need: Need) -> Finding:
        api, action = sites[0].api, sites[0].action
        libraries = sorted(set(owners) - {"own", "other"})
        own = len(libraries) < len(set(owners))
        reach = self._reach(sites)
        called = [site for site in sites if site.method >= 0 and site.how != "override"]
        occasions = self._occasions.of([], [(site.method, site.pc) for site in called])
        columns, parts = self._read.columns(sites), self._parts(sites)
        subject = {
            "what": api.what,
            "api": api.id,
            "action": action,
            "permission": sorted(need.names),
            "permission_held": bool(need.held),
            "sites": len(sites),
            "in_sdk": libraries,
            "in_own_code": own,
            "columns": columns,
            "parts": parts,
            "permission_levels": [_levels(one) for one in need.levels],
            "occasions": [one.says for one in occasions],
            "by": sorted({one.by for one in occasions}),
            "repeats": any(one.repeats for one in occasions),
        }
        where = "" if own else f" (in library code: {', '.join(libraries)})"
        refused = need.names and not need.held and self._permits.known
        when = _when(occasions, action)
        who = "The app asks for no permission for it, yet its code" if refused else "The app"
        return Finding(
            kind="takes.device_data",
            subject=subject,
            says=f"{who} {api.doing(action)}{_named(columns or parts)}{where}{when}.",
            evidence=tuple(self._evidence(site) for site in _quoted(sites, owners)),
            strength=_strength(sites),
            reach=reach,
            categories=api.categories,
            special=any_special(api.categories, self._categories),
            about=api.about,
            limits=_limits(sites, reach, need, own=own),
            identity=f"{api.id} {action}",
        )

    def _parts(self, sites: Sequence[Site]) -> list[str]:
        if sites[0].api.kind == "command":
            return self._shells.commands(sites)
        return self._read.parts(sites)

    def _owner(self, site: Site) -> str:
        """``own``, ``other``, ``platform`` or the id of a known library."""
        if site.how == "manifest":
            return owner_of_class(self._app, self._component_class(site))
        return owner_of(self._app, site.method)

    def _component_class(self, site: Site) -> int:
        component = int(self._app.table(INTENT_FILTERS)["component"][site.filter_row])
        wanted = str(self._app.table(COMPONENTS)["class_name"][component])
        type_row = int(self._app.table(COMPONENTS)["type"][component])
        rows = np.flatnonzero(self._app.table(CLASSES)["type"] == type_row).tolist()
        return rows[0] if wanted and type_row >= 0 and rows else -1

    def _reach(self, sites: Sequence[Site]) -> Reach:
        methods = {site.method for site in sites if site.method >= 0}
        table = self._app.table(METHODS)
        for site in sites:
            row = self._component_class(site) if site.how == "manifest" else -1
            if row >= 0:
                methods.update(
                    method for method in np.flatnonzero(table["class"] == row).tolist()
                    if self._app.method_name(method) in ("onReceive", "onNewIntent", "onCreate")
                )  # fmt: skip
        return best_reach(self._app, sorted(methods)) if methods else Reach("unknown")

    def _evidence(self, site: Site) -> Evidence:
        app, api = self._app, site.api
        if site.how == "manifest":
            return self._declared(site)
        if site.how == "override":
            return self._overridden(site)
        called = None if site.call < 0 else self._called(site)
        if site.how == "call" and called is not None:
            return called
        if site.derived >= 0:
            named = derived_evidence(app, site.derived)
        elif site.string >= 0:
            place: dict[str, str | int] = {
                "method": app.method_signature(site.method),
                "pc": site.pc,
            }
            named = app.quote_string("the constant", site.string, place)
        else:
            says = f"reads the field {api.owner}.{api.members[0]}"
            if site.how == "put":
                says = f"loads a number that means it, where it makes or changes {api.owner}"
            named = app.quote_instruction(says, site.method, site.pc, 2)
        if called is None:
            return named
        says = f"{app.method_signature(site.method)} names it and uses such a constant behind it"
        return Evidence(says, because=(named, called), by=f"apis/{api.id}")

    def _called(self, site: Site) -> Evidence:
        calls = self._app.table(CALLS)
        callee, pc = int(calls["callee"][site.call]), int(calls["pc"][site.call])
        says = f"calls {self._app.method_signature(callee)}"
        return self._app.quote_instruction(says, site.method, pc)

    def _declared(self, site: Site) -> Evidence:
        app, row, filters = self._app, site.filter_row, self._app.table(INTENT_FILTERS)
        component = int(filters["component"][row])
        name = app.table(COMPONENTS)["class_name"][component]
        return app.quote(
            f"{name} is declared to wait for {filters['value'][row]}",
            int(filters["artifact"][row]), int(filters["offset"][row]),
            int(filters["length"][row]), "hex", {"component": str(name)},
        )  # fmt: skip

    def _overridden(self, site: Site) -> Evidence:
        app, methods = self._app, self._app.table(METHODS)
        return app.quote(
            f"overrides {site.api.owner}.{app.method_name(site.method)}",
            int(methods["artifact"][site.method]), int(methods["code_offset"][site.method]),
            2 * int(methods["code_units"][site.method]), "hex",
            {"method": app.method_signature(site.method), "pc": 0},
        )  # fmt: skip


def _when(occasions: Sequence[Told], action: str) -> str:
    """Occasions as the end of a sentence; on those of watching, the watching begins."""
    said = list(dict.fromkeys(one.says for one in occasions))
    if not said:
        return ""
    more = " and on other occasions" if len(said) > MOST_OCCASIONS else ""
    begins = "; it begins " if action == "watch" else ": "
    return f"{begins}{'; '.join(said[:MOST_OCCASIONS])}{more}"


def _named(parts: Sequence[str]) -> str:
    """Columns or parts in brackets."""
    if not parts:
        return ""
    more = ", ..." if len(parts) > MOST_PARTS else ""
    return f" ({', '.join(parts[:MOST_PARTS])}{more})"


def _levels(needed: NeededPermission) -> str:
    """A permission and the API levels on which it is the one that counts."""
    name = needed.name.removeprefix(PERMISSION_PREFIX)
    if needed.until:
        return f"{name} up to API level {needed.until}"
    return f"{name} from API level {needed.since} on" if needed.since > 1 else name


def _maker(class_name: str) -> str:
    """First two labels of a package; empty for the platform's."""
    if class_name.startswith(PLATFORM):
        return ""
    return ".".join(class_name.split(".")[:2])


def _quoted(sites: Sequence[Site], owners: Sequence[str]) -> list[Site]:
    """The sites to quote: the app's own code first, then in order."""
    ranked = sorted(range(len(sites)), key=lambda i: (owners[i] not in ("own", "other"), i))
    return [sites[i] for i in ranked[:MOST_QUOTED]]


def _strength(sites: Sequence[Site]) -> Strength:
    if any(site.how in ("call", "override", "manifest") for site in sites):
        return "read"
    if all(site.action == "names" or site.api.kind == "text" for site in sites):
        return "indicated"
    if all(site.how == "field" and site.call < 0 for site in sites):
        return "read"
    return "derived"


def _limits(sites: Sequence[Site], reach: Reach, need: Need, *, own: bool) -> tuple[str, ...]:
    limits = ["It does not show what becomes of the data."]
    if reach.state == "unreached":
        limits.append("No path from an entry point to any of these places was found.")
    if sites[0].action == "names":
        limits.append("The constant stands in the code; no use of it was seen in the same method.")
    limits.extend(need.limits)
    if not own:
        limits.append("Only library code does this, not the app's own.")
    if len(sites) > MOST_QUOTED:
        limits.append(f"{MOST_QUOTED} of {len(sites)} places are quoted.")
    return tuple(limits)
