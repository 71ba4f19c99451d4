"""A smali file as a listing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from witnessmark.formats.listing.model import (
    Annotation,
    ListedClass,
    ListedField,
    ListedMethod,
    Listing,
    Unread,
)
from witnessmark.formats.smali.method import MethodReader
from witnessmark.formats.smali.tokens import Tokens, plain_name, string_text
from witnessmark.formats.smali.values import read_annotation, read_value
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

LINE = re.compile(rb"\s*(?:([^\s#]\S*)[ \t]*([^\n]*)|#[^\n]*)?\n?")
NAME = re.compile(rb"(?:`[^`\n]*`|[^\s`])+")
PAYLOADS = frozenset({b".packed-switch", b".sparse-switch", b".array-data"})
MOST_UNREAD = 50

ACCESS: Mapping[str, int] = {
    "public": 0x1, "private": 0x2, "protected": 0x4, "static": 0x8, "final": 0x10,
    "synchronized": 0x20, "volatile": 0x40, "bridge": 0x40, "transient": 0x80, "varargs": 0x80,
    "native": 0x100, "interface": 0x200, "abstract": 0x400, "strictfp": 0x800,
    "synthetic": 0x1000, "annotation": 0x2000, "enum": 0x4000, "constructor": 0x10000,
    "declared-synchronized": 0x20000,
}  # fmt: skip


def read_smali(data: bytes) -> Listing:
    """All classes of a smali file; what cannot be read is listed, the rest is kept.

    Raises `FormatError` for a text that declares no class.
    """
    reader = _Reader(data)
    reader.run()
    if not reader.classes:
        raise FormatError("the text declares no class, so it is no smali")
    unread = reader.unread
    if len(unread) > MOST_UNREAD:
        more = Unread(f"{len(unread) - MOST_UNREAD} more places", unread[MOST_UNREAD].span)
        unread = [*unread[:MOST_UNREAD], more]
    return Listing(tuple(reader.classes), tuple(unread))


class _Reader:
    """Goes through the lines of one file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.classes: list[ListedClass] = []
        self.unread: list[Unread] = []
        self._method: MethodReader | None = None
        self._open: _OpenClass | None = None

    def run(self) -> None:
        """Read every line; `classes` and `unread` hold what came of it."""
        at, data = (3 if self._data.startswith(b"\xef\xbb\xbf") else 0), self._data
        while at < len(data):
            found = LINE.match(data, at)
            if found is None:
                break
            word, after = found[1], found.end()
            if word is None:
                at = after
            else:
                at = self._line(word, found.start(1), found.start(2), found.end(2), after)
        self._close_method()
        self._close_class()

    def _line(self, word: bytes, start: int, at: int, end: int, after: int) -> int:
        """One line that says something; the place of the next."""
        method = self._method
        try:
            if word.startswith(b":") and method is not None:
                method.label(word[1:].decode("utf-8", "surrogateescape"))
            elif not word.startswith(b".") and method is not None:
                name = word.decode("utf-8", "surrogateescape")
                method.instruction(name, start, at, _trimmed(self._data, at, end))
            else:
                return self._directive(word, at, end, after)
        except FormatError as error:
            self.unread.append(Unread(error.what, Span(start, max(1, end - start))))
        return after

    def _directive(self, word: bytes, at: int, end: int, after: int) -> int:
        if word == b".annotation":
            return self._annotation(at)
        if word in PAYLOADS and self._method is not None:
            return self._payload(word, at, end, after)
        rest = self._data[at:end].decode("utf-8", "surrogateescape").strip()
        known = True
        if word == b".class":
            self._open_class(at, end)
        elif self._open is None:
            known = False
        elif word == b".method":
            self._open_method(at, end)
        elif word == b".end" and rest.startswith("method"):
            self._close_method()
        elif self._method is not None:
            known = self._method.directive(word.decode("ascii", "replace"), rest)
        elif word == b".field":
            return self._field(at, end, after)
        else:
            known = self._open.directive(word, rest)
        if not known:
            shown = word.decode("utf-8", "replace")
            raise FormatError(f"{shown[:40]!r} is no line of smali")
        return after

    def _payload(self, word: bytes, at: int, end: int, after: int) -> int:
        closing = re.compile(rb"^[ \t]*\.end[ \t]+" + word[1:] + rb"\b[^\n]*\n?", re.MULTILINE)
        found = closing.search(self._data, after)
        if found is None or self._method is None:
            raise FormatError("the data has no end")
        rest = self._data[at:end].decode("utf-8", "surrogateescape").strip()
        body = Tokens(self._data, after, found.start())
        try:
            self._method.payload(word.decode("ascii"), rest, body)
        except FormatError as error:
            self.unread.append(Unread(error.what, Span(at, found.start() - at)))
        return found.end()

    def _annotation(self, at: int) -> int:
        tokens = Tokens(self._data, at, len(self._data))
        visibility = tokens.next().text
        found = read_annotation(tokens, visibility)
        if self._method is not None:
            self._method.annotation(found)
        elif self._open is not None:
            self._open.annotation(found)
        return tokens.at

    def _field(self, at: int, end: int, after: int) -> int:
        """``.field public static NAME:TYPE = VALUE``; the value may go on for lines."""
        words, name, place = _words(self._data, at, end, stop=b"=")
        declared, colon, kind = name.rpartition(":")
        if not colon or self._open is None:
            raise FormatError("this declares no field")
        value = None
        equals = self._data.find(b"=", place.end, end)
        if equals >= 0:
            tokens = Tokens(self._data, equals + 1, len(self._data))
            value = read_value(tokens)
            after = max(after, tokens.at)
        span = Span(place.offset, place.length)
        field = ListedField(declared, kind, _access(words), value, (), span)
        self._open.add_field(field)
        return after

    def _open_class(self, at: int, end: int) -> None:
        self._close_method()
        self._close_class()
        words, name, place = _words(self._data, at, end)
        self._open = _OpenClass(name, _access(words), place)

    def _open_method(self, at: int, end: int) -> None:
        self._close_method()
        words, spelled, place = _words(self._data, at, end)
        name, opened, proto = spelled.partition("(")
        if not opened:
            raise FormatError("this declares no method")
        span = Span(place.offset, place.length)
        self._method = MethodReader(self._data, name, f"({proto}", _access(words), span)

    def _close_method(self) -> None:
        method, self._method = self._method, None
        if method is None or self._open is None:
            return
        try:
            self._open.methods.append(method.finished(self.unread))
        except FormatError as error:
            self.unread.append(Unread(f"method {method.name}: {error.what}", method.span))

    def _close_class(self) -> None:
        if self._open is not None:
            self.classes.append(self._open.finished())
        self._open = None


