"""Components that a resource switches on for some devices are not switched off."""

from __future__ import annotations

from pathlib import Path

import pytest

from miniapp.apk import write_apk
from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.manifest import COMPONENTS
from witnessmark.package.open import open_input

MANIFEST = """<manifest xmlns:android="http://schemas.android.com/apk/res/android"
 package="org.example"><application><service android:name=".Watch" android:enabled="{}"/>
 </application></manifest>"""


@pytest.mark.parametrize(
    ("stated", "texts", "enabled"),
    [
        ("true", {"": "x"}, True),
        ("false", {"": "x"}, False),
        ("@string/on", {"": "false", "fr": "true"}, True),
        ("@string/on", {"": "true", "fr": "false"}, True),
        ("@string/on", {"": "false", "fr": "false"}, False),
    ],
)
def test_enabled(tmp_path: Path, stated: str, texts: dict[str, str], *, enabled: bool) -> None:
    path = tmp_path / "app.apk"
    case = {"manifest": MANIFEST.format(stated), "strings": {"on": texts}, "classes": []}
    path.write_bytes(write_apk(case))
    table = build_facts(open_input([path])).table(COMPONENTS)
    rows = dict(table.rows("kind", "enabled"))
    assert bool(rows["service"]) is enabled
