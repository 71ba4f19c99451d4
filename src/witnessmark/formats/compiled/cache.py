"""Where object code, and what else is made once a machine, is kept, and why it can be trusted.

Loading object code means running it. A file is taken only from a folder that belongs to this
user and that nobody else may write to, must itself be a plain file of this user, must carry the
key of exactly these sources, compiler and processor, and its digest must fit. Everything else
counts as absent, and the kernels are compiled anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
import os
import stat
import sys
from pathlib import Path

from msgspec import Struct

_MAGIC = b"witnessmark-kernels-1\n"
_LONGEST = 1 << 25
HEAD = 128
"""Bytes of a file before its content."""
MOST_VERSIONS = 16
"""Files of one name that are kept, a hundred kilobytes each."""
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class Mapped(Struct, frozen=True):
    """A kept file, mapped read-only, and whether the system lets it be run in place."""

    content: mmap.mmap
    executable: bool


def cache_folder() -> Path | None:
    """Folder for object code: WITNESSMARK_CACHE, else the user's cache folder; None without home.

    An empty WITNESSMARK_CACHE keeps nothing on disk.
    """
    chosen = os.environ.get("WITNESSMARK_CACHE")
    if chosen is not None:
        return Path(chosen) / "kernels" if chosen else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")  # noqa: PTH111 - Path raises without a home
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return Path(base) / "witnessmark" / "kernels" if os.path.isabs(base) else None  # noqa: PTH117


def open_object(name: str, key: bytes) -> Mapped | None:
    """The file kept as ``name`` for ``key`` (32 bytes), mapped; None when there is none.

    Its content begins at `HEAD`. ``executable`` tells whether it may be run in place.
    """
    folder = cache_folder()
    if folder is None or not _private(folder):
        return None
    try:
        mapped = _map_plain(folder / _file_name(name, key))
    except (OSError, ValueError):
        return None
    with memoryview(mapped.content) as content:
        kept = bytes(content[len(_MAGIC) : len(_MAGIC) + 64])
        sound = (
            bytes(content[: len(_MAGIC)]) == _MAGIC
            and kept[:32] == key
            and hashlib.sha256(content[HEAD:]).digest() == kept[32:]
        )
    if sound:
        return mapped
    mapped.content.close()
    return None


def read_kept(name: str, key: bytes) -> bytes | None:
    """Content of the file kept as ``name`` for ``key``, for what is read and not run."""
    mapped = open_object(name, key)
    if mapped is None:
        return None
    with mapped.content as content:
        return content[HEAD:]


def write_object(name: str, key: bytes, payload: bytes) -> bool:
    """Keep object code; False, and no trace, where the folder cannot be written or trusted."""
    folder = cache_folder()
    if folder is None:
        return False
    import tempfile

    content = (_MAGIC + key + hashlib.sha256(payload).digest()).ljust(HEAD, b"\0") + payload
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _private(folder):
            return False
        handle, partial = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
    except OSError:
        return False
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(partial).replace(folder / _file_name(name, key))
        _forget(folder, name)
    except OSError:
        with contextlib.suppress(OSError):
            Path(partial).unlink()
        return False
    return True


def _file_name(name: str, key: bytes) -> str:
    """Versions stand side by side: two of them in use must not undo each other's work."""
    return f"{name}-{key.hex()[:16]}"


def _forget(folder: Path, name: str) -> None:
    """Drop all but the newest files of a name."""
    kept = sorted(folder.glob(f"{name}-*"), key=lambda one: one.lstat().st_mtime, reverse=True)
    for old in kept[MOST_VERSIONS:]:
        old.unlink(missing_ok=True)


def _private(folder: Path) -> bool:
    """Whether only this user can put files into ``folder``."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and _ours(found)


def _ours(found: os.stat_result) -> bool:
    if sys.platform == "win32":
        return True  # the user's profile is closed to others by its access list
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS_WRITE


def _map_plain(path: Path) -> Mapped:
    """Content of a plain file of this user; OSError or ValueError for anything else."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or not _ours(found) or found.st_size > _LONGEST:
            raise OSError(f"{path} is no plain file of this user")
        if sys.platform == "win32":
            return Mapped(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), executable=False)
        try:
            wanted = mmap.PROT_READ | mmap.PROT_EXEC
            content = mmap.mmap(file.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=wanted)
        except PermissionError:  # a mount or a policy forbids running code from here
            content = mmap.mmap(file.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ)
            return Mapped(content, executable=False)
        return Mapped(content, executable=True)
