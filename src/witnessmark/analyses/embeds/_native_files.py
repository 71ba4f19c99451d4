"""Native files of an app, once for all processors, and other programs among its files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from witnessmark.facts.tables.artifacts import ARTIFACTS, MEMBERS
from witnessmark.facts.tables.native import NATIVE_LIBRARIES, NATIVE_SYMBOLS
from witnessmark.facts.view import Facts

Kind = Literal["library", "executable", "package", "archive", "dex", "script"]

PREFERRED = ("aarch64", "x86_64", "arm", "i386")
"""Which build of a library is looked into, first choice first."""

PACKAGES = {"zip": "archive", "dex": "dex", "gzip": "archive", "7z": "archive", "rar": "archive"}
OUTSIDE_CODE = ("assets/", "res/raw", "META-INF/", "lib/", "resources/assets/")
HARMLESS = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".bmp",
    ".webp",
    ".mp3",
    ".ogg",
    ".txt",
    ".xml",
    ".ttf",
)
SCRIPT_START = b"#!"


class NativeFile(Struct, frozen=True):
    """One file, whatever processors it is built for.

    ``libraries``  rows of ``native_libraries``, the preferred build first; empty for others.
    ``paths``      names inside the package; ``artifacts`` their blobs; ``member`` the row of
                   ``members`` of the first, -1 when it stands alone.
    ``disguised``  whether its name claims to be a picture, sound or text.
    """

    name: str
    kind: Kind
    libraries: tuple[int, ...]
    paths: tuple[str, ...]
    artifacts: tuple[int, ...]
    member: int
    disguised: bool = False


def native_files(facts: Facts) -> tuple[NativeFile, ...]:
    """Libraries by file name, then programs, packages, archives and scripts, by path."""
    return (*_of_elf(facts), *_of_members(facts))


def _rank(machine: str) -> int:
    return PREFERRED.index(machine) if machine in PREFERRED else len(PREFERRED)


def _of_elf(facts: Facts) -> Iterator[NativeFile]:
    table = facts.table(NATIVE_LIBRARIES)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    bridges = _with_java(facts)
    for row, (kind, artifact) in enumerate(table.rows("kind", "artifact")):
        path = facts.member_name(artifact)
        name = path.rpartition("/")[2]
        is_library = name.endswith(".so") and (kind == "library" or row in bridges)
        key = ("library", name) if is_library else ("executable", path)
        if kind in ("library", "executable"):
            groups[key].append(row)
    members = _members_by_content(facts)
    for (kind, name), rows in sorted(groups.items()):
        rows.sort(key=lambda row: (_rank(str(table["machine"][row])), row))
        artifacts = tuple(int(table["artifact"][row]) for row in rows)
        paths = tuple(facts.member_name(artifact) for artifact in artifacts)
        found: Kind = "library" if kind == "library" else "executable"
        yield NativeFile(
            name.rpartition("/")[2], found, tuple(rows), paths, artifacts,
            members.get(artifacts[0], -1), found == "executable" and _claims(name),
        )  # fmt: skip


def _with_java(facts: Facts) -> frozenset[int]:
    """Libraries that export what Java code is bound by; some of them can be started, too."""
    symbols = facts.table(NATIVE_SYMBOLS)
    bound = (symbols["java_method"] != "") | (symbols["name"] == "JNI_OnLoad")
    return frozenset(symbols["library"][bound].tolist())


def _members_by_content(facts: Facts) -> dict[int, int]:
    found: dict[int, int] = {}
    for row, content in enumerate(facts.table(MEMBERS)["content"].tolist()):
        if content >= 0:
            found.setdefault(content, row)
    return found


def _claims(name: str) -> bool:
    return name.lower().endswith(HARMLESS)


def _of_members(facts: Facts) -> Iterator[NativeFile]:
    """Programs, packages and archives that are no ELF files, outside of the app's own code."""
    members = facts.table(MEMBERS)
    inside = _entries(facts)
    columns = ("name", "type", "content")
    for row, (name, kind, content) in sorted(
        enumerate(members.rows(*columns)), key=lambda one: (one[1][0], one[0])
    ):
        path = facts.member_name(content) if content >= 0 else name
        if not path.startswith(OUTSIDE_CODE) or content < 0:
            continue
        found = _kind(facts, kind, content, inside.get(content, ()))
        if found is not None and not path.startswith("META-INF/"):
            artifacts, claims = (content,), _claims(path)
            base = path.rpartition("/")[2]
            yield NativeFile(base, found, (), (path,), artifacts, row, claims)


def _entries(facts: Facts) -> dict[int, list[str]]:
    """Names of entries by the container that lists them, for containers inside the app."""
    found: dict[int, list[str]] = defaultdict(list)
    for container, name in facts.table(MEMBERS).rows("container", "name"):
        found[container].append(name)
    return found


def _kind(facts: Facts, kind: str, content: int, entries: Sequence[str]) -> Kind | None:
    if kind == "zip":
        if "AndroidManifest.xml" in entries:
            return "package"
        return "dex" if "classes.dex" in entries else "archive"
    if kind == "dex":
        return "dex"
    if kind in PACKAGES:
        return "archive"
    if kind in ("text", "shell", "script") and int(facts.table(ARTIFACTS)["size"][content]) > 2:
        start = bytes(facts.blob(content)[:80])
        return "script" if start.startswith(SCRIPT_START) else None
    return None
