"""Every entry of the lexicons proves itself, through the classifier that analyses use."""

from __future__ import annotations

import pytest

from witnessmark.knowledge.lexicon import MARKS
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.concepts import Concept
from witnessmark.knowledge.packs.languages import Words
from witnessmark.knowledge.people import PACKS, Classifier

KNOW = load(PACKS)
CLASSIFIER = Classifier(KNOW)
ENTRIES = KNOW.entries("languages", Words)
CONCEPTS = {one.id: one for one in KNOW.entries("concepts", Concept)}
LANGUAGES = sorted({one.lang for one in ENTRIES})


def locale(lang: str) -> str:
    """Pinyin is a way to write identifiers; no resource says so."""
    return "und" if lang == "pinyin" else lang


@pytest.mark.parametrize("lang", LANGUAGES)
def test_examples_are_read_as_their_concept(lang: str) -> None:
    wrong = []
    for entry in (one for one in ENTRIES if one.lang == lang):
        for text in entry.matches:
            found = CLASSIFIER.classify(text, locale(lang))
            if not set(CONCEPTS[entry.concept].categories) & set(found.categories):
                wrong.append((entry.id, text, found.categories, found.because))
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_counter_examples_are_not(lang: str) -> None:
    wrong = []
    for entry in (one for one in ENTRIES if one.lang == lang):
        for text in entry.not_matches:
            found = CLASSIFIER.classify(text, locale(lang))
            if set(CONCEPTS[entry.concept].categories) & set(found.categories):
                wrong.append((entry.id, text, found.categories, found.because))
    assert wrong == []


def test_every_fact_has_an_example_or_only_words_that_need_context() -> None:
    for entry in ENTRIES:
        if CONCEPTS[entry.concept].kind == "fact":
            unsure = all(word[-1] in MARKS for word in entry.words)
            assert entry.not_matches, entry.id
            assert entry.matches or unsure, entry.id


def test_entries_name_concepts_that_exist() -> None:
    assert {one.concept for one in ENTRIES} <= set(CONCEPTS)


def test_categories_of_concepts_exist() -> None:
    known = {one.id for one in KNOW.pack("people")}
    assert {term for one in CONCEPTS.values() for term in one.categories} <= known
