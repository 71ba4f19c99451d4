from __future__ import annotations

import io
import struct
import zipfile

import pytest

from unit.formats.zip.made_zip import Made, make_zip
from witnessmark.formats.zip import ZipArchive, read_zip, unpack
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

LIMIT = 1 << 20


def codes(archive: ZipArchive) -> set[str]:
    return {anomaly.code for anomaly in archive.anomalies}


def names(archive: ZipArchive) -> list[str]:
    return [entry.name for entry in archive.entries]


def test_sound_archive_has_spans_and_no_anomaly() -> None:
    entries = [Made(b"a.txt", b"hello"), Made(b"d/b.txt", b"x" * 500, method=8, descriptor=True)]
    data = make_zip(entries, comment=b"remark")
    archive = read_zip(data)

    assert archive.anomalies == ()
    first, second = archive.entries
    assert data[first.data.offset : first.data.end] == b"hello"
    assert data[first.local_header.offset :].startswith(b"PK\x03\x04")
    assert data[first.central_header.offset :].startswith(b"PK\x01\x02")
    assert first.local_header == Span(0, 35)
    assert unpack(data, second, LIMIT) == b"x" * 500
    assert data[archive.comment.offset : archive.comment.end] == b"remark"
    assert archive.signing_block is None
    assert archive.central_directory.end == archive.end_record.offset


def test_views_of_memory_are_read_like_bytes() -> None:
    data = make_zip([Made(b"a", b"1")], prefix=b"#!/bin/sh\n", directory_at=1)
    assert read_zip(memoryview(data)).entries == read_zip(data).entries


def test_bytes_before_the_directory_are_the_signing_block() -> None:
    data = make_zip([Made(b"a", b"1", descriptor=True)], before_directory=b"block")
    block = read_zip(data).signing_block
    assert block is not None
    assert data[block.offset : block.end] == b"block"


def test_prefix_moves_a_directory_that_counts_from_its_own_start() -> None:
    entries = [Made(b"a", b"1")]
    plain_directory = make_zip(entries).index(b"PK\x01\x02")
    data = make_zip(entries, prefix=b"MZ" * 8, directory_at=plain_directory)
    archive = read_zip(data)
    assert codes(archive) == {"prefix", "displaced-directory"}
    assert unpack(data, archive.entries[0], LIMIT) == b"1"


def test_trailing_data_and_a_second_end_record() -> None:
    data = make_zip([Made(b"a", b"1")])
    false_end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 10, 10**9, 0)
    archive = read_zip(data + false_end)
    assert {"trailing-data", "several-ends"} <= codes(archive)
    assert names(archive) == ["a"]


def test_end_record_far_from_the_end() -> None:
    data = make_zip([Made(b"a", b"1")], trailing=b"\1" * 70_000)
    archive = read_zip(data)
    assert {"displaced-end", "trailing-data"} <= codes(archive)
    assert names(archive) == ["a"]


def test_comment_longer_than_the_file() -> None:
    data = bytearray(make_zip([Made(b"a", b"1")]))
    data[-2:] = b"\xff\x00"
    assert codes(read_zip(bytes(data))) == {"comment-cut"}


def test_duplicates_are_told_apart_and_the_first_is_found() -> None:
    data = make_zip([Made(b"classes.dex", b"first"), Made(b"classes.dex", b"second")])
    archive = read_zip(data)
    first, second = archive.entries
    assert first.member_name == "classes.dex@0"
    assert second.member_name == f"classes.dex@{second.local_header.offset}"
    assert archive.find("classes.dex") == first
    assert archive.find("absent") is None
    assert "duplicate-name" in codes(archive)


@pytest.mark.parametrize(
    "name",
    [b"../evil", b"/etc/passwd", b"a\\b", b"a\0b", b"a\rb", b"C:x", b"a/./b", b"a//b", b"a@12"],
)
def test_names_that_mean_something_else_elsewhere(name: bytes) -> None:
    data = make_zip([Made(b"ok", b"1"), Made(name, b"2")])
    archive = read_zip(data)
    entry = archive.entries[1]
    assert "unsafe-name" in codes(archive)
    assert entry.member_name == f"{name.decode()}@{entry.local_header.offset}"
    assert archive.entries[0].member_name == "ok"


def test_look_alike_names_are_left_alone() -> None:
    made = [Made(b"res/icon@2x.png"), Made(b"a..b"), Made("资源.xml".encode()), Made(b"dir/")]
    archive = read_zip(make_zip(made))
    assert codes(archive) == set()
    assert [e.member_name for e in archive.entries] == names(archive)


def test_names_that_are_no_utf_8() -> None:
    archive = read_zip(make_zip([Made(b"caf\x82")]))
    assert archive.entries[0].name == "café"
    assert archive.entries[0].member_name == "café@0"
    assert codes(archive) == {"name-not-utf-8"}


def test_header_differences_are_named() -> None:
    made = Made(b"a", b"1", local_name=b"b", local_sizes=(7, 9))
    archive = read_zip(make_zip([made]))
    (anomaly,) = archive.anomalies
    assert anomaly.code == "headers-differ"
    assert "name, compressed size, size" in anomaly.says
    assert (anomaly.offset, anomaly.length) == (0, 31)


def test_unlisted_entries_are_told_between_the_listed_ones() -> None:
    made = [Made(b"a", b"1"), Made(b"hidden", b"secret", listed=False), Made(b"c", b"3")]
    archive = read_zip(make_zip(made))
    assert names(archive) == ["a", "c"]
    (anomaly,) = archive.anomalies
    assert anomaly.code == "unlisted-bytes"
    assert anomaly.offset == made[1].at


