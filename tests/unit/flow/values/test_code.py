"""Methods that are prepared for following, and those whose code no device runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from miniapp.dex import write_dex
from unit.flow.small_app import main_class
from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.values.code import Methods
from witnessmark.package.open import open_input

HEAD, INS = 16, 2
"""Bytes of a code item before its instructions, and where in them its arguments are counted."""


def read(path: Path, data: bytes) -> Facts:
    path.write_bytes(data)
    return build_facts(open_input([path]))


@pytest.mark.parametrize("more", [0, 1])
def test_code_that_takes_more_than_its_registers_hold_is_not_followed(
    tmp_path: Path, more: int
) -> None:
    data = bytearray(write_dex([main_class("return")]))
    facts = read(tmp_path / "sound.dex", bytes(data))
    table = facts.table(METHODS)
    row = next(row for row in range(len(table)) if "onCreate" in facts.method_signature(row))
    at = int(table["code_offset"][row]) - HEAD + INS
    data[at : at + 2] = (int(table["registers"][row]) + more).to_bytes(2, "little")
    facts = read(tmp_path / "odd.dex", bytes(data))
    assert (Methods(facts).get(row) is None) == bool(more)
    told = [gap for gap in facts.gaps if "takes more than its registers hold" in gap.why]
    assert len(told) == more
