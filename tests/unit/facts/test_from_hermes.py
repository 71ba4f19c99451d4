"""Compiled JavaScript as rows, and addresses in it as endpoints."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.artifacts import COVERAGE
from witnessmark.facts.tables.scripts import SCRIPT_CALLS, SCRIPT_FUNCTIONS, SCRIPT_TEXTS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.package.open import open_input

INTAKE = Path(__file__).parents[2] / "apps" / "intake" / "intake.apk"
SAMPLES = Path(__file__).parents[1] / "formats" / "hermes" / "samples"


def facts(where: Path, bundle: bytes) -> Facts:
    path = where / "app.apk"
    shutil.copy(INTAKE, path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("assets/index.android.bundle", bundle)
    return build_facts(open_input([path]))


def test_rows_of_a_bundle_point_into_it(tmp_path: Path) -> None:
    app = facts(tmp_path, (SAMPLES / "officer-96.hbc").read_bytes())
    assert list(app.table(SCRIPTS).rows("name", "kind", "version", "functions", "read")) == [
        ("assets/index.android.bundle", "hermes", "96", 9, "code")
    ]
    codecs = {"latin-1": "latin-1", "utf-16le": "utf-16-le"}
    rows = list(app.table(SCRIPT_TEXTS).rows("text", "reads_as", "artifact", "offset", "length"))
    assert "https://collect.sample.test/api" in [row[0] for row in rows]
    for text, reads_as, artifact, offset, length in rows:
        assert bytes(app.blob(artifact)[offset : offset + length]).decode(codecs[reads_as]) == text
    assert "getCurrentPosition" not in [row[0] for row in rows], "a name is no text"
    assert "locate" in list(app.table(SCRIPT_FUNCTIONS)["name"])
    calls = {
        name: json.loads(given) for name, given in app.table(SCRIPT_CALLS).rows("name", "arguments")
    }
    assert calls["localStorage.setItem"] == ["lastPlace", "now"]
    assert calls["fetch"] == [
        "https://collect.sample.test/api/person/add",
        {
            "method": "POST",
            "headers": {"X-Key": "k-4711"},
            "body": {
                "()": [
                    "JSON.stringify",
                    {"fullName": None, "idNumber": None, "note": "größer als ü — 身份证"},
                ]
            },
        },
    ]
    assert calls["navigator.geolocation.getCurrentPosition"][1:] == [
        "=null", {"enableHighAccuracy": "=true"},
    ]  # fmt: skip


def test_a_broken_bundle_is_a_gap_and_stands_in_the_ledger(tmp_path: Path) -> None:
    app = facts(tmp_path, (SAMPLES / "officer-96.hbc").read_bytes()[:900])
    assert len(app.table(SCRIPTS)) == 0
    assert any("compiled JavaScript cannot be read" in gap.why for gap in app.gaps)
    ledger = [row for row in app.table(COVERAGE).rows() if row[1] == "code (Hermes)"]
    assert [(row[2], row[3], row[4]) for row in ledger] == [("bytes", 900, 0)]
