"""Drawings as SVG."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from witnessmark.report.wireframe import wireframe

BOX: dict[str, Any] = {"x": 8, "y": 8, "w": 100, "h": 30, "look": "input"}


def drawn(*boxes: dict[str, Any], special: tuple[int, ...] = ()) -> ET.Element:
    svg = wireframe({"width": 360, "height": 200, "boxes": list(boxes)}, special)
    return ET.fromstring(svg)


def classes(root: ET.Element, name: str) -> list[ET.Element]:
    return [one for one in root.iter() if name in one.get("class", "").split()]


def test_words_stand_in_their_box_with_english_under_them() -> None:
    root = drawn({**BOX, "lines": ["姓名"], "gloss": ["name"], "font": 14})
    (said,), (gloss,) = classes(root, "said"), classes(root, "gloss")
    assert (said.text, gloss.text) == ("姓名", "name")
    assert float(said.get("y", 0)) < float(gloss.get("y", 0)) < 8 + 30


@pytest.mark.parametrize("text", ["ئىسمى", "الاسم", "نام"])
def test_what_is_written_from_the_right_begins_at_the_right(text: str) -> None:
    (line,) = classes(drawn({**BOX, "look": "text", "lines": [text]}), "said")
    assert line.get("direction") == "rtl"
    assert float(line.get("x", 0)) == 107.0


def test_fields_have_their_number_and_sensitive_ones_are_marked() -> None:
    root = drawn({**BOX, "field": 1}, {**BOX, "y": 60, "field": 2}, special=(2,))
    assert [one.text for one in classes(root, "badge-n")] == ["1", "2"]
    assert len(classes(root, "sensitive")) == 1


def test_text_of_an_app_stays_text() -> None:
    svg = wireframe(
        {"width": 9, "height": 9, "boxes": [{**BOX, "lines": ["<script>&\u202e"], "look": "a'b<"}]}
    )
    assert "<script" not in svg
    assert "\u202e" not in svg
    ET.fromstring(svg)


@pytest.mark.parametrize(
    "drawing",
    [None, "x", {}, {"width": 1, "height": 1}, {"width": 0, "height": 1, "boxes": [BOX]},
     {"width": "a", "height": 1, "boxes": [BOX]}],
)  # fmt: skip
def test_what_is_no_drawing_gives_no_picture(drawing: object) -> None:
    assert wireframe(drawing) == ""
