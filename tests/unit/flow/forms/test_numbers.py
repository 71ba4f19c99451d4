"""Numbers as text: the type of a parameter tells what its bits mean."""

from __future__ import annotations

import pytest

from witnessmark.flow.forms.library import _number_text


@pytest.mark.parametrize(
    ("bits", "kind", "text"),
    [
        (4621819117588971520, "D", "10.0"),
        (0x3FB999999999999A, "D", "0.1"),
        (0x3DCCCCCD, "F", "0.1"),
        (-0x3EE00000, "F", "-10.0"),
        (4621819117588971520, "J", "4621819117588971520"),
        (7, "I", "7"),
    ],
)
def test_bits_of_a_fraction_are_spelled_as_one(bits: int, kind: str, text: str) -> None:
    assert _number_text(bits, kind) == text
