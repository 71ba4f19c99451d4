"""Looking around before acting: checks for emulators, root, debuggers, hooks, alteration.

What it finds
    Code that checks where it runs and who watches (``hides.evasion``): marks of emulators, of
    rooted devices, of debuggers and examiners' tools, of hooking frameworks, the debugging
    switch, its own signature.

Why it matters
    An app that behaves differently when watched cannot be judged by watching it. Banking apps
    and copy protection check alike, so the check alone says nothing bad of anyone.

How it decides
    By calls that the pack ``deeds`` names, and by texts of the pack ``checks`` that code holds:
    one that hardly anything else holds, or three different common ones in one class. Texts
    count when code of the app or of a library loads them, or a table of texts does.

What it misses
    What is done when the check succeeds; checks by timing, sensors or network; texts that are
    encoded or stand in native code.

Example
    ``new File("/dev/qemu_pipe").exists()``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.deed_findings import (
    LIBRARY,
    OTHER,
    OWN,
    UNTOLD,
    deed_finding,
    doer,
    groups_of,
    owner_of_method,
    where_of,
)
from witnessmark.analyses.deeds import find_deeds
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.search import used_strings_equal
from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS, STRING_USES, STRINGS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.checks import Check
from witnessmark.knowledge.packs.deeds import Deed
from witnessmark.model.distinct import among
from witnessmark.model.finding import Finding

EVASION = Analysis(
    id="hides/evasion",
    version=1,
    reads=(CALLS, CLASSES, METHODS, STRINGS, STRING_USES, REACH, SDK_CLASSES, DERIVED_TEXTS),
    knows=("checks", "deeds"),
)

FEWEST_COMMON = 3
MOST_QUOTED = 12

_SAYS: Mapping[str, str] = {
    "emulator": "looks whether it runs in an emulator rather than on a phone",
    "root": "looks whether the device gives root rights",
    "debugger": "looks whether a debugger or an examiner's tool is at work",
    "hook": "looks whether a framework that changes apps is at work",
}


class _Place(Struct, frozen=True):
    """A string that a method loads."""

    check: Check
    text: str
    strong: bool
    method: int
    pc: int
    string: int


@EVASION.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield a finding for each thing looked for, own code and libraries apart."""
    deeds = [deed for deed in know.entries("deeds", Deed) if deed.kind == "evasion"]
    names = CodeNames(app, framework_model())
    for group in groups_of(app, find_deeds(app, names, deeds)):
        yield deed_finding(app, "hides.evasion", group)
    found: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    for place in _telling(app, _places(app, know.entries("checks", Check))):
        owner = owner_of_method(app, place.method)
        if owner != "platform":
            found[place.check.what, where_of(owner)].append(place)
    for key in sorted(found):
        yield _finding(app, *key, found[key])


def _places(app: Facts, checks: Sequence[Check]) -> Iterator[_Place]:
    """Loads of the texts of ``checks``, in the order of ``string_uses``."""
    known: dict[str, tuple[Check, bool]] = {}
    for check in checks:
        known.update((text.lower(), (check, False)) for text in check.common)
        known.update((text.lower(), (check, True)) for text in check.strong)
    rows = {row: app.string(row) for row in used_strings_equal(app, known)}
    uses = app.table(STRING_USES)
    hits = np.flatnonzero(among(uses["string"], np.asarray(sorted(rows), dtype=np.int64)))
    for use in hits.tolist():
        string = int(uses["string"][use])
        check, strong = known[rows[string].lower()]
        method, pc = int(uses["method"][use]), int(uses["pc"][use])
        yield _Place(check, rows[string], strong, method, pc, string)


def _telling(app: Facts, places: Iterator[_Place]) -> Iterator[_Place]:
    """Places in classes that hold a strong text, or enough common ones."""
    by_class: dict[tuple[int, str], list[_Place]] = defaultdict(list)
    owners = app.table(METHODS)["class"]
    for place in places:
        by_class[int(owners[place.method]), place.check.what].append(place)
    for key in sorted(by_class):
        listed = by_class[key]
        several = len({place.text.lower() for place in listed}) >= FEWEST_COMMON
        if several or any(place.strong for place in listed):
            yield from listed


def _finding(app: Facts, what: str, where: str, places: Sequence[_Place]) -> Finding:
    libraries = sorted({owner_of_method(app, place.method) for place in places})
    names = sorted({place.text for place in places})
    methods = sorted({place.method for place in places})
    limits = ["What it does with the answer is not told here; honest apps check as well."]
    shown = ", ".join(names[:4])
    return Finding(
        kind="hides.evasion",
        subject={
            "what": what, "names": names, "places": len(places), "in_own_code": where == OWN,
            "in_sdk": libraries if where == LIBRARY else [],
        },
        says=f"{doer(where, libraries)} {_SAYS[what]}: it holds {shown}"
        f"{' and others' if len(names) > 4 else ''}.",
        evidence=tuple(
            app.quote_string(
                place.check.says, place.string,
                {"method": app.method_signature(place.method), "pc": place.pc},
            )
            for place in sorted(places, key=lambda place: not place.strong)[:MOST_QUOTED]
        ),
        strength="indicated",
        reach=best_reach(app, methods),
        limits=(*limits, UNTOLD) if where == OTHER else tuple(limits),
        identity=f"texts {what} {where}",
    )  # fmt: skip
