"""What native code calls near a place: a few instructions on either side, by capstone.

Only imports are named, by the entries of the procedure linkage table; the instructions are those
of the same stretch of code, up to where a function returns.

Source of the layout of procedure linkage tables: System V ABI and its supplements; the entries
stand in the order of the relocations for them, which holds for GNU ld and lld.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any

from witnessmark.formats.elf.image import Image
from witnessmark.formats.elf.references import (
    AARCH64,
    ARM,
    I386,
    X86_64,
    Reference,
    code_spans,
)
from witnessmark.formats.elf.symbols import string_table

BEFORE, BEHIND = 96, 256
"""Bytes before and behind a place that are looked at."""

DT_SYMTAB, DT_JMPREL, DT_PLTRELSZ, DT_PLTREL = 6, 23, 2, 20
DT_RELA_KIND = 7
PLT_SHAPE = {AARCH64: (32, 16), ARM: (20, 12), X86_64: (16, 16), I386: (16, 16)}
"""Bytes of the head of a procedure linkage table, and of each entry."""

MOST_IMPORTS = 1 << 16
CALLS = frozenset({"bl", "blx", "call", "callq"})
JUMPS = frozenset({"b", "b.w", "jmp"})
"""Jumps that end a function where they go to an import: its last call."""

RETURNS = frozenset({"ret", "retq", "bx", "hlt", "udf"})


def calls_near(image: Image, reference: Reference, imports: Mapping[int, str]) -> tuple[str, ...]:
    """Imports that the code around ``reference`` calls, in order; ``imports`` by `plt_names`."""
    for address, _, code in code_spans(image):
        if address <= reference.address < address + len(code):
            at = reference.address - address
            before = _named(image, reference, code, address, _start(image, at), at, imports)
            behind = _named(image, reference, code, address, at, at + BEHIND, imports)
            return tuple(dict.fromkeys((*before, *behind)))
    return ()


def _start(image: Image, at: int) -> int:
    """Where to begin before a place; x86 has no boundaries that could be known there."""
    return at if image.machine in (X86_64, I386) else max(0, at - BEFORE)


def _named(
    image: Image,
    reference: Reference,
    code: bytes,
    address: int,
    start: int,
    end: int,
    imports: Mapping[int, str],
) -> Sequence[str]:
    """Imports called between two positions, without what stands before a return."""
    engine = _engine(image.machine, thumb=reference.thumb)
    names: list[str] = []
    behind = start >= reference.address - address
    for _, _, word, operands in engine.disasm_lite(code[start:end], address + start):
        name = imports.get(_number(operands) & ~1, "") if word in CALLS or word in JUMPS else ""
        if name:
            names.append(name)
        jumps = word in JUMPS and bool(name)
        if jumps or word in RETURNS or (word.startswith("pop") and "pc" in operands):
            if behind:
                break
            names.clear()
    return names


def _engine(machine: int, *, thumb: bool) -> Any:
    # capstone costs about 50 ms to load, so only who looks into code pays for it.
    import capstone

    arch, mode = {
        AARCH64: (capstone.CS_ARCH_ARM64, capstone.CS_MODE_ARM),
        ARM: (capstone.CS_ARCH_ARM, capstone.CS_MODE_THUMB if thumb else capstone.CS_MODE_ARM),
        X86_64: (capstone.CS_ARCH_X86, capstone.CS_MODE_64),
        I386: (capstone.CS_ARCH_X86, capstone.CS_MODE_32),
    }[machine]
    engine = capstone.Cs(arch, mode)
    engine.skipdata = True
    return engine


def _number(text: str) -> int:
    try:
        return int(text.strip().removeprefix("#"), 0)
    except ValueError:
        return -1


def plt_names(image: Image) -> Mapping[int, str]:
    """Imports by the address of their entry in the procedure linkage table."""
    head, width = PLT_SHAPE.get(image.machine, (0, 0))
    names = _jump_names(image) if width else []
    found: dict[int, str] = {}
    for section in image.sections:
        if section.name in (".plt", ".plt.sec"):
            start = section.address + (head if section.name == ".plt" else 0)
            found.update({start + width * row: name for row, name in enumerate(names)})
    return found


def _jump_names(image: Image) -> list[str]:
    """Names of imports in the order of their jump relocations."""
    start, size, kind = image.tag(DT_JMPREL), image.tag(DT_PLTRELSZ), image.tag(DT_PLTREL)
    at = image.file_offset(start) if start is not None else -1
    if at < 0 or size is None:
        return []
    wide = image.layout.bits == 64
    form = struct.Struct(
        image.layout.order + ("Q" if wide else "I") * (3 if kind == DT_RELA_KIND else 2)
    )
    strings = string_table(image)
    names: list[str] = []
    for number in range(min(size // form.size, MOST_IMPORTS)):
        if at + form.size * (number + 1) > len(image.data):
            break
        info = form.unpack_from(image.data, at + form.size * number)[1]
        names.append(_symbol_name(image, info >> (32 if wide else 8), strings.offset))
    return names


def _symbol_name(image: Image, number: int, strings: int) -> str:
    table = image.tag(DT_SYMTAB)
    offset = image.file_offset(table) if table is not None else -1
    at = offset + (24 if image.layout.bits == 64 else 16) * number
    if offset < 0 or at + 4 > len(image.data):
        return ""
    start = strings + struct.unpack_from(image.layout.order + "I", image.data, at)[0]
    end = image.data.find(b"\0", start, start + 512)
    return image.data[start:end].decode("utf-8", "replace") if end > start else ""