def test_padding_by_build_tools_is_no_anomaly() -> None:
    nameless = struct.pack("<4s5H3L2H", b"PK\x03\x04", 0, 0, 0, 0, 0, 0, 0, 0, 0, 40) + bytes(40)
    assert read_zip(make_zip([Made(b"a", b"1")], prefix=nameless)).anomalies == ()


def test_cut_directory_is_completed_from_local_headers() -> None:
    made = [Made(b"a", b"1"), Made(b"b", b"22" * 50, method=8, descriptor=True), Made(b"c", b"3")]
    data = make_zip(made)
    directory = data.index(b"PK\x01\x02")
    cut = data[: directory + 50] + data[-22:]
    archive = read_zip(cut)
    assert names(archive) == ["a", "b", "c"]
    assert [unpack(cut, entry, LIMIT) for entry in archive.entries] == [b"1", b"22" * 50, b"3"]
    assert {"entry-count", "unlisted-entry"} <= codes(archive)


def test_file_without_directory_is_read_from_local_headers() -> None:
    data = make_zip([Made(b"a", b"1"), Made(b"b", b"2")])
    cut = data[: data.index(b"PK\x01\x02")]
    archive = read_zip(cut)
    assert names(archive) == ["a", "b"]
    assert {"end-missing", "unlisted-entry"} <= codes(archive)
    assert archive.end_record.length == 0


def test_very_many_unlisted_entries_are_recovered() -> None:
    """Work must grow with the file, not with its square: no clock here, but a patient reader."""
    made = [Made(b"x", listed=False, descriptor=True)] * 20_000
    data = make_zip(made)
    assert len(read_zip(data[: data.rindex(b"PK\x05\x06")]).entries) == 20_000


def test_lying_extra_field_in_the_directory_does_not_hide_what_follows() -> None:
    made = [Made(b"a", b"1", extra=b"\x2a\x2a\xff\xff" + bytes(9)), Made(b"b", b"2")]
    assert names(read_zip(make_zip(made))) == ["a", "b"]


def test_gap_in_the_directory_is_skipped() -> None:
    data = make_zip([Made(b"a", b"1"), Made(b"b", b"2")])
    second = data.rindex(b"PK\x01\x02")
    broken = bytearray(data[:second] + b"junk" + data[second:])
    struct.pack_into("<L", broken, len(broken) - 10, 98)
    archive = read_zip(bytes(broken))
    assert names(archive) == ["a", "b"]
    assert "directory-gap" in codes(archive)


def test_overlapping_entries() -> None:
    inner = make_zip([Made(b"x", b"1")])
    data = bytearray(make_zip([Made(b"outer", inner), Made(b"b", b"2")]))
    start_of_inner = data.index(b"PK\x03\x04", 1)
    second_header = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, second_header + 42, start_of_inner)
    assert "overlap" in codes(read_zip(bytes(data)))


def test_impossible_ratio_and_encryption_flag_and_unknown_method() -> None:
    made = [
        Made(b"bomb", b"1", size=1 << 31),
        Made(b"locked", b"2", flags=1),
        Made(b"odd", b"3", method=0x4D2A),
    ]
    found = codes(read_zip(make_zip(made)))
    assert {"impossible-ratio", "encryption-flag", "unknown-method"} <= found


def test_missing_local_header() -> None:
    data = bytearray(make_zip([Made(b"a", b"1")]))
    data[0:4] = b"XXXX"
    archive = read_zip(bytes(data))
    assert "local-header-missing" in codes(archive)
    with pytest.raises(FormatError, match="no local header"):
        unpack(bytes(data), archive.entries[0], LIMIT)


def test_zip64_values_are_read() -> None:
    content = b"content"
    wide = struct.pack("<HHQQ", 1, 16, len(content), len(content))
    made = Made(b"a", content, extra=wide, size=0xFFFFFFFF, compressed_size=0xFFFFFFFF)
    data = make_zip([made])
    archive = read_zip(data)
    assert (archive.entries[0].size, archive.entries[0].compressed_size) == (7, 7)
    assert unpack(data, archive.entries[0], LIMIT) == content


def test_zip64_end_record_is_read() -> None:
    data = make_zip([Made(b"a", b"1")])
    directory, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    record = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, end - directory, directory
    )
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    classic = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, *[0xFFFFFFFF] * 2, 0)
    archive = read_zip(data[:end] + record + locator + classic)
    assert names(archive) == ["a"]
    assert archive.anomalies == ()


@pytest.mark.parametrize("data", [b"", b"PK", b"MZ" * 100, b"PK\x03\x04", bytes(100)])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        read_zip(data)


def test_empty_archive() -> None:
    archive = read_zip(make_zip([]))
    assert archive.entries == ()
    assert archive.anomalies == ()


def test_python_reads_the_same() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for number in range(20):
            out.writestr(f"f/{number}.txt", bytes([number]) * number * 50)
    data = buffer.getvalue()
    archive = read_zip(data)
    with zipfile.ZipFile(io.BytesIO(data)) as peer:
        for info, entry in zip(peer.infolist(), archive.entries, strict=True):
            assert (info.filename, info.file_size, info.CRC) == (
                entry.name,
                entry.size,
                entry.crc32,
            )
            assert unpack(data, entry, LIMIT) == peer.read(info)
