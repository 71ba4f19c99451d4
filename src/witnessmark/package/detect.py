"""What a blob is, told by its first bytes, then by its text, then by its name.

The signatures are data: ``data/file_types.csv``, ``text_types.csv``, ``name_types.csv``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from msgspec import Struct

from witnessmark.formats.patterns import kept_regex

HEAD = 1024
"""Bytes of a blob that are enough to tell its type."""

ENTROPY_SAMPLE = 1 << 16
RANDOM_BITS = 7.9
"""Bits a byte from which 4 KiB and more of unknown content count as encrypted or compressed."""

MEDIA = frozenset(
    {
        "png", "jpeg", "gif", "webp", "avif", "heif", "wav", "mp4", "matroska", "ogg", "flac",
        "mp3", "midi", "amr", "aac", "ttf", "otf", "woff",
    }
)  # fmt: skip
"""Pictures, sound, film and fonts: listed, not read."""

NO_TEXT = kept_regex("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
"""Control characters that no text has: all but tab, line ends, form feed and escape."""


def detect_type(head: bytes, name: str = "", *, whole: bool = True) -> str:
    """Type of a blob that begins with ``head`` (`HEAD` bytes suffice) and is called ``name``.

    ``whole`` says that ``head`` is all there is, so that a character cut in two is no flaw.
    Answers ``empty`` for no bytes and ``unknown`` where nothing fits.
    """
    if not head:
        return "empty"
    for signature in _signatures()[head[0]]:
        if signature.fits(head):
            return signature.type
    text = _as_text(head, whole=whole)
    by_name = _by_name(name, "data" if text is None else "text")
    if text is None:
        return by_name or "unknown"
    return _text_type(text) or by_name or "text"


def looks_random(data: bytes | memoryview) -> bool:
    """Whether unknown content is spread as evenly as encrypted or compressed bytes are."""
    sample = np.frombuffer(data[:ENTROPY_SAMPLE], np.uint8)
    if len(sample) < 4096:
        return False
    shares = np.bincount(sample, minlength=256) / len(sample)
    shares = shares[shares > 0]
    return float(-(shares * np.log2(shares)).sum()) > RANDOM_BITS


def table_rows(name: str) -> Iterator[Mapping[str, str]]:
    """Rows of one of the data tables of this package, comments left out."""
    text = Path(__file__).with_name("data").joinpath(name).read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    yield from csv.DictReader(lines)


class _Signature(Struct, frozen=True):
    """Bytes at an offset; those whose ``mask`` bits are 0 do not count."""

    type: str
    at: int
    magic: bytes
    mask: int

    def fits(self, head: bytes) -> bool:
        if not self.mask:
            return head.startswith(self.magic, self.at)
        found = head[self.at : self.at + len(self.magic)]
        if len(found) < len(self.magic):
            return False
        return int.from_bytes(found, "big") & self.mask == int.from_bytes(self.magic, "big")

    def first_bytes(self) -> Iterable[int]:
        """Bytes with which a blob that it fits can begin."""
        if self.at or not self.mask:
            return range(256) if self.at else (self.magic[0],)
        top = self.mask >> 8 * (len(self.magic) - 1)
        return [byte for byte in range(256) if byte & top == self.magic[0]]


@cache
def _signatures() -> Sequence[Sequence[_Signature]]:
    """Signatures in order, by the first byte of a blob that they may fit."""
    found: list[list[_Signature]] = [[] for _ in range(256)]
    for row in table_rows("file_types.csv"):
        one = _signature(row)
        for byte in one.first_bytes():
            found[byte].append(one)
    return found


def _signature(row: Mapping[str, str]) -> _Signature:
    """Hex digits with ``?`` for any digit, as bytes and mask (0 where every bit counts)."""
    magic = bytes.fromhex(row["magic"].replace("?", "0"))
    mask = int("".join("0" if digit == "?" else "f" for digit in row["magic"]), 16)
    return _Signature(row["type"], int(row["at"]), magic, mask if "?" in row["magic"] else 0)


def _as_text(head: bytes, *, whole: bool) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(head[: len(head) & ~1], "utf-16", cut=0 if whole else 2)
    text = _decoded(head, "utf-8-sig", cut=0 if whole else 3)
    if text is None or NO_TEXT.search(text) is not None:
        return None
    return text


def _decoded(data: bytes, encoding: str, cut: int) -> str | None:
    for less in range(cut + 1):
        try:
            return data[: len(data) - less].decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


@cache
def _text_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    flags = re.IGNORECASE | re.DOTALL
    rows = table_rows("text_types.csv")
    return tuple((row["type"], kept_regex(row["pattern"], flags)) for row in rows)


def _text_type(text: str) -> str | None:
    begins = text.lstrip("\ufeff \t\r\n")
    return next((name for name, pattern in _text_patterns() if pattern.match(begins)), None)


@cache
def _endings() -> tuple[Mapping[str, str], ...]:
    return tuple(table_rows("name_types.csv"))


def _by_name(name: str, content: str) -> str | None:
    lowered = name.lower()
    for row in _endings():
        if row["of"] in (content, "any") and lowered.endswith(row["ending"]):
            return row["type"]
    return None
