"""Preferences of scripts: single values that pages and script apps keep on the device.

What it finds
    Keys under which JavaScript keeps or reads values: in the store of the web page, of uni-app
    and HTML5+, mini programs, APICloud, Ionic, Capacitor, React Native. One finding for each file.

Why it matters
    Who is signed in, tokens, the last answers of a server and whole records lie there, mostly
    unencrypted, and stay when the app is closed.

How it decides
    Calls of functions of pack ``script_apis`` that have a key, with a constant key; of a key that
    is put together, its constant pieces with ``{name}`` for the rest. A key that is written is
    kept; one that is only read may be written elsewhere. Libraries by the name of their file are
    left out.

What it misses
    Keys that are not constant; what is read as a member (``localStorage.name``); databases of
    pages. What the value is, is not told.

Example
    ``localStorage.setItem("token", answer.token)``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.script_calls import ScriptCallSite, script_assignments, script_calls
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.scripts import SCRIPT_CALLS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.script_apis import ScriptApi
from witnessmark.knowledge.packs.web_files import WebFile
from witnessmark.model.finding import Finding, Original, Reach

SCRIPT_STORE = Analysis(
    id="keeps/script_store",
    version=1,
    reads=(MEMBERS, SCRIPT_CALLS, SCRIPTS),
    knows=("script_apis", "web_files"),
)

MOST_QUOTED = 60
MOST_NAMED = 12
HOLES = kept_regex(r"\{[^{}]*\}")
"""Pieces of a key that are not known."""

Kept = tuple[ScriptApi, ScriptCallSite]


@SCRIPT_STORE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding for each file whose script keeps or reads values under constant keys."""
    apis = [one for one in know.entries("script_apis", ScriptApi) if one.key]
    files: dict[str, dict[str, list[Kept]]] = defaultdict(lambda: defaultdict(list))
    for api, site in _sites(app, apis, know.entries("web_files", WebFile)):
        key = site.text(api.key)
        if HOLES.sub("", key).strip():
            files[site.member][key].append((api, site))
    for member in sorted(files):
        yield _finding(app, member, files[member])


def _sites(app: Facts, apis: Sequence[ScriptApi], kinds: Sequence[WebFile]) -> Iterator[Kept]:
    """Calls of stores and members that are given values, each with what it is."""
    for assigned, look in ((False, script_calls), (True, script_assignments)):
        known = [one for one in apis if one.assigned == assigned]
        for site in look(app, sorted({name for one in known for name in one.names}), kinds):
            api = next(
                (one for one in known if one.made == site.made and one.recognises(site.name)), None
            )
            if api is not None:
                yield api, site


def _finding(app: Facts, member: str, keys: Mapping[str, Sequence[Kept]]) -> Finding:
    written = {key for key, places in keys.items() if _is_written(places)}
    kept = [key for key in keys if key in written]
    read = [key for key in keys if key not in written]
    done = f"keeps values under {_told(kept)}" if kept else f"reads values under {_told(read)}"
    firsts = [min(places, key=lambda one: one[0].action != "write") for places in keys.values()]
    return Finding(
        kind="keeps.preference",
        subject={
            "name": member,
            "files": [],
            "keys": [
                {"name": key, "type": "", "written": key in written} for key in keys
            ],
            "owner": "own",
        },
        says=f"On the device, the script {member} {done}.",
        evidence=tuple(
            site.quote(app, f"{'keeps' if api.action == 'write' else 'reads'} a value: {site.name}")
            for api, site in firsts[:MOST_QUOTED]
        ),
        strength="read",
        reach=Reach("unknown"),
        original=tuple(Original(key) for key in keys),
        limits=(
            "It does not show which values are kept under these keys.",
            "When the script runs is not known.",
        ),
        identity=f"script {member}",
    )  # fmt: skip


def _is_written(places: Sequence[Kept]) -> bool:
    return any(api.action == "write" for api, _ in places)


def _told(keys: Sequence[str]) -> str:
    shown = ", ".join(f"“{key}”" for key in keys[:MOST_NAMED])
    more = f" and {len(keys) - MOST_NAMED} more" if len(keys) > MOST_NAMED else ""
    return f"{'the key' if len(keys) == 1 else 'the keys'} {shown}{more}"
