"""Reading a resource table (``ResTable`` and ``LoadedArsc`` in AOSP androidfw)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from witnessmark.formats.arsc.columns import Places, read_columns
from witnessmark.formats.arsc.config import FULL_SIZE, Config, read_config
from witnessmark.formats.arsc.package import PackageChunks, TypeSpec, place, read_package
from witnessmark.formats.arsc.table import ResourceTable
from witnessmark.formats.chunks import AnomalyLog, Chunk, ChunkType, StringPool, read_pool, walk
from witnessmark.formats.chunks.header import HEADER
from witnessmark.formats.chunks.string_pool import empty_pool
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

SPARSE, OFFSET16 = 0x01, 0x02
CONFIG_AT = 20
PACKAGES_AT_MOST = 256


def read_arsc(data: bytes) -> ResourceTable:
    """The resource table in ``data``.

    Raises `FormatError` where the blob does not begin with a table header. A table without
    packages is valid and empty.
    """
    if len(data) < 12:
        raise FormatError(f"resource table of {len(data)} bytes is too short for its header")
    log = AnomalyLog()
    kind, header_size, size = HEADER.unpack_from(data)
    if kind != ChunkType.TABLE:
        raise FormatError(f"resource table begins with chunk type 0x{kind:04x}")
    if size != len(data):
        says = f"table says {size} bytes, the file has {len(data)}"
        log.note("root-size", says, 4, 4, loses=size > len(data))
    if not 12 <= header_size <= len(data):
        log.note("root-header", f"table header of {header_size} bytes", 2, 2)
        header_size = 12
    pool, packages = _top_level(data, header_size, log)
    said = int.from_bytes(data[8:12], "little")
    if said != len(packages):
        says = f"table says {said} packages, {len(packages)} were read"
        log.note("package-count", says, 8, 4, loses=said > len(packages))
    reader = _TypeReader(data, log)
    for number, one in enumerate(packages):
        for chunk in one.types:
            reader.read(chunk, number, one.package.id)
    entries, bags = read_columns(data, reader.places(), log)
    return ResourceTable(
        packages=tuple(one.package for one in packages),
        configs=tuple(reader.configs),
        pool=pool,
        entries=entries,
        bags=bags,
        specs=_specs(packages),
        anomalies=log.listed(len(data)),
        size=len(data),
    )


def _specs(packages: Sequence[PackageChunks]) -> tuple[TypeSpec, ...]:
    return tuple(spec for one in packages for spec in one.specs)


def _top_level(data: bytes, start: int, log: AnomalyLog) -> tuple[StringPool, list[PackageChunks]]:
    """The first string pool and all packages; Android ignores further pools."""
    pool: StringPool | None = None
    packages: list[PackageChunks] = []
    for chunk in walk(data, start, len(data), log):
        if chunk.type == ChunkType.STRING_POOL and pool is None:
            pool = read_pool(data, chunk, log)
        elif chunk.type == ChunkType.TABLE_PACKAGE and len(packages) < PACKAGES_AT_MOST:
            read = read_package(data, chunk, len(packages), log)
            packages += [read] if read is not None else []
        else:
            says = f"chunk 0x{chunk.type:04x} has no place here and is skipped"
            log.note("unknown-chunk", says, *place(chunk), loses=True)
    return pool or empty_pool(), packages


class _TypeReader:
    """Collects where entries stand, type chunk by type chunk."""

    def __init__(self, data: bytes, log: AnomalyLog) -> None:
        self.data = data
        self.log = log
        self.configs: list[Config] = []
        self._config_numbers: dict[bytes, int] = {}
        self._rows: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        self._facts: list[tuple[int, int, int, int]] = []

    def read(self, chunk: Chunk, package: int, package_id: int) -> None:
        """Note the entries of one ``ResTable_type`` chunk."""
        if chunk.offset + CONFIG_AT + 4 > chunk.end:
            self.log.note("short-chunk", "type chunk is too short", *place(chunk), loses=True)
            return
        fixed = self.data[chunk.offset + 8 : chunk.offset + CONFIG_AT]
        type_id, flags = fixed[0], fixed[1]
        count = int.from_bytes(fixed[4:8], "little")
        entries_at = chunk.offset + int.from_bytes(fixed[8:12], "little")
        if not type_id:
            says = "type chunk has type id 0, which Android refuses"
            self.log.note("type-id", says, *place(chunk))
        rows, offsets = self._offsets(chunk, flags, count)
        self._rows.append((rows, entries_at + offsets))
        base = package_id << 24 | type_id << 16
        self._facts.append((base, package, self._config(chunk), chunk.end))

    def _offsets(
        self, chunk: Chunk, flags: int, count: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Entry numbers and offsets of the entries that are present."""
        width = 2 if flags & OFFSET16 and not flags & SPARSE else 4
        room = max(0, chunk.end - chunk.body) // width
        if count > room:
            says = f"type chunk says {count} entries, {room} offsets fit"
            self.log.note("entry-count", says, *place(chunk), loses=True)
            count = room
        if flags & SPARSE:
            pairs = np.frombuffer(self.data, "<u2", 2 * count, chunk.body).astype(np.int64)
            return pairs[0::2], pairs[1::2] * 4
        offsets = np.frombuffer(self.data, f"<u{width}", count, chunk.body)
        present = np.flatnonzero(offsets != (1 << 8 * width) - 1)
        if count > 0x10000:
            self.log.note("entry-count", f"type chunk has {count} entries", *place(chunk))
            present = present[present < 0x10000]
        scale = 4 if width == 2 else 1
        return present.astype(np.int64), offsets[present].astype(np.int64) * scale

    def _config(self, chunk: Chunk) -> int:
        """Number of the chunk's configuration; equal ones share a number."""
        at = chunk.offset + CONFIG_AT
        size = int.from_bytes(self.data[at : at + 4], "little")
        if size < 28 or at + size > max(chunk.body, at + 4):
            says = f"configuration says {size} bytes, its header leaves {chunk.body - at}"
            self.log.note("config-size", says, at, 4)
            size = max(4, min(size, chunk.body - at, chunk.end - at))
        raw = self.data[at : at + size]
        if any(raw[FULL_SIZE:]):
            says = f"configuration has {size} bytes; what the last ones mean is not known"
            self.log.note("config-size", says, at, size)
        meaning = raw[4:].rstrip(b"\0")
        number = self._config_numbers.setdefault(meaning, len(self.configs))
        if number == len(self.configs):
            self.configs.append(read_config(raw, Span(at, size)))
        return number

    def places(self) -> Places:
        """All entries noted so far."""
        sizes = [len(rows) for rows, _ in self._rows]
        facts = np.array(self._facts, dtype=np.int64).reshape(-1, 4)
        base, package, config, end = np.repeat(facts, sizes, axis=0).T
        none = np.empty(0, dtype=np.int64)
        rows = np.concatenate([none, *(rows for rows, _ in self._rows)])
        at = np.concatenate([none, *(at for _, at in self._rows)])
        return Places(
            (base | rows).astype(np.uint32),
            package.astype(np.uint16),
            config.astype(np.uint32),
            at,
            end,
        )
