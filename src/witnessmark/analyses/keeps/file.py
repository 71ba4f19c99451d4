"""Files that an app writes, reads and deletes, and where they lie.

What it finds
    Paths that the app's own code gives to calls that write, read or delete a file or open a
    database, put together from constants and from folders of the platform, with what the code
    does to each.

Why it matters
    Records, pictures, recordings and reports are kept as files. On storage that all apps share
    others can read them, and they stay when the app is removed.

How it decides
    By calls of the pack ``deeds`` with the path that they are given: a constant, or computed.
    Names that the platform puts below a folder of its own (`openFileOutput`, databases) are told
    with that folder. Pieces that are set while the app runs are written ``?``; a path of which
    no piece but the folder is known is left out, and so are files of the system that are read.

What it misses
    Paths that come from settings, servers, the user or another app; what native code and
    scripts write. It does not show whether the file is in fact written.

Example
    ``new FileWriter(Environment.getExternalStorageDirectory() + "/Report_" + user + ".html")``
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.deeds import Done, find_deeds, quote_argument
from witnessmark.analyses.manifest import app_value
from witnessmark.analyses.ownership import not_of_libraries, owner_of
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS, STRINGS
from witnessmark.facts.tables.manifest import APP
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.deeds import Deed
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original

FILE = Analysis(
    id="keeps/file",
    version=1,
    reads=(CALLS, CLASSES, METHODS, STRINGS, REACH, SDK_CLASSES, DERIVED_TEXTS, APP),
    knows=("deeds",),
)

USES: Mapping[tuple[str, str], str] = {
    ("trace", "files"): "written", ("trace", "recordings"): "written",
    ("trace", "archives"): "written", ("trace", "databases"): "database",
    ("erasure", "files"): "deleted", ("erasure", "databases"): "database deleted",
    ("file", "read"): "read", ("file", "database"): "database",
    ("file", "written"): "written",
    ("file", "private_written"): "private written", ("file", "private_read"): "private read",
}  # fmt: skip
"""What an entry of the pack says of a path; the first word may tell below which folder it lies."""

BELOW: Mapping[str, str] = {"database": "databases", "private": "files"}
VERBS: Mapping[str, str] = {
    "written": "writes", "read": "reads", "deleted": "deletes", "opened": "opens",
}  # fmt: skip
SHARED = kept_regex(
    r"^(?:file://)?/(?:mnt/)?(?:sdcard\d?|storage/(?:emulated/\d+|sdcard\d?|self/primary))(?=/|$)"
)
OF_APP = kept_regex(r"^/sdcard/Android/(?:data|obb|media)/([^/]*)")
PRIVATE = kept_regex(r"^/data/(?:data|user/\d+|user_de/\d+)/[^/]*")
WORLD = 3
"""Bits of the mode of `openFileOutput` that let other apps read or write."""

MOST_EVIDENCE = 20
UNKNOWN_PIECE = (
    "Pieces marked ? are set while the app runs.",
)  # fmt: skip


class _Use(Struct, frozen=True):
    """One call on a path: what it does, and whether it opens the file to other apps."""

    done: Done
    verb: str
    evidence: Evidence
    open_to_all: bool


@FILE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a path."""
    deeds = [one for one in know.entries("deeds", Deed) if (one.kind, one.what) in USES]
    by_path: dict[str, list[_Use]] = defaultdict(list)
    for path, use in _uses(app, deeds):
        by_path[path].append(use)
    for path in sorted(by_path):
        owner = owner_of(app, [use.done.method for use in by_path[path]])
        verbs = {use.verb for use in by_path[path]}
        where = _where(path, app_value(app, "package"))
        known = where != SYSTEM or verbs & {"written"}
        if owner in ("own", "other", "unknown") and known and _is_told(path):
            yield _finding(app, path, by_path[path], where, owner)


