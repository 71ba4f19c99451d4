"""Files handed in: found, mapped, hashed, told apart, refused in a sentence."""

from __future__ import annotations

import hashlib
import mmap
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path, PurePath

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.formats.dex.carve import find_dex
from witnessmark.formats.patterns import kept_regex
from witnessmark.formats.zip import read_zip
from witnessmark.model.errors import FormatError, InputError
from witnessmark.package.app import Input
from witnessmark.package.detect import HEAD, detect_type, looks_random, table_rows
from witnessmark.package.folder import BY_ENDING, Folder, files_below, read_folder, source_type

READABLE = frozenset({"zip", "dex", "axml", "arsc", "elf", "smali", "java", "dex_image"})
PACKAGES = frozenset({".apk", ".apks", ".xapk", ".apkm", ".aab"})
FOLDER_ENDINGS = PACKAGES | {".dex"}
NAMED = 5
IMAGE = "dex_image"
"""Type of a file that is no dex file but holds some: made by a phone, or a dump of memory."""

HOLD_DEX = frozenset({"vdex", "odex", "unknown"})
MADE_BY_PHONE = frozenset({".odex", ".oat", ".dex"})
COMPANIONS = frozenset({".obb"})
MANIFEST_BEGINS = kept_regex(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<manifest[\s>]", re.DOTALL)
TREE_FILES = frozenset({"AndroidManifest.xml", "apktool.yml"})
"""Files that make a folder an unpacked app, whatever else lies in it."""

HASH_STEP = 1 << 20


class OpenFile(Struct, frozen=True):
    """A file handed in and its bytes, or a folder and its listing.

    ``notes``  what lay beside it and is not examined: place, and why.
    """

    input: Input
    data: memoryview
    folder: Folder | None = None
    notes: tuple[tuple[str, str], ...] = ()


def open_files(paths: Sequence[Path], *, digests: bool = True) -> tuple[OpenFile, ...]:
    """Open what ``paths`` name; a folder stands for the app's files directly inside it, or is an
    unpacked or decoded app as a whole.

    Without ``digests``, those of a file stay empty where only one was named. Raises `InputError` in
    a sentence for what is no part of an Android app.
    """
    if not paths:
        raise InputError("no file was named; hand in an .apk, the .apk files of one app, or a .dex")
    if not digests and len(paths) == 1 and paths[0].is_file():
        return (_open(paths[0], digests=False),)
    opened = [file for path in paths for file in _expand(path)]
    unique = {one.input.sha256: one for one in reversed(opened)}
    return tuple(one for one in opened if unique[one.input.sha256] is one)


def _expand(path: Path) -> list[OpenFile]:
    if not path.is_dir():
        return [_open(path)]
    found = FoundFiles(path)
    name = path.name or path.resolve().name
    if not found.is_tree() and (apps := found.apps()):
        opened = [_open(one) for one in apps]
        notes = tuple((f"{name}/{place}", why) for place, why in found.beside(apps))
        return [replace(opened[0], notes=notes), *opened[1:]]
    return [_open_folder(name, read_folder(path))]


def apps_below(path: Path) -> list[Path]:
    """Apps that a path names: itself, or each package that lies in a folder of several."""
    if not path.is_dir():
        return [path]
    found = FoundFiles(path)
    packages = [one for one in found.apps() if one.suffix.lower() in PACKAGES]
    return [path] if found.is_tree() or not packages else packages


def _open_folder(name: str, folder: Folder) -> OpenFile:
    if not any(is_app_file(one.name, one.type) for one in folder.files):
        kind = "a folder without anything of an app inside" if folder.files else "an empty folder"
        raise InputError(
            f"{name} is {kind}; name the app's files, or the folder that a decompiler wrote"
        )
    one = Input(f"{name}/", folder.size, folder.sha256, folder.sha1, folder.md5, "folder")
    return OpenFile(one, memoryview(folder.listing), folder)


class FoundFiles:
    """The files below a folder by name, before any is read."""

    def __init__(self, root: Path) -> None:
        self._left_out: list[tuple[str, str]] = []
        self._paths: dict[str, Path] = {}
        for name, path, why in files_below(root):
            if why:
                self._left_out.append((name, why))
            else:
                self._paths[name] = path

    def is_tree(self) -> bool:
        """Whether the folder is an app that was unpacked or decoded.

        Source code further down does not count where app files lie directly inside.
        """
        if any(name in self._paths for name in TREE_FILES):
            return True
        has_apps = any(_is_app(name) for name in self._paths if "/" not in name)
        is_source = (PurePath(name).suffix.lower() in BY_ENDING for name in self._paths)
        return not has_apps and any(is_source)

    def apps(self) -> list[Path]:
        """Files of apps directly inside, else further down, and what accompanies them."""
        names = sorted(self._paths)
        direct = [name for name in names if _is_app(name) and "/" not in name]
        packages = [name for name in names if PurePath(name).suffix.lower() in PACKAGES]
        chosen = direct or packages
        others = [name for name in names if chosen and PurePath(name).suffix.lower() in COMPANIONS]
        return [self._paths[name] for name in (*chosen, *others)]

    def beside(self, apps: Sequence[Path]) -> list[tuple[str, str]]:
        """What else lies in the folder and is not examined, and why."""
        others = [name for name in sorted(self._paths) if self._paths[name] not in apps]
        found = list(self._left_out)
        if others:
            shown = ", ".join(others[:NAMED]) + (", ..." if len(others) > NAMED else "")
            found.append(("", f"{len(others)} other files were not examined: {shown}"))
        return found


def _is_app(name: str) -> bool:
    return PurePath(name).suffix.lower() in FOLDER_ENDINGS


def is_app_file(name: str, kind: str) -> bool:
    """Whether a file of a folder shows that the folder is an unpacked or decoded app."""
    return kind in ("smali", "java", "dex", "axml", "arsc") or name.endswith("AndroidManifest.xml")


def _open(path: Path, *, digests: bool = True) -> OpenFile:
    data = _map(path)
    kind = _type(path, data)
    if kind == "xml" and MANIFEST_BEGINS.match(data[:HEAD]):
        pass
    elif kind not in READABLE and path.suffix.lower() not in COMPANIONS:
        kind = _insist(path.name, data, kind)
    sha256, sha1, md5 = _digests(data) if digests else ("", "", "")
    return OpenFile(Input(path.name, len(data), sha256, sha1, md5, kind), data)


def _type(path: Path, data: memoryview) -> str:
    kind = detect_type(bytes(data[:HEAD]), path.name, whole=len(data) <= HEAD)
    if kind == "elf" and path.suffix.lower() in MADE_BY_PHONE and find_dex(data):
        return IMAGE
    return source_type(kind, path.name)


def _map(path: Path) -> memoryview:
    """The file's bytes, read only, without bringing them all into memory."""
    try:
        with path.open("rb") as handle:
            if path.stat().st_size == 0:
                return memoryview(b"")
            return memoryview(mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}; check the name") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{path.name} cannot be opened ({reason})") from error


