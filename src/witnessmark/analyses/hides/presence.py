"""Keeping out of sight: no icon, parts switched off, no trace among recent apps, silence.

What it finds
    Apps that show no icon, that switch off their own launcher entry, that stay out of the list of
    recent apps, that open screens without anything to see, or silence the device
    (``hides.presence``).

Why it matters
    Whoever carries the device cannot object to an app of which they do not know.

How it decides
    By the manifest: no activity that the launcher shows, screens excluded from the recent apps,
    a blank name. By calls that the knowledge pack ``deeds`` names; where a part is switched off,
    and the same method names the class of a launcher entry, the icon is told as hidden.

What it misses
    Names and icons that imitate other apps; icons that are transparent; device policies.
    Keyboards, plug-ins, widgets and services for other apps show no icon either.

Example
    ``setComponentEnabledSetting(new ComponentName(this, Main.class), 2, 1)``
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.deed_findings import Group, Wording, deed_finding, groups_of
from witnessmark.analyses.deeds import find_deeds
from witnessmark.analyses.manifest import app_value, launcher_components, quote_attribute
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import (
    CALLS,
    CLASSES,
    METHODS,
    STRING_USES,
    STRINGS,
    TYPE_USES,
    TYPES,
)  # fmt: skip
from witnessmark.facts.tables.manifest import (
    APP,
    COMPONENTS,
    INTENT_FILTERS,
    XML_ATTRIBUTES,
    XML_NODES,
)  # fmt: skip
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.deeds import Deed
from witnessmark.model.distinct import among
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding

PRESENCE = Analysis(
    id="hides/presence",
    version=1,
    reads=(
        CALLS, CLASSES, METHODS, STRINGS, STRING_USES, TYPES, TYPE_USES, REACH, SDK_CLASSES,
        DERIVED_TEXTS, APP, COMPONENTS, INTENT_FILTERS, XML_ATTRIBUTES, XML_NODES,
    ),
    knows=("deeds",),
)  # fmt: skip

CONST_CLASS = 0x1C
MOST_QUOTED = 12
EXCLUDED = "excludeFromRecents"
SERVES_OTHERS = frozenset({
    "android.view.InputMethod", "android.service.wallpaper.WallpaperService",
    "android.service.dreams.DreamService", "android.appwidget.action.APPWIDGET_UPDATE",
    "android.intent.category.HOME", "android.intent.category.LEANBACK_LAUNCHER",
    "android.intent.category.INFO",
})  # fmt: skip
"""What apps that need no icon of their own declare."""


@PRESENCE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield findings of the manifest, then of calls."""
    yield from _no_icon(app)
    yield from _not_among_recent(app)
    yield from _blank_name(app)
    deeds = [deed for deed in know.entries("deeds", Deed) if deed.kind == "presence"]
    names = CodeNames(app, framework_model())
    for group in groups_of(app, find_deeds(app, names, deeds)):
        yield _told(app, group)


def _no_icon(app: Facts) -> Iterator[Finding]:
    components = app.table(COMPONENTS)
    kinds = set(components["kind"].tolist())
    package = app_value(app, "package")
    serves = SERVES_OTHERS & set(app.table(INTENT_FILTERS)["value"].tolist())
    if not package or launcher_components(app) or serves:
        return
    if not kinds & {"activity", "service", "receiver"}:
        return
    row = next(
        row for key, row in app.table(APP).rows("key", "attribute") if key == "package"
    )  # fmt: skip
    if row < 0:
        return
    yield Finding(
        kind="hides.presence",
        subject={"what": "no_icon", "names": [], "places": 1, "in_own_code": True, "in_sdk": []},
        says="The app shows no icon among the apps of the device: nothing in its manifest is for "
        "the launcher.",
        evidence=(_attribute(app, row, "the manifest of this app declares no launcher entry"),),
        strength="read",
        limits=("Apps that only serve other apps, and tests of apps, show no icon either.",),
        identity="no_icon",
    )


def _attribute(app: Facts, row: int, says: str) -> Evidence:
    table = app.table(XML_ATTRIBUTES)
    return app.quote(
        says, int(table["artifact"][row]), int(table["offset"][row]), int(table["length"][row]),
        table["reads_as"][row],
    )  # fmt: skip


