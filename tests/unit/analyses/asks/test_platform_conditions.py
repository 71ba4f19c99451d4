"""Branches on the version of the platform are no conditions on a person or an answer."""

from __future__ import annotations

from typing import cast

import pytest

from witnessmark.analyses.asks._code import Code
from witnessmark.analyses.asks._conditions import Conditions
from witnessmark.analyses.asks._words import Speaker
from witnessmark.flow.forms.values import Guard, Number, Symbol
from witnessmark.flow.forms.values import Test as Question


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Build.SDK_INT", ""),
        ("Session.level", "“Session.level” is 13"),
        ("setting “Build.SDK_INT”", "setting “Build.SDK_INT” is 13"),
    ],
)
def test_a_version_of_the_platform_is_left_out(says: str, told: str) -> None:
    conditions = Conditions(cast(Code, None), "main", {}, cast(Speaker, None))
    assert conditions.words(Guard(Question("equals", Symbol(says), Number(13)), True)) == told
