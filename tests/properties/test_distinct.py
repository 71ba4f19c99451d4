"""Distinct numbers and lists of numbers by number, held against plain Python."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from witnessmark.flow.graph import lists_of
from witnessmark.model import distinct as tested
from witnessmark.model.distinct import distinct, distinct_and_first, distinct_and_places

TYPES = st.sampled_from(["i1", "u1", "i4", "u4", "i8", "u8"])


@st.composite
def arrays(draw: st.DrawFn) -> NDArray[np.int64]:
    """Arrays of integers that lie close or far apart, few and many."""
    kind = np.dtype(draw(TYPES))
    limits = np.iinfo(kind)
    low = draw(st.integers(limits.min, limits.max))
    high = draw(st.sampled_from([low, min(low + 40, limits.max), limits.max]))
    count = draw(st.sampled_from([0, 1, tested.FEW, tested.FEW + 1, 700]))
    chosen = np.random.default_rng(draw(st.integers(0, 99)))
    return chosen.integers(low, high, count, dtype=kind, endpoint=True)


@given(arrays())
def test_distinct_numbers_are_those_of_numpy(values: NDArray[np.int64]) -> None:
    wanted, first, places = np.unique(values, return_index=True, return_inverse=True)
    for found in (distinct(values), distinct_and_first(values)[0], distinct_and_places(values)[0]):
        assert found.dtype == values.dtype
        assert found.tolist() == wanted.tolist()
    assert distinct_and_first(values)[1].tolist() == first.tolist()
    assert distinct_and_places(values)[1].tolist() == places.tolist()


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 1 << 40)), max_size=60), st.booleans())
def test_lists_hold_the_items_of_each_key_in_order(
    pairs: list[tuple[int, int]],
    ordered: bool,
) -> None:
    if ordered:
        pairs = [(key, number) for number, (key, _) in enumerate(sorted(pairs))]
    keys = np.array([key for key, _ in pairs], dtype=np.int64)
    items = np.array([item for _, item in pairs], dtype=np.int64)
    found = lists_of(keys, items, 10)
    for key in range(10):
        assert found.of(key).tolist() == sorted(item for other, item in pairs if other == key)
