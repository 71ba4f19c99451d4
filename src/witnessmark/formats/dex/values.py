"""Constant values: of static fields and in annotations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from witnessmark.formats.compiled import Kernels
from witnessmark.formats.dex.identities import Columns, Types
from witnessmark.formats.dex.image import Image, measured
from witnessmark.formats.dex.kernels import layout
from witnessmark.formats.dex.members import Classes, Members
from witnessmark.formats.dex.names import Names
from witnessmark.formats.dex.nested import spell_value
from witnessmark.formats.dex.scalars import SCALARS

Rows = NDArray[np.int64]
_SCRATCH = layout.DEEPEST + 4

KINDS: Mapping[int, str] = {
    layout.BYTE: "byte", layout.SHORT: "short", layout.CHAR: "char", layout.INT: "int",
    layout.LONG: "long", layout.FLOAT: "float", layout.DOUBLE: "double",
    layout.METHOD_TYPE: "method_type", layout.METHOD_HANDLE: "method_handle",
    layout.STRING: "string", layout.TYPE: "type", layout.FIELD: "field", layout.METHOD: "method",
    layout.ENUM: "enum", layout.ARRAY: "array", layout.NESTED: "annotation", layout.NULL: "null",
    layout.BOOLEAN: "boolean", layout.MARKER: "annotation",
}  # fmt: skip
"""Names of the kinds of encoded values."""

_TARGETS = ("class", "field", "method", "parameter")
_VISIBILITIES = ("build", "runtime", "system")


def read_static_values(
    image: Image, run: Kernels, names: Names, classes: Classes, fields: Members
) -> EncodedColumns:
    """Columns of static_values; a value whose field is not static or missing is left out."""
    cursor = np.zeros(_SCRATCH, dtype=np.int64)

    def read(count: int, notes: Rows) -> tuple[int, Rows]:
        rows = np.empty(count * layout.ROW_WIDTH, dtype=np.int64)
        found = run.read_static_values(
            image.bytes_, image.dex.reshape(-1), classes.dex, classes.shadowed, classes.places,
            rows, cursor, notes,
        )  # fmt: skip
        return found, rows

    rows = measured(image, read).reshape(-1, layout.ROW_WIDTH)
    defined = fields.defined_in
    defined = defined[: int(np.count_nonzero(defined >= 0))]
    field = np.searchsorted(defined, rows[:, layout.ROW_OWNER]) + rows[:, layout.ROW_POSITION]
    inside = np.append(defined, -1)[np.minimum(field, len(defined))]
    static = np.append(fields.access, 0)[np.minimum(field, len(defined))] & 8
    kept = (inside == rows[:, layout.ROW_OWNER]) & (static != 0)
    columns = {"field": field[kept].astype(np.int32), **_encoded(image, names, rows[kept])}
    return EncodedColumns(columns, lambda: _spelled(image, names, rows[kept]))


def read_annotations(
    image: Image, run: Kernels, names: Names, classes: Classes, types: Types, fields: Members,
    methods: Members,
) -> EncodedColumns:  # fmt: skip
    """Columns of annotations, class by class: its own, its fields', methods', parameters'."""
    cursor = np.zeros(_SCRATCH, dtype=np.int64)

    def read(count: int, notes: Rows) -> tuple[int, Rows]:
        rows = np.empty(count * layout.ROW_WIDTH, dtype=np.int64)
        found = run.read_annotations(
            image.bytes_, image.dex.reshape(-1), classes.dex, classes.shadowed, classes.places,
            types.row, fields.row, methods.row, rows, cursor, notes,
        )  # fmt: skip
        return found, rows

    rows = measured(image, read).reshape(-1, layout.ROW_WIDTH)
    columns = {
        "target": _words(_TARGETS, rows[:, layout.ROW_TARGET]),
        "row": rows[:, layout.ROW_OWNER].astype(np.int32),
        "parameter": rows[:, layout.ROW_PARAMETER].astype(np.int32),
        "type": rows[:, layout.ROW_TYPE].astype(np.int32),
        "visibility": _words(_VISIBILITIES, rows[:, layout.ROW_VISIBILITY]),
        "name": names.strings_of(rows[:, layout.ROW_NAME]),
        "position": rows[:, layout.ROW_POSITION].astype(np.int32),
        **_encoded(image, names, rows),
    }
    return EncodedColumns(columns, lambda: _spelled(image, names, rows))


def _words(words: tuple[str, ...], numbers: Rows) -> NDArray[Any]:
    named = np.array([*words, "unknown"], dtype=object)
    return named[np.minimum(numbers, len(words))]


def _texts(values: Rows, spell: Callable[[int], str]) -> NDArray[Any]:
    """Texts of values, each distinct one spelled once."""
    distinct, place = np.unique(values, return_inverse=True)
    texts = np.empty(len(distinct), dtype=object)
    texts[:] = [spell(value) for value in distinct.tolist()]
    return texts[place]


class EncodedColumns(dict[str, NDArray[Any]]):
    """Columns of encoded values; ``text`` is spelled when it is first asked for, because
    spelling costs more than all the others.
    """

    def __init__(self, columns: Columns, spell: Callable[[], NDArray[Any]]) -> None:
        super().__init__(columns)
        self._spell = spell

    def text(self) -> NDArray[Any]:
        """The column ``text``."""
        if "text" not in self:
            self["text"] = self._spell()
        return self["text"]

    def __missing__(self, name: str) -> NDArray[Any]:
        if name != "text":
            raise KeyError(name)
        return self.text()


def _spelled(image: Image, names: Names, rows: Rows) -> NDArray[Any]:
    """Texts of values."""
    kinds, dex = rows[:, layout.ROW_KIND], rows[:, layout.ROW_DEX]
    texts = np.full(len(rows), "", dtype=object)
    for kind in np.unique(kinds).tolist():
        here = np.flatnonzero(kinds == kind)
        number = rows[here, layout.ROW_RAW]
        if names.of_kind(kind) is not None:
            texts[here] = names.texts_of(kind, names.rows_of(kind, number, dex[here]))
        elif kind in SCALARS:
            texts[here] = _texts(number, SCALARS[kind])
        elif kind in (layout.ARRAY, layout.NESTED):
            for row in here.tolist():
                at = int(rows[row, layout.ROW_AT])
                texts[row] = spell_value(image, names, at, int(dex[row]))
    return texts


def _encoded(image: Image, names: Names, rows: Rows) -> Columns:
    """Kind, ref and span of values."""
    kinds, dex = rows[:, layout.ROW_KIND], rows[:, layout.ROW_DEX]
    ref = np.full(len(rows), -1, dtype=np.int32)
    for kind in _REFERRING:
        here = np.flatnonzero(kinds == kind)
        ref[here] = names.rows_of(kind, rows[here, layout.ROW_RAW], dex[here])
    named = np.array([KINDS.get(number, "unknown") for number in range(32)], dtype=object)
    return {
        "kind": named[kinds],
        "ref": ref,
        "artifact": image.artifacts_of(dex),
        "offset": image.offsets_of(rows[:, layout.ROW_AT], dex),
        "length": rows[:, layout.ROW_LENGTH].astype(np.int32),
    }


_REFERRING = (layout.STRING, layout.TYPE, layout.FIELD, layout.METHOD, layout.ENUM)
