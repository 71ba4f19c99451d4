"""Packs that come with witnessmark, kept parsed between runs.

Taking CSV and YAML apart and checking each entry costs five times as much as reading the same
entries back. What is kept holds for exactly the files and the code that it was made from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from witnessmark.formats.compiled.cache import HEAD, open_object, write_object
from witnessmark.knowledge.schema import Entry

Entries = tuple[Entry, ...]


def kept_entries(
    name: str,
    kind: type[Entry],
    made_from: Sequence[Path],
    read: Callable[[], Entries],
    made_by: bytes = b"",
) -> Entries:
    """Entries of a pack as kept for the files ``made_from``, else what ``read`` gives.

    ``made_by`` stands for the code that all packs are made by (`digest_of`).
    """
    key, form = _key(name, made_from, made_by), tuple[kind, ...]  # type: ignore[valid-type]
    kept = _kept(f"pack-{name}", key, form)
    if kept is not None:
        return kept
    entries = read()
    content = msgspec.msgpack.encode(entries)
    if msgspec.msgpack.decode(content, type=form) == entries:
        write_object(f"pack-{name}", key, content)
    return entries


def _kept(name: str, key: bytes, form: Any) -> Entries | None:
    mapped = open_object(name, key)
    if mapped is None:
        return None
    with mapped.content, memoryview(mapped.content) as content, content[HEAD:] as packed:
        try:
            found: Entries = msgspec.msgpack.decode(packed, type=form)
        except msgspec.DecodeError:
            return None
    return found


def _key(name: str, made_from: Sequence[Path], made_by: bytes) -> bytes:
    named = f"{name}\0{msgspec.__version__}\0".encode()
    return digest_of(made_from, named + made_by)


def digest_of(files: Sequence[Path], named: bytes = b"") -> bytes:
    """SHA-256 of ``named``, and of names and contents of files."""
    digest = hashlib.sha256(named)
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.digest()
