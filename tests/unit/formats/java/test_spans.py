"""Every instruction stands where the text is that it was made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.formats.java.lowered import Lowered, lower, tree
from witnessmark.formats.java import read_java
from witnessmark.formats.listing.model import Instruction

SHAPES = Path(__file__).parents[3] / "apps" / "java" / "Shapes.java"
READ = {**tree(), "Shapes.java": lower(SHAPES.read_text("utf-8"))}


def instructions(found: Lowered) -> Iterator[Instruction]:
    """All of them, those that only set up a frame left out."""
    for each in found.listing.classes:
        for method in each.methods:
            for one in method.body.instructions if method.body is not None else ():
                if one.span.length:
                    yield one


@pytest.mark.parametrize("name", sorted(READ))
def test_spans_lie_in_the_text(name: str) -> None:
    found = READ[name]
    for one in instructions(found):
        assert 0 <= one.span.offset < one.span.end <= len(found.source)
        assert one.line == 0 or 1 <= one.line <= found.source.count(b"\n") + 1


@pytest.mark.parametrize("name", sorted(READ))
def test_quoted_texts_are_the_texts(name: str) -> None:
    found = READ[name]
    quoted = [one for one in instructions(found) if one.quoted is not None]
    assert quoted or name.startswith(("Config", "C0007b"))
    for one in quoted:
        assert one.quoted is not None
        assert found.source[one.quoted.offset : one.quoted.end].decode() == one.reference


def test_calls_stand_where_they_are_written() -> None:
    found = READ["Upload.java"]
    call = next(one for one in found.code("send") if "getDeviceId" in (one.reference or ""))
    assert found.written(call).endswith(".getDeviceId()")
    assert found.source.split(b"\n")[call.line - 1].strip().startswith(b"String id")


def test_text_that_is_not_latin() -> None:
    found = lower('package p; class C { String s = "姓名"; String t = "\\u59d3\\n"; }')
    first, second = (one for one in found.code("<init>") if one.name == "const-string")
    assert (first.reference, found.written(first)) == ("姓名", '"姓名"')
    assert second.reference == "姓\n"


def test_source_in_a_chinese_encoding() -> None:
    text = 'package p; class C { /* 学生管理 */ String[] s = {"学生成绩", "a学"}; }'
    data = text.encode("gb18030")
    listing = read_java([("C.java", data)])["C.java"]
    found = Lowered(listing, data)
    loads = [one for one in found.code("<init>") if one.name == "const-string"]
    assert [one.reference for one in loads] == ["学生成绩", "a学"]
    quoted = loads[0].quoted
    assert quoted is not None
    assert data[quoted.offset : quoted.end].decode("gb18030") == "学生成绩"
    assert found.unread == ["the text was taken to be in the encoding GB 18030"]
