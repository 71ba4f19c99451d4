"""Lists of like entries in shipped files: what kind, how many, from bytes alone."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.analyses.marks._file_text import text_of
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.list_entries import ListEntry

SAMPLE = 2000
"""Entries that are looked at to tell the kind of a list; then all are."""

SHARE = 0.9
LARGEST = 64 << 20
SPLIT = kept_regex(r"[,;\t|]")
LARGEST_WORDS = 4 << 20
FEWEST_WORDS = 8
WORD = kept_regex(r"[^\s,;|={}()<>\[\]\"]{1,24}(?: [^\s,;|={}()<>\[\]\"]{1,24}){0,3}")
WIDTHS = range(16, 97)
HEADERS = (0, 4, 8, 12, 16, 32)
FEWEST_RECORDS = 64
KEYS = {16: "md5", 20: "sha1", 32: "sha256"}
"""Digests by their width in bytes."""

NUMBER = 4
"""Bytes of a number that may stand beside a digest."""


class TextList(Struct, frozen=True):
    """Entries of one kind: their number, how many differ, the first few, the column they fill."""

    kind: ListEntry
    count: int
    distinct: int
    first: tuple[str, ...]
    column: int


class WordList(Struct, frozen=True):
    """Short texts without a shape of their own, one a line: how many, and the first few."""

    count: int
    first: tuple[str, ...]


class BinaryList(Struct, frozen=True):
    """Records of one width after a header; ``key`` is where the evenly spread bytes are."""

    width: int
    header: int
    count: int
    key: tuple[int, int]
    ordered: bool

    @property
    def entry(self) -> str:
        """Digest whose width the key has, else the width."""
        return KEYS.get(self.digest, f"{self.key[1]}-byte key")

    @property
    def digest(self) -> int:
        """Bytes of the digest that the key is or holds; numbers beside a digest, such as sizes of
        files, may be spread as evenly in all bytes but the highest.
        """
        return max((size for size in KEYS if 0 <= self.key[1] - size < NUMBER), default=0)


def text_list(data: memoryview, kinds: Sequence[ListEntry]) -> TextList | None:
    """The list that a text is, one entry a line, or one column of its lines; None for none."""
    lines = _lines(data)
    if lines is None:
        return None
    for column in range(_columns(lines)):
        found = entries_list(_column(lines, column), kinds, column)
        if found is not None:
            return found
    return None


def word_list(data: memoryview) -> WordList | None:
    """The list of words that a text is: short lines that differ, made of letters mostly.

    Any list of words has this shape; what code does with it decides whether it is told.
    """
    lines = _lines(data) if len(data) <= LARGEST_WORDS else None
    if lines is None or not len(lines) >= FEWEST_WORDS:
        return None
    fitting = [line for line in lines if WORD.fullmatch(line) and any(map(str.isalpha, line))]
    distinct = {line.casefold() for line in fitting}
    if len(fitting) < SHARE * len(lines) or len(distinct) < SHARE * len(fitting):
        return None
    return WordList(len(distinct), tuple(fitting[:3]))


def entries_list(
    entries: Sequence[str], kinds: Sequence[ListEntry], column: int = 0
) -> TextList | None:
    """The kind of nearly all ``entries``; the first kind in the order of the pack counts."""
    sample = (*entries[: SAMPLE // 2], *entries[-SAMPLE // 2 :])
    for kind in kinds:
        if len(entries) < kind.fewest or not _mostly(kind, sample):
            continue
        fitting = [entry for entry in entries if kind.recognises(entry)]
        distinct = len({entry.casefold() for entry in fitting})
        if len(fitting) >= SHARE * len(entries) and distinct >= kind.fewest:
            return TextList(kind, len(fitting), distinct, tuple(fitting[:3]), column)
    return None


def _mostly(kind: ListEntry, sample: Sequence[str]) -> bool:
    return sum(map(kind.recognises, sample)) >= SHARE * len(sample)


def _lines(data: memoryview) -> list[str] | None:
    if len(data) > LARGEST:
        return None
    spelled = text_of(bytes(data))
    if spelled is None:
        return None
    text, _ = spelled
    if text[:1] in "[{":
        return _json_texts(text)
    lines = text.splitlines()
    if len(lines) == 1:
        lines = SPLIT.split(text)
    kept = (line.strip().strip("\"',") for line in lines)
    return [line for line in kept if line and not line.startswith("#")]


def _json_texts(text: str) -> list[str] | None:
    """Texts of the longest array in a JSON document; None for a document without arrays."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    arrays = [one for one in _arrays(document) if all(isinstance(item, str) for item in one)]
    return max(arrays, key=len, default=None)


