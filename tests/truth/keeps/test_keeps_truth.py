"""Tables, records and code books of real apps against their sources; absent apps are skipped."""

from __future__ import annotations

import pytest

from truth.keeps.score import answers, score


@pytest.mark.parametrize("app", answers())
def test_what_an_app_keeps_is_what_its_source_says(app: str) -> None:
    found = score(app)
    if found is None:
        pytest.skip(f"{app} lies in no folder .cache/repository-apps")
    assert found.tables_met >= 0.98 * found.tables, found.misses
    assert found.columns_met >= 0.98 * found.columns, found.misses
    assert found.books_met >= 0.95 * found.books, found.misses
    assert found.keys_met >= 0.9 * found.keys or found.records_met * 2 >= found.records
    assert not [miss for miss in found.misses if miss.startswith("people")]
