"""The instruction set, from ``opcodes.csv``.

Source: Dalvik bytecode and Dalvik executable instruction formats,
source.android.com/docs/core/runtime/dalvik-bytecode and .../instruction-formats.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

UNUSED = "unused-"
"""How names of opcodes without meaning begin; they count as one unit wide."""


class Opcode(Struct, frozen=True):
    """One opcode. ``format`` is the format's name, whose first digit is its width in 16-bit
    units; ``index`` says what its index operand names: string, type, field, method, proto,
    call_site, method_handle, or nothing; ``units`` is its width in 16-bit units.
    """

    number: int
    name: str
    format: str
    index: str
    units: int


@cache
def opcodes() -> tuple[Opcode, ...]:
    """All 256 opcodes by number."""
    text = Path(__file__).with_name("opcodes.csv").read_text(encoding="ascii")
    rows = (line.split(",") for line in text.splitlines()[1:])
    return tuple(
        Opcode(int(number, 16), name, form, index, int(form[0]))
        for number, name, form, index in rows
    )
