"""Several phrases at once, held against one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from witnessmark.knowledge.load import load_pack
from witnessmark.knowledge.packs.phrases import Phrase, PhraseReader, fold

PHRASES = tuple(one for one in load_pack("phrases") if isinstance(one, Phrase))
TEXTS = sorted({text for one in PHRASES for text in (*one.matches, *one.not_matches)})


def test_a_reader_finds_what_each_phrase_finds() -> None:
    reader = PhraseReader(PHRASES)
    for text in (*TEXTS, "", "nothing of the kind"):
        assert list(reader.found(text)) == [one for one in PHRASES if one.recognises(text)]


def test_patterns_that_cannot_be_joined_are_still_found() -> None:
    repeated = replace(PHRASES[0], id="made", pattern=r"(?i)\b(\w+) \1\b", unless="")
    reader = PhraseReader((repeated, *PHRASES))
    assert repeated in list(reader.found("again Again"))
    assert repeated not in list(reader.found("once"))


@pytest.mark.parametrize("change", [str.lower, str.upper, str.title, str.swapcase])
def test_every_phrase_of_the_pack_is_found_in_any_case(change: Callable[[str], str]) -> None:
    reader = PhraseReader(PHRASES)
    assert reader._any is not None
    for text in {text for phrase in PHRASES for text in phrase.matches}:
        changed = change(text)
        assert list(reader.found(changed)) == [one for one in PHRASES if one.recognises(changed)]


def test_letters_that_differ_by_case_alone_are_folded_alike() -> None:
    for code in range(0x250):
        letter = chr(code)
        for other in {letter.lower(), letter.upper(), letter.swapcase(), "i", "s", "k", "å"}:
            if len(other) == 1 and re.fullmatch(re.escape(letter), other, re.IGNORECASE):
                assert fold(letter) == fold(other), (letter, other)


@pytest.mark.parametrize("pattern", ["[à-ž]x", "(a)b\\1", "(?i)a", "\\u0041", "[^B-D]"])
def test_patterns_that_cannot_be_folded_are_searched_as_they_are(pattern: str) -> None:
    odd = replace(PHRASES[0], pattern=pattern)
    assert PhraseReader((odd, *PHRASES))._any is None
