"""Protobuf messages as their fields, with the bytes behind each.

Source: protobuf.dev/programming-guides/encoding.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from msgspec import Struct

from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

VARINT, I64, LENGTH, START, END, I32 = range(6)
LONGEST_VARINT = 10


class Field(Struct, frozen=True):
    """``value`` is the number of a varint or fixed field; ``span`` the content of the others."""

    number: int
    kind: int
    value: int
    span: Span


class Message:
    """A message in ``data``: its fields by number, in order."""

    def __init__(self, data: bytes, span: Span) -> None:
        self._data = data
        self.span = span
        self._fields: dict[int, list[Field]] = {}
        for one in fields(data, span):
            self._fields.setdefault(one.number, []).append(one)

    def all(self, number: int) -> list[Field]:
        """Every field of a number."""
        return self._fields.get(number, [])

    def last(self, number: int) -> Field | None:
        """The field of a number that counts: the last."""
        found = self._fields.get(number)
        return found[-1] if found else None

    def has(self, number: int) -> bool:
        """Whether there is a field of a number."""
        return number in self._fields

    def number(self, number: int) -> int:
        """Value of a number, 0 where it is not given."""
        found = self.last(number)
        return found.value if found is not None else 0

    def text(self, number: int) -> str:
        """Text of a field, empty where it is not given."""
        found = self.last(number)
        return self._decoded(found.span) if found is not None else ""

    def text_span(self, number: int) -> Span:
        """Where the text of a field stands; the message where it is not given."""
        found = self.last(number)
        return found.span if found is not None else self.span

    def message(self, number: int) -> Message | None:
        """A message inside."""
        found = self.last(number)
        return Message(self._data, found.span) if found is not None else None

    def messages(self, number: int) -> Iterator[Message]:
        """All messages of a number."""
        for one in self.all(number):
            if one.kind == LENGTH:
                yield Message(self._data, one.span)

    def _decoded(self, span: Span) -> str:
        return self._data[span.offset : span.end].decode("utf-8", "replace")


def fields(data: bytes, span: Span) -> Iterator[Field]:
    """Fields of the message in ``span``. Raises `FormatError` where it is none."""
    at, end = span.offset, span.end
    while at < end:
        tag, at = varint(data, at, end)
        number, kind = tag >> 3, tag & 7
        if number == 0:
            raise FormatError("a field has the number 0", at)
        if kind == VARINT:
            value, after = varint(data, at, end)
            yield Field(number, kind, value, Span(at, after - at))
            at = after
        elif kind == LENGTH:
            size, at = varint(data, at, end)
            _within(at, size, end)
            yield Field(number, kind, 0, Span(at, size))
            at += size
        elif kind in (I32, I64):
            size = 4 if kind == I32 else 8
            _within(at, size, end)
            value = int.from_bytes(data[at : at + size], "little")
            yield Field(number, kind, value, Span(at, size))
            at += size
        else:
            raise FormatError(f"wire type {kind} is out of use", at)


def _within(at: int, size: int, end: int) -> None:
    if at + size > end:
        raise FormatError("a field reaches past the end of its message", at)


def varint(data: bytes, at: int, end: int) -> tuple[int, int]:
    """A varint and the place behind it."""
    value = shift = 0
    for place in range(at, min(end, at + LONGEST_VARINT)):
        byte = data[place]
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value & 0xFFFFFFFFFFFFFFFF, place + 1
    raise FormatError("a number has no end", at)


def float_bits(value: int) -> float:
    """A fixed 32-bit field as the fraction that it is."""
    return float(struct.unpack("<f", struct.pack("<I", value))[0])
