"""The glossary: where a gloss comes from, and that no term is there twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from witnessmark.knowledge.gloss import APP, COMPOSED, PACKS, Gloss, Glossary, load_glossary
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.glossary import Term, languages
from witnessmark.model.errors import KnowledgeError

GLOSSARY = load_glossary()
TERMS = [(one.lang, one) for one in load(["glossary"]).entries("glossary", Term)]
NOT_OF_FORMS = ("app", "country")


def test_no_term_is_there_twice() -> None:
    twice = [key for key, n in Counter((lang, t.term) for lang, t in TERMS).items() if n > 1]
    assert twice == []


def test_every_origin_is_explained() -> None:
    assert all(" " in one.source for _, one in TERMS)


def test_size() -> None:
    count = Counter(lang for lang, t in TERMS if t.domain not in NOT_OF_FORMS)
    every = Counter(lang for lang, _ in TERMS)
    assert count["zh"] >= 3000
    assert all(every[lang] >= 500 for lang in ("ar", "fa", "ru", "ug"))


def test_an_exact_term_says_its_origin() -> None:
    found = GLOSSARY.gloss("中共党员", "zh")
    assert found == Gloss(
        "member of the Communist Party", "GB/T 4762, codes of political affiliation"
    )


def test_traditional_characters_find_the_simplified_term() -> None:
    found = GLOSSARY.gloss("與戶主關係", "zh-TW")
    assert found is not None
    assert found.text == "relationship to head of household"


def test_a_compound_is_composed_and_says_so() -> None:
    assert GLOSSARY.gloss("嫌疑人车牌号", "zh") == Gloss("suspect plate number", COMPOSED)


def test_a_compound_with_an_unknown_part_has_no_gloss() -> None:
    assert GLOSSARY.gloss("嫌疑人魑魅", "zh") is None


def test_a_number_beside_a_label_stays() -> None:
    told = [GLOSSARY.gloss(text, "zh") for text in ("检查人2", "1.姓名：", "16栋")]
    assert [one.text if one else "" for one in told] == ["inspector 2", "1. name", ""]


def test_single_characters_of_apps_compose_nothing() -> None:
    assert GLOSSARY.gloss("中", "zh")
    assert GLOSSARY.gloss("性别中", "zh") is None


def test_yours_is_no_possessive_of_another_word() -> None:
    assert GLOSSARY.gloss("请输入您的姓名", "zh").text == "please enter your name"  # type: ignore[union-attr]


def test_the_apps_own_english_goes_first() -> None:
    assert GLOSSARY.gloss("姓名", "zh", "Full name") == Gloss("Full name", APP)


def test_terms_are_read_for_languages_that_have_some() -> None:
    know = load(PACKS)
    glossary = Glossary(know)
    assert glossary.gloss("Nombre", "es") is None
    assert know.is_unread("glossary")
    assert glossary.gloss("姓名", "zh")
    assert not know.is_unread("glossary")
    assert languages() == {lang for lang, _ in TERMS}


def test_english_needs_no_gloss() -> None:
    assert GLOSSARY.gloss("Name", "en") is None


def test_other_languages() -> None:
    for text, lang, gloss in (
        ("مىللىتى", "ug", "ethnic group"),
        ("الديانة", "ar", "religion"),
        ("محل تولد", "fa", "place of birth"),
        ("Вероисповедание:", "ru", "religious confession"),
    ):
        found = GLOSSARY.gloss(text, lang)
        assert found is not None
        assert found.text == gloss


def test_a_users_glossary_adds_terms(tmp_path: Path) -> None:
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary/zh-mine.csv").write_text(
        "term,gloss,domain,origin\n魑魅,goblin,tale,my dictionary\n", encoding="utf-8"
    )
    assert load_glossary((tmp_path,)).gloss("魑魅", "zh") == Gloss("goblin", "my dictionary")


@pytest.mark.parametrize(
    "content",
    [
        b"term,gloss\na,b\n",
        b"\xff",
        b"term,gloss,domain,origin\na,b\n",
        b"term,gloss,domain,origin\na,,c,d\n",
    ],
)
def test_a_broken_glossary_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary/zh-broken.csv").write_bytes(content)
    with pytest.raises(KnowledgeError, match="zh-broken"):
        load_glossary((tmp_path,))
