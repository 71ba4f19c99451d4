"""Providers: what an app keeps and lends to other apps under an address of its own.

What it finds
    Content providers that the manifest declares, with the addresses and paths under which their
    code answers, whether other apps may ask, and the folders that a provider of files may lend.

Why it matters
    What stands behind an open provider, every app on the device can read: tables of people,
    logs, pictures. Its paths name what is kept.

How it decides
    By ``<provider>`` in the manifest; paths by `UriMatcher.addURI` with the provider's authority,
    by constants that spell an address of it, and by the XML of folders that it names. Providers
    of known libraries are left out unless such folders are named.

What it misses
    Paths that code puts together; what a provider does with a request.

Example
    ``matcher.addURI("org.example.people", "persons/#", 2)``
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.manifest import app_value, quote_attribute
from witnessmark.analyses.ownership import owner_of
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.search import strings_matching
from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS, STRINGS
from witnessmark.facts.tables.manifest import (
    APP,
    COMPONENTS,
    XML_ATTRIBUTES,
    XML_FILES,
    XML_NODES,
)
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach
from witnessmark.model.location import ReadsAs

PROVIDER = Analysis(
    id="keeps/provider",
    version=1,
    reads=(
        APP, COMPONENTS, XML_ATTRIBUTES, XML_FILES, XML_NODES, CALLS, CLASSES, METHODS, STRINGS,
        SDK_CLASSES, REACH,
    ),
)  # fmt: skip

MATCHER = Member("android.content.UriMatcher", "addURI")
ADDRESS = kept_regex(r"content://([^/?#\s]+)/([^?\s]*)")
FOLDERS: Mapping[str, str] = {
    "root-path": "the whole device", "external-path": "storage that all apps share",
    "files-path": "its private folder", "cache-path": "its cache",
    "external-files-path": "its own folder on shared storage",
    "external-cache-path": "its own cache on shared storage",
    "external-media-path": "its own media on shared storage",
}  # fmt: skip
"""Elements of the XML that names folders to lend. Source: androidx.core.content.FileProvider."""


class _Path(Struct, frozen=True):
    """Something that a provider answers for or lends, and what says so."""

    authority: str
    text: str
    evidence: Evidence
    matched: bool = False


@PROVIDER.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a provider."""
    paths = [*_matched(app), *_spelled(app)]
    components = app.table(COMPONENTS)
    columns = ("kind", "class_name", "type", "exported", "permission", "node")
    for kind, name, row, exported, permission, node in components.rows(*columns):
        if kind != "provider":
            continue
        authorities = _authorities(app, node)
        methods = _methods(app, row)
        owner = owner_of(app, methods)
        folders = list(_folders(app, node))
        if authorities and (folders or owner in ("own", "other", "unknown")):
            own = _answered([one for one in paths if one.authority in authorities])
            yield _finding(
                app, name, node, authorities, own, folders,
                exported=bool(exported), permission=str(permission), methods=methods,
                lends=bool(folders) or _lends(app, node),
            )  # fmt: skip


def _answered(paths: Sequence[_Path]) -> list[_Path]:
    """Those that its code answers; where it tells none, those that addresses spell."""
    matched = {one.text for one in paths if one.matched}
    return [one for one in paths if not matched or one.text in matched]


def _methods(app: Facts, type_row: int) -> list[int]:
    """Methods of a class, none where the app does not hold it."""
    rows = (app.table(CLASSES)["type"] == type_row).nonzero()[0].tolist() if type_row >= 0 else []
    return [method for row in rows for method in app.methods_of(row)]


def _authorities(app: Facts, node: int) -> tuple[str, ...]:
    package = app_value(app, "package")
    table = app.table(XML_ATTRIBUTES)
    for row in (table["node"] == node).nonzero()[0].tolist():
        if table["name"][row] == "authorities":
            text = str(table["value"][row]).replace("${applicationId}", package)
            return tuple(part.strip() for part in text.split(";") if part.strip())
    return ()


def _matched(app: Facts) -> Iterator[_Path]:
    """Paths that code tells a matcher of addresses."""
    table = app.table(CALLS)
    methods = CodeNames(app, framework_model()).methods([MATCHER], below=True)
    calls = [call for method in methods for call in app.calls_of(method)]
    given: dict[int, dict[int, tuple[str, str]]] = {}
    for call, position, kind, text in constant_arguments(app, sorted(calls)).rows(
        "call", "position", "kind", "text"
    ):
        given.setdefault(call, {})[position] = (kind, text)
    for call, arguments in sorted(given.items()):
        authority, path = (arguments.get(at, ("", ""))[1] for at in (0, 1))
        if authority and path:
            says = f"code answers for the path {path}"
            method, pc = int(table["method"][call]), int(table["pc"][call])
            yield _Path(authority, path, app.quote_instruction(says, method, pc), matched=True)


