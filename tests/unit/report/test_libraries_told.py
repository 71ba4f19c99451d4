"""The sentence of every library is told in every language, with its detail or without."""

from __future__ import annotations

import pytest

from witnessmark.analyses.embeds._purposes import PURPOSES
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.sdks import Sdk
from witnessmark.report.sentences import sentences

LANGUAGES = ("zh", "ug", "ar", "fr", "es", "ru")
STATES = (
    "Running code leads to its code.",
    "Nothing that we can see starts its code.",
    "Whether its code runs could not be told.",
    "Files of it are there, but no class under its published names.",
    "The manifest names it, but no class of it is there.",
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_library_is_told(lang: str) -> None:
    words = sentences(lang)
    for sdk in load(["sdks"]).entries("sdks", Sdk):
        named = f"{sdk.name} 1.0 by {sdk.vendor}, for {PURPOSES[sdk.purpose]}"
        for number, by in enumerate(("", "its texts", "the shapes of its classes")):
            renamed = f", by {by}: its classes bear other names" if by else ""
            said = words.translated(f"{named}{renamed}. {sdk.says} {STATES[number]}")
            assert said is not None, sdk.id
            assert "".join(words.translated(STATES[number]) or ()) in "".join(said)
            assert sdk.says not in "".join(said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_detail_is_kept_where_it_is_known_and_left_out_where_not(lang: str) -> None:
    words = sentences(lang)
    known = "Loads pictures."
    head = "Some Library by Some Maker, for pictures."
    with_detail = "".join(words.translated(f"{head} {known} {STATES[0]}") or ())
    assert "".join(words.translated(known) or ("?",)) in with_detail
    without = "".join(words.translated(f"{head} Does a surprise. {STATES[0]}") or ())
    assert "surprise" not in without
    assert "  " not in without
    assert len(without) < len(with_detail)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_purpose_that_nobody_knows_is_not_guessed(lang: str) -> None:
    assert sentences(lang).translated(f"A by B, for a surprise. Text. {STATES[0]}") is None
