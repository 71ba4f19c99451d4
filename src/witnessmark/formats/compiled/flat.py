"""Link object code into one block that runs wherever it lies, so that no linker is needed later.

Only what our kernels come out as is handled: ELF for x86-64, position-independent, calling
nothing outside itself. Everything else is left to LLVM's own linker (see `loader`).

Source: System V ABI, ELF-64 object format and the AMD64 supplement's relocation types.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from msgspec import Struct

_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")
_RELOCATION = struct.Struct("<QQq")
_X86_64, _RELOCATABLE = 62, 1
_PROGBITS, _SYMTAB, _RELA, _NOBITS = 1, 2, 4, 8
_ALLOCATED, _WRITABLE = 2, 1
_PC32, _PLT32 = 2, 4
ALIGNED = 64


class _Section(Struct, frozen=True):
    kind: int
    flags: int
    offset: int
    size: int
    link: int
    info: int
    alignment: int


def flatten(code: bytes, symbols: Sequence[str]) -> bytes | None:
    """A count, that many offsets from the start of the block (all 64-bit), and the code.

    Offsets are those of ``symbols``, in order. The block must be put at a multiple of `ALIGNED`.
    None when the object code is of another kind or needs anything from outside.
    """
    if code[:6] != b"\x7fELF\x02\x01":
        return None
    head = _HEADER.unpack_from(code)
    if head[1] != _RELOCATABLE or head[2] != _X86_64:
        return None
    sections = _sections(code, head[6], head[12])
    block = bytearray(-(-8 * (1 + len(symbols)) // ALIGNED) * ALIGNED)
    placed: dict[int, int] = {}
    for number, section in enumerate(sections):
        if not section.flags & _ALLOCATED or section.size == 0 or section.kind != _PROGBITS:
            if section.flags & _ALLOCATED and section.kind == _NOBITS and section.size:
                return None
            continue
        if section.flags & _WRITABLE or section.alignment > ALIGNED:
            return None
        block += bytes(-len(block) % max(section.alignment, 1))
        placed[number] = len(block)
        block += code[section.offset : section.offset + section.size]
    table = next((s for s in sections if s.kind == _SYMTAB), None)
    if table is None or not _relocate(code, sections, placed, block):
        return None
    found = _symbols(code, sections, table, placed)
    if any(name not in found for name in symbols):
        return None
    struct.pack_into(f"<{1 + len(symbols)}Q", block, 0, len(symbols), *map(found.get, symbols))
    return bytes(block)


def _sections(code: bytes, at: int, count: int) -> list[_Section]:
    found = []
    for number in range(count):
        _, kind, flags, _, offset, size, link, info, alignment, _ = _SECTION.unpack_from(
            code, at + number * _SECTION.size
        )
        found.append(_Section(kind, flags, offset, size, link, info, alignment))
    return found


def _relocate(
    code: bytes, sections: list[_Section], placed: dict[int, int], block: bytearray
) -> bool:
    for section in sections:
        if section.kind != _RELA or section.info not in placed:
            continue
        base, symbols = placed[section.info], sections[section.link]
        for at in range(section.offset, section.offset + section.size, _RELOCATION.size):
            offset, info, addend = _RELOCATION.unpack_from(code, at)
            _, _, _, owner, value, _ = _SYMBOL.unpack_from(
                code, symbols.offset + (info >> 32) * _SYMBOL.size
            )
            if info & 0xFFFFFFFF not in (_PC32, _PLT32) or owner not in placed:
                return False
            place = base + offset
            struct.pack_into("<i", block, place, placed[owner] + value + addend - place)
    return True


def _symbols(
    code: bytes, sections: list[_Section], table: _Section, placed: dict[int, int]
) -> dict[str, int]:
    names = sections[table.link].offset
    found = {}
    for at in range(table.offset, table.offset + table.size, _SYMBOL.size):
        name, _, _, owner, value, _ = _SYMBOL.unpack_from(code, at)
        if owner in placed:
            end = code.index(b"\0", names + name)
            found[code[names + name : end].decode("ascii", "replace")] = placed[owner] + value
    return found
