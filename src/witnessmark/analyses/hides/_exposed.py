"""What the manifest and its configuration leave open to other apps, computers and networks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from witnessmark.analyses.manifest import app_value, launcher_components
from witnessmark.analyses.network_config import NetworkConfig, Part, network_config, quote_config
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import TYPES
from witnessmark.facts.tables.manifest import (
    APP,
    COMPONENTS,
    PERMISSIONS,
    XML_ATTRIBUTES,
    XML_FILES,
    XML_NODES,
)  # fmt: skip
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import EXPORTED
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.framework import android_version
from witnessmark.model.evidence import Evidence

INTERNET = "android.permission.INTERNET"
FIRST_WITHOUT_CLEARTEXT = 28
FIRST_WITHOUT_BACKUP = 31
"""Target versions from which Android refuses cleartext, or backup to a computer, by default."""

APKTOOL_NOTES = "apktool.yml"
NOTED_TARGET = kept_regex(rb"targetSdkVersion: *('?)([0-9]+)\1")

WEAK_PROTECTION = ("", "normal")
MOST_QUOTED = 12
MOST_SERVERS = 4


class Open(Struct, frozen=True):
    """One thing that is open: stable word, sentence, names, evidence, limits."""

    what: str
    says: str
    evidence: tuple[Evidence, ...]
    names: tuple[str, ...] = ()
    components: tuple[int, ...] = ()
    limits: tuple[str, ...] = field(default=())


def exposed(app: Facts) -> Iterator[Open]:
    """Everything that is open, in a fixed order."""
    if not app_value(app, "package"):
        return
    yield from _debuggable(app)
    yield from _backup(app)
    config = network_config(app)
    yield from _cleartext(app, config)
    yield from _network_configuration(app, config)
    yield from _file_paths(app)
    yield from _components(app)


def _stated(app: Facts, key: str) -> tuple[str, int]:
    """Value of a property of the app and the row of the attribute that states it."""
    for name, value, row in app.table(APP).rows("key", "value", "attribute"):
        if name == key:
            return str(value), int(row)
    return "", -1


def _attribute(app: Facts, row: int, says: str) -> Evidence:
    table = app.table(XML_ATTRIBUTES)
    return app.quote(
        says, int(table["artifact"][row]), int(table["offset"][row]), int(table["length"][row]),
        table["reads_as"][row], {"attribute": str(table["name"][row])},
    )  # fmt: skip


def _target(app: Facts) -> int:
    value = app_value(app, "target_sdk") or app_value(app, "min_sdk")
    return int(value) if value.isdigit() else 0


def _debuggable(app: Facts) -> Iterator[Open]:
    value, row = _stated(app, "debuggable")
    if value == "true" and row >= 0:
        yield Open(
            "debuggable",
            "Anyone who connects a computer to the device can read all that the app stores, and "
            "change what it does: it is marked as being under development.",
            (_attribute(app, row, "the manifest marks the app as debuggable"),),
            limits=("The device must have debugging switched on and be unlocked.",),
        )


def _backup(app: Facts) -> Iterator[Open]:
    value, row = _stated(app, "allow_backup")
    rules = _stated(app, "full_backup_content")[0] or _stated(app, "data_extraction_rules")[0]
    target = _target(app)
    if value != "true" or row < 0 or target >= FIRST_WITHOUT_BACKUP:
        return
    limits = ["The device must be unlocked, and up to Android 11 for a copy to a computer."]
    if rules:
        limits.append("Rules in the app may leave parts of it out.")
    yield Open(
        "backup",
        "A backup of the device, to a computer or to the cloud, takes along what the app stores.",
        (_attribute(app, row, "the manifest allows backups"),),
        limits=tuple(limits),
    )


def _cleartext(app: Facts, config: NetworkConfig) -> Iterator[Open]:
    if INTERNET not in app.table(PERMISSIONS)["name"].tolist():
        return
    value, row = _stated(app, "uses_cleartext_traffic")
    configured = _stated(app, "network_security_config")[0]
    limits = ("Whether it does is told with the addresses that it sends to.",)
    if value == "true" and row >= 0 and not config.parts:
        yield Open(
            "cleartext_allowed",
            "The app reserves the right to send without encryption.",
            (_attribute(app, row, "the manifest allows traffic without encryption"),),
            limits=limits,
        )
        return
    target, _ = _stated(app, "target_sdk")
    old = target.isdigit() and int(target) < FIRST_WITHOUT_CLEARTEXT
    at = tuple(_target_stated(app)) if old and not value and not configured else ()
    if at:
        yield Open(
            "cleartext_default",
            f"The app is made for Android {android_version(int(target))}, for which the system "
            "lets it send without encryption.",
            at,
            limits=limits,
        )


def _target_stated(app: Facts) -> Iterator[Evidence]:
    """Where the app tells for which Android it is made: the manifest, or what apktool noted."""
    says = "the version of Android that the app is made for"
    target, row = _stated(app, "target_sdk")
    if row >= 0:
        yield _attribute(app, row, says)
        return
    members = app.table(MEMBERS)
    for name, content in members.rows("name", "content"):
        noted = name.rpartition("/")[2] == APKTOOL_NOTES and content >= 0
        found = NOTED_TARGET.search(app.blob(content)) if noted else None
        if found and found[2].decode() == target:
            yield app.quote(says, content, *_span(found), reads_as="utf-8")
            return


def _span(found: re.Match[bytes]) -> tuple[int, int]:
    return found.start(), found.end() - found.start()


def _network_configuration(app: Facts, config: NetworkConfig) -> Iterator[Open]:
    """What the configuration of the network allows, for all servers or for some."""
    debuggable = _stated(app, "debuggable")[0] == "true"
    parts = [one for one in config.parts if one.kind != "debug-overrides" or debuggable]
    clear = [one for one in parts if one.cleartext == "true" and one.cleartext_row >= 0]
    if clear:
        yield _for_servers(
            app, "cleartext_allowed", clear,
            "The app reserves the right to send without encryption",
            [("the network configuration allows it", one.cleartext_row) for one in clear],
        )  # fmt: skip
    trusting = [one for one in parts if one.user_rows]
    if trusting:
        says = "the network configuration trusts what users install"
        yield _for_servers(
            app, "user_certificates", trusting,
            "Whoever can install a certificate on the device can read the app's encrypted traffic",
            [(says, row) for one in trusting for row in one.user_rows],
        )  # fmt: skip
    loose = [one for one in parts if one.pins and one.overriding_rows]
    if loose:
        yield _for_servers(
            app, "pins_overridden", loose,
            "The list of keys that certificates must have does not bind certificates that users "
            "install",
            [("certificates that users install override the list", row)
             for one in loose for row in one.overriding_rows],
        )  # fmt: skip


def _for_servers(
    app: Facts, what: str, parts: Sequence[Part], says: str, told: Sequence[tuple[str, int]]
) -> Open:
    """One thing, with the servers for which it holds, none for all."""
    everywhere = any(one.kind != "domain-config" for one in parts)
    domains = {} if everywhere else {d.name: d.text for one in parts for d in one.domains}
    shown = ", ".join(sorted(domains)[:MOST_SERVERS])
    more = " and others" if len(domains) > MOST_SERVERS else ""
    quoted = [quote_config(app, text, row) for text, row in dict.fromkeys(told)]
    quoted += [quote_config(app, "a server for which it holds", text=domains[name])
               for name in sorted(domains)]  # fmt: skip
    return Open(
        what, f"{says}: with {shown}{more}." if shown else f"{says}.",
        tuple(quoted[:MOST_QUOTED]), tuple(sorted(domains)),
    )  # fmt: skip


def _file_paths(app: Facts) -> Iterator[Open]:
    """Shares of a FileProvider that cover everything."""
    nodes, files = app.table(XML_NODES), app.table(XML_FILES)
    for row, (node, attribute, value) in enumerate(
        app.table(XML_ATTRIBUTES).rows("node", "name", "value")
    ):
        kind = str(nodes["name"][node])
        if files["folder"][int(nodes["file"][node])] != "xml" or attribute != "path":
            continue
        if kind == "root-path" and value.strip("./ ") == "":
            yield Open(
                "file_share",
                "The app can hand out any file that it can read to other apps: its list of shared "
                "folders names the root of the file system.",
                (_attribute(app, row, "the list of shared folders"),),
                limits=("Each file is handed out only when the app does so.",),
            )


def _components(app: Facts) -> Iterator[Open]:
    """Parts of the app's own that other apps may start or query without a permission."""
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    kinds, launchers = app.table(COMPONENTS), launcher_components(app)
    for component, access, permission, protection, enabled in app.table(EXPORTED).rows(
        "component", "access", "permission", "protection", "enabled"
    ):
        guarded = permission and protection not in WEAK_PROTECTION[1:]
        if not enabled or component in launchers or guarded or not _is_own(app, component):
            continue
        kind = str(kinds["kind"][component])
        found[f"{kind} {access}"].append((component, access, permission))
    for key in sorted(found):
        yield _open_components(app, key, found[key])


