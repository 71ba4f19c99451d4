"""Headers of an ELF file: class, segments, sections, dynamic entries, all bounded by the file."""

from __future__ import annotations

import struct

from msgspec import Struct, field

from witnessmark.formats.elf.records import Anomaly
from witnessmark.model.errors import FormatError

MAGIC = b"\x7fELF"
PT_LOAD, PT_DYNAMIC, PT_INTERP, PT_NOTE = 1, 2, 3, 4
EXECUTABLE = 1
HEADERS_AT_MOST = 4096


class Layout(Struct, frozen=True):
    """Field layouts of one class (32 or 64 bits) and byte order."""

    header: struct.Struct
    segment: struct.Struct
    section: struct.Struct
    dynamic: struct.Struct
    bits: int
    order: str


class Segment(Struct, frozen=True):
    """A program header; ``flags`` bit 0 means executable."""

    type: int
    flags: int
    offset: int
    address: int
    size: int


class Section(Struct, frozen=True):
    """A section header with its name resolved."""

    name: str
    type: int
    flags: int
    address: int
    offset: int
    size: int


class Image(Struct):
    """An ELF file as far as its headers tell; ``dynamic`` keeps tags in file order.

    ``entry`` is the address at which a program begins, 0 for none.
    """

    data: bytes
    layout: Layout
    type: int
    machine: int
    entry: int = 0
    segments: list[Segment] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    dynamic: list[tuple[int, int]] = field(default_factory=list)
    anomalies: list[Anomaly] = field(default_factory=list)

    def note(self, code: str, says: str, offset: int, length: int) -> None:
        """Record an anomaly."""
        self.anomalies.append(Anomaly(code, says, offset, length))

    def note_once(self, code: str, says: str, offset: int) -> None:
        """Record the first anomaly of a code."""
        if all(one.code != code for one in self.anomalies):
            self.note(code, says, offset, 0)

    def file_offset(self, address: int) -> int:
        """Where a virtual address stands in the file; -1 where it does not."""
        for one in self.segments:
            if one.type == PT_LOAD and one.address <= address < one.address + one.size:
                return one.offset + address - one.address
        return -1

    def tag(self, wanted: int) -> int | None:
        """Value of the last dynamic entry of that tag, as the linker takes it; None if absent."""
        return next((value for tag, value in reversed(self.dynamic) if tag == wanted), None)


def read_image(data: bytes) -> Image:
    """Headers of ``data``; `FormatError` where it is no ELF file."""
    if data[:4] != MAGIC:
        raise FormatError("no ELF magic")
    layout = _layout(data)
    if len(data) < layout.header.size:
        raise FormatError("the ELF header is cut short", len(data))
    fields = layout.header.unpack_from(data)
    _, kind, machine, _, entry, segments_at, sections_at, _, _, width, count, section_width = (
        fields[:12]
    )
    section_count, names_at = fields[12:14]
    image = Image(data, layout, kind, machine, entry)
    _read_segments(image, segments_at, width, count)
    _read_sections(image, sections_at, section_width, section_count, names_at)
    _read_dynamic(image)
    return image


def _layout(data: bytes) -> Layout:
    if len(data) < 16 or data[4] not in (1, 2) or data[5] not in (1, 2):
        raise FormatError("unknown ELF class or byte order", 4)
    order = "<" if data[5] == 1 else ">"
    if data[4] == 2:
        forms = ("16sHHIQQQIHHHHHH", "IIQQQQQQ", "IIQQQQIIQQ", "qQ")
    else:
        forms = ("16sHHIIIIIHHHHHH", "IIIIIIII", "IIIIIIIIII", "iI")
    header, program, section, dynamic = (struct.Struct(order + form) for form in forms)
    return Layout(header, program, section, dynamic, 32 * data[4], order)


def _records(
    image: Image, what: str, at: int, width: int, count: int, form: struct.Struct
) -> list[tuple[int, ...]]:
    """``count`` records of a table, as far as they are inside the file."""
    if not count or not at:
        return []
    if width < form.size:
        image.note("record-size", f"{what} of {width} bytes are too short", at, 0)
        return []
    room = max(0, (len(image.data) - at) // width)
    kept = min(count, room, HEADERS_AT_MOST)
    if kept < count:
        image.note("table-cut", f"{count} {what} are said, {kept} are read", at, 0)
    return [form.unpack_from(image.data, at + width * number) for number in range(kept)]


def _read_segments(image: Image, at: int, width: int, count: int) -> None:
    for one in _records(image, "program headers", at, width, count, image.layout.segment):
        if image.layout.bits == 64:
            kind, flags, offset, address, _, size, _, _ = one
        else:
            kind, offset, address, _, size, _, flags, _ = one
        if offset + size > len(image.data):
            if kind in (PT_LOAD, PT_DYNAMIC):
                image.note("segment-cut", "a segment reaches past the end of the file", offset, 0)
            size = max(0, len(image.data) - offset)
        image.segments.append(Segment(kind, flags, offset, address, size))


def _read_sections(image: Image, at: int, width: int, count: int, names: int) -> None:
    found = _records(image, "section headers", at, width, count, image.layout.section)
    strings = b""
    if names < len(found):
        offset, size = found[names][4:6]
        strings = image.data[offset : offset + size]
    for one in found:
        name, kind, flags, address, offset, size = one[:6]
        end = strings.find(b"\0", name)
        text = strings[name:end].decode("utf-8", "replace") if 0 <= name < end else ""
        size = max(0, min(size, len(image.data) - offset))
        image.sections.append(Section(text, kind, flags, address, offset, size))


def _read_dynamic(image: Image) -> None:
    """Entries of the dynamic segment, or of the section where no segment tells."""
    spans = [(one.offset, one.size) for one in image.segments if one.type == PT_DYNAMIC]
    spans += [(one.offset, one.size) for one in image.sections if one.type == 6]
    if not spans:
        return
    offset, size = spans[0]
    form = image.layout.dynamic
    for number in range(min(size // form.size, HEADERS_AT_MOST)):
        tag, value = form.unpack_from(image.data, offset + form.size * number)
        if tag == 0:
            return
        image.dynamic.append((tag, value))
    if size // form.size > HEADERS_AT_MOST:
        says = f"only the first {HEADERS_AT_MOST} dynamic entries are read"
        image.note("table-cut", says, offset, 0)
