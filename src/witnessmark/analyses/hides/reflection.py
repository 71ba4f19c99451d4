"""Calls past the public interfaces: what an app reaches by naming classes and methods in text.

What it finds
    Hidden classes and methods of the system that code looks up by name, and what for
    (``hides.reflection``): telephone, messages, identifiers, hidden settings, packages, the
    machinery that runs apps, the barrier before hidden interfaces. Names that code decodes
    before it looks them up.

Why it matters
    Hidden interfaces do what the public ones forbid or ask permission for, and a name in text is
    easily overlooked, more so when it is encoded.

How it decides
    By constant or computed names given to ``Class.forName``, ``getMethod`` and the like, held
    against the knowledge pack ``deeds``. Names that stand nowhere in the app as they are and come
    out of its own decoders are told apart from any pack.

What it misses
    Names that are not known before the app runs; each such place is counted in the gaps of
    ``reach``. Libraries use hidden interfaces, too, and are told as such.

Example
    ``Class.forName("android.os.SystemProperties")``; ``getMethod(decode("9a3f..."))``
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.deed_findings import deed_finding, groups_of, owner_of_method
from witnessmark.analyses.deeds import find_deeds
from witnessmark.analyses.hides._encoded import encoded_texts
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS, STRINGS
from witnessmark.facts.view import Facts
from witnessmark.flow.call_roles import plays
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.evidence import derived_evidence
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.deeds import Deed
from witnessmark.model.finding import Finding

REFLECTION = Analysis(
    id="hides/reflection",
    version=1,
    reads=(CALLS, CLASSES, METHODS, STRINGS, REACH, SDK_CLASSES, DERIVED_TEXTS),
    knows=("deeds",),
)

MOST_QUOTED = 12


@REFLECTION.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield a finding for each purpose, and one for names that were decoded."""
    deeds = [deed for deed in know.entries("deeds", Deed) if deed.kind == "reflection"]
    names = CodeNames(app, framework_model())
    for group in groups_of(app, find_deeds(app, names, deeds)):
        yield deed_finding(app, "hides.reflection", group)
    yield from _decoded(app)


def _decoded(app: Facts) -> Iterator[Finding]:
    """Names that came out of decoders of the app."""
    callees, rows = app.table(CALLS)["callee"], []
    table = app.table(DERIVED_TEXTS)
    for one in encoded_texts(app):
        callee = int(callees[table["call"][one.row]])
        looked = plays(app, "name_lookup", callee)
        if looked and owner_of_method(app, one.method) != "platform":
            rows.append(one.row)
    if not rows:
        return
    names = sorted({str(table["text"][row]) for row in rows})
    methods = sorted({int(table["method"][row]) for row in rows})
    owners = sorted({owner_of_method(app, method) for method in methods} - {"own", "other"})
    yield Finding(
        kind="hides.reflection",
        subject={
            "what": "encoded_names", "names": names, "places": len(rows), "in_sdk": owners,
            "in_own_code": len(owners) < len({owner_of_method(app, m) for m in methods}),
        },
        says=f"The app looks up {len(names)} names of classes or members that stand in it in "
        f"encoded form only: {', '.join(names[:4])}{' and others' if len(names) > 4 else ''}.",
        evidence=tuple(derived_evidence(app, row) for row in rows[:MOST_QUOTED]),
        strength="derived",
        reach=best_reach(app, methods),
        limits=("Tools that protect apps encode names, too, without the makers asking why.",),
        identity="encoded_names",
    )  # fmt: skip
