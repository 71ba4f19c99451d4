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
    (told,) = _together(gaps, ())
    assert told.at.startswith("org.example.A.m0")
    assert told.at.endswith(ends)
    assert "->" not in told.at
    assert told.why.startswith(f"Too long {count}; ")
    assert told.hides == ("sends",)


@pytest.mark.parametrize(
    ("owners", "count", "first"),
    [
        (["Lcom/lib/A;", "Lorg/example/B;"], "2 methods, 1 of them outside known libraries", "B"),
        (["Lcom/lib/A;", "Lcom/lib/C;"], "2 methods, all of known libraries", "A"),
        (["Lcom/lib/A;"], "1 method of a known library", "A"),
        (["Lcom/libre/A;"], "1 method", "A"),
    ],
)
def test_what_is_lost_outside_libraries_comes_first(
    owners: list[str], count: str, first: str
) -> None:
    gaps = [Gap(f"{owner}->m()V", "Too long", ("sends",)) for owner in owners]
    (told,) = _together(gaps, ("com.lib",))
    assert f"({count})" in told.why
    assert told.at.split(", ")[0].endswith(f".{first}.m")
