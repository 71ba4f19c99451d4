"""Seeded cuts, flips and copies of own fixtures: read or refused, never another error."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fuzz import fuzz_arsc, fuzz_axml

INTAKE = Path(__file__).resolve().parents[1] / "apps" / "intake" / "intake.apk"
ROUNDS = 400
LIARS = (0, 1, 7, 8, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def mutate(chance: random.Random, data: bytes) -> bytes:
    """One to four random injuries."""
    hurt = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if len(hurt) < 16:
            break
        at = chance.randrange(len(hurt) - 8)
        match chance.randrange(5):
            case 0:
                hurt[at] ^= 1 << chance.randrange(8)
            case 1:
                struct.pack_into("<I", hurt, at & ~3, chance.choice(LIARS))
            case 2:
                struct.pack_into("<H", hurt, at & ~1, chance.choice(LIARS) & 0xFFFF)
            case 3:
                del hurt[at : at + chance.randrange(1, 64)]
            case _:
                hurt[at:at] = hurt[at : at + chance.randrange(1, 256)]
    return bytes(hurt)


@pytest.mark.parametrize(
    ("member", "read_one"),
    [
        ("AndroidManifest.xml", fuzz_axml.read_one),
        ("res/layout/intake.xml", fuzz_axml.read_one),
        ("resources.arsc", fuzz_arsc.read_one),
    ],
)
def test_injured_members(member: str, read_one: Callable[[bytes], None]) -> None:
    with zipfile.ZipFile(INTAKE) as archive:
        data = archive.read(member)
    chance = random.Random(member)
    for _ in range(ROUNDS):
        read_one(mutate(chance, data))
    for size in range(0, len(data), 13):
        read_one(data[:size])
