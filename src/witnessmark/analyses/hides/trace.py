"""What an app leaves on the device: marks that tell a later visit, and that an examiner can find.

What it finds
    Files, folders, recordings, archives and databases under fixed names on storage that all apps
    share; settings of the system, accounts, pictures in the gallery; lines in the device's log
    (``hides.trace``). For each path, whether it is hidden, and whether the app deletes it, too.

Why it matters
    They stay when the app is removed. Who knows the name can tell that the app was here, can tell
    a device that was examined before, and may find in them what the app collected.

How it decides
    By calls that write, named by the knowledge pack ``deeds``, with the path that they are given:
    a constant, or computed from folders of the platform. Paths outside shared storage, and the
    app's own folder there, which the system clears away, are not told. A path with pieces that
    are not known counts when a folder below the shared storage is known.

What it misses
    Paths that come from settings, servers or the user; what native code writes; whether the
    file is in fact written.

Example
    ``new File(Environment.getExternalStorageDirectory(), ".sys/mark").mkdirs()``
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.deed_findings import (
    LIBRARY,
    Group,
    Wording,
    deed_finding,
    doer,
    groups_of,
)
from witnessmark.analyses.deeds import Argument, Done, find_deeds
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS, STRINGS
from witnessmark.facts.tables.manifest import APP
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.folders import DIRECTORIES
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.deeds import Deed
from witnessmark.model.finding import Finding

TRACE = Analysis(
    id="hides/trace",
    version=1,
    reads=(CALLS, CLASSES, METHODS, STRINGS, REACH, SDK_CLASSES, DERIVED_TEXTS, APP),
    knows=("deeds",),
)

SHARED = kept_regex(
    r"^(file://)?/(mnt/)?(sdcard\d?|storage/(emulated/\d+|sdcard\d?|self/primary))(?=/|$)"
)
"""Where the platform keeps what all apps share; its folders have gone by several names."""

CLEARED = kept_regex(r"^/Android/(data|obb|media)/")
"""What the system removes together with the app."""

ON_STORAGE = frozenset({"files", "folders", "recordings", "archives", "databases"})
_NOUNS = {"files": "the file", "folders": "the folder", "recordings": "the recording",
          "archives": "the archive", "databases": "the database"}  # fmt: skip
USUAL = frozenset(DIRECTORIES.values())
"""Folders that every device has."""


@TRACE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield a finding for each path on shared storage, and one for each other kind of mark."""
    deeds = know.entries("deeds", Deed)
    names = CodeNames(app, framework_model())
    done = list(find_deeds(app, names, [deed for deed in deeds if deed.kind == "trace"]))
    erased = _erased(find_deeds(app, names, [deed for deed in deeds if deed.kind == "erasure"]))
    yield from _paths(app, [one for one in done if one.deed.what in ON_STORAGE], erased)
    for group in groups_of(app, [one for one in done if one.deed.what not in ON_STORAGE]):
        lasting = group.what != "log"
        wording = Wording({"stays": lasting})
        if group.where != LIBRARY or lasting:
            yield deed_finding(app, "hides.trace", group, wording)


def shared_path(text: str) -> str:
    """A path below shared storage, beginning with ``/sdcard``; empty for any other place."""
    match = SHARED.match(text)
    if match is None:
        return ""
    rest = re.sub(r"/+", "/", text[match.end() :]).rstrip("/")
    first = rest.strip("/").partition("/")[0]
    if CLEARED.match(rest + "/") or not first.strip("?"):
        return ""
    return f"/sdcard{rest}"


def _erased(done: Iterator[Done]) -> frozenset[str]:
    return frozenset(shared_path(one.text) for deed in done for one in deed.named) - {""}


def _paths(app: Facts, done: Sequence[Done], erased: frozenset[str]) -> Iterator[Finding]:
    by_path: dict[str, list[Done]] = defaultdict(list)
    for one in done:
        for argument in one.named:
            path = shared_path(argument.text)
            if path:
                by_path[path].append(_only(one, argument))
    for path in sorted(by_path):
        if path.removeprefix("/sdcard/") in USUAL:
            continue
        for group in groups_of(app, [_on_path(one) for one in by_path[path]]):
            hidden = any(part.startswith(".") for part in path.split("/"))
            finding = deed_finding(
                app,
                "hides.trace",
                group,
                Wording({
                    "path": path, "fixed": "?" not in path, "hidden": hidden, "stays": True,
                    "deleted_too": path in erased,
                }),
            )  # fmt: skip
            computed = all(one.derived >= 0 for done in group.done for one in done.named)
            kinds = sorted({one.deed.what for one in by_path[path]})
            yield replace(
                finding,
                strength="derived" if computed else finding.strength,
                says=_sentence(path, kinds, group, hidden=hidden, erased=path in erased),
                identity=f"{path} {group.where}",
            )


def _only(done: Done, argument: Argument) -> Done:
    """The call with this argument alone as what it is done to."""
    position = done.deed.named_at
    assert position is not None
    return msgspec.structs.replace(done, given={**done.given, position: (argument,)})


def _on_path(done: Done) -> Done:
    """The call under a word that all ways of writing to one path share."""
    return msgspec.structs.replace(
        done, deed=msgspec.structs.replace(done.deed, what="shared_storage")
    )


def _sentence(path: str, kinds: Sequence[str], group: Group, *, hidden: bool, erased: bool) -> str:
    what = _NOUNS[kinds[0]] if len(kinds) == 1 else "the file or folder"
    more = " Its name begins with a dot: most file managers do not show it." if hidden else ""
    gone = " The app also deletes it in some place." if erased else ""
    who = doer(group.where, group.libraries)
    return f"{who} makes {what} {path} on storage that outlasts the app.{more}{gone}"
