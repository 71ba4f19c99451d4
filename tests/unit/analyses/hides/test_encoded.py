"""Words of decoded texts are looked for among those that stand in the app as they are."""

from __future__ import annotations

from pathlib import Path

from witnessmark import pipeline
from witnessmark.analyses.hides._encoded import _nowhere

SAMPLE = Path(__file__).parents[1] / "sends" / "samples" / "patrol.dex"


def test_a_word_in_capitals_is_no_other_word() -> None:
    facts = pipeline.read_app([SAMPLE])
    assert _nowhere(facts, ["OFFICER", "officer", "hidden"]) == {"hidden"}
