"""Seeded injuries of assemblies, stores and game metadata: read or refused, never another error."""

from __future__ import annotations

import random
from collections.abc import Callable
from struct import pack

import lz4.block
import pytest

from unit.formats.dotnet.made_assembly import MadeAssembly
from unit.formats.test_il2cpp import metadata
from witnessmark.formats.dotnet import read_assembly, read_store, unpacked
from witnessmark.formats.il2cpp import read_game_metadata
from witnessmark.model.errors import FormatError

LIARS = (0, 1, 2, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
PLAIN = MadeAssembly(
    methods={"Send": (("https://a.test", "身份证"), ("Get",)), "Stop": ((), ("Put",))}
).build()
PACKED = b"XALZ" + pack("<II", 0, len(PLAIN)) + lz4.block.compress(PLAIN, store_size=False)
STORE = b"XABA" + pack("<4I", 1, 1, 1, 0) + pack("<6I", 44, len(PACKED), 0, 0, 0, 0) + PACKED


def store(data: bytes) -> None:
    for one in read_store(data):
        read_assembly(unpacked(data[one.span.offset : one.span.end]))


@pytest.mark.parametrize(
    ("whole", "read"),
    [(PLAIN, read_assembly), (STORE, store), (metadata(), read_game_metadata)],
    ids=["assembly", "store", "game"],
)
@pytest.mark.parametrize("seed", range(3))
def test_injured(whole: bytes, read: Callable[[bytes], object], seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(400):
        hurt = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            at, width = chance.randrange(len(hurt) - 8), chance.choice((1, 2, 4))
            liar = chance.choice(LIARS) & ((1 << 8 * width) - 1)
            hurt[at : at + width] = liar.to_bytes(width, "little")
        try:
            read(bytes(hurt[: chance.choice((len(hurt), chance.randrange(1, len(hurt))))]))
        except FormatError:
            continue
