"""Seeded injuries of bytecode: read or refused, never another error, in bounded time."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from witnessmark.formats.hermes import read_hermes, read_program
from witnessmark.model.errors import FormatError

SAMPLES = sorted(
    (Path(__file__).parents[1] / "unit" / "formats" / "hermes" / "samples").glob("*.hbc")
)
LIARS = (0, 1, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
SLOWEST = 20.0
"""Seconds for all injuries of one sample: far more than they need."""


def read_all(data: bytes) -> None:
    """Read what there is to read."""
    try:
        file = read_hermes(data)
        program = read_program(file)
        for call in program.calls:
            program.name(call.callee)
            for one in call.arguments:
                program.text(one)
        for number in range(file.text_count):
            file.text(number)
    except FormatError:
        return


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_injured_bytecode(path: Path) -> None:
    chance = random.Random(path.stem)
    whole = path.read_bytes()
    began = time.process_time()
    for _ in range(250):
        hurt = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            first = chance.choice((32, 128, 400))
            at = chance.randrange(first, len(hurt) - 8)
            width = chance.choice((1, 2, 4))
            liar = chance.choice(LIARS) & ((1 << 8 * width) - 1)
            hurt[at : at + width] = liar.to_bytes(width, "little")
        read_all(bytes(hurt))
    assert time.process_time() - began < SLOWEST
