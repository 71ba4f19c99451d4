"""Writes binary XML and resource tables.

Source of the layout: frameworks/base/libs/androidfw/include/androidfw/ResourceTypes.h.
"""

from __future__ import annotations

import csv
import re
import struct
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any
from xml.etree import ElementTree

ANDROID = "http://schemas.android.com/apk/res/android"
NONE = 0xFFFFFFFF
STRING, REFERENCE, DECIMAL, HEX, BOOLEAN = 0x03, 0x01, 0x10, 0x11, 0x12


@cache
def attribute_ids() -> Mapping[str, int]:
    """Public attribute names of the platform and their resource ids."""
    text = (resources.files("witnessmark.formats.axml") / "attributes.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {row["name"]: int(row["id"], 0) for row in csv.DictReader(lines)}


def string_pool(strings: Sequence[str]) -> bytes:
    """A UTF-8 string pool chunk."""
    blob, offsets = bytearray(), []
    for text in strings:
        offsets.append(len(blob))
        raw = text.encode("utf-8")
        units = len(text.encode("utf-16-le")) // 2
        blob += _length(units) + _length(len(raw)) + raw + b"\0"
    blob += b"\0" * (-len(blob) % 4)
    start = 28 + 4 * len(strings)
    head = struct.pack("<2H6I", 1, 28, start + len(blob), len(strings), 0, 0x100, start, 0)
    return head + struct.pack(f"<{len(offsets)}I", *offsets) + bytes(blob)


def _length(value: int) -> bytes:
    return bytes([value]) if value < 0x80 else bytes([0x80 | value >> 8, value & 0xFF])


Resolve = Callable[[str], int]


def typed_value(text: str, resolve: Resolve) -> tuple[int, int] | None:
    """Type and data of an attribute value, None for plain text."""
    if text.startswith("@") and "/" in text:
        return REFERENCE, resolve(text[1:].removeprefix("+"))
    if text in ("true", "false"):
        return BOOLEAN, NONE if text == "true" else 0
    if re.fullmatch(r"0x[0-9a-fA-F]{1,8}", text):
        return HEX, int(text, 16)
    if re.fullmatch(r"-?\d{1,9}", text):
        return DECIMAL, int(text) & NONE
    return None


def write_axml(text: str, resolve: Resolve) -> bytes:
    """Binary XML of a document; references are turned into ids by ``resolve``."""
    return _Writer(ElementTree.fromstring(text), resolve).write()


class _Writer:
    """Pool first (attribute names with ids lead, as the resource map wants), then nodes."""

    def __init__(self, root: ElementTree.Element, resolve: Resolve) -> None:
        self.root = root
        self.resolve = resolve
        named = {
            key for node in root.iter() for key in node.attrib if key.startswith(f"{{{ANDROID}}}")
        }
        locals_ = sorted(key.partition("}")[2] for key in named)
        ids = attribute_ids()
        self.mapped = sorted((name for name in locals_ if name in ids), key=ids.__getitem__)
        self.strings = list(self.mapped)
        self.index = {text: number for number, text in enumerate(self.strings)}

    def string(self, text: str) -> int:
        if text not in self.index:
            self.index[text] = len(self.strings)
            self.strings.append(text)
        return self.index[text]

    def write(self) -> bytes:
        prefix, uri = self.string("android"), self.string(ANDROID)
        scope = struct.pack("<2H5I", 0x0100, 16, 24, 1, NONE, prefix, uri)
        end = struct.pack("<2H5I", 0x0101, 16, 24, 1, NONE, prefix, uri)
        nodes = scope + self.node(self.root, 2) + end
        ids = attribute_ids()
        table = struct.pack(f"<{len(self.mapped)}I", *(ids[name] for name in self.mapped))
        resource_map = struct.pack("<2HI", 0x0180, 8, 8 + len(table)) + table
        body = string_pool(self.strings) + resource_map + nodes
        return struct.pack("<2HI", 0x0003, 8, 8 + len(body)) + body

    def node(self, node: ElementTree.Element, line: int) -> bytes:
        name = self.string(node.tag)
        ids = attribute_ids()
        ordered = sorted(
            node.attrib.items(),
            key=lambda item: (ids.get(item[0].partition("}")[2], NONE), item[0]),
        )
        attributes = b"".join(self.attribute(key, value) for key, value in ordered)
        count = len(node.attrib)
        start = struct.pack(
            "<2H5I6H",
            0x0102,
            16,
            36 + len(attributes),
            line,
            NONE,
            NONE,
            name,
            20,
            20,
            count,
            0,
            0,
            0,
        )
        children = b"".join(self.node(child, line + 1) for child in node)
        end = struct.pack("<2H5I", 0x0103, 16, 24, line, NONE, NONE, name)
        return start + attributes + self.text(node.text or "", line) + children + end

    def text(self, text: str, line: int) -> bytes:
        if not text.strip():
            return b""
        word = self.string(text.strip())
        return struct.pack("<2H4IHBBI", 0x0104, 16, 28, line, NONE, word, 8, 0, STRING, word)

    def attribute(self, key: str, value: str) -> bytes:
        uri, _, local = key[1:].partition("}") if key.startswith("{") else ("", "", key)
        namespace = self.string(uri) if uri else NONE
        name = self.string(local)
        typed = typed_value(value, self.resolve) if uri else None
        if typed is None:
            word = self.string(value)
            return struct.pack("<3I2BHI", namespace, name, word, 8, 0, 0, 0)[:12] + struct.pack(
                "<HBBI", 8, 0, STRING, word
            )
        return struct.pack("<3IHBBI", namespace, name, NONE, 8, 0, *typed)


class ResourceIds:
    """Hands out resource ids and writes resources.arsc."""

    def __init__(self, package: str) -> None:
        self.package = package
        self.types: dict[str, dict[str, dict[str, Any]]] = {}

    def add(self, kind: str, name: str, value: Any, locale: str = "") -> None:
        """Give ``kind/name`` a value: text, a list of texts, or None for an id."""
        self.types.setdefault(kind, {}).setdefault(name, {})[locale] = value

    def resolve(self, name: str) -> int:
        """Id of ``type/name``; unknown ``id/...`` names are created on the way."""
        kind, _, entry = name.rpartition(":")[2].partition("/")
        if kind == "id":
            self.types.setdefault("id", {}).setdefault(entry, {"": None})
        if entry not in self.types.get(kind, {}):
            raise ValueError(f"the mini app has no resource {name}")
        number = list(self.types).index(kind) + 1
        return 0x7F000000 | number << 16 | list(self.types[kind]).index(entry)

    def write(self) -> bytes:
        """resources.arsc."""
        texts = sorted({t for values in self._all() for t in _texts(values)})
        place = {text: index for index, text in enumerate(texts)}
        keys = sorted({name for entries in self.types.values() for name in entries})
        types = string_pool(list(self.types))
        names = string_pool(keys)
        chunks = b"".join(
            self._type(number + 1, entries, keys, place)
            for number, entries in enumerate(self.types.values())
        )
        title = self.package.encode("utf-16-le")[:254].ljust(256, b"\0")
        head = (
            struct.pack("<I", 0x7F)
            + title
            + struct.pack("<5I", 288, len(self.types), 288 + len(types), len(keys), 0)
        )
        body = head + types + names + chunks
        package = struct.pack("<2HI", 0x0200, 288, 8 + len(body)) + body
        table = string_pool(texts) + package
        return struct.pack("<2H2I", 0x0002, 12, 12 + len(table), 1) + table

    def _all(self) -> list[Any]:
        return [
            v for kind in self.types.values() for entry in kind.values() for v in entry.values()
        ]

    def _type(
        self,
        number: int,
        entries: Mapping[str, Mapping[str, Any]],
        keys: list[str],
        place: dict[str, int],
    ) -> bytes:
        spec = struct.pack(
            "<2HI2BHI", 0x0202, 16, 16 + 4 * len(entries), number, 0, 0, len(entries)
        )
        out = spec + b"\0" * 4 * len(entries)
        for locale in sorted({locale for values in entries.values() for locale in values}):
            offsets, blob = [], bytearray()
            for name, values in entries.items():
                offsets.append(len(blob) if locale in values else NONE)
                if locale in values:
                    blob += self._entry(keys.index(name), values[locale], place)
            config = struct.pack("<I4x4s", 64, locale.encode()[:2].ljust(4, b"\0")).ljust(64, b"\0")
            start = 20 + 64 + 4 * len(offsets)
            head = struct.pack(
                "<2HI2BH2I", 0x0201, 84, start + len(blob), number, 0, 0, len(offsets), start
            )
            out += head + config + struct.pack(f"<{len(offsets)}I", *offsets) + bytes(blob)
        return out

    def _entry(self, key: int, value: Any, place: dict[str, int]) -> bytes:
        if isinstance(value, list):
            head = struct.pack("<2H3I", 16, 1, key, 0, len(value))
            items = (
                struct.pack("<I", 0x02000000 + i) + self._value(item, place)
                for i, item in enumerate(value)
            )
            return head + b"".join(items)
        return struct.pack("<2HI", 8, 0, key) + self._value(value, place)

    def _value(self, value: Any, place: dict[str, int]) -> bytes:
        if value is None:
            return struct.pack("<HBBI", 8, 0, BOOLEAN, 0)
        typed = typed_value(value, self.resolve) if value.startswith("@") else None
        return struct.pack("<HBBI", 8, 0, *(typed or (STRING, place.get(value, 0))))


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    items = value if isinstance(value, list) else [value]
    return [item for item in items if not item.startswith("@")]
