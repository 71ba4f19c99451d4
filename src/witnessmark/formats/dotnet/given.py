"""What an attribute is given: its texts, by name where it has one.

Values of other kinds are passed over, as long as their size is known; an enumeration counts as
four bytes, which nearly all have.

Source: ECMA-335 part II.23.3 (custom attributes).
"""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.formats.dotnet.kinds import ENUM, SIZES, WORDS
from witnessmark.formats.dotnet.metadata import Metadata
from witnessmark.model.errors import FormatError

PROLOG = b"\x01\0"
TYPE, BOXED, ENUMERATION, LIST = 0x50, 0x51, 0x55, 0x1D
"""Kinds of values that only attributes spell (II.23.3, FieldOrPropType)."""

OF_TYPE, OF_OBJECT = "System.Type", "object"
MOST_NAMED = 64
MOST_LISTED = 64
"""Named values, and texts of one list, that are told."""

NO_LIST = 0xFFFFFFFF
"""Length of a list that is not there."""

DEEPEST = 4


class Given:
    """Reads the bytes of one attribute; ``whole`` is False once something was left out."""

    def __init__(self, metadata: Metadata, place: int) -> None:
        """``place`` is that of the bytes among the metadata."""
        self._metadata = metadata
        self._data = metadata.data
        self._at, self._end = metadata.blob(place)
        self._found: list[tuple[str, str]] = []
        self.whole = True

    def texts(self, taken: Sequence[str]) -> Sequence[tuple[str, str]]:
        """Names, empty for none, with texts; ``taken`` are the types that the maker takes.

        `FormatError` where a text is cut.
        """
        start, end = self._at, self._end
        if end - start < 4 or bytes(self._data[start : start + 2]) != PROLOG:
            self.whole = not taken and end - start in (0, 2)
            return ()
        self._at += 2
        if all(self._value("", kind, 0) for kind in taken):
            self._named()
        else:
            self.whole = False
        return self._found

    def _named(self) -> None:
        count = self._number(2)
        for _ in range(min(count, MOST_NAMED)):
            self._at += 1
            kind = self._spelled_kind(0)
            if not kind or not self._value(self._text(), kind, 0):
                self.whole = False
                return
        self.whole &= count <= MOST_NAMED

    def _spelled_kind(self, depth: int) -> str:
        """The kind that stands before a value; empty where it is not known."""
        code = self._number(1)
        if code == ENUMERATION:
            return ENUM + self._text()
        if code == LIST and depth < DEEPEST:
            inner = self._spelled_kind(depth + 1)
            return f"{inner}[]" if inner else ""
        return {TYPE: OF_TYPE, BOXED: OF_OBJECT}.get(code, WORDS.get(code, ""))

    def _value(self, name: str, kind: str, depth: int) -> bool:
        """Pass over a value, keeping its texts; False where its size is not known."""
        if self._at >= self._end or depth > DEEPEST:
            return False
        if kind == "string":
            self._found.append((name, self._text()))
        elif kind == OF_TYPE:
            self._text()
        elif kind == OF_OBJECT:
            return self._value(name, self._spelled_kind(0), depth + 1)
        elif kind.endswith("[]"):
            return self._list(name, kind.removesuffix("[]"), depth)
        elif kind in SIZES or kind.startswith(ENUM):
            self._at += SIZES.get(kind, 4)
        else:
            return False
        return True

    def _list(self, name: str, kind: str, depth: int) -> bool:
        count = self._number(4)
        before = len(self._found)
        for _ in range(0 if count == NO_LIST else count):
            if not self._value(name, kind, depth + 1):
                return False
        if len(self._found) - before > MOST_LISTED:
            del self._found[before + MOST_LISTED :]
            self.whole = False
        return True

    def _number(self, size: int) -> int:
        at = self._at
        self._at += size
        return int.from_bytes(self._data[at : min(self._at, self._end)], "little")

    def _text(self) -> str:
        at = self._at
        if at >= self._end or self._data[at] == 0xFF:
            self._at += 1
            return ""
        length, size = self._metadata.packed(at)
        self._at = at + size + length
        if not size or self._at > self._end:
            raise FormatError("a text of an attribute is cut", at)
        return bytes(self._data[at + size : self._at]).decode("utf-8", "replace")
