"""The words behind the numbers of code tables: texts, types, names and signatures.

Analyses ask for the same ones again and again, so each is spelled once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache

from witnessmark.facts.tables.code import (
    CLASSES,
    FIELDS,
    METHODS,
    PROTO_PARAMETERS,
    PROTOS,
    STRINGS,
    TYPES,
)  # fmt: skip
from witnessmark.formats.dex.mutf8 import decode_mutf8
from witnessmark.model.table import Table, TableSchema

MOST_KEPT = 1 << 16
"""Words of each kind that are kept."""

UNTOLD = "?"
"""A parameter's type that cannot be read: one letter, so that it takes one register."""

Spell = Callable[[int], str]
"""A word by its row."""


class CodeWords:
    """Words by row. Rows of strings and types may be -1, which is spelled as nothing.

    ``string``           text of a string constant.
    ``descriptor``       a type as code writes it.
    ``type_name``        a type as people write it: ``java.lang.String``, ``int[]``.
    ``method_name``      bare name of a method.
    ``method_class``     class a method is named through, with dots.
    ``parameter_types``  descriptors of a method's parameters; `UNTOLD` for one that cannot be read.
    """

    reads = frozenset(
        one.name for one in (STRINGS, TYPES, CLASSES, METHODS, FIELDS, PROTOS, PROTO_PARAMETERS)
    )
    """Names of the tables it is spelled from."""

    def __init__(
        self,
        table: Callable[[TableSchema], Table],
        read_blob: Callable[[int], memoryview],
        read_string: Spell | None = None,
    ) -> None:
        self._table = table
        self._read_blob = read_blob
        kept = lru_cache(maxsize=MOST_KEPT)
        self.string: Spell = kept(read_string or self._string)
        self.descriptor: Spell = kept(self._descriptor)
        self.type_name: Spell = kept(self._type_name)
        self.method_name: Spell = kept(self._method_name)
        self.method_class: Spell = kept(self._method_class)
        self.parameter_types: Callable[[int], tuple[str, ...]] = kept(self._parameter_types)
        self._parameters: Callable[[int], tuple[str, ...]] = kept(self._parameters_of)
        self._columns: dict[tuple[str, str], memoryview] = {}

    def class_name(self, class_row: int) -> str:
        """Name of a defined class, with dots."""
        return self.type_name(self._cell(CLASSES, "type", class_row))

    def method_signature(self, method: int) -> str:
        """``Lpkg/Class;->name(args)ret`` as smali and dexdump write it."""
        owner = self.descriptor(self._cell(METHODS, "class_type", method))
        proto = self._cell(METHODS, "proto", method)
        returned = self.descriptor(self._cell(PROTOS, "return_type", proto))
        arguments = "".join(self.parameter_types(method))
        return f"{owner}->{self.method_name(method)}({arguments}){returned}"

    def field_signature(self, field: int) -> str:
        """``Lpkg/Class;->name:type`` as smali writes it."""
        owner = self.descriptor(self._cell(FIELDS, "class_type", field))
        kind = self.descriptor(self._cell(FIELDS, "type", field))
        return f"{owner}->{self.string(self._cell(FIELDS, 'name', field))}:{kind}"

    def _cell(self, schema: TableSchema, column: str, row: int) -> int:
        """One number of a table; a view spares the wrapping of single items that numpy does."""
        key = (schema.name, column)
        view = self._columns.get(key)
        if view is None:
            view = self._columns[key] = self._table(schema)[column].data
        found: int = view[row]
        return found

    @cached_property
    def _spans(self) -> tuple[memoryview, memoryview, memoryview]:
        strings = self._table(STRINGS)
        return (
            strings["artifact"].data,
            strings["offset"].data,
            strings["length"].data,
        )

    def _string(self, row: int) -> str:
        if row < 0:
            return ""
        artifacts, offsets, lengths = self._spans
        start = offsets[row]
        return decode_mutf8(self._read_blob(artifacts[row])[start : start + lengths[row]])

    def _descriptor(self, type_row: int) -> str:
        return self.string(self._cell(TYPES, "descriptor", type_row)) if type_row >= 0 else ""

    def _type_name(self, type_row: int) -> str:
        return readable_type(self.descriptor(type_row))

    def _method_name(self, method: int) -> str:
        return self.string(self._cell(METHODS, "name", method))

    def _method_class(self, method: int) -> str:
        return self.type_name(self._cell(METHODS, "class_type", method))

    def _parameter_types(self, method: int) -> tuple[str, ...]:
        return self._parameters(self._cell(METHODS, "proto", method))

    def _parameters_of(self, proto: int) -> tuple[str, ...]:
        first = self._cell(PROTOS, "first_parameter", proto)
        count = self._cell(PROTOS, "parameters", proto)
        return tuple(
            self.descriptor(self._cell(PROTO_PARAMETERS, "type", row)) or UNTOLD
            for row in range(first, first + count)
        )


def readable_type(descriptor: str) -> str:
    """``Ljava/lang/String;`` as ``java.lang.String``, ``[I`` as ``int[]``."""
    depth = len(descriptor) - len(descriptor.lstrip("["))
    inner = descriptor[depth:]
    if inner.startswith("L") and inner.endswith(";"):
        name = inner[1:-1].replace("/", ".")
    else:
        name = _PRIMITIVES.get(inner, inner)
    return name + "[]" * depth


_PRIMITIVES: Mapping[str, str] = {
    "V": "void", "Z": "boolean", "B": "byte", "S": "short", "C": "char",
    "I": "int", "J": "long", "F": "float", "D": "double",
}  # fmt: skip
