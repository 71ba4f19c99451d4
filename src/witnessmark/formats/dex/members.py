"""Classes and what they define, of all dex files."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.compiled import Kernels
from witnessmark.formats.dex.identities import Ints, Positions, Protos, Strings, Types
from witnessmark.formats.dex.image import Image, hash_table, secret_point
from witnessmark.formats.dex.kernels import layout

Flags = NDArray[np.uint32]
Bytes = NDArray[np.uint8]


class Classes(Struct, frozen=True):
    """Every class definition of every file, in load order.

    ``places`` has four positions a class, 0 for none: interfaces, annotations, class data,
    static values. ``of_type`` is the defining row of each type, -1 for none.
    """

    type: Ints
    parent: Ints
    access: Flags
    source: Ints
    shadowed: Bytes
    dex: Ints
    places: Positions
    of_type: Ints
    interface_owner: Ints
    interface: Ints


class Members(Struct, frozen=True):
    """Joined fields or methods: first those that loadable classes define, class after class,
    then those only named. ``row`` maps each file's ids to them; ``dex`` is the file whose id
    item, at ``at``, stands for the row. ``second`` is the type of a field, the prototype of a
    method; ``code`` the position of a method's code item, -1 for none.
    """

    row: Ints
    owner: Ints
    name: Ints
    second: Ints
    dex: Ints
    at: Positions
    defined_in: Ints
    access: Flags
    code: Positions


class _Defined(Struct, frozen=True):
    """Definitions in the order of class data: id over all files, class, flags, code item."""

    id: Ints
    class_: Ints
    access: Flags
    code: Positions


def read_classes(image: Image, run: Kernels, types: Types) -> Classes:
    """Columns of all class definitions."""
    count = image.total(layout.CLASSES_AT)
    flat = image.dex.reshape(-1)
    kind, parent, source = (np.empty(count, dtype=np.int32) for _ in range(3))
    access = np.empty(count, dtype=np.uint32)
    shadowed = np.empty(count, dtype=np.uint8)
    of_type = np.full(len(types.descriptor), -1, dtype=np.int32)
    places = np.empty(4 * count, dtype=np.int64)
    run.read_classes(
        image.bytes_, flat, types.row, of_type, kind, parent, access, source, shadowed, places,
        image.notes,
    )  # fmt: skip
    dex = np.repeat(np.arange(len(image.dex), dtype=np.int32), image.dex[:, layout.CLASSES])
    scratch = np.zeros_like(image.notes)
    none = np.empty(0, dtype=np.int32)
    rows = run.read_interfaces(
        image.bytes_, flat, dex, places, types.row, none, none.copy(), scratch
    )
    owner, interface = np.empty(rows, dtype=np.int32), np.empty(rows, dtype=np.int32)
    run.read_interfaces(image.bytes_, flat, dex, places, types.row, owner, interface, image.notes)
    return Classes(kind, parent, access, source, shadowed, dex, places, of_type, owner, interface)


def read_members(
    image: Image, run: Kernels, strings: Strings, types: Types, protos: Protos, classes: Classes
) -> tuple[Members, Members]:
    """Fields and methods."""
    fields, methods = _read_class_data(image, run, types, classes)
    joined_fields = _join(image, run, strings, types, types.row, classes, fields, layout.FIELDS_AT)
    joined_methods = _join(
        image, run, strings, types, protos.row, classes, methods, layout.METHODS_AT
    )
    return joined_fields, joined_methods


def _read_class_data(
    image: Image, run: Kernels, types: Types, classes: Classes
) -> tuple[_Defined, _Defined]:
    named = (image.total(layout.FIELDS_AT), image.total(layout.METHODS_AT))
    claimed = [np.zeros(count, dtype=np.uint8) for count in named]
    fields, methods = (
        _Defined(
            np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int32),
            np.empty(count, dtype=np.uint32), np.full(count, -1, dtype=np.int64),
        )
        for count in named
    )  # fmt: skip
    cursor = np.zeros(6, dtype=np.int64)
    run.read_class_data(
        image.bytes_, image.dex.reshape(-1), classes.dex, classes.type, classes.shadowed,
        classes.places, types.row, *claimed, fields.id, fields.class_, fields.access, methods.id,
        methods.class_, methods.access, methods.code, cursor, image.notes,
    )  # fmt: skip
    return _first(fields, int(cursor[0])), _first(methods, int(cursor[1]))


def _first(defined: _Defined, count: int) -> _Defined:
    return _Defined(
        defined.id[:count], defined.class_[:count], defined.access[:count], defined.code[:count]
    )


def _join(
    image: Image, run: Kernels, strings: Strings, types: Types, second_row: Ints,
    classes: Classes, defined: _Defined, section: int,
) -> Members:  # fmt: skip
    named = image.total(section)
    second = layout.TYPES_AT if section == layout.FIELDS_AT else layout.PROTOS_AT
    joined = np.full(named, -1, dtype=np.int32)
    owner, name, other, dex = (np.empty(named, dtype=np.int32) for _ in range(4))
    at = np.empty(named, dtype=np.int64)
    row = np.full(len(defined.id), -1, dtype=np.int32)
    count = run.join_members(
        image.bytes_, image.dex.reshape(-1), section, second, types.row, second_row,
        strings.first, secret_point(), defined.id, classes.dex[defined.class_], row,
        hash_table(named), joined, owner, name, other, dex, at, image.notes,
    )  # fmt: skip
    kept = row >= 0
    class_ = np.full(count, -1, dtype=np.int32)
    access = np.zeros(count, dtype=np.uint32)
    code = np.full(count, -1, dtype=np.int64)
    class_[row[kept]] = defined.class_[kept]
    access[row[kept]] = defined.access[kept]
    code[row[kept]] = defined.code[kept]
    trimmed = (owner[:count].copy(), name[:count].copy(), other[:count].copy(), dex[:count].copy())
    return Members(joined, *trimmed, at[:count].copy(), class_, access, code)
