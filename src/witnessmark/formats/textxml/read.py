"""A text document as the tree that binary XML gives, spans counting bytes of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NoReturn
from xml.parsers import expat

from msgspec import Struct

from witnessmark.formats.axml.tree import Attribute, Element, Namespace, Text, XmlTree
from witnessmark.formats.chunks import Anomaly, ValueType
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

MOST_ELEMENTS = 1 << 20
DEEPEST = 256
CONTENT_DEPTH = 3
"""Elements up to this depth keep the text inside them; values lie no deeper."""

ATTRIBUTE = kept_regex(rb"""\s([^\s=/>"']+)\s*=\s*("([^"]*)"|'([^']*)')""")
TAG = kept_regex(rb"""<[^\s/>]+(?:[^>"']|"[^"]*"|'[^']*')*>""")
SPACES = " \t\r\n"
SKIPPED = kept_regex(rb"(?:\s+|<!--.*?-->)*", re.DOTALL)
"""Spaces and comments around a text."""


class TextXml(Struct, frozen=True):
    """``tree``, and by element the text inside it and the span between its tags."""

    tree: XmlTree
    content: tuple[str, ...]
    inside: tuple[Span, ...]


def read_text_xml(data: bytes) -> TextXml:
    """Read an XML text in UTF-8.

    All attributes are strings. What stands before a place where the text is not well-formed is
    kept, with an anomaly. Raises `FormatError` for a text without elements, and for one that
    declares entities, which are never followed.
    """
    reader = _Reader(data)
    reader.run()
    return TextXml(
        XmlTree(
            tuple(reader.elements),
            tuple(reader.texts),
            tuple(reader.namespaces),
            tuple(reader.anomalies),
            len(data),
        ),
        tuple(reader.content),
        tuple(reader.inside),
    )


class _Reader:
    """Handlers of one parse."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parser = expat.ParserCreate("utf-8")
        self.elements: list[Element] = []
        self.texts: list[Text] = []
        self.namespaces: list[Namespace] = []
        self.anomalies: list[Anomaly] = []
        self.content: list[str] = []
        self.inside: list[Span] = []
        self._open: list[int] = []
        self._pieces: list[list[str]] = []
        self._own: list[list[str]] = []
        self._scopes: list[Mapping[str, str]] = [{}]
        self._named: dict[int, Counter[str]] = {}

    def run(self) -> None:
        """Parse all of the text."""
        parser = self._parser
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse
        parser.buffer_text = True
        parser.ordered_attributes = True
        try:
            parser.Parse(self._data, True)
        except expat.ExpatError as error:
            at = max(0, min(parser.ErrorByteIndex, len(self._data)))
            says = f"line {error.lineno} is not well-formed XML ({expat.ErrorString(error.code)})"
            if not self.elements:
                raise FormatError(says, at) from error
            self.anomalies.append(Anomaly("not-well-formed", says, Span(at, 0), loses=True))
        while self._open:
            self._finish(self._open.pop(), len(self._data))

    def _refuse(self, *_: object) -> NoReturn:
        raise FormatError("the text declares entities, which are not followed",
                          max(0, self._parser.CurrentByteIndex))  # fmt: skip

    def _start(self, name: str, listed: list[str]) -> None:
        if len(self.elements) >= MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise FormatError("too many elements, or too deep in one another")
        at = self._parser.CurrentByteIndex
        scope = self._scope(listed, at)
        tag = TAG.match(self._data, at)
        end = tag.end() if tag is not None else at
        parent = self._open[-1] if self._open else -1
        siblings = self._named.setdefault(parent, Counter())
        siblings[name] += 1
        prefix, _, local = name.rpartition(":")
        self.elements.append(
            Element(
                local, scope.get(prefix, ""), parent, len(self._open), siblings[name],
                self._parser.CurrentLineNumber, Span(at, end - at),
                self._attributes(listed, scope, at, end),
            )
        )  # fmt: skip
        self._open.append(len(self.elements) - 1)
        self._pieces.append([])
        self._own.append([])
        self.content.append("")
        self.inside.append(Span(end, 0))

    def _scope(self, listed: list[str], at: int) -> Mapping[str, str]:
        """Namespaces by prefix inside the element that begins now."""
        declared = {
            name[6:]: uri
            for name, uri in zip(listed[::2], listed[1::2], strict=True)
            if name.startswith("xmlns:")
        }
        for prefix, uri in declared.items():
            self.namespaces.append(Namespace(prefix, uri, len(self._open), Span(at, 0)))
        scope = {**self._scopes[-1], **declared} if declared else self._scopes[-1]
        self._scopes.append(scope)
        return scope

    def _attributes(
        self, listed: list[str], scope: Mapping[str, str], at: int, end: int
    ) -> tuple[Attribute, ...]:
        spans = {
            found[1]: Span(found.start(2) + 1, found.end(2) - found.start(2) - 2)
            for found in ATTRIBUTE.finditer(self._data, at, end)
        }
        found = []
        for name, value in zip(listed[::2], listed[1::2], strict=True):
            if name == "xmlns" or name.startswith("xmlns:"):
                continue
            prefix, _, local = name.rpartition(":")
            span = spans.get(name.encode("utf-8", "surrogatepass"), Span(at, end - at))
            found.append(
                Attribute(
                    local, scope.get(prefix, prefix), name, 0, ValueType.STRING, 0, value, value,
                    span, span, "utf-8", is_source=True,
                )
            )  # fmt: skip
        return tuple(found)

    def _text(self, text: str) -> None:
        if self._open:
            self._own[-1].append(text)
        if self._open and len(self._open) <= CONTENT_DEPTH + 1:
            self._pieces[-1].append(text)

    def _end(self, _: str) -> None:
        self._finish(self._open.pop(), self._parser.CurrentByteIndex)

    def _finish(self, number: int, end: int) -> None:
        self._scopes.pop()
        text = "".join(self._pieces.pop())
        if self._pieces and len(self._open) <= CONTENT_DEPTH:
            self._pieces[-1].append(text)
        self.content[number] = text if len(self._open) else ""
        start = self.inside[number].offset
        self.inside[number] = Span(start, max(0, end - start))
        own = "".join(self._own.pop()).strip(SPACES)
        if own:
            self._keep_text(number, own, bytes(self._data[start : max(start, end)]))

    def _keep_text(self, number: int, text: str, written: bytes) -> None:
        """The text of an element, without that of others inside; its span is as it is written,
        where comments before and behind it are left out.
        """
        before = SKIPPED.match(written)
        start = before.end() if before is not None else 0
        comment = written.find(b"<!--", start)
        behind = SKIPPED.match(written, comment) if comment >= 0 else None
        is_last = behind is not None and behind.end() == len(written)
        told = written[start : comment if is_last else len(written)].strip()
        at = self.inside[number].offset + start
        span, element = Span(at, len(told)), self.elements[number]
        self.texts.append(Text(text, number, element.depth + 1, element.line, span, span, "utf-8"))
