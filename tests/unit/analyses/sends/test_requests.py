"""Requests of one app, from its package and from its source alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from unit.analyses.sends.told import requests_of

APP = Path(__file__).parents[3] / "apps" / "requests"


def subjects(name: str) -> list[dict[str, Any]]:
    told = requests_of(APP / name)
    return sorted(told, key=lambda one: json.dumps(one, sort_keys=True))


def test_source_without_its_libraries_tells_the_same() -> None:
    for ours, theirs in zip(subjects("requests.apk"), subjects("src"), strict=True):
        assert {**ours, "owner": ""} == {**theirs, "owner": ""}
