"""Values by resource id, and what a reference leads to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from witnessmark.formats.arsc.config import Config
from witnessmark.formats.chunks import ValueType, value_text
from witnessmark.formats.chunks.string_pool import PoolEncoding
from witnessmark.model.location import Span

DEEPEST = 20
"""References followed in a row; Android gives up at the same number."""

ARRAY_STARTS = (0x02000000, 0x01000001)
"""Name of an array's first item: by the first build tool, by its successor."""

BAG_KEYS: Mapping[int, str] = {
    0x01000000: "^type", 0x01000001: "^min", 0x01000002: "^max", 0x01000003: "^l10n",
    0x01000004: "other", 0x01000005: "zero", 0x01000006: "one", 0x01000007: "two",
    0x01000008: "few", 0x01000009: "many",
}  # fmt: skip
"""``ResTable_map::ATTR_*``: fields of an attribute and quantities of a plural."""


def item_keys(names: Sequence[int]) -> list[str]:
    """What the names of one bag's items mean.

    The successor numbers array items with what are also fields of attributes, but an attribute
    always begins with its ``^type``, so the first name tells which it is.
    """
    first = names[0] if names else 0
    for start in ARRAY_STARTS:
        if first == start or (start == ARRAY_STARTS[0] and first >> 16 == start >> 16):
            return [str(name - start) if name >= start else f"0x{name:08x}" for name in names]
    return [BAG_KEYS.get(name, f"0x{name:08x}") for name in names]


class BagItem(Struct, frozen=True):
    """One item of a bag.

    ``name``  as stored: resource id of an attribute (styles), of an enum or flag value (attr), or
              a number that ``key`` explains.
    ``key``   position in an array (``0``, ``1``, ...), quantity (``one``, ``other``), field of an
              attribute (``^type``), else the resource id in ``name``.
    ``type``, ``data``, ``text``, ``text_span``, ``encoding``  as in `Value`.
    ``span``  its twelve bytes.
    """

    name: int
    key: str
    type: int
    data: int
    text: str | None
    span: Span
    text_span: Span | None
    encoding: PoolEncoding | None

    @property
    def value(self) -> str:
        """The value as it would stand in resource XML."""
        return value_text(self.type, self.data, self.text)


class Value(Struct, frozen=True):
    """What one resource is in one configuration.

    ``type``, ``data``  fields of ``Res_value``; of a bag both 0.
    ``text``       the string of a string value, else None.
    ``items``      the items of a bag; None for a simple value.
    ``parent``     resource id of the bag's parent style, 0 for none.
    ``span``       bytes of the entry; ``text_span``, ``encoding`` those of the string and the
                   decoder that gives exactly ``text`` back (None where none does).
    ``table``      number of the table it comes from, when several are joined.
    """

    resource_id: int
    type: int
    data: int
    text: str | None
    items: tuple[BagItem, ...] | None
    parent: int
    span: Span
    text_span: Span | None
    encoding: PoolEncoding | None
    table: int = 0

    @property
    def value(self) -> str:
        """The value as it would stand in resource XML; of a bag, its items in a row."""
        if self.items is not None:
            return "{" + ", ".join(f"{item.key}={item.value}" for item in self.items) + "}"
        return value_text(self.type, self.data, self.text)

    @property
    def is_reference(self) -> bool:
        """Whether ``data`` is the id of another resource."""
        return (
            self.items is None
            and bool(self.data)
            and self.type
            in (
                ValueType.REFERENCE,
                ValueType.DYNAMIC_REFERENCE,
            )
        )


class HasValues(Protocol):
    """Anything that knows the values of a resource."""

    def values(self, resource_id: int) -> list[tuple[Config, Value]]:
        """Values of one resource, by configuration."""
        ...


def choose(
    values: Sequence[tuple[Config, Value]], locale: str | None
) -> tuple[Config, Value] | None:
    """The value for ``locale`` on a plain device; None when there is none at all.

    The best locale match wins (all subtags, then language with region or script, then
    language, then no locale; another language only if there is nothing else); among equals the
    fewest other qualifiers, then the lowest platform version, then file order.
    """
    if not values:
        return None
    wanted = _subtags(locale or "")
    ranked = sorted(
        enumerate(values),
        key=lambda one: (_distance(one[1][0], wanted), one[1][0].breadth, one[1][0].sdk, one[0]),
    )
    return ranked[0][1]


def follow(tables: HasValues, resource_id: int, locale: str | None = None) -> Value | None:
    """What ``resource_id`` is in the end, references followed.

    Ends at the last value that could be read: a reference to a resource that no table has
    (one of the framework, say) or one that leads in a circle comes back as the reference itself.
    None when ``resource_id`` itself has no value.
    """
    seen: set[int] = set()
    last: Value | None = None
    while resource_id not in seen and len(seen) <= DEEPEST:
        seen.add(resource_id)
        chosen = choose(tables.values(resource_id), locale)
        if chosen is None:
            return last
        last = chosen[1]
        if not last.is_reference:
            return last
        resource_id = last.data
    return last


def _subtags(locale: str) -> tuple[str, str, str]:
    """Language, script, region of a BCP 47 tag or an Android qualifier, lower case."""
    parts = [part.lower() for part in re.split(r"[-_+]", locale) if part]
    if parts[:1] == ["b"]:
        parts = parts[1:]
    language = parts[0] if parts else ""
    script = next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), "")
    region = ""
    for part in parts[1:]:
        if re.fullmatch(r"r[a-z]{2}|[a-z]{2}|[0-9]{3}", part):
            region = part[-2:] if part.isalpha() else part
            break
    return language, script, region


def _distance(config: Config, wanted: tuple[str, str, str]) -> int:
    """0 for the wanted locale, more for those further off."""
    language, script, region = wanted
    if not config.language:
        return 4
    if config.language.lower() != language:
        return 9
    same_script = not script or not config.script or config.script.lower() == script
    if not same_script:
        return 8
    if config.region.lower() == region:
        return 0 if config.script.lower() == script and not config.variant else 1
    return 2 if not config.region else 3