def _insist(name: str, data: memoryview, kind: str) -> str:
    """``zip`` where Android would still open the file as one, `IMAGE` where dex files lie in it;
    else `InputError`.

    Android looks for the end record, so bytes before the first entry do not matter to it.
    """
    if kind in HOLD_DEX and find_dex(data):
        return IMAGE
    if kind not in _refusals() and len(data) > 22:
        try:
            read_zip(data)
        except FormatError:
            pass
        else:
            return "zip"
    raise InputError(refusal(name, data, kind))


def refusal(name: str, data: memoryview, kind: str) -> str:
    """Why a file of ``kind`` is no app, and what to do, in one sentence."""
    known = _refusals().get(kind)
    if known is not None:
        return f"{name} is {known['says']}, not an Android app; {known['advice']}"
    if kind == "unknown" and looks_random(data):
        says = "its bytes look encrypted or compressed in an unknown way"
    elif kind in ("unknown", "text"):
        says = "it is in no format that witnessmark reads"
    else:
        says = f"it is of type {kind}"
    return f"{name} is not an Android app: {says}; hand in an .apk, a .dex or one app's .apk files"


@cache
def _refusals() -> Mapping[str, Mapping[str, str]]:
    return {row["type"]: row for row in table_rows("refused.csv")}


def _digests(data: memoryview) -> tuple[str, str, str]:
    """SHA-256, SHA-1 and MD5; the weaker two only match older records, they prove nothing."""
    hashes = (
        hashlib.sha256(),
        hashlib.sha1(usedforsecurity=False),
        hashlib.md5(usedforsecurity=False),
    )
    for start in range(0, len(data), HASH_STEP):
        piece = data[start : start + HASH_STEP]
        for one in hashes:
            one.update(piece)
    sha256, sha1, md5 = (one.hexdigest() for one in hashes)
    return sha256, sha1, md5