def _not_among_recent(app: Facts) -> Iterator[Finding]:
    """Screens of the app's own that the manifest keeps out of the list of recent apps."""
    components, launchers = app.table(COMPONENTS), launcher_components(app)
    names, evidence, owners, launched = [], [], [], False
    for row, (kind, name, type_row, node) in enumerate(
        components.rows("kind", "class_name", "type", "node")
    ):
        owner = _own_class(app, type_row)
        said = quote_attribute(app, node, EXCLUDED, f"{name} stays out of the recent apps")
        if kind != "activity" or owner < 0 or said is None:
            continue
        if _value(app, node, EXCLUDED) == "true":
            names.append(name)
            evidence.append(said)
            owners.append(owner)
            launched |= row in launchers
    if names:
        which = ", its first screen among them," if launched else ""
        count = f"{len(names)} screens" if len(names) > 1 else "A screen"
        yield Finding(
            kind="hides.presence",
            subject={
                "what": "recents_declared", "names": names, "places": len(names),
                "in_own_code": True, "in_sdk": [], "launcher": launched,
            },
            says=f"{count} of the app{which} never appear{'' if len(names) > 1 else 's'} among "
            f"the recent apps: {', '.join(names[:3])}{' and others' if len(names) > 3 else ''}.",
            evidence=tuple(evidence[:MOST_QUOTED]),
            strength="read",
            reach=best_reach(app, [m for owner in owners for m in app.methods_of(owner)]),
            limits=("Screens that open over others, such as an alarm, are often declared so.",),
            identity="recents_declared",
        )  # fmt: skip


def _own_class(app: Facts, type_row: int) -> int:
    """The class of a component if it is the app's own or nobody knows whose, else -1."""
    row = int(app.table(TYPES)["class"][type_row]) if type_row >= 0 else -1
    owners = app.table(SDK_CLASSES)["ownership"]
    return row if 0 <= row < len(owners) and owners[row] in ("own", "other") else -1


def _value(app: Facts, node: int, name: str) -> str:
    table = app.table(XML_ATTRIBUTES)
    rows = np.flatnonzero(table["node"] == node).tolist()
    return next((str(table["value"][row]) for row in rows if table["name"][row] == name), "")


def _blank_name(app: Facts) -> Iterator[Finding]:
    for key, value, row in app.table(APP).rows("key", "value", "attribute"):
        if key == "label" and row >= 0 and value and not value.strip(" \u00a0\u200b\u3000."):
            yield Finding(
                kind="hides.presence",
                subject={
                    "what": "blank_name", "names": [], "places": 1, "in_own_code": True,
                    "in_sdk": [],
                },
                says="The app's name is blank, so nothing stands under its icon.",
                evidence=(_attribute(app, row, "the label of the app"),),
                strength="read",
                identity="blank_name",
            )  # fmt: skip


def _told(app: Facts, group: Group) -> Finding:
    hidden = _launchers_named(app, group) if group.what == "part_off" else []
    if not hidden:
        return deed_finding(app, "hides.presence", group)
    ending = (
        f" A method that does so names the launcher entry {hidden[0]}; if that is what it switches "
        "off, the icon disappears."
    )
    return deed_finding(
        app, "hides.presence", group, Wording({"launcher_entries": hidden}, (), ending)
    )


def _launchers_named(app: Facts, group: Group) -> list[str]:
    """Launcher entries whose class, or its name, the methods of the group mention."""
    components = app.table(COMPONENTS)
    entries = {
        int(components["type"][row]): str(components["class_name"][row])
        for row in launcher_components(app)
    }
    methods = np.asarray(sorted({done.method for done in group.done}), dtype=np.int64)
    uses = app.table(TYPE_USES)
    rows = among(uses["method"], methods) & (uses["opcode"] == CONST_CLASS)
    named = {entries[kind] for kind in uses["type"][rows].tolist() if kind in entries}
    texts = app.table(STRING_USES)
    strings = texts["string"][among(texts["method"], methods)].tolist()
    spelled = {app.string(int(row)) for row in strings}
    named |= {name for name in entries.values() if name in spelled}
    return sorted(named)
