"""Every pack that ships keeps what entries promise."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.knowledge.check import problems_of
from witnessmark.knowledge.load import DATA, data_version, load_pack
from witnessmark.knowledge.packs import __path__ as pack_folders

PACKS = sorted(path.stem for path in Path(pack_folders[0]).glob("[a-z]*.py"))


@pytest.mark.parametrize("name", PACKS)
def test_every_entry_proves_itself(name: str) -> None:
    entries = load_pack(name)
    assert entries, f"pack {name} has a type but no data"
    wrong = [f"{entry.id}: {problem}" for entry in entries for problem in problems_of(entry)]
    assert wrong == []


def test_version_is_a_digest_of_all_data() -> None:
    assert len(data_version()) == 64
    assert data_version() == data_version()
    assert any(DATA.rglob("*.csv"))
