"""Seeded injuries of a made library: read or refused, never another error."""

from __future__ import annotations

import random

import pytest

from fuzz import fuzz_elf
from unit.formats.elf.made_elf import MadeElf

LIARS = (0, 1, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 62, (1 << 64) - 1)


@pytest.mark.parametrize("seed", range(4))
def test_injured_library(seed: int) -> None:
    chance = random.Random(seed)
    whole = MadeElf(
        imports=("open",), exports=("Java_a_B_f",), needed=("libc.so",), soname="x.so",
        build_id=b"1234", data=b"\0some words\0", gnu_hash=bool(seed & 1),
    ).build()  # fmt: skip
    for _ in range(300):
        hurt = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(hurt) - 8)
            width = chance.choice((1, 2, 4, 8))
            liar = chance.choice(LIARS) & ((1 << 8 * width) - 1)
            hurt[at : at + width] = liar.to_bytes(width, "little")
        fuzz_elf.read_one(bytes(hurt[: chance.choice((len(hurt), chance.randrange(len(hurt))))]))
