"""Imports, exports and needed libraries of real native code, against LIEF."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.real import real_app
from witnessmark.formats.elf import read_elf
from witnessmark.package.open import open_input

SECTION_MARKS = 0
"""``STT_NOTYPE``: ends of sections that a linker writes; LIEF does not call these exports."""


@pytest.mark.parametrize("name", ["espresso", "yosemite"])
def test_same_names_as_lief(name: str) -> None:
    lief = pytest.importorskip("lief", reason="LIEF is not installed")
    app = open_input([Path(real_app(name))])
    libraries = app.of_type("elf")
    assert libraries
    for row in libraries:
        data = bytes(app.blob(row))
        found, oracle = read_elf(data), lief.ELF.parse(data)
        marks = {str(one.name) for one in oracle.dynamic_symbols if one.type.value == SECTION_MARKS}
        ours = {kind: {one.name for one in found.symbols if one.kind == kind}
                for kind in ("import", "export")}  # fmt: skip
        assert ours["import"] == {str(one.name) for one in oracle.imported_symbols if one.name}
        exports = {str(one.name) for one in oracle.dynamic_symbols if one.name and one.exported}
        assert ours["export"] - marks == exports - marks
        assert list(found.needed) == [str(one) for one in oracle.libraries]
