"""Metadata of games: texts and names with their bytes; what is broken is refused."""

from __future__ import annotations

from struct import pack

import pytest

from witnessmark.formats.il2cpp import read_game_metadata
from witnessmark.model.errors import FormatError


def metadata(version: int = 29) -> bytes:
    texts = ["https://game.sample.test/score", "得分"]
    table = body = b""
    for text in texts:
        table += pack("<II", len(text.encode()), len(body))
        body += text.encode()
    names = b"Player\0SendScore\0"
    first = 32
    head = pack("<8I", 0xFAB11BAF, version, first, len(table), first + len(table), len(body),
                first + len(table) + len(body), len(names))  # fmt: skip
    return head + table + body + names


def test_texts_and_names_stand_where_they_say() -> None:
    data = metadata()
    found = read_game_metadata(data)
    assert [text for text, _ in found.texts] == ["https://game.sample.test/score", "得分"]
    assert [name for name, _ in found.names] == ["Player", "SendScore"]
    for text, span in (*found.texts, *found.names):
        assert data[span.offset : span.end].decode() == text


def test_broken_metadata_are_refused() -> None:
    for data, says in (
        (b"\0" * 64, "no metadata"), (metadata(99), "version 99"), (metadata()[:-1], "outside"),
        (metadata()[:20], "cut"),
    ):  # fmt: skip
        with pytest.raises(FormatError, match=says):
            read_game_metadata(data)
