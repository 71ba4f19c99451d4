"""Unpacking one entry, bounded and checked."""

from __future__ import annotations

import zlib
from types import ModuleType
from typing import Any

from msgspec import Struct

from witnessmark.formats.zip.records import DEFLATED, ENCRYPTED_FLAG, STORED, Anomaly, ZipEntry
from witnessmark.model.errors import FormatError

engine: ModuleType
try:
    from isal import isal_zlib

    engine = isal_zlib
except ImportError:
    engine = zlib

Content = bytes | memoryview
RAW_DEFLATE = -15
INFLATE_ERRORS: tuple[type[Exception], ...] = (zlib.error, engine.error)


class Unpacked(Struct, frozen=True):
    """An entry's content and what was odd about getting it."""

    content: Content
    anomalies: tuple[Anomaly, ...]


def unpack(data: Content, entry: ZipEntry, limit: int) -> Content:
    """Content of ``entry`` of the archive ``data``; see `unpack_noting`."""
    return unpack_noting(data, entry, limit).content


def unpack_noting(data: Content, entry: ZipEntry, limit: int) -> Unpacked:
    """Content of ``entry``, at most ``limit`` bytes of it, with anomalies.

    A stored entry comes as a view of ``data``. An encryption flag is ignored, as Android
    does; a wrong checksum or size is noted and the content given all the same.

    Raises `FormatError` where nothing can be unpacked, or more than ``limit`` bytes would be.
    """
    if entry.local_header.length == 0:
        raise FormatError(f"{entry.name!r} has no local header", entry.data.offset)
    notes: list[Anomaly] = []
    content: Content
    if entry.method == DEFLATED:
        content = _deflated(data, entry, limit, notes)
    elif entry.method == STORED and entry.size == entry.compressed_size:
        content = _stored(data, entry, limit)
    else:
        content = _untold_method(data, entry, limit, notes)
    _check(entry, content, notes)
    return Unpacked(content, tuple(notes))


def _stored(data: Content, entry: ZipEntry, limit: int) -> Content:
    span = entry.data
    if span.length > limit:
        raise FormatError(f"{entry.name!r} holds more than {limit} bytes", span.offset)
    return memoryview(data)[span.offset : span.end]


def _deflated(data: Content, entry: ZipEntry, limit: int, notes: list[Anomaly]) -> bytes:
    packed = memoryview(data)[entry.data.offset : entry.data.end]
    try:
        return _inflate(packed, entry, limit, notes)
    except INFLATE_ERRORS as problem:
        raise FormatError(
            f"{entry.name!r} cannot be inflated: {problem}", entry.data.offset
        ) from None


def _inflate(packed: memoryview, entry: ZipEntry, limit: int, notes: list[Anomaly]) -> bytes:
    """Inflate into one buffer of the declared size; only a lying size costs a second one."""
    stream: Any = engine.decompressobj(RAW_DEFLATE)
    first = min(entry.size, limit) + 1
    content: bytes = stream.decompress(packed, first)
    if not stream.eof and len(content) == first and first <= limit:
        content += stream.decompress(stream.unconsumed_tail, limit + 1 - first)
    if len(content) > limit:
        raise FormatError(f"{entry.name!r} inflates to more than {limit} bytes", entry.data.offset)
    if not stream.eof:
        notes.append(
            Anomaly("stream-cut", f"the packed bytes of {entry.name!r} end too early",
                    entry.data.offset, entry.data.length)
        )  # fmt: skip
    elif stream.unused_data:
        unused = len(stream.unused_data)
        notes.append(
            Anomaly("stream-short", f"{unused} packed bytes of {entry.name!r} are not used",
                    entry.data.end - unused, unused)
        )  # fmt: skip
    return content


def _untold_method(data: Content, entry: ZipEntry, limit: int, notes: list[Anomaly]) -> Content:
    """Content where the method is unknown, or the sizes contradict a stored one.

    Android's asset reader takes every method but DEFLATED for stored and gives as many bytes
    as the unpacked size says. Deflated data is told by its checksum; where neither reading
    has the right one, the stored reading is given, as Android would.
    """
    start = entry.data.offset
    length = min(entry.size, len(data) - start)
    if length <= limit:
        plain = memoryview(data)[start : start + length]
        if engine.crc32(plain) == entry.crc32:
            return plain
    inflating: list[Anomaly] = []
    try:
        content = _deflated(data, entry, limit, inflating)
    except FormatError:
        content = b""
    if content and engine.crc32(content) == entry.crc32:
        notes += inflating
        notes.append(
            Anomaly("hidden-deflate",
                    f"{entry.name!r} is deflated, though it declares method {entry.method}",
                    start, entry.data.length)
        )  # fmt: skip
        return content
    if length > limit:
        raise FormatError(f"{entry.name!r} holds more than {limit} bytes", start)
    return plain


def _check(entry: ZipEntry, content: Content, notes: list[Anomaly]) -> None:
    span = entry.data
    if len(content) != entry.size:
        notes.append(
            Anomaly("wrong-size",
                    f"{entry.name!r} declares {entry.size} bytes and has {len(content)}",
                    span.offset, span.length)
        )  # fmt: skip
    if engine.crc32(content) != entry.crc32:
        encrypted = bool(entry.flags & ENCRYPTED_FLAG)
        notes.append(
            Anomaly("encrypted" if encrypted else "wrong-checksum",
                    f"the checksum of {entry.name!r} is not the declared one"
                    + (", and it claims to be encrypted" if encrypted else ""),
                    span.offset, span.length)
        )  # fmt: skip
