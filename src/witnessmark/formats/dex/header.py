"""Headers of dex files: where the sections are, and what is odd about that.

Source: Dalvik executable format, "header_item", "Dex version 041 (containers)",
source.android.com/docs/core/runtime/dex-format#header-item.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterator

from msgspec import Struct

from witnessmark.formats.dex.anomaly import Anomaly
from witnessmark.model.errors import FormatError

adler32: Callable[[memoryview], int]
try:
    from isal.isal_zlib import adler32
except ImportError:
    from zlib import adler32

HEADER = 0x70
CONTAINER_HEADER = 0x78
LITTLE_ENDIAN, BIG_ENDIAN = 0x12345678, 0x78563412
KNOWN_VERSIONS = frozenset(range(35, 42))
MOST_FILES_IN_A_CONTAINER = 4096

SECTIONS = (
    ("string_ids", 0x38, 4), ("type_ids", 0x40, 4), ("proto_ids", 0x48, 12),
    ("field_ids", 0x50, 8), ("method_ids", 0x58, 8), ("class_defs", 0x60, 32),
)  # fmt: skip
"""Sections named in the header: name, place of size and offset in it, bytes of an item."""

MAP_ONLY = {0x0007: ("call_site_ids", 4), 0x0008: ("method_handles", 8), 0xF000: ("hidden_api", 1)}
"""Sections that only the map list names, by type code: name, bytes of an item."""

_OTHERS = {
    b"dey\n": "an optimised dex file (ODEX) of Dalvik",
    b"cdex": "a compact dex file (CDEX)",
    b"vdex": "a VDEX file",
    b"oat\n": "an OAT file",
    b"\x7fELF": "an ELF file, perhaps an OAT file",
    b"PK\x03\x04": "a zip archive",
}


SIZE_PLACE, MAP_PLACE, CLASS_COUNT, DATA_PLACE = 0x20, 0x34, 0x60, 0x68
"""Places of ``file_size``, ``map_off``, ``class_defs_size``, ``data_size`` with ``data_off``."""

_UINT = struct.Struct("<I")
_DATA = struct.Struct("<2I")


class Section(Struct, frozen=True):
    """Items of one kind: position from the start of the blob, and how many are in bounds."""

    at: int = 0
    count: int = 0


class Header(Struct, frozen=True):
    """One dex file in a blob.

    ``base`` is the position of its header; offsets in it count from the start of the blob, as
    containers (041) want, where ``base`` may not be zero. ``size`` is the size as declared.
    """

    base: int
    version: int
    size: int
    sections: dict[str, Section]
    anomalies: tuple[Anomaly, ...]


class _Notes(list[Anomaly]):
    def note(self, code: str, says: str, offset: int, length: int, *, loses: bool = False) -> None:
        self.append(Anomaly(code, says, offset, length, loses=loses))

    def lose(self, code: str, says: str, offset: int, length: int) -> None:
        """Note that something went unread."""
        self.note(code, says, offset, length, loses=True)


def read_headers(data: memoryview) -> tuple[Header, ...]:
    """All dex files of a blob, in order; FormatError when the first is none that can be read."""
    return tuple(_each_header(data))


def _each_header(data: memoryview) -> Iterator[Header]:
    base = 0
    for number in range(MOST_FILES_IN_A_CONTAINER):
        try:
            header = _read_header(data, base)
        except FormatError:
            if number == 0:
                raise
            return
        yield header
        size = max(header.size, HEADER)
        if header.version < 41 or base + size + HEADER > len(data):
            return
        base += size


def _read_header(data: memoryview, base: int) -> Header:
    magic = bytes(data[base : base + 8])
    _must_be_dex(magic, base, len(data))
    notes = _Notes()
    version = int(magic[4:7])
    if version not in KNOWN_VERSIONS:
        notes.note("unknown-version", f"dex version {version:03} is not known", base + 4, 4)
    size, header_size, endian = struct.unpack_from("<III", data, base + 0x20)
    if endian == BIG_ENDIAN:
        raise FormatError("dex file in big-endian byte order, which no device runs", base + 0x28)
    if endian != LITTLE_ENDIAN:
        notes.note("bad-endian-tag", f"endian tag is {endian:#010x}", base + 0x28, 4)
    expected = CONTAINER_HEADER if version >= 41 else HEADER
    if header_size != expected:
        says = f"header claims {header_size} bytes instead of {expected}"
        notes.note("odd-header-size", says, base + 0x24, 4)
    if version < 41 and size != len(data):
        says = f"header claims {size} bytes, there are {len(data)}"
        notes.note("wrong-file-size", says, base + 0x20, 4)
    sections = {
        name: _section(data, base, name, place, width, notes) for name, place, width in SECTIONS
    }
    sections.update(_map_sections(data, base, notes))
    named = sections["method_ids"].count
    if named and not struct.unpack_from("<I", data, base + CLASS_COUNT)[0]:
        notes.lose(
            "no-classes", f"{named} methods are named, no class is defined", base + CLASS_COUNT, 4
        )
    return Header(base, version, size, sections, tuple(notes))


def _must_be_dex(magic: bytes, base: int, size: int) -> None:
    for start, says in _OTHERS.items():
        if magic.startswith(start):
            raise FormatError(f"this is {says}, not a dex file", base)
    if not magic.startswith(b"dex\n") or not magic[4:7].isdigit():
        raise FormatError("a dex file begins with 'dex' and a version", base)
    if size - base < HEADER:
        raise FormatError(f"cut before the end of the dex header ({size - base} bytes)", base)


def _section(
    data: memoryview, base: int, name: str, place: int, width: int, notes: _Notes
) -> Section:
    count, at = struct.unpack_from("<II", data, base + place)
    if count == 0:
        return Section()
    if at < HEADER or at > len(data) - width:
        notes.lose("section-out-of-bounds", f"{name} begin outside the file", base + place, 8)
        return Section()
    return _bounded(data, base + place, name, at, count, width, notes)


def _bounded(
    data: memoryview, said_at: int, name: str, at: int, count: int, width: int, notes: _Notes
) -> Section:
    fit = (len(data) - at) // width
    if count > fit:
        says = f"{name} claims {count} items, {fit} fit into the file"
        notes.lose("section-cut", says, said_at, 8)
    return Section(at, min(count, fit))


def _map_sections(data: memoryview, base: int, notes: _Notes) -> Iterator[tuple[str, Section]]:
    at: int = struct.unpack_from("<I", data, base + 0x34)[0]
    if at == 0 or at + 4 > len(data):
        notes.lose("no-map", "the map list lies outside the file", base + 0x34, 4)
        return
    count: int = struct.unpack_from("<I", data, at)[0]
    fit = min(count, (len(data) - at - 4) // 12, 64)
    if fit < count:
        notes.lose("section-cut", f"the map list claims {count} items", at, 4)
    seen = set()
    for kind, _, size, offset in struct.iter_unpack("<HHII", data[at + 4 : at + 4 + 12 * fit]):
        if kind not in MAP_ONLY or kind in seen:
            continue
        seen.add(kind)
        name, width = MAP_ONLY[kind]
        if offset < HEADER or offset > len(data) - width:
            notes.lose("section-out-of-bounds", f"{name} begin outside the file", at, 4)
        else:
            yield name, _bounded(data, at, name, offset, size, width, notes)


def integrity(data: memoryview, header: Header) -> tuple[Anomaly, ...]:
    """Anomalies of the checksum (Adler-32) and signature (SHA-1) that a header states.

    Costs a pass over the file; a mismatch means that the file was changed after it was built,
    which packers and repackers do, or that it was cut.
    """
    notes = _Notes()
    base, end = header.base, min(header.base + header.size, len(data))
    stated: int = struct.unpack_from("<I", data, base + 8)[0]
    if adler32(data[base + 12 : end]) != stated:
        notes.note("wrong-checksum", "the checksum does not fit the content", base + 8, 4)
    digest = hashlib.sha1(data[base + 32 : end], usedforsecurity=False).digest()
    if digest != bytes(data[base + 12 : base + 32]):
        notes.note("wrong-signature", "the SHA-1 does not fit the content", base + 12, 20)
    return tuple(notes)


def code_end(data: memoryview) -> int:
    """Where the first file's own content ends: with its data section, in which its map lies, else
    with the size that the header names. Bytes behind it are none of the file's records. A container
    of several files (041) and other forms are taken whole.
    """
    if len(data) < DATA_PLACE + 8 or bytes(data[:4]) != b"dex\n" or bytes(data[4:7]) > b"040":
        return len(data)
    (size,), (start,) = _UINT.unpack_from(data, SIZE_PLACE), _UINT.unpack_from(data, MAP_PLACE)
    length, offset = _DATA.unpack_from(data, DATA_PLACE)
    end: int = offset + length
    if offset <= start < end <= len(data):
        return end
    return min(size, len(data)) if size > DATA_PLACE + 8 else len(data)
