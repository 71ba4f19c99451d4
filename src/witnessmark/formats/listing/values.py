"""Constants and annotations as a dex file encodes them.

They are numbered first, while names still come in, and encoded when the order of all names is
known.

Source: Dalvik executable format, "encoded_value encoding",
source.android.com/docs/core/runtime/dex-format#encoding.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from typing import cast

from msgspec import Struct

from witnessmark.formats.listing.model import Annotation, Value
from witnessmark.formats.listing.pool import (
    FIELD,
    HANDLE,
    METHOD,
    PROTO,
    STRING,
    TYPE,
    Order,
    Pool,
)
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

NAMED: Mapping[str, tuple[int, int]] = {
    "method_type": (0x15, PROTO), "method_handle": (0x16, HANDLE), "string": (0x17, STRING),
    "type": (0x18, TYPE), "field": (0x19, FIELD), "method": (0x1A, METHOD), "enum": (0x1B, FIELD),
}  # fmt: skip
"""Kinds of values that name something: their code, and the kind of name."""

WHOLE: Mapping[str, tuple[int, int]] = {
    "byte": (0x00, 8), "short": (0x02, 16), "char": (0x03, 16), "int": (0x04, 32),
    "long": (0x06, 64),
}  # fmt: skip
"""Kinds of whole numbers: their code and bits."""

BROKEN: Mapping[str, tuple[int, str]] = {"float": (0x10, "<f"), "double": (0x11, "<d")}
ARRAY, ANNOTATION, NULL, BOOLEAN = 0x1C, 0x1D, 0x1E, 0x1F
DEEPEST = 32
"""Levels of values within values; compilers write a few."""


class Numbered(Struct, frozen=True):
    """A value in which names are numbers.

    ``code``   value_type, with value_arg for a boolean.
    ``kind``   kind of name that ``parts[0]`` numbers, -1 for none.
    ``parts``  bytes of a number, number of a name, values of an array; of an annotation its type
               and pairs of name and value.
    """

    code: int
    kind: int
    parts: tuple[object, ...]
    span: Span

    @property
    def named(self) -> int:
        """Number of the name, for an annotation that of its type."""
        number = self.parts[0]
        if not isinstance(number, int):
            raise TypeError(f"{number!r} numbers no name")
        return number


def number_values(pool: Pool, values: tuple[Value, ...]) -> tuple[Numbered, ...]:
    """Values with numbers for names."""
    return tuple(number_value(pool, one) for one in values)


def number_value(pool: Pool, value: Value, depth: int = 0) -> Numbered:
    """A value with numbers for names; `FormatError` where its content is not of its kind."""
    if depth > DEEPEST:
        raise FormatError("values lie too deep in one another", value.span.offset)
    kind, content, span = value.kind, value.content, value.span
    pool.at(span)
    if kind in NAMED and isinstance(content, str):
        code, named = NAMED[kind]
        number = pool.handle(content) if named == HANDLE else pool.spelled(named, content)
        return Numbered(code, named, (number,), span)
    if kind == "array" and isinstance(content, tuple):
        items = tuple(number_value(pool, one, depth + 1) for one in content)
        return Numbered(ARRAY, -1, items, span)
    if kind == "annotation" and isinstance(content, Annotation):
        return number_annotation(pool, content, depth + 1)
    return Numbered(*_plain(value), span)


def number_annotation(pool: Pool, annotation: Annotation, depth: int = 0) -> Numbered:
    """An annotation with numbers for names."""
    pool.at(annotation.span)
    kind = pool.spelled(TYPE, annotation.type)
    pairs = []
    for name, value in dict(annotation.elements).items():
        pool.at(value.span)
        pairs.append((pool.number(STRING, name), number_value(pool, value, depth)))
    return Numbered(ANNOTATION, TYPE, (kind, *pairs), annotation.span)


def _plain(value: Value) -> tuple[int, int, tuple[object, ...]]:
    """Code and bytes of a number, boolean or null."""
    kind, content = value.kind, value.content
    if kind == "null":
        return NULL, -1, (b"",)
    if kind == "boolean":
        return BOOLEAN | (0x20 if content else 0), -1, (b"",)
    if kind in WHOLE and isinstance(content, int):
        code, bits = WHOLE[kind]
        if not -(1 << (bits - 1)) <= content < 1 << bits:
            raise FormatError(f"{content} is no {kind}", value.span.offset)
        return _sized(code, _shortest(content, bits, signed=kind != "char"))
    if kind in BROKEN and isinstance(content, int | float):
        code, form = BROKEN[kind]
        try:
            return _sized(code, struct.pack(form, content))
        except OverflowError:
            raise FormatError(f"{content} is no {kind}", value.span.offset) from None
    raise FormatError(f"{content!r} is no {kind}", value.span.offset)


def _sized(code: int, data: bytes) -> tuple[int, int, tuple[object, ...]]:
    return code | (len(data) - 1) << 5, -1, (data,)


def _shortest(number: int, bits: int, *, signed: bool) -> bytes:
    """Fewest bytes, little-endian, that give the number back."""
    if signed and number >= 1 << (bits - 1):
        number -= 1 << bits
    for size in range(1, bits // 8 + 1):
        low, high = (-(1 << (8 * size - 1)), 1 << (8 * size - 1)) if signed else (0, 1 << 8 * size)
        if low <= number < high:
            return number.to_bytes(size, "little", signed=signed)
    return (number & ((1 << bits) - 1)).to_bytes(bits // 8, "little")


Mark = Callable[[int, Span], None]
"""Told the place of each value in the bytes, and its span in the text."""


class Encoder:
    """Bytes of numbered values under the final order of names."""

    def __init__(self, order: Order) -> None:
        self._order = order

    def value(self, value: Numbered, out: bytearray, mark: Mark) -> None:
        """Append an encoded_value."""
        mark(len(out), value.span)
        if value.code == ANNOTATION:
            out.append(ANNOTATION)
            self.annotation(value, out, mark)
        elif value.code == ARRAY:
            out.append(ARRAY)
            self.array(value.parts, out, mark)
        elif value.kind >= 0:
            number = self._order.number[value.kind][value.named]
            data = _shortest(number, 32, signed=False)
            out.append(value.code | (len(data) - 1) << 5)
            out += data
        else:
            out.append(value.code)
            out += value.parts[0]  # type: ignore[arg-type]

    def array(self, items: tuple[object, ...], out: bytearray, mark: Mark) -> None:
        """Append an encoded_array."""
        out += uleb(len(items))
        for item in items:
            self.value(item, out, mark)  # type: ignore[arg-type]

    def annotation(self, value: Numbered, out: bytearray, mark: Mark) -> None:
        """Append an encoded_annotation, elements ordered by name."""
        order = self._order.number
        out += uleb(order[TYPE][value.named])
        pairs = sorted(self._pairs(value), key=lambda pair: pair[0])
        out += uleb(len(pairs))
        for name, item in pairs:
            out += uleb(name)
            self.value(item, out, mark)

    def _pairs(self, value: Numbered) -> Iterator[tuple[int, Numbered]]:
        for pair in value.parts[1:]:
            name, item = cast("tuple[int, Numbered]", pair)
            yield self._order.number[STRING][name], item


def uleb(value: int) -> bytes:
    """Unsigned LEB128."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def sleb(value: int) -> bytes:
    """Signed LEB128."""
    out = bytearray()
    while not -0x40 <= value < 0x40:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value & 0x7F)
    return bytes(out)
