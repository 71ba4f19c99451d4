"""Device data by scripts: what pages and script apps read of the device.

What it finds
    Calls by which JavaScript reads the device or its surroundings: position, camera, album,
    microphone, contacts, messages, calls, codes and cards, identifiers, networks around. One
    finding for each way.

Why it matters
    In hybrid apps the code of Java only hands the wish on: the plugin for the position is there
    whether or not anything asks for the position. What asks is a script.

How it decides
    The pack ``script_apis`` names functions of the web, of Cordova and Ionic, Capacitor, uni-app
    and HTML5+, mini programs, APICloud and React Native. A call counts when a script of the app,
    in a file, in a page or compiled, calls one by that name. Scripts that are libraries by the
    name of their file (pack ``web_files``) are left out. A long or
    compiled script has libraries in it, and the sentence says so.

What it misses
    Functions that were renamed or are reached through variables, as bundlers do with what one
    module takes from another; own plugins; scripts that are fetched. Whether the page is ever
    shown is not followed.

Example
    ``uni.getLocation({type: "gcj02", success: ...})``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from witnessmark.analyses.contract import Analysis, Yield
from witnessmark.analyses.script_calls import ScriptCallSite, left_out, script_calls
from witnessmark.analyses.takes._permits import Need, Permits
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.manifest import APP, COMPONENTS, PERMISSIONS
from witnessmark.facts.tables.scripts import SCRIPT_CALLS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.knowledge.packs.script_apis import ScriptApi
from witnessmark.knowledge.packs.web_files import WebFile
from witnessmark.model.finding import Finding, Reach
from witnessmark.model.gap import Gap

SCRIPT_DATA = Analysis(
    id="takes/script_data",
    version=1,
    reads=(APP, COMPONENTS, MEMBERS, PERMISSIONS, SCRIPT_CALLS, SCRIPTS),
    knows=("people", "script_apis", "web_files"),
)

MOST_QUOTED = 8
MOST_FILES = 3
BUNDLE = 200_000
"""Bytes of a script from which it hardly is one person's work."""


@SCRIPT_DATA.run
def find(app: Facts, know: Knowledge) -> Iterator[Yield]:
    """Yield one finding for each way to data that a script uses, and a gap for what is too long."""
    apis = [one for one in know.entries("script_apis", ScriptApi) if one.what]
    kinds = know.entries("web_files", WebFile)
    names = sorted({name for api in apis for name in api.names})
    found: dict[str, list[ScriptCallSite]] = defaultdict(list)
    for site in script_calls(app, names, kinds):
        for api in apis:
            if api.made == site.made and api.recognises(site.name):
                found[api.id].append(site)
                break
    categories = by_term(know.entries("people", Category))
    permits = Permits(app)
    for api in apis:
        if api.id in found:
            need = permits.need(api, api.action)
            yield _finding(app, api, found[api.id], need, categories)
    for member in left_out(app, names, kinds):
        why = "the script is too long to be followed; what it reads of the device is not told"
        yield Gap(member, why, ("takes", "keeps"))


def _is_bundle(app: Facts, site: ScriptCallSite) -> bool:
    """Whether a script is so long, or compiled, that libraries will be in the same file."""
    return site.reads_as != "utf-8" or len(app.blob(site.artifact)) > BUNDLE


def _finding(
    app: Facts,
    api: ScriptApi,
    sites: Sequence[ScriptCallSite],
    need: Need,
    categories: Mapping[str, Category],
) -> Finding:
    members = list(dict.fromkeys(site.member for site in sites))
    shown = ", ".join(members[:MOST_FILES]) + (", ..." if len(members) > MOST_FILES else "")
    whose = "A script of the app"
    limits = [
        "It does not show what becomes of the data.",
        "When the script runs is not known.",
        *need.limits,
    ]
    if all(_is_bundle(app, site) for site in sites):
        whose += ", or a library in it,"
        limits.append("The script has libraries in it; one of them may do this without being used.")
    if len(sites) > MOST_QUOTED:
        limits.append(f"{MOST_QUOTED} of {len(sites)} places are quoted.")
    return Finding(
        kind="takes.device_data",
        subject={
            "what": api.what,
            "api": api.id,
            "action": api.action,
            "permission": sorted(need.names),
            "permission_held": bool(need.held),
            "sites": len(sites),
            "functions": sorted({site.name for site in sites}),
            "files": members,
            "platform": api.platform,
        },
        says=f"{whose} {api.doing} ({shown}).",
        evidence=tuple(
            site.quote(app, f"a script calls {site.name}") for site in sites[:MOST_QUOTED]
        ),
        strength="read",
        reach=Reach("unknown"),
        categories=api.categories,
        special=any_special(api.categories, categories),
        about=api.about,
        limits=tuple(limits),
        identity=f"script {api.id}",
    )
