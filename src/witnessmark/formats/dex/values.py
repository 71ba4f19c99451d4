"""Constant values: of static fields and in annotations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.compiled import Kernels
from witnessmark.formats.dex.identities import Columns, Types
from witnessmark.formats.dex.image import Image, measured
from witnessmark.formats.dex.kernels import layout
from witnessmark.formats.dex.members import Classes, Members
from witnessmark.formats.dex.names import Names
from witnessmark.formats.dex.nested import spell_value
from witnessmark.formats.dex.scalars import SCALARS
from witnessmark.model.distinct import distinct, distinct_and_places
from witnessmark.model.table import Coded, Coding

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

_WORDS = np.array([KINDS.get(number, "unknown") for number in range(32)], dtype=object)
_TARGETS = np.array(["class", "field", "method", "parameter"], dtype=object)
_VISIBILITIES = np.array(["build", "runtime", "system", "unknown"], dtype=object)
_REFERRING = (layout.TYPE, layout.FIELD, layout.METHOD, layout.ENUM)

_NONE = np.empty(0, dtype=np.int64)


class _Read(Struct, frozen=True):
    """Values as the kernels write them, by columns (see `layout`)."""

    rows: NDArray[np.int32]
    small: NDArray[np.uint8]
    wide: NDArray[np.int64]

    def at(self, places: NDArray[Any]) -> _Read:
        """Some of them."""
        return _Read(self.rows[:, places], self.small[:, places], self.wide[:, places])

    def first(self, count: int) -> _Read:
        """The first of them."""
        return _Read(self.rows[:, :count], self.small[:, :count], self.wide[:, :count])


class ValueColumns(dict[str, NDArray[Any]]):
    """Columns of encoded values. ``coded`` has those of few words as numbers of words; asked
    for by name, they are spelled.
    """

    def __init__(self, columns: Columns, coded: Mapping[str, Coded]) -> None:
        super().__init__(columns)
        self.coded = coded

    def __missing__(self, name: str) -> NDArray[Any]:
        self[name] = self.coded[name].texts()
        return self[name]


def read_static_values(
    image: Image, run: Kernels, names: Names, classes: Classes, types: Types, fields: Members,
    methods: Members,
) -> ValueColumns:  # fmt: skip
    """Columns of static_values; a value whose field is not static or missing is left out."""
    values = _measured(run.read_static_values, image, classes, types, fields, methods)
    rows = values.rows
    defined = fields.defined_in
    defined = defined[: int(np.count_nonzero(defined >= 0))]
    field = np.searchsorted(defined, rows[layout.ROW_OWNER]) + rows[layout.ROW_POSITION]
    inside = np.append(defined, -1)[np.minimum(field, len(defined))]
    static = np.append(fields.access, 0)[np.minimum(field, len(defined))] & 8
    kept = (inside == rows[layout.ROW_OWNER]) & (static != 0)
    columns = {"field": field[kept].astype(np.int32)}
    return _encoded(image, names, values.at(np.flatnonzero(kept)), columns, {})


def _measured(
    kernel: Callable[..., int], image: Image, classes: Classes, types: Types, fields: Members,
    methods: Members,
) -> _Read:  # fmt: skip
    """What a kernel reads of all classes, in arrays of the size that it says."""
    cursor = np.zeros(_SCRATCH, dtype=np.int64)

    def read(count: int, notes: Rows) -> tuple[int, _Read]:
        room = _room(count)
        found = kernel(
            image.bytes_, image.dex.reshape(-1), classes.dex, classes.shadowed, classes.places,
            types.row, fields.row, methods.row, *(one.reshape(-1) for one in room), cursor, notes,
        )  # fmt: skip
        return found, _Read(*room)

    return measured(image, read, _Read.first)


def _room(count: int) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.int64]]:
    """Arrays for so many values."""
    return (
        np.empty((layout.ROW_WIDTH, count), dtype=np.int32),
        np.empty((layout.SMALL_WIDTH, count), dtype=np.uint8),
        np.empty((layout.WIDE_WIDTH, count), dtype=np.int64),
    )


def read_annotations(
    image: Image, run: Kernels, names: Names, classes: Classes, types: Types, fields: Members,
    methods: Members,
) -> ValueColumns:  # fmt: skip
    """Columns of annotations, class by class: its own, its fields', methods', parameters'."""
    values = _measured(run.read_annotations, image, classes, types, fields, methods)
    rows = values.rows
    columns = {
        "row": rows[layout.ROW_OWNER],
        "parameter": rows[layout.ROW_PARAMETER],
        "type": rows[layout.ROW_TYPE],
        "position": rows[layout.ROW_POSITION],
    }
    coded = {
        "target": _fixed(_TARGETS, values.small[layout.SMALL_TARGET]),
        "visibility": _fixed(_VISIBILITIES, values.small[layout.SMALL_VISIBILITY]),
        "name": _named(names, rows[layout.ROW_NAME]),
    }
    return _encoded(image, names, values, columns, coded)


