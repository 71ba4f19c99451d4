"""Catalogues: whole, with the same values in each language, plurals by each language's rules."""

from __future__ import annotations

import csv
import re
from typing import get_args

import pytest
from fluent.syntax import FluentParser, ast, serialize

from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.law import Provision
from witnessmark.knowledge.packs.people import Category
from witnessmark.knowledge.packs.permissions import Permission
from witnessmark.model.errors import UsageError
from witnessmark.model.location import ReadsAs
from witnessmark.report.names import category_name, lang_of_category
from witnessmark.report.sentences import FILES, SLOT, sentences
from witnessmark.report.view import KIND_ORDER
from witnessmark.report.words import FOLDER, LANGUAGES, Words, words

VALUE = re.compile(r"\{ ?\$([a-z0-9]+)")
OTHERS = [lang for lang in LANGUAGES if lang != "en"]


def messages(lang: str) -> dict[str, str]:
    """Messages of a catalogue as they are spelled, by name."""
    body = FluentParser().parse((FOLDER / f"{lang}.ftl").read_text(encoding="utf-8")).body
    assert not [one for one in body if isinstance(one, ast.Junk)], lang
    return {
        one.id.name: serialize(ast.Resource([one])) for one in body if isinstance(one, ast.Message)
    }


ENGLISH = messages("en")


@pytest.mark.parametrize("lang", OTHERS)
def test_every_message_is_translated_with_the_same_values(lang: str) -> None:
    own = messages(lang)
    assert set(own) == set(ENGLISH)
    for name, text in own.items():
        assert set(VALUE.findall(text)) == set(VALUE.findall(ENGLISH[name])), name


def test_only_english_was_reviewed_and_directions_are_known() -> None:
    assert [lang for lang in LANGUAGES if words(lang).reviewed] == ["en"]
    assert [lang for lang in LANGUAGES if words(lang).direction == "rtl"] == ["ug", "ar"]


def test_every_kind_has_a_count_and_a_heading() -> None:
    names = {kind.replace(".", "-") for kind in KIND_ORDER}
    assert {f"kind-{name}" for name in names} | {f"heading-{name}" for name in names} <= set(
        ENGLISH
    )


@pytest.mark.parametrize(
    ("lang", "number", "told"),
    [
        ("en", 1, "1 place"), ("en", 1204, "1,204 places"), ("fr", 0, "0 endroit"),
        ("fr", 2, "2 endroits"), ("ru", 1, "1 место"), ("ru", 3, "3 места"),
        ("ru", 11, "11 мест"), ("ru", 21, "21 место"), ("zh", 5, "5 处"),
        ("ar", 2, "موضعان"), ("ar", 5, "5 مواضع"),
    ],
)  # fmt: skip
def test_numbers_follow_the_language(lang: str, number: int, told: str) -> None:
    assert words(lang)("places", n=number) == told


def test_lists_follow_the_language() -> None:
    assert words("en").all_of(["a", "b", "c"]) == "a, b and c"
    assert words("zh").all_of(["a", "b", "c"]) == "a、b和c"
    assert words("ug").all_of(["a", "b", "c"]) == "a، b ۋە c"
    assert words().all_of([]) == words("ug").all_of([]) == ""


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(UsageError, match="no words in 'xx'"):
        Words("xx")


def rows() -> list[dict[str, str]]:
    told: list[dict[str, str]] = []
    for path in FILES:
        with path.open(encoding="utf-8", newline="") as file:
            told += csv.DictReader(file)
    return told


def test_patterns_keep_their_slots() -> None:
    for row in rows():
        for lang in OTHERS:
            if row[lang]:
                assert set(SLOT.findall(row[lang])) == set(SLOT.findall(row["en"])), row["en"]


@pytest.mark.parametrize("lang", OTHERS)
def test_what_a_pattern_knows_is_translated_and_nothing_else(lang: str) -> None:
    known = sentences(lang).translated("The screen “intake” has a text field “Name”.")
    assert known is not None
    assert set(known[1::2]) == {"intake", "Name"}
    assert sentences(lang).translated("It does not show what becomes of the answer.")
    assert sentences(lang).translated("The screen “intake” has a surprise.") is None


@pytest.mark.parametrize("lang", OTHERS)
def test_english_behind_quoted_words_stays_behind_them(lang: str) -> None:
    says = "The screen “intake” has a text field “姓名” (name)."
    known = sentences(lang).translated(says)
    assert known is not None
    assert set(known[1::2]) == {"intake", "姓名", "name"}
    told = "".join(known)
    assert told.index("姓名") < told.index(" (name)")
    assert told.replace(" (name)", "") == "".join(
        sentences(lang).translated("The screen “intake” has a text field “姓名”.") or ()
    )


