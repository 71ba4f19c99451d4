"""Lowered code does what the source says: methods of ``Shapes.java`` give their results.

A Java compiler and machine gave the results that stand in that file.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from unit.formats.java.machine import Machine
from witnessmark.formats.java import read_java

SOURCE = Path(__file__).parents[3] / "apps" / "java" / "Shapes.java"
EXPECTED = re.findall(r"static (\w+) (\w+)\(\) \{ // = (\S+)", SOURCE.read_text("utf-8"))
LISTING = read_java([("Shapes.java", SOURCE.read_bytes())])["Shapes.java"]


def test_everything_is_read() -> None:
    assert LISTING.unread == ()
    assert len(EXPECTED) > 30


@pytest.mark.parametrize(("kind", "name", "result"), EXPECTED, ids=str)
def test_result(kind: str, name: str, result: str) -> None:
    method = next(
        one for each in LISTING.classes if each.type == "Lp/Shapes;"
        for one in each.methods if one.name == name
    )  # fmt: skip
    found = Machine(LISTING.classes).call(f"Lp/Shapes;->{name}{method.proto}")
    assert str(bool(found)).lower() == result if kind == "boolean" else str(found) == result