def _encoded(
    image: Image, names: Names, values: _Read, columns: Columns, coded: Mapping[str, Coded]
) -> ValueColumns:
    """These columns, and kind, text, ref and span of values."""
    kinds = values.small[layout.SMALL_KIND]
    others = np.flatnonzero(kinds != layout.STRING)
    found = {
        **columns,
        "ref": values.rows[layout.ROW_REF],
        "artifact": image.artifacts_of(values.rows[layout.ROW_DEX]),
        "offset": values.wide[layout.WIDE_AT],
        "length": values.rows[layout.ROW_LENGTH],
    }
    texts = Coded(lambda: _spelled(image, names, found["ref"], others, values.at(others)))
    return ValueColumns(found, {**coded, "kind": _fixed(_WORDS, kinds), "text": texts})


def _fixed(words: NDArray[Any], numbers: NDArray[np.uint8]) -> Coded:
    """Numbers of words; those beyond the list get the last word."""
    codes = np.minimum(numbers, np.uint8(len(words) - 1))
    return Coded(lambda: Coding(codes, words, _NONE, _no_texts))


def _no_texts(_: Rows) -> NDArray[Any]:
    return np.empty(0, dtype=object)


def _named(names: Names, numbers: NDArray[np.int32]) -> Coded:
    """Strings by row; -1 is no text."""

    def make() -> Coding:
        codes, strings = _distinct(numbers)
        own = np.array([""] * int(strings[:1].min(initial=0) < 0), dtype=object)
        return Coding(codes, own, strings[len(own) :], names.strings_of)

    return Coded(make)


def _distinct(numbers: NDArray[Any]) -> tuple[NDArray[Any], Rows]:
    """Codes of row numbers from -1 up, and the distinct ones in order."""
    used = np.zeros(int(numbers.max(initial=-1)) + 2, dtype=np.bool_)
    used[numbers + 1] = True
    codes = (np.cumsum(used, dtype=np.int32) - 1)[numbers + 1]
    return codes, np.flatnonzero(used) - 1


def _spelled(
    image: Image, names: Names, ref: NDArray[np.int32], others: Rows, values: _Read
) -> Coding:
    """Texts of values: those that strings say behind all others.

    ``others`` are the places of the values that are no strings, ``values`` what is known of them.
    """
    kinds = values.small[layout.SMALL_KIND]
    codes = np.zeros(len(ref), dtype=np.int32)
    words = [np.array([""], dtype=object)]
    count = 1
    for kind in distinct(kinds).tolist():
        here = np.flatnonzero(kinds == kind)
        if (found := _spelled_kind(image, names, values.at(here), kind)) is not None:
            codes[others[here]] = found[0] + count
            words.append(found[1])
            count += len(found[1])
    is_string = ref >= 0
    is_string[others] = False
    string_codes, strings = _distinct(ref[is_string])
    codes[is_string] = string_codes + count
    return Coding(codes, np.concatenate(words), strings, names.strings_of)


def _spelled_kind(
    image: Image, names: Names, values: _Read, kind: int
) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """Codes and words of values of one kind; None for kinds without text."""
    number, dex = values.wide[layout.WIDE_NUMBER], values.rows[layout.ROW_DEX].astype(np.int64)
    if names.of_kind(kind) is not None:
        refers = kind in _REFERRING
        named = values.rows[layout.ROW_REF] if refers else names.rows_of(kind, number, dex)
        codes, distinct = _distinct(named)
        return codes, names.texts_of(kind, distinct)
    if kind in SCALARS:
        numbers, codes = distinct_and_places(number)
        return codes, _objects(SCALARS[kind](value) for value in numbers.tolist())
    if kind in (layout.ARRAY, layout.NESTED):
        at = values.wide[layout.WIDE_AT] + image.dex[dex, layout.START]
        places = zip(at.tolist(), dex.tolist(), strict=True)
        return np.arange(len(at)), _objects(spell_value(image, names, *one) for one in places)
    return None


def _objects(texts: Iterator[str]) -> NDArray[Any]:
    listed = list(texts)
    found = np.empty(len(listed), dtype=object)
    found[:] = listed
    return found
