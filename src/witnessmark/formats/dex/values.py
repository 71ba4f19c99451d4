"""Constant values: of static fields and in annotations."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from witnessmark.formats.compiled import Kernels
from witnessmark.formats.dex.identities import Columns, Ints, Types
from witnessmark.formats.dex.image import Image, measured
from witnessmark.formats.dex.kernels import layout
from witnessmark.formats.dex.members import Classes, Members
from witnessmark.formats.dex.names import Names
from witnessmark.formats.dex.nested import render_nested

Rows = NDArray[np.int64]
_SCRATCH = layout.DEEPEST + 4

KINDS: Mapping[int, str] = {
    layout.BYTE: "byte", layout.SHORT: "short", layout.CHAR: "char", layout.INT: "int",
    layout.LONG: "long", layout.FLOAT: "float", layout.DOUBLE: "double",
    layout.METHOD_TYPE: "method_type", layout.METHOD_HANDLE: "method_handle",
    layout.STRING: "string", layout.TYPE: "type", layout.FIELD: "field", layout.METHOD: "method",
    layout.ENUM: "enum", layout.ARRAY: "array", layout.NESTED: "annotation", layout.NULL: "null",
    layout.BOOLEAN: "boolean",
}  # fmt: skip
"""Names of the kinds of encoded values."""

_TARGETS = ("class", "field", "method", "parameter")
_VISIBILITIES = ("build", "runtime", "system")


@dataclass(frozen=True, slots=True)
class Spaces:
    """Everything that indices in values can name."""

    image: Image
    types: Types
    proto_row: Ints
    fields: Members
    methods: Members
    names: Names


def read_static_values(run: Kernels, spaces: Spaces, classes: Classes) -> Columns:
    """Columns of static_values; a value whose field is not static or missing is left out."""
    image = spaces.image
    cursor = np.zeros(_SCRATCH, dtype=np.int64)

    def read(count: int, notes: Rows) -> tuple[int, Rows]:
        rows = np.empty(count * layout.ROW_WIDTH, dtype=np.int64)
        found = run.read_static_values(
            image.bytes_, image.dex.reshape(-1), classes.dex, classes.shadowed, classes.places,
            rows, cursor, notes,
        )  # fmt: skip
        return found, rows

    rows = measured(image, read).reshape(-1, layout.ROW_WIDTH)
    defined = spaces.fields.defined_in
    defined = defined[: int(np.count_nonzero(defined >= 0))]
    field = np.searchsorted(defined, rows[:, layout.ROW_OWNER]) + rows[:, layout.ROW_POSITION]
    inside = np.append(defined, -1)[np.minimum(field, len(defined))]
    static = np.append(spaces.fields.access, 0)[np.minimum(field, len(defined))] & 8
    kept = (inside == rows[:, layout.ROW_OWNER]) & (static != 0)
    return {"field": field[kept].astype(np.int32), **_encoded(spaces, rows[kept])}


def read_annotations(run: Kernels, spaces: Spaces, classes: Classes) -> Columns:
    """Columns of annotations, class by class: its own, its fields', methods', parameters'."""
    image = spaces.image
    cursor = np.zeros(_SCRATCH, dtype=np.int64)

    def read(count: int, notes: Rows) -> tuple[int, Rows]:
        rows = np.empty(count * layout.ROW_WIDTH, dtype=np.int64)
        found = run.read_annotations(
            image.bytes_, image.dex.reshape(-1), classes.dex, classes.shadowed, classes.places,
            spaces.types.row, spaces.fields.row, spaces.methods.row, rows, cursor, notes,
        )  # fmt: skip
        return found, rows

    rows = measured(image, read).reshape(-1, layout.ROW_WIDTH)
    encoded = _encoded(spaces, rows)
    marker = rows[:, layout.ROW_NAME] < 0
    encoded["text"][marker & (rows[:, layout.ROW_KIND] == layout.NESTED)] = ""
    return {
        "target": _words(_TARGETS, rows[:, layout.ROW_TARGET]),
        "row": rows[:, layout.ROW_OWNER].astype(np.int32),
        "parameter": rows[:, layout.ROW_PARAMETER].astype(np.int32),
        "type": rows[:, layout.ROW_TYPE].astype(np.int32),
        "visibility": _words(_VISIBILITIES, rows[:, layout.ROW_VISIBILITY]),
        "name": _texts(rows[:, layout.ROW_NAME], spaces.names.string),
        "position": rows[:, layout.ROW_POSITION].astype(np.int32),
        **encoded,
    }


def _words(words: tuple[str, ...], numbers: Rows) -> NDArray[Any]:
    named = np.array([*words, "unknown"], dtype=object)
    return named[np.minimum(numbers, len(words))]


