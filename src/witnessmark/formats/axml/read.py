"""Reading binary XML (``ResXMLTree`` in AOSP ``ResourceTypes.h``).

Android reads leniently what its own tools never write, and apps that resist reading use every
bit of that: a root type that is not XML, sizes that lie, unknown chunks in between, blank names
that only a resource id explains. What Android skips or takes by id is skipped or taken by id
here; each oddity is an anomaly.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Mapping

from witnessmark.formats.axml.attribute_names import public_attribute_names
from witnessmark.formats.axml.tree import (
    ANDROID_NAMESPACE,
    Attribute,
    Element,
    Namespace,
    Text,
    XmlTree,
)
from witnessmark.formats.chunks import (
    AnomalyLog,
    Chunk,
    ChunkType,
    PoolText,
    StringPool,
    ValueType,
    read_pool,
    walk,
)
from witnessmark.formats.chunks.header import HEADER
from witnessmark.formats.chunks.string_pool import empty_pool
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

NONE = 0xFFFFFFFF
ATTRIBUTE_SIZE = 20
ELEMENT_SIZE = 20
ATTRIBUTE = struct.Struct("<3IHBBI")
ELEMENT = struct.Struct("<2I3H")
PAIR = struct.Struct("<2I")
NODES = range(ChunkType.XML_START_NAMESPACE, ChunkType.XML_RESOURCE_MAP)
ANDROID_PACKAGE = 0x01


def read_axml(data: bytes, attribute_names: Mapping[int, str] | None = None) -> XmlTree:
    """The document in ``data``.

    ``attribute_names`` maps resource ids of attributes to names (default: the public ones of
    Android). Raises `FormatError` where ``data`` holds no string pool or no element, that
    is, where nothing of an XML document could be read.
    """
    names = public_attribute_names() if attribute_names is None else attribute_names
    return _Reader(data, names).read()


class _Reader:
    """State of one pass over one document."""

    def __init__(self, data: bytes, attribute_names: Mapping[int, str]) -> None:
        self.data = data
        self.attribute_names = attribute_names
        self.log = AnomalyLog()
        self.pool: StringPool = empty_pool()
        self.pool_chunk: Chunk | None = None
        self.begun = False
        self.resource_ids: tuple[int, ...] = ()
        self.open: list[int] = []
        self.siblings: list[Counter[str]] = [Counter()]
        self.elements: list[Element] = []
        self.texts: list[Text] = []
        self.namespaces: list[Namespace] = []
        self.attributes_left = len(data) // ATTRIBUTE_SIZE + 1

    def read(self) -> XmlTree:
        start, end = self._bounds()
        for chunk in walk(self.data, start, end, self.log):
            self._chunk(chunk)
        if not self.elements:
            raise FormatError("binary XML without a readable element", start)
        if self.open:
            says = f"{len(self.open)} elements are never closed"
            self.log.note("unbalanced", says, end, 0)
        return XmlTree(
            tuple(self.elements),
            tuple(self.texts),
            tuple(self.namespaces),
            self.log.listed(len(self.data)),
            len(self.data),
        )

    def _bounds(self) -> tuple[int, int]:
        """Where the chunks of the document begin and end."""
        if len(self.data) < HEADER.size:
            raise FormatError(f"binary XML of {len(self.data)} bytes is too short for its header")
        kind, header_size, size = HEADER.unpack_from(self.data)
        total = len(self.data)
        if kind != ChunkType.XML:
            self.log.note("root-type", f"root chunk has type 0x{kind:04x}, not XML", 0, 2)
        if size != total:
            says = f"root chunk says {size} bytes, the file has {total}"
            self.log.note("root-size", says, 4, 4, loses=size > total)
        if not HEADER.size <= header_size <= total or header_size & 3:
            self.log.note("root-header", f"root header of {header_size} bytes", 2, 2)
            header_size = HEADER.size
        return header_size, total

    def _chunk(self, chunk: Chunk) -> None:
        if chunk.type in NODES:
            self._node(chunk)
        elif chunk.type == ChunkType.STRING_POOL and not self.begun:
            self.pool_chunk = chunk
        elif chunk.type == ChunkType.XML_RESOURCE_MAP and not self.begun:
            count = (chunk.end - chunk.body) // 4
            self.resource_ids = struct.unpack_from(f"<{count}I", self.data, chunk.body)
        else:
            says = f"chunk 0x{chunk.type:04x} has no place here and is skipped"
            length = chunk.end - chunk.offset
            self.log.note("unknown-chunk", says, chunk.offset, length, loses=True)

    def _node(self, chunk: Chunk) -> None:
        if not self.begun:
            self._begin()
        if chunk.type == ChunkType.XML_START_ELEMENT:
            self._start_element(chunk)
        elif chunk.type == ChunkType.XML_END_ELEMENT:
            self._end_element(chunk)
        elif chunk.type == ChunkType.XML_CDATA:
            self._text(chunk)
        elif chunk.type == ChunkType.XML_START_NAMESPACE:
            self._namespace(chunk)
        elif chunk.type != ChunkType.XML_END_NAMESPACE:
            says = f"node 0x{chunk.type:04x} is of no known type and is skipped"
            length = chunk.end - chunk.offset
            self.log.note("unknown-chunk", says, chunk.offset, length, loses=True)

    def _begin(self) -> None:
        """Settle on the last string pool before the first node, as Android does."""
        self.begun = True
        if self.pool_chunk is not None:
            self.pool = read_pool(self.data, self.pool_chunk, self.log)

    def _line(self, chunk: Chunk) -> int:
        if chunk.offset + 12 > chunk.end:
            return 0
        return int.from_bytes(self.data[chunk.offset + 8 : chunk.offset + 12], "little")

    def _short(self, chunk: Chunk, needed: int) -> bool:
        """Whether a node lacks the fields it must have; then it is told and skipped."""
        if chunk.body + needed <= chunk.end:
            return False
        says = f"node 0x{chunk.type:04x} is too short for its fields"
        self.log.note("short-node", says, chunk.offset, chunk.end - chunk.offset, loses=True)
        return True

    def _namespace(self, chunk: Chunk) -> None:
        if self._short(chunk, PAIR.size):
            return
        prefix, uri = PAIR.unpack_from(self.data, chunk.body)
        self.namespaces.append(
            Namespace(self._string(prefix), self._string(uri), len(self.open), chunk.span)
        )

    def _text(self, chunk: Chunk) -> None:
        if self._short(chunk, 4):
            return
        index = int.from_bytes(self.data[chunk.body : chunk.body + 4], "little")
        found = self.pool.get(index)
        if found is None:
            says = f"text refers to string {index}, of {len(self.pool)}"
            self.log.note("string-index", says, chunk.body, 4, loses=True)
            return
        parent = self.open[-1] if self.open else -1
        self.texts.append(
            Text(
                found.text,
                parent,
                len(self.open),
                self._line(chunk),
                chunk.span,
                found.span,
                found.encoding,
            )
        )

    def _end_element(self, chunk: Chunk) -> None:
        if self.open:
            self.open.pop()
            self.siblings.pop()
        else:
            says = "an element ends that never began"
            self.log.note("unbalanced", says, chunk.offset, chunk.end - chunk.offset)

    def _start_element(self, chunk: Chunk) -> None:
        if self._short(chunk, ELEMENT_SIZE):
            return
        namespace, name, start, stride, count = ELEMENT.unpack_from(self.data, chunk.body)
        if name >= len(self.pool):
            says = f"element name refers to string {name}, of {len(self.pool)}"
            self.log.note("string-index", says, chunk.body + 4, 4, loses=True)
        tag = self._string(name)
        self.siblings[-1][tag] += 1
        element = Element(
            tag,
            self._string(namespace),
            self.open[-1] if self.open else -1,
            len(self.open),
            self.siblings[-1][tag],
            self._line(chunk),
            chunk.span,
            self._attributes(chunk, chunk.body + start, stride, count),
        )
        self.open.append(len(self.elements))
        self.siblings.append(Counter())
        self.elements.append(element)

    def _attributes(
        self, chunk: Chunk, start: int, stride: int, count: int
    ) -> tuple[Attribute, ...]:
        """``count`` records, ``stride`` bytes apart, as far as they are inside the element."""
        if count and stride != ATTRIBUTE_SIZE:
            says = f"attributes are {stride} bytes apart, not {ATTRIBUTE_SIZE}"
            self.log.note("attribute-size", says, chunk.body + 10, 2)
        found: list[Attribute] = []
        for number in range(count):
            at = start + stride * number
            if at + ATTRIBUTE_SIZE > chunk.end or self.attributes_left <= 0:
                says = f"element says it has {count} attributes, {number} could be read"
                self.log.note("attribute-count", says, chunk.body + 12, 2, loses=True)
                break
            self.attributes_left -= 1
            found.append(self._attribute(at))
        keys = {(attribute.namespace, attribute.name) for attribute in found}
        if len(keys) < len(found):
            says = "an attribute stands twice in one element; the first counts"
            self.log.note("duplicate-attribute", says, chunk.offset, chunk.end - chunk.offset)
        return tuple(found)

    def _attribute(self, at: int) -> Attribute:
        namespace, name, raw, _, _, kind, value = ATTRIBUTE.unpack_from(self.data, at)
        resource_id = self.resource_ids[name] if name < len(self.resource_ids) else 0
        written = self._string(name)
        known, uri = self._by_id(resource_id, written, self._string(namespace), at)
        text = self._value_string(kind, value, at)
        raw_text = self.pool.get(raw) if raw != NONE else None
        shown = text or (raw_text if kind != ValueType.STRING else None)
        return Attribute(
            known,
            uri,
            written,
            resource_id,
            kind,
            value,
            shown.text if shown else None,
            raw_text.text if raw_text else None,
            Span(at, ATTRIBUTE_SIZE),
            shown.span if shown else None,
            shown.encoding if shown else None,
        )

    def _by_id(self, resource_id: int, written: str, namespace: str, at: int) -> tuple[str, str]:
        """Name and namespace as the platform takes them, by resource id where there is one."""
        if not resource_id:
            return written, namespace
        public = self.attribute_names.get(resource_id)
        if public is None:
            return written or f"0x{resource_id:08x}", namespace
        if written != public:
            says = f"attribute is written {written!r:.80} and is {public!r} by its resource id"
            self.log.note("attribute-name", says, at + 4, 4)
        if resource_id >> 24 == ANDROID_PACKAGE:
            namespace = ANDROID_NAMESPACE
        return public, namespace

    def _value_string(self, kind: int, value: int, at: int) -> PoolText | None:
        if kind != ValueType.STRING:
            return None
        found = self.pool.get(value)
        if found is None and value != NONE:
            says = f"attribute value refers to string {value}, of {len(self.pool)}"
            self.log.note("string-index", says, at + 16, 4, loses=True)
        return found

    def _string(self, index: int) -> str:
        return self.pool.text(index) or ""