def test_questions_of_law_that_are_translated_are_those_that_are_asked() -> None:
    law = load(("law",)).entries("law", Provision)
    asked = {element.question for entry in law for element in entry.elements}
    told = {row["en"] for row in rows() if row["en"].endswith("?")}
    assert told <= asked
    assert len(told) > len(asked) / 2


@pytest.mark.parametrize("reads_as", get_args(ReadsAs))
def test_every_spelling_of_an_excerpt_is_named(reads_as: str) -> None:
    for language in LANGUAGES:
        assert Words(language)(f"reads-as-{reads_as}")


def test_no_sentence_has_two_rows_and_each_is_in_every_language() -> None:
    told = [row["en"] for row in rows()]
    assert len(told) == len(set(told))
    assert not [row["en"] for row in rows() for lang in OTHERS if not row[lang]]
    assert not [text for text in told if not SLOT.sub("", text).strip()]


@pytest.mark.parametrize("lang", OTHERS)
def test_parts_of_a_sentence_are_rows_of_their_own(lang: str) -> None:
    says = (
        "The app takes what is entered in “姓名” (name) on the screen “intake” "
        "and sends it in a request to http://example.org/a."
    )
    known = sentences(lang).translated(says)
    assert known is not None
    assert set(known[1::2]) == {"姓名", "name", "intake", "http://example.org/a"}
    assert sentences(lang).translated("The app reads a surprise and writes it to a file.") is None


def test_a_part_that_holds_the_words_behind_it_is_found_whole() -> None:
    says = "The app reads the address book: people: when a screen opens."
    assert sentences("zh").translated(says) == ("应用读取通讯录：联系人：界面打开时。",)


def test_the_longest_pattern_wins_and_numbers_are_numbers() -> None:
    says = "The app asks for the permission INTERNET (use the network) and uses it in 3 places."
    assert "".join(sentences("fr").translated(says) or ()) == (
        "L’application demande l’autorisation INTERNET (utiliser le réseau) et l’utilise à 3 "
        "endroits."
    )
    assert sentences("fr").translated("several ways lead there; the shortest is quoted.") is None


def test_what_is_read_ends_before_what_is_done_with_it() -> None:
    says = "The app reads the Android ID and sends it in a request."
    told = "".join(sentences("ug").translated(says) or ())
    assert told.index("ئوقۇيدۇ") < told.index("ئەۋەتىدۇ")


@pytest.mark.parametrize("lang", OTHERS)
def test_every_kind_of_personal_data_has_a_name_of_its_own(lang: str) -> None:
    known = load(("people",)).entries("people", Category)
    named = {one.id: category_name(one.id, lang) for one in known}
    assert all(lang_of_category(name, lang) == lang for name in named)
    assert not [name for name in named.values() if not name.strip()]
    assert category_name("pd:SomethingNew", lang) == "something new"
    assert lang_of_category("pd:SomethingNew", lang) == "en"


@pytest.mark.parametrize("lang", OTHERS)
def test_what_says_that_there_are_more_is_told_too(lang: str) -> None:
    known = sentences(lang).translated(
        "Code that runs calls methods that are chosen at run time: 5 places in a.b, c.d and 2 more"
    )
    assert known is not None
    assert "a.b, c.d" in known
    assert "more" not in "".join(known)


@pytest.mark.parametrize("lang", OTHERS)
def test_what_is_taken_and_what_permissions_open_is_told_in_each_language(lang: str) -> None:
    know, known = load({"apis", "permissions"}), sentences(lang)
    apis = know.entries("apis", Api)
    texts = [one.what for one in apis if one.what]
    texts += [f"The app {one.doing(one.action)}." for one in apis]
    opens = [one.says for one in know.entries("permissions", Permission)]
    texts += [says[:1].lower() + says[1:] for says in opens] + opens
    assert [text for text in texts if known.translated(text) is None] == []


def test_words_that_begin_a_sentence_are_those_within_one() -> None:
    assert "".join(sentences("fr").translated("Take pictures and films") or ()) == (
        "Prendre des photos et des films"
    )
    assert sentences("fr").translated("TAKE pictures and films") is None
    assert sentences("fr").translated("Take pictures and sweets") is None


def test_makers_in_brackets_are_named_and_other_words_there_are_taken_over() -> None:
    zh = sentences("zh")
    assert zh.translated("the position (AMap)") == ("位置（高德）",)
    assert zh.translated("the position (LAT)") == ("位置（", "LAT", "）")
