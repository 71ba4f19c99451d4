"""Laws of the small tools of flow, on random input."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.flow.graph import lists_of, spread
from witnessmark.flow.hierarchy import DEEPEST, _closure
from witnessmark.flow.instructions import decode

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40)


def columns(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Pairs as two columns."""
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


@given(PAIRS)
def test_lists_hold_what_was_put_in(pairs: list[tuple[int, int]]) -> None:
    lists = lists_of(*columns(pairs), 10)
    for key in range(10):
        assert lists.of(key).tolist() == sorted(item for k, item in pairs if k == key)


@given(PAIRS, st.lists(st.integers(0, 9), max_size=20))
def test_expanding_is_looking_up_each(pairs: list[tuple[int, int]], keys: list[int]) -> None:
    lists = lists_of(*columns(pairs), 10)
    positions, items = lists.expand(np.array(keys, dtype=np.int64))
    expected = [(place, item) for place, key in enumerate(keys) for item in lists.of(key).tolist()]
    assert list(zip(positions.tolist(), items.tolist(), strict=True)) == expected


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=20))
def test_spread_lists_ranges(ranges: list[tuple[int, int]]) -> None:
    first = np.array([a for a, _ in ranges], dtype=np.int64)
    length = np.array([n for _, n in ranges], dtype=np.int64)
    owners, places = spread(first, first + length)
    expected = [(i, a + k) for i, (a, n) in enumerate(ranges) for k in range(n)]
    assert list(zip(owners.tolist(), places.tolist(), strict=True)) == expected


def reachable(pairs: list[tuple[int, int]], start: int) -> set[int]:
    """Everything above ``start``, by walking."""
    seen, queue = {start}, [start]
    while queue:
        here = queue.pop()
        for child, parent in pairs:
            if child == here and parent not in seen:
                seen.add(parent)
                queue.append(parent)
    return seen


@given(PAIRS)
def test_closure_is_what_walking_finds_circles_included(pairs: list[tuple[int, int]]) -> None:
    above, under, cut = _closure(*columns(pairs), 10)
    for node in range(10):
        assert set(above.of(node).tolist()) == reachable(pairs, node)
    mirrored = {(a, b) for b in range(10) for a in under.of(b).tolist()}
    assert mirrored == {(a, b) for a in range(10) for b in above.of(a).tolist()}
    circular = any(child in reachable(pairs, parent) for child, parent in pairs)
    assert cut == circular


def test_endless_chain_is_cut() -> None:
    size = DEEPEST + 50
    nodes = np.arange(size, dtype=np.int64)
    above, _, cut = _closure(nodes[:-1], nodes[1:], size)
    assert cut
    assert len(above.of(0)) == DEEPEST + 1


@given(st.lists(st.integers(0, 0xFFFF), max_size=200))
def test_any_units_decode_in_order_and_inside(units: list[int]) -> None:
    end = 0
    for one in decode(units):
        assert one.pc >= end
        end = one.pc + one.units
        assert end <= len(units)
