"""Dex files inside other bytes: files that a phone made (ODEX, VDEX, OAT), memory dumps.

Source: Dalvik executable format, header_item,
source.android.com/docs/core/runtime/dex-format#header-item.
"""

from __future__ import annotations

import struct

from witnessmark.formats.patterns import kept_regex
from witnessmark.model.location import Span

MAGIC = kept_regex(rb"dex\n03[5-9]\0")
FIELDS = struct.Struct("<3I")
HEADER, LITTLE_ENDIAN = 0x70, 0x12345678
MOST_FILES = 256


def find_dex(data: bytes | memoryview) -> tuple[Span, ...]:
    """Dex files in ``data`` whose header fits and that lie whole in it, none inside another."""
    found: list[Span] = []
    after = 0
    for match in MAGIC.finditer(data):
        at = match.start()
        if at < after or at + HEADER > len(data):
            continue
        size, header, order = FIELDS.unpack_from(data, at + 32)
        if header == HEADER and order == LITTLE_ENDIAN and HEADER < size <= len(data) - at:
            found.append(Span(at, size))
            after = at + size
        if len(found) == MOST_FILES:
            break
    return tuple(found)
