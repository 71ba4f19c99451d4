"""Instructions by bytecode version, from ``data/opcodes.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import Struct

SHAPES = {
    "r": "B", "R": "I", "b": "B", "h": "H", "i": "I", "m": "i", "d": "d", "a": "b", "A": "i",
    "s": "B", "t": "H", "T": "I", "f": "B", "g": "H", "G": "I",
}  # fmt: skip
JUMPS = "aA"


@dataclass(frozen=True, slots=True)
class Opcode:
    """An instruction: name, operands (a letter each), how they lie behind its first byte, bytes."""

    name: str
    operands: str
    layout: Struct
    size: int
    jump: int
    """Place of the operand that is a jump, -1 for none."""

    writes: bool
    """Whether the first operand is a register that it writes."""


@cache
def opcodes(version: int) -> Sequence[Opcode]:
    """Instructions of a version, by number."""
    no_result = {row["name"] for row in _rows("no_result.csv")}
    found = {}
    for row in _rows("opcodes.csv"):
        if int(row["since"]) <= version <= int(row["until"]):
            letters = row["operands"]
            layout = Struct("<" + "".join(SHAPES[one] for one in letters))
            jump = next((place for place, one in enumerate(letters) if one in JUMPS), -1)
            name = row["name"]
            writes = jump < 0 and letters != "" and name not in no_result
            found[int(row["number"])] = Opcode(name, letters, layout, layout.size + 1, jump, writes)
    return tuple(found[number] for number in sorted(found))


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    text = Path(__file__).with_name("data").joinpath(name).read_text("utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
