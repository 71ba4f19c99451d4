"""Constants that name nothing, as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from witnessmark.formats.dex.kernels import layout


def spell_char(code: int) -> str:
    """A character as itself, or as an escape where it cannot be shown."""
    letter = chr(code & 0xFFFF)
    return letter if letter.isprintable() else f"\\u{code & 0xFFFF:04x}"


def _float(bits: int) -> str:
    return str(np.uint32(bits & 0xFFFFFFFF).view(np.float32))


def _double(bits: int) -> str:
    return str(np.int64(bits).view(np.float64))


SCALARS: Mapping[int, Callable[[int], str]] = {
    layout.BYTE: str, layout.SHORT: str, layout.INT: str, layout.LONG: str,
    layout.CHAR: spell_char, layout.FLOAT: _float, layout.DOUBLE: _double,
    layout.NULL: lambda _: "null", layout.BOOLEAN: lambda bit: "true" if bit else "false",
}  # fmt: skip
"""How numbers of these kinds (as `kernels.values.scalar` reads them) are spelled."""
