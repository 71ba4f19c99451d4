"""Files handed in: found, mapped, hashed, told apart, refused in a sentence."""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from witnessmark.formats.zip import read_zip
from witnessmark.model.errors import FormatError, InputError
from witnessmark.package.app import Input
from witnessmark.package.detect import HEAD, detect_type, looks_random, table_rows
from witnessmark.package.folder import Folder, read_folder

READABLE = frozenset({"zip", "dex", "axml", "arsc", "elf"})
FOLDER_ENDINGS = frozenset({".apk", ".dex", ".apks", ".xapk", ".apkm"})
TREE_FILES = frozenset({"AndroidManifest.xml", "apktool.yml"})
"""Files that make a folder an unpacked app, whatever else lies in it."""

HASH_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file handed in and its bytes, or a folder and its listing."""

    input: Input
    data: memoryview
    folder: Folder | None = None


def open_files(paths: Sequence[Path]) -> tuple[OpenFile, ...]:
    """Open what ``paths`` name; a folder stands for the app's files directly inside it, or is an
    unpacked or decoded app as a whole.

    Raises `InputError` in a sentence for what is no part of an Android app.
    """
    if not paths:
        raise InputError("no file was named; hand in an .apk, the .apk files of one app, or a .dex")
    opened = [file for path in paths for file in _expand(path)]
    unique = {one.input.sha256: one for one in reversed(opened)}
    return tuple(one for one in opened if unique[one.input.sha256] is one)


def _expand(path: Path) -> list[OpenFile]:
    if not path.is_dir():
        return [_open(path)]
    try:
        inside = sorted(one for one in path.iterdir() if one.is_file())
    except OSError as error:
        raise InputError(f"{path.name} cannot be listed ({error.strerror})") from error
    apps = [one for one in inside if one.suffix.lower() in FOLDER_ENDINGS]
    if apps and not any(one.name in TREE_FILES for one in inside):
        return [_open(one) for one in apps]
    return [_open_folder(path)]


def _open_folder(path: Path) -> OpenFile:
    folder = read_folder(path)
    name = path.name or path.resolve().name
    if not any(is_app_file(one.name, one.type) for one in folder.files):
        kind = "a folder without anything of an app inside" if folder.files else "an empty folder"
        raise InputError(
            f"{name} is {kind}; name the app's files, or the folder that a decompiler wrote"
        )
    one = Input(f"{name}/", folder.size, folder.sha256, folder.sha1, folder.md5, "folder")
    return OpenFile(one, memoryview(folder.listing), folder)


def is_app_file(name: str, kind: str) -> bool:
    """Whether a file of a folder shows that the folder is an unpacked or decoded app."""
    return kind in ("smali", "java", "dex", "axml", "arsc") or name.endswith("AndroidManifest.xml")


def _open(path: Path) -> OpenFile:
    data = _map(path)
    kind = detect_type(bytes(data[:HEAD]), path.name, whole=len(data) <= HEAD)
    if kind not in READABLE:
        kind = _insist(path.name, data, kind)
    sha256, sha1, md5 = _digests(data)
    return OpenFile(Input(path.name, len(data), sha256, sha1, md5, kind), data)


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
    """``zip`` where Android would still open the file as one; else `InputError`.

    Android looks for the end record, so bytes before the first entry do not matter to it.
    """
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
