"""Layouts with more views than are placed or drawn at once: no field is lost, and what is not drawn
or not looked at is told.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from miniapp.apk import write_apk
from witnessmark import pipeline
from witnessmark.analyses.asks import _drawing, _pages, _placing
from witnessmark.analyses.asks.screen import LEFT_OUT, TOO_LARGE, TOO_MANY
from witnessmark.analyses.catalogue import catalogue
from witnessmark.analyses.runner import Results, run_analyses
from witnessmark.knowledge.load import load
from witnessmark.report.sentences import sentences
from witnessmark.report.words import LANGUAGES

SIZE = 'android:layout_width="match_parent" android:layout_height="wrap_content"'


def test_every_question_of_a_long_form_is_a_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_placing, "MOST_CHILDREN", 10)
    count = 13
    rows = "".join(
        f'<TextView android:text="Question {n}" {SIZE}/><EditText android:id="@+id/q{n}" {SIZE}/>'
        for n in range(count)
    )
    layout = f'<LinearLayout android:orientation="vertical" {SIZE}>{rows}</LinearLayout>'
    found = asked(tmp_path, layout)
    told = {
        one.subject["name"]: one.subject["label"]
        for one in found.findings
        if one.kind == "asks.field"
    }
    assert told == {f"q{n}": f"Question {n}" for n in range(count)}
    (screen,) = [one for one in found.findings if one.kind == "asks.screen"]
    assert screen.subject["drawing"]["left_out"] == 2 * count - 10
    assert screen.limits[0].startswith(
        "The drawing shows 10 parts of this screen and leaves out 16"
    )
    assert not found.gaps


def test_views_beyond_what_is_drawn_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_drawing, "MOST_BOXES", 3)
    rows = "".join(f'<EditText android:id="@+id/q{n}" {SIZE}/>' for n in range(5))
    found = asked(
        tmp_path, f'<LinearLayout android:orientation="vertical" {SIZE}>{rows}</LinearLayout>'
    )
    (screen,) = [one for one in found.findings if one.kind == "asks.screen"]
    assert len(screen.subject["drawing"]["boxes"]) == 3
    assert screen.subject["drawing"]["left_out"] == 2


def test_a_screen_that_is_drawn_whole_says_nothing_of_it(tmp_path: Path) -> None:
    found = asked(
        tmp_path, f'<LinearLayout {SIZE}><EditText android:id="@+id/q" {SIZE}/></LinearLayout>'
    )
    (screen,) = [one for one in found.findings if one.kind == "asks.screen"]
    assert "left_out" not in screen.subject["drawing"]
    assert not any("drawing" in limit for limit in screen.limits)


def test_views_that_stand_too_deep_are_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_placing, "DEEPEST", 2)
    inner = f'<EditText android:id="@+id/q" {SIZE}/><TextView android:text="Name" {SIZE}/>'
    for _ in range(3):
        inner = f"<LinearLayout {SIZE}>{inner}</LinearLayout>"
    shallow = f'<EditText android:id="@+id/seen" {SIZE}/>'
    found = asked(tmp_path, f"<LinearLayout {SIZE}>{shallow}{inner}</LinearLayout>")
    (gap,) = found.gaps
    assert gap.at == "form"
    assert ": 3 were not" in gap.why


def test_screens_beyond_what_is_looked_at_are_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_pages, "MOST_SCREENS", 1)
    layout = f'<LinearLayout {SIZE}><EditText android:id="@+id/q" {SIZE}/></LinearLayout>'
    (gap,) = asked(tmp_path, layout, layout).gaps
    assert gap.why.startswith("of 2 screens, 1 were not looked at")


@pytest.mark.parametrize("lang", sorted(set(LANGUAGES) - {"en"}))
@pytest.mark.parametrize(
    "says",
    [
        LEFT_OUT.format(400, 900),
        TOO_LARGE.format(12),
        TOO_MANY.format(1600, 100),
    ],
)
def test_what_is_left_out_is_told_in_every_language(lang: str, says: str) -> None:
    assert sentences(lang).translated(says)


def asked(folder: Path, *layouts: str) -> Results:
    """What the analyses of screens and fields find in an app with these layouts."""
    app = folder / "long.apk"
    names = ["form", *(f"form_{n}" for n in range(1, len(layouts)))]
    app.write_bytes(write_apk({"layouts": dict(zip(names, layouts, strict=True))}))
    wanted = ("asks/field", "asks/screen")
    chosen = [one for one in catalogue() if one.id in wanted or one.id.startswith("embeds/")]
    know = load({pack for one in chosen for pack in one.knows})
    return run_analyses(pipeline.read_app([app]), know, chosen)
