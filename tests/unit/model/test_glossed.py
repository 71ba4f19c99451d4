"""English beside quoted words: put there, taken off, never where it would mislead."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from witnessmark.model.finding import Original
from witnessmark.model.glossed import LONGEST_GLOSS, with_glosses, without_glosses

TYPE = Original("采集类型", "zh", "type of collection")


def test_a_quoted_label_is_followed_by_its_gloss() -> None:
    says = "The screen “act_check” has a choice from a list “采集类型”."
    told = "The screen “act_check” has a choice from a list “采集类型” (type of collection)."
    assert with_glosses(says, [TYPE]) == told


def test_words_that_a_sentence_lists_are_followed_by_theirs() -> None:
    nurse, other = Original("护士", "zh", "nurse"), Original("检验员", "zh", "laboratory worker")
    says = "“roles” lists 3 values (护士, x, 检验员)."
    told = "“roles” lists 3 values (护士 (nurse), x, 检验员 (laboratory worker))."
    assert with_glosses(says, [nurse, other]) == told


def test_what_is_not_quoted_whole_has_no_gloss() -> None:
    assert with_glosses("A name “采集类型二”.", [TYPE]) == "A name “采集类型二”."
    assert with_glosses("采集类型 stands open.", [TYPE]) == "采集类型 stands open."


def test_the_same_word_and_long_texts_have_none() -> None:
    same = Original("Name", "de", "name")
    long = Original("说明", "zh", "x" * (LONGEST_GLOSS + 1))
    assert with_glosses("“Name” and “说明”.", [same, long]) == "“Name” and “说明”."


def test_brackets_in_a_gloss_cannot_end_it() -> None:
    told = with_glosses("Asks “婚否”.", [Original("婚否", "zh", "married (or not)")])
    assert told == "Asks “婚否” (married [or not])."
    assert without_glosses(told) == ("Asks “婚否”.", {"婚否": "married [or not]"})


@given(st.text(alphabet="姓名(), “”a.", max_size=30), st.text(alphabet="name ()“", max_size=12))
def test_what_is_put_there_can_be_taken_off(says: str, gloss: str) -> None:
    bare, _ = without_glosses(says)
    told = with_glosses(f"Asks “姓名”; {bare}", [Original("姓名", "zh", gloss)])
    assert without_glosses(told)[0].startswith("Asks “姓名”; ")
