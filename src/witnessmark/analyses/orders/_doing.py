"""What code does that matters to people: takes, sends, deletes, restricts; by method and place.

Sentences come from the packs: ``apis`` through the table `api_sites`, ``deeds``, ``sinks``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.deeds import find_deeds
from witnessmark.analyses.starts import starts_of
from witnessmark.analyses.tables import API_SITES
from witnessmark.facts.tables.code import CALLS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.call_lists import call_lists
from witnessmark.flow.tables import CALL_EDGES, ENTRY_POINTS
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.deeds import Deed
from witnessmark.knowledge.packs.sinks import Sink

DEED_KINDS = frozenset({"erasure", "presence", "restriction", "dynamic_code"})
CHANNELS: Mapping[str, str] = {
    "http": "sends to a server", "socket": "sends over a connection of its own",
    "sms": "sends a text message", "call": "makes a call", "email": "sends an e-mail",
    "xmpp": "sends a chat message", "mqtt": "sends a message", "ftp": "uploads a file",
    "soap": "sends to a server", "command": "runs a command of the system",
    "bluetooth": "sends to a device nearby", "clipboard": "writes to the clipboard",
}  # fmt: skip
"""What is said of a sink, by its channel; others say too little."""

ORDINARY = frozenset({
    "wm:DeviceModel", "wm:DeviceState", "wm:DataUsage", "wm:Files", "wm:SIMCard", "wm:CallState",
    "pd:IPAddress", "pd:MACAddress", "wm:AndroidId", "wm:IMEI", "wm:IMSI", "wm:ICCID", "wm:MEID",
    "wm:AdvertisingId", "wm:OAID", "wm:InstallationId", "wm:DeviceIdentifier",
    "wm:HardwareSerial", "wm:SubscriberIdentifier", "wm:PushToken", "wm:WiFiConnection",
    "wm:LocalNetwork", "wm:DRMDeviceId", "wm:Downloads", "wm:MediaFiles", "wm:Clipboard",
})  # fmt: skip
"""Data that programs read with every other step: reading it makes no command of a word."""

STRONG_PERMISSIONS = frozenset({
    "WRITE_SETTINGS", "WRITE_SECURE_SETTINGS", "REBOOT", "INSTALL_PACKAGES", "DELETE_PACKAGES",
    "REQUEST_INSTALL_PACKAGES", "REQUEST_DELETE_PACKAGES", "DISABLE_KEYGUARD", "CALL_PHONE",
    "SEND_SMS", "MODIFY_PHONE_STATE", "KILL_BACKGROUND_PROCESSES", "SET_TIME", "SET_WALLPAPER",
})  # fmt: skip
STRONG_CHANNELS = frozenset({"sms", "call", "email", "command"})
SMALL_DEEDS = frozenset({
    "files", "settings", "rows", "cookies", "notifications", "databases", "recents", "part_off",
    "wifi", "records",
})  # fmt: skip
"""Deeds that programs do with every other step."""

DEEPEST = 4
MOST_METHODS = 120
VIRTUAL = 1
"""Kind of an edge of which only the object decides where it leads; see `CALL_EDGES`."""

MOST_LANDINGS = 2
"""Methods in which such a call may land for it to be followed."""

SETTLED = frozenset({"check"})
"""Actions of pack ``apis`` that do nothing to anybody."""


class Act(Struct, frozen=True, order=True):
    """One thing done: how it is said, the place, and whether it tells of a command by itself."""

    says: str
    method: int
    pc: int
    strong: bool = False


class Doing:
    """Acts of one app's code."""

    def __init__(
        self,
        app: Facts,
        names: CodeNames,
        apis: Sequence[Api],
        deeds: Sequence[Deed],
        sinks: Sequence[Sink],
        roles: CallRoles,
    ) -> None:
        self._app = app
        self._body = app.table(METHODS)["code_offset"] >= 0
        self._lists = call_lists(app)
        self._led: dict[int, Mapping[int, list[int]]] = {}
        self._starts = starts_of(app, roles)
        self._by_method: dict[int, list[Act]] = defaultdict(list)
        self._add_sites(apis)
        chosen = [deed for deed in deeds if deed.kind in DEED_KINDS]
        for done in find_deeds(app, names, chosen):
            strong = done.deed.what not in SMALL_DEEDS
            self._add(done.deed.says, done.method, done.pc, strong=strong)
        self._add_sinks(names, sinks)

    def in_places(self, method: int, pcs: frozenset[int]) -> list[Act]:
        """Acts at places of a method, and in what is called from there."""
        own = [act for act in self._by_method.get(method, ()) if act.pc in pcs]
        found = {act.says: act for act in sorted(own)}
        for callee in self._led_to(method, pcs):
            for act in sorted(self._by_method.get(callee, ())):
                found.setdefault(act.says, act)
        return sorted(found.values(), key=lambda act: (not act.strong, act.says))

    def _led_to(self, method: int, pcs: frozenset[int]) -> list[int]:
        """Methods of the app that run because of some places of a method, near ones first."""
        fresh = [
            target for pc, targets in self._edges(method).items() if pc in pcs for target in targets
        ]
        seen = dict.fromkeys([method, *fresh])
        for _ in range(DEEPEST):
            fresh = [
                target
                for one in fresh
                for targets in self._edges(one).values()
                for target in targets
                if target not in seen
            ]
            seen.update(dict.fromkeys(fresh))
            if len(seen) > MOST_METHODS:
                break
        return list(seen)[1 : MOST_METHODS + 1]

    def _add(self, says: str, method: int, pc: int, *, strong: bool) -> None:
        self._by_method[method].append(Act(says[:1].lower() + says[1:], method, pc, strong))

    def _add_sites(self, apis: Sequence[Api]) -> None:
        known = {api.id: api for api in apis}
        for name, action, method, pc in self._app.table(API_SITES).rows(
            "api", "action", "method", "pc"
        ):
            api = known.get(name)
            if api is None or method < 0 or action in SETTLED or action == "names":
                continue
            if api.what or api.action == "act":
                self._add(api.doing(action), method, pc, strong=_is_strong(api))

    def _add_sinks(self, names: CodeNames, sinks: Iterable[Sink]) -> None:
        wanted = {
            Member(sink.owner, name): sink.channel
            for sink in sinks
            if sink.channel in CHANNELS
            for name in sink.members
        }
        meant = names.methods(wanted, below=False)
        for call in names.calls(meant):
            channel = wanted[meant[call.callee][0]]
            strong = channel in STRONG_CHANNELS
            self._add(CHANNELS[channel], call.method, call.pc, strong=strong)

    def _edges(self, method: int) -> Mapping[int, list[int]]:
        """Methods with code that a method leads to, by place: calls, and what created objects
        run.
        """
        found = self._led.get(method)
        if found is None:
            found = self._led[method] = self._read_edges(method)
        return found

    def _read_edges(self, method: int) -> Mapping[int, list[int]]:
        body = self._body
        calls = self._app.table(CALLS).rows_at(self._lists.sites.of(method), "pc", "callee")
        found: dict[int, list[int]] = defaultdict(list)
        for pc, callee in calls:
            if body[callee]:
                found[pc].append(callee)
        edges = self._app.table(CALL_EDGES)
        for _, pc, callee, kind in edges.rows_at(self._lists.edges.of(method)):
            targets = self._lists.lands.of(callee).tolist() if kind == VIRTUAL else [callee]
            if len(targets) <= MOST_LANDINGS:
                found[pc].extend(target for target in targets if body[target])
        for start in self._starts.within(method):
            found[start.pc].extend(self._run.get(start.component, ()))
        return found

    @cached_property
    def _run(self) -> Mapping[int, list[int]]:
        """Methods that outside code runs of a component, by its class."""
        classes, found = self._app.table(METHODS)["class"], defaultdict[int, list[int]](list)
        for method in sorted(set(self._app.table(ENTRY_POINTS)["method"].tolist())):
            if not self._app.method_name(method).startswith("<"):
                found[int(classes[method])].append(method)
        return found


def _is_strong(api: Api) -> bool:
    """Whether a use of ``api`` concerns people, or the device as its holder sees it."""
    if api.categories:
        return not set(api.categories) <= ORDINARY
    asked = {one.partition(" ")[0] for one in api.permissions}
    return bool(asked & STRONG_PERMISSIONS) or "install" in api.id
