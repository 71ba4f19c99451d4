"""Layouts with more views side by side than are placed at once lose none of their fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from miniapp.apk import write_apk
from witnessmark import pipeline
from witnessmark.analyses.asks import _placing
from witnessmark.analyses.catalogue import catalogue
from witnessmark.analyses.runner import run_analyses
from witnessmark.knowledge.load import load

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
    app = tmp_path / "long.apk"
    app.write_bytes(write_apk({"layouts": {"form": layout}}))
    chosen = [one for one in catalogue() if one.id == "asks/field" or one.id.startswith("embeds/")]
    know = load({pack for one in chosen for pack in one.knows})
    found = run_analyses(pipeline.read_app([app]), know, chosen).by_analysis["asks/field"]
    told = {one.subject["name"]: one.subject["label"] for one in found}
    assert told == {f"q{n}": f"Question {n}" for n in range(count)}
