"""Metadata of Unity games whose code was compiled from .NET (``global-metadata.dat``).

Source: Unity's il2cpp, vm/GlobalMetadataFileInternals.h, versions 16 to 31: a sanity value, the
version, then pairs of place and size; the first three are text constants, their bytes, names.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import error, unpack_from

from msgspec import Struct

from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

SANITY = 0xFAB11BAF
OLDEST, NEWEST = 16, 31
MOST_TEXTS = 500_000
LONGEST_TEXT = 1 << 16


class GameMetadata(Struct, frozen=True):
    """Version, text constants and names of types and members, each with its bytes.

    ``cut``  whether there are more than are read, or a text is longer.
    """

    version: int
    texts: tuple[tuple[str, Span], ...]
    names: tuple[tuple[str, Span], ...]
    cut: bool = False


def read_game_metadata(data: bytes | memoryview) -> GameMetadata:
    """Texts and names; `FormatError` for what is none, is cut, or of another version."""
    view = memoryview(data)
    try:
        sanity, version = unpack_from("<II", view, 0)
        if sanity != SANITY:
            raise FormatError("no metadata of a game", 0)
        if not OLDEST <= version <= NEWEST:
            raise FormatError(f"metadata of version {version} are not known", 4)
        table, bytes_of, names = (Span(*unpack_from("<II", view, at)) for at in (8, 16, 24))
        if max(table.end, bytes_of.end, names.end) > len(view):
            raise FormatError("a section lies outside the file", 8)
        texts, listed = list(_texts(view, table, bytes_of)), list(_names(view, names))
        cut = (
            table.length // 8 > MOST_TEXTS
            or len(listed) > MOST_TEXTS
            or any(span.length == LONGEST_TEXT for _, span in texts)
        )
        return GameMetadata(version, tuple(texts), tuple(listed[:MOST_TEXTS]), cut)
    except error:
        raise FormatError("the metadata are cut", 0) from None


def _texts(view: memoryview, table: Span, bytes_of: Span) -> Iterator[tuple[str, Span]]:
    for number in range(min(table.length // 8, MOST_TEXTS)):
        length, place = unpack_from("<II", view, table.offset + 8 * number)
        span = Span(bytes_of.offset + place, min(length, LONGEST_TEXT))
        if place + length > bytes_of.length:
            raise FormatError(f"text {number} lies outside the texts", table.offset + 8 * number)
        raw = bytes(view[span.offset : span.end])
        try:
            yield raw.decode("utf-8"), span
        except UnicodeDecodeError:
            continue


def _names(view: memoryview, names: Span) -> Iterator[tuple[str, Span]]:
    at = names.offset
    for raw in bytes(view[names.offset : names.end]).split(b"\0"):
        if raw:
            yield raw.decode("utf-8", "replace"), Span(at, len(raw))
        at += len(raw) + 1
