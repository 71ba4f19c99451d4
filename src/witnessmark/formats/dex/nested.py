"""Encoded values one by one, as deep as they go: call sites, and values inside values."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from witnessmark.formats.dex.image import Image
from witnessmark.formats.dex.kernels import layout
from witnessmark.formats.dex.kernels.helpers import u1, uleb
from witnessmark.formats.dex.kernels.values import scalar, skip_value
from witnessmark.formats.dex.names import Names

MOST_ITEMS = 1024
"""Items with which one value is spelled at most; an ellipsis stands for the rest."""


class Item(Struct, frozen=True):
    """An item of an encoded array: its kind, its number as the kernels read it, its place."""

    kind: int
    number: int
    at: int


class _CutError(Exception):
    """The bytes end, or nest too deep, inside a value."""


class _Cursor:
    """A position in the bytes of one dex file, moved by reading."""

    def __init__(self, image: Image, at: int, dex: int) -> None:
        self.bytes: Any = image.bytes_.data
        self.end = int(image.dex[dex, layout.END])
        self.scratch: Any = [at, 0, *([0] * (layout.DEEPEST + 2))]

    @property
    def at(self) -> int:
        return int(self.scratch[0])

    def number(self) -> int:
        """The ULEB128 here."""
        value = uleb(self.bytes, self.scratch, self.end)
        self._check()
        return value

    def item(self) -> Item:
        """The value here, as a whole."""
        at = self.at
        if at >= self.end:
            raise _CutError
        skip_value(self.bytes, self.scratch, self.end)
        self._check()
        return Item(u1(self.bytes, at) & 0x1F, scalar(self.bytes, at, self.end), at)

    def enter(self) -> None:
        """Go into the array or annotation whose first byte is here."""
        self.scratch[0] += 1

    def _check(self) -> None:
        if self.scratch[1]:
            raise _CutError


def read_array(image: Image, at: int, dex: int, most: int = MOST_ITEMS) -> list[Item]:
    """Items of the encoded_array at a position of the image, as far as they can be read."""
    cursor, found = _Cursor(image, at, dex), []
    try:
        for _ in range(min(cursor.number(), most)):
            found.append(cursor.item())
    except _CutError:
        return found
    return found


def spell_value(image: Image, names: Names, at: int, dex: int) -> str:
    """Text of the encoded_value at a position, arrays and annotations spelled out."""
    pieces: list[str] = []
    try:
        _spell_whole(_Whole(image.bytes_.data, int(image.dex[dex, layout.END]), dex, names), at,
                     pieces, layout.DEEPEST - 1)  # fmt: skip
    except _CutError:
        return _spell_part(image, names, at, dex)
    return "".join(pieces)


class _Whole(Struct, frozen=True):
    """What a value that can be read to its end is read from."""

    data: Any
    end: int
    dex: int
    names: Names

    def number(self, at: int) -> tuple[int, int]:
        """The ULEB128 at a position, and the position behind it."""
        if at < self.end and self.data[at] < 0x80:
            return self.data[at], at + 1
        scratch: Any = [at, 0]
        value = uleb(self.data, scratch, self.end)
        if scratch[1]:
            raise _CutError
        return value, scratch[0]


def _spell_whole(whole: _Whole, at: int, pieces: list[str], deeper: int) -> int:
    """Spell the value at a position; the position behind it. Raises `_CutError` where that is not
    all there is to it: it is cut, too deep or too long.
    """
    if at >= whole.end or deeper < 0 or len(pieces) > MOST_ITEMS:
        raise _CutError
    head = whole.data[at]
    kind = head & 0x1F
    if kind not in (layout.ARRAY, layout.NESTED):
        behind = at + 1 + (0 if kind in (layout.NULL, layout.BOOLEAN) else (head >> 5) + 1)
        if behind > whole.end:
            raise _CutError
        if head >> 5 <= 3 and layout.METHOD_TYPE <= kind <= layout.ENUM:
            number = int.from_bytes(whole.data[at + 1 : behind], "little")
        else:
            number = scalar(whole.data, at, whole.end)
        pieces.append(whole.names.spell(kind, number, whole.dex))
        return behind
    at += 1
    nested = kind == layout.NESTED
    if nested:
        number, at = whole.number(at)
        pieces.append(f"@{whole.names.spell(layout.TYPE, number, whole.dex)}(")
    else:
        pieces.append("[")
    count, at = whole.number(at)
    for position in range(count):
        pieces.append(", " if position else "")
        if nested:
            number, at = whole.number(at)
            pieces.append(whole.names.spell(layout.STRING, number, whole.dex) + "=")
        at = _spell_whole(whole, at, pieces, deeper - 1)
    pieces.append(")" if nested else "]")
    return at


def _spell_part(image: Image, names: Names, at: int, dex: int) -> str:
    """As `spell_value`, of a value that is cut, too deep or too long."""
    cursor = _Cursor(image, at, dex)
    pieces: list[str] = []
    try:
        cursor.item()  # fails when it nests deeper than the recursion below may go
        cursor.scratch[0] = at
        _spell(cursor, names, dex, pieces)
    except _CutError:
        pieces.append("…")
    return "".join(pieces)


def _spell(cursor: _Cursor, names: Names, dex: int, pieces: list[str]) -> None:
    at = cursor.at
    if at >= cursor.end:
        raise _CutError
    kind = u1(cursor.bytes, at) & 0x1F
    if len(pieces) > MOST_ITEMS:
        raise _CutError
    if kind not in (layout.ARRAY, layout.NESTED):
        item = cursor.item()
        pieces.append(names.spell(kind, item.number, dex))
        return
    cursor.enter()
    if kind == layout.NESTED:
        pieces.append(f"@{names.spell(layout.TYPE, cursor.number(), dex)}(")
    else:
        pieces.append("[")
    for position in range(cursor.number()):
        pieces.append(", " if position else "")
        if kind == layout.NESTED:
            pieces.append(names.spell(layout.STRING, cursor.number(), dex) + "=")
        _spell(cursor, names, dex, pieces)
    pieces.append(")" if kind == layout.NESTED else "]")
