"""Endpoints: addresses the app can talk to.

What it finds
    URLs and network addresses in code, resources, native libraries and text files, public or on
    a local network, with scheme and port, and whether the code that holds them runs.

Why it matters
    An address is the thread that leads from a phone to whoever keeps the data. A private
    address tells of a closed network or of a device at the operator's side.

How it decides
    String constants are searched by bytes; texts that code joins, formats, decodes, decrypts or
    passes on are computed first (table ``derived_texts``), pieces that are not known shown as
    ``?``. Where requests go comes from the table ``requests``, also for servers that are set at
    run time: from which setting, and what fills it. In scripts, pages, styles and files of
    settings comments do not count, nor do licences and manuals (pack ``web_files``); names that
    only look like addresses (XML namespaces, manuals) are told by a list. A host is pinned where
    code, or the network security configuration, lists keys for it. A bare IPv4 address
    counts when it cannot be a version number; pack ``local_addresses`` says what stands for it.

What it misses
    Addresses that are fetched, or computed by native code or from what is not constant; host names
    that stand alone; where a connection really goes. That an address is in an app does not show
    that anything is sent.

Example
    ``"http://" + HOST + "/api/v1/resident/add"``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.sends._pins import ConfiguredPin, Pin, configured_pins, pins
from witnessmark.analyses.sends._places import Place, Source, sources
from witnessmark.analyses.sends._settable import settable_servers
from witnessmark.analyses.sends._tell import NO_LIBRARY, as_reached
from witnessmark.analyses.sends._urls import CLEARTEXT, Address, in_clear
from witnessmark.analyses.tables import REQUESTS, SDK_CLASSES
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import (
    ANNOTATIONS,
    ARRAY_PAYLOADS,
    CALLS,
    FIELD_USES,
    FIELDS,
    METHODS,
    STATIC_VALUES,
    STRING_USES,
    STRINGS,
)  # fmt: skip
from witnessmark.facts.tables.manifest import (
    APP,
    XML_ATTRIBUTES,
    XML_FILES,
    XML_NODES,
    XML_TEXTS,
)  # fmt: skip
from witnessmark.facts.tables.native import NATIVE_LIBRARIES, NATIVE_STRINGS
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.tables.scripts import SCRIPT_TEXTS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.host_keys import HostKey
from witnessmark.knowledge.packs.local_addresses import LocalAddress
from witnessmark.knowledge.packs.natives import Native
from witnessmark.knowledge.packs.not_endpoints import NotEndpoint
from witnessmark.knowledge.packs.sdks import Sdk
from witnessmark.knowledge.packs.web_files import WebFile
from witnessmark.model.finding import Finding, Reach, Strength

ENDPOINT = Analysis(
    id="sends/endpoint",
    version=5,
    reads=(
        ANNOTATIONS, ARRAY_PAYLOADS, FIELDS, STRINGS, STRING_USES, FIELD_USES, CALLS,
        STATIC_VALUES, METHODS, RESOURCES, RESOURCE_VALUES, NATIVE_LIBRARIES, NATIVE_STRINGS,
        MEMBERS, SDK_CLASSES, REACH, DERIVED_TEXTS, REQUESTS, SCRIPTS, SCRIPT_TEXTS,
        APP, XML_ATTRIBUTES, XML_FILES, XML_NODES, XML_TEXTS,
    ),
    knows=("host_keys", "local_addresses", "natives", "not_endpoints", "sdks", "web_files"),
)  # fmt: skip

MOST_PLACES = 8


class _Seen(Struct):
    address: Address
    places: list[Place] = field(default_factory=list)


@ENDPOINT.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding an address."""
    names = know.entries("not_endpoints", NotEndpoint)
    local = know.entries("local_addresses", LocalAddress)
    seen: dict[str, _Seen] = {}
    keys = know.entries("host_keys", HostKey)
    known: list[Sdk | Native] = [*know.entries("sdks", Sdk), *know.entries("natives", Native)]
    for source in sources(app, know.entries("web_files", WebFile), keys, known):
        for address in _real(source, names):
            seen.setdefault(address.url, _Seen(address)).places.append(source.place)
    pinned: list[Pin | ConfiguredPin] = [*pins(app), *configured_pins(app)]
    told = {(one.address.host, port) for one in seen.values() if one.address.scheme
            for port in (0, one.address.port)}  # fmt: skip
    for url in sorted(seen):
        address = seen[url].address
        if address.scheme or (address.host, address.port) not in told:
            yield _finding(app, seen[url], local, pinned)
    yield from settable_servers(app)


