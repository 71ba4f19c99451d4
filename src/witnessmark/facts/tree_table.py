"""Rows of a resource table in the making, from decoded files.

Source: developer.android.com/guide/topics/resources, the elements of each type of resource.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct, field

from witnessmark.facts.source_values import Names, Typed, framework_ids, measured
from witnessmark.formats.arsc import ResourceTable
from witnessmark.formats.arsc.build import BuiltEntry, BuiltValue, build_table
from witnessmark.formats.arsc.config import Config
from witnessmark.formats.axml import Element
from witnessmark.formats.chunks import PoolText, ValueType
from witnessmark.formats.textxml import TextXml, plain_text
from witnessmark.model.location import Span

OWN = 0x7F
ARRAYS = frozenset({"array", "string-array", "integer-array"})
PLURAL_KEYS: Mapping[str, int] = {
    "other": 0x01000004, "zero": 0x01000005, "one": 0x01000006, "two": 0x01000007,
    "few": 0x01000008, "many": 0x01000009,
}  # fmt: skip
ARRAY_START = 0x02000000
TYPE_KEY, ENUM, FLAGS = 0x01000000, 1 << 16, 1 << 17
IGNORED = frozenset({"public", "eat-comment", "skip", "declare-styleable", "public-group"})
LANGUAGE = re.compile(r"[a-z]{2,3}")
REGION = re.compile(r"r([A-Z]{2}|[0-9]{3})")
VERSION = re.compile(r"v([0-9]+)")
NO_LANGUAGE = frozenset({"car", "any"})
ID = re.compile(r"0x[0-9a-fA-F]{1,8}")


class Item(Struct, frozen=True):
    """An item of a bag: ``key`` as the table stores it, or kind and name of what it names."""

    key: int | str
    written: str
    span: Span
    is_text: bool = False


class Entry(Struct, frozen=True):
    """One value of one resource. ``items`` is None for a simple value.

    ``written``  as it stands in the XML; ``span`` that text, ``whole`` the element.
    """

    kind: str
    name: str
    folder: str
    written: str
    span: Span
    whole: Span
    items: tuple[Item, ...] | None = None
    parent: str = ""


class HasPath(Protocol):
    """A resource file."""

    @property
    def start(self) -> int:
        """Where it begins in the row of all files."""
        ...


def declared_ids(
    values: Sequence[tuple[HasPath, TextXml]], paths: Sequence[str]
) -> Mapping[str, int]:
    """Ids by ``type/name``: those that ``public`` elements state, others numbered after them."""
    stated: dict[str, int] = {}
    others: dict[str, None] = {}
    for file, text in values:
        for element in text.tree.elements:
            if element.name == "public":
                kind, name, number = (_text(element, key) for key in ("type", "name", "id"))
                if ID.fullmatch(number):
                    stated.setdefault(f"{kind}/{name}", int(number, 16))
        for entry in value_entries(file.start, "values", text):
            others[f"{entry.kind}/{entry.name}"] = None
    for path in paths:
        kind = path.split("/")[-2].partition("-")[0]
        if kind != "values":
            others[f"{kind}/{_file_name(path)}"] = None
    return {**_numbered(sorted(set(others) - set(stated)), stated), **stated}


def _numbered(names: Sequence[str], stated: Mapping[str, int]) -> Mapping[str, int]:
    """Numbers that nothing stated uses, by type and name in alphabetical order."""
    types = {name.partition("/")[0]: number >> 16 & 0xFF for name, number in stated.items()}
    last = max(types.values(), default=0)
    following: dict[str, int] = {}
    for name, number in stated.items():
        kind = name.partition("/")[0]
        following[kind] = max(following.get(kind, 0), (number & 0xFFFF) + 1)
    found = {}
    for name in names:
        kind = name.partition("/")[0]
        if kind not in types:
            last += 1
            types[kind] = last
        number = following.get(kind, 0)
        following[kind] = number + 1
        if types[kind] <= 0xFF and number <= 0xFFFF:
            found[name] = OWN << 24 | types[kind] << 16 | number
    return found


def value_entries(start: int, folder: str, text: TextXml) -> Iterator[Entry]:
    """Values that a file in ``values`` declares; ``start`` is added to all places."""
    children: dict[int, list[int]] = {}
    for number, element in enumerate(text.tree.elements):
        children.setdefault(element.parent, []).append(number)
    for number in children.get(0, ()):
        element = text.tree.elements[number]
        name = _text(element, "name")
        kind = _text(element, "type") if element.name == "item" else element.name
        if element.name == "public" and kind == "public" and _text(element, "type") == "id":
            kind = "id"
        elif not name or not kind or element.name in IGNORED:
            continue
        whole = Span(element.span.offset + start, element.span.length)
        inside = text.inside[number]
        span = Span(inside.offset + start, inside.length)
        items = tuple(_items(text, element, children.get(number, ()), start))
        if element.name in ARRAYS or kind in ("plurals", "style", "attr"):
            kind = "array" if element.name in ARRAYS else kind
            parent = _text(element, "parent")
            yield Entry(kind, name, folder, "", span, whole, items, parent)
        else:
            yield Entry(kind, name, folder, text.content[number], span, whole)


def _items(text: TextXml, owner: Element, children: Sequence[int], start: int) -> Iterator[Item]:
    if owner.name == "attr":
        kinds = [text.tree.elements[number].name for number in children]
        mask = (ENUM if "enum" in kinds else 0) | (FLAGS if "flag" in kinds else 0)
        yield Item(TYPE_KEY, str(mask), Span(owner.span.offset + start, owner.span.length))
    for place, number in enumerate(children):
        element = text.tree.elements[number]
        inside = text.inside[number]
        span = Span(inside.offset + start, inside.length)
        written = text.content[number]
        if owner.name in ARRAYS:
            yield Item(ARRAY_START + place, written, span, owner.name == "string-array")
        elif owner.name == "plurals":
            quantity = _text(element, "quantity")
            if quantity in PLURAL_KEYS:
                yield Item(PLURAL_KEYS[quantity], written, span, is_text=True)
        elif owner.name == "style":
            yield Item(f"attr {_text(element, 'name')}", written, span)
        elif element.name in ("enum", "flag"):
            whole = Span(element.span.offset + start, element.span.length)
            yield Item(f"id {_text(element, 'name')}", _text(element, "value"), whole)


def _text(element: Element, name: str) -> str:
    found = element.attribute(name, "")
    return found.text or "" if found is not None else ""


def _file_name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".xml").removesuffix(".9.png").partition(".")[0]


def file_entry(path: str, start: int, size: int) -> Entry:
    """The value of a resource that is a file: its path."""
    folder = path.split("/")[-2]
    span = Span(start, size)
    return Entry(folder.partition("-")[0], _file_name(path), folder, path, span, span)


def folder_config(folder: str) -> Config:
    """The configuration that a folder's suffix names."""
    parts = folder.split("-")[1:]
    language = script = region = ""
    sdk = others = 0
    for part in parts:
        version, place = VERSION.fullmatch(part), REGION.fullmatch(part)
        if version is not None:
            sdk = int(version[1][:4])
        elif part.startswith("b+"):
            tags = part.split("+")[1:]
            language = tags[0]
            script = next((tag for tag in tags[1:] if len(tag) == 4), "")
            region = next((tag for tag in tags[1:] if len(tag) in (2, 3)), "")
        elif place is not None and language:
            region = place[1]
        elif not language and LANGUAGE.fullmatch(part) and part not in NO_LANGUAGE:
            language = part
        else:
            others += 1
    return Config("-".join(parts), language, script, region, "", "", sdk, others, Span(0, 0))


