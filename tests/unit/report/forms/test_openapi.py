"""The interface behind an app, as its requests describe it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from witnessmark import pipeline
from witnessmark.report.forms import Form, renderer

APP = Path(__file__).parents[3] / "apps" / "requests" / "requests.apk"


@cache
def described(folder: Path) -> dict[str, Any]:
    case = folder / "case"
    pipeline.examine([APP], case)
    told: dict[str, Any] = json.loads(renderer(Form.OPENAPI)((case / "findings.json").read_bytes()))
    return told


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return described(tmp_path_factory.mktemp("openapi"))


def test_it_is_a_valid_description(told: dict[str, Any]) -> None:
    pytest.importorskip("openapi_spec_validator").validate(told)


def test_paths_have_methods_places_and_bodies(told: dict[str, Any]) -> None:
    visits = told["paths"]["/api/patient/{id}/visits"]["get"]
    assert [(p["name"], p["in"], p["required"]) for p in visits["parameters"]] == [
        ("id", "path", True), ("since", "query", False),
    ]  # fmt: skip
    body = told["paths"]["/clinic/visit/add"]["post"]["requestBody"]["content"]
    form = body["application/x-www-form-urlencoded"]["schema"]["properties"]
    assert set(form) == {"sfzh", "imei", "version"}
    assert form["imei"]["x-witnessmark-categories"] == ["wm:IMEI"]


def test_two_bodies_to_one_path_are_either(told: dict[str, Any]) -> None:
    content = told["paths"]["/gate"]["post"]["requestBody"]["content"]["application/json"]
    assert [set(one["properties"]) for one in content["schema"]["oneOf"]] == [
        {"action", "photo", "place"}, {"action", "user"},
    ]  # fmt: skip


def test_a_server_that_is_set_at_run_time_has_no_name(told: dict[str, Any]) -> None:
    assert {"url": "https://intake.example.invalid"} in told["servers"]
    assert told["paths"]["/settable"]["get"]["servers"] == [{"url": "/"}]


def test_what_is_no_http_is_listed(told: dict[str, Any]) -> None:
    channels = {one["subject"]["channel"] for one in told["x-witnessmark-others"]}
    assert channels == {"ftp", "mqtt", "socket", "udp"}
