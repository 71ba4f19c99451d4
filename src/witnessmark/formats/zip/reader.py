"""From the bytes of an archive to its entries."""

from __future__ import annotations

from witnessmark.formats.zip.directory import Listed, read_directory
from witnessmark.formats.zip.end import LOCAL_SIGNATURE, Buffer, EndRecord, find_end
from witnessmark.formats.zip.local import Placed, place_entry, recover_entries
from witnessmark.formats.zip.names import decode_name, is_unsafe, member_names
from witnessmark.formats.zip.records import (
    DEFLATED,
    ENCRYPTED_FLAG,
    STORED,
    Anomaly,
    ZipArchive,
    ZipEntry,
)
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

BOMB_RATIO = 1100
"""No deflate stream expands more than 1032 times (zlib's technical notes)."""

UNSIGNED_DESCRIPTOR = 12
"""Bytes of a data descriptor that is written without its optional signature."""

MAX_PAIRWISE_NOTES = 100
"""Repetitive anomalies beyond this number are counted, not listed."""


def read_zip(data: Buffer) -> ZipArchive:
    """Read every entry that ``data`` holds.

    Raises `FormatError` where there is neither an end record nor any local header.
    """
    anomalies: list[Anomaly] = []
    end = find_end(data, anomalies)
    listed, stopped = ([], 0) if end is None else read_directory(data, end, anomalies)
    placed = [place_entry(data, entry, anomalies) for entry in listed]
    if end is None or len(listed) < end.count or not end.trusted:
        _recover(data, end, listed, placed, anomalies)
    if end is None and not listed:
        raise FormatError("neither an end record nor a local header: this is no zip archive")
    directory = _directory_span(data, end, stopped)
    block = _note_layout(data, placed, directory, anomalies)
    entries = _entries(listed, placed, anomalies)
    by_name: dict[str, ZipEntry] = {}
    for entry in entries:
        by_name.setdefault(entry.name, entry)
    return ZipArchive(
        entries,
        tuple(sorted(anomalies, key=lambda anomaly: (anomaly.offset, anomaly.code))),
        directory,
        end.span if end else Span(len(data), 0),
        end.comment if end else Span(len(data), 0),
        block,
        by_name,
    )


def _recover(
    data: Buffer,
    end: EndRecord | None,
    listed: list[Listed],
    placed: list[Placed],
    anomalies: list[Anomaly],
) -> None:
    """Add the entries that the directory does not list, in file order."""
    if end is None:
        anomalies.append(Anomaly("end-missing", "no end of central directory record", len(data), 0))
    known = sorted(
        (Span(one.header.offset, one.data.end - one.header.offset) for one in placed),
        key=lambda span: span.offset,
    )
    for entry, place in recover_entries(bytes(data), known):
        listed.append(entry)
        placed.append(place)
        anomalies.append(
            Anomaly("unlisted-entry", f"{decode_name(entry.raw_name)[0]!r} is in no directory; "
                    "its local header tells of it", place.header.offset, place.header.length)
        )  # fmt: skip


def _directory_span(data: Buffer, end: EndRecord | None, stopped: int) -> Span:
    if end is None:
        return Span(len(data), 0)
    return Span(end.directory, max(0, stopped - end.directory))


def _note_layout(
    data: Buffer, placed: list[Placed], directory: Span, anomalies: list[Anomaly]
) -> Span | None:
    """Note bytes before, between and shared by entries; return what precedes the directory."""
    spans = sorted((one.header.offset, one.data.end) for one in placed if one.header.length)
    reached = 0
    overlaps = 0
    for start, stop in spans:
        if start > reached and start < directory.offset:
            _note_gap(data, reached, start, anomalies)
        elif start < reached:
            overlaps += 1
            if overlaps <= MAX_PAIRWISE_NOTES:
                anomalies.append(
                    Anomaly("overlap", "the entry begins inside another one",
                            start, min(stop, reached) - start)
                )  # fmt: skip
        reached = max(reached, stop)
    if overlaps > MAX_PAIRWISE_NOTES:
        anomalies.append(Anomaly("overlap", f"{overlaps} entries overlap in all", 0, 0))
    return _before_directory(data, reached, directory)


