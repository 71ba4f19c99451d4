"""``ResourceTable`` messages as resource tables.

Source: AOSP frameworks/base/tools/aapt2, Resources.proto and Configuration.proto.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from witnessmark.formats.arsc.build import BuiltEntry, BuiltValue, build_table
from witnessmark.formats.arsc.config import (
    DENSITIES,
    DIRECTIONS,
    ORIENTATIONS,
    SIZES,
    UI_MODES,
    Config,
)
from witnessmark.formats.arsc.table import ResourceTable
from witnessmark.formats.chunks import PoolText, ValueType
from witnessmark.formats.protobuf.items import Item, read_item
from witnessmark.formats.protobuf.wire import Message
from witnessmark.model.location import Span

ARITIES: Mapping[int, int] = {
    0: 0x01000005, 1: 0x01000006, 2: 0x01000007, 3: 0x01000008, 4: 0x01000009, 5: 0x01000004,
}  # fmt: skip
"""Keys of plurals in a bag, by ``Plural.Arity``."""

NIGHTS = {1: "night", 2: "notnight"}
"""``Configuration.UiModeNight``, numbered otherwise than in binary tables."""

ARRAY_START = 0x02000000
TYPE_KEY = 0x01000000
REGION = re.compile(r"[A-Za-z]{2}|[0-9]{3}")


def read_resources(data: bytes) -> ResourceTable:
    """The table in ``data``. Raises `FormatError` for what is none."""
    message = Message(data, Span(0, len(data)))
    return build_table(list(_entries(message)), len(data))


def _entries(table: Message) -> Iterator[BuiltEntry]:
    for package in table.messages(2):
        number = _id(package, 1) or 0x7F
        for kind in package.messages(3):
            for entry in kind.messages(3):
                resource = number << 24 | _id(kind, 1) << 16 | _id(entry, 1)
                for value in entry.messages(6):
                    yield from _entry(resource & 0xFFFFFFFF, package.text(2), kind, entry, value)


def _id(message: Message, number: int) -> int:
    inner = message.message(number)
    return inner.number(1) if inner is not None else 0


def _entry(
    resource: int, package: str, kind: Message, entry: Message, value: Message
) -> Iterator[BuiltEntry]:
    config = _config(value.message(1))
    held = value.message(2)
    if held is None:
        return
    item, compound = held.message(4), held.message(5)
    if item is not None:
        yield BuiltEntry(
            resource, package, kind.text(2), entry.text(2), config, _built(read_item(item)),
            entry.span,
        )  # fmt: skip
    elif compound is not None:
        items = tuple((key, _built(one)) for key, one in _items(compound))
        parent = compound.message(2)
        above = parent.message(1) if parent is not None else None
        yield BuiltEntry(
            resource, package, kind.text(2), entry.text(2), config, None, entry.span, items,
            above.number(2) & 0xFFFFFFFF if above is not None else 0,
        )  # fmt: skip


def _built(item: Item) -> BuiltValue:
    text = None if item.text is None else PoolText(item.text, item.span, "utf-8")
    return BuiltValue(item.type, item.data, item.span, text)


def _items(compound: Message) -> Iterator[tuple[int, Item]]:
    """Keys and values of an attribute, style, array or plural."""
    attribute, style, array, plural = (compound.message(number) for number in (1, 2, 4, 5))
    if attribute is not None:
        yield TYPE_KEY, Item(ValueType.INT_DEC, attribute.number(1) & 0xFFFFFFFF, attribute.span)
        for symbol in attribute.messages(4):
            name = symbol.message(3)
            key = name.number(2) & 0xFFFFFFFF if name is not None else 0
            yield key, Item(ValueType.INT_DEC, symbol.number(4) & 0xFFFFFFFF, symbol.span)
    elif style is not None:
        for one in style.messages(3):
            name, item = one.message(3), one.message(4)
            if item is not None:
                yield name.number(2) & 0xFFFFFFFF if name is not None else 0, read_item(item)
    elif array is not None:
        for place, one in enumerate(array.messages(1)):
            item = one.message(3)
            if item is not None:
                yield ARRAY_START + place, read_item(item)
    elif plural is not None:
        for one in plural.messages(1):
            item = one.message(4)
            if item is not None:
                yield ARITIES.get(one.number(3), 0), read_item(item)


def _config(message: Message | None) -> Config:
    """A configuration, its qualifiers in the order in which folders have them."""
    if message is None:
        return Config("", "", "", "", "", "", 0, 0, Span(0, 0))
    language, script, region = _locale(message.text(3))
    locale = _folder_locale(language, script, region)
    number = message.number
    density = number(18)
    others = [
        *([f"mcc{number(1)}"] if number(1) else []), *([f"mnc{number(2)}"] if number(2) else []),
        *_named(DIRECTIONS, number(4)),
        *([f"sw{number(9)}dp"] if number(9) else []), *([f"w{number(7)}dp"] if number(7) else []),
        *([f"h{number(8)}dp"] if number(8) else []), *_named(SIZES, number(10)),
        *_named({1: "long", 2: "notlong"}, number(11)), *_named(ORIENTATIONS, number(15)),
        *_named(UI_MODES, number(16)), *_named(NIGHTS, number(17)),
        *([DENSITIES.get(density, f"{density}dpi")] if density else []),
    ]  # fmt: skip
    sdk = number(24)
    before = [one for one in others if one.startswith(("mcc", "mnc"))]
    after = [one for one in others if one not in before]
    qualifiers = [*before, *locale, *after, *([f"v{sdk}"] if sdk else [])]
    return Config(
        "-".join(qualifiers), language, script, region, "", "", sdk, len(others), Span(0, 0)
    )


def _named(names: Mapping[int, str], number: int) -> list[str]:
    return [names[number]] if number in names else []


def _locale(tag: str) -> tuple[str, str, str]:
    """Language, script and region of a BCP 47 tag."""
    parts = [part for part in tag.replace("_", "-").split("-") if part]
    language = parts[0].lower() if parts else ""
    script = next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), "")
    region = next((part.upper() for part in parts[1:] if REGION.fullmatch(part)), "")
    return language, script, region


def _folder_locale(language: str, script: str, region: str) -> list[str]:
    if not language:
        return []
    if script:
        return ["+".join(part for part in ("b", language, script, region) if part)]
    return [f"{language}-r{region}" if region else language]
