"""Phrases, and the pieces by which texts that hold none are passed over."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.knowledge.load import load_pack
from witnessmark.knowledge.packs.phrases import Phrase, fold
from witnessmark.knowledge.pieces import pieces_of

PHRASES = tuple(one for one in load_pack("phrases") if isinstance(one, Phrase))


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda one: one.id)
@settings(max_examples=4, deadline=None, derandomize=True)
@given(data=st.data())
def test_each_match_of_a_phrase_holds_one_of_its_pieces(
    phrase: Phrase, data: st.DataObject
) -> None:
    pieces = set(map(fold, pieces_of(phrase.pattern)))
    text = data.draw(st.from_regex(re.compile(phrase.pattern, re.IGNORECASE)))
    changed = data.draw(st.sampled_from([text, text.lower(), text.upper(), text.title()]))
    if pieces and phrase.search(changed) is not None:
        assert any(piece in fold(changed) for piece in pieces), (pieces, changed)


def test_most_phrases_have_pieces() -> None:
    assert sum(bool(pieces_of(one.pattern)) for one in PHRASES) > 0.9 * len(PHRASES)


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        (r"\b(accept|reject) (the )?(task|order)s?\b", {"accept", "reject"}),
        (r"check ?point|patrol\w*", {"check", "patrol"}),
        (r"(?<!un)read(?=y)", {"read"}),
        (r"colou?r map", {"r map"}),
        (r"ab+c{2,3}de", {"ab"}),
        (r"[ab]cde|x", set()),
        (r"(?:foo)?bar", {"bar"}),
        (r"(foo)*", set()),
        (r"(?i)foo", set()),
        (r"(a)b\1", set()),
        (r"a\.bc", {"a.bc"}),
        (r"a[]b", set()),
        (r"a)bc", set()),
    ],
)
def test_pieces_of_patterns(pattern: str, pieces: set[str]) -> None:
    assert pieces_of(pattern) == pieces


def test_letters_that_differ_by_case_alone_are_folded_alike() -> None:
    for code in range(0x250):
        letter = chr(code)
        for other in {letter.lower(), letter.upper(), letter.swapcase(), "i", "s", "k", "å"}:
            if len(other) == 1 and re.fullmatch(re.escape(letter), other, re.IGNORECASE):
                assert fold(letter) == fold(other), (letter, other)
