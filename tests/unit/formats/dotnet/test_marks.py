"""Attributes: what they are given, and what stands beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.formats.dotnet import Assembly, read_assembly
from witnessmark.formats.dotnet.marks import Mark

SAMPLE = Path(__file__).with_name("samples") / "service.dll"


@pytest.fixture(scope="module")
def found() -> Assembly:
    return read_assembly(SAMPLE.read_bytes())


def of(found: Assembly, owner: str) -> list[Mark]:
    return [one for one in found.marks if one.owner == f"Ward.Service.{owner}"]


def test_texts_and_types(found: Assembly) -> None:
    told = [
        (one.member, one.place, one.kind, one.name, one.texts) for one in of(found, "IWardApi.Add")
    ]
    assert told == [
        ("visit", 1, "Ward.Service.Visit", "", ()),
        ("visit", 1, "Ward.Service.Visit", "Refit.Body", ()),
        ("officer", 2, "string", "", ()),
        ("officer", 2, "string", "Refit.Header", ("X-Officer",)),
    ]  # fmt: skip


def test_lists_of_texts_and_interfaces(found: Assembly) -> None:
    (one,) = [one for one in of(found, "IWardApi") if one.target == "type"]
    assert (one.name, one.texts) == ("Refit.Headers", ("X-Client: ward",))


def test_spans_are_what_attributes_are_given(found: Assembly) -> None:
    data = SAMPLE.read_bytes()
    (one,) = [one for one in of(found, "Resident") if one.target == "type"]
    assert data[one.span.offset : one.span.end].startswith(b"\x01\0\x09residents")


def test_properties_of_classes_that_nobody_marked_are_left_out(found: Assembly) -> None:
    assert of(found, "Plain") == []
    assert {one.member for one in of(found, "Visit")} == {"Card", "Rooms"}
