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

READABLE = frozenset({"zip", "dex", "axml", "arsc", "elf"})
FOLDER_ENDINGS = frozenset({".apk", ".dex", ".apks", ".xapk", ".apkm"})
HASH_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file handed in and its bytes."""

    input: Input
    data: memoryview


def open_files(paths: Sequence[Path]) -> tuple[OpenFile, ...]:
    """Open what ``paths`` name; a folder stands for the apps directly inside it.

    Raises `InputError` in a sentence for what is no part of an Android app.
    """
    if not paths:
        raise InputError("no file was named; hand in an .apk, the .apk files of one app, or a .dex")
    found = [file for path in paths for file in _expand(path)]
    opened = [_open(path) for path in found]
    unique = {one.input.sha256: one for one in reversed(opened)}
    return tuple(one for one in opened if unique[one.input.sha256] is one)


def _expand(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    try:
        inside = sorted(one for one in path.iterdir() if one.is_file())
    except OSError as error:
        raise InputError(f"{path.name} cannot be listed ({error.strerror})") from error
    apps = [one for one in inside if one.suffix.lower() in FOLDER_ENDINGS]
    if not apps:
        kind = "a folder without any .apk or .dex directly inside" if inside else "an empty folder"
        raise InputError(f"{path.name or path} is {kind}; name the app's files")
    return apps


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
