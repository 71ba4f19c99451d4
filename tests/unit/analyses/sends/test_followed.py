"""To which addresses of a shared sender data is led."""

from __future__ import annotations

from typing import Any

import pytest

from witnessmark.analyses.sends._followed import led_to

ONE, TWO = "http://one.sample.test/", "http://two.sample.test/"
FORM, OTHER, SENDER, STORE = 1, 2, 3, 4
RUNS = {ONE: [frozenset({FORM, SENDER})], TWO: [frozenset({OTHER, SENDER})]}


def row(*methods: int) -> dict[str, Any]:
    return {"source_method": methods[0], "steps": [{"method": method} for method in methods]}


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        ((FORM,), (ONE,)),
        ((FORM, SENDER), (ONE,)),
        ((SENDER,), (ONE, TWO)),
        ((FORM, STORE), (ONE, TWO)),  # it waits in a store: who takes it out is not known
    ],
)
def test_data_is_led_to_the_addresses_of_its_own_methods(
    methods: tuple[int, ...], expected: tuple[str, ...]
) -> None:
    assert led_to((ONE, TWO), row(*methods), RUNS) == expected


def test_an_address_without_a_known_way_leaves_all() -> None:
    assert led_to((ONE, TWO), row(FORM), {ONE: RUNS[ONE]}) == (ONE, TWO)
    assert led_to((TWO,), row(FORM), RUNS) == (TWO,)
