"""Chunks written by hand, so that a test can say exactly which byte is wrong."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

ANDROID = "http://schemas.android.com/apk/res/android"
NONE = 0xFFFFFFFF


def chunk(kind: int, header: bytes, body: bytes = b"") -> bytes:
    """A chunk with true sizes; ``header`` are its fixed fields after the first eight bytes."""
    size = 8 + len(header) + len(body)
    return struct.pack("<HHI", kind, 8 + len(header), size) + header + body


def utf8_entry(raw: bytes, characters: int | None = None) -> bytes:
    """A UTF-8 pool entry with its two lengths and its zero byte."""
    return _short(len(raw) if characters is None else characters) + _short(len(raw)) + raw + b"\0"


def utf16_entry(text: str) -> bytes:
    """A UTF-16 pool entry with its length and its zero unit."""
    raw = text.encode("utf-16-le", "surrogatepass")
    units = len(raw) // 2
    length = struct.pack("<H", units)
    if units > 0x7FFF:
        length = struct.pack("<HH", 0x8000 | units >> 16, units & 0xFFFF)
    return length + raw + b"\0\0"


def _short(number: int) -> bytes:
    if number < 0x80:
        return bytes([number])
    return bytes([0x80 | (number >> 8) & 0x7F, number & 0xFF])


def pool(
    strings: Sequence[str],
    *,
    utf8: bool = True,
    count: int | None = None,
    styles: Sequence[Sequence[tuple[int, int, int]]] = (),
) -> bytes:
    """A string pool; ``count`` lies about the number of strings, ``styles`` are spans by string."""
    entries = [utf8_entry(one.encode()) if utf8 else utf16_entry(one) for one in strings]
    return raw_pool(entries, utf8=utf8, count=count, styles=styles)


def raw_pool(
    entries: Sequence[bytes],
    *,
    utf8: bool = True,
    count: int | None = None,
    styles: Sequence[Sequence[tuple[int, int, int]]] = (),
) -> bytes:
    """A string pool of ready-made entries."""
    offsets = [sum(map(len, entries[:index])) for index in range(len(entries))]
    text = b"".join(entries)
    text += b"\0" * (-len(text) % 4)
    spans = [b"".join(struct.pack("<3I", *span) for span in one) + b"\xff" * 4 for one in styles]
    style_offsets = [sum(map(len, spans[:index])) for index in range(len(spans))]
    text_at = 28 + 4 * (len(entries) + len(spans))
    fields = struct.pack(
        "<5I",
        len(entries) if count is None else count,
        len(spans),
        0x100 if utf8 else 0,
        text_at,
        text_at + len(text) if spans else 0,
    )
    numbers = struct.pack(f"<{len(entries) + len(spans)}I", *offsets, *style_offsets)
    return chunk(0x0001, fields, numbers + text + b"".join(spans))


def node(kind: int, body: bytes, line: int = 1) -> bytes:
    """An XML node: line and comment in its header."""
    return chunk(kind, struct.pack("<2I", line, NONE), body)


def start(
    name: int,
    attributes: Sequence[bytes] = (),
    *,
    namespace: int = NONE,
    line: int = 1,
    stride: int = 20,
    count: int | None = None,
) -> bytes:
    """A start tag; ``stride`` and ``count`` as it says, whatever stands there."""
    counted = len(attributes) if count is None else count
    fields = struct.pack("<2I6H", namespace, name, 20, stride, counted, 0, 0, 0)
    return node(0x0102, fields + b"".join(attributes), line)


def end(name: int, namespace: int = NONE) -> bytes:
    """An end tag."""
    return node(0x0103, struct.pack("<2I", namespace, name))


def attribute(name: int, kind: int, data: int, *, namespace: int = NONE, raw: int = NONE) -> bytes:
    """One attribute record."""
    return struct.pack("<3IHBBI", namespace, name, raw, 8, 0, kind, data)


def text_attribute(name: int, string: int, *, namespace: int = NONE) -> bytes:
    """An attribute whose value is a string."""
    return attribute(name, 3, string, namespace=namespace, raw=string)


def resource_map(ids: Sequence[int]) -> bytes:
    """The chunk that gives the first strings their resource ids."""
    return chunk(0x0180, b"", struct.pack(f"<{len(ids)}I", *ids))


def document(*chunks: bytes, kind: int = 0x0003) -> bytes:
    """A binary XML file."""
    return chunk(kind, b"", b"".join(chunks))


def config(**fields: int | bytes) -> bytes:
    """A configuration of 64 bytes; fields by their place in ``PLACES``."""
    raw = bytearray(64)
    struct.pack_into("<I", raw, 0, 64)
    for name, value in fields.items():
        at, layout = PLACES[name]
        struct.pack_into(layout, raw, at, value)
    return bytes(raw)


PLACES: Mapping[str, tuple[int, str]] = {
    "mcc": (4, "<H"), "mnc": (6, "<H"), "language": (8, "2s"), "country": (10, "2s"),
    "orientation": (12, "B"), "density": (14, "<H"), "sdk": (24, "<H"),
    "screen_layout": (28, "B"), "ui_mode": (29, "B"), "smallest": (30, "<H"),
    "width_dp": (32, "<H"), "script": (36, "4s"), "variant": (40, "8s"),
    "screen_layout2": (48, "B"), "colour": (49, "B"), "numbering": (53, "8s"),
}  # fmt: skip


def simple(key: int, kind: int, data: int, flags: int = 0) -> bytes:
    """An entry with one value."""
    return struct.pack("<HHIHBBI", 8, flags, key, 8, 0, kind, data)


def bag(key: int, items: Sequence[tuple[int, int, int]], parent: int = 0) -> bytes:
    """An entry with items ``(name, type, data)``."""
    head = struct.pack("<HHIII", 16, 1, key, parent, len(items))
    return head + b"".join(struct.pack("<IHBBI", name, 8, 0, t, d) for name, t, d in items)


def compact(key: int, kind: int, data: int) -> bytes:
    """An entry of eight bytes."""
    return struct.pack("<HHI", key, kind << 8 | 8, data)


def table_type(
    type_id: int, entries: Sequence[bytes | None], settings: bytes | None = None
) -> bytes:
    """A ``ResTable_type`` chunk with four-byte offsets."""
    offsets, at = [], 0
    for one in entries:
        offsets.append(NONE if one is None else at)
        at += len(one or b"")
    numbers = struct.pack(f"<{len(offsets)}I", *offsets)
    return raw_type(
        type_id, 0, len(entries), numbers, b"".join(one or b"" for one in entries), settings
    )


def raw_type(
    type_id: int, flags: int, count: int, offsets: bytes, body: bytes, settings: bytes | None = None
) -> bytes:
    """A ``ResTable_type`` chunk with the offsets as given."""
    settings = config() if settings is None else settings
    offsets += b"\xff" * (-len(offsets) % 4)
    entries_at = 20 + len(settings) + len(offsets)
    header = struct.pack("<BBHII", type_id, flags, 0, count, entries_at) + settings
    return chunk(0x0201, header, offsets + body)


def type_spec(type_id: int, flags: Sequence[int]) -> bytes:
    """A ``ResTable_typeSpec`` chunk."""
    header = struct.pack("<BBHI", type_id, 0, 0, len(flags))
    return chunk(0x0202, header, struct.pack(f"<{len(flags)}I", *flags))


def package(
    *chunks: bytes,
    types: Sequence[str],
    keys: Sequence[str],
    number: int = 0x7F,
    type_id_offset: int = 0,
) -> bytes:
    """A package chunk with its two pools."""
    type_pool, key_pool = pool(types), pool(keys)
    header = struct.pack(
        "<I256s5I",
        number,
        "app".encode("utf-16-le"),
        288,
        0,
        288 + len(type_pool),
        0,
        type_id_offset,
    )
    return chunk(0x0200, header, type_pool + key_pool + b"".join(chunks))


def table(strings: Sequence[str], *packages: bytes, utf8: bool = True) -> bytes:
    """A whole resource table."""
    body = pool(strings, utf8=utf8) + b"".join(packages)
    return chunk(0x0002, struct.pack("<I", len(packages)), body)
