"""Renaming measured, packers told apart, real apps not accused."""

from __future__ import annotations

import pytest

from apps.real import APPS, real_app
from witnessmark import pipeline
from witnessmark.analyses.embeds.sdk import SDK
from witnessmark.analyses.hides._renamed import _confuses
from witnessmark.analyses.hides.packer import PACKER
from witnessmark.analyses.runner import run_analyses
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.packers import Packer

PACKERS = load(["packers"]).entries("packers", Packer)


@pytest.mark.parametrize("letter", ["ˊ", "ᐝ", "ﾞ", "\u0301"])
def test_signs_that_confuse(letter: str) -> None:
    assert _confuses(letter)


@pytest.mark.parametrize("letter", ["a", "登", "Ж", "ş", "א", "1"])
def test_letters_of_languages_do_not(letter: str) -> None:
    assert not _confuses(letter)


def test_marks_of_packers_are_their_own() -> None:
    seen: dict[str, str] = {}
    for packer in PACKERS:
        for mark in (*packer.code, *packer.native, *packer.members, *packer.texts):
            assert mark not in seen, f"{mark} in {seen[mark]} and {packer.id}"
            seen[mark] = packer.id


def test_there_are_enough_packers() -> None:
    assert len(PACKERS) >= 45


@pytest.mark.parametrize("name", sorted(APPS))
def test_plain_apps_are_not_called_packed(name: str) -> None:
    facts = pipeline.read_app([real_app(name)])
    results = run_analyses(facts, load((*SDK.knows, *PACKER.knows)), [SDK, PACKER])
    assert results.crashes == ()
    assert [f.says for f in results.findings if f.kind == "hides.packer"] == []
