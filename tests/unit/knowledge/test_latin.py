"""Letters and articles tell which language in Latin letters a text is in."""

from __future__ import annotations

import pytest

from witnessmark.knowledge.language import LATIN
from witnessmark.knowledge.latin import Latin
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.grammar import Grammar
from witnessmark.knowledge.people import PACKS, Classifier

KNOW = load(PACKS)
LANGUAGES = Latin(one for one in KNOW.entries("grammar", Grammar) if one.id in LATIN)
CLASSIFIER = Classifier(KNOW)


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("¿Edad?", ("en", "es")),
        ("Doğum tarihi", ("en", "tr")),
        ("Họ tên", ("en", "vi")),
        ("Imię", ("en",)),
        ("Nome do pai", ("en", "pt")),
        ("nº", LATIN),
        ("Name", LATIN),
    ],
)
def test_languages_that_a_text_can_be_in(text: str, languages: tuple[str, ...]) -> None:
    assert LANGUAGES.among(text, LATIN) == languages


@pytest.mark.parametrize(
    "text",
    ["¿Cuenta con comedor?", "¿Me permite pasar?", "¿Podría hablar con el director?",
     "Con quién vive", "Me cuenta su caso"],
)  # fmt: skip
def test_words_of_one_language_are_not_read_in_another(text: str) -> None:
    assert CLASSIFIER.classify(text).categories == ()


def test_vietnamese_keeps_its_own() -> None:
    assert CLASSIFIER.classify("Họ tên con").categories == ("pd:Name", "pd:Offspring")
    assert CLASSIFIER.classify("Ho va ten").categories == ("pd:Name",)
    assert CLASSIFIER.classify("Con xyz").categories == ()


def test_an_identifier_counts_as_its_word_is_spelled() -> None:
    assert CLASSIFIER.classify("nombre").categories == ()
    assert CLASSIFIER.classify("nombre", "und", ("email",)).categories == ("pd:Name",)
    assert CLASSIFIER.classify("fecha_nacimiento").categories == ("pd:BirthDate",)


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("Region name", ("pd:Region",)),
        ("Father name", ("pd:Name", "pd:Parent")),
        ("Position:", ()),
        ("Other names", ("pd:Name",)),
    ],
)
def test_the_name_of_a_place_is_nobodys(text: str, categories: tuple[str, ...]) -> None:
    assert CLASSIFIER.classify(text).categories == categories