def _arrays(document: object) -> Iterator[list[str]]:
    waiting = [document]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            if one and isinstance(one[0], str):
                yield one
            else:
                waiting.extend(one)


def _columns(lines: Sequence[str]) -> int:
    widths = {len(SPLIT.split(line)) for line in lines[:50]}
    return max(1, min(12, max(widths, default=1)))


def _column(lines: Sequence[str], column: int) -> list[str]:
    """One column of the lines; the first line left out where it heads the others."""
    cells = []
    for line in lines:
        parts = SPLIT.split(line)
        if column < len(parts) and parts[column].strip():
            cells.append(parts[column].strip().strip("\"'"))
    return cells


def binary_list(data: memoryview) -> BinaryList | None:
    """The table of fixed-size records that ``data`` is, told by how its bytes repeat.

    A record must hold at least 16 bytes in a row that are spread evenly, as digests are, and the
    records must be ordered by them or have other bytes that hardly vary. So samples of sound,
    pictures, models and compressed data are none. Cost: 81 widths times the bytes of the file,
    of which at most 1 MiB is weighed.
    """
    for width in WIDTHS:
        for header in HEADERS:
            left = len(data) - header
            if left > 0 and left % width == 0 and left // width >= FEWEST_RECORDS:
                found = _records(data, width, header)
                if found is not None:
                    return found
    return None


def _records(data: memoryview, width: int, header: int) -> BinaryList | None:
    count = (len(data) - header) // width
    weighed = min(count, (1 << 20) // width)
    rows = np.frombuffer(data[header : header + weighed * width], np.uint8).reshape(-1, width)
    spread = np.array([_evenness(rows[:, column]) for column in range(width)])
    start, length = _longest_run(spread > 0.93)
    if length < 16:
        return None
    ordered = _ordered(rows[:, start : start + 8])
    if not ordered and not (spread < 0.4).any():
        return None
    if _filler(rows):
        return None
    return BinaryList(width, header, count, (start, length), ordered)


def _evenness(column: NDArray[np.uint8]) -> float:
    """Entropy of a column, as a share of what random bytes of that number have."""
    counts = np.bincount(column, minlength=256)
    shares = counts[counts > 0] / len(column)
    entropy = float(-(shares * np.log2(shares)).sum())
    # Miller-Madow: few samples of even bytes show less entropy than 8 bits.
    expected = 8.0 if len(column) > 4096 else np.log2(min(256, len(column))) * 0.96
    return min(1.0, entropy / expected)


def _longest_run(good: NDArray[np.bool_]) -> tuple[int, int]:
    best, start = (0, 0), -1
    for column, fine in enumerate([*good.tolist(), False]):
        if fine and start < 0:
            start = column
        elif not fine and start >= 0:
            best = max(best, (start, column - start), key=lambda run: run[1])
            start = -1
    return best


def _ordered(keys: NDArray[np.uint8]) -> bool:
    values = np.ascontiguousarray(keys).view(">u8").ravel()
    return bool((values[1:] >= values[:-1]).all())


def _filler(rows: NDArray[np.uint8]) -> bool:
    """Whether records repeat each other."""
    sample = rows[:4096]
    return len(np.unique(sample, axis=0)) < 0.9 * len(sample)


def inflated(data: memoryview) -> memoryview | None:
    """Content of a gzip file; None where it is none or too large."""
    unpacker = zlib.decompressobj(31)
    try:
        content = unpacker.decompress(bytes(data), LARGEST)
    except zlib.error:
        return None
    return None if unpacker.unconsumed_tail or not unpacker.eof else memoryview(content)
