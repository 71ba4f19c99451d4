"""Values as XML source spells them, typed as the build tools type them.

Source: AOSP frameworks/base/tools/aapt2/ResourceUtils.cpp, ``TryParse...``.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from witnessmark.facts.values import framework_resources, framework_symbols
from witnessmark.formats.axml.attribute_names import public_attribute_names
from witnessmark.formats.chunks import ValueType
from witnessmark.formats.chunks.value import RADIX_SHIFTS

Typed = tuple[int, int]
"""`ValueType` and data."""

REFERENCE = re.compile(r"([@?])(?:\+|\*)?(?:([A-Za-z_][\w.]*):)?(?:([A-Za-z_^][\w-]*)/)?([\w.$-]+)")
WHOLE = re.compile(r"0|-?[1-9][0-9]{0,9}")
HEX = re.compile(r"0x[0-9a-fA-F]{1,8}")
COLOUR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
MEASURE = re.compile(r"(-?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)(px|dip|dp|sp|pt|in|mm|%p|%)")
FLOAT = re.compile(r"-?[0-9]*\.[0-9]+")
UNITS = {"px": 0, "dip": 1, "dp": 1, "sp": 2, "pt": 3, "in": 4, "mm": 5, "%": 0, "%p": 1}
COLOURS = {
    3: ValueType.COLOR_RGB4, 4: ValueType.COLOR_ARGB4, 6: ValueType.COLOR_RGB8,
    8: ValueType.COLOR_ARGB8,
}  # fmt: skip


class Names(Struct, frozen=True):
    """Ids by ``type/name``; ``package`` is the app's own."""

    package: str
    ids: Mapping[str, int]

    def reference(self, written: str) -> Typed | None:
        """What ``@string/ok`` or ``?attr/colour`` refers to; None where that is not known."""
        if written in ("@null", "@empty"):
            return ValueType.NULL, int(written == "@empty")
        found = REFERENCE.fullmatch(written)
        if found is None:
            return None
        mark, package, kind, name = found.groups()
        if HEX.fullmatch(name) and kind is None:
            resource: int | None = int(name, 16)
        else:
            resource = self._find(package or "", f"{kind or 'attr'}/{name}")
        if resource is None:
            return None
        return (ValueType.REFERENCE if mark == "@" else ValueType.ATTRIBUTE), resource

    def _find(self, package: str, name: str) -> int | None:
        if package == "android":
            return framework_ids().get(name)
        return self.ids.get(name)

    def attribute(self, name: str, *, framework: bool) -> int:
        """Id of an attribute, 0 where it is not known."""
        ids = framework_ids() if framework else self.ids
        return ids.get(f"attr/{name}", 0)

    def attribute_value(self, name: str, written: str, *, framework: bool) -> Typed | None:
        """Type and data of an attribute's value; None for a text."""
        symbols = framework_symbols().get(name) if framework else None
        if symbols is not None and written[:1].isalpha():
            words = {word: value for value, word in symbols.words}
            chosen = [words.get(word) for word in written.split("|")]
            if None not in chosen:
                data = 0
                for value in chosen:
                    data |= value or 0
                return ValueType.INT_HEX, data
        return self.typed(written) or (measured(written) if MEASURE.fullmatch(written) else None)

    def typed(self, written: str) -> Typed | None:
        """Type and data of a value that is no text; None for a text."""
        if written[:1] in ("@", "?"):
            return self.reference(written)
        if written in ("true", "false"):
            return ValueType.INT_BOOLEAN, 0xFFFFFFFF if written == "true" else 0
        return _number(written)


def _number(written: str) -> Typed | None:
    """A number that is spelled as it would be spelled again."""
    if WHOLE.fullmatch(written) and -(1 << 31) <= int(written) < 1 << 32:
        return ValueType.INT_DEC, int(written) & 0xFFFFFFFF
    if HEX.fullmatch(written) and f"0x{int(written, 16):x}" == written:
        return ValueType.INT_HEX, int(written, 16)
    return None


def measured(written: str) -> Typed | None:
    """A colour, dimension, fraction or number with a point."""
    colour = COLOUR.fullmatch(written)
    if colour is not None:
        digits = colour[1]
        whole = digits if len(digits) > 4 else "".join(2 * digit for digit in digits)
        return COLOURS[len(digits)], int(whole.rjust(8, "f"), 16)
    found = MEASURE.fullmatch(written)
    if found is not None:
        unit = found[2]
        number = float(found[1]) / (100 if "%" in unit else 1)
        kind = ValueType.FRACTION if "%" in unit else ValueType.DIMENSION
        return kind, complex_data(number) | UNITS[unit]
    if FLOAT.fullmatch(written):
        try:
            return ValueType.FLOAT, int(struct.unpack("<I", struct.pack("<f", float(written)))[0])
        except OverflowError:
            return None
    return _number(written)


def complex_data(number: float) -> int:
    """Mantissa and place of its point, as `Res_value` holds them: the finest that has room."""
    radix = 0
    if number != int(number):
        radix = next(
            (place for place, most in ((3, 1), (2, 1 << 8), (1, 1 << 16)) if abs(number) < most), 0
        )
    mantissa = round(number * (1 << RADIX_SHIFTS[radix]))
    return (mantissa & 0xFFFFFF) << 8 | radix << 4


@cache
def framework_ids() -> Mapping[str, int]:
    """Ids of the framework's public resources by ``type/name``."""
    named = {name: number for number, (name, _) in framework_resources().items()}
    return {f"attr/{name}": number for number, name in public_attribute_names().items()} | named
