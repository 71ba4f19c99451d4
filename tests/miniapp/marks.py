"""Runtime annotations of mini classes and their fields.

Source: source.android.com/docs/core/runtime/dex-format, annotations_directory_item and below.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any

RUNTIME = 1

Target = tuple[str, str]
"""Name and type of a field; two empty texts for the class itself."""

CLASS: Target = ("", "")


def read_annotations(text: Mapping[str, Any]) -> dict[Target, list[Mapping[str, Any]]]:
    """The annotations of a class of a case, ``[{type, values: {name: text}}]``, by target."""
    found = {CLASS: list(text.get("annotations", ()))}
    for item in text.get("fields", ()):
        name, _, kind = item["sig"].partition(":")
        found[name, kind] = list(item.get("annotations", ()))
    return {target: listed for target, listed in found.items() if listed}


def texts_of(annotations: Mapping[Target, Sequence[Mapping[str, Any]]]) -> list[str]:
    """Every string that the annotations name."""
    listed = [one for group in annotations.values() for one in group]
    values = [value for one in listed for value in one.get("values", {}).values()]
    names = [name for one in listed for name in one.get("values", {})]
    return [*names, *(value for value in values if isinstance(value, str))]


def types_of(annotations: Mapping[Target, Sequence[Mapping[str, Any]]]) -> list[str]:
    """Every annotation type, with dots."""
    return [str(one["type"]) for group in annotations.values() for one in group]


def item(
    annotation: Mapping[str, Any],
    type_index: int,
    string: Callable[[str], int],
    encoded: Callable[[Any], bytes],
    uleb: Callable[[int], bytes],
) -> bytes:
    """An annotation_item."""
    values = sorted(annotation.get("values", {}).items(), key=lambda pair: string(pair[0]))
    parts = b"".join(uleb(string(name)) + encoded(value) for name, value in values)
    return bytes([RUNTIME]) + uleb(type_index) + uleb(len(values)) + parts


def directory(sets: Mapping[Target, int], field: Callable[[str, str], int]) -> bytes:
    """An annotations_directory_item from the offsets of its sets."""
    fields = sorted((field(*target), at) for target, at in sets.items() if target != CLASS)
    head = struct.pack("<4I", sets.get(CLASS, 0), len(fields), 0, 0)
    return head + b"".join(struct.pack("<2I", index, at) for index, at in fields)