class TableRows(Struct):
    """Entries become the columns of a resource table."""

    package: str
    names: Names
    _entries: list[BuiltEntry] = field(default_factory=list)
    _seen: set[tuple[int, str]] = field(default_factory=set)

    def add(self, entry: Entry) -> None:
        """One entry, the first of each folder; those beyond what ids can number are left out."""
        number = self.names.ids.get(f"{entry.kind}/{entry.name}")
        if number is None or (number, entry.folder) in self._seen:
            return
        self._seen.add((number, entry.folder))
        value = None
        items: tuple[tuple[int, BuiltValue], ...] = ()
        if entry.items is None:
            value = self._value(entry.kind, entry.written, entry.span)
        else:
            items = tuple(
                (self._key(one.key), self._value("string" if one.is_text else "", one.written,
                                                 one.span))
                for one in entry.items
            )  # fmt: skip
        self._entries.append(
            BuiltEntry(
                number, self.package, entry.kind, entry.name, folder_config(entry.folder), value,
                entry.whole, items, self._parent(entry.parent),
            )
        )  # fmt: skip

    def present(self) -> frozenset[str]:
        """``type/name`` of what has a value or a file."""
        return frozenset(f"{one.type}/{one.name}" for one in self._entries)

    def finished(self, size: int) -> ResourceTable:
        """The table; ``size`` bytes hold all files."""
        return build_table(self._entries, size)

    def _value(self, kind: str, written: str, span: Span) -> BuiltValue:
        stripped = written.strip()
        typed: Typed | None = None
        if kind == "id" and not stripped:
            typed = ValueType.INT_BOOLEAN, 0
        elif stripped[:1] in ("@", "?") or kind == "bool":
            typed = self.names.typed(stripped)
        elif kind != "string":
            typed = measured(stripped)
        if typed is None:
            text = PoolText(plain_text(written), span, "utf-8")
            return BuiltValue(ValueType.STRING, 0, span, text)
        return BuiltValue(*typed, span)

    def _parent(self, named: str) -> int:
        if not named:
            return 0
        bare = named.removeprefix("@")
        found = self.names.reference(f"@{bare if '/' in bare else f'style/{bare}'}")
        return found[1] if found is not None else 0

    def _key(self, key: int | str) -> int:
        if isinstance(key, int):
            return key
        kind, _, name = key.partition(" ")
        package, _, own = name.rpartition(":")
        ids = framework_ids() if package == "android" else self.names.ids
        return ids.get(f"{kind}/{own}", 0)
