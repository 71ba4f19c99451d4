"""Members of zip containers (PKWARE APPNOTE.TXT), read as tolerantly as Android reads them.

A member is named by its entry's name, or by ``name@N`` with N the offset of its local header
when the name alone would not tell it; a name that ends in ``@`` and digits always has that
suffix. Sizes and method are the central directory's. Where the directory does not list a
member, local headers are searched for it.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

LIMIT = 1 << 30
"""No member is unpacked beyond this many bytes."""

MOST_ENTRIES = 1 << 20
"""No more entries of a container are looked at."""

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
AT_HEADER = re.compile(r"^(.*)@(\d+)$", re.DOTALL)


class Entry(NamedTuple):
    """What is needed to unpack one entry; ``header`` is the offset of its local header."""

    name: str
    header: int
    method: int
    crc: int
    packed: int
    size: int


class Archive:
    """The entries of one container, found once, by name and by offset of the local header."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._listed = self._index(central_entries(data))
        self._searched: dict[str | int, Entry] | None = None

    def read(self, member: str) -> bytes:
        """Content of the named member; ValueError when there is none or it cannot be unpacked."""
        suffixed = AT_HEADER.match(member)
        key = int(suffixed[2]) if suffixed else member
        if key in self._listed:
            return unpack(self.data, self._listed[key])
        if self._searched is None:
            self._searched = self._index(local_entries(self.data))
        if key in self._searched:
            return unpack(self.data, self._searched[key])
        raise ValueError(f"there is no member {member!r}")

    def _index(self, entries: Iterator[Entry]) -> dict[str | int, Entry]:
        index: dict[str | int, Entry] = {}
        last = len(self.data) - LOCAL.size
        for entry in islice(entries, MOST_ENTRIES):
            if entry.header <= last and self.data.startswith(b"PK\x03\x04", entry.header):
                index.setdefault(entry.name, entry)
                index.setdefault(entry.header, entry)
        return index


def central_entries(data: bytes) -> Iterator[Entry]:
    """Entries of the central directory, wherever the last end record that leads to one says."""
    at = directory_offset(data)
    while 0 <= at <= len(data) - CENTRAL.size:
        fields = CENTRAL.unpack_from(data, at)
        if fields[0] != b"PK\x01\x02":
            return
        method, (crc, packed, size, name, extra, comment), header = (
            fields[4], fields[7:13], fields[-1],
        )  # fmt: skip
        start = at + CENTRAL.size
        yield Entry(entry_name(data[start : start + name]), header, method, crc, packed, size)
        at = start + name + extra + comment


def directory_offset(data: bytes) -> int:
    """Where the central directory begins; -1 when no end record leads to one."""
    at = data.rfind(b"PK\x05\x06")
    while at >= 0:
        if at + END.size <= len(data):
            size: int
            offset: int
            *_, size, offset, _ = END.unpack_from(data, at)
            for place in (offset, at - size):
                if place >= 0 and data.startswith(b"PK\x01\x02", place):
                    return place
        at = data.rfind(b"PK\x05\x06", 0, at)
    return -1


def local_entries(data: bytes) -> Iterator[Entry]:
    """Every local header in the file; sizes of 0 mean: as far as the data goes."""
    at = data.find(b"PK\x03\x04")
    while 0 <= at <= len(data) - LOCAL.size:
        _, _, _, method, _, _, crc, packed, size, name, _ = LOCAL.unpack_from(data, at)
        start = at + LOCAL.size
        yield Entry(entry_name(data[start : start + name]), at, method, crc, packed, size)
        at = data.find(b"PK\x03\x04", at + 4)


def entry_name(raw: bytes) -> str:
    """UTF-8 as Android takes it, else code page 437 (APPNOTE.TXT appendix D)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp437")


def unpack(data: bytes, entry: Entry) -> bytes:
    """Content of an entry.

    Android takes every method but 8 (deflate) for stored; where that contradicts the checksum
    and inflating does not, the entry was deflated all the same.
    """
    name, extra = LOCAL.unpack_from(data, entry.header)[9:]
    start = entry.header + LOCAL.size + name + extra
    stop = start + entry.packed if entry.packed else len(data)
    if entry.method == 8:
        return inflate(data[start:stop])
    if entry.size > LIMIT:
        raise ValueError(f"it is said to hold more than {LIMIT} bytes")
    stored = data[start : start + entry.size]
    if zlib.crc32(stored) != entry.crc:
        try:
            inflated = inflate(data[start:stop])
        except ValueError:
            return stored
        if zlib.crc32(inflated) == entry.crc:
            return inflated
    return stored


def inflate(packed: bytes) -> bytes:
    """Raw deflate (RFC 1951); a stream cut short gives what it holds."""
    stream = zlib.decompressobj(-15)
    try:
        content = stream.decompress(packed, LIMIT + 1)
    except zlib.error as error:
        raise ValueError(f"it cannot be inflated ({error})") from error
    if len(content) > LIMIT:
        raise ValueError(f"it inflates to more than {LIMIT} bytes")
    return content
