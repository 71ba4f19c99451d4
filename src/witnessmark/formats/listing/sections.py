"""The data of a dex file in the making: items placed one after another, and their spans."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.formats.listing.pool import Mention, Order
from witnessmark.formats.listing.span_map import SpanRows
from witnessmark.formats.listing.values import Encoder
from witnessmark.model.location import Span

NONE = -1
"""Number of a name that is not there."""

NO_INDEX = 0xFFFFFFFF

STRING_IDS, TYPE_IDS, PROTO_IDS, FIELD_IDS, METHOD_IDS, CLASS_DEFS = range(1, 7)
CALL_SITE_IDS, METHOD_HANDLES = 7, 8
MAP_LIST, TYPE_LISTS, SET_REFS, SETS = 0x1000, 0x1001, 0x1002, 0x1003
CLASS_DATA, CODE, STRING_DATA, DEBUG_INFO, ANNOTATIONS, ARRAYS, DIRECTORIES = range(0x2000, 0x2007)
"""Type codes of the map list."""


class Sections:
    """Data from ``base`` on. ``entries`` are those of the map list: kind, count, offset."""

    def __init__(self, order: Order, base: int) -> None:
        self.order = order
        self.base = base
        self.encoder = Encoder(order)
        self.spans = SpanRows()
        self.data = bytearray()
        self.entries: list[tuple[int, int, int]] = []

    def final(self, kind: int, number: int) -> int:
        """Number of a name in the finished file."""
        return NO_INDEX if number == NONE else self.order.number[kind][number]

    def next(self) -> int:
        """Offset of what is placed next without alignment."""
        return self.base + len(self.data)

    def place(self, blob: bytes, align: int = 1) -> int:
        """Append an item; its offset in the file."""
        self.data += b"\0" * (-self.next() % align)
        at = self.next()
        self.data += blob
        return at

    def listed(self, kind: int, offsets: Sequence[int]) -> None:
        """All items of a kind were placed; the map lists them."""
        if offsets:
            self.entries.append((kind, len(offsets), offsets[0]))

    def mark(self, start: int, length: int, mention: Mention) -> None:
        """Bytes of the file come from a span of a text."""
        text, offset, size = mention
        self.spans.add(start, length, text, offset, size)


class Marker:
    """Notes where values that are encoded from ``at`` on stand in a text."""

    def __init__(self, sections: Sections, at: int, text: int) -> None:
        self._spans, self._at, self._text = sections.spans, at, text

    def __call__(self, place: int, span: Span) -> None:
        """The value whose encoding begins ``place`` bytes on stands at ``span``."""
        self._spans.add(self._at + place, 1, self._text, span.offset, span.length)