def _note_gap(data: Buffer, start: int, stop: int, anomalies: list[Anomaly]) -> None:
    begin = _behind_descriptor(data, start) if start else 0
    while data[begin : begin + 4] == LOCAL_SIGNATURE and data[begin + 26 : begin + 28] == b"\0\0":
        # nameless headers pad the archive: the build tools' zipflinger leaves them
        begin += 30 + int.from_bytes(data[begin + 28 : begin + 30], "little")
    if (
        begin >= stop
        or stop - begin == UNSIGNED_DESCRIPTOR
        or not bytes(data[begin:stop]).strip(b"\0")
    ):
        return
    code = "unlisted-bytes" if start else "prefix"
    where = "between entries" if start else "before the first entry"
    anomalies.append(
        Anomaly(code, f"{stop - begin} bytes {where} belong to none", begin, stop - begin)
    )


def _before_directory(data: Buffer, reached: int, directory: Span) -> Span | None:
    """Bytes between the last entry's data descriptor and the directory."""
    start = _behind_descriptor(data, reached) if reached else 0
    if directory.length and start < directory.offset:
        return Span(start, directory.offset - start)
    return None


def _behind_descriptor(data: Buffer, at: int) -> int:
    """Where a data descriptor at ``at`` ends; ``at`` if there is none."""
    return at + 16 if data[at : at + 4] == b"PK\x07\x08" else at


def _entries(
    listed: list[Listed], placed: list[Placed], anomalies: list[Anomaly]
) -> tuple[ZipEntry, ...]:
    names = [decode_name(entry.raw_name) for entry in listed]
    unsafe = {name for name, _ in names if is_unsafe(name)}
    members = member_names(names, unsafe, [place.header.offset for place in placed])
    entries = []
    seen: set[str] = set()
    for header, place, (name, was_utf8), member in zip(listed, placed, names, members, strict=True):
        _note_name(header, name, was_utf8, seen, anomalies)
        if name in unsafe:
            anomalies.append(
                Anomaly("unsafe-name", f"{name!r} may be taken for another path",
                        header.at, header.length)
            )  # fmt: skip
        _note_values(header, name, anomalies)
        entries.append(
            ZipEntry(
                name, header.raw_name, member, header.method, header.flags, header.crc32,
                header.compressed_size, header.size, header.modified,
                place.header, Span(header.at, header.length), place.data,
                header.made_by, header.internal_attributes, header.external_attributes,
            )
        )  # fmt: skip
    return tuple(entries)


def _note_name(
    header: Listed, name: str, was_utf8: bool, seen: set[str], anomalies: list[Anomaly]
) -> None:
    if name in seen:
        anomalies.append(
            Anomaly("duplicate-name", f"{name!r} is listed more than once",
                    header.at, header.length)
        )  # fmt: skip
    seen.add(name)
    if not was_utf8:
        anomalies.append(
            Anomaly("name-not-utf-8", f"the name read as {name!r} is no UTF-8",
                    header.at, header.length)
        )  # fmt: skip


def _note_values(header: Listed, name: str, anomalies: list[Anomaly]) -> None:
    if header.method not in (STORED, DEFLATED):
        anomalies.append(
            Anomaly("unknown-method",
                    f"{name!r} declares compression method {header.method}",
                    header.at, header.length)
        )  # fmt: skip
    if header.flags & ENCRYPTED_FLAG:
        anomalies.append(
            Anomaly("encryption-flag", f"{name!r} claims to be encrypted",
                    header.at, header.length)
        )  # fmt: skip
    if header.method == STORED and header.size != header.compressed_size:
        anomalies.append(
            Anomaly("stored-sizes-differ",
                    f"{name!r} is stored, yet declares {header.compressed_size} packed and "
                    f"{header.size} unpacked bytes", header.at, header.length)
        )  # fmt: skip
    if header.size > header.compressed_size * BOMB_RATIO + BOMB_RATIO:
        anomalies.append(
            Anomaly("impossible-ratio",
                    f"{name!r} declares {header.size} bytes from {header.compressed_size}",
                    header.at, header.length)
        )  # fmt: skip
