"""JSON text as values that know where they stand.

Source: RFC 8259. Comments and trailing commas, which many readers of apps allow, are passed over.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from msgspec import Struct, field

from witnessmark.formats.patterns import kept_regex
from witnessmark.model.errors import FormatError

LARGEST = 8 << 20
DEEPEST = 120
MOST_VALUES = 400_000
BLANK = kept_regex(r"(?:\s|//[^\n]*(?:\n|$)|/\*.*?\*/)*", re.DOTALL)
TEXT = kept_regex(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
PLAIN = kept_regex(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")
ESCAPE = kept_regex(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "/": "/", "\\": "\\", '"': '"'}


class Leaf(Struct, frozen=True):
    """A text, number, truth value or null: ``text`` what it says, the bytes between its quotes."""

    text: str
    offset: int
    length: int
    is_text: bool


class Record(Struct):
    """An object: members by name, the first of two alike, and where it begins."""

    members: dict[str, Node]
    offset: int


class Listed(Struct):
    """An array."""

    items: list[Node] = field(default_factory=list)
    offset: int = 0


Node: TypeAlias = Leaf | Record | Listed


def read_json(data: bytes) -> Node:
    """The value of a JSON text in UTF-8; `FormatError` for anything else."""
    if len(data) > LARGEST:
        raise FormatError(f"longer than {LARGEST} bytes", 0)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError("the text is not UTF-8", error.start) from None
    return _Reader(text, 3 if data.startswith(b"\xef\xbb\xbf") else 0).read()


class _Reader:
    def __init__(self, text: str, skipped: int) -> None:
        self._text = text
        self._at = 0
        self._left = MOST_VALUES
        self._bytes = skipped
        self._counted = 0

    def read(self) -> Node:
        node = self._value(0)
        self._blank()
        if self._at < len(self._text):
            raise self._wrong("something follows the value")
        return node

    def _wrong(self, says: str) -> FormatError:
        return FormatError(says, self._offset(self._at))

    def _offset(self, at: int) -> int:
        """Byte offset of a character; characters are counted once, from left to right."""
        if at < self._counted:
            return self._bytes - len(
                self._text[at : self._counted].encode("utf-8", "surrogatepass")
            )
        self._bytes += len(self._text[self._counted : at].encode("utf-8", "surrogatepass"))
        self._counted = at
        return self._bytes

    def _blank(self) -> str:
        found = BLANK.match(self._text, self._at)
        self._at = found.end() if found is not None else self._at
        return self._text[self._at : self._at + 1]

    def _value(self, depth: int) -> Node:
        self._left -= 1
        if depth > DEEPEST or self._left < 0:
            raise self._wrong("too many values, or too deep in one another")
        sign = self._blank()
        if sign == "{":
            return self._record(depth)
        if sign == "[":
            return self._listed(depth)
        if sign == '"':
            return self._string()
        found = PLAIN.match(self._text, self._at)
        if found is None:
            raise self._wrong("no value stands here")
        start = self._offset(self._at)
        self._at = found.end()
        return Leaf(found[0], start, len(found[0]), False)

    def _string(self) -> Leaf:
        found = TEXT.match(self._text, self._at)
        if found is None:
            raise self._wrong("a text does not end")
        start, end = self._offset(found.start(1)), self._offset(found.end(1))
        self._at = found.end()
        spelled = ESCAPE.sub(_unescaped, found[1]) if "\\" in found[1] else found[1]
        plain = spelled.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return Leaf(plain, start, end - start, True)

    def _record(self, depth: int) -> Record:
        record = Record({}, self._offset(self._at))
        self._at += 1
        while self._blank() != "}":
            name = self._string() if self._blank() == '"' else None
            if name is None or self._blank() != ":":
                raise self._wrong("a name and a colon are missing")
            self._at += 1
            record.members.setdefault(name.text, self._value(depth + 1))
            if self._blank() == ",":
                self._at += 1
            elif self._blank() != "}":
                raise self._wrong("an object does not end")
        self._at += 1
        return record

    def _listed(self, depth: int) -> Listed:
        listed = Listed([], self._offset(self._at))
        self._at += 1
        while self._blank() != "]":
            listed.items.append(self._value(depth + 1))
            if self._blank() == ",":
                self._at += 1
            elif self._blank() != "]":
                raise self._wrong("an array does not end")
        self._at += 1
        return listed


def _unescaped(match: re.Match[str]) -> str:
    sign = match[1]
    return chr(int(sign[1:], 16)) if len(sign) == 5 else ESCAPED.get(sign, sign)
