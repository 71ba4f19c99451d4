"""Facts of apps made for one test."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from miniapp.apk import write_apk
from witnessmark.facts.build import build_facts
from witnessmark.facts.view import Facts
from witnessmark.package.app import App
from witnessmark.package.open import open_input

INTAKE = Path(__file__).resolve().parents[2] / "apps" / "intake" / "intake.apk"
ANDROID = 'xmlns:android="http://schemas.android.com/apk/res/android"'


def open_made(case: Mapping[str, Any]) -> App:
    """An app of the given parts (see `miniapp.apk.write_apk`), opened."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.apk"
        path.write_bytes(write_apk(case))
        return open_input([path])


def facts_of(**case: object) -> Facts:
    """Facts of a made app."""
    return build_facts(open_made(case))


def facts_of_manifest(body: str, attributes: str = "") -> Facts:
    """Facts of an app whose manifest holds ``body``."""
    manifest = f'<manifest {ANDROID} package="org.example" {attributes}>{body}</manifest>'
    return facts_of(manifest=manifest)