def _spelled(app: Facts) -> Iterator[_Path]:
    """Paths of addresses that stand whole in the code."""
    for string in strings_matching(app, kept_regex(rb"content://")):
        match = ADDRESS.match(app.string(string))
        if match and match[2].strip("/"):
            says = f"a constant spells the address {match[0]}"
            yield _Path(match[1], match[2].strip("/"), app.quote_string(says, string))


def _lends(app: Facts, node: int) -> bool:
    """Whether a closed provider may let single apps in, by the manifest."""
    nodes, attributes = app.table(XML_NODES), app.table(XML_ATTRIBUTES)
    inside = (nodes["parent"] == node).nonzero()[0].tolist()
    return any(str(nodes["name"][row]) == "grant-uri-permission" for row in inside) or any(
        owner == node and name == "grantUriPermissions" and value == "true"
        for owner, name, value in attributes.rows("node", "name", "value")
    )


def _folders(app: Facts, node: int) -> Iterator[tuple[str, str, Evidence]]:
    """Folders that the XML named by a provider lends: what, path, evidence."""
    nodes, attributes = app.table(XML_NODES), app.table(XML_ATTRIBUTES)
    inside = set((nodes["parent"] == node).nonzero()[0].tolist())
    named = {
        str(value).rpartition("/")[2]
        for owner, name, value in attributes.rows("node", "name", "value")
        if owner in inside and name == "resource"
    }
    files = {
        row
        for row, (folder, name) in enumerate(app.table(XML_FILES).rows("folder", "name"))
        if folder == "xml" and name in named
    }
    listed = ("node", "name", "value", "artifact", "offset", "length", "reads_as")
    for owner, name, value, artifact, offset, length, reads_as in attributes.rows(*listed):
        element = str(nodes["name"][owner]) if owner >= 0 else ""
        if name == "path" and element in FOLDERS and int(nodes["file"][owner]) in files:
            spelled: ReadsAs = reads_as
            says = f"it may lend files below {value or '.'} of {FOLDERS[element]}"
            quote = app.quote(says, artifact, offset, length, spelled, {"attribute": "path"})
            yield FOLDERS[element], str(value), quote


def _finding(
    app: Facts, name: str, node: int, authorities: Sequence[str], paths: Sequence[_Path],
    folders: Sequence[tuple[str, str, Evidence]], *, exported: bool, permission: str,
    methods: Sequence[int], lends: bool,
) -> Finding:  # fmt: skip
    texts = list(dict.fromkeys(one.text for one in paths))
    declared = quote_attribute(app, node, "authorities", "the manifest declares a provider")
    evidence = [declared] if declared is not None else []
    evidence += [one.evidence for one in paths] + [one[2] for one in folders]
    return Finding(
        kind="keeps.provider",
        subject={
            "name": authorities[0],
            "authorities": list(authorities),
            "class": name,
            "exported": exported,
            "permission": permission,
            "paths": texts,
            "folders": [{"of": of, "path": path} for of, path, _ in folders],
            "owner": owner_of(app, methods),
        },
        says=_says(
            authorities[0], texts, folders, exported=exported, permission=permission, lends=lends
        ),
        evidence=tuple(evidence[:40]),
        strength="read",
        reach=best_reach(app, methods) if methods else Reach("unknown"),
        original=tuple(Original(text) for text in texts),
        limits=("It does not show what is kept under a path, or who asks for it.",),
        identity=f"{name}\0{authorities[0]}",
    )


def _says(
    authority: str, paths: Sequence[str], folders: Sequence[tuple[str, str, Evidence]], *,
    exported: bool, permission: str, lends: bool,
) -> str:  # fmt: skip
    closed = "its own parts and apps that it allows" if lends else "its own parts only"
    who = "other apps" if exported else closed
    leave = f" with the permission {permission}" if exported and permission else ""
    told = f": {', '.join(paths[:8])}" if paths else ""
    lent = "; ".join(dict.fromkeys(f"{path or '.'} of {of}" for of, path, _ in folders))
    more = f" It may lend files of these folders: {lent}." if lent else ""
    return f"The app answers {who}{leave} under the address content://{authority}{told}.{more}"
