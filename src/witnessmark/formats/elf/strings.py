"""Printable strings in data, with their bytes."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.formats.elf.image import EXECUTABLE, PT_LOAD, Image
from witnessmark.formats.elf.records import NativeString
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.location import Span

SHORTEST = 5
STRINGS_AT_MOST = 250_000
LONGEST = 1 << 16

PRINTABLE = kept_regex(
    rb"(?:[\x20-\x7e\t\n\r]|[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}){%d,%d}" % (2, LONGEST)
)
PROGBITS = 1
ALLOCATED, CODE = 2, 4
NO_WORDS = (".eh_frame", ".gcc_except_table", ".got", ".plt", ".init_array", ".fini_array",
            ".ARM.ex", ".note", ".rela", ".rel.", ".gnu.", ".hash", ".dynamic")  # fmt: skip


def read_strings(image: Image, names: Span) -> tuple[NativeString, ...]:
    """Strings of at least five characters outside of code and of the table of ``names``.

    Anything beyond ASCII must be bounded by zero bytes, since machine data often looks like it.
    """
    found: list[NativeString] = []
    for start, end in _data_spans(image):
        for piece in _without(start, end, names):
            for one in _scan(image.data, *piece):
                if len(found) >= STRINGS_AT_MOST:
                    image.note("many-strings", f"only the first {len(found)} strings are listed",
                               one.span.offset, 0)  # fmt: skip
                    return tuple(found)
                found.append(one)
    return tuple(found)


def _data_spans(image: Image) -> list[tuple[int, int]]:
    """Spans that may hold words: data sections, else segments without code, else all segments."""
    sections = [
        (one.offset, one.offset + one.size)
        for one in image.sections
        if one.type == PROGBITS and one.flags & ALLOCATED and not one.flags & CODE
        and not one.name.startswith(NO_WORDS)
    ]  # fmt: skip
    loads = [one for one in image.segments if one.type == PT_LOAD]
    data = [one for one in loads if not one.flags & EXECUTABLE]
    spans = sections or [(one.offset, one.offset + one.size) for one in data or loads]
    return _merged(spans)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, overlapping ones joined, so that no byte is read twice."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif end > start:
            merged.append((start, end))
    return merged


def _without(start: int, end: int, hole: Span) -> Iterator[tuple[int, int]]:
    if hole.length == 0 or hole.end <= start or hole.offset >= end:
        yield start, end
        return
    if start < hole.offset:
        yield start, hole.offset
    if hole.end < end:
        yield hole.end, end


def _scan(data: bytes, start: int, end: int) -> Iterator[NativeString]:
    for match in PRINTABLE.finditer(data, start, end):
        raw = match.group()
        if not raw.isascii():
            bounded = data[match.end() : match.end() + 1] in (b"\0", b"")
            if not bounded or (match.start() > start and data[match.start() - 1]):
                raw = b""
        text = raw.decode("utf-8", "replace")
        if text and len(text.strip()) >= (SHORTEST if text.isascii() else 2):
            yield NativeString(text, Span(match.start(), len(raw)))