def _texts(values: Rows, spell: Callable[[int], str]) -> NDArray[Any]:
    """Texts of values, each distinct one spelled once."""
    distinct, place = np.unique(values, return_inverse=True)
    texts = np.empty(len(distinct), dtype=object)
    texts[:] = [spell(value) for value in distinct.tolist()]
    return texts[place]


def _encoded(spaces: Spaces, rows: Rows) -> Columns:
    """Kind, text, ref and span of values."""
    kind, dex = rows[:, layout.ROW_KIND], rows[:, layout.ROW_DEX]
    ref = resolve(spaces, kind, rows[:, layout.ROW_RAW], dex)
    names = np.array([KINDS.get(number, "unknown") for number in range(32)], dtype=object)
    return {
        "kind": names[kind],
        "text": _value_texts(spaces, rows, ref),
        "ref": np.where(np.isin(kind, _REFERRING), ref, -1).astype(np.int32),
        "artifact": spaces.image.artifacts_of(dex),
        "offset": spaces.image.offsets_of(rows[:, layout.ROW_AT], dex),
        "length": rows[:, layout.ROW_LENGTH].astype(np.int32),
    }


_REFERRING = np.array([layout.STRING, layout.TYPE, layout.FIELD, layout.METHOD, layout.ENUM])


def resolve(spaces: Spaces, kind: Rows, raw: Rows, dex: Rows) -> Rows:
    """Rows of the identities that values name by index; -1 where there is none."""
    found = np.full(len(kind), -1, dtype=np.int64)
    strings = np.arange(spaces.image.total(layout.STRINGS_AT), dtype=np.int32)
    for kinds, place, row in (
        ((layout.STRING,), layout.STRINGS_AT, strings),
        ((layout.TYPE,), layout.TYPES_AT, spaces.types.row),
        ((layout.METHOD_TYPE,), layout.PROTOS_AT, spaces.proto_row),
        ((layout.FIELD, layout.ENUM), layout.FIELDS_AT, spaces.fields.row),
        ((layout.METHOD,), layout.METHODS_AT, spaces.methods.row),
    ):
        here = np.flatnonzero(np.isin(kind, kinds))
        index, file = raw[here], dex[here]
        known = (index >= 0) & (index < spaces.image.dex[file, place + 1])
        here, index, file = here[known], index[known], file[known]
        found[here] = row[spaces.image.dex[file, place + 2] + index]
    return found


def _value_texts(spaces: Spaces, rows: Rows, ref: Rows) -> NDArray[Any]:
    texts = np.full(len(rows), "", dtype=object)
    kinds, raw = rows[:, layout.ROW_KIND], rows[:, layout.ROW_RAW]
    for kind in np.unique(kinds).tolist():
        here = np.flatnonzero(kinds == kind)
        spell = spaces.names.of_kind(kind)
        if spell is not None:
            texts[here] = _texts(ref[here], spell)
        elif kind in _SCALARS:
            texts[here] = _texts(raw[here], _SCALARS[kind])
        elif kind == layout.METHOD_HANDLE:
            first = spaces.image.dex[rows[here, layout.ROW_DEX], layout.FIRST_HANDLE]
            count = spaces.image.dex[rows[here, layout.ROW_DEX], layout.HANDLES]
            row = np.where(raw[here] < count, first + raw[here], -1)
            texts[here] = _texts(row, spaces.names.handle)
        elif kind in (layout.ARRAY, layout.NESTED):
            for row in here.tolist():
                at, dex = int(rows[row, layout.ROW_AT]), int(rows[row, layout.ROW_DEX])
                if rows[row, layout.ROW_NAME] >= 0 or kind == layout.ARRAY:
                    texts[row] = render_nested(spaces.image, spaces.names, at, dex)
    return texts


def spell_char(code: int) -> str:
    """A character as itself, or as an escape where it cannot be shown."""
    letter = chr(code & 0xFFFF)
    return letter if letter.isprintable() else f"\\u{code & 0xFFFF:04x}"


def _float(bits: int) -> str:
    (value,) = struct.unpack("<f", struct.pack("<I", bits & 0xFFFFFFFF))
    return repr(float(np.format_float_positional(np.float32(value), unique=True))) if abs(
        value
    ) < 1e16 else repr(value)


def _double(bits: int) -> str:
    (value,) = struct.unpack("<d", struct.pack("<q", bits))
    return repr(value)


_SCALARS: Mapping[int, Callable[[int], str]] = {
    layout.BYTE: str, layout.SHORT: str, layout.INT: str, layout.LONG: str,
    layout.CHAR: spell_char, layout.FLOAT: _float, layout.DOUBLE: _double,
    layout.NULL: lambda _: "null", layout.BOOLEAN: lambda bit: "true" if bit else "false",
}  # fmt: skip
