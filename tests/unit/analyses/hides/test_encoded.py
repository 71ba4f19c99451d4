"""Words of decoded texts are looked for among those that stand in the app as they are."""

from __future__ import annotations

from pathlib import Path

from witnessmark import pipeline
from witnessmark.analyses.hides._encoded import Encoded, _folding, _nowhere

SAMPLE = Path(__file__).parents[1] / "sends" / "samples" / "patrol.dex"


def test_a_word_in_capitals_is_another_word_unless_letters_are_folded() -> None:
    facts = pipeline.read_app([SAMPLE])
    words = ["OFFICER", "officer", "hidden"]
    assert _nowhere(facts, words) == {"OFFICER", "hidden"}
    assert _nowhere(facts, words, folded=True) == {"hidden"}


def test_who_gives_one_text_in_two_spellings_may_only_fold_letters() -> None:
    names = [Encoded(0, 0, text, "table") for text in ("DEPT", "Dept")]
    assert _folding([*names, Encoded(0, 0, "secret", "decode")]) == {"table"}
