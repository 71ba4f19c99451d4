"""What the lexicons promise, on strings labelled before them."""

from __future__ import annotations

from labelled.score import Figures, outcomes


def test_held_out_precision_and_recall() -> None:
    held = Figures.of(one for one in outcomes() if one.row.held_out)
    assert held.strings >= 400
    assert held.precision >= 0.95
    assert held.recall >= 0.90


def test_fresh_sets_stay_as_they_were_mended() -> None:
    fresh = Figures.of(outcomes("fresh.csv"))
    assert fresh.strings >= 800
    assert fresh.precision >= 0.95
    assert fresh.recall >= 0.93
