"""JSON with places: the same values as any reader, each with the bytes that hold it."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.formats.jsontext import Leaf, Listed, Node, Record, read_json
from witnessmark.model.errors import FormatError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
LEAVES = st.none() | st.booleans() | st.integers() | TEXTS
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def plain(node: Node, data: bytes) -> Any:
    """The value again, each leaf read from its own bytes."""
    if isinstance(node, Record):
        assert data[node.offset : node.offset + 1] == b"{"
        return {key: plain(inner, data) for key, inner in node.members.items()}
    if isinstance(node, Listed):
        assert data[node.offset : node.offset + 1] == b"["
        return [plain(inner, data) for inner in node.items]
    raw = data[node.offset : node.offset + node.length]
    if not node.is_text:
        return json.loads(raw)
    assert json.loads(b'"' + raw + b'"', strict=False) == node.text
    return node.text


@given(VALUES, st.booleans(), st.sampled_from([None, 2]))
@settings(max_examples=300, deadline=None)
def test_values_and_places_are_those_of_the_text(value: Any, escaped: bool, indent: Any) -> None:
    data = json.dumps(value, ensure_ascii=escaped, indent=indent).encode()
    assert plain(read_json(data), data) == value


def test_comments_trailing_commas_and_a_mark_of_order_are_passed_over() -> None:
    data = '\N{BYTE ORDER MARK}{ // name\n "姓": ["名", /* none */ ], }'.encode()
    assert plain(read_json(data), data) == {"姓": ["名"]}


def test_of_two_members_alike_the_first_counts() -> None:
    node = read_json(b'{"a": 1, "a": 2}')
    assert isinstance(node, Record)
    one = node.members["a"]
    assert isinstance(one, Leaf)
    assert one.text == "1"


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[1", b'{"a" 1}', b'{"a":}', b"nul", b'"open', b"\xff", b"1 2", b"[" * 5000,
     b'{"a":' * 5000, b"{1: 2}", b"[1,,2]"],
)  # fmt: skip
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        read_json(data)


@given(st.binary(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(FormatError):
        read_json(data)


def test_injured_texts_are_read_or_refused() -> None:
    text = json.dumps({"fields": [{"key": "é", "type": "text", "n": [1.5, None, True]}] * 6})
    data, chance = text.encode(), random.Random(7)
    for _ in range(400):
        at = chance.randrange(len(data))
        hurt = data[:at] + bytes([chance.randrange(256)]) + data[at + chance.randrange(3) :]
        with suppress(FormatError):
            read_json(hurt)
