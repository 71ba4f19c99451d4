from __future__ import annotations

import sys
import zlib
from importlib import reload

import pytest

import witnessmark.formats.zip.inflate as inflate
from unit.formats.zip.made_zip import Made, make_zip
from witnessmark.formats.zip import read_zip, unpack, unpack_noting
from witnessmark.model.errors import FormatError

LIMIT = 1 << 20
TEXT = b"some text that repeats, some text that repeats " * 20


def opened(made: Made) -> tuple[bytes, set[str]]:
    data = make_zip([made])
    result = unpack_noting(data, read_zip(data).entries[0], LIMIT)
    return bytes(result.content), {anomaly.code for anomaly in result.anomalies}


def test_stored_content_is_a_view() -> None:
    data = make_zip([Made(b"a", TEXT)])
    content = unpack(data, read_zip(data).entries[0], LIMIT)
    assert isinstance(content, memoryview)
    assert content == TEXT


@pytest.mark.parametrize("method", [0, 8])
def test_limit_is_exact(method: int) -> None:
    data = make_zip([Made(b"a", TEXT, method=method)])
    entry = read_zip(data).entries[0]
    assert unpack(data, entry, len(TEXT)) == TEXT
    with pytest.raises(FormatError, match="more than"):
        unpack(data, entry, len(TEXT) - 1)


def test_bomb_with_a_small_declared_size_stops_at_the_limit() -> None:
    data = make_zip([Made(b"a", bytes(10 << 20), method=8, size=10)])
    with pytest.raises(FormatError, match="more than 1048576 bytes"):
        unpack(data, read_zip(data).entries[0], LIMIT)


@pytest.mark.parametrize("size", [0, 5, len(TEXT) - 1, len(TEXT) + 1, 1 << 31])
def test_wrong_size_is_noted_and_everything_given(size: int) -> None:
    assert opened(Made(b"a", TEXT, method=8, size=size)) == (TEXT, {"wrong-size"})


def test_wrong_checksum_is_noted() -> None:
    assert opened(Made(b"a", TEXT, crc=1)) == (TEXT, {"wrong-checksum"})


def test_encryption_flag_alone_changes_nothing() -> None:
    assert opened(Made(b"a", TEXT, method=8, flags=1)) == (TEXT, set())


def test_encrypted_content_is_told() -> None:
    content, notes = opened(Made(b"a", TEXT, flags=1, crc=1))
    assert (content, notes) == (TEXT, {"encrypted"})


def test_unknown_method_is_read_as_stored() -> None:
    assert opened(Made(b"a", TEXT, method=99)) == (TEXT, set())


def test_unknown_method_over_deflated_data() -> None:
    made = Made(b"a", TEXT, method=99, stored_method=8)
    assert opened(made) == (TEXT, {"hidden-deflate"})


def test_unknown_method_with_neither_reading_right_is_stored_as_android_has_it() -> None:
    content, notes = opened(Made(b"a", TEXT, method=99, crc=1))
    assert (content, notes) == (TEXT, {"wrong-checksum"})


def test_stored_method_over_deflated_data() -> None:
    made = Made(b"a", TEXT, method=0, stored_method=8)
    assert opened(made) == (TEXT, {"hidden-deflate"})


def test_stored_with_a_bogus_packed_size_has_its_unpacked_size() -> None:
    assert opened(Made(b"a", TEXT, compressed_size=3)) == (TEXT, set())


def test_cut_stream_gives_what_there_is() -> None:
    data = make_zip([Made(b"a", TEXT, method=8)])
    entry = read_zip(data).entries[0]
    cut = make_zip([Made(b"a", TEXT, method=8, compressed_size=entry.compressed_size - 4)])
    result = unpack_noting(cut, read_zip(cut).entries[0], LIMIT)
    assert TEXT.startswith(bytes(result.content))
    assert {"stream-cut", "wrong-checksum"} <= {anomaly.code for anomaly in result.anomalies}


def test_bytes_behind_the_stream_are_noted() -> None:
    packed = len(make_zip([Made(b"a", TEXT, method=8)])) - len(
        make_zip([Made(b"a", b"", method=0)])
    )
    data = make_zip([Made(b"a", TEXT, method=8, compressed_size=packed + 3)])
    result = unpack_noting(data, read_zip(data).entries[0], LIMIT)
    (note,) = result.anomalies
    assert (note.code, note.length) == ("stream-short", 3)


def test_broken_stream_is_a_clear_error() -> None:
    data = make_zip([Made(b"a", b"\xff" * 64, method=8, stored_method=0)])
    with pytest.raises(FormatError, match="cannot be inflated"):
        unpack(data, read_zip(data).entries[0], LIMIT)


def test_works_without_isal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "isal", None)
    try:
        reload(inflate)
        assert inflate.engine is zlib
        data = make_zip([Made(b"a", TEXT, method=8)])
        assert inflate.unpack(data, read_zip(data).entries[0], LIMIT) == TEXT
    finally:
        monkeypatch.undo()
        reload(inflate)
