"""Pointers of libraries as LIEF reads their relocations."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from witnessmark.formats.elf.image import read_image
from witnessmark.formats.elf.neighbours import plt_names
from witnessmark.formats.elf.pointers import read_pointers

lief = pytest.importorskip("lief")

APK = Path(__file__).parents[1] / "apps" / "native" / "native.apk"


@pytest.mark.parametrize("build", ["arm64-v8a", "armeabi-v7a", "x86", "x86_64"])
def test_relative_relocations_are_pointers(build: str) -> None:
    with zipfile.ZipFile(APK) as archive:
        data = archive.read(f"lib/{build}/libbridge.so")
    image, binary = read_image(data), lief.parse(list(data))
    pointers = read_pointers(image)
    relative = [one for one in binary.dynamic_relocations if "RELATIVE" in str(one.type)]
    assert relative
    for one in relative:
        if one.addend:
            assert pointers.at(one.address) == one.addend
        else:
            assert pointers.at(one.address) is not None
    names = {one.symbol.name for one in binary.pltgot_relocations if one.has_symbol}
    assert set(plt_names(image).values()) == names
