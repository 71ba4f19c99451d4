"""Resource values in words: references by name, enum and flag numbers by symbol."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from pathlib import Path

from msgspec import Struct

from witnessmark.formats.arsc import JoinedTables
from witnessmark.formats.axml import Attribute
from witnessmark.formats.axml.tree import ANDROID_NAMESPACE
from witnessmark.formats.chunks import ValueType, value_text

REFERENCES = (ValueType.REFERENCE, ValueType.DYNAMIC_REFERENCE)
ATTRIBUTES = (ValueType.ATTRIBUTE, ValueType.DYNAMIC_ATTRIBUTE)
NUMBERS = (ValueType.INT_DEC, ValueType.INT_HEX)
FRAMEWORK = 0x01
SPOKEN_TYPES = frozenset({"string", "bool", "integer", "dimen", "color", "fraction"})
TYPE_KEY = "^type"
ENUM, FLAGS = 1 << 16, 1 << 17
"""``ResTable_map::TYPE_ENUM`` and ``TYPE_FLAGS`` (AOSP ResourceTypes.h)."""


class Symbols(Struct, frozen=True):
    """The words for an attribute's numbers, largest number first."""

    is_flags: bool
    words: tuple[tuple[int, str], ...]

    def read(self, data: int) -> str | None:
        """``data`` in words, flags joined by ``|``; None where the words do not make it up.

        Flags of the framework overlap (``textPersonName`` includes ``text``), so the largest
        that lie within ``data`` and add something come first.
        """
        exact = next((word for value, word in self.words if value == data), None)
        if exact is not None or not self.is_flags:
            return exact
        chosen, left = [], data
        for value, word in self.words:
            if value & data == value and value & left:
                chosen.append(word)
                left &= ~value
        return "|".join(chosen) if chosen and not left else None


class Values:
    """Turns values of one app's resources and XML into text."""

    def __init__(self, tables: JoinedTables) -> None:
        self._tables = tables
        self.reference = lru_cache(maxsize=None)(self._reference)
        self.text_of = lru_cache(maxsize=None)(self._text_of)
        self._symbols = lru_cache(maxsize=None)(self._read_symbols)

    def _reference(self, resource_id: int) -> str:
        """``type/name`` of a resource, ``android:`` before those of the framework."""
        own = self._tables.name(resource_id)
        if own is not None:
            return own
        if resource_id >> 24 != FRAMEWORK:
            return f"0x{resource_id:08x}"
        known = framework_resources().get(resource_id)
        if known is not None:
            return f"android:{known[0]}"
        kind = _framework_types().get(resource_id >> 16 & 0xFF)
        return f"android:{kind}/0x{resource_id:08x}" if kind else f"0x{resource_id:08x}"

    def _text_of(self, resource_id: int) -> str | None:
        """Text of a resource in the default locale, references followed; None where unknown."""
        value = self._tables.resolve(resource_id)
        if value is None:
            known = framework_resources().get(resource_id)
            return known[1] if known is not None and known[1] else None
        if value.is_reference:
            known = framework_resources().get(value.data)
            return (
                known[1] if known is not None and known[1] else self.spell(value.type, value.data)
            )
        return value.text if value.text is not None else value.value

    def spell(self, kind: int, data: int, text: str | None = None) -> str:
        """A ``Res_value`` as it would stand in XML source, names for ids."""
        if kind in REFERENCES and data:
            return f"@{self.reference(data)}"
        if kind in ATTRIBUTES and data:
            return f"?{self.reference(data)}"
        return value_text(kind, data, text)

    def attribute(self, attribute: Attribute) -> str:
        """The value of an XML attribute, numbers of enums and flags in words."""
        if attribute.type in NUMBERS:
            android = attribute.namespace == ANDROID_NAMESPACE
            symbols = self._symbols(attribute.resource_id, attribute.name if android else "")
            words = symbols.read(attribute.data) if symbols is not None else None
            if words is not None:
                return words
        return self.spell(attribute.type, attribute.data, attribute.text)

    def resolved(self, attribute: Attribute | None) -> str:
        """The value of an XML attribute, references followed to the default locale's text."""
        if attribute is None:
            return ""
        if attribute.is_reference and self._says_something(attribute.data):
            text = self.text_of(attribute.data)
            if text is not None:
                return text
        return self.attribute(attribute)

    def can_be(self, attribute: Attribute | None, text: str) -> bool:
        """Whether an attribute says ``text``, by a resource at least for some devices."""
        if attribute is None:
            return False
        listed = self._tables.values(attribute.data) if attribute.is_reference else []
        said = [value for _, value in listed if not value.is_reference]
        if not said:
            return self.resolved(attribute) == text
        return any((one.value if one.text is None else one.text) == text for one in said)

    def _says_something(self, resource_id: int) -> bool:
        """Whether a resource is a value in itself and not a file or a style."""
        kind = self.reference(resource_id).removeprefix("android:").partition("/")[0]
        return kind in SPOKEN_TYPES

    def _read_symbols(self, attribute_id: int, framework_name: str) -> Symbols | None:
        if framework_name:
            return framework_symbols().get(framework_name)
        value = self._tables.resolve(attribute_id) if attribute_id else None
        items = (value.items or ()) if value is not None else ()
        kinds = next((item.data for item in items if item.key == TYPE_KEY), 0)
        if not kinds & (ENUM | FLAGS):
            return None
        names = ((item.data, self._tables.name(item.name) or "") for item in items)
        words = [(data, name[3:]) for data, name in names if name.startswith("id/")]
        return Symbols(bool(kinds & FLAGS), _largest_first(words))


def _largest_first(words: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted(words, key=lambda one: (-one[0], one[1])))


@cache
def framework_resources() -> Mapping[int, tuple[str, str]]:
    """Public resources of the framework: id to ``type/name`` and default text of strings."""
    rows = _rows("framework_resources.csv", "id", "name", "text")
    return {int(number, 16): (name, text) for number, name, text in rows}


@cache
def _framework_types() -> Mapping[int, str]:
    return {number >> 16 & 0xFF: name.partition("/")[0] for number, (name, _) in
            sorted(framework_resources().items())}  # fmt: skip


@cache
def framework_symbols() -> Mapping[str, Symbols]:
    """Words for the numbers of the framework's public attributes, by attribute name."""
    found: dict[str, list[tuple[int, str]]] = {}
    flags: set[str] = set()
    rows = _rows("attribute_symbols.csv", "attribute", "kind", "value", "symbol")
    for attribute, kind, value, symbol in rows:
        found.setdefault(attribute, []).append((int(value, 16), symbol))
        if kind == "flags":
            flags.add(attribute)
    return {name: Symbols(name in flags, _largest_first(words)) for name, words in found.items()}


def _rows(name: str, *columns: str) -> Iterator[tuple[str, ...]]:
    """Some columns of a data table beside this file, its first line (the source) left out."""
    text = Path(__file__).with_name("data").joinpath(name).read_text("utf-8")
    rows = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    head = next(rows)
    return map(itemgetter(*map(head.index, columns)), rows)
