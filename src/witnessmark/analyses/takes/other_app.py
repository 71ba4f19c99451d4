"""Other apps' files: what the app reads, changes or deletes in the folders of other apps.

What it finds
    Paths in the private or shared folders of other apps that code uses as files or that shell
    commands name, and other apps' contexts through which code opens what they keep. One
    finding for each other app and each thing done.

Why it matters
    What one app keeps is closed to others unless the device was opened by its holder, or by whoever
    held it. Messages, pictures and keys of other apps are in those folders.

How it decides
    A path counts as another app's where it lies in ``/data/data/<package>``, in
    ``Android/data/<package>`` or in a folder of shared storage that the pack ``other_apps`` knows,
    and the package is not the app's own by its manifest or its classes. What is done is told by
    the call that uses the path, or by the word that begins the command (pack ``shell_words``).
    Paths that `takes/device_data` tells by name, such as WhatsApp's, are left to it.

What it misses
    Packages that are chosen at run time; paths that come from a server; native code.

Example
    ``Runtime.exec("cat /data/data/com.example.bank/databases/accounts.db")``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.analyses.takes._other_apps import OtherApps, Touch
from witnessmark.analyses.takes._sites import Uses, owner_of
from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS, STRING_USES, STRINGS, TYPES
from witnessmark.facts.tables.manifest import APP
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.apis import VERBS, Api
from witnessmark.knowledge.packs.other_apps import OtherApp
from witnessmark.knowledge.packs.shell_words import ShellWord
from witnessmark.model.finding import Finding

OTHER_APP = Analysis(
    id="takes/other_app",
    version=1,
    reads=(
        APP, CALLS, CLASSES, DERIVED_TEXTS, METHODS, REACH, SDK_CLASSES, STRING_USES, STRINGS,
        TYPES,
    ),
    knows=("apis", "other_apps", "shell_words"),
)  # fmt: skip

OWN = frozenset({"own", "other"})
WAY = "file.other_app"
"""Way of findings of this analysis; those of pack ``apis`` name single apps."""

MOST_QUOTED = 12
MOST_SHOWN = 4
MOST_NAMED = 40
MOST_APPS = 6
"""Other apps that get a finding each; more are told in one."""


@OTHER_APP.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding for each other app and each thing done with its files."""
    apis = know.entries("apis", Api)
    names = CodeNames(app, framework_model())
    uses = Uses(app, names, [one for one in apis if one.kind == "use"])
    others = OtherApps(
        app, names, uses, know.entries("other_apps", OtherApp),
        know.entries("shell_words", ShellWord),
    )  # fmt: skip
    told = [api for api in apis if api.kind == "file" and not api.needs_use]
    touches = [one for one in others.touches() if not any(api.recognises(one.path) for api in told)]
    grouped = _grouped(touches)
    used = {name for name, action in grouped if action != "names"}
    for action in sorted({action for _, action in grouped}):
        apps = {
            name: places for (name, done), places in sorted(grouped.items())
            if done == action and (action != "names" or name not in used)
        }  # fmt: skip
        if len(apps) > MOST_APPS:
            yield _finding(app, sorted(apps), action, [one for p in apps.values() for one in p])
        else:
            for name, places in apps.items():
                yield _finding(app, [name], action, places)


def _grouped(touches: Sequence[Touch]) -> Mapping[tuple[str, str], list[Touch]]:
    """Places by the other app, by what is done."""
    found: dict[tuple[str, str], list[Touch]] = defaultdict(list)
    for one in touches:
        found[one.app.says if one.app else one.package, one.action].append(one)
    return found


def _finding(app: Facts, names: Sequence[str], action: str, touches: Sequence[Touch]) -> Finding:
    owners = {owner_of(app, one.method) for one in touches}
    own = not owners.isdisjoint(OWN)
    libraries = sorted(owners - OWN)
    places = sorted({one.path for one in touches})
    where = "" if own else f" (in library code: {', '.join(libraries)})"
    of = f"another app, {names[0]}" if len(names) == 1 else f"{len(names)} other apps"
    more = " and others" if len(places) > MOST_SHOWN else ""
    return Finding(
        kind="takes.device_data",
        subject={
            "what": "files of another app",
            "api": WAY,
            "permission": [],
            "apps": list(names)[:MOST_NAMED],
            "count": len(names),
            "packages": sorted({one.package for one in touches} - {""})[:MOST_NAMED],
            "action": action,
            "places": places[:MOST_NAMED],
            "by_command": any(one.command for one in touches),
            "sites": len(touches),
            "in_own_code": own,
            "in_sdk": libraries,
        },
        says=f"The app {VERBS[action]} files of {of}{where}: "
        f"{', '.join(places[:MOST_SHOWN])}{more}.",
        evidence=tuple(one.evidence(app) for one in touches[:MOST_QUOTED]),
        strength="indicated" if action == "names" else "derived",
        reach=best_reach(app, sorted({one.method for one in touches})),
        categories=("wm:OtherAppData",),
        about="user",
        limits=_limits(touches, own=own),
        identity=f"{names[0] if len(names) == 1 else 'many'} {action}",
    )


def _limits(touches: Sequence[Touch], *, own: bool) -> tuple[str, ...]:
    limits = ["It does not show what becomes of the data."]
    if any(one.path.startswith("/data") for one in touches):
        limits.append(
            "An app's private files are open to others only with superuser rights, or where that "
            "app left them open."
        )
    if any(one.command for one in touches):
        limits.append("The command stands in the code; that it is run was not followed.")
    if not own:
        limits.append("Only library code does this, not the app's own.")
    return tuple(limits)
