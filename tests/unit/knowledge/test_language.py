"""Script, then locale, decide the language."""

from __future__ import annotations

import pytest

from witnessmark.knowledge.language import base_language, candidates


@pytest.mark.parametrize(
    ("locale", "lang"),
    [("zh-rCN", "zh"), ("pt_BR", "pt"), ("in", "id"), ("b+sr+Latn", "sr"), ("", "und")],
)
def test_locales_of_resources(locale: str, lang: str) -> None:
    assert base_language(locale) == lang


@pytest.mark.parametrize(
    ("text", "locale", "first"),
    [
        ("姓名", "und", "zh"), ("氏名", "ja", "ja"), ("お名前", "zh", "ja"), ("이름", "en", "ko"),
        ("ئىسمى", "und", "ug"), ("گذرنامه", "und", "fa"), ("الاسم", "und", "ar"), ("نام", "fa", "fa"),
        ("ұлты", "und", "kk"), ("имя", "en", "ru"), ("Name", "de", "de"), ("Name", "zh", "en"),
    ],
)  # fmt: skip
def test_first_candidate(text: str, locale: str, first: str) -> None:
    assert candidates(text, locale)[0] == first


def test_a_script_of_none_of_our_languages() -> None:
    assert candidates("Όνομα") == ()
