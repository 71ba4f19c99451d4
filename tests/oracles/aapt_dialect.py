"""Our records in the words of ``aapt dump``, and its dumps as records."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from witnessmark.formats.arsc import BagItem, ResourceTable, Value
from witnessmark.formats.axml import Attribute, XmlTree
from witnessmark.formats.chunks import StringPool, ValueType
from witnessmark.formats.chunks.value import RADIX_SHIFTS, complex_number

CONFIG = re.compile(r"config (.*?)(?: flags=0x[0-9a-f]+)?(?: \[[a-z]+\])*:$")
RESOURCE = re.compile(r"resource 0x([0-9a-f]{8}) (\S*?):(\S+): (.*)$")
SIMPLE = re.compile(r"t=0x([0-9a-f]{2}) d=0x([0-9a-f]{8}) ")
UNITS = ("px", "dp", "sp", "pt", "in", "mm")


@dataclass
class Dumped:
    """One resource in one configuration: its name, then what stands under it."""

    name: str
    lines: list[str] = field(default_factory=list)


def resources(dump: str) -> dict[tuple[int, str], Dumped]:
    """``aapt dump --values resources`` by resource id and configuration."""
    found: dict[tuple[int, str], Dumped] = {}
    config = ""
    current: Dumped | None = None
    for line in dump.split("\n"):
        text = line.strip(" ")
        if text.startswith(("spec resource", "type ", "Package", "package")):
            current = None
        elif (match := CONFIG.match(text)) and line.startswith("      config"):
            config = "" if match[1] == "(default)" else match[1]
            current = None
        elif match := RESOURCE.match(text):
            current = Dumped(match[3])
            found[int(match[1], 16), config] = current
            if simple := SIMPLE.match(match[4]):
                current.lines.append(f"0x{simple[1]} 0x{simple[2]}")
        elif current is not None and text:
            current.lines.append(text)
    return found


def our_resources(table: ResourceTable) -> dict[tuple[int, str], Dumped]:
    """The same of our table."""
    found = {}
    for row in range(len(table.entries)):
        value = table.value(row)
        qualifiers = table.configs[int(table.entries.config[row])].qualifiers
        config = qualifiers.replace("mnc00", "mnc65535")
        found[value.resource_id, config] = Dumped(
            table.row_name(row), list(_lines(value, table.pool))
        )
    return found


def _lines(value: Value, pool: StringPool) -> Iterator[str]:
    if value.items is None:
        yield f"0x{value.type:02x} 0x{value.data:08x}"
        yield _typed(value, pool)
        return
    resolved = f"0x{value.parent:08x}"
    yield f"Parent={resolved}(Resolved={resolved}), Count={len(value.items)}"
    for number, item in enumerate(value.items):
        yield f"#{number} (Key=0x{item.name:08x}): {_typed(item, pool)}"


def _typed(value: Value | BagItem, pool: StringPool) -> str:
    kind, data = value.type, value.data
    if kind == ValueType.NULL:
        return "(null empty)" if data == 1 else "(null)"
    if kind == ValueType.STRING:
        return f'(string{8 if pool.is_utf8 else 16}) "{escaped(value.text or "")}"'
    if kind == ValueType.FLOAT:
        return f"(float) {struct.unpack('<f', struct.pack('<I', data))[0]:g}"
    if kind == ValueType.DIMENSION:
        return f"(dimension) {_unsigned(data):f}{UNITS[data & 15]}"
    if kind == ValueType.FRACTION:
        return f"(fraction) {_unsigned(data):f}{('%', '%p')[data & 15]}"
    words = {
        ValueType.REFERENCE: f"(reference) 0x{data:08x}",
        ValueType.DYNAMIC_REFERENCE: f"(dynamic reference) 0x{data:08x}",
        ValueType.ATTRIBUTE: f"(attribute) 0x{data:08x}",
        ValueType.DYNAMIC_ATTRIBUTE: f"(dynamic attribute) 0x{data:08x}",
    }
    if kind in words:
        return words[ValueType(kind)]
    return f"(color) #{data:08x}"  # aapt says so of every number


def _unsigned(data: int) -> float:
    """A dimension as aapt has it, which forgets that its mantissa has a sign."""
    number = complex_number(data)
    return number if number >= 0 else number + float(1 << 24) / (1 << RADIX_SHIFTS[data >> 4 & 3])


def escaped(text: str) -> str:
    """Characters that aapt escapes."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def xml_lines(dump: str) -> list[tuple[int, str]]:
    """Lines of ``aapt dump xmltree``, each with the number of elements that it stands in."""
    found: list[tuple[int, str]] = []
    open_at: list[int] = []
    for line in dump.split("\n"):
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        if not text:
            continue
        while open_at and open_at[-1] >= indent:
            open_at.pop()
        found.append((len(open_at), text))
        if text.startswith("E: "):
            open_at.append(indent)
    return found


def our_xml_lines(tree: XmlTree) -> list[tuple[int, str]]:
    """The same of our document."""
    prefixes = {one.uri: one.prefix for one in tree.namespaces}
    found: list[tuple[int, int, str]] = [
        (one.span.offset, one.depth, f"N: {one.prefix}={one.uri}") for one in tree.namespaces
    ]
    for element in tree.elements:
        prefix = f"{prefixes[element.namespace]}:" if element.namespace else ""
        at, depth = element.span.offset, element.depth
        found.append((at, depth, f"E: {prefix}{element.name} (line={element.line})"))
        found += [
            (attribute.span.offset, depth + 1, _attribute(attribute, prefixes))
            for attribute in element.attributes
        ]
    found += [(one.span.offset, one.depth, f'C: "{escaped(one.text)}"') for one in tree.texts]
    return [(depth, text) for _, depth, text in sorted(found)]


def _attribute(attribute: Attribute, prefixes: dict[str, str]) -> str:
    prefix = f"{prefixes[attribute.namespace]}:" if attribute.namespace else ""
    number = f"(0x{attribute.resource_id:08x})" if attribute.resource_id else ""
    line = f"A: {prefix}{attribute.written}{number}="
    kind, data = attribute.type, attribute.data
    if kind == ValueType.NULL:
        line += "(null)" if data != 1 else "(null empty)"
    elif kind == ValueType.REFERENCE:
        line += f"@0x{data:08x}"
    elif kind == ValueType.ATTRIBUTE:
        line += f"?0x{data:08x}"
    elif kind == ValueType.STRING:
        line += f'"{escaped(attribute.text or "")}"'
    else:
        line += f"(type 0x{kind:x})0x{data:x}"
    if attribute.raw_text is not None:
        line += f' (Raw: "{escaped(attribute.raw_text)}")'
    return line
