"""What a blob is, told by its first bytes, then by its text, then by its name.

The signatures are data: ``data/file_types.csv``, ``text_types.csv``, ``name_types.csv``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import numpy as np

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

TEXTUAL_CONTROLS = frozenset(b"\t\n\r\f\x1b")


def detect_type(head: bytes, name: str = "", *, whole: bool = True) -> str:
    """Type of a blob that begins with ``head`` (`HEAD` bytes suffice) and is called ``name``.

    ``whole`` says that ``head`` is all there is, so that a character cut in two is no flaw.
    Answers ``empty`` for no bytes and ``unknown`` where nothing fits.
    """
    if not head:
        return "empty"
    found = _signatures().match(head)
    if found is not None and found.lastgroup is not None:
        return _types()[found.lastgroup]
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


@cache
def _signatures() -> re.Pattern[bytes]:
    """All byte signatures as one pattern; the group that matched names the type."""
    parts = []
    for number, row in enumerate(table_rows("file_types.csv")):
        skipped = b".{%d}" % int(row["at"]) if int(row["at"]) else b""
        group = b"(?P<s%d>" % number
        parts.append(group + skipped + _pattern(row["magic"]) + b")")
    return re.compile(b"|".join(parts), re.DOTALL)


@cache
def _types() -> Mapping[str, str]:
    rows = table_rows("file_types.csv")
    return {f"s{number}": row["type"] for number, row in enumerate(rows)}


def _pattern(magic: str) -> bytes:
    """Hex digits with ``?`` for any digit, as a pattern."""
    parts = []
    for high, low in zip(magic[::2], magic[1::2], strict=True):
        if high == "?":
            parts.append(b".")
        elif low == "?":
            first = int(high, 16) << 4
            parts.append(b"[\\x%02x-\\x%02x]" % (first, first + 15))
        else:
            parts.append(re.escape(bytes.fromhex(high + low)))
    return b"".join(parts)


def _as_text(head: bytes, *, whole: bool) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(head[: len(head) & ~1], "utf-16", cut=0 if whole else 2)
    text = _decoded(head, "utf-8-sig", cut=0 if whole else 3)
    if text is None or any(ord(char) < 32 and ord(char) not in TEXTUAL_CONTROLS for char in text):
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
    return tuple((row["type"], re.compile(row["pattern"], flags)) for row in rows)


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
