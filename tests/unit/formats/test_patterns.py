"""Expressions kept between runs are those that `re.compile` makes, and only ours are kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from witnessmark.formats import patterns
from witnessmark.formats.patterns import Patterns

OURS: tuple[tuple[Any, int], ...] = (
    (r"(?P<name>[a-z\u4e00-\u9fff]+)(?:=(\d+))?", re.IGNORECASE),
    (r"(?i)ärzt|\bword\b", 0),
    (rb"[\x00-\xff]{2,9}?(?P<end>\x00)", re.DOTALL),
    ("", 0),
)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WITNESSMARK_CACHE", str(tmp_path))


def _all_of(made: Patterns) -> list[Any]:
    return [made.kept_regex(text, flags) for text, flags in OURS]


def test_kept_expressions_are_equal_and_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Patterns()
    right = [re.compile(text, flags) for text, flags in OURS]
    assert _all_of(first) == right
    first.keep()

    def never(_text: object, _flags: int) -> None:
        raise AssertionError("made anew")

    monkeypatch.setattr(patterns, "_taken_apart", never)
    later = Patterns()
    again = [later.kept_regex(text, flags) for text, flags in OURS[:3]]
    assert again == right[:3]
    found = later.kept_regex(*OURS[0]).match("Ab=12")
    assert found is not None
    assert (found["name"], found[2]) == ("Ab", "12")
    assert again[0].groupindex == {"name": 1}


def test_flags_tell_expressions_apart() -> None:
    made = Patterns()
    made.kept_regex("a")
    made.keep()
    later = Patterns()
    assert later.kept_regex("a", re.IGNORECASE).match("A")
    assert not later.kept_regex("a").match("A")


def test_what_is_no_expression_is_an_error() -> None:
    with pytest.raises(re.error):
        Patterns().kept_regex("(")


@pytest.mark.parametrize("missing", ["_sre", "re._parser", "re._compiler"])
def test_an_interpreter_that_works_in_another_way(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Patterns()
    _all_of(first)
    first.keep()
    whole = patterns._inner
    monkeypatch.setattr(patterns, "_inner", lambda name: None if name == missing else whole(name))
    for made in (Patterns(), Patterns()):
        assert _all_of(made) == [re.compile(text, flags) for text, flags in OURS]
        made.keep()


def test_what_the_engine_refuses_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = patterns.Made("a", b"", 0, 32, b"\xff" * 8, 0, {})
    monkeypatch.setattr(patterns, "_read", lambda: [broken])
    assert Patterns().kept_regex("a").match("a")


@pytest.mark.parametrize("change", [{"groups": 0}, {"code": b"abc"}])
def test_a_record_that_does_not_fit_is_made_anew(change: dict[str, Any]) -> None:
    made = patterns._taken_apart(r"(?P<a>b)(c)", 0)
    assert made is not None
    wrong = msgspec.structs.replace(made, **change)
    assert patterns._put_together(wrong) is None


def test_what_is_forgotten_is_not_kept() -> None:
    made = Patterns()
    made.kept_regex("of a user's own pack")
    made.forget()
    made.kept_regex("ours")
    made.keep()
    assert [one.text for one in patterns._read()] == ["ours"]
