"""Excerpts by reads_as, each rule strict."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unit.report.samples import encoded
from witnessmark.model.location import ReadsAs
from witnessmark.verify.spelling import spell


@pytest.mark.parametrize(
    ("data", "reads_as", "excerpt"),
    [
        (b"\xde\xad", "hex", "dead"),
        (b"", "hex", ""),
        ("姓名".encode(), "utf-8", "姓名"),
        (b"a\xc0\x80b", "mutf-8", "a\0b"),
        (b"\xed\xa0\xbd\xed\xb8\x80", "mutf-8", "😀"),
        ("😀".encode(), "mutf-8", "😀"),
        ("😀".encode("utf-16le"), "utf-16le", "😀"),
        (b"\xe9", "latin-1", "é"),
        (b"x", "sha256", hashlib.sha256(b"x").hexdigest()),
    ],
)
def test_spelled(data: bytes, reads_as: str, excerpt: str) -> None:
    assert spell(data, reads_as) == excerpt


@pytest.mark.parametrize(
    ("data", "reads_as"),
    [
        (b"\xff", "utf-8"),
        (b"\xed\xa0\xbd", "mutf-8"),
        (b"\xc0\x81", "mutf-8"),
        (b"\xff", "mutf-8"),
        (b"a", "utf-16le"),
        (b"\x00\xd8", "utf-16le"),
        (b"a", "ascii"),
        (b"a", "rot13"),
    ],
)
def test_refused(data: bytes, reads_as: str) -> None:
    with pytest.raises(ValueError, match=r"codec|read as"):
        spell(data, reads_as)


@settings(max_examples=100, deadline=None)
@given(st.text(), st.sampled_from(["utf-8", "mutf-8", "utf-16le"]))
def test_all_text_comes_back(text: str, reads_as: ReadsAs) -> None:
    assert spell(encoded(text, reads_as), reads_as) == text
