"""``XmlNode`` messages as the tree that binary XML gives.

Source: AOSP frameworks/base/tools/aapt2/Resources.proto, XmlNode and below.
"""

from __future__ import annotations

from collections import Counter

from witnessmark.formats.axml.tree import Attribute, Element, Namespace, Text, XmlTree
from witnessmark.formats.chunks import ValueType
from witnessmark.formats.protobuf.items import read_item
from witnessmark.formats.protobuf.wire import Message
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

DEEPEST = 256
MOST_ELEMENTS = 1 << 20


def read_xml_node(data: bytes) -> XmlTree:
    """The document in ``data``. Raises `FormatError` for what is none."""
    reader = _Reader()
    waiting: list[tuple[Message, int, int]] = [(Message(data, Span(0, len(data))), -1, 0)]
    while waiting:
        node, parent, depth = waiting.pop()
        element = node.message(1)
        if element is None:
            reader.add_text(node, parent, depth)
            continue
        if depth > DEEPEST or len(reader.elements) >= MOST_ELEMENTS:
            raise FormatError("too many elements, or too deep in one another", node.span.offset)
        line = (node.message(3) or element).number(1) if node.has(3) else 0
        number = reader.add(element, parent, depth, line)
        children = list(element.messages(5))
        waiting += [(child, number, depth + 1) for child in reversed(children)]
    if not reader.elements:
        raise FormatError("the message holds no element")
    return XmlTree(
        tuple(reader.elements), tuple(reader.texts), tuple(reader.namespaces), (), len(data)
    )


class _Reader:
    """Elements in document order."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.texts: list[Text] = []
        self.namespaces: list[Namespace] = []
        self._named: dict[int, Counter[str]] = {}

    def add_text(self, node: Message, parent: int, depth: int) -> None:
        """Character data between elements."""
        if node.has(2):
            line = (node.message(3) or node).number(1) if node.has(3) else 0
            span = node.text_span(2)
            self.texts.append(Text(node.text(2), parent, depth, line, node.span, span, "utf-8"))

    def add(self, element: Message, parent: int, depth: int, line: int) -> int:
        """One element; its number."""
        for one in element.messages(1):
            self.namespaces.append(Namespace(one.text(1), one.text(2), depth, one.span))
        name = element.text(3)
        siblings = self._named.setdefault(parent, Counter())
        siblings[name] += 1
        self.elements.append(
            Element(
                name, element.text(2), parent, depth, siblings[name], line, element.text_span(3),
                tuple(_attribute(one) for one in element.messages(4)),
            )
        )  # fmt: skip
        return len(self.elements) - 1


def _attribute(message: Message) -> Attribute:
    written, span = message.text(3), message.text_span(3)
    kind, data, text = int(ValueType.STRING), 0, written
    compiled = message.message(6)
    if compiled is not None:
        item = read_item(compiled)
        kind, data = item.type, item.data
        if item.text is not None:
            text = item.text
            span = span if message.has(3) else item.span
    name = message.text(2)
    return Attribute(
        name, message.text(1), name, message.number(5) & 0xFFFFFFFF, kind, data, text, written,
        span, span, "utf-8", is_source=True,
    )  # fmt: skip
