"""Words that are none of a language are told without its lexicon, and never one that is."""

from __future__ import annotations

import pytest

from witnessmark.knowledge.language import LATIN
from witnessmark.knowledge.lexicon import Beginnings, Lexicon
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.concepts import Concept
from witnessmark.knowledge.packs.grammar import Grammar
from witnessmark.knowledge.packs.languages import Words

KNOW = load(("concepts", "grammar", "languages"))
CONCEPTS = {one.id: one for one in KNOW.entries("concepts", Concept)}
GRAMMARS = {one.id: one for one in KNOW.entries("grammar", Grammar)}
ENGLISH = (
    "view",
    "count",
    "enabled",
    "nombre",
    "nama",
    "vorname",
    "xqzt",
    "id",
    "adresse",
    "nomes",
)


@pytest.mark.parametrize("lang", LATIN)
def test_what_a_lexicon_may_cover_may_be_of_its_language(lang: str) -> None:
    listed = [one for one in KNOW.entries("languages", Words) if one.lang == lang]
    lexicon = Lexicon(GRAMMARS[lang], listed, CONCEPTS)
    begun = Beginnings(GRAMMARS[lang], listed)
    written = [word for entry in listed for word in entry.words]
    for word in (*ENGLISH, *(part for one in written for part in one.casefold().split())):
        assert begun.may_be_of([word]) or not lexicon.may_cover([word])
    assert not begun.may_be_of(["xqzt"])
    assert not begun.may_be_of([*ENGLISH[:1], "xqzt"])
    assert begun.may_be_of([])
