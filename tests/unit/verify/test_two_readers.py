"""Two zip readers written apart from each other agree on every member of the fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.formats.zip.inflate import unpack
from witnessmark.formats.zip.reader import read_zip
from witnessmark.verify.archive import Archive

APPS = sorted((Path(__file__).resolve().parents[2] / "apps").glob("*/*.apk"))


@pytest.mark.parametrize("path", APPS, ids=lambda path: path.name)
def test_both_readers_give_the_same_bytes(path: Path) -> None:
    data = path.read_bytes()
    opened = Archive(data)
    entries = read_zip(data).entries
    assert entries
    for entry in entries:
        assert opened.read(entry.member_name) == bytes(unpack(data, entry, 1 << 28))
