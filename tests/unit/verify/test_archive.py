"""Members are found however an archive lies."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.verify import archive
from witnessmark.verify.archive import Archive

TEXT = b"what stands here " * 50


def made(
    names: tuple[str, ...] = ("a", "b/c", "姓名"), method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for number, name in enumerate(names):
            info = zipfile.ZipInfo(name)
            zipped.writestr(info, TEXT + bytes([number]), compress_type=method)
    return out.getvalue()


def patched(data: bytes, signature: bytes, field: int, value: bytes) -> bytes:
    """``data`` with bytes replaced at ``field`` of the first record with ``signature``."""
    at = data.index(signature) + field
    return data[:at] + value + data[at + len(value) :]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_by_name(method: int) -> None:
    opened = Archive(made(method=method))
    assert [opened.read(name)[-1] for name in ("a", "b/c", "姓名")] == [0, 1, 2]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_by_offset_of_the_local_header() -> None:
    data = made(("same", "same", "same"))
    second = data.index(b"PK\x03\x04", 4)
    assert Archive(data).read(f"same@{second}")[-1] == 1
    with pytest.raises(ValueError, match="no member"):
        Archive(data).read(f"same@{second + 1}")


def test_a_name_that_ends_like_an_offset_needs_its_own() -> None:
    opened = Archive(made(("icon@2", "x")))
    assert opened.read("icon@2@0")[-1] == 0
    with pytest.raises(ValueError, match="no member"):
        opened.read("icon@2")


def test_an_unknown_method_hides_neither_stored_nor_deflated_content() -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        data = made(("a",), method)
        lying = patched(data, b"PK\x01\x02", 10, b"\x4d\x7f")
        assert Archive(lying).read("a") == TEXT + b"\0"


def test_an_encryption_bit_is_ignored_as_android_does() -> None:
    lying = patched(made(("a",)), b"PK\x01\x02", 8, b"\x01\x00")
    assert Archive(lying).read("a") == TEXT + b"\0"


def test_a_directory_displaced_or_gone() -> None:
    data = made()
    end = data.rindex(b"PK\x05\x06")
    displaced = patched(data, b"PK\x05\x06", 16, struct.pack("<I", 5))
    headless = data[:end]
    for lying in (displaced, headless, data[: data.index(b"PK\x01\x02")]):
        assert Archive(lying).read("姓名")[-1] == 2


def test_a_header_at_the_very_end_is_no_entry() -> None:
    data = made(("a",))
    lying = patched(data, b"PK\x01\x02", 42, struct.pack("<I", len(data)))
    assert Archive(lying).read("a")[-1] == 0
    with pytest.raises(ValueError, match="no member"):
        Archive(data + b"PK\x03\x04").read(f"a@{len(data)}")


def test_nothing_is_unpacked_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LIMIT", 100)
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        with pytest.raises(ValueError, match="more than 100 bytes"):
            Archive(made(method=method)).read("a")


def test_bytes_that_do_not_inflate_are_told() -> None:
    data = made(("a",))
    start = data.index(b"a", 30) + 1
    with pytest.raises(ValueError, match="cannot be inflated"):
        Archive(data[:start] + b"\xff" * 8 + data[start + 8 :]).read("a")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_an_archive_or_lack_the_member(data: bytes) -> None:
    with pytest.raises(ValueError, match="no member"):
        Archive(data).read("a")


def test_damaged_archives_never_raise_anything_else() -> None:
    rng = random.Random(7)
    data = made()
    for _ in range(400):
        damaged = bytearray(data)
        for _ in range(rng.randrange(1, 6)):
            damaged[rng.randrange(len(data))] = rng.randrange(256)
        cut = bytes(damaged[: rng.randrange(len(data))]) if rng.random() < 0.3 else bytes(damaged)
        try:
            Archive(cut).read("b/c")
        except ValueError:
            continue


def test_agrees_with_zipfile_on_crc() -> None:
    data = made()
    with zipfile.ZipFile(io.BytesIO(data)) as other:
        for info in other.infolist():
            assert zlib.crc32(Archive(data).read(info.filename)) == info.CRC
