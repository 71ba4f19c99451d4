"""English as it is written out here, held against what Babel says of it."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.report.words.conventions import English, conventions

BRITISH = Locale.parse("en_GB")


@given(st.integers(-(10**15), 10**15))
def test_numbers_and_plurals(number: int) -> None:
    assert English().number(number) == format_decimal(number, locale=BRITISH)
    assert English().plural(number) == BRITISH.plural_form(number)


@given(st.lists(st.text(max_size=5), min_size=1, max_size=5))
def test_lists(parts: list[str]) -> None:
    assert English().all_of(parts) == format_list(parts, locale=BRITISH)


def test_direction() -> None:
    assert English().direction == BRITISH.text_direction


@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("ug", "rtl")])
def test_other_languages_are_told_by_babel(lang: str, direction: str) -> None:
    told = conventions(lang)
    assert told.direction == direction
    assert told.number(12345) == format_decimal(12345, locale=lang)
    assert told.number(12345) == told.number(12345)
