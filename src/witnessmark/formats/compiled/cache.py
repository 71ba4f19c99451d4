"""Where object code is kept between runs, and why it can be trusted.

Loading object code means running it. A file is taken only from a folder that belongs to this
user and that nobody else may write to, must itself be a plain file of this user, must carry the
key of exactly these sources, compiler and processor, and its digest must fit. Everything else
counts as absent, and the kernels are compiled anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path

_MAGIC = b"witnessmark-kernels-1\n"
_LONGEST = 1 << 24
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


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


def read_object(name: str, key: bytes) -> bytes | None:
    """Object code kept under ``name`` for ``key`` (32 bytes), or None."""
    folder = cache_folder()
    if folder is None or not _private(folder):
        return None
    try:
        content = _read_plain(folder / name)
    except OSError:
        return None
    head = len(_MAGIC)
    kept_key, digest = content[head : head + 32], content[head + 32 : head + 64]
    payload = content[head + 64 :]
    if not content.startswith(_MAGIC) or kept_key != key:
        return None
    return payload if hashlib.sha256(key + payload).digest() == digest else None


def write_object(name: str, key: bytes, payload: bytes) -> bool:
    """Keep object code; False, and no trace, where the folder cannot be written or trusted."""
    folder = cache_folder()
    if folder is None:
        return False
    content = _MAGIC + key + hashlib.sha256(key + payload).digest() + payload
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
        Path(partial).replace(folder / name)
    except OSError:
        with contextlib.suppress(OSError):
            Path(partial).unlink()
        return False
    return True


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


def _read_plain(path: Path) -> bytes:
    """Content of a plain file of this user; OSError for anything else."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or not _ours(found) or found.st_size > _LONGEST:
            raise OSError(f"{path} is no plain file of this user")
        return file.read()
