"""A value that is made when it is first asked for."""

from __future__ import annotations

import pytest

from witnessmark.flow.later import Later


def test_it_is_made_once_and_not_before() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    later = Later(make)
    assert made == []
    assert [later.get(), later.get()] == [1, 1]


def test_what_making_raises_is_raised_and_nothing_is_kept() -> None:
    turns = iter((0, 2))
    later = Later(lambda: 4 // next(turns))
    with pytest.raises(ZeroDivisionError):
        later.get()
    assert later.get() == 2
