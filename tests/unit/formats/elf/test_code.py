"""Pointers and uses of addresses, in one library built for four processors.

`tests/apps/native/jni/bridge.c` is its source.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from witnessmark.formats.elf.image import Image, read_image
from witnessmark.formats.elf.neighbours import calls_near, plt_names
from witnessmark.formats.elf.pointers import address_of, addresses_of, read_pointers
from witnessmark.formats.elf.references import find_references

APK = Path(__file__).parents[3] / "apps" / "native" / "native.apk"
BUILDS = ("arm64-v8a", "armeabi-v7a", "x86", "x86_64")
COMMAND = b"ls -lR /sdcard/tencent"


def image_of(build: str) -> Image:
    with zipfile.ZipFile(APK) as archive:
        return read_image(archive.read(f"lib/{build}/libbridge.so"))


@pytest.mark.parametrize("build", BUILDS)
def test_a_table_of_native_methods_is_followed(build: str) -> None:
    image = image_of(build)
    pointers, size = read_pointers(image), image.layout.bits // 8
    functions = set()
    for name, signature in ((b"listing", b"()I"), (b"watching", b"(I)I")):
        names, signatures = addresses_of(image, name), addresses_of(image, signature)
        slots = [slot for slot in pointers.to(names) if pointers.at(slot + size) in signatures]
        assert len(slots) == 1
        functions.add(pointers.at(slots[0] + 2 * size))
    assert len(functions) == 2
    assert all(function is not None and image.file_offset(function & ~1) > 0
               for function in functions)  # fmt: skip


@pytest.mark.parametrize("build", BUILDS)
def test_a_name_and_another_signature_are_not_tied(build: str) -> None:
    image = image_of(build)
    pointers, size = read_pointers(image), image.layout.bits // 8
    slots = pointers.to(addresses_of(image, b"listing"))
    others = addresses_of(image, b"(I)I")
    assert not any(pointers.at(slot + size) in others for slot in slots)


@pytest.mark.parametrize("build", BUILDS)
def test_the_use_of_a_text_and_what_is_called_near_it(build: str) -> None:
    image = image_of(build)
    found = find_references(image, addresses_of(image, COMMAND))
    assert len(found) == 1
    (use,) = found
    assert address_of(image, use.offset) == use.address
    calls = calls_near(image, use, plt_names(image))
    assert "popen" in calls
    assert "socket" not in calls


@pytest.mark.parametrize("build", BUILDS)
def test_a_text_that_no_code_uses(build: str) -> None:
    image = image_of(build)
    assert not find_references(image, addresses_of(image, b"not in the file"))
    assert not find_references(image, frozenset())


def test_damaged_files_are_read_without_an_end() -> None:
    with zipfile.ZipFile(APK) as archive:
        data = archive.read("lib/arm64-v8a/libbridge.so")
    for cut in range(64, 4096, 97):
        image = read_image(data[:cut] + bytes(len(data) - cut))
        read_pointers(image)
        for use in find_references(image, frozenset({0, 1, 4096})):
            calls_near(image, use, plt_names(image))
