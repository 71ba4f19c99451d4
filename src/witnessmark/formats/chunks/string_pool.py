"""String pools (``ResStringPool_header``): where each string stands and how it reads."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.chunks.anomaly import AnomalyLog
from witnessmark.formats.chunks.header import Chunk
from witnessmark.formats.chunks.string_places import Utf8Places, Utf16Places
from witnessmark.formats.chunks.text import decode_utf8, decode_utf16
from witnessmark.model.location import Span

PoolEncoding = Literal["utf-8", "mutf-8", "utf-16le"]
FIELDS = struct.Struct("<5I")
UTF8_FLAG = 1 << 8
NO_STRING = 0xFFFFFFFF
STYLE_END = 0xFFFFFFFF


class PoolText(Struct, frozen=True):
    """One string of a pool.

    ``span``      its bytes, without length prefix and terminator.
    ``encoding``  how ``span`` decodes to exactly ``text``; None where no decoder gives that back.
    """

    text: str
    span: Span
    encoding: PoolEncoding | None


class StyleSpan(Struct, frozen=True):
    """A markup span over a string, e.g. ``b``; characters ``first`` to ``last``, both inside."""

    name: str
    first: int
    last: int


class StringPool:
    """Strings by index, decoded when asked for. Treat as read-only.

    ``starts`` and ``sizes`` are the byte offset and byte length of each string's text.
    """

    __slots__ = ("_data", "_read", "_style_starts", "is_utf8", "sizes", "span", "starts")

    def __init__(
        self,
        data: bytes,
        span: Span,
        starts: NDArray[np.int64],
        sizes: NDArray[np.int64],
        *,
        is_utf8: bool,
        style_starts: NDArray[np.int64],
    ) -> None:
        self._data = data
        self._read: dict[tuple[int, int], PoolText] = {}
        self._style_starts = style_starts
        self.span = span
        self.starts = starts
        self.sizes = sizes
        self.is_utf8 = is_utf8

    def __len__(self) -> int:
        return len(self.starts)

    def get(self, index: int) -> PoolText | None:
        """The string at ``index``; None where the pool has none."""
        if not 0 <= index < len(self.starts):
            return None
        place = (int(self.starts[index]), int(self.sizes[index]))
        found = self._read.get(place)
        if found is None:
            found = self._read[place] = self._decode(*place)
        return found

    def text(self, index: int) -> str | None:
        """The characters of the string at ``index``; None where the pool has none."""
        found = self.get(index)
        return found.text if found is not None else None

    def style(self, index: int) -> tuple[StyleSpan, ...]:
        """Markup over the string at ``index``; most strings have none."""
        if not 0 <= index < len(self._style_starts):
            return ()
        spans = []
        at = int(self._style_starts[index])
        while at + 12 <= self.span.end:
            name, first, last = struct.unpack_from("<3I", self._data, at)
            if name == STYLE_END:
                break
            spans.append(StyleSpan(self.text(name) or "", first, last))
            at += 12
        return tuple(spans)

    def hold(self, texts: Iterable[PoolText]) -> None:
        """Texts whose places need not be read."""
        self._read.update({(one.span.offset, one.span.length): one for one in texts})

    def _decode(self, start: int, size: int) -> PoolText:
        raw = self._data[start : start + size]
        text, encoding = decode_utf8(raw) if self.is_utf8 else decode_utf16(raw)
        return PoolText(text, Span(start, size), encoding)


def empty_pool() -> StringPool:
    """The pool without strings, standing nowhere."""
    none = np.empty(0, dtype=np.int64)
    return StringPool(b"", Span(0, 0), none, none, is_utf8=True, style_starts=none)


def listed_pool(texts: Sequence[PoolText]) -> StringPool:
    """A pool of texts that stand one by one somewhere else, no two at one place."""
    starts = np.array([one.span.offset for one in texts], dtype=np.int64)
    sizes = np.array([one.span.length for one in texts], dtype=np.int64)
    nowhere = np.empty(0, dtype=np.int64)
    pool = StringPool(b"", Span(0, 0), starts, sizes, is_utf8=True, style_starts=nowhere)
    pool.hold(texts)
    return pool


def read_pool(data: bytes, chunk: Chunk, log: AnomalyLog) -> StringPool:
    """The string pool in ``chunk``.

    Android refuses a pool whose counts or offsets leave the chunk; here the strings that are
    inside are read and the rest is an anomaly, since older versions were laxer.
    """
    if chunk.offset + 28 > chunk.end:
        log.note("string-pool", "string pool is cut short", *_place(chunk), loses=True)
        return empty_pool()
    count, styles, flags, text_at, styles_at = FIELDS.unpack_from(data, chunk.offset + 8)
    table = chunk.offset + max(chunk.header_size, 28)
    count = _bounded(count, table, chunk, log, "strings")
    styles = _bounded(styles, table + 4 * count, chunk, log, "styles")
    base = chunk.offset + text_at
    if count and not table <= base < chunk.end:
        base = table + 4 * (count + styles)
        log.note("string-pool", "strings begin outside of their pool", *_place(chunk), loses=True)
    end = chunk.end
    if styles and base < chunk.offset + styles_at <= chunk.end:
        end = chunk.offset + styles_at
    offsets = np.frombuffer(data, "<u4", count, table).astype(np.int64)
    places = Utf8Places if flags & UTF8_FLAG else Utf16Places
    starts, sizes = places(data, end, chunk, log).read(base + offsets)
    style_offsets = np.frombuffer(data, "<u4", styles, table + 4 * count).astype(np.int64)
    return StringPool(
        data,
        chunk.span,
        starts,
        sizes,
        is_utf8=bool(flags & UTF8_FLAG),
        style_starts=style_offsets + (chunk.offset + styles_at),
    )


def _place(chunk: Chunk) -> tuple[int, int]:
    return chunk.offset, chunk.end - chunk.offset


def _bounded(count: int, table: int, chunk: Chunk, log: AnomalyLog, what: str) -> int:
    """``count``, or as many four-byte offsets as fit between ``table`` and the chunk's end."""
    room = max(0, chunk.end - table) // 4
    if count <= room:
        return count
    says = f"string pool says it has {count} {what}, {room} offsets fit"
    log.note("string-count", says, *_place(chunk))
    return room
