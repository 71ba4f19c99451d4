"""``Item`` messages: values of attributes and resources.

Source: AOSP frameworks/base/tools/aapt2/Resources.proto, Item, Primitive, Reference.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from witnessmark.formats.chunks import ValueType
from witnessmark.formats.protobuf.wire import Message
from witnessmark.model.location import Span

REFERENCE, STRING, RAW_STRING, STYLED, FILE, ID, PRIMITIVE = range(1, 8)
PRIMITIVES: Mapping[int, int] = {
    3: ValueType.FLOAT, 6: ValueType.INT_DEC, 7: ValueType.INT_HEX, 8: ValueType.INT_BOOLEAN,
    9: ValueType.COLOR_ARGB8, 10: ValueType.COLOR_RGB8, 11: ValueType.COLOR_ARGB4,
    12: ValueType.COLOR_RGB4, 13: ValueType.DIMENSION, 14: ValueType.FRACTION,
}  # fmt: skip
NULL, EMPTY, BOOLEAN = 1, 2, 8
ATTRIBUTE = 1


class Item(Struct, frozen=True):
    """Type and data as `Res_value` has them; ``text`` of a string and where it stands."""

    type: int
    data: int
    span: Span
    text: str | None = None


def read_item(message: Message) -> Item:
    """The value that an ``Item`` holds; null where it holds none that is known."""
    for number in (STRING, RAW_STRING, STYLED, FILE):
        inner = message.message(number)
        if inner is not None:
            return Item(ValueType.STRING, 0, inner.text_span(1), inner.text(1))
    reference = message.message(REFERENCE)
    if reference is not None:
        kind = ValueType.ATTRIBUTE if reference.number(1) == ATTRIBUTE else ValueType.REFERENCE
        return Item(kind, reference.number(2) & 0xFFFFFFFF, reference.span)
    if message.has(ID):
        return Item(ValueType.INT_BOOLEAN, 0, message.span)
    primitive = message.message(PRIMITIVE)
    if primitive is None or primitive.has(NULL) or primitive.has(EMPTY):
        return Item(ValueType.NULL, int(primitive is not None and primitive.has(EMPTY)),
                    message.span)  # fmt: skip
    for number, named in PRIMITIVES.items():
        if primitive.has(number):
            data = primitive.number(number) & 0xFFFFFFFF
            return Item(named, 0xFFFFFFFF * bool(data) if number == BOOLEAN else data, message.span)
    return Item(ValueType.NULL, 0, message.span)
