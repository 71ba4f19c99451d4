"""Headers whose sections cannot be where they say: what goes unread is told."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from witnessmark.facts.build import build_facts
from witnessmark.formats.dex.header import SECTIONS, read_headers
from witnessmark.package.open import open_input

DEX = (Path(__file__).parents[3] / "apps" / "query" / "query.dex").read_bytes()
NO_MAP = 0x34


def changed(place: int, *numbers: int) -> bytes:
    data = bytearray(DEX)
    struct.pack_into(f"<{len(numbers)}I", data, place, *numbers)
    return bytes(data)


def losses(data: bytes) -> list[str]:
    (header,) = read_headers(memoryview(data))
    return [one.says for one in header.anomalies if one.loses]


def test_a_sound_header_loses_nothing() -> None:
    assert losses(DEX) == []


@pytest.mark.parametrize(("name", "place"), [(name, place) for name, place, _ in SECTIONS])
def test_sections_outside_the_file_are_lost(name: str, place: int) -> None:
    assert losses(changed(place, 3, len(DEX) + 8)) == [f"{name} begin outside the file"]
    assert losses(changed(place, 3, 8)) == [f"{name} begin outside the file"]


@pytest.mark.parametrize(("name", "place"), [(name, place) for name, place, _ in SECTIONS])
def test_items_beyond_the_file_are_lost(name: str, place: int) -> None:
    (lost,) = losses(changed(place, 1 << 28))
    assert lost.startswith(f"{name} claims {1 << 28} items, ")


def test_a_map_outside_the_file_is_lost() -> None:
    assert losses(changed(NO_MAP, len(DEX))) == ["the map list lies outside the file"]


def test_methods_without_any_class_are_told(tmp_path: Path) -> None:
    path = tmp_path / "none.dex"
    path.write_bytes(changed(0x60, 0))
    facts = build_facts(open_input([path]))
    assert [gap.why for gap in facts.gaps if "no class is defined" in gap.why]
