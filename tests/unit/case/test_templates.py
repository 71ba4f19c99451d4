"""Templates kept compiled: taken for the same template only, and only as they were written."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from witnessmark.case.templates import KeptTemplates


def _shown(template: str) -> str:
    environment = Environment(
        loader=DictLoader({"page": template}), bytecode_cache=KeptTemplates(), autoescape=True
    )
    return environment.get_template("page").render(name="<you>")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WITNESSMARK_CACHE", str(tmp_path))
    return tmp_path / "kernels"


def test_a_template_is_kept_and_taken_again(cache: Path) -> None:
    assert _shown("for {{ name }}") == "for &lt;you&gt;"
    kept = {one: one.read_bytes() for one in cache.iterdir()}
    assert len(kept) == 1
    assert _shown("for {{ name }}") == "for &lt;you&gt;"
    assert {one: one.read_bytes() for one in cache.iterdir()} == kept


def test_a_changed_template_is_compiled_anew() -> None:
    assert _shown("for {{ name }}") == "for &lt;you&gt;"
    assert _shown("of {{ name }}") == "of &lt;you&gt;"


def test_a_broken_file_counts_as_none(cache: Path) -> None:
    _shown("for {{ name }}")
    (only,) = cache.iterdir()
    only.write_bytes(only.read_bytes()[:-1] + b"?")
    assert _shown("for {{ name }}") == "for &lt;you&gt;"
