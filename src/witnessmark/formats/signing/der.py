"""A small bounded reader of DER and of the BER that signing tools write instead.

ITU-T X.690, sections 8.1 (encoding) and 8.19 (object identifiers). Indefinite lengths and
lengths in more bytes than needed are accepted: Android accepts them in signatures.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from witnessmark.model.errors import FormatError

INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
OBJECT_ID = 0x06
SEQUENCE = 0x30
SET = 0x31
CONTEXT_0 = 0xA0
CONTEXT_1 = 0xA1
CONTEXT_3 = 0xA3

DEEPEST = 32
MOST_ELEMENTS = 20_000


class Element(Struct, frozen=True):
    """A tagged value in ``data``: header from ``start``, content ``body`` to ``body_end``."""

    data: bytes
    tag: int
    start: int
    body: int
    body_end: int
    end: int

    @property
    def content(self) -> bytes:
        """Content octets."""
        return self.data[self.body : self.body_end]

    @property
    def encoded(self) -> bytes:
        """Header and content as they stand."""
        return self.data[self.start : self.end]

    def children(self) -> list[Element]:
        """Elements inside a constructed one."""
        return list(_walk(self.data, self.body, self.body_end))

    def expect(self, tag: int) -> Element:
        """This element, if it has ``tag``; raises `FormatError` otherwise."""
        if self.tag != tag:
            raise FormatError(f"ASN.1 tag {tag:#04x} expected, found {self.tag:#04x}", self.start)
        return self

    def integer(self) -> int:
        """Value of an INTEGER."""
        return int.from_bytes(self.expect(INTEGER).content, "big", signed=True)

    def object_id(self) -> str:
        """Dotted text of an OBJECT IDENTIFIER."""
        return _object_id(self.expect(OBJECT_ID))

    def octets(self) -> bytes:
        """Value of an OCTET STRING, whose pieces are joined where it is constructed."""
        if self.tag == OCTET_STRING | 0x20:
            return b"".join(piece.expect(OCTET_STRING).content for piece in self.children())
        return self.expect(OCTET_STRING).content


def read_element(data: bytes, at: int = 0, stop: int | None = None) -> Element:
    """The element at ``at``; raises `FormatError` where none fits before ``stop``."""
    return _read(data, at, len(data) if stop is None else stop, 0)


def child(parent: Element, index: int) -> Element:
    """The ``index``-th element inside ``parent``; raises `FormatError` if there are fewer."""
    children = parent.children()
    if index >= len(children):
        raise FormatError(f"ASN.1 structure has {len(children)} parts only", parent.start)
    return children[index]


def _walk(data: bytes, at: int, stop: int, depth: int = 0) -> Iterator[Element]:
    count = 0
    while at < stop:
        element = _read(data, at, stop, depth)
        yield element
        at = element.end
        count += 1
        if count > MOST_ELEMENTS:
            raise FormatError("too many ASN.1 elements", at)


def _read(data: bytes, at: int, stop: int, depth: int) -> Element:
    if at + 2 > stop:
        raise FormatError("ASN.1 element is cut", at)
    if depth > DEEPEST:
        raise FormatError("ASN.1 elements are nested too deeply", at)
    tag = data[at]
    if tag & 0x1F == 0x1F:
        raise FormatError("ASN.1 tag of several bytes", at)
    first = data[at + 1]
    body = at + 2
    if first == 0x80:
        return _indefinite(data, at, body, stop, depth)
    length = first
    if first & 0x80:
        width = first & 0x7F
        if width > 8 or body + width > stop:
            raise FormatError("ASN.1 length is cut or absurd", at)
        length = int.from_bytes(data[body : body + width], "big")
        body += width
    if body + length > stop:
        raise FormatError("ASN.1 element reaches beyond its container", at)
    return Element(data, tag, at, body, body + length, body + length)


def _indefinite(data: bytes, at: int, body: int, stop: int, depth: int) -> Element:
    cursor = body
    for _ in range(MOST_ELEMENTS):
        if data[cursor : cursor + 2] == b"\0\0" and cursor + 2 <= stop:
            return Element(data, data[at], at, body, cursor, cursor + 2)
        cursor = _read(data, cursor, stop, depth + 1).end
    raise FormatError("too many ASN.1 elements", at)


def _object_id(element: Element) -> str:
    value = 0
    arcs: list[int] = []
    for byte in element.content:
        value = value << 7 | byte & 0x7F
        if value.bit_length() > 128:
            raise FormatError("object identifier is absurd", element.start)
        if not byte & 0x80:
            arcs.append(value)
            value = 0
    if not arcs:
        raise FormatError("object identifier is empty", element.start)
    first = min(arcs[0] // 40, 2)
    return ".".join(str(arc) for arc in (first, arcs[0] - 40 * first, *arcs[1:]))
