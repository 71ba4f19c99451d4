"""Texts of a program that Dart was compiled to ahead of time (Flutter's ``libapp.so``).

Three layouts are in use. Where pointers are compressed (64-bit builds since Dart 2.15) texts follow
each other, each behind its length (`clustered`); elsewhere each is an object of its own with its
length before it (`counted`). Both tell where a text ends, which a run of letters does not.

Source: Dart SDK, runtime/vm/app_snapshot.cc (``StringSerializationCluster``,
``EncodeLengthAndCid``), runtime/vm/datastream.h (``WriteUnsigned``), runtime/vm/raw_object.h
(``UntaggedOneByteString``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from struct import unpack_from

from msgspec import Struct

from witnessmark.formats.texts import counted_wide_texts
from witnessmark.model.location import ReadsAs, Span

LARGEST = 64 << 20
"""Bytes of one library that are searched."""

LONGEST = 1 << 16
SHORTEST = 2
"""Letters of a text that is told."""

CLEAN = re.compile(rb"[\t\n\r\x20-\x7e\xa0-\xff]*")
START = re.compile(rb"(?:[\x84-\xfe][\x20-\x7e]{2,63}){4}")
"""Four short texts of ASCII behind their lengths."""

RUN = re.compile(rb"[\t\n\r\x20-\x7e\xa0-\xff]{2,65536}")
SCRIPTS = tuple(
    re.compile(f"[{letters}]")
    for letters in (
        "\u0400-\u04ff",
        "\u0500-\u05ff",
        "\u0600-\u06ff",
        "\u4e00-\u9fff",
        "\uac00-\ud7af",
    )
)
"""Cyrillic, Armenian and Hebrew, Arabic, Chinese, Korean; other bytes look like several."""

FEWEST = 12
"""Texts that stand behind each other, from which that is no chance."""

MOST_BEFORE = 4096
"""Bytes before four such texts in which further ones are looked for."""

FEWEST_BEFORE = 6
"""Bytes of one of those."""

LOOK_AHEAD = 3
LAST_BYTE = 0x80
WIDE = 1
BITS_64 = 2
"""Byte 4 of an ELF file of 64 bits."""


class DartText(Struct, frozen=True):
    """A text constant: its bytes and how they spell it."""

    text: str
    span: Span
    reads_as: ReadsAs


class _Item(Struct, frozen=True):
    """One text of a row of texts; ``clean`` when it spells letters only."""

    start: int
    size: int
    wide: bool
    clean: bool

    @property
    def end(self) -> int:
        return self.start + self.size


def dart_texts(data: bytes | memoryview) -> tuple[DartText, ...]:
    """Texts of a library in the order of its bytes; of its first `LARGEST` bytes."""
    data = bytes(data[:LARGEST])
    found = list(_clustered(data))
    if not found:
        found = list(_counted(data))
        found = sorted((*found, *_wide(data, found)), key=lambda one: one.span.offset)
    return tuple(found)


def _clustered(data: bytes) -> Iterator[DartText]:
    """Texts that follow each other, each behind its length."""
    at = 0
    while (match := START.search(data, at)) is not None:
        items = [*_before(data, at, match.start()), *_row(data, match.start())]
        if len(items) < FEWEST:
            at = match.start() + 1
            continue
        for item in items:
            if item.clean and item.size:
                reads_as: ReadsAs = "utf-16le" if item.wide else "latin-1"
                spelled = data[item.start : item.end].decode(reads_as)
                yield DartText(spelled, Span(item.start, item.size), reads_as)
        at = items[-1].end


def _row(data: bytes, at: int) -> list[_Item]:
    """Texts that follow each other from ``at``; other signs only between those of letters."""
    items: list[_Item] = []
    while (item := _item(data, at)) is not None:
        if not item.clean and not _goes_on(data, item.end):
            break
        items.append(item)
        at = item.end
    while items and (items[-1].wide or not items[-1].clean):  # what follows a row may look so
        items.pop()
    return items


def _before(data: bytes, first: int, last: int) -> list[_Item]:
    """The longest way of texts, from ``first`` on, that ends exactly at ``last``."""
    leads: dict[int, _Item] = {}
    for at in range(last - 1, max(first, last - MOST_BEFORE) - 1, -1):
        item = _item(data, at)
        if item is None or not item.clean or item.size < FEWEST_BEFORE:
            continue
        if item.end == last or item.end in leads:
            leads[at] = item
    items: list[_Item] = []
    at = min(leads, default=last)
    while at in leads:
        items.append(leads[at])
        at = leads[at].end
    return items


def _goes_on(data: bytes, at: int) -> bool:
    for _ in range(LOOK_AHEAD):
        item = _item(data, at)
        if item is None or not item.clean or not item.size:
            return False
        at = item.end
    return True


def _item(data: bytes, at: int) -> _Item | None:
    """The text whose length stands at ``at``; None where no length stands."""
    value = shift = 0
    while at < len(data) and data[at] < LAST_BYTE and shift < 21:
        value |= data[at] << shift
        shift += 7
        at += 1
    if at >= len(data) or data[at] < LAST_BYTE:
        return None
    value |= (data[at] - LAST_BYTE) << shift
    start, wide = at + 1, bool(value & WIDE)
    size = (value >> 1) * (2 if wide else 1)
    if size > LONGEST or start + size > len(data) or (wide and not size):
        return None
    return _Item(start, size, wide, _is_clean(data, start, size, wide=wide))


def _is_clean(data: bytes, start: int, size: int, *, wide: bool) -> bool:
    if not wide:
        match = CLEAN.match(data, start, start + size)
        return match is not None and match.end() == start + size
    try:
        text = data[start : start + size].decode("utf-16-le")
    except UnicodeDecodeError:
        return False
    return all(sign in "\t\n\r" or sign >= " " for sign in text) and _has_one_script(text)


def _has_one_script(text: str) -> bool:
    return sum(bool(one.search(text)) for one in SCRIPTS) <= 1


def _counted(data: bytes) -> Iterator[DartText]:
    """Latin texts that are objects: twice the number of letters stands before them."""
    is_wide = len(data) > 4 and data[4] == BITS_64
    for match in RUN.finditer(data):
        start = match.start() + (-match.start()) % 4
        size = _size(data, start, is_64=is_wide)
        if size >= SHORTEST and start + size <= match.end():
            text = data[start : start + size].decode("latin-1")
            yield DartText(text, Span(start, size), "latin-1")


def _wide(data: bytes, latin: Sequence[DartText]) -> Iterator[DartText]:
    """Texts of 16-bit letters where no Latin text stands."""
    taken = [one.span for one in latin]
    starts = [span.offset for span in taken]
    for text, span in counted_wide_texts(data):
        before = bisect_left(starts, span.end) - 1
        is_free = before < 0 or taken[before].end <= span.offset
        if is_free and _has_one_script(text):
            yield DartText(text, span, "utf-16le")


def _size(data: bytes, start: int, *, is_64: bool) -> int:
    """Letters of the text at ``start`` as its length before it says, 0 where none does.

    The length of 8 bytes (64 bits), of 4 bytes, or of 4 bytes before a digest of 4 (older ones).
    """
    for before in (8,) if is_64 else (4, 8):
        if start < before:
            continue
        (twice,) = unpack_from("<Q" if is_64 else "<I", data, start - before)
        if (
            twice % 2 == 0
            and SHORTEST * 2 <= twice <= 2 * LONGEST
            and start + twice // 2 <= len(data)
        ):
            return int(twice) // 2
    return 0
