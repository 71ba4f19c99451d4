"""Archives made byte by byte, so that each field can lie."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field


@dataclass(slots=True)
class Made:
    """One entry; None means the true value, and local fields follow the central ones."""

    name: bytes
    content: bytes = b""
    method: int = 0
    flags: int = 0
    stored_method: int | None = None
    crc: int | None = None
    compressed_size: int | None = None
    size: int | None = None
    local_name: bytes | None = None
    local_sizes: tuple[int, int] | None = None
    extra: bytes = b""
    local_extra: bytes = b""
    descriptor: bool = False
    listed: bool = True
    at: int = field(default=0, init=False)


def deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def make_zip(
    entries: list[Made],
    *,
    prefix: bytes = b"",
    before_directory: bytes = b"",
    after_directory: bytes = b"",
    comment: bytes = b"",
    count: int | None = None,
    directory_at: int | None = None,
    trailing: bytes = b"",
) -> bytes:
    out = bytearray(prefix)
    central = bytearray()
    listed = 0
    for entry in entries:
        entry.at = len(out)
        out += _local(entry)
        if entry.listed:
            central += _central(entry)
            listed += 1
    out += before_directory
    at = len(out) if directory_at is None else directory_at
    out += central + after_directory
    out += struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, listed if count is None else count,
        listed if count is None else count, len(central), at, len(comment),
    )  # fmt: skip
    return bytes(out + comment + trailing)


def _packed(entry: Made) -> bytes:
    method = entry.method if entry.stored_method is None else entry.stored_method
    return deflate(entry.content) if method == 8 else entry.content


def _values(entry: Made) -> tuple[int, int, int]:
    crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
    packed = len(_packed(entry)) if entry.compressed_size is None else entry.compressed_size
    size = len(entry.content) if entry.size is None else entry.size
    return crc, packed, size


def _local(entry: Made) -> bytes:
    crc, packed, size = _values(entry)
    flags = entry.flags | (8 if entry.descriptor else 0)
    if entry.descriptor:
        crc_here, packed_here, size_here = 0, 0, 0
    else:
        crc_here, packed_here, size_here = crc, packed, size
    if entry.local_sizes is not None:
        packed_here, size_here = entry.local_sizes
    name = entry.name if entry.local_name is None else entry.local_name
    header = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, flags, entry.method, 0, 0x21,
        crc_here, packed_here, size_here, len(name), len(entry.local_extra),
    )  # fmt: skip
    tail = struct.pack("<4s3L", b"PK\x07\x08", crc, packed, size) if entry.descriptor else b""
    return header + name + entry.local_extra + _packed(entry) + tail


def _central(entry: Made) -> bytes:
    crc, packed, size = _values(entry)
    flags = entry.flags | (8 if entry.descriptor else 0)
    header = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, flags, entry.method, 0, 0x21, crc, packed, size,
        len(entry.name), len(entry.extra), 0, 0, 0, 0, entry.at,
    )  # fmt: skip
    return header + entry.name + entry.extra
