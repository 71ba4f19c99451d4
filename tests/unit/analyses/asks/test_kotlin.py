"""Of a tree whose Kotlin is not read nothing is said to be never opened, and a gap says why."""

from __future__ import annotations

from unit.analyses.asks.trees import facts_of, fields_of, reaches_of


def test_what_kotlin_may_open_is_not_called_unreached() -> None:
    assert fields_of("kotlin")["full_name"]["label"] == "Full name"
    assert reaches_of("kotlin") == {"unknown"}


def test_a_gap_names_the_forms_that_it_may_hide() -> None:
    gaps = [gap for gap in facts_of("kotlin").gaps if "Kotlin" in gap.why]
    assert ["asks" in gap.hides for gap in gaps] == [True]
