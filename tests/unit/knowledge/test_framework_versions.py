"""Versions of Android by API level."""

from __future__ import annotations

from witnessmark.knowledge.framework import android_version


def test_a_level_is_told_by_the_version_that_people_know() -> None:
    assert android_version(19) == "4.4"
    assert android_version(29) == "10"


def test_a_level_that_nobody_knows_yet_stays_a_level() -> None:
    assert android_version(999) == "API level 999"
