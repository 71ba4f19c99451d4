"""Preferences: single values that an app keeps on the device.

What it finds
    Keys under which classes keep or read values in preferences, and the names of the files in
    which preferences are opened.

Why it matters
    Who is signed in, which number or place was used last, what a server told the app to do, is
    often kept there and survives a restart.

How it decides
    Calls of the pack ``record_marks`` with a constant key, gathered by class. A key that is
    written is kept; one that is only read may be written elsewhere.

What it misses
    Computed keys, values that a library keeps, encrypted stores. Which file a key lies in is
    not followed.

Example
    ``editor.putString("operator_id", id)``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.keeps._record_keys import PREFERENCE, Key, keys_of
from witnessmark.analyses.ownership import owner_of
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import CALLS, METHODS, STRINGS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original

PREFERENCES = Analysis(
    id="keeps/preference",
    version=1,
    reads=(CALLS, METHODS, STRINGS, SDK_CLASSES, REACH),
    knows=("record_marks",),
)

MOST_QUOTED = 60
Place = tuple[int, Key]
"""A key and the method that holds its call."""


@PREFERENCES.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a class that keeps or reads preferences."""
    marks = [m for m in know.entries("record_marks", RecordMark) if m.format == PREFERENCE]
    classes = app.table(METHODS)["class"]
    by_class: dict[int, list[Place]] = defaultdict(list)
    for method, key in keys_of(app, marks):
        by_class[int(classes[method])].append((method, key))
    for row, places in sorted(by_class.items()):
        owner = owner_of(app, [method for method, _ in places])
        if row >= 0 and owner in ("own", "other", "unknown"):
            keys = [place for place in places if place[1].mark.role != "names"]
            files = sorted({key.name for _, key in places if key.mark.role == "names"})
            if keys:
                yield _finding(app, app.class_name(row), keys, files, owner)


def _finding(
    app: Facts, name: str, places: Sequence[Place], files: Sequence[str], owner: str
) -> Finding:
    written = {key.name for _, key in places if key.mark.role == "put"}
    first: dict[str, Place] = {}
    for place in sorted(places, key=lambda one: (one[1].mark.role != "put", one[0], one[1].pc)):
        first.setdefault(place[1].name, place)
    kept = [key for key in first if key in written]
    read = [key for key in first if key not in written]
    says = f"{name} keeps {_told(kept)}." if kept else f"{name} reads {_told(read)}."
    return Finding(
        kind="keeps.preference",
        subject={
            "name": name,
            "files": list(files),
            "keys": [
                {"name": key, "type": place[1].value_type, "written": key in written}
                for key, place in first.items()
            ],
            "owner": owner,
        },
        says=f"On the device, {says}",
        evidence=tuple(_evidence(app, place) for place in list(first.values())[:MOST_QUOTED]),
        strength="read" if all(key.string >= 0 for _, key in first.values()) else "derived",
        reach=best_reach(app, [method for method, _ in places]),
        original=tuple(Original(key) for key in first),
        limits=("It does not show which values are kept under these keys.",),
        identity=name,
    )


def _evidence(app: Facts, place: Place) -> Evidence:
    method, key = place
    verb = "keeps" if key.mark.role == "put" else "reads"
    says = f"the method {verb} the preference {key.name}"
    where: dict[str, str | int] = {"method": app.method_signature(method), "pc": key.pc}
    if key.string >= 0:
        return app.quote_string(says, key.string, where)
    return app.quote_instruction(says, method, key.pc)


def _told(keys: Sequence[str]) -> str:
    shown = ", ".join(f"“{key}”" for key in keys[:12])
    more = f" and {len(keys) - 12} more" if len(keys) > 12 else ""
    return f"{'the preference' if len(keys) == 1 else 'the preferences'} {shown}{more}"
