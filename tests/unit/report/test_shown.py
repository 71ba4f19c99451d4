"""App text cannot hide, reorder or inject anything."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.report.shown import UNSEEN, plain, shown


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("<b>&\"'", "&lt;b&gt;&amp;&#34;&#39;"),
        ("a\u202eb", "a<i class=u>U+202E</i>b"),
        ("\x00", "<i class=u>U+0000</i>"),
        ("\ud800", "<i class=u>U+D800</i>"),
        ("\u202e<i>", "<i class=u>U+202E</i>&lt;i&gt;"),
        ("a\tb\nc", "a\tb\nc"),
        ("ئا\u200dئە \u200c", "ئا\u200dئە \u200c"),
        ("入户 ئۇيغۇر العربية བོད", "入户 ئۇيغۇر العربية བོད"),
        (12, "12"),
    ],
)
def test_shown(text: object, markup: str) -> None:
    assert str(shown(text)) == markup


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=[])))
def test_what_is_shown_holds_no_markup_and_no_unseen_sign(text: str) -> None:
    markup = str(shown(text)).replace("<i class=u>", "").replace("</i>", "")
    assert UNSEEN.search(markup) is None
    assert "<" not in markup
    str(shown(text)).encode("utf-8")
    assert UNSEEN.search(plain(text)) is None


def test_every_direction_control_is_named() -> None:
    controls = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    found = [chr(n) for n in range(0x110000) if unicodedata.bidirectional(chr(n)) in controls]
    assert len(found) == 9
    assert all(UNSEEN.search(char) for char in [*found, "\u200e", "\u200f", "\u061c"])
