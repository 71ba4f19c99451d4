"""Packages of a resource table: names, pools and the small chunks beside the values."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.chunks import AnomalyLog, Chunk, ChunkType, StringPool, read_pool, walk
from witnessmark.formats.chunks.header import chunk_at
from witnessmark.formats.chunks.string_pool import empty_pool
from witnessmark.model.location import Span

HEAD = struct.Struct("<I256s5I")
NAME_BYTES = 256
LIBRARY_ENTRY = struct.Struct(f"<I{NAME_BYTES}s")
PAIR = struct.Struct("<2I")
TYPE_ID_OFFSET_HEADER = 288


class Overlayable(Struct, frozen=True):
    """A group of resources that other packages may replace; ``ids`` under all its policies."""

    name: str
    actor: str
    policies: tuple[tuple[int, tuple[int, ...]], ...]
    span: Span


class Package(Struct, frozen=True):
    """One package.

    ``id``         top byte of its resource ids: 0x7f app, 0x01 framework, 0x00 shared library.
    ``type_pool``  names of types; type ``t`` has string ``t - 1 - type_id_offset``.
    ``libraries``  shared libraries by the package id used for them inside this table.
    ``aliases``    staged id to final id.
    """

    id: int
    name: str
    type_id_offset: int
    type_pool: StringPool
    key_pool: StringPool
    libraries: tuple[tuple[int, str], ...]
    aliases: tuple[tuple[int, int], ...]
    overlayables: tuple[Overlayable, ...]
    span: Span

    def type_name(self, type_id: int) -> str:
        """Name of a type, e.g. ``string``; ``type7`` where the pool has none."""
        return self.type_pool.text(type_id - 1 - self.type_id_offset) or f"type{type_id}"


class TypeSpec(Struct, frozen=True):
    """Which configurations each entry of a type varies by; bit 30 means public."""

    package: int
    type_id: int
    flags: NDArray[np.uint32]


class PackageChunks(Struct, frozen=True):
    """A package with the chunks that hold its values, still unread."""

    package: Package
    types: tuple[Chunk, ...]
    specs: tuple[TypeSpec, ...]


def read_package(data: bytes, chunk: Chunk, number: int, log: AnomalyLog) -> PackageChunks | None:
    """Package ``number`` of the table; None, with an anomaly, where it lacks its header."""
    if chunk.offset + 8 + 276 > chunk.end:
        log.note("short-package", "package is too short for its header", *place(chunk), loses=True)
        return None
    head = HEAD.unpack(
        data[chunk.offset + 8 : chunk.offset + 8 + HEAD.size].ljust(HEAD.size, b"\0")
    )
    package_id, name, types_at, _, keys_at, _, type_id_offset = head
    if chunk.header_size < TYPE_ID_OFFSET_HEADER:
        type_id_offset = 0
    inner = list(walk(data, chunk.body, chunk.end, log))
    pools = [one for one in inner if one.type == ChunkType.STRING_POOL]
    small = _SmallChunks(data, number, log)
    for one in inner:
        small.read(one)
    package = Package(
        package_id & 0xFF,
        wide_name(name),
        type_id_offset,
        _pool(data, chunk, types_at, pools[:1], log),
        _pool(data, chunk, keys_at, pools[1:2], log),
        tuple(small.libraries),
        tuple(small.aliases),
        tuple(small.overlayables),
        chunk.span,
    )
    if package_id > 0xFF:
        log.note("package-id", f"package id 0x{package_id:x} is over 255", chunk.offset + 8, 4)
    types = tuple(one for one in inner if one.type == ChunkType.TABLE_TYPE)
    return PackageChunks(package, types, tuple(small.specs))


def place(chunk: Chunk) -> tuple[int, int]:
    """Offset and length, as an anomaly wants them."""
    return chunk.offset, chunk.end - chunk.offset


def wide_name(raw: bytes) -> str:
    """A name in a fixed field of UTF-16, up to its first zero unit."""
    return raw.decode("utf-16-le", "replace").partition("\0")[0]


def _pool(
    data: bytes, package: Chunk, at: int, fallback: list[Chunk], log: AnomalyLog
) -> StringPool:
    """The pool that the package header points to, else the one at its usual place."""
    found = chunk_at(data, package.offset + at, package.end) if at else None
    if found is None or found.type != ChunkType.STRING_POOL:
        if not fallback:
            log.note("no-pool", "package lacks a string pool for names", *place(package))
            return empty_pool()
        log.note("pool-place", "package header points to no string pool", *place(package))
        found = fallback[0]
    return read_pool(data, found, log)


class _SmallChunks:
    """Collects what stands beside the values inside a package."""

    def __init__(self, data: bytes, number: int, log: AnomalyLog) -> None:
        self.data = data
        self.number = number
        self.log = log
        self.libraries: list[tuple[int, str]] = []
        self.aliases: list[tuple[int, int]] = []
        self.overlayables: list[Overlayable] = []
        self.specs: list[TypeSpec] = []

    def read(self, chunk: Chunk) -> None:
        """Take in one chunk; types and pools are read elsewhere."""
        if chunk.type == ChunkType.TABLE_TYPE_SPEC:
            self._spec(chunk)
        elif chunk.type == ChunkType.TABLE_LIBRARY:
            for entry in self._counted(chunk, LIBRARY_ENTRY):
                self.libraries.append((entry[0], wide_name(entry[1])))
        elif chunk.type == ChunkType.TABLE_STAGED_ALIAS:
            self.aliases.extend((staged, final) for staged, final in self._counted(chunk, PAIR))
        elif chunk.type == ChunkType.TABLE_OVERLAYABLE:
            self._overlayable(chunk)
        elif chunk.type not in (ChunkType.TABLE_TYPE, ChunkType.STRING_POOL):
            says = f"chunk 0x{chunk.type:04x} is of no known type and is skipped"
            self.log.note("unknown-chunk", says, *place(chunk), loses=True)

    def _spec(self, chunk: Chunk) -> None:
        if chunk.offset + 16 > chunk.end:
            self.log.note("short-chunk", "type specification is too short", *place(chunk))
            return
        count = int.from_bytes(self.data[chunk.offset + 12 : chunk.offset + 16], "little")
        room = (chunk.end - chunk.body) // 4
        if count > room:
            says = f"type specification says {count} entries, {room} fit"
            self.log.note("entry-count", says, *place(chunk))
        flags = np.frombuffer(self.data, "<u4", min(count, room), chunk.body)
        self.specs.append(TypeSpec(self.number, self.data[chunk.offset + 8], flags))

    def _counted(self, chunk: Chunk, record: struct.Struct) -> Iterator[tuple[Any, ...]]:
        """Records after a count of four bytes, as many as fit."""
        if chunk.offset + 12 > chunk.end:
            self.log.note("short-chunk", "list without its count", *place(chunk), loses=True)
            return
        count = int.from_bytes(self.data[chunk.offset + 8 : chunk.offset + 12], "little")
        room = (chunk.end - chunk.body) // record.size
        if count > room:
            says = f"list says {count} records, {room} fit"
            self.log.note("entry-count", says, *place(chunk), loses=True)
        for index in range(min(count, room)):
            yield record.unpack_from(self.data, chunk.body + index * record.size)

    def _overlayable(self, chunk: Chunk) -> None:
        fields = self.data[chunk.offset + 8 : min(chunk.body, chunk.end)]
        policies = []
        for one in walk(self.data, chunk.body, chunk.end, self.log):
            if one.type != ChunkType.TABLE_OVERLAYABLE_POLICY or one.offset + 16 > one.end:
                continue
            policy, count = PAIR.unpack_from(self.data, one.offset + 8)
            count = min(count, (one.end - one.body) // 4)
            policies.append((policy, struct.unpack_from(f"<{count}I", self.data, one.body)))
        self.overlayables.append(
            Overlayable(
                wide_name(fields[:512]), wide_name(fields[512:]), tuple(policies), chunk.span
            )
        )
