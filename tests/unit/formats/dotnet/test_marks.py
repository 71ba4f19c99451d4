"""Attributes: what they are given, and what stands beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from witnessmark.formats.dotnet import Assembly, marks, read_assembly
from witnessmark.formats.dotnet.given import Given
from witnessmark.formats.dotnet.image import read_image
from witnessmark.formats.dotnet.marks import Mark
from witnessmark.formats.dotnet.metadata import Metadata

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


def signed(method: str, change: Callable[[bytes], bytes]) -> bytes:
    """The sample with another signature of a method, as long as its own."""
    data = bytearray(SAMPLE.read_bytes())
    metadata = read(data)
    (row,) = (
        one
        for one in range(1, metadata.rows("MethodDef") + 1)
        if metadata.name(metadata.value("MethodDef", one, 3)) == method
    )
    at, end = metadata.blob(metadata.value("MethodDef", row, 4))
    own = bytes(data[at:end])
    changed = change(own)
    assert len(changed) == len(own)
    data[at:end] = changed
    return bytes(data)


def read(data: bytes | bytearray) -> Metadata:
    image = read_image(bytes(data))
    return Metadata(image.data, image.metadata)


def test_a_type_that_is_not_read_takes_no_other_mark_along(found: Assembly) -> None:
    odd = read_assembly(signed("Add", lambda own: own[:-1] + b"\x1b"))
    assert not odd.marks_cut
    assert len(odd.marks) == len(found.marks)
    kinds = [one.kind for one in of(odd, "IWardApi.Add") if one.member == "officer"]
    assert kinds == ["?", "?"]


def test_arrays_with_dimensions() -> None:
    given = b"\x20\x02\x01\x14\x0c\x02\x01\x03\x00\x0e"
    odd = read_assembly(signed("People", lambda own: given.ljust(len(own), b"\0")))
    kinds = {one.member: one.kind for one in of(odd, "IWardApi.People") if one.place}
    assert kinds == {"id": "float[,]", "area": "string", "stop": "?"}


def test_a_list_that_is_not_there_has_no_texts() -> None:
    data = SAMPLE.read_bytes()
    at = data.index(b"\x01\0\x01\0\0\0\x0eX-Client")
    data = data[: at + 2] + b"\xff\xff\xff\xff\0\0" + data[at + 8 :]
    (one,) = [one for one in of(read_assembly(data), "IWardApi") if one.target == "type"]
    assert (one.name, one.texts) == ("Refit.Headers", ())


@pytest.mark.parametrize("limit", ["MOST", "MOST_MARKS", "MOST_CHARACTERS"])
def test_more_than_is_read_is_told(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_assembly(SAMPLE.read_bytes())
    monkeypatch.setattr(marks, limit, 20)
    cut = read_assembly(SAMPLE.read_bytes())
    assert (whole.marks_cut, cut.marks_cut) == (False, True)
    assert len(cut.marks) < len(whole.marks)


def test_ranges_that_go_back_give_no_row_twice(found: Assembly) -> None:
    data = bytearray(SAMPLE.read_bytes())
    metadata = read(data)
    methods, last = metadata.rows("MethodDef"), metadata.rows("Param") + 1
    width = 2
    for row in range(1, methods + 1):
        end = metadata.row_span("MethodDef", row).end
        data[end - width : end] = (1 if row % 2 else last).to_bytes(width, "little")
    rows = [one for _, part in read(data).ranges("MethodDef", "Param", 5) for one in part]
    assert rows == list(range(1, last))
    assert len(read_assembly(bytes(data)).marks) <= len(found.marks) + last


def test_an_attribute_of_nothing_is_told_and_leaves_the_others() -> None:
    data = bytearray(SAMPLE.read_bytes())
    metadata = read(data)
    for row in range(1, metadata.rows("CustomAttribute") + 1):
        table, _ = metadata.chosen("HasCustomAttribute", metadata.value("CustomAttribute", row, 0))
        span = metadata.row_span("CustomAttribute", row)
        if table == "MethodDef":
            data[span.offset : span.offset + 2] = (0x7FF << 5).to_bytes(2, "little")
    odd = read_assembly(bytes(data))
    assert odd.marks_cut
    assert of(odd, "Resident")


class Bytes(Metadata):
    """Metadata that hold nothing but what one attribute is given."""

    def __init__(self, given: bytes) -> None:
        self.data = memoryview(given)

    def blob(self, place: int) -> tuple[int, int]:
        return place, len(self.data)


TYPED = b"\x01\0\x03T.A\x02ab"


@pytest.mark.parametrize(
    ("given", "taken", "texts", "whole"),
    [
        (TYPED + b"\0\0", ["System.Type", "string"], [("", "ab")], True),
        (b"\x01\0\x01\0\x53\x50\x01t\x03T.A", [], [], True),
        (b"\x01\0\x02\0\x53\x55\x01E\x01e\x07\0\0\0\x54\x0e\x01n\x01v", [], [("n", "v")], True),
        (b"\x01\0\x0e\x01v\0\0", ["object"], [("", "v")], True),
        (b"\x01\0\x01\0\0\0\x05\0\0\0\x01v\0\0", ["int[]", "string"], [("", "v")], True),
        (b"\x01\0\x01\0\x53\x1d\x0e\x01n\x01\0\0\0\x01v", [], [("n", "v")], True),
        (b"\x01\0\x01v\x09\x09\0\0", ["string", "Odd"], [("", "v")], False),
        (b"\x01\0\x41\0" + b"\x54\x0e\x01n\x01v" * 65, [], [("n", "v")] * 64, False),
        (b"\x02\0\x01v", ["string"], [], False),
        (b"", [], [], True),
    ],
)
def test_what_an_attribute_is_given(
    given: bytes, taken: list[str], texts: list[tuple[str, str]], whole: bool
) -> None:
    read_it = Given(Bytes(given), 0)
    assert list(read_it.texts(taken)) == texts
    assert read_it.whole == whole
