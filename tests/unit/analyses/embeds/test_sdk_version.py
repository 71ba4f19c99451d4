"""What counts as a version, and which of several is believed."""

from __future__ import annotations

import pytest

from witnessmark.analyses.embeds._ownership import Owners
from witnessmark.analyses.embeds._sdk_version import VERSION, find_versions
from witnessmark.facts.tables.artifacts import ARTIFACTS, MEMBERS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.sdks import Sdk
from witnessmark.model.table import Table

SDKS = load(["sdks"]).entries("sdks", Sdk)


@pytest.mark.parametrize("text", ["1.2", "4.9.3", "v2.0.1", "21.0.1-beta2", "3.1.2_release"])
def test_versions(text: str) -> None:
    assert VERSION.fullmatch(text)


@pytest.mark.parametrize("text", ["1", "", "version", "1.", "a1.2", "192.168.1.1:80", "1.2 or 3"])
def test_other_texts(text: str) -> None:
    assert not VERSION.fullmatch(text)


def with_members(files: dict[str, bytes]) -> Facts:
    blobs = list(files.values())
    artifacts = [(0, "ab" * 32, "[]", "text", len(blob), "") for blob in blobs]
    members = [
        (0, name, name, 0, 0, len(blob), len(blob), "text", row, 0, 0, 0)
        for row, (name, blob) in enumerate(files.items())
    ]
    tables = {
        ARTIFACTS.name: Table.from_rows(ARTIFACTS, artifacts),
        MEMBERS.name: Table.from_rows(MEMBERS, members),
    }
    return Facts(tables, lambda row: memoryview(blobs[row]))


def test_version_file_is_read_and_quoted() -> None:
    facts = with_members({"play-services-maps.properties": b"client=x\nversion=18.1.0\r\n"})
    found = find_versions(facts, SDKS, Owners({}, (), ()), {})
    assert {name: version.text for name, version in found.items()} == {"google-maps": "18.1.0"}
    assert found["google-maps"].evidence.excerpt == "18.1.0"


def test_versions_that_contradict_each_other_are_not_told() -> None:
    facts = with_members(
        {
            "firebase-analytics.properties": b"version=1.2",
            "play-services-measurement.properties": b"version=1.3",
        }
    )
    assert find_versions(facts, SDKS, Owners({}, (), ()), {}) == {}


def test_build_tool_versions_go_to_the_owner_of_the_group() -> None:
    facts = with_members({"META-INF/com.google.android.material_material.version": b"1.4.0\n"})
    owners = Owners({"com.google.android.material": "sdk:material-components"}, (), ())
    assert find_versions(facts, SDKS, owners, {})["material-components"].text == "1.4.0"
