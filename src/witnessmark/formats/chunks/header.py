"""Chunk headers and the walk from one chunk to the next.

``ResChunk_header``: type u2, header size u2, size u4 (header included), little-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from enum import IntEnum

from msgspec import Struct

from witnessmark.formats.chunks.anomaly import AnomalyLog
from witnessmark.model.location import Span

HEADER = struct.Struct("<HHI")
NODE_HEADER = 16
ATTRIBUTE_PLACES = struct.Struct("<HHH")


class ChunkType(IntEnum):
    """``ResourceTypes.h``, the ``RES_*_TYPE`` numbers."""

    NULL = 0x0000
    STRING_POOL = 0x0001
    TABLE = 0x0002
    XML = 0x0003
    XML_START_NAMESPACE = 0x0100
    XML_END_NAMESPACE = 0x0101
    XML_START_ELEMENT = 0x0102
    XML_END_ELEMENT = 0x0103
    XML_CDATA = 0x0104
    XML_RESOURCE_MAP = 0x0180
    TABLE_PACKAGE = 0x0200
    TABLE_TYPE = 0x0201
    TABLE_TYPE_SPEC = 0x0202
    TABLE_LIBRARY = 0x0203
    TABLE_OVERLAYABLE = 0x0204
    TABLE_OVERLAYABLE_POLICY = 0x0205
    TABLE_STAGED_ALIAS = 0x0206


SMALLEST: Mapping[int, int] = {
    ChunkType.STRING_POOL: 28,
    ChunkType.XML_START_NAMESPACE: 24,
    ChunkType.XML_END_NAMESPACE: 24,
    ChunkType.XML_START_ELEMENT: 36,
    ChunkType.XML_END_ELEMENT: 24,
    ChunkType.XML_CDATA: 28,
    ChunkType.XML_RESOURCE_MAP: 8,
    ChunkType.TABLE_PACKAGE: 284,
    ChunkType.TABLE_TYPE: 24,
    ChunkType.TABLE_TYPE_SPEC: 16,
    ChunkType.TABLE_LIBRARY: 12,
    ChunkType.TABLE_OVERLAYABLE: 1032,
    ChunkType.TABLE_OVERLAYABLE_POLICY: 16,
    ChunkType.TABLE_STAGED_ALIAS: 12,
}
"""Bytes that a chunk of each type has at least, its fixed fields included."""


FIXED_NODES = (
    ChunkType.XML_START_NAMESPACE,
    ChunkType.XML_END_NAMESPACE,
    ChunkType.XML_START_ELEMENT,
    ChunkType.XML_END_ELEMENT,
    ChunkType.XML_CDATA,
)
"""Nodes whose length follows from their fields, so that a lying size can be mended."""


class Chunk(Struct, frozen=True):
    """One chunk: ``type`` as written, ``body`` where its content starts, ``end`` after it."""

    type: int
    offset: int
    header_size: int
    end: int

    @property
    def body(self) -> int:
        """First byte after the declared header."""
        return self.offset + self.header_size

    @property
    def span(self) -> Span:
        """All its bytes."""
        return Span(self.offset, self.end - self.offset)


def chunk_at(data: bytes, offset: int, end: int) -> Chunk | None:
    """The chunk whose header stands at ``offset``; None where its sizes cannot be true."""
    if offset < 0 or offset + HEADER.size > end:
        return None
    kind, header_size, size = HEADER.unpack_from(data, offset)
    if not HEADER.size <= header_size <= size or offset + size > end:
        return None
    return Chunk(kind, offset, header_size, offset + size)


def walk(data: bytes, start: int, end: int, log: AnomalyLog) -> Iterator[Chunk]:
    """Chunks from ``start`` to ``end``, each inside these bounds.

    Android stops at the first header that cannot be true. A reader that must not miss what
    an older or newer Android reads goes on: an XML node with an impossible size gets the
    size that its fields ask for, another chunk that runs over the end is cut there, other bytes
    are skipped up to the next plausible known chunk. Each of these is an anomaly.
    """
    offset = start
    while offset + HEADER.size <= end:
        chunk = chunk_at(data, offset, end) or _mended(data, offset, end, log)
        if chunk is None:
            following = _next_plausible(data, offset + 1, end)
            log.note(
                "junk", "bytes between chunks are no chunk", offset, following - offset, loses=True
            )
            offset = following
            continue
        yield chunk
        offset = chunk.end
    if offset < end and any(data[offset:end]):
        log.note("junk", "bytes after the last chunk are too few for one", offset, end - offset)


def _mended(data: bytes, offset: int, end: int, log: AnomalyLog) -> Chunk | None:
    """A known chunk whose sizes lie, with the sizes it must have had; None for other bytes."""
    kind, header_size, size = HEADER.unpack_from(data, offset)
    rest = end - offset
    if kind in FIXED_NODES and SMALLEST[kind] <= rest:
        fixed = _node_size(data, offset, kind, rest)
        says = f"chunk 0x{kind:04x} says header {header_size}, size {size}: read with {fixed}"
        log.note("chunk-size", says, offset, fixed)
        return Chunk(kind, offset, NODE_HEADER, offset + fixed)
    if kind in SMALLEST and HEADER.size <= header_size <= rest < size:
        says = f"chunk 0x{kind:04x} says it is {size} bytes long, past the end of its container"
        log.note("chunk-overruns", says, offset, rest, loses=True)
        return Chunk(kind, offset, header_size, end)
    return None


def _node_size(data: bytes, offset: int, kind: int, rest: int) -> int:
    """Bytes of an XML node by its own fields, never more than ``rest``."""
    size = SMALLEST[kind]
    if kind == ChunkType.XML_START_ELEMENT:
        start, each, count = ATTRIBUTE_PLACES.unpack_from(data, offset + NODE_HEADER + 8)
        size = max(size, NODE_HEADER + start + each * count)
    return min(size, rest)


def _next_plausible(data: bytes, offset: int, end: int) -> int:
    """The next offset, a multiple of four, with a believable header of a known chunk."""
    offset = (offset + 3) & ~3
    while offset + HEADER.size <= end:
        kind, header_size, size = HEADER.unpack_from(data, offset)
        smallest = SMALLEST.get(kind)
        if (
            smallest is not None
            and HEADER.size <= header_size <= size <= end - offset
            and size >= smallest
            and not size & 3
        ):
            return offset
        offset += 4
    return end
