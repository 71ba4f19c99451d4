"""Requests of one app, from its package and from its source alone."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from witnessmark import pipeline
from witnessmark.analyses.catalogue import catalogue
from witnessmark.analyses.runner import run_analyses
from witnessmark.analyses.tables import REQUESTS
from witnessmark.knowledge.load import load

APP = Path(__file__).parents[3] / "apps" / "requests"
NEEDED = ("embeds/sdk", "takes/device_data", "sends/request")


@cache
def subjects(name: str) -> list[dict[str, Any]]:
    chosen = [one for one in catalogue() if one.id in NEEDED]
    know = load({pack for one in chosen for pack in one.knows})
    results = run_analyses(pipeline.read_app([APP / name]), know, chosen)
    assert results.crashes == ()
    told = [json.loads(text) for (text,) in results.facts.table(REQUESTS).rows("subject")]
    return sorted(told, key=lambda one: json.dumps(one, sort_keys=True))


def test_source_without_its_libraries_tells_the_same() -> None:
    for ours, theirs in zip(subjects("requests.apk"), subjects("src"), strict=True):
        assert {**ours, "owner": ""} == {**theirs, "owner": ""}
