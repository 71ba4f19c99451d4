"""A Windows program file as far as .NET needs it: where addresses lie in the file.

Source: ECMA-335 part II.25; Microsoft PE format.
"""

from __future__ import annotations

from struct import error, unpack_from

from msgspec import Struct

from witnessmark.model.errors import FormatError

MOST_SECTIONS = 96
CLI_HEADER = 14
"""Number of the data directory that points to the header of .NET."""


class Section(Struct, frozen=True):
    """A part of the file and the address at which it is loaded."""

    address: int
    size: int
    offset: int


class Image(Struct, frozen=True):
    """The file, its sections, where the metadata lie."""

    data: memoryview
    sections: tuple[Section, ...]
    metadata: int

    def offset(self, address: int) -> int:
        """Where an address lies in the file; `FormatError` where it lies in no section."""
        return _offset(self.sections, address)


def read_image(data: bytes | memoryview) -> Image:
    """Headers and sections; `FormatError` for what is no program of .NET."""
    view = memoryview(data)
    try:
        if bytes(view[:2]) != b"MZ":
            raise FormatError("no program file", 0)
        (at,) = unpack_from("<I", view, 0x3C)
        if bytes(view[at : at + 4]) != b"PE\0\0":
            raise FormatError("no program file", at)
        (count,), (size,) = unpack_from("<H", view, at + 6), unpack_from("<H", view, at + 20)
        optional = at + 24
        (magic,) = unpack_from("<H", view, optional)
        directories = optional + (112 if magic == 0x20B else 96)
        (address,) = unpack_from("<I", view, directories + 8 * CLI_HEADER)
        sections = tuple(
            Section(*_section(view, optional + size + 40 * number))
            for number in range(min(count, MOST_SECTIONS))
        )
        if not address:
            raise FormatError("a program, but none of .NET", directories)
        (metadata,) = unpack_from("<I", view, _offset(sections, address) + 8)
        return Image(view, sections, _offset(sections, metadata))
    except error:
        raise FormatError("the program file is cut", 0) from None


def _section(view: memoryview, at: int) -> tuple[int, int, int]:
    virtual, address, raw, offset = unpack_from("<IIII", view, at + 8)
    return address, max(virtual, raw), offset


def _offset(sections: tuple[Section, ...], address: int) -> int:
    for one in sections:
        if one.address <= address < one.address + one.size:
            return one.offset + address - one.address
    raise FormatError(f"address {address} lies in no section", 0)
