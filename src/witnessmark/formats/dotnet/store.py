"""Assemblies as Android apps keep them: compressed by themselves, or many in one store.

Source: github.com/dotnet/android src/native (xamarin-app.hh, LZ4 compressed assemblies, assembly
store formats 1 and 2).
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import error, unpack_from

from msgspec import Struct

from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

STORE, COMPRESSED = b"XABA", b"XALZ"
LARGEST = 64 << 20
"""Bytes that one assembly may have when it is unpacked."""

MOST_ASSEMBLIES = 4_096


class Stored(Struct, frozen=True):
    """An assembly in a store: where its bytes lie, and its file name where the store tells it."""

    name: str
    span: Span


def is_compressed(data: bytes | memoryview) -> bool:
    """Whether this is one compressed assembly."""
    return bytes(data[:4]) == COMPRESSED


def unpacked(data: bytes | memoryview) -> bytes:
    """A compressed assembly in plain; `FormatError` where it is broken or too large."""
    import lz4.block

    if len(data) < 12 or not is_compressed(data):
        raise FormatError("no compressed assembly", 0)
    (length,) = unpack_from("<I", data, 8)
    if length > LARGEST:
        raise FormatError(f"the assembly has {length} bytes, more than are read", 8)
    try:
        plain = lz4.block.decompress(bytes(data[12:]), uncompressed_size=length)
    except lz4.block.LZ4BlockError as broken:
        raise FormatError(f"the assembly cannot be unpacked: {broken}", 12) from None
    return bytes(plain)


def read_store(data: bytes | memoryview, base: int = 0) -> Iterator[Stored]:
    """Assemblies of a store that begins at ``base``; `FormatError` where it is broken."""
    view = memoryview(data)
    try:
        if bytes(view[base : base + 4]) != STORE:
            raise FormatError("no store of assemblies", base)
        version, count = unpack_from("<II", view, base + 4)
        if count > MOST_ASSEMBLIES:
            raise FormatError("more assemblies than are read", base + 8)
        yield from (_second if version & 0xFFFF >= 2 else _first)(view, base, count)
    except error:
        raise FormatError("the store is cut", base) from None


def _first(view: memoryview, base: int, count: int) -> Iterator[Stored]:
    """Format 1: a header of 20 bytes, then one entry of 24 for each assembly of this store."""
    for number in range(count):
        offset, size = unpack_from("<II", view, base + 20 + 24 * number)
        yield Stored("", _inside(view, base, offset, size))


def _second(view: memoryview, base: int, count: int) -> Iterator[Stored]:
    """Format 2: header, index of hashes, entries of 28 bytes, names with their lengths."""
    _, index_size = unpack_from("<II", view, base + 12)
    entries = base + 20 + index_size
    at = entries + 28 * count
    for number in range(count):
        _, offset, size = unpack_from("<III", view, entries + 28 * number)
        (length,) = unpack_from("<I", view, at)
        name = bytes(view[at + 4 : at + 4 + min(length, 400)]).decode("utf-8", "replace")
        at += 4 + length
        yield Stored(name, _inside(view, base, offset, size))


def _inside(view: memoryview, base: int, offset: int, size: int) -> Span:
    span = Span(base + offset, size)
    if span.end > len(view):
        raise FormatError("an assembly lies outside the store", base)
    return span
