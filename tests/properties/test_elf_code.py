"""Damage to libraries with code never stops the readers of pointers and references."""

from __future__ import annotations

import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.formats.elf.image import read_image
from witnessmark.formats.elf.neighbours import calls_near, plt_names
from witnessmark.formats.elf.pointers import address_of, read_pointers
from witnessmark.formats.elf.references import find_references
from witnessmark.model.errors import FormatError

APK = Path(__file__).parents[1] / "apps" / "native" / "native.apk"
BUILDS = ("arm64-v8a", "armeabi-v7a", "x86", "x86_64")
WHOLE = {
    name: zipfile.ZipFile(APK).read(f"lib/{name}/libbridge.so")[: 16 << 10] for name in BUILDS
}  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    build=st.sampled_from(BUILDS),
    hurts=st.lists(
        st.tuples(st.integers(0, 16_000), st.binary(min_size=1, max_size=8)), max_size=8
    ),
    length=st.integers(64, 16 << 10),
)
def test_damage(build: str, hurts: list[tuple[int, bytes]], length: int) -> None:
    data = bytearray(WHOLE[build])
    for at, content in hurts:
        data[at % len(data) : at % len(data) + len(content)] = content
    data = data[:length]
    try:
        image = read_image(bytes(data))
    except FormatError:
        return
    pointers = read_pointers(image)
    assert len(pointers.slots) == len(pointers.values)
    imports = plt_names(image)
    targets = frozenset(range(0, 0x6000, 8)) | frozenset(pointers.values[:64].tolist())
    for use in find_references(image, targets)[:40]:
        assert 0 <= use.offset < len(data)
        assert use.target in targets
        calls_near(image, use, imports)


@settings(max_examples=80, deadline=None)
@given(build=st.sampled_from(BUILDS), offset=st.integers(0, 20_000))
def test_addresses_and_offsets_agree(build: str, offset: int) -> None:
    image = read_image(WHOLE[build])
    address = address_of(image, offset)
    if address is not None:
        assert image.file_offset(address) == offset
