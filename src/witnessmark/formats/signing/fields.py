"""Length-prefixed fields, little-endian, as the APK signature schemes nest them.

https://source.android.com/docs/security/features/apksigning/v2#apk-signature-scheme-v2-block
"""

from __future__ import annotations

from witnessmark.model.errors import FormatError

MOST_ITEMS = 4096


class Fields:
    """A cursor over ``data`` from ``at`` to ``end``; every offset counts in ``data``.

    Each read raises `FormatError` where the bytes do not suffice.
    """

    __slots__ = ("at", "data", "end")

    def __init__(self, data: bytes, at: int = 0, end: int | None = None) -> None:
        self.data = data
        self.at = at
        self.end = len(data) if end is None else end

    @property
    def left(self) -> int:
        """Bytes not read yet."""
        return self.end - self.at

    def number(self, width: int = 4) -> int:
        """An unsigned number of ``width`` bytes."""
        return int.from_bytes(self.raw(width), "little")

    def raw(self, length: int) -> bytes:
        """The next ``length`` bytes."""
        if length > self.left:
            raise FormatError(f"{length} bytes expected, {self.left} are left", self.at)
        self.at += length
        return self.data[self.at - length : self.at]

    def nested(self) -> Fields:
        """The length-prefixed field that follows, as a cursor of its own."""
        length = self.number()
        if length > self.left:
            raise FormatError(f"a field of {length} bytes does not fit {self.left}", self.at - 4)
        inner = Fields(self.data, self.at, self.at + length)
        self.at += length
        return inner

    def rest(self) -> bytes:
        """Everything left."""
        return self.raw(self.left)

    def items(self) -> list[Fields]:
        """Length-prefixed fields up to the end."""
        found: list[Fields] = []
        while self.left:
            if len(found) == MOST_ITEMS:
                raise FormatError(f"more than {MOST_ITEMS} items in a list", self.at)
            found.append(self.nested())
        return found
