"""Dynamic call sites, and hidden-API flags: sections that only the map list names.

Source: Dalvik executable format, "call_site_item", "method_handle_item",
"hiddenapi_class_data_item".
"""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np

from witnessmark.formats.dex.identities import Columns
from witnessmark.formats.dex.image import Image
from witnessmark.formats.dex.kernels import layout
from witnessmark.formats.dex.kernels.helpers import uleb
from witnessmark.formats.dex.members import Classes, Members
from witnessmark.formats.dex.names import FIRST_INVOKING, Names
from witnessmark.formats.dex.nested import Item, read_array, spell_value

_MOST_ARGUMENTS = 255


def read_call_sites(image: Image, names: Names) -> Columns:
    """Columns of call_sites, one row an id; a malformed one has neither bootstrap nor name."""
    rows = []
    for file in range(len(image.dex)):
        start, end = int(image.dex[file, layout.START]), int(image.dex[file, layout.END])
        first, count = image.dex[file, layout.CALL_SITES_AT : layout.CALL_SITES_AT + 2].tolist()
        for item in range(first, first + 4 * count, 4):
            (offset,) = struct.unpack_from("<I", image.bytes_.data, item)
            at = start + offset
            items = read_array(image, at, file, _MOST_ARGUMENTS) if 0 < offset < end - start else []
            rows.append((*_call_site(image, names, items, file), file, item))
    bootstrap, name, proto, arguments, dex, at = zip(*rows, strict=True) if rows else ((),) * 6
    positions, files = np.array(at, dtype=np.int64), np.array(dex, dtype=np.int64)
    return {
        "bootstrap": np.array(bootstrap, dtype=np.int32),
        "name": _objects(name),
        "proto": np.array(proto, dtype=np.int32),
        "arguments": _objects(arguments),
        "artifact": image.artifacts_of(files),
        "offset": image.offsets_of(positions, files),
        "length": np.full(len(positions), 4, dtype=np.int32),
    }


def _call_site(
    image: Image, names: Names, items: list[Item], dex: int
) -> tuple[int, str, int, str]:
    """Bootstrap method, name, prototype and further arguments of a call site."""
    kinds = [item.kind for item in items[:3]]
    if kinds != [layout.METHOD_HANDLE, layout.STRING, layout.METHOD_TYPE]:
        return -1, "", -1, "[]"
    handle, name, proto = (
        int(names.rows_of(i.kind, np.array([i.number]), np.array([dex]))[0]) for i in items[:3]
    )
    kind, target = names.handle_target(handle) if handle >= 0 else (0, -1)
    texts = [spell_value(image, names, item.at, dex) for item in items[3:]]
    bootstrap = target if kind >= FIRST_INVOKING else -1
    return bootstrap, names.string(name), proto, json.dumps(texts, ensure_ascii=True)


def _objects(texts: Any) -> Any:
    column = np.empty(len(texts), dtype=object)
    column[:] = texts
    return column


def read_hidden_api(image: Image, classes: Classes, fields: Members, methods: Members) -> Columns:
    """Columns of hidden_api: flags in the order of each class's fields and methods."""
    found: list[tuple[str, int, int]] = []
    for file, header in enumerate(image.headers):
        section = header.sections.get("hidden_api")
        if section is None:
            continue
        base = int(image.dex[file, layout.START]) + section.at
        if base + 4 > int(image.dex[file, layout.END]):
            continue
        first, count = image.dex[file, layout.FIRST_CLASS], image.dex[file, layout.CLASSES]
        for row in range(int(first), int(first + count)):
            if not classes.shadowed[row]:
                found += _class_flags(image, file, base, row - int(first), row, fields, methods)
    target, row_, flags = zip(*found, strict=True) if found else ((),) * 3
    return {
        "target": _objects(target),
        "row": np.array(row_, dtype=np.int32),
        "flags": np.array(flags, dtype=np.uint32),
    }


def _class_flags(
    image: Image, file: int, base: int, place: int, row: int, fields: Members, methods: Members
) -> list[tuple[str, int, int]]:
    """Flags of the members that class ``row``, number ``place`` of its file, defines."""
    data: Any = image.bytes_.data
    (size,) = struct.unpack_from("<I", data, base)
    end = min(int(image.dex[file, layout.END]), base + size)
    entry = base + 4 + 4 * place
    if entry + 4 > end:
        return []
    (offset,) = struct.unpack_from("<I", data, entry)
    if offset == 0 or base + offset >= end:
        return []
    cursor: Any = [base + offset, 0]
    found: list[Any] = []
    for target, members in (("field", fields), ("method", methods)):
        defined = members.defined_in[: int(np.count_nonzero(members.defined_in >= 0))]
        low, high = np.searchsorted(defined, [row, row + 1]).tolist()
        for member in range(low, high):
            flags = uleb(data, cursor, end)
            if cursor[1]:
                return found
            found.append((target, member, flags))
    return found
