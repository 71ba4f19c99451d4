"""Packs are kept parsed, for exactly the files and the code that they were made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.knowledge.kept import kept_entries
from witnessmark.knowledge.schema import Entry

ENTRIES = (Entry(id="a", says="A.", source="here"), Entry(id="b", says="B.", source="there"))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WITNESSMARK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_pack_is_read_once(tmp_path: Path) -> None:
    source = tmp_path / "words.csv"
    source.write_text("id\na\n")
    read = []

    def reading() -> tuple[Entry, ...]:
        read.append(1)
        return ENTRIES

    for _ in range(3):
        assert kept_entries("words", Entry, [source], reading) == ENTRIES
    assert len(read) == 1
    source.write_text("id\nb\n")
    assert kept_entries("words", Entry, [source], reading) == ENTRIES
    assert len(read) == 2


def test_what_was_altered_is_read_anew(tmp_path: Path, cache: Path) -> None:
    source = tmp_path / "words.csv"
    source.write_text("id\na\n")
    kept_entries("words", Entry, [source], lambda: ENTRIES)
    (kept,) = (cache / "kernels").iterdir()
    content = bytearray(kept.read_bytes())
    content[-1] ^= 1
    kept.write_bytes(content)
    assert kept_entries("words", Entry, [source], lambda: ENTRIES[:1]) == ENTRIES[:1]


def test_nothing_is_kept_where_nothing_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WITNESSMARK_CACHE", "")
    source = tmp_path / "words.csv"
    source.write_text("id\na\n")
    assert kept_entries("words", Entry, [source], lambda: ENTRIES) == ENTRIES
    assert kept_entries("words", Entry, [source], lambda: ENTRIES[:1]) == ENTRIES[:1]
