"""From the bytes of a library to what it is, imports, exports and says."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from witnessmark.formats.elf.image import PT_INTERP, PT_NOTE, Image, read_image
from witnessmark.formats.elf.records import ElfFile, FileKind
from witnessmark.formats.elf.strings import read_strings
from witnessmark.formats.elf.symbols import (
    DT_NEEDED,
    DT_SONAME,
    dynamic_names,
    read_symbols,
    string_table,
)

MACHINES = {3: "i386", 8: "mips", 40: "arm", 62: "x86_64", 183: "aarch64", 243: "riscv"}
RELOCATABLE, EXECUTABLE_FILE, SHARED, CORE = 1, 2, 3, 4
NT_GNU_BUILD_ID = 3
SHT_NOTE = 7
NOTES_AT_MOST = 256


def read_elf(data: bytes) -> ElfFile:
    """What ``data`` is and holds; `FormatError` where it is no ELF file.

    Cost: one pass over data sections; symbols and names are bounded by the file.
    """
    image = read_image(data)
    names = string_table(image)
    interpreter = _interpreter(image)
    sonames = dynamic_names(image, names, DT_SONAME)
    symbols = read_symbols(image, names)
    strings = read_strings(image, names)
    return ElfFile(
        MACHINES.get(image.machine, f"machine {image.machine}"),
        64 if image.layout.bits == 64 else 32,
        _kind(image, interpreter),
        sonames[-1] if sonames else "",
        _build_id(image),
        interpreter,
        tuple(dynamic_names(image, names, DT_NEEDED)),
        symbols,
        strings,
        tuple(sorted(image.anomalies)),
    )


def _kind(image: Image, interpreter: str) -> FileKind:
    """A shared object that asks for an interpreter and says where it begins is an executable
    that loads anywhere; old tools put an interpreter into libraries, too.
    """
    if image.type == EXECUTABLE_FILE or (image.type == SHARED and interpreter and image.entry):
        return "executable"
    kinds: dict[int, FileKind] = {SHARED: "library", RELOCATABLE: "object", CORE: "core"}
    return kinds.get(image.type, "other")


def _interpreter(image: Image) -> str:
    for one in image.segments:
        if one.type == PT_INTERP:
            raw = image.data[one.offset : one.offset + min(one.size, 4096)]
            return raw.rstrip(b"\0").decode("utf-8", "replace")
    return ""


def _build_id(image: Image) -> str:
    for name, kind, content in _notes(image):
        if kind == NT_GNU_BUILD_ID and name == b"GNU":
            return content.hex()
    return ""


def _notes(image: Image) -> Iterator[tuple[bytes, int, bytes]]:
    """Name, type and content of each note of the note segments, then of the note sections."""
    head = struct.Struct(image.layout.order + "3I")
    spans = [(one.offset, one.size) for one in image.segments if one.type == PT_NOTE]
    spans += [(one.offset, one.size) for one in image.sections if one.type == SHT_NOTE]
    for offset, size in spans:
        at, end = offset, min(offset + size, len(image.data))
        for _ in range(NOTES_AT_MOST):
            if at + head.size > end:
                break
            name_size, content_size, kind = head.unpack_from(image.data, at)
            content_at = at + head.size + (name_size + 3 & ~3)
            following = content_at + (content_size + 3 & ~3)
            if following > end + 3:
                break
            name = image.data[at + head.size : at + head.size + name_size].rstrip(b"\0")
            yield name, kind, image.data[content_at : content_at + content_size]
            at = following