def _is_own(app: Facts, component: int) -> bool:
    kind = int(app.table(COMPONENTS)["type"][component])
    row = int(app.table(TYPES)["class"][kind]) if kind >= 0 else -1
    owners = app.table(SDK_CLASSES)["ownership"]
    return 0 <= row < len(owners) and str(owners[row]) in ("own", "other")


_COMPONENT_SAYS: Mapping[str, tuple[str, str]] = {
    "provider read": ("provider_read", "Every other app may read what the app stores through"),
    "provider write": ("provider_write", "Every other app may change what the app stores through"),
    "activity start": ("activity", "Every other app may open these screens directly:"),
    "alias start": ("activity", "Every other app may open these screens directly:"),
    "service start": ("service", "Every other app may start or bind these services:"),
    "receiver start": ("receiver", "Every other app may send events to"),
}


def _open_components(app: Facts, key: str, rows: list[tuple[int, str, str]]) -> Open:
    what, says = _COMPONENT_SAYS[key]
    table = app.table(COMPONENTS)
    names = [str(table["class_name"][row]) for row, _, _ in rows]
    evidence = tuple(
        app.quote(
            f"the manifest opens {table['class_name'][row]} to other apps "
            f"({table['exported_because'][row]})",
            int(table["artifact"][row]), int(table["offset"][row]), int(table["length"][row]),
        )
        for row, _, _ in rows[:MOST_QUOTED]
    )  # fmt: skip
    asked = sorted({permission for _, _, permission in rows if permission})
    limits = ["The part itself may check who asks; that is not read here."]
    if asked:
        limits.append(f"Some ask for a permission that any app can get: {', '.join(asked)}.")
    shown = f"{', '.join(names[:4])}{' and others' if len(names) > 4 else ''}"
    return Open(
        f"open_{what}", f"{says} {shown}.", evidence, tuple(names),
        tuple(row for row, _, _ in rows), tuple(limits),
    )  # fmt: skip
