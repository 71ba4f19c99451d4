"""Several phrases at once, held against one after the other."""

from __future__ import annotations

from msgspec.structs import replace

from witnessmark.knowledge.load import load_pack
from witnessmark.knowledge.packs.phrases import Phrase, PhraseReader

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
