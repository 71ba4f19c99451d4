"""Text constants of programs that are not parsed: source by its strings, bytes by runs.

Which comments and strings a language has is in ``data/languages.csv``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from struct import unpack_from

from witnessmark.formats.patterns import kept_regex
from witnessmark.model.location import Span

LARGEST = 4 << 20
"""Bytes of one program that are read."""

WIDER = rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
RUN = kept_regex(rb"(?:[\x20-\x7e\t]|" + WIDER + rb"){4,4000}|(?:" + WIDER + rb"){2,4000}")
WIDE_RUN = kept_regex(rb"(?:[\x20-\x7e]\x00|[\x00-\xff][\x4e-\x9f]|[\x00-\xff][\x04-\x06]){3,2000}")
"""Letters of 16 bits: Latin, Chinese, Cyrillic, Arabic."""

NOT_LATIN = kept_regex("[\u0400-\u06ff\u4e00-\u9fff]")
COMMAND = kept_regex(rb"(?:^|[;|&({\n]|\b(?:then|do|else)\b)[ \t]*((?:[^\s;|&(){}#'\"]|'[^'\n]*'"
                     rb"|\"[^\"\n]*\")+)([^\n;|&#]*)", re.MULTILINE)  # fmt: skip


def quoted_texts(data: bytes, language: str) -> Iterator[tuple[str, Span]]:
    """Text constants of a source, none of comments; of its first `LARGEST` bytes."""
    for match in _pattern(language).finditer(data[:LARGEST]):
        if match.lastgroup != "text":
            continue
        start, end = match.span()
        quotes = 3 if match[0][:3] in (b'"""', b"'''") and len(match[0]) >= 6 else 1
        inner = data[start + quotes : end - quotes]
        if match[0][:1] == b"[":
            opened = match[0].index(b"[", 1) + 1
            start, inner, quotes = start + opened, data[start + opened : end - opened], 0
        try:
            yield inner.decode("utf-8"), Span(start + quotes, len(inner))
        except UnicodeDecodeError:
            continue


def commands(data: bytes) -> Iterator[tuple[str, tuple[str, ...], Span]]:
    """Commands of a shell program with their words, lines of comments left out; of its first
    `LARGEST` bytes.
    """
    for match in COMMAND.finditer(_without_comments(data[:LARGEST])):
        name = match[1].decode("utf-8", "replace").strip("'\"")
        if "=" in name or not name.strip("[]!"):
            continue
        words = match[2].decode("utf-8", "replace").split()
        yield name, tuple(words), Span(match.start(1), match.end() - match.start(1))


def lines(data: bytes) -> Iterator[tuple[str, Span]]:
    """Lines of a shell program that are no comments, from their first sign on; of its first
    `LARGEST` bytes.
    """
    at = 0
    for line in data[:LARGEST].split(b"\n"):
        bare = line.strip()
        if bare and not bare.startswith(b"#"):
            with suppress(UnicodeDecodeError):
                yield bare.decode("utf-8"), Span(at + line.index(bare), len(bare))
        at += len(line) + 1


def runs(data: bytes) -> Iterator[tuple[str, Span]]:
    """Readable runs of bytes, as compiled programs keep their texts; of the first `LARGEST`."""
    for match in RUN.finditer(data[:LARGEST]):
        yield match[0].decode("utf-8", "replace"), Span(match.start(), match.end() - match.start())


def counted_wide_texts(data: bytes) -> Iterator[tuple[str, Span]]:
    """Texts of 16-bit letters behind their length, as compiled Dart keeps those that are not Latin.

    Twice the number of letters stands 4 or 8 bytes before the first (Dart SDK, runtime/vm
    raw_object.h: ``UntaggedTwoByteString``); machine code that looks like letters fails that.
    """
    for match in WIDE_RUN.finditer(data):
        for start in range(match.start(), min(match.start() + 8, match.end() - 2), 2):
            length = _counted(data, start, match.end())
            text = data[start : start + length].decode("utf-16-le", "replace")
            if length and NOT_LATIN.search(text):
                yield text, Span(start, length)
                break


def _counted(data: bytes, start: int, end: int) -> int:
    """Bytes of a text at ``start`` as its length before it says, 0 where none does."""
    for before in (4, 8):
        if start >= before:
            (twice,) = unpack_from("<I", data, start - before)
            if twice >= 4 and twice % 2 == 0 and start + twice <= end:
                return int(twice)
    return 0


def _without_comments(data: bytes) -> bytes:
    """The same bytes, with comments of whole lines made blank."""
    return re.sub(rb"(?m)^[ \t]*#[^\n]*", lambda match: b" " * len(match[0]), data)


@cache
def _pattern(language: str) -> re.Pattern[bytes]:
    text = Path(__file__).with_name("data").joinpath("languages.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    row = next(row for row in rows if row["language"] == language)
    return kept_regex(f"(?P<comment>{row['comment']})|(?P<text>{row['text']})".encode(), re.DOTALL)
