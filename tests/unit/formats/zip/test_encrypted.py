"""Locked entries, as 7-Zip writes them: a list of invented words behind an invented password."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from witnessmark.formats.zip import ZipEntry, read_zip
from witnessmark.formats.zip.encrypted import is_locked, unlock
from witnessmark.model.errors import FormatError

ASSETS = Path(__file__).parents[3] / "apps/lists/assets"
ARCHIVES = [("apps.zip", b"com.example.chat0\n"), ("hosts.zip", b"news0.example.org\n")]
PASSWORD = b"invented-word"
LIMIT = 1 << 20


def archive(name: str) -> tuple[memoryview, ZipEntry]:
    data = memoryview((ASSETS / name).read_bytes())
    (entry,) = read_zip(data).entries
    assert is_locked(entry)
    return data, entry


@pytest.mark.parametrize(("name", "begins"), ARCHIVES)
def test_the_password_opens(name: str, begins: bytes) -> None:
    data, entry = archive(name)
    content = unlock(data, entry, PASSWORD, LIMIT)
    assert content.startswith(begins)
    assert len(content) == entry.size


@pytest.mark.parametrize("name", [name for name, _ in ARCHIVES])
@pytest.mark.parametrize("password", [b"", b"invented-wore", b"invented-word "])
def test_another_password_is_refused(name: str, password: bytes) -> None:
    data, entry = archive(name)
    with pytest.raises(FormatError):
        unlock(data, entry, password, LIMIT)


@pytest.mark.parametrize("name", [name for name, _ in ARCHIVES])
def test_damage_is_an_error_or_the_content(name: str) -> None:
    good, _ = archive(name)
    chance = random.Random(7)
    for _ in range(200):
        data = bytearray(good)
        for _ in range(3):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        try:
            for one in read_zip(bytes(data)).entries:
                unlock(memoryview(data), one, PASSWORD, LIMIT)
        except FormatError:
            continue
