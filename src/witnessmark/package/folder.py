"""A folder handed in as one input: its files, listed and hashed.

The folder itself is identified by its listing, the lines that ``sha256sum`` prints for its files
sorted by name, so that its hash can be made again without this tool.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from witnessmark.model.errors import InputError
from witnessmark.model.location import Span
from witnessmark.package.detect import HEAD, detect_type

MOST_FILES = 200_000
MOST_BYTES = 8 << 30
DEEPEST = 64
LARGEST_FILE = 256 << 20
"""Files beyond this are listed and hashed, but not read."""

HASH_STEP = 1 << 20
SKIPPED_FOLDERS = frozenset({".git", ".svn", ".hg", ".idea", ".gradle", "__MACOSX"})
"""Folders of version control and editors, which are no part of an app."""

BY_ENDING = {".smali": "smali", ".java": "java"}
"""Endings that say what a text is, however it begins."""

BINARY = frozenset({"zip", "dex", "axml", "arsc", "elf", "pe", "java_class"})

STORED = frozenset({"databases", "shared_prefs"})
STORED_BESIDE = STORED | {"cache", "code_cache", "files", "no_backup", "app_webview", "lib"}
"""Folders that an app's own folder on a phone has (developer.android.com, App-specific storage)."""

BACKED_UP = frozenset({"db", "sp", "f", "r", "ef"})
"""Folders of a backup that hold what an app stored, beside ``_manifest`` and ``a``."""

PERSONAL = "holds what the app stored on the phone, which is personal; it was left out"


class FolderFile(Struct, frozen=True):
    """A file below the folder; ``name`` is its path from there with slashes.

    ``line`` is the span of its line in the listing.
    """

    name: str
    path: Path
    size: int
    type: str
    sha256: str
    sha1: str
    md5: str
    line: Span


class Folder(Struct, frozen=True):
    """Files by name, what was left out and why, and the listings by digest."""

    files: tuple[FolderFile, ...]
    left_out: tuple[tuple[str, str], ...]
    listing: bytes
    sha256: str
    sha1: str
    md5: str

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(one.size for one in self.files)


def read_folder(root: Path) -> Folder:
    """List and hash all files below ``root``; links are not followed.

    Raises `InputError` where there are too many files or bytes, or one cannot be read.
    """
    found: list[tuple[str, Path, int]] = []
    left_out: list[tuple[str, str]] = []
    total = 0
    for name, path, why in files_below(root):
        if why:
            left_out.append((name, why))
            continue
        size = path.lstat().st_size
        total += size
        found.append((name, path, size))
        if len(found) > MOST_FILES or total > MOST_BYTES:
            raise InputError(
                f"{root.name} holds more than {MOST_FILES} files or {MOST_BYTES >> 30} GiB; "
                "hand in the folder of one app"
            )
    found.sort(key=lambda one: one[0].encode())
    hashed = [(name, path, *_hashed(path)) for name, path, _ in found]
    lines = [[listing_line(one[4][place], one[0]) for one in hashed] for place in range(3)]
    files = []
    at = 0
    for (name, path, size, kind, digests), line in zip(hashed, lines[0], strict=True):
        files.append(FolderFile(name, path, size, kind, *digests, Span(at, len(line))))
        at += len(line)
    sha256, sha1, md5 = (b"".join(one) for one in lines)
    return Folder(
        tuple(files), tuple(left_out), sha256, hashlib.sha256(sha256).hexdigest(),
        hashlib.sha1(sha1, usedforsecurity=False).hexdigest(),
        hashlib.md5(md5, usedforsecurity=False).hexdigest(),
    )  # fmt: skip


def source_type(kind: str, name: str) -> str:
    """``kind``, or the kind of source code that the ending of a text's name says."""
    return kind if kind in BINARY else BY_ENDING.get(Path(name).suffix.lower(), kind)


def listing_line(digest: str, name: str) -> bytes:
    """The line that ``sha256sum`` prints for a file, names escaped as it escapes them."""
    escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    mark = "\\" if escaped != name else ""
    return f"{mark}{digest}  {escaped}\n".encode()


def files_below(root: Path) -> Iterator[tuple[str, Path, str]]:
    """Name and path of every file, or why one or a folder is left out."""
    waiting: list[tuple[str, Path, int]] = [("", root, 0)]
    while waiting:
        before, folder, depth = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda one: os.fsencode(one.name))
        except OSError as error:
            yield before.rstrip("/"), folder, f"cannot be listed ({error.strerror})"
            continue
        personal = _personal({entry.name for entry in entries})
        for entry in entries:
            name = before + readable_name(entry.name)
            path = Path(entry.path)
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISREG(mode):
                yield name, path, ""
            elif stat.S_ISLNK(mode):
                yield name, path, "is a link, and links are not followed"
            elif not stat.S_ISDIR(mode):
                yield name, path, "is neither file nor folder"
            elif entry.name in SKIPPED_FOLDERS:
                yield name, path, "belongs to version control or an editor and was left out"
            elif entry.name in personal:
                yield name, path, PERSONAL
            elif depth >= DEEPEST:
                yield name, path, f"lies more than {DEEPEST} folders deep and was left out"
            else:
                waiting.append((f"{name}/", path, depth + 1))


def _personal(names: set[str]) -> frozenset[str]:
    """Which of the entries of one folder hold what an app stored."""
    if names & STORED and len(names & STORED_BESIDE) > 1:
        own = {name for name in names if name.startswith("app_")}
        return (STORED_BESIDE - {"lib"}) | own
    return BACKED_UP if {"_manifest", "a"} <= names else frozenset()


def readable_name(name: str) -> str:
    """A file name as text; bytes that are no UTF-8 are spelled by their hex digits."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _hashed(path: Path) -> tuple[int, str, tuple[str, str, str]]:
    """Size, type and SHA-256, SHA-1, MD5 of a file."""
    hashes = (
        hashlib.sha256(),
        hashlib.sha1(usedforsecurity=False),
        hashlib.md5(usedforsecurity=False),
    )
    size = 0
    head = b""
    try:
        with path.open("rb") as handle:
            while piece := handle.read(HASH_STEP):
                head = head or piece[:HEAD]
                size += len(piece)
                for one in hashes:
                    one.update(piece)
    except OSError as error:
        raise InputError(f"{path.name} cannot be opened ({error.strerror})") from error
    kind = source_type(detect_type(head, path.name, whole=size <= HEAD), path.name)
    sha256, sha1, md5 = (one.hexdigest() for one in hashes)
    return size, kind, (sha256, sha1, md5)
