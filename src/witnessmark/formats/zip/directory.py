"""The central directory: APPNOTE.TXT sections 4.3.12 and 4.5.3."""

from __future__ import annotations

import struct

from msgspec import Struct

from witnessmark.formats.zip.end import CENTRAL_SIGNATURE, Buffer, EndRecord
from witnessmark.formats.zip.records import Anomaly

CENTRAL = struct.Struct("<4s6H3L5H2L")
ZIP64_EXTRA = 0x0001
ALL_ONES = 0xFFFFFFFF


class Listed(Struct, frozen=True):
    """A central header as it stands, zip64 values applied; offsets in the archive."""

    at: int
    length: int
    raw_name: bytes
    made_by: int
    flags: int
    method: int
    modified: int
    crc32: int
    compressed_size: int
    size: int
    internal_attributes: int
    external_attributes: int
    local_at: int


def read_directory(
    data: Buffer, end: EndRecord, anomalies: list[Anomaly]
) -> tuple[list[Listed], int]:
    """Headers in order, and the offset behind the last.

    Walks as long as headers follow each other, whatever number the end record gives; where
    one is not followed by another, the next signature before the end record is sought.
    """
    listed: list[Listed] = []
    at = end.directory
    stop = end.begins
    window = bytes(data[at:stop])
    while at + CENTRAL.size <= stop:
        if data[at : at + 4] != CENTRAL_SIGNATURE:
            following = window.find(CENTRAL_SIGNATURE, at - end.directory)
            if not listed or following < 0:
                break
            skipped = end.directory + following - at
            anomalies.append(
                Anomaly("directory-gap", f"{skipped} bytes between two central headers belong to "
                        "none", at, skipped)
            )  # fmt: skip
            at += skipped
            continue
        header = _read_header(data, at, stop, anomalies)
        if header is None:
            break
        listed.append(header)
        at += header.length
    _note_walk(end, len(listed), at, anomalies)
    return listed, at


def _read_header(data: Buffer, at: int, stop: int, anomalies: list[Anomaly]) -> Listed | None:
    (
        _, made_by, _, flags, method, time, date, crc, compressed, size,
        name_size, extra_size, comment_size, _, internal, external, local_at,
    ) = CENTRAL.unpack_from(data, at)  # fmt: skip
    name_at = at + CENTRAL.size
    extra_at = name_at + name_size
    if extra_at > stop:
        anomalies.append(
            Anomaly("directory-cut", "a name reaches beyond the central directory", at, stop - at)
        )
        return None
    length = CENTRAL.size + name_size + extra_size + comment_size
    if at + length > stop:
        anomalies.append(
            Anomaly("directory-cut", "an extra field or comment reaches beyond the central "
                    "directory", at, stop - at)
        )  # fmt: skip
        length = stop - at
    if ALL_ONES in (compressed, size, local_at):
        extra = bytes(data[extra_at : min(extra_at + extra_size, stop)])
        size, compressed, local_at = _apply_zip64(extra, size, compressed, local_at)
    return Listed(
        at, length, bytes(data[name_at:extra_at]), made_by, flags, method, date << 16 | time,
        crc, compressed, size, internal, external, local_at,
    )  # fmt: skip


def _apply_zip64(extra: bytes, *values: int) -> tuple[int, int, int]:
    """Size, compressed size and local offset; each all-ones value is replaced in this order."""
    wide = _extra_field(extra, ZIP64_EXTRA)
    resolved: list[int] = []
    at = 0
    for value in values:
        if value == ALL_ONES and at + 8 <= len(wide):
            value = int.from_bytes(wide[at : at + 8], "little")
            at += 8
        resolved.append(value)
    return resolved[0], resolved[1], resolved[2]


def _extra_field(extra: bytes, wanted: int) -> bytes:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == wanted:
            return extra[at + 4 : at + 4 + size]
        at += 4 + size
    return b""


def _note_walk(end: EndRecord, walked: int, stopped: int, anomalies: list[Anomaly]) -> None:
    if walked != end.count:
        anomalies.append(
            Anomaly("entry-count",
                    f"the end record counts {end.count} entries, the directory holds {walked}",
                    end.span.offset, end.span.length)
        )  # fmt: skip
    elif stopped != end.directory + end.declared_size:
        anomalies.append(
            Anomaly("directory-size",
                    f"the directory is said to be {end.declared_size} bytes long, "
                    f"it has {stopped - end.directory}", end.span.offset, end.span.length)
        )  # fmt: skip
    gap = end.begins - stopped
    if gap > 0:
        anomalies.append(
            Anomaly("bytes-after-directory", f"{gap} bytes stand between directory and end record",
                    stopped, gap)
        )  # fmt: skip
