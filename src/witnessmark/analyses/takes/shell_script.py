"""Device data by shell programs: what commands in scripts of the app read.

What it finds
    Commands in shell programs among the files of the app that give data about people or their
    devices: the system log, pictures of the screen, lists of apps, identifiers; and files of other
    apps and of the system that commands name. One finding for each way.

Why it matters
    Apps with the rights of a superuser, or run by the maker of the device, do by the shell what
    the platform would not let them do by its own calls.

How it decides
    The pack ``apis`` names commands and files. A command counts when a line that is no comment
    runs it; a file, when a command is handed it: then what is done with it is not told apart.

What it misses
    Commands in variables, in texts handed to another shell, in programs that are unpacked later.

Example
    ``screencap -p /sdcard/s.png``
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.script_calls import ScriptCallSite
from witnessmark.facts.tables.scripts import SCRIPT_CALLS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.apis import Action, Api
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.model.finding import Finding, Reach

SHELL_SCRIPT = Analysis(
    id="takes/shell_script",
    version=1,
    reads=(SCRIPT_CALLS, SCRIPTS),
    knows=("apis", "people"),
)

MOST_QUOTED = 8
MOST_FILES = 3


@SHELL_SCRIPT.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding for each way to data that a shell program takes."""
    apis = [
        one
        for one in know.entries("apis", Api)
        if one.what and (one.kind == "command" or (one.kind == "file" and not one.needs_use))
    ]
    found: dict[str, list[ScriptCallSite]] = defaultdict(list)
    for site in _commands(app):
        for api in apis:
            if _runs(api, site):
                found[api.id].append(site)
    categories = by_term(know.entries("people", Category))
    for api in apis:
        if api.id in found:
            yield _finding(app, api, found[api.id], categories)


def _commands(app: Facts) -> Iterator[ScriptCallSite]:
    """Commands of all shell programs, each with its words."""
    scripts = app.table(SCRIPTS)
    columns = ("script", "name", "arguments", "artifact", "offset", "length")
    for script, name, arguments, artifact, offset, length in app.table(SCRIPT_CALLS).rows(*columns):
        if scripts["kind"][script] == "shell":
            yield ScriptCallSite(
                name, tuple(json.loads(arguments)), False, str(scripts["name"][script]), artifact,
                offset, length, "utf-8",
            )  # fmt: skip


def _runs(api: Api, site: ScriptCallSite) -> bool:
    """Whether a command is the one meant, or is handed the file that is meant."""
    words = [word.strip("'\"") for word in site.arguments]
    if api.kind == "file":
        return any(api.recognises(word) for word in words)
    line = " ".join((site.name, *words))
    if api.form == "exact":
        return any(line == one or line.startswith(f"{one} ") for one in api.text)
    return api.recognises(line)


def _finding(
    app: Facts, api: Api, sites: Sequence[ScriptCallSite], categories: Mapping[str, Category]
) -> Finding:
    action: Action | str = api.action if api.kind == "command" else "names"
    members = list(dict.fromkeys(site.member for site in sites))
    shown = ", ".join(members[:MOST_FILES]) + (", ..." if len(members) > MOST_FILES else "")
    limits = ["Whether anything starts the script, and with which rights, is not known."]
    if len(sites) > MOST_QUOTED:
        limits.append(f"{MOST_QUOTED} of {len(sites)} places are quoted.")
    return Finding(
        kind="takes.device_data",
        subject={
            "what": api.what,
            "api": api.id,
            "action": action,
            "permission": [],
            "permission_held": False,
            "sites": len(sites),
            "functions": sorted({site.name for site in sites}),
            "files": members,
            "platform": "shell",
        },
        says=f"A shell script in the app {api.doing(action)} ({shown}).",
        evidence=tuple(
            site.quote(app, f"the script runs {site.name}") for site in sites[:MOST_QUOTED]
        ),
        strength="read" if api.kind == "command" else "indicated",
        reach=Reach("unknown"),
        categories=api.categories,
        special=any_special(api.categories, categories),
        about=api.about,
        limits=tuple(limits),
        identity=f"shell {api.id}",
    )
