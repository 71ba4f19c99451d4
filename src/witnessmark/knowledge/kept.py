"""Packs that come with witnessmark, kept parsed between runs.

Taking CSV and YAML apart and checking each entry costs five times as much as reading the same
entries back. What is kept holds for exactly the files and the code that it was made from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from witnessmark.formats.compiled.cache import read_kept, write_object
from witnessmark.knowledge.schema import Entry

Entries = tuple[Entry, ...]


def kept_entries(
    name: str, kind: type[Entry], made_from: Sequence[Path], read: Callable[[], Entries]
) -> Entries:
    """Entries of a pack as kept for the files ``made_from``, else what ``read`` gives."""
    key, form = _key(name, made_from), tuple[kind, ...]  # type: ignore[valid-type]
    content = read_kept(f"pack-{name}", key)
    if content is not None:
        try:
            kept: Entries = msgspec.msgpack.decode(content, type=form)
        except msgspec.DecodeError:
            pass
        else:
            return kept
    entries = read()
    content = msgspec.msgpack.encode(entries)
    if msgspec.msgpack.decode(content, type=form) == entries:
        write_object(f"pack-{name}", key, content)
    return entries


def _key(name: str, made_from: Sequence[Path]) -> bytes:
    digest = hashlib.sha256(f"{name}\0{msgspec.__version__}\0".encode())
    for path in made_from:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.digest()
