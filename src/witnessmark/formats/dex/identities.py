"""Strings, types, prototypes, classes, fields and methods of all dex files, joined."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.compiled import Kernels
from witnessmark.formats.dex.image import Image, hash_table, secret_point
from witnessmark.formats.dex.kernels import layout

Ints = NDArray[np.int32]
Positions = NDArray[np.int64]
Columns = dict[str, NDArray[np.generic]]

_NAMING = (
    layout.TYPES_AT, layout.TYPES, 4, 0,
    layout.FIELDS_AT, layout.FIELDS, 8, 4,
    layout.METHODS_AT, layout.METHODS, 8, 4,
)  # fmt: skip
"""Sections whose items name a string: places in ``dex``, width, offset of the string index."""


class Strings(Struct, frozen=True):
    """Every string of every file: position (-1 unreadable) and length, and for those that name
    something the first row with the same bytes (-1 for the others).
    """

    at: Positions
    length: Ints
    first: Ints


class Protos(Struct, frozen=True):
    """Joined prototypes; ``row`` maps each file's ids to them."""

    row: Ints
    returned: Ints
    first_parameter: Ints
    parameters: Ints
    parameter: Ints


class Types(Struct, frozen=True):
    """Joined types: descriptor's string row; ``row`` maps each file's ids to them."""

    row: Ints
    descriptor: Ints


def read_strings(image: Image, run: Kernels) -> Strings:
    """Find all strings, and join those that are names or descriptors."""
    count = image.total(layout.STRINGS_AT)
    at = np.empty(count, dtype=np.int64)
    length, digest, first = (np.empty(count, dtype=np.int32) for _ in range(3))
    wanted = np.zeros(count, dtype=np.uint8)
    flat = image.dex.reshape(-1)
    run.want_strings(image.bytes_, flat, np.array(_NAMING, dtype=np.int64), wanted)
    run.read_strings(image.bytes_, flat, wanted, at, length, digest, secret_point(), image.notes)
    run.join_strings(image.bytes_, at, length, digest, wanted, hash_table(count), first)
    return Strings(at, length, first)


def read_types(image: Image, run: Kernels, strings: Strings) -> Types:
    """Join types by descriptor."""
    count = image.total(layout.TYPES_AT)
    row, descriptor = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int32)
    by_string = np.full(len(strings.first), -1, dtype=np.int32)
    joined = run.join_types(
        image.bytes_, image.dex.reshape(-1), strings.first, by_string, row, descriptor, image.notes
    )
    return Types(row, descriptor[:joined].copy())


def read_protos(image: Image, run: Kernels, types: Types) -> Protos:
    """Join prototypes by return type and parameter types."""
    count = image.total(layout.PROTOS_AT)
    flat = image.dex.reshape(-1)
    most = min(run.count_parameters(image.bytes_, flat), len(image.bytes_))
    parameter = np.empty(most + layout.LONGEST_PARAMETERS, dtype=np.int32)
    row, digest, returned, first, size = (np.empty(count + 1, dtype=np.int32) for _ in range(5))
    joined = run.join_protos(
        image.bytes_, flat, types.row, secret_point(), hash_table(count), row, digest, returned,
        first, size, parameter, image.notes,
    )  # fmt: skip
    kept = (returned[:joined].copy(), first[:joined].copy(), size[:joined].copy())
    return Protos(row, *kept, parameter[: int(first[joined])].copy())
