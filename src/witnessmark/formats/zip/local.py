"""Local headers: APPNOTE.TXT sections 4.3.7 and 4.3.9."""

from __future__ import annotations

import struct

from msgspec import Struct

from witnessmark.formats.zip.directory import Listed
from witnessmark.formats.zip.end import CENTRAL_SIGNATURE, END_SIGNATURE, LOCAL_SIGNATURE, Buffer
from witnessmark.formats.zip.records import DESCRIPTOR_FLAG, ENCRYPTED_FLAG, Anomaly
from witnessmark.model.location import Span

LOCAL = struct.Struct("<4s5H3L2H")
DESCRIPTOR_SIGNATURE = b"PK\x07\x08"
ALL_ONES = 0xFFFFFFFF
LONGEST_RECOVERED_NAME = 4096


class Placed(Struct, frozen=True):
    """Where an entry's local header and packed bytes stand."""

    header: Span
    data: Span


def place_entry(data: Buffer, entry: Listed, anomalies: list[Anomaly]) -> Placed:
    """Follow a central header to its local one and say where they disagree.

    Sizes come from the central header, as Android takes them; name and extra field of the
    local header only tell where the packed bytes begin.
    """
    at = entry.local_at
    if at + LOCAL.size > len(data) or data[at : at + 4] != LOCAL_SIGNATURE:
        anomalies.append(
            Anomaly("local-header-missing",
                    f"no local header stands at {at}, where the directory places it",
                    entry.at, entry.length)
        )  # fmt: skip
        return Placed(Span(min(at, len(data)), 0), Span(min(at, len(data)), 0))
    fields = LOCAL.unpack_from(data, at)
    name_size, extra_size = fields[9], fields[10]
    data_at = at + LOCAL.size + name_size + extra_size
    if data_at > len(data):
        anomalies.append(
            Anomaly("local-header-cut", "name or extra field reach beyond the file",
                    at, len(data) - at)
        )  # fmt: skip
        return Placed(Span(at, len(data) - at), Span(len(data), 0))
    header = Span(at, data_at - at)
    length = min(entry.compressed_size, len(data) - data_at)
    if length < entry.compressed_size:
        anomalies.append(
            Anomaly("data-cut", f"{entry.compressed_size} packed bytes are declared, the file "
                    f"ends after {length}", entry.at, entry.length)
        )  # fmt: skip
    _note_differences(data, entry, fields, header, anomalies)
    return Placed(header, Span(data_at, length))


def _note_differences(
    data: Buffer, entry: Listed, fields: tuple[int, ...], header: Span, anomalies: list[Anomaly]
) -> None:
    _, _, flags, method, _, _, crc, compressed, size, name_size, _ = fields
    differing = []
    name_at = header.offset + LOCAL.size
    if name_size != len(entry.raw_name) or data[name_at : name_at + name_size] != entry.raw_name:
        differing.append("name")
    if method != entry.method:
        differing.append("compression method")
    if (flags ^ entry.flags) & (ENCRYPTED_FLAG | DESCRIPTOR_FLAG):
        differing.append("flags")
    follows = bool(flags & DESCRIPTOR_FLAG)
    pairs = (
        ("checksum", crc, entry.crc32),
        ("compressed size", compressed, entry.compressed_size),
        ("size", size, entry.size),
    )
    for what, local, central in pairs:
        if local not in (central, ALL_ONES) and not (follows and local == 0):
            differing.append(what)
    if differing:
        anomalies.append(
            Anomaly("headers-differ",
                    f"local and central header differ in {', '.join(differing)}",
                    header.offset, header.length)
        )  # fmt: skip


def recover_entries(data: bytes, known: list[Span]) -> list[tuple[Listed, Placed]]:
    """Entries that only local headers tell of, outside the ``known`` spans; linear in the file.

    ``known`` are spans of entries already read, sorted by offset.
    """
    found: list[tuple[Listed, Placed]] = []
    ends = iter(known)
    covered = next(ends, None)
    at = data.find(LOCAL_SIGNATURE)
    while at >= 0:
        while covered is not None and covered.end <= at:
            covered = next(ends, None)
        if covered is not None and covered.offset <= at:
            at = data.find(LOCAL_SIGNATURE, covered.end)
            continue
        recovered = _recover_at(data, at)
        if recovered is None:
            at = data.find(LOCAL_SIGNATURE, at + 4)
            continue
        found.append(recovered)
        at = data.find(LOCAL_SIGNATURE, recovered[1].data.end)
    return found


def _recover_at(data: bytes, at: int) -> tuple[Listed, Placed] | None:
    if at + LOCAL.size > len(data):
        return None
    fields = LOCAL.unpack_from(data, at)
    _, _, flags, method, time, date, crc, compressed, size, name_size, extra_size = fields
    name_at = at + LOCAL.size
    data_at = name_at + name_size + extra_size
    if not 0 < name_size <= LONGEST_RECOVERED_NAME or data_at > len(data):
        return None
    if compressed == 0 and flags & DESCRIPTOR_FLAG:
        crc, compressed, size = _measure(data, data_at)
    length = min(compressed, len(data) - data_at)
    listed = Listed(
        at, 0, data[name_at : name_at + name_size], 0, flags, method, date << 16 | time,
        crc, compressed, size, 0, 0, at,
    )  # fmt: skip
    return listed, Placed(Span(at, data_at - at), Span(data_at, length))


def _measure(data: bytes, data_at: int) -> tuple[int, int, int]:
    """Checksum, packed and unpacked size from the descriptor, or as far as the next header."""
    stop = len(data)
    for signature in (LOCAL_SIGNATURE, CENTRAL_SIGNATURE, END_SIGNATURE):
        found = data.find(signature, data_at, stop)
        stop = found if found >= 0 else stop
    at = data.find(DESCRIPTOR_SIGNATURE, data_at, stop)
    while at >= 0 and at + 16 <= len(data):
        crc, compressed, size = struct.unpack_from("<3L", data, at + 4)
        if compressed == at - data_at:
            return crc, compressed, size
        at = data.find(DESCRIPTOR_SIGNATURE, at + 4, stop)
    return 0, stop - data_at, 0
