"""File scan: which folders of the device the app looks through, for which files.

What it finds
    Code that lists folders outside the app's own ones, alone or with those below; the media
    index asked for all files; shell commands that look for files. With it: the folders, the
    kinds of files that are looked for, and the digests that are computed of them.

Why it matters
    A scan brings what its holder, and others who wrote to him, keep on the device; a digest of each
    file tells whether he has certain files without copying any.

How it decides
    Calls that list a folder (pack ``file_walks``) are taken with the methods by which they call
    themselves again for the folders below. The folder is told where it is a constant or
    computed by code (`flow.values`); kinds of files (pack ``file_types``) where a name is
    compared with them there, in a filter that is created there, or at most two calls further; a
    digest where one is computed of a file that is opened there, at most four calls further.
    Code that only looks through the app's own folders, through folders of the system such as
    ``/proc``, or only deletes is not told.

What it misses
    Folders that are chosen at run time; kinds of files that come from a server; what native
    code looks through.

Example
    ``scan(Environment.getExternalStorageDirectory())`` with ``listFiles()``,
    ``endsWith(".mp4")`` and ``MessageDigest.getInstance("MD5")``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.call_roles import call_roles
from witnessmark.analyses.code_names import Call, CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.deeds import quote_argument
from witnessmark.analyses.tables import API_SITES, SDK_CLASSES
from witnessmark.analyses.takes._folders import Folders, clean_path
from witnessmark.analyses.takes._occasions import Occasions, Told
from witnessmark.analyses.takes._paces import task_intervals
from witnessmark.analyses.takes._sites import owner_of
from witnessmark.analyses.takes._walks import Named, Walk, Walks, ends_in
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
)  # fmt: skip
from witnessmark.facts.tables.manifest import APP, COMPONENTS, INTENT_FILTERS
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import distinct
from witnessmark.flow.names import string_bytes
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import CALL_EDGES, DISPATCHES, ENTRY_POINTS, REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.file_types import FileType
from witnessmark.knowledge.packs.file_walks import FileWalk
from witnessmark.knowledge.packs.occasions import Occasion
from witnessmark.knowledge.packs.triggers import Trigger
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding

FILE_SCAN = Analysis(
    id="takes/file_scan",
    version=1,
    reads=(
        API_SITES, APP, CALLS, CALL_EDGES, CLASSES, COMPONENTS, DERIVED_TEXTS, DISPATCHES,
        ENTRY_POINTS, FIELD_USES, INTENT_FILTERS, METHODS, REACH, SDK_CLASSES, STRING_USES, STRINGS,
        TYPE_USES, TYPES, FIELDS, TRY_HANDLERS,
    ),
    knows=("call_roles", "file_types", "file_walks", "occasions", "triggers"),
)  # fmt: skip

INDEX = ("MediaStore.", "uri.media")
"""Beginnings of entries of pack ``apis`` that ask the media index."""

ALL_FILES = "MediaStore.Files."
OWN = frozenset({"own", "other"})
HINT = kept_regex(rb"find |ls -")
COMMAND = kept_regex(
    r"(?:^|[;&|\n]\s*|busybox\s+)(?:find|ls\s+-\w*R\w*)\s+(?P<folder>/[^\s;|&]*)(?P<rest>[^;&|\n]*)"
)
MOST_QUOTED = 6
MOST_SHOWN = 8


@FILE_SCAN.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding for each piece of code that looks through folders."""
    names = CodeNames(app, framework_model())
    types = know.entries("file_types", FileType)
    walks = Walks(app, names, know.entries("file_walks", FileWalk), types)
    intervals = task_intervals(app, names, know.entries("triggers", Trigger))
    occasions = Occasions(
        app, names, know.entries("occasions", Occasion), intervals, call_roles(know)
    )
    teller = _Teller(app, occasions, Folders(app))
    for walk in _alike(app, walks.all()):
        yield from teller.walk(walk)
    yield from teller.index(walks)
    yield from teller.commands(walks)


def _alike(app: Facts, walks: Iterable[Walk]) -> Iterator[Walk]:
    """Pieces of code that do the same, as copies of one another do, as one."""
    groups: dict[Hashable, list[Walk]] = defaultdict(list)
    for walk in walks:
        texts = (frozenset(one.text for one in named) for named in (walk.folders, walk.types))
        owner = owner_of(app, walk.methods[0])
        key = (*texts, walk.deep, frozenset(walk.digests), bool(walk.opens), walk.deletes, owner)
        groups[key].append(walk)
    for first, *others in groups.values():
        yield replace(
            first,
            methods=tuple(dict.fromkeys(m for one in (first, *others) for m in one.methods)),
            lists=tuple(dict.fromkeys(call for one in (first, *others) for call in one.lists)),
        )


class _Scan(Struct, frozen=True):
    """What is told: by which way, where, for what."""

    way: str
    walk: Walk
    folders: Sequence[str]
    evidence: Sequence[Evidence]
    key: str


