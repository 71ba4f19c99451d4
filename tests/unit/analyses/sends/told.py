"""What `sends/request` tells of an app, an archive or a folder of source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from witnessmark import pipeline
from witnessmark.analyses.catalogue import catalogue
from witnessmark.analyses.runner import Results, run_analyses
from witnessmark.analyses.tables import REQUESTS
from witnessmark.knowledge.load import load

NEEDED = ("embeds/sdk", "takes/device_data", "sends/request")
MANIFEST = """<manifest xmlns:android="http://schemas.android.com/apk/res/android"
  package="org.example"><application><activity android:name=".Main" android:exported="true">
  <intent-filter><action android:name="android.intent.action.MAIN"/>
  <category android:name="android.intent.category.LAUNCHER"/></intent-filter></activity>
</application></manifest>"""


@cache
def results_of(app: Path) -> Results:
    """All that the analyses found; none of them stopped."""
    chosen = [one for one in catalogue() if one.id in NEEDED]
    know = load({pack for one in chosen for pack in one.knows})
    results = run_analyses(pipeline.read_app([app]), know, chosen)
    assert results.crashes == ()
    return results


def requests_of(app: Path) -> list[dict[str, Any]]:
    """Subjects of all requests."""
    rows = results_of(app).facts.table(REQUESTS).rows("subject")
    return [json.loads(text) for (text,) in rows]


def source_tree(folder: Path, sources: Mapping[str, str]) -> Path:
    """An app of classes of ``org.example`` by name; ``Main`` is what a person opens."""
    place = folder / "app" / "src" / "org" / "example"
    place.mkdir(parents=True)
    for name, source in sources.items():
        (place / f"{name}.java").write_text(source, encoding="utf-8")
    (folder / "app" / "AndroidManifest.xml").write_text(MANIFEST, encoding="utf-8")
    return folder / "app"
