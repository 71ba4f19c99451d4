"""Seeded cuts, flips and splices of our own fixture: a result or a `FormatError`, never else."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from witnessmark.formats.signing import Signatures, read_signatures
from witnessmark.formats.zip import ZipArchive, read_zip, unpack
from witnessmark.model.errors import FormatError

INTAKE = Path(__file__).resolve().parents[1] / "apps" / "intake" / "intake.apk"
LIMIT = 1 << 20
ROUNDS = 120


def flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice([1, 7, 100, 5000, len(data)])]


def splice(data: bytearray, chance: random.Random) -> None:
    source, target = chance.randrange(len(data)), chance.randrange(len(data))
    data[target:target] = data[source : source + chance.randint(1, 400)]


def overwrite_headers(data: bytearray, chance: random.Random) -> None:
    """Change bytes of the directory and end record, where lies cost an attacker least."""
    start = data.rfind(b"PK\x01\x02", 0, chance.randint(1, len(data)))
    for _ in range(6):
        at = max(start, 0) + chance.randrange(60)
        if at < len(data):
            data[at] = chance.choice([0, 1, 0x7F, 0xFF, chance.randrange(256)])


def read_everything(data: bytes, archive: ZipArchive) -> Signatures:
    """Unpack each entry and verify the signatures; only a `FormatError` is passed over."""
    for entry in archive.entries:
        try:
            assert len(unpack(data, entry, LIMIT)) <= LIMIT
        except FormatError:
            continue
    return read_signatures(data, archive, lambda entry: unpack(data, entry, LIMIT))


@pytest.mark.parametrize("mutate", [flip, cut, splice, overwrite_headers])
def test_mutated_archives(mutate: Callable[[bytearray, random.Random], None]) -> None:
    original = INTAKE.read_bytes()
    chance = random.Random(mutate.__name__)
    opened = changed = 0
    for _ in range(ROUNDS):
        data = bytearray(original)
        mutate(data, chance)
        frozen = bytes(data)
        try:
            archive = read_zip(frozen)
        except FormatError:
            continue
        opened += 1
        signatures = read_everything(frozen, archive)
        states = {result.state for result in signatures.schemes}
        changed += "failed" in states or "unreadable" in states or bool(signatures.problems)
    assert opened > ROUNDS // 2
    assert changed > opened // 2
