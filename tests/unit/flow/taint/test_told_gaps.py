"""Gaps of the flows as a reader meets them: counted, named plainly, under the chapter `sends`."""

from __future__ import annotations

import pytest

from witnessmark.flow.taint.follow import MOST_NAMED, _together
from witnessmark.model.gap import Gap


@pytest.mark.parametrize(
    ("number", "count", "ends"),
    [
        (1, "(1 method)", "m0"),
        (MOST_NAMED + 2, f"({MOST_NAMED + 2} methods)", " and 2 more"),
    ],
)
def test_methods_of_one_reason_are_one_gap(number: int, count: str, ends: str) -> None:
    gaps = [Gap(f"Lorg/example/A;->m{n}(I)V", "Too long", ("sends",)) for n in range(number)]
    (told,) = _together(gaps)
    assert told.at.startswith("org.example.A.m0")
    assert told.at.endswith(ends)
    assert "->" not in told.at
    assert told.why.startswith(f"Too long {count}; ")
    assert told.hides == ("sends",)
