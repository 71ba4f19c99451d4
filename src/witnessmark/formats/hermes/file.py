"""The file: header, functions, texts.

Source: github.com/facebook/hermes include/hermes/BCGen/HBC/BytecodeFileFormat.h, at each version
from 60 (2019) on. All numbers are little-endian; each section begins at a multiple of four.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from struct import unpack_from

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.model.errors import FormatError
from witnessmark.model.location import ReadsAs, Span

MAGIC = bytes.fromhex("c61fbc03c103191f")
HEADER_SIZE = 128
FIRST_FIELD = 32
OLDEST, BIGINTS, SOURCES, STATIC = 60, 87, 84, 98
KNOWN = frozenset({*range(60, 97), 98, 99})
"""Versions whose layout is known; those between were never released."""

MOST_FUNCTIONS = 400_000
MOST_TEXTS = 1_000_000
LONGEST_TEXT = 1 << 20
OVERFLOWED = 1 << 5
"""Flag of a function whose numbers do not fit its short header."""


class Function(Struct, frozen=True):
    """A function: its number, the number of its name, parameters (``this`` among them),
    registers, the bytes of its code.
    """

    number: int
    name: int
    parameters: int
    frame: int
    span: Span


class Sections(Struct, frozen=True):
    """Where each section begins, and how much it holds."""

    functions: int
    function_count: int
    texts: int
    text_count: int
    overflows: int
    overflow_count: int
    storage: Span
    arrays: Span
    keys: Span
    values: Span
    shapes: int
    shape_count: int


class HermesFile:
    """One file of bytecode whose header was read."""

    def __init__(self, data: memoryview, version: int, first: int, sections: Sections) -> None:
        self.data = data
        self.version = version
        self.first = first
        self.sections = sections

    @cached_property
    def functions(self) -> Sequence[Function]:
        """All functions, by number."""
        return tuple(self._functions())

    @property
    def text_count(self) -> int:
        """How many texts there are."""
        return self.sections.text_count

    @cached_property
    def _entries(self) -> NDArray[np.uint32]:
        at = self.sections.texts
        return np.frombuffer(self.data, "<u4", self.sections.text_count, at)

    def span(self, number: int) -> Span:
        """Bytes of a text; `FormatError` where they do not lie in the file."""
        offset, length, wide = self._place(number)
        return Span(self.sections.storage.offset + offset, length << wide)

    def reads_as(self, number: int) -> ReadsAs:
        """How the bytes of a text spell."""
        return "utf-16le" if self._place(number)[2] else "latin-1"

    def text(self, number: int) -> str:
        """A text by its number, broken halves of signs replaced."""
        offset, length, wide = self._place(number)
        at = self.sections.storage.offset + offset
        raw = bytes(self.data[at : at + (min(length, LONGEST_TEXT) << wide)])
        return raw.decode("utf-16-le", "replace") if wide else raw.decode("latin-1")

    def _place(self, number: int) -> tuple[int, int, int]:
        """Offset in the storage, length in signs, 1 for signs of two bytes."""
        if not 0 <= number < self.sections.text_count:
            raise FormatError(f"there is no text {number}", self.sections.texts)
        entry = int(self._entries[number])
        wide, offset, length = entry & 1, entry >> 1 & 0x7FFFFF, entry >> 24
        if length == 0xFF:
            if offset >= self.sections.overflow_count:
                raise FormatError(f"text {number} has no length", self.sections.texts)
            offset, length = unpack_from("<II", self.data, self.sections.overflows + 8 * offset)
        if offset + (length << wide) > self.sections.storage.length:
            raise FormatError(f"text {number} lies outside the texts", self.sections.texts)
        return offset, length, wide

    def _functions(self) -> Iterator[Function]:
        size = 12 if self.version >= STATIC else 16
        for number in range(self.sections.function_count):
            at = self.sections.functions + size * number
            made = (self._late if self.version >= STATIC else self._early)(at, number)
            if made.span.end > len(self.data):
                raise FormatError(f"function {number} lies outside the file", at)
            yield made

    def _early(self, at: int, number: int) -> Function:
        """A function before version 98."""
        one, two, three = unpack_from("<III", self.data, at)
        if self.data[at + 15] & OVERFLOWED:
            large = (three & 0x1FFFFFF) << 16 | one & 0x1FFFFFF
            _fits(self.data, large, 28)
            offset, parameters, length, name, _, frame = unpack_from("<6I", self.data, large)
            return Function(number, name, parameters, frame, Span(offset, length))
        span = Span(one & 0x1FFFFFF, two & 0x7FFF)
        return Function(number, two >> 15, one >> 25, three >> 25, span)

    def _late(self, at: int, number: int) -> Function:
        """A function from version 98 on."""
        one, two = unpack_from("<II", self.data, at)
        if self.data[at + 11] & OVERFLOWED:
            large = (two >> 14 & 0xFF) << 24 | one & 0x1FFFFFF
            _fits(self.data, large, 32)
            offset, parameters, _, length, name, _, _, frame = unpack_from("<8I", self.data, large)
            return Function(number, name, parameters, frame, Span(offset, length))
        span = Span(one & 0x1FFFFFF, two & 0x3FFF)
        return Function(number, two >> 14 & 0xFF, one >> 25 & 0x1F, self.data[at + 8], span)


def read_hermes(data: bytes | memoryview) -> HermesFile:
    """Header and sections; `FormatError` for what is none, is cut, or is of another version."""
    view = memoryview(data)
    if len(view) < HEADER_SIZE or view[:8] != MAGIC:
        raise FormatError("no Hermes bytecode", 0)
    (version,) = unpack_from("<I", view, 8)
    if version not in KNOWN:
        raise FormatError(f"bytecode of version {version} is not known", 8)
    counts = iter(unpack_from(f"<{(HEADER_SIZE - FIRST_FIELD) // 4}I", view, FIRST_FIELD))
    length, first, functions, kinds, hashes, texts, overflows, storage = (
        next(counts) for _ in range(8)
    )
    bigints = [next(counts), next(counts)] if version >= BIGINTS else []
    del bigints
    next(counts), next(counts)
    arrays, keys, values = next(counts), next(counts), next(counts)
    if length > len(view):
        raise FormatError(f"the file should have {length} bytes and has {len(view)}", FIRST_FIELD)
    if functions > MOST_FUNCTIONS or texts > MOST_TEXTS:
        raise FormatError("more functions or texts than are read", FIRST_FIELD)
    place = _Place(len(view))
    late = version >= STATIC
    sections = Sections(
        functions=place.take(functions * (12 if late else 16)),
        function_count=functions,
        texts=(place.take(kinds * 4), place.take(hashes * 4), place.take(texts * 4))[2],
        text_count=texts,
        overflows=place.take(overflows * 8),
        overflow_count=overflows,
        storage=Span(place.take(storage), storage),
        arrays=Span(at := place.take(arrays), arrays),
        keys=Span(place.take(keys), keys),
        values=Span(at, arrays) if late else Span(place.take(values), values),
        shapes=place.take(values * 8) if late else 0,
        shape_count=values if late else 0,
    )
    return HermesFile(view, version, first, sections)


class _Place:
    """The next section, each at a multiple of four."""

    def __init__(self, end: int) -> None:
        self._at = HEADER_SIZE
        self._end = end

    def take(self, size: int) -> int:
        at = -(-self._at // 4) * 4
        if at + size > self._end:
            raise FormatError("a section lies outside the file", FIRST_FIELD)
        self._at = at + size
        return at


def _fits(data: memoryview, at: int, size: int) -> None:
    if at + size > len(data):
        raise FormatError("the header of a function lies outside the file", at)