class _OpenClass:
    """A class while its lines come in."""

    def __init__(self, name: str, access: int, span: Span) -> None:
        self._name, self._access, self._span = name, access, span
        self._super: str | None = None
        self._interfaces: list[str] = []
        self._source: str | None = None
        self._annotations: list[Annotation] = []
        self._field: ListedField | None = None
        self._pending: list[Annotation] = []
        self._fields: list[ListedField] = []
        self.methods: list[ListedMethod] = []

    def directive(self, word: bytes, rest: str) -> bool:
        """A line about the class itself; whether it is known."""
        text = rest.partition(" ")[0] if word != b".source" else rest
        if word == b".super":
            self._super = plain_name(text)
        elif word == b".implements":
            self._interfaces.append(plain_name(text))
        elif word == b".source":
            self._source = string_text(text) if text.startswith('"') else text
        elif word == b".end" and rest.startswith("field"):
            self._close_field(tuple(self._pending))
            self._pending = []
        else:
            return False
        return True

    def add_field(self, field: ListedField) -> None:
        """A field; annotations that follow are its own if ``.end field`` comes."""
        self._close_field(())
        self._field = field

    def annotation(self, found: Annotation) -> None:
        """An annotation of the class, or of the field before it."""
        (self._annotations if self._field is None else self._pending).append(found)

    def _close_field(self, annotations: tuple[Annotation, ...]) -> None:
        if not annotations:
            self._annotations += self._pending
            self._pending = []
        if self._field is not None:
            one = self._field
            self._fields.append(
                ListedField(one.name, one.type, one.access, one.value, annotations, one.span)
            )
        self._field = None

    def finished(self) -> ListedClass:
        """The class as far as it was read."""
        self._close_field(())
        return ListedClass(
            self._name, self._super, tuple(dict.fromkeys(self._interfaces)), self._access,
            self._source, tuple(self._fields), tuple(self.methods), tuple(self._annotations),
            self._span,
        )  # fmt: skip


def _words(data: bytes, at: int, end: int, stop: bytes = b"") -> tuple[list[str], str, Span]:
    """Words up to a comment or ``stop``: all but the last, the last, and its place."""
    found = []
    for one in NAME.finditer(data, at, end):
        if one[0].startswith(b"#") or (stop and one[0] == stop):
            break
        found.append(one)
    if not found:
        raise FormatError("a name is missing", at)
    *words, last = found
    name = plain_name(last[0].decode("utf-8", "surrogateescape"))
    span = Span(last.start(), last.end() - last.start())
    return [one[0].decode("utf-8", "surrogateescape") for one in words], name, span


def _access(words: list[str]) -> int:
    """Access flags; words that are none (as those of hidden interfaces) do not count."""
    flags = 0
    for word in words:
        flags |= ACCESS.get(word, 0)
    return flags


def _trimmed(data: bytes, at: int, end: int) -> int:
    """End of a line without white space behind it."""
    while end > at and data[end - 1] in b" \t\r":
        end -= 1
    return max(end, at)
