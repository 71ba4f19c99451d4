"""What is assumed of calls that no model describes."""

from __future__ import annotations

import pytest

from witnessmark.flow.taint.defaults import moves_back
from witnessmark.flow.taint.members import Method


@pytest.mark.parametrize(
    ("name", "moves"),
    [
        ("getAge", True),
        ("getLong", True),
        ("getCount", False),
        ("getColumnIndex", False),
        ("getPosition", False),
        ("isNull", False),
    ],
)
def test_a_number_of_an_object_but_not_how_many_parts_it_has(name: str, moves: bool) -> None:
    method = Method(0, name, 0, (), (), "I", 0, 0, defined=False, static=False)
    assert moves_back(method, receiver=True, others=False) is moves


def test_the_name_of_a_column_is_nothing_of_its_rows() -> None:
    text = "Ljava/lang/String;"
    name = Method(0, "getColumnName", 0, ("I",), (), text, 0, 0, defined=False, static=False)
    other = Method(0, "getAddress", 0, ("I",), (), text, 0, 0, defined=False, static=False)
    assert not moves_back(name, receiver=True, others=False)
    assert moves_back(other, receiver=True, others=False)
