"""Identities spelled as text, the way smali writes them."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from witnessmark.formats.dex.identities import Ints, Protos, Strings, Types
from witnessmark.formats.dex.image import Image
from witnessmark.formats.dex.kernels import layout
from witnessmark.formats.dex.members import Members
from witnessmark.formats.dex.mutf8 import decode_mutf8
from witnessmark.formats.dex.scalars import SCALARS
from witnessmark.model.distinct import distinct_and_places

_HANDLE_ITEM = struct.Struct("<HHHH")

HANDLE_KINDS = (
    "static-put", "static-get", "instance-put", "instance-get", "invoke-static",
    "invoke-instance", "invoke-constructor", "invoke-direct", "invoke-interface",
)  # fmt: skip
FIRST_INVOKING = 4
"""Kind of method handle from which on it names a method, before that a field."""


class Names:
    """Texts by row; a row of -1 is spelled as nothing."""

    def __init__(
        self, image: Image, strings: Strings, types: Types, protos: Protos, fields: Members,
        methods: Members,
    ) -> None:  # fmt: skip
        self._image = image
        self._bytes = image.bytes_.data
        self._strings, self._types, self._protos = strings, types, protos
        self._fields, self._methods = fields, methods
        self.string = lru_cache(maxsize=1 << 14)(self._string)
        self.type = lru_cache(maxsize=1 << 14)(self._type)
        self.proto = lru_cache(maxsize=1 << 12)(self._proto)
        self._files: list[list[int]] = image.dex.tolist()
        self._sections: dict[int, tuple[int, Ints | None]] = {
            layout.STRING: (layout.STRINGS_AT, None),
            layout.TYPE: (layout.TYPES_AT, types.row),
            layout.METHOD_TYPE: (layout.PROTOS_AT, protos.row),
            layout.FIELD: (layout.FIELDS_AT, fields.row),
            layout.ENUM: (layout.FIELDS_AT, fields.row),
            layout.METHOD: (layout.METHODS_AT, methods.row),
            layout.METHOD_HANDLE: (layout.HANDLES_AT, None),
        }
        self._spellers: dict[int, Callable[[int], str]] = {
            layout.STRING: self.string, layout.TYPE: self.type, layout.METHOD_TYPE: self.proto,
            layout.FIELD: self.field, layout.ENUM: self.field, layout.METHOD: self.method,
            layout.METHOD_HANDLE: self.handle,
        }  # fmt: skip

    def of_kind(self, kind: int) -> Callable[[int], str] | None:
        """How rows that encoded values of this kind name are spelled; None when they name none."""
        return self._spellers.get(kind)

    def rows_of(
        self, kind: int, index: NDArray[np.int64], dex: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Rows of what values of one kind name by index in their dex files; -1 for nothing."""
        found = np.full(len(index), -1, dtype=np.int64)
        if kind not in self._sections:
            return found
        place, joined = self._sections[kind]
        known = np.flatnonzero((index >= 0) & (index < self._image.dex[dex, place + 1]))
        at = self._image.dex[dex[known], place + 2] + index[known]
        found[known] = at if joined is None else joined[at]
        return found

    def texts_of(self, kind: int, rows: NDArray[np.int64]) -> NDArray[Any]:
        """Texts of rows that values of one kind name, each distinct row spelled once."""
        if kind == layout.STRING:
            return self.strings_of(rows)
        distinct, place = distinct_and_places(rows)
        texts = np.empty(len(distinct), dtype=object)
        texts[:] = [self._spellers[kind](row) for row in distinct.tolist()]
        return texts[place]

    def strings_of(self, rows: NDArray[np.int64]) -> NDArray[Any]:
        """Texts of string rows, -1 for no text."""
        used = np.zeros(len(self._strings.at) + 1, dtype=np.bool_)
        used[rows] = True
        used[-1] = False
        distinct = np.flatnonzero(used)
        texts = np.empty(len(used), dtype=object)
        texts[-1] = ""
        spans = (self._strings.at[distinct].tolist(), self._strings.length[distinct].tolist())
        data = self._bytes
        texts[distinct] = [
            decode_mutf8(data[at : at + length]) if at >= 0 else ""
            for at, length in zip(*spans, strict=True)
        ]
        return texts[rows]

    def spell(self, kind: int, number: int, dex: int) -> str:
        """Text of a value that is neither array nor annotation."""
        if kind in SCALARS:
            return SCALARS[kind](number)
        return (
            self._spellers[kind](self._row_of(kind, number, dex)) if kind in self._spellers else ""
        )

    def _row_of(self, kind: int, index: int, dex: int) -> int:
        """As `rows_of`, for one value."""
        place, joined = self._sections[kind]
        file = self._files[dex]
        if not 0 <= index < file[place + 1]:
            return -1
        at = file[place + 2] + index
        return at if joined is None else int(joined[at])

    def _string(self, row: int) -> str:
        at = int(self._strings.at[row]) if row >= 0 else -1
        if at < 0:
            return ""
        return decode_mutf8(self._bytes[at : at + int(self._strings.length[row])])

    def _type(self, row: int) -> str:
        return self._string(int(self._types.descriptor[row])) if row >= 0 else ""

    def _proto(self, row: int) -> str:
        if row < 0:
            return ""
        first = int(self._protos.first_parameter[row])
        listed = self._protos.parameter[first : first + int(self._protos.parameters[row])]
        returned = self.type(int(self._protos.returned[row]))
        return f"({''.join(map(self.type, listed.tolist()))}){returned}"

    def field(self, row: int) -> str:
        """``Lpkg/Class;->name:type``."""
        if row < 0:
            return ""
        f = self._fields
        name, kind = self.string(int(f.name[row])), self.type(int(f.second[row]))
        return f"{self.type(int(f.owner[row]))}->{name}:{kind}"

    def method(self, row: int) -> str:
        """``Lpkg/Class;->name(parameters)result``."""
        if row < 0:
            return ""
        m = self._methods
        name, proto = self.string(int(m.name[row])), self.proto(int(m.second[row]))
        return f"{self.type(int(m.owner[row]))}->{name}{proto}"

    def handle_target(self, row: int) -> tuple[int, int]:
        """Kind and field or method row (-1 for none) of a method handle, rows over all files."""
        dex = self._image.dex
        file = int((dex[:, layout.FIRST_HANDLE] <= row).nonzero()[0][-1])
        at = int(dex[file, layout.HANDLES_AT]) + 8 * (row - int(dex[file, layout.FIRST_HANDLE]))
        kind, _, index, _ = _HANDLE_ITEM.unpack_from(self._bytes, at)
        section = layout.METHODS_AT if kind >= FIRST_INVOKING else layout.FIELDS_AT
        if index >= dex[file, section + 1]:
            return kind, -1
        joined = self._methods.row if kind >= FIRST_INVOKING else self._fields.row
        return kind, int(joined[int(dex[file, section + 2]) + index])

    def handle(self, row: int) -> str:
        """``invoke-static@Lpkg/Class;->name()V``, or with a field."""
        if row < 0:
            return ""
        kind, target = self.handle_target(row)
        if kind >= len(HANDLE_KINDS):
            return f"unknown-{kind}"
        spell = self.method if kind >= FIRST_INVOKING else self.field
        return f"{HANDLE_KINDS[kind]}@{spell(target)}"
