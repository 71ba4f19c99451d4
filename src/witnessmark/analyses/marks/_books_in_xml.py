"""Code books in XML files: like elements below one parent, each with a code and a label.

Elements may hold elements of their kind, as areas hold districts; such a tree is one book. Where
a file is no well-formed XML, or declares entities, nothing is read here.

Source: Extensible Markup Language 1.0, fifth edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from xml.etree import ElementTree

FEWEST = 3
MOST_ELEMENTS = 50_000
NAMING = ("name", "title", "label", "caption", "id", "key", "type", "mc", "code")
"""Attributes that may say what a list is, in the order in which they are asked."""

Records = Sequence[Mapping[str, str]]
PairsOf = Callable[[Mapping[str, Sequence[str]]], Sequence[tuple[str, str]]]


class XmlList(Struct, frozen=True):
    """A list below one parent: what it is called, its pairs, the label above each."""

    name: str
    pairs: Sequence[tuple[str, str]]
    parents: Sequence[str] = ()
    stated: bool = True


def xml_lists(text: str, pairs_of: PairsOf) -> Iterator[XmlList] | None:
    """Lists of an XML text; None where it cannot be read as such."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None
    from xml.etree import ElementTree

    try:
        root = ElementTree.fromstring(text)  # noqa: S314 no entities, bounded by the caller
    except (ElementTree.ParseError, ValueError):
        return None
    return _lists(root, pairs_of)


def _lists(root: ElementTree.Element, pairs_of: PairsOf) -> Iterator[XmlList]:
    waiting: list[tuple[ElementTree.Element, str]] = [(root, "")]
    seen = 0
    while waiting and seen < MOST_ELEMENTS:
        parent, above = waiting.pop()
        seen += 1
        told: set[str] = set()
        for tag, children in _by_tag(parent).items():
            found = _of_children(parent, tag, children, pairs_of) if len(children) > 1 else None
            if found is not None:
                told.add(tag)
                yield found
        inner = [child for child in parent if child.tag not in told and len(child)]
        waiting.extend((child, above) for child in reversed(inner))


def _by_tag(parent: ElementTree.Element) -> Mapping[str, list[ElementTree.Element]]:
    found: dict[str, list[ElementTree.Element]] = {}
    for child in parent:
        if isinstance(child.tag, str):
            found.setdefault(child.tag, []).append(child)
    return found


def _of_children(
    parent: ElementTree.Element, tag: str, children: list[ElementTree.Element], pairs_of: PairsOf
) -> XmlList | None:
    """The book that the children of one tag are, with those of their tag below them."""
    elements, parents = _with_own_kind(tag, children)
    if len(elements) < FEWEST:
        return None
    records = [_record(one) for one in elements]
    keys = set(records[0]).intersection(*records[1:])
    columns = {key: [one[key] for one in records] for key in records[0] if key in keys}
    pairs = pairs_of(columns)
    name = _named(parent, tag)
    if not pairs:
        texts = columns.get(TEXT, [])
        if set(columns) == {TEXT} and not any(parents):
            return XmlList(name, [(str(at), one) for at, one in enumerate(texts)], (), stated=False)
        return None
    labels = {id(element): pair[1] for element, pair in zip(elements, pairs, strict=True)}
    above = [labels.get(parent_id, "") for parent_id in parents]
    return XmlList(name, pairs, above if any(above) else ())


def _with_own_kind(
    tag: str, children: list[ElementTree.Element]
) -> tuple[list[ElementTree.Element], list[int]]:
    """Children, each followed by those of the same tag below it, and the ids of their parents
    (0 for none).
    """
    elements: list[ElementTree.Element] = []
    parents: list[int] = []
    waiting = [(child, 0) for child in reversed(children)]
    while waiting and len(elements) < MOST_ELEMENTS:
        element, parent = waiting.pop()
        elements.append(element)
        parents.append(parent)
        waiting.extend((one, id(element)) for one in reversed(element) if one.tag == tag)
    return elements, parents


def _record(element: ElementTree.Element) -> dict[str, str]:
    """Attributes of an element, its own text, and those of its children that are texts."""
    found = {_bare(key): value for key, value in element.attrib.items()}
    own = (element.text or "").strip()
    if own:
        found[TEXT] = own
    for child in element:
        inside = (child.text or "").strip()
        if isinstance(child.tag, str) and inside and not len(child):
            found.setdefault(_bare(child.tag), inside)
    return found


TEXT = "#text"


def _named(parent: ElementTree.Element, tag: str) -> str:
    naming = next((parent.attrib[key] for key in NAMING if parent.attrib.get(key)), "")
    holder = _bare(parent.tag) if isinstance(parent.tag, str) else ""
    return " ".join(part for part in (holder if naming else "", naming) if part) or _bare(tag)


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]
