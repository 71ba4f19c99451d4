"""Drawings: what is written from right to left is drawn as in a mirror."""

from __future__ import annotations

import pytest

from witnessmark.analyses.asks._boxes import Box
from witnessmark.analyses.asks._drawing import mirrored
from witnessmark.analyses.asks._layouts import View


def row(direction: str) -> tuple[Box, Box, Box]:
    """A label of 80 and an input of 200 in a row that begins at 10 and is 300 wide."""
    given = {"layoutDirection": (direction, 0)} if direction else {}
    label = Box(View(1, "TextView", {}), "text", 80, 20, x=10)
    field = Box(View(2, "EditText", {}), "input", 200, 40, x=90)
    around = Box(View(0, "LinearLayout", given), "box", 300, 40, x=10, children=[label, field])
    return around, label, field


@pytest.mark.parametrize("direction", ["rtl", "1"])
def test_a_row_from_right_to_left_begins_at_the_right(direction: str) -> None:
    around, label, field = row(direction)
    places = mirrored([around, label, field])
    assert places[id(label)] == {"x": 230}
    assert places[id(field)] == {"x": 30}
    assert id(around) not in places


@pytest.mark.parametrize("direction", ["", "ltr", "0", "locale"])
def test_other_rows_stay(direction: str) -> None:
    assert mirrored(list(row(direction))) == {}
