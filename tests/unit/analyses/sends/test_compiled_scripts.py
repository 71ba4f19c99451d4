"""Requests of compiled JavaScript are told as those of its source are."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from witnessmark.analyses.sends._compiled_scripts import compiled_as, compiled_scripts
from witnessmark.analyses.sends._script_requests import script_rows
from witnessmark.facts.build import build_facts
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.script_calls import ScriptCall
from witnessmark.knowledge.packs.web_files import WebFile
from witnessmark.model.gap import Gap
from witnessmark.package.open import open_input

TESTS = Path(__file__).parents[3]
INTAKE = TESTS / "apps" / "intake" / "intake.apk"
SAMPLES = TESTS / "unit" / "formats" / "hermes" / "samples"


@pytest.fixture(scope="module", params=[74, 96, 99])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    path = tmp_path_factory.mktemp("app") / "app.apk"
    shutil.copy(INTAKE, path)
    with zipfile.ZipFile(path, "a") as archive:
        bundle = (SAMPLES / f"officer-{request.param}.hbc").read_bytes()
        archive.writestr("assets/index.android.bundle", bundle)
    return build_facts(open_input([path]))


def test_calls_are_those_of_the_bundle(app: Facts) -> None:
    ((name, artifact, script, kind),) = compiled_scripts(app)
    assert name == "assets/index.android.bundle"
    assert kind == "hermes"
    assert compiled_as(app, artifact, 1, 2) == "hex"
    assert compiled_as(app, artifact + 1, 1, 2) is None
    assert {"fetch", "localStorage.setItem"} <= {call.name for call in script.calls}


def test_a_request_has_address_method_header_and_the_fields_of_its_body(app: Facts) -> None:
    know = load({"script_calls", "web_files"})
    rows = script_rows(
        app, know.entries("script_calls", ScriptCall), know.entries("web_files", WebFile), ()
    )
    told = [
        json.loads(one)
        for row in rows
        if not isinstance(row, Gap)
        for one in row
        if isinstance(one, str) and "method" in one
    ]
    ((subject,),) = ([one for one in told if one.get("method") == "POST"],)
    assert subject["url"] == "https://collect.sample.test/api/person/add"
    places = {one["name"]: one["in"] for one in subject["parameters"]}
    assert places == {"fullName": "json", "idNumber": "json", "note": "json", "X-Key": "header"}
