"""Fields of real apps against answers written by hand from their sources; absent apps are skipped."""

from __future__ import annotations

import pytest

from truth.asks.score import score

HELD = ("D2", "D3", "D9", "D12", "D16", "D17", "D19")


@pytest.mark.parametrize("app", HELD)
def test_fields_of_an_app_are_those_of_its_source(app: str) -> None:
    found = score(app)
    if found is None:
        pytest.skip(
            f"{app} lies in no folder .cache/repository-apps (its repository: docs/reference)"
        )
    assert found.met >= 0.7 * found.fields, found.misses
    assert found.labels >= 0.8 * found.met, found.misses
