"""Patterns of names, held against what ``fnmatch`` answers."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.knowledge.globs import fits


@given(
    st.text(alphabet="ab/.\n", max_size=8),
    st.text(alphabet="ab/.*?[]!", max_size=7),
)
def test_as_fnmatch_answers(name: str, pattern: str) -> None:
    assert fits(name, pattern) == fnmatchcase(name, pattern)


@pytest.mark.parametrize(
    ("name", "pattern", "told"),
    [
        ("jquery-3.1.1.min.js", "jquery*.js", True), ("aa", "a*a", True), ("a", "a*a", False),
        ("abcbd", "a*b*d", True), ("abd", "a*b*bd", False), ("README", "readme*", False),
    ],
)  # fmt: skip
def test_runs_of_characters_do_not_overlap(name: str, pattern: str, told: bool) -> None:
    assert fits(name, pattern) is told
