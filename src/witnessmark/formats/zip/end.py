"""The end of central directory record, wherever it was put.

APPNOTE.TXT sections 4.3.14 to 4.3.16. Android searches it backward from the end of the
file and takes the first that it meets.
"""

from __future__ import annotations

import struct

from msgspec import Struct

from witnessmark.formats.zip.records import Anomaly
from witnessmark.model.location import Span

Buffer = bytes | memoryview

CENTRAL_SIGNATURE = b"PK\x01\x02"
LOCAL_SIGNATURE = b"PK\x03\x04"
END_SIGNATURE = b"PK\x05\x06"
END = struct.Struct("<4s4H2LH")
LOCATOR = struct.Struct("<4sLQL")
END64 = struct.Struct("<4sQ2H2L4Q")
LONGEST_COMMENT = 0xFFFF


class EndRecord(Struct, frozen=True):
    """Where the directory is said to be, and where it stands.

    ``begins`` is the first byte of the end structures (the zip64 record where there is one),
    ``directory`` the place found, ``declared_offset`` and ``declared_size`` what the record
    claims, ``count`` its number of entries, ``trusted`` whether a directory (or the end record
    of an empty archive) stands at the place found.
    """

    span: Span
    begins: int
    comment: Span
    directory: int
    declared_offset: int
    declared_size: int
    count: int
    trusted: bool


def find_end(data: Buffer, anomalies: list[Anomaly]) -> EndRecord | None:
    """The end record to use, or None; what is odd about it is added to ``anomalies``."""
    tail_start = max(0, len(data) - LONGEST_COMMENT - END.size)
    tail = bytes(data[tail_start:])
    candidates = [tail_start + at for at in _positions(tail)]
    if not candidates and tail_start:
        candidates = _positions(bytes(data))
        if candidates:
            anomalies.append(
                Anomaly("displaced-end", "the end record is far from the end of the file",
                        candidates[0], END.size)
            )  # fmt: skip
    read = [record for at in candidates[:64] if (record := _read_end(data, at)) is not None]
    if not read:
        return None
    chosen = next((record for record in read if record.trusted), read[0])
    _note_end(data, chosen, read, anomalies)
    return chosen


def _positions(data: bytes) -> list[int]:
    """Offsets of end signatures, last first; at most 4096 are looked at."""
    found: list[int] = []
    at = data.rfind(END_SIGNATURE)
    while at >= 0 and len(found) < 4096:
        found.append(at)
        at = data.rfind(END_SIGNATURE, 0, at + len(END_SIGNATURE) - 1)
    return found


def _read_end(data: Buffer, at: int) -> EndRecord | None:
    if at + END.size > len(data):
        return None
    _, _, _, _, count, size, offset, comment_size = END.unpack_from(data, at)
    begins = at
    if count == 0xFFFF or 0xFFFFFFFF in (size, offset):
        begins, count, size, offset = _read_end64(data, at) or (at, count, size, offset)
    comment = Span(at + END.size, min(comment_size, len(data) - at - END.size))
    directory, trusted = _locate_directory(data, begins, offset, size, count)
    span = Span(at, END.size)
    return EndRecord(span, begins, comment, directory, offset, size, count, trusted)


def _read_end64(data: Buffer, at: int) -> tuple[int, int, int, int] | None:
    """Place, count, size and offset of the zip64 record, if one stands before ``at``."""
    if at < LOCATOR.size:
        return None
    signature, _, record_at, _ = LOCATOR.unpack_from(data, at - LOCATOR.size)
    if signature != b"PK\x06\x07" or record_at + END64.size > at:
        return None
    record = END64.unpack_from(data, record_at)
    if record[0] != b"PK\x06\x06":
        return None
    return record_at, record[7], record[8], record[9]


def _locate_directory(
    data: Buffer, end_at: int, offset: int, size: int, count: int
) -> tuple[int, bool]:
    """Where the directory stands: as declared, or just before the end record."""
    for place in (offset, end_at - size):
        if 0 <= place <= end_at and data[place : place + 4] == CENTRAL_SIGNATURE:
            return place, True
    return min(offset, end_at), count == 0 and offset <= end_at


def _note_end(
    data: Buffer, chosen: EndRecord, read: list[EndRecord], anomalies: list[Anomaly]
) -> None:
    at = chosen.span.offset
    behind = chosen.comment.end
    if behind < len(data):
        anomalies.append(
            Anomaly("trailing-data", f"{len(data) - behind} bytes follow the archive's comment",
                    behind, len(data) - behind)
        )  # fmt: skip
    declared_comment = END.unpack_from(data, at)[7]
    if declared_comment > chosen.comment.length:
        anomalies.append(
            Anomaly("comment-cut", f"the comment is said to be {declared_comment} bytes long, "
                    "beyond the end of the file", at, END.size)
        )  # fmt: skip
    rivals = [record for record in read if record.span != chosen.span]
    for record in rivals:
        inside_comment = chosen.comment.offset <= record.span.offset
        between = chosen.directory + chosen.declared_size <= record.span.offset
        if inside_comment or between:
            anomalies.append(
                Anomaly("several-ends", "more than one end of central directory record",
                        record.span.offset, record.span.length)
            )  # fmt: skip
    if chosen.trusted and chosen.directory != chosen.declared_offset:
        anomalies.append(
            Anomaly("displaced-directory",
                    f"the end record places the directory at {chosen.declared_offset}, "
                    f"it stands at {chosen.directory}", at, END.size)
        )  # fmt: skip
