"""The records of a binary XML file."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from witnessmark.formats.chunks import Anomaly, ValueType, value_text
from witnessmark.formats.chunks.string_pool import PoolEncoding
from witnessmark.model.location import Span

ANDROID_NAMESPACE = "http://schemas.android.com/apk/res/android"


class Attribute(Struct, frozen=True):
    """One attribute.

    ``name``, ``namespace``  as the platform takes them: by resource id where the id is a public
                     attribute, since that alone counts at run time, else as written.
    ``written``      the name as the string pool spells it; obfuscators blank or forge it.
    ``resource_id``  from the resource map, 0 for none.
    ``type``, ``data``  fields of ``Res_value``.
    ``text``         the string of a string value (data), else the raw text, else None.
    ``raw_text``     the source text that the build tool kept; may differ from the value.
    ``span``         the 20 bytes of the record; the typed value is its last eight.
    ``text_span``, ``encoding``  bytes of ``text`` in the pool and the decoder that gives exactly
                     ``text`` back; ``encoding`` is None where none does.
    ``is_source``    the document is text: ``span`` and ``text_span`` are the value as written.
    """

    name: str
    namespace: str
    written: str
    resource_id: int
    type: int
    data: int
    text: str | None
    raw_text: str | None
    span: Span
    text_span: Span | None
    encoding: PoolEncoding | None
    is_source: bool = False

    @property
    def value_span(self) -> Span:
        """The eight bytes of the typed value; in text, the value as written."""
        return self.span if self.is_source else Span(self.span.end - 8, 8)

    @property
    def value(self) -> str:
        """The value as it would stand in XML source."""
        return value_text(self.type, self.data, self.text)

    @property
    def is_reference(self) -> bool:
        """Whether ``data`` is the id of another resource."""
        return self.type in (ValueType.REFERENCE, ValueType.DYNAMIC_REFERENCE)


class Element(Struct, frozen=True):
    """One element.

    ``parent``   index into ``XmlTree.elements``, -1 for a root; ``depth`` counts ancestors.
    ``ordinal``  which of the same-named children of its parent it is, from 1.
    ``line``     the source line that the build tool kept.
    ``span``     the bytes of the start tag.
    """

    name: str
    namespace: str
    parent: int
    depth: int
    ordinal: int
    line: int
    span: Span
    attributes: tuple[Attribute, ...]

    def attribute(self, name: str, namespace: str = ANDROID_NAMESPACE) -> Attribute | None:
        """The attribute of that name; of several, the first, as the platform takes it."""
        for attribute in self.attributes:
            if attribute.name == name and attribute.namespace == namespace:
                return attribute
        return None


class Text(Struct, frozen=True):
    """Character data below element ``parent``; ``span`` is the node, ``text_span`` the string."""

    text: str
    parent: int
    depth: int
    line: int
    span: Span
    text_span: Span | None
    encoding: PoolEncoding | None


class Namespace(Struct, frozen=True):
    """A namespace declaration; it holds for the elements that follow at ``depth`` and below."""

    prefix: str
    uri: str
    depth: int
    span: Span


class XmlTree(Struct, frozen=True):
    """A whole document: elements, texts, namespaces, each in document order."""

    elements: tuple[Element, ...]
    texts: tuple[Text, ...]
    namespaces: tuple[Namespace, ...]
    anomalies: tuple[Anomaly, ...]
    size: int

    def children(self, parent: int) -> Iterator[tuple[int, Element]]:
        """Index and element of each child of ``parent``; -1 asks for the roots."""
        for index, element in enumerate(self.elements):
            if element.parent == parent:
                yield index, element

    def path(self, index: int) -> str:
        """Names from the root to element ``index``, e.g. ``/manifest/application/activity[2]``.

        A number counts same-named siblings from 1 and is left out for the first.
        """
        steps: list[str] = []
        while index >= 0:
            element = self.elements[index]
            number = f"[{element.ordinal}]" if element.ordinal > 1 else ""
            steps.append(element.name + number)
            index = element.parent
        return "/" + "/".join(reversed(steps))