class _Teller:
    """Words what looks through folders as findings."""

    def __init__(self, app: Facts, occasions: Occasions, folders: Folders) -> None:
        self._app = app
        self._occasions = occasions
        self._folders = folders

    def walk(self, walk: Walk) -> Iterator[Finding]:
        """The finding about a piece of code; none where it looks through nothing of others."""
        outside = [one for one in walk.folders if self._is_outside(one.text)]
        known = any(self._folders.owner(one.text) != "unknown" for one in walk.folders)
        own = owner_of(self._app, walk.methods[0]) in OWN
        marked = walk.deep and own and bool(walk.digests or walk.types)
        emptied = walk.deletes and not (walk.types or walk.digests or walk.opens)
        if (outside and not emptied) or (marked and not known):
            evidence = (*self._calls(walk.lists), *self._texts(outside))
            key = self._app.method_signature(walk.methods[0])
            yield self._finding(_Scan("folders", walk, _paths(outside), evidence, key))

    def _is_outside(self, text: str) -> bool:
        return self._folders.owner(text) in ("shared", "other")

    def index(self, walks: Walks) -> Iterator[Finding]:
        """Findings about code that asks the media index for all files, or marks what it lists."""
        asked: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
        for api, action, method, pc, call in self._app.table(API_SITES).rows(
            "api", "action", "method", "pc", "call"
        ):
            if api.startswith(INDEX) and action == "read" and method >= 0:
                asked[method].append((api, pc, call))
        for method in sorted(asked):
            walk = walks.around([method], deep=True)
            everything = any(api.startswith(ALL_FILES) for api, _, _ in asked[method])
            if owner_of(self._app, method) in OWN and (walk.digests or everything):
                says = "asks the media index"
                evidence = [
                    self._app.quote_instruction(says, method, pc) for _, pc, _ in asked[method]
                ]
                key = f"index {self._app.method_signature(method)}"
                yield self._finding(_Scan("media index", walk, (), evidence, key))

    def commands(self, walks: Walks) -> Iterator[Finding]:
        """Findings about shell commands that look for files."""
        strings = self._app.table(STRING_USES)
        rows = distinct(strings["string"]).astype(np.int64)
        for row, data in zip(rows.tolist(), string_bytes(self._app, rows), strict=True):
            match = COMMAND.search(data.decode("utf-8", "replace")) if HINT.search(data) else None
            if match is None or not self._is_outside(match["folder"]):
                continue
            methods = sorted(set(strings["method"][strings["string"] == row].tolist()))
            walk = Walk(tuple(methods), (), (), True, (), {}, ())
            ends = [end for end in ends_in(match["rest"]) if walks.is_kind(end)]
            place: dict[str, str | int] = {"method": self._app.method_signature(methods[0])}
            named = self._app.quote_string("the command", row, place)
            scan = _Scan("command", walk, (match["folder"],), (named,), match[0].strip())
            yield self._finding(scan, ends)

    def _finding(self, scan: _Scan, ends: Sequence[str] = ()) -> Finding:
        walk = scan.walk
        types = list(dict.fromkeys((*ends, *(one.text for one in walk.types))))
        occasions = self._occasions.of(walk.methods, [(one.method, one.pc) for one in walk.lists])
        owners = {owner_of(self._app, method) for method in walk.methods}
        subject = {
            "way": scan.way,
            "folders": list(scan.folders),
            "deep": walk.deep,
            "types": types,
            "digests": sorted(walk.digests),
            "reads_content": bool(walk.opens),
            "deletes": walk.deletes,
            "places": len(walk.lists),
            "occasions": [one.says for one in occasions],
            "by": sorted({one.by for one in occasions}),
            "in_own_code": not owners.isdisjoint(OWN),
            "in_sdk": sorted(owners - OWN),
        }
        digests = self._calls(list(walk.digests.values()), "computes a digest")
        return Finding(
            kind="takes.file_scan",
            subject=subject,
            says=_says(scan, types, occasions),
            evidence=(*scan.evidence, *self._texts(walk.types), *digests),
            strength="indicated" if scan.way == "command" else "derived",
            reach=best_reach(self._app, walk.methods),
            categories=("wm:Files",),
            about="user",
            limits=_limits(scan),
            identity=scan.key,
        )

    def _calls(self, calls: Sequence[Call], says: str = "lists a folder") -> list[Evidence]:
        return [
            self._app.quote_instruction(says, call.method, call.pc) for call in calls[:MOST_QUOTED]
        ]

    def _texts(self, named: Sequence[Named]) -> list[Evidence]:
        quoted = (quote_argument(self._app, one.method, one.argument) for one in named)
        return [one for one in quoted if one is not None][:MOST_QUOTED]


def _paths(named: Sequence[Named]) -> list[str]:
    """Folders, each once; of those with unknown parts only what no other one begins with."""
    paths = sorted(
        {clean_path(one.text) for one in named}, key=lambda path: (path.count("/"), path)
    )
    kept: list[str] = []
    for path in paths:
        if "?" not in path or not any(path.startswith(f"{one.rstrip('/')}/") for one in kept):
            kept.append(path)
    return kept


def _says(scan: _Scan, types: Sequence[str], occasions: Sequence[Told]) -> str:
    walk = scan.walk
    if scan.way == "media index":
        text = "The app asks the media index for the files on the device"
    else:
        below = " and in all folders below" if walk.deep else ""
        where = ", ".join(scan.folders[:MOST_SHOWN]) or "a folder that is set at run time"
        text = f"The app lists the files in {where}{below}"
    if types:
        more = " and others" if len(types) > MOST_SHOWN else ""
        text += f", looks for {', '.join(types[:MOST_SHOWN])}{more}"
    if walk.digests:
        text += f", and computes {' and '.join(sorted(walk.digests))} of their content"
    said = list(dict.fromkeys(one.says for one in occasions))[:3]
    return f"{text}: {'; '.join(said)}." if said else f"{text}."


def _limits(scan: _Scan) -> tuple[str, ...]:
    limits = ["It does not show what becomes of the list."]
    if scan.way == "folders" and not scan.folders:
        limits.append("Which folder it begins with is not known.")
    if scan.way == "command":
        limits.append("The command stands in the code; that it is run was not followed.")
    if not scan.walk.types:
        limits.append("No kinds of files were seen to be looked for; there may be some.")
    return tuple(limits)
