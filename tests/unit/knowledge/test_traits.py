"""Words that sort people, found one by one and all at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.knowledge.load import load_pack
from witnessmark.knowledge.packs.traits import THING, Trait, TraitIndex, TraitReader

TRAITS = tuple(one for one in load_pack("traits") if isinstance(one, Trait))
INDEX = TraitIndex(TRAITS)
READER = TraitReader(TRAITS)
WORDS = sorted({word for one in TRAITS for word in one.words})


def traits_of(label: str) -> set[str]:
    return {one.trait for one in INDEX.named_by(label)}


@pytest.mark.parametrize(
    ("label", "trait"),
    [
        ("重点上访人员", "petition"),
        ("Drug user", "person_kind"),
        ("Wears a veil", "lawful_behaviour"),
        ("ئۇيغۇر", "ethnicity"),
        ("Свидетели Иеговы", "religion"),
        ("hộ nghèo", "welfare"),
    ],
)
def test_a_label_names_its_trait(label: str, trait: str) -> None:
    assert trait in traits_of(label)


@pytest.mark.parametrize(
    "label", ["学生成绩", "Student list", "增加课程", "Prayer settings", "孕妇装"]
)
def test_a_label_that_goes_on_with_a_thing_names_none(label: str) -> None:
    assert traits_of(label) == set()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join))
def test_all_at_once_agrees_with_one_by_one(label: str) -> None:
    alone = {one for one in TRAITS if one.trait != THING and one.recognises(label)}
    assert INDEX.named_by(label) <= alone


@given(st.sampled_from([one for one in TRAITS if one.trait != THING]), st.data())
def test_a_bare_word_is_always_found(trait: Trait, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(trait.words))
    assert trait in INDEX.named_by(word)


@given(st.text(max_size=60))
def test_any_text_is_survived(label: str) -> None:
    INDEX.named_by(label)


@given(
    st.one_of(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("".join),
        st.text(max_size=30),
    )
)
def test_a_reader_says_what_each_trait_says(label: str) -> None:
    assert READER.recognised(label) == [one for one in TRAITS if one.recognises(label)]
