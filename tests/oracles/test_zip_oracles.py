"""ZIP reading against Python's zipfile, and against peers that read what zipfile refuses."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from apps.real import APPS, real_app
from witnessmark.formats.zip import read_zip, unpack_noting

FIXTURES = Path(__file__).resolve().parents[1] / "apps"
LIMIT = 1 << 28
ANTI_ANALYSIS = "WITNESSMARK_ANTI_ANALYSIS"


def assert_read_alike(data: bytes) -> None:
    archive = read_zip(data)
    with zipfile.ZipFile(io.BytesIO(data)) as peer:
        theirs = [(one.orig_filename, one.file_size, one.CRC) for one in peer.infolist()]
        assert [(one.name, one.size, one.crc32) for one in archive.entries] == theirs
        for info, entry in zip(peer.infolist(), archive.entries, strict=True):
            unpacked = unpack_noting(data, entry, LIMIT)
            assert unpacked.anomalies == (), entry.name
            assert unpacked.content == peer.read(info), entry.name


@pytest.mark.parametrize("name", ["intake.apk", "intake-r8.apk"])
def test_own_fixtures_read_as_zipfile_reads_them(name: str) -> None:
    assert_read_alike((FIXTURES / "intake" / name).read_bytes())


@pytest.mark.parametrize("name", sorted(APPS))
def test_real_apps_read_as_zipfile_reads_them(name: str) -> None:
    data = real_app(name).read_bytes()
    assert_read_alike(data)
    assert read_zip(data).anomalies == ()


def test_what_zipfile_refuses_is_read_whole() -> None:
    """Under a compression method that is none, Python's own reader gives up; Android does not."""
    original = (FIXTURES / "intake" / "intake.apk").read_bytes()
    data = bytearray(original)
    sound = read_zip(original)
    for entry in sound.entries:
        struct.pack_into("<H", data, entry.central_header.offset + 10, 0x4A21)
    changed = bytes(data)
    archive = read_zip(changed)
    with zipfile.ZipFile(io.BytesIO(data)) as peer, pytest.raises(NotImplementedError):
        peer.read("classes.dex")
    for ours, plain in zip(archive.entries, sound.entries, strict=True):
        plain_content = unpack_noting(original, plain, LIMIT).content
        assert unpack_noting(changed, ours, LIMIT).content == plain_content


def test_anti_analysis_files_are_read_whole() -> None:
    """Apps built to break readers; a peer (apkInspector) lists the same names where installed."""
    folder = os.environ.get(ANTI_ANALYSIS)
    if not folder:
        pytest.skip(f"{ANTI_ANALYSIS} names no folder of anti-analysis APKs")
    headers = pytest.importorskip("apkInspector.headers", reason="apkInspector is not installed")
    apps = sorted(Path(folder).glob("*.apk"))
    assert apps
    for path in apps:
        data = path.read_bytes()
        archive = read_zip(data)
        theirs = list(headers.ZipEntry.parse(str(path), raw=False).namelist())
        if any(note.code == "directory-cut" for note in archive.anomalies):
            theirs = theirs[:-1]  # the peer takes the cut name as it stands
        assert set(theirs) <= {entry.name for entry in archive.entries}, path.name
        for entry in archive.entries:
            notes = {note.code for note in unpack_noting(data, entry, LIMIT).anomalies}
            assert not notes & {"wrong-checksum", "stream-cut"}, (path.name, entry.name)