def _uses(app: Facts, deeds: Sequence[Deed]) -> Iterator[tuple[str, _Use]]:
    package, told = app_value(app, "package") or "?", not_of_libraries(app)
    for done in find_deeds(app, CodeNames(app, framework_model()), deeds):
        if not told[done.method]:
            continue
        kind, _, verb = USES[done.deed.kind, done.deed.what].partition(" ")
        below = BELOW.get(kind, "")
        for argument in done.named:
            quoted = quote_argument(app, done.method, argument)
            if quoted is None or argument.kind not in ("string", "derived"):
                continue
            if "\n" in argument.text:
                continue
            path = _path(argument.text, f"/data/data/{package}/{below}" if below else "")
            says = VERBS[verb if verb in VERBS else kind if kind in VERBS else "opened"]
            call = app.quote_instruction(
                f"calls {app.method_signature(done.callee)}", done.method, done.pc
            )
            evidence = Evidence(
                f"the code {says} {path}", because=(call, quoted), by=f"deeds/{done.deed.id}"
            )
            yield path, _Use(done, _verb(kind, verb), evidence, _opens(done))


def _verb(kind: str, verb: str) -> str:
    """The participle by which a use is told."""
    if verb:
        return verb
    return kind if kind in VERBS else "opened"


def _opens(done: Done) -> bool:
    if done.deed.what != "private_written":
        return False
    modes = [one.text for one in done.given.get(1, ()) if one.kind == "int"]
    return any(int(mode) & WORLD for mode in modes)


def _path(text: str, folder: str) -> str:
    """A path in one spelling; a bare name stands below ``folder``."""
    text = re.sub(r"/{2,}", "/", SHARED.sub("/sdcard", text)).rstrip("/")
    return f"{folder}/{text}" if folder and "/" not in text else text


SYSTEM = "elsewhere on the device"


def _where(path: str, package: str) -> str:
    folder = OF_APP.match(path)
    if folder:
        own = folder[1] == package or "?" in folder[1]
        return f"{'its own folder' if own else 'the folder of another app'} on shared storage"
    if path.startswith("/sdcard"):
        return "storage that all apps share"
    if PRIVATE.match(path):
        return "its private folder"
    return SYSTEM if path.startswith("/") else "a folder that is not known"


def _is_told(path: str) -> bool:
    """Whether more is known of a path than a folder that every device has."""
    rest = PRIVATE.sub("", OF_APP.sub(r"/\1", path)).removeprefix("/sdcard")
    parts = [part for part in rest.split("/")[1:] or [rest] if part.strip("?._- ")]
    known = [part for part in parts if part not in COMMON]
    if path.startswith("/"):
        return bool(known)
    return bool(known) and "." in parts[-1] and len(parts[-1].strip("?.")) > 3


COMMON = frozenset({"files", "cache", "databases", "shared_prefs", "no_backup", "Download", "DCIM",
                    "Pictures", "Music", "Movies", "Documents", "data", "Camera"})  # fmt: skip


def _finding(app: Facts, path: str, uses: Sequence[_Use], where: str, owner: str) -> Finding:
    methods = [use.done.method for use in uses]
    verbs = [verb for verb in VERBS if any(use.verb == verb for use in uses)]
    open_to_all = any(use.open_to_all for use in uses)
    fixed = "?" not in path
    constant = all(one.string >= 0 for use in uses for one in use.done.named)
    return Finding(
        kind="keeps.file",
        subject={
            "name": path,
            "where": where,
            "uses": verbs,
            "fixed": fixed,
            "open_to_all": open_to_all or where == "storage that all apps share",
            "methods": sorted({app.method_signature(method) for method in methods}),
            "owner": owner,
        },
        says=_says(path, where, verbs, open_to_all=open_to_all),
        evidence=tuple(use.evidence for use in uses[:MOST_EVIDENCE]),
        strength="read" if constant else "derived",
        reach=best_reach(app, methods),
        original=(Original(path),),
        limits=(
            "It does not show whether the file is in fact written or what it holds.",
            *(() if fixed else UNKNOWN_PIECE),
        ),
        identity=path,
    )


def _says(path: str, where: str, verbs: Sequence[str], *, open_to_all: bool) -> str:
    told = [VERBS[verb] for verb in verbs]
    doing = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
    what = "the database" if verbs == ["opened"] else "the file"
    more = " Other apps may read it." if open_to_all else ""
    return f"The app {doing} {what} {path}, in {where}.{more}".replace("in storage", "on storage")
