"""Account scan: which accounts that other apps have on the device the app looks for.

What it finds
    Accounts of other apps asked for by their type; files, preferences and folders that tell who
    is logged in to another app, read directly, as superuser, or through that app's context; the
    system log searched for login ids. One finding for each other app.

Why it matters
    An account ties the device, and what is found on it, to a person, and shows where else that
    person is, and under which name.

How it decides
    The knowledge pack ``other_apps`` names packages, account types and the files that tell who is
    logged in. An account type counts where it is passed to the account manager, or compared in
    a method that lists all accounts; the app's own types do not count. A file counts where code
    names its path and uses it as a file, or a shell command does; alone it is *indicated*. The
    log counts where code of the same class looks in it for the name of another app or for a
    word by which login ids go.

What it misses
    Apps that the pack does not know, unless the account manager is asked for them by type; files
    whose path comes from a server; what native code reads.

Example
    ``getAccountsByType("com.whatsapp")``;
    ``new File("/data/data/com.tencent.mobileqq/shared_prefs/Last_Login.xml")``
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from witnessmark.analyses.call_roles import call_roles
from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.tables import API_SITES, SDK_CLASSES
from witnessmark.analyses.takes._accounts import Accounts, Clue, Way, clues_by_app
from witnessmark.analyses.takes._occasions import Occasions, Told
from witnessmark.analyses.takes._other_apps import OtherApps
from witnessmark.analyses.takes._paces import task_intervals
from witnessmark.analyses.takes._sites import Uses, owner_of
from witnessmark.facts.tables.code import (
    CALLS,
    CLASSES,
    FIELD_USES,
    FIELDS,
    METHODS,
    STRING_USES,
    STRINGS,
    TRY_HANDLERS,
    TYPE_USES,
    TYPES,
)
from witnessmark.facts.tables.manifest import (
    APP,
    COMPONENTS,
    INTENT_FILTERS,
    XML_ATTRIBUTES,
    XML_NODES,
)  # fmt: skip
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import CALL_EDGES, DISPATCHES, ENTRY_POINTS, REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.file_walks import FileWalk
from witnessmark.knowledge.packs.occasions import Occasion
from witnessmark.knowledge.packs.other_apps import OtherApp
from witnessmark.knowledge.packs.shell_words import ShellWord
from witnessmark.knowledge.packs.triggers import Trigger
from witnessmark.model.finding import Finding, Strength

ACCOUNT_SCAN = Analysis(
    id="takes/account_scan",
    version=1,
    reads=(
        API_SITES, APP, CALLS, CALL_EDGES, CLASSES, COMPONENTS, DERIVED_TEXTS, DISPATCHES,
        ENTRY_POINTS, INTENT_FILTERS, METHODS, REACH, RESOURCE_VALUES, SDK_CLASSES, STRING_USES,
        STRINGS, TYPES, XML_ATTRIBUTES, XML_NODES, FIELDS, FIELD_USES, TRY_HANDLERS, TYPE_USES,
    ),
    knows=(
        "apis", "call_roles", "file_walks", "occasions", "other_apps", "shell_words", "triggers",
    ),
)  # fmt: skip

OWN = frozenset({"own", "other"})
MOST_QUOTED = 12
MOST_SHOWN = 4
LEADS: dict[Way, str] = {
    "account manager": "asks the device for accounts of the type",
    "file": "reads",
    "context": "opens the data of the package",
    "log": "looks in the system log for",
}


@ACCOUNT_SCAN.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding for each other app whose accounts are looked for."""
    names = CodeNames(app, framework_model())
    known = know.entries("other_apps", OtherApp)
    uses = Uses(app, names, [one for one in know.entries("apis", Api) if one.kind == "use"])
    others = OtherApps(app, names, uses, known, know.entries("shell_words", ShellWord))
    accounts = Accounts(app, names, known, know.entries("file_walks", FileWalk))
    found = [
        clue
        for clue in accounts.clues(others.touches())
        if owner_of(app, clue.method) != "platform"
    ]
    intervals = task_intervals(app, names, know.entries("triggers", Trigger))
    occasions = Occasions(
        app, names, know.entries("occasions", Occasion), intervals, call_roles(know)
    )
    for clues in clues_by_app(found).values():
        yield _finding(app, clues, occasions.of(clue.method for clue in clues))


def _finding(app: Facts, clues: Sequence[Clue], occasions: Sequence[Told]) -> Finding:
    owners = {owner_of(app, clue.method) for clue in clues}
    files = any(clue.way in ("file", "context") for clue in clues)
    libraries = sorted(owners - OWN)
    own = not owners.isdisjoint(OWN)
    return Finding(
        kind="takes.account_scan",
        subject={
            "app": clues[0].app,
            "packages": list(clues[0].packages),
            "ways": sorted({clue.way for clue in clues}),
            "places": sorted({clue.place for clue in clues}),
            "as_superuser": any(clue.superuser for clue in clues),
            "sites": len(clues),
            "occasions": [one.says for one in occasions],
            "by": sorted({one.by for one in occasions}),
            "in_own_code": own,
            "in_sdk": libraries,
        },
        says=_says(clues, occasions, "" if own else f" (in library code: {', '.join(libraries)})"),
        evidence=tuple(clue.evidence for clue in clues[:MOST_QUOTED]),
        strength=_strength(clues),
        reach=best_reach(app, sorted({clue.method for clue in clues})),
        categories=("wm:Accounts", "wm:OtherAppData") if files else ("wm:Accounts",),
        about="user",
        limits=_limits(clues, own=own),
        identity=clues[0].app,
    )


def _says(clues: Sequence[Clue], occasions: Sequence[Told], where: str) -> str:
    parts = []
    for way, lead in LEADS.items():
        of_way = [clue for clue in clues if clue.way == way]
        places = sorted({clue.place for clue in of_way})
        if not places:
            continue
        verb = lead if any(clue.action == "read" for clue in of_way) else f"names, and may {lead}"
        more = " and others" if len(places) > MOST_SHOWN else ""
        root = " as superuser" if any(clue.superuser for clue in of_way) else ""
        parts.append(f"it {verb} {', '.join(places[:MOST_SHOWN])}{more}{root}")
    said = list(dict.fromkeys(one.says for one in occasions))[:3]
    when = f" ({'; '.join(said)})" if said else ""
    return f"The app looks for accounts of {clues[0].app}{where}: {'; '.join(parts)}{when}."


def _strength(clues: Sequence[Clue]) -> Strength:
    if any(clue.way == "account manager" for clue in clues):
        return "read"
    return "derived" if any(clue.action == "read" for clue in clues) else "indicated"


def _limits(clues: Sequence[Clue], *, own: bool) -> tuple[str, ...]:
    limits = ["It does not show what becomes of what is found."]
    if any(clue.way == "account manager" for clue in clues):
        limits.append(
            "From Android 8 on the account manager lists accounts of other apps only as far as "
            "those apps or the user let it."
        )
    if any(clue.way in ("file", "context") for clue in clues):
        limits.append(
            "An app's private files are open to others only with superuser rights, or where that "
            "app left them open."
        )
    if not own:
        limits.append("Only library code does this, not the app's own.")
    return tuple(limits)