def _real(source: Source, names: Sequence[NotEndpoint]) -> Iterator[Address]:
    for address in source.addresses:
        if not any(name.recognises(address.url) for name in names):
            yield address


def _finding(
    app: Facts, seen: _Seen, local: Sequence[LocalAddress], pinned: Sequence[Pin | ConfiguredPin]
) -> Finding:
    address, places = seen.address, seen.places
    methods = sorted({place.method for place in places if place.method >= 0})
    holders = {place.holder for place in places if place.holder >= 0}
    owner = _owner(app, methods, holders) if methods or holders else "unknown"
    if owner == "unknown" and all(place.owner for place in places):
        owner = min(place.owner for place in places)
    requests = sorted({place.request for place in places if place.request >= 0})
    pin = next((one for one in pinned if one.covers(address.host)), None)
    stands_for = next((one.says for one in local if one.recognises(address.host)), "")
    strength: Strength = (
        "indicated"
        if not address.scheme
        else "read"
        if any(not p.is_derived for p in places)
        else "derived"
    )
    reach = best_reach(app, methods) if methods else Reach("unknown")
    return Finding(
        kind="sends.endpoint",
        subject={
            "url": address.url,
            "host": address.host,
            "port": address.port or None,
            "scheme": address.scheme,
            "cleartext": in_clear(address.scheme) if address.scheme else False,
            "private": address.is_private,
            "owner": owner,
            "requests": len(requests),
            "stands_for": stands_for,
            "pinned": pin is not None,
        },
        says=_sentence(address, owner, stands_for, reach if requests else None),
        evidence=(
            *(place.quote(app) for place in _spread(places)),
            *([] if pin is None else [pin.quote(app)]),
        ),
        strength=strength,
        reach=reach,
        limits=(
            *_limits(address, places, owner, stands_for),
            *([] if pin is None else pin.limits),
        ),
        identity=address.url,
    )


def _spread(places: Sequence[Place]) -> list[Place]:
    """At most `MOST_PLACES`, one of each kind first."""
    by_kind: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_kind[place.kind].append(place)
    first = [listed[0] for listed in by_kind.values()]
    rest = [place for listed in by_kind.values() for place in listed[1:]]
    return (first + rest)[:MOST_PLACES]


def _sentence(address: Address, owner: str, stands_for: str, sent: Reach | None) -> str:
    """``sent`` is the reach of the code that sends there, None where none is known to."""
    whose = "A library in the app" if _is_of_library(address, owner, stands_for) else "The app"
    known = f": {stands_for}" if stands_for else ""
    if not address.scheme:
        return f"{whose} holds the network address {address.url}{known}."
    protected = ", without encryption" if address.scheme in CLEARTEXT else ""
    local = " on a local network" if address.is_private else ""
    does = "holds the address" if sent is None else "sends requests to"
    says = f"{whose} {does} {address.url}{local}{protected}{known}."
    return says if sent is None else as_reached(whose, says, sent)


def _owner(app: Facts, methods: list[int], holders: set[int]) -> str:
    table = app.table(SDK_CLASSES)
    classes = {*app.table(METHODS)["class"][methods].tolist(), *holders}
    owners = sorted(
        {str(table["sdk"][c]) or str(table["ownership"][c]) for c in classes if 0 <= c < len(table)}
    )
    return "own" if "own" in owners else owners[0] if owners else "unknown"


def _is_of_library(address: Address, owner: str, stands_for: str) -> bool:
    """Whether a known library holds the address for itself.

    Of private networks one that many apps bring knows what is the same everywhere at most.
    """
    return owner not in NO_LIBRARY and (not address.is_private or bool(stands_for))


def _limits(
    address: Address, places: Sequence[Place], owner: str, stands_for: str
) -> tuple[str, ...]:
    limits = ["It does not show that anything was ever sent there."]
    if "?" in address.path or all(place.built for place in places):
        limits.append(
            "The address is joined from pieces; pieces that are not constant are written ?."
        )
    if all(place.derived >= 0 for place in places):
        limits.append("The address was computed by following the code; its steps are the evidence.")
    if not address.scheme and not any(place.kind == "setting" for place in places):
        limits.append(
            "Four numbers with dots can also be a version; no protocol stands beside them."
        )
    if owner == "other":
        limits.append("It stands in code outside the app's own package; who wrote it is not known.")
    if _is_of_library(address, owner, stands_for):
        limits.append("It stands in a library's code, not in the app's own.")
    return tuple(limits)
