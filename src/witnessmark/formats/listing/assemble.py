"""Listings as dex files."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from witnessmark.formats.listing.compiled import CompiledClass, Compiler
from witnessmark.formats.listing.layout import write_dex
from witnessmark.formats.listing.model import ListedClass, Listing, Unread
from witnessmark.formats.listing.pool import Pool
from witnessmark.formats.listing.span_map import SpanMap
from witnessmark.model.errors import FormatError


class Assembled(Struct, frozen=True):
    """One dex file, and the spans of text behind its bytes."""

    dex: bytes
    spans: SpanMap


class Assembly(Struct, frozen=True):
    """All files, in the order of their classes, and by text what could not be taken up."""

    files: tuple[Assembled, ...]
    unread: tuple[tuple[int, Unread], ...]


def assemble(listings: Iterable[tuple[int, Listing]]) -> Assembly:
    """Dex files that hold the classes of ``listings``, pairs of the text's number and its listing.

    A new file begins when 16 bits no longer number the names of one. Of a class listed twice
    the first counts. The same listings give the same bytes.
    """
    assembler = _Assembler()
    for text, listing in listings:
        assembler.unread += [(text, one) for one in listing.unread]
        for one in listing.classes:
            assembler.add(text, one)
    assembler.close()
    return Assembly(tuple(assembler.files), tuple(assembler.unread))


class _Assembler:
    """Fills one file after another."""

    def __init__(self) -> None:
        self.files: list[Assembled] = []
        self.unread: list[tuple[int, Unread]] = []
        self._pool = Pool()
        self._classes: list[CompiledClass] = []
        self._seen: set[str] = set()

    def add(self, text: int, one: ListedClass) -> None:
        """Take up a class, in a new file where the present one is full."""
        if one.type in self._seen:
            self._lost(text, one, "another text declares this class, too; the first counts")
            return
        self._seen.add(one.type)
        if self._fits(text, one):
            return
        if self._classes:
            self.close()
            if self._fits(text, one):
                return
        self._lost(text, one, "the class uses more names than a dex file can number")

    def _fits(self, text: int, one: ListedClass) -> bool:
        """Compile a class; whether the file has room for its names. What is unreadable fits."""
        before = self._pool.size()
        compiler = Compiler(self._pool, text)
        try:
            compiled = compiler.compile(one)
        except FormatError as error:
            self._pool.shrink(before)
            self._lost(text, one, error.what)
            return True
        if self._pool.is_full():
            self._pool.shrink(before)
            return False
        self._classes.append(compiled)
        self.unread += [(text, lost) for lost in compiler.unread]
        return True

    def _lost(self, text: int, one: ListedClass, why: str) -> None:
        self.unread.append((text, Unread(f"class {one.type}: {why}", one.span)))

    def close(self) -> None:
        """Write the present file and begin another."""
        if self._classes:
            self.files.append(Assembled(*write_dex(self._pool, self._classes)))
        self._pool = Pool()
        self._classes = []
