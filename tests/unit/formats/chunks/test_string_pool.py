from __future__ import annotations

import struct

import pytest

from unit.formats.chunks import builder
from witnessmark.formats.chunks import (
    Anomaly,
    AnomalyLog,
    Chunk,
    StringPool,
    StyleSpan,
    read_pool,
    string_places,
)
from witnessmark.formats.chunks.header import chunk_at


def read(blob: bytes, end: int | None = None) -> tuple[StringPool, tuple[Anomaly, ...]]:
    log = AnomalyLog()
    found = chunk_at(blob, 0, len(blob)) or Chunk(1, 0, 28, end or len(blob))
    return read_pool(blob, found, log), log.listed(len(blob))


@pytest.mark.parametrize("utf8", [True, False])
@pytest.mark.parametrize("text", ["", "name", "身份证号码", "a\0b", "x" * 300, "ж" * 40_000])
def test_strings_read_back_from_their_span(text: str, *, utf8: bool) -> None:
    blob = builder.pool(["first", text, "last"], utf8=utf8)
    pool, anomalies = read(blob)
    found = pool.get(1)
    assert found is not None
    assert found.text == text
    assert found.encoding == ("utf-8" if utf8 else "utf-16le")
    assert blob[found.span.offset : found.span.end].decode(found.encoding) == text
    assert [pool.text(0), pool.text(2), pool.text(3), pool.text(-1)] == [
        "first",
        "last",
        None,
        None,
    ]
    assert anomalies == ()


def test_text_longer_than_its_length_field_reads_to_the_zero_byte() -> None:
    text = "y" * 70_000
    pool, anomalies = read(builder.pool([text, "z"]))
    assert pool.text(0) == text
    assert anomalies == ()


def test_surrogates_of_three_bytes_are_modified_utf8() -> None:
    raw = "😀".encode("utf-16-le")
    high, low = struct.unpack("<2H", raw)
    spelled = b"".join(chr(unit).encode("utf-8", "surrogatepass") for unit in (high, low))
    pool, _ = read(builder.raw_pool([builder.utf8_entry(b"ok " + spelled)]))
    found = pool.get(0)
    assert found is not None
    assert (found.text, found.encoding) == ("ok 😀", "mutf-8")


@pytest.mark.parametrize("raw", [b"a\xff\xfeb", b"\xed\xa0\x80 alone", b"\xc0\x80\xf0\x9f\x98\x80"])
def test_bytes_that_no_decoder_gives_back_name_none(raw: bytes) -> None:
    pool, _ = read(builder.raw_pool([builder.utf8_entry(raw)]))
    found = pool.get(0)
    assert found is not None
    assert found.encoding is None
    found.text.encode("utf-8")


def test_lone_surrogate_in_utf16_is_replaced() -> None:
    pool, _ = read(builder.raw_pool([builder.utf16_entry("a\ud800b")], utf8=False))
    found = pool.get(0)
    assert found is not None
    assert found.encoding is None
    assert found.text == "a\ufffdb"


def test_unterminated_utf16_is_read_and_told() -> None:
    entries = [builder.utf16_entry(one)[:-2] for one in ("manifest", "package")]
    pool, anomalies = read(builder.raw_pool(entries, utf8=False))
    assert [pool.text(0), pool.text(1)] == ["manifest", "package"]
    assert [(one.kind, one.loses) for one in anomalies] == [("string", False)]
    assert "null terminated" in anomalies[0].says


def test_too_many_strings_are_bounded_by_the_chunk() -> None:
    pool, anomalies = read(builder.pool(["one"], count=0x7FFFFFFF))
    assert pool.text(0) == "one"
    assert len(pool) < 10
    assert "string-count" in {one.kind for one in anomalies}


def test_string_outside_of_the_pool_is_empty_and_told() -> None:
    blob = bytearray(builder.pool(["one", "two"]))
    struct.pack_into("<I", blob, 28, 0x00FFFFFF)
    pool, anomalies = read(bytes(blob))
    assert [pool.text(0), pool.text(1)] == ["", "two"]
    assert [(one.kind, one.loses) for one in anomalies] == [("string", True)]


def test_strings_that_overlap_many_times_cost_no_more_than_their_pool() -> None:
    body = b"\x00\xff\x7f" * 40_000 + b"\0"
    offsets = list(range(20_000))
    fields = struct.pack("<5I", len(offsets), 0, 0x100, 28 + 4 * len(offsets), 0)
    blob = builder.chunk(1, fields, struct.pack(f"<{len(offsets)}I", *offsets) + body)
    pool, anomalies = read(blob)
    assert int(pool.sizes.sum()) <= 2 * len(blob) + (1 << 16)
    assert "string-overlap" in {one.kind for one in anomalies}


def test_styles_name_their_spans() -> None:
    blob = builder.pool(["bold text", "b"], styles=[[(1, 0, 3)]])
    pool, anomalies = read(blob)
    assert pool.style(0) == (StyleSpan("b", 0, 3),)
    assert pool.style(1) == pool.style(-1) == ()
    assert pool.text(1) == "b"
    assert anomalies == ()


def test_pool_cut_short_is_empty_and_told() -> None:
    pool, anomalies = read(b"\x01\x00\x08\x00\x08\x00\x00\x00")
    assert len(pool) == 0
    assert anomalies[0].loses


def test_more_long_texts_than_are_read_to_their_ends_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blob = builder.pool(["y" * 70_000, "z" * 70_000])
    assert read(blob)[1] == ()
    monkeypatch.setattr(string_places, "LONG_STRINGS_AT_MOST", 1)
    _, anomalies = read(blob)
    told = [one for one in anomalies if "only the first 1 long strings" in one.says]
    assert [one.loses for one in told] == [True]
