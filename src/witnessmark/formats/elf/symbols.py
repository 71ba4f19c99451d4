"""Dynamic symbols and the names that dynamic entries point at."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from witnessmark.formats.elf.image import Image
from witnessmark.formats.elf.records import Symbol, SymbolKind
from witnessmark.model.location import Span

DT_NEEDED, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SONAME = 1, 4, 5, 6, 10, 14
DT_GNU_HASH = 0x6FFFFEF5
SHT_DYNSYM = 11
LOCAL = 0
NAME_AT_MOST = 4096

SYMBOL_64 = [("name", "u4"), ("info", "u1"), ("other", "u1"), ("section", "u2"),
             ("value", "u8"), ("size", "u8")]  # fmt: skip
SYMBOL_32 = [("name", "u4"), ("value", "u4"), ("size", "u4"), ("info", "u1"),
             ("other", "u1"), ("section", "u2")]  # fmt: skip


def string_table(image: Image) -> Span:
    """The dynamic string table; empty where it cannot be found."""
    address, size = image.tag(DT_STRTAB), image.tag(DT_STRSZ)
    if address is None or size is None:
        return Span(0, 0)
    offset = image.file_offset(address)
    if offset < 0:
        image.note("string-table", "the dynamic string table is outside of the file", 0, 0)
        return Span(0, 0)
    return Span(offset, min(size, len(image.data) - offset))


def dynamic_names(image: Image, strings: Span, tag: int) -> list[str]:
    """Strings that dynamic entries of ``tag`` name, in order."""
    return [
        image.data[span.offset : span.end].decode("utf-8", "replace")
        for one, value in image.dynamic
        if one == tag and (span := _name_span(image, strings, value)).length
    ]


def read_symbols(image: Image, strings: Span) -> tuple[Symbol, ...]:
    """Symbols that bind across files: imports (no section) and global or weak exports."""
    table = _symbol_table(image)
    binding = table["info"] >> 4
    rows = np.flatnonzero((binding != LOCAL) & (table["name"] != 0))
    found = []
    for row in rows.tolist():
        span = _name_span(image, strings, int(table["name"][row]))
        if not span.length:
            continue
        name = image.data[span.offset : span.end].decode("utf-8", "replace")
        kind: SymbolKind = "export" if table["section"][row] else "import"
        found.append(Symbol(name, kind, int(table["value"][row]) if kind == "export" else 0, span))
    return tuple(found)


def _name_span(image: Image, strings: Span, index: int) -> Span:
    start = strings.offset + index
    if index >= strings.length:
        return Span(0, 0)
    end = image.data.find(b"\0", start, min(strings.end, start + NAME_AT_MOST))
    if end < 0 and strings.end - start > NAME_AT_MOST:
        image.note_once("long-name", "symbols with names longer than are read are left out", start)
    return Span(start, max(0, end - start))


def _symbol_table(image: Image) -> NDArray[Any]:
    order = image.layout.order
    fields = SYMBOL_64 if image.layout.bits == 64 else SYMBOL_32
    kind = np.dtype([(name, order + form) for name, form in fields])
    address = image.tag(DT_SYMTAB)
    offset = image.file_offset(address) if address is not None else -1
    if offset < 0:
        if address is not None:
            image.note("symbol-table", "the dynamic symbol table is outside of the file", 0, 0)
        return np.empty(0, kind)
    count = _symbol_count(image, offset, kind.itemsize)
    room = max(0, (len(image.data) - offset) // kind.itemsize)
    if count > room:
        image.note("symbol-count", f"{count} symbols are said, {room} fit", offset, 0)
    return np.frombuffer(image.data, kind, min(count, room), offset)


def _symbol_count(image: Image, offset: int, width: int) -> int:
    """How many symbols there are; the dynamic segment only tells through its hash tables."""
    plain = image.tag(DT_HASH)
    if plain is not None and (at := image.file_offset(plain)) >= 0 and at + 8 <= len(image.data):
        return int(np.frombuffer(image.data, image.layout.order + "u4", 2, at)[1])
    gnu = image.tag(DT_GNU_HASH)
    if gnu is not None and (at := image.file_offset(gnu)) >= 0:
        return _count_by_gnu_hash(image, at)
    section = next((one for one in image.sections if one.type == SHT_DYNSYM), None)
    if section is not None:
        return section.size // width
    strings = image.file_offset(image.tag(DT_STRTAB) or 0)
    return max(0, strings - offset) // width


def _count_by_gnu_hash(image: Image, at: int) -> int:
    """Largest symbol of the table: the last of the last chain.

    Layout: https://flapenguin.me/elf-dt-gnu-hash
    """
    form = image.layout.order + "u4"
    if at + 16 > len(image.data):
        return 0
    buckets, first, bloom, _ = (int(one) for one in np.frombuffer(image.data, form, 4, at))
    buckets_at = at + 16 + bloom * (image.layout.bits // 8)
    if buckets_at + 4 * buckets > len(image.data):
        image.note("gnu-hash", "the hash table reaches past the end of the file", at, 16)
        return 0
    last = int(np.frombuffer(image.data, form, buckets, buckets_at).max(initial=0))
    if last < first:
        return first
    chain_at = buckets_at + 4 * buckets + 4 * (last - first)
    room = max(0, (len(image.data) - chain_at) // 4)
    chain = np.frombuffer(image.data, form, room, min(chain_at, len(image.data)))
    ends = np.flatnonzero(chain & 1)
    return last + 1 + (int(ends[0]) if len(ends) else 0)
