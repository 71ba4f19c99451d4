"""Types in signatures, as words: what parameters and properties are of, what attributes take.

Source: ECMA-335 part II.23.1.16 (element types), II.23.2 (signatures).
"""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.formats.dotnet.members import HAS_THIS, IS_GENERIC, Members
from witnessmark.formats.dotnet.metadata import Metadata
from witnessmark.model.errors import FormatError

WORDS: Mapping[int, str] = {
    0x01: "void", 0x02: "bool", 0x03: "char", 0x04: "sbyte", 0x05: "byte", 0x06: "short",
    0x07: "ushort", 0x08: "int", 0x09: "uint", 0x0A: "long", 0x0B: "ulong", 0x0C: "float",
    0x0D: "double", 0x0E: "string", 0x16: "typedref", 0x18: "nint", 0x19: "nuint", 0x1C: "object",
}  # fmt: skip
SIZES: Mapping[str, int] = {
    "bool": 1, "char": 2, "sbyte": 1, "byte": 1, "short": 2, "ushort": 2, "int": 4, "uint": 4,
    "long": 8, "ulong": 8, "float": 4, "double": 8,
}  # fmt: skip
POINTER, BY_REFERENCE, VALUE, CLASS, VARIABLE, ARRAY = 0x0F, 0x10, 0x11, 0x12, 0x13, 0x14
GENERIC, LIST, METHOD_VARIABLE, REQUIRED, OPTIONAL = 0x15, 0x1D, 0x1E, 0x1F, 0x20
ENUM = "enum "
"""Before the name of a type that is passed by value: most of these are enumerations."""

MOST = 64
DEEPEST = 8
LONGEST = 4_096
"""Bytes of a signature that are read."""


class Kinds:
    """Reads signatures of one assembly."""

    def __init__(self, metadata: Metadata, members: Members) -> None:
        self._metadata = metadata
        self._members = members

    def parameters(self, place: int) -> list[str]:
        """Types of what a method takes, the object left out; by the place of its signature.

        ``?`` from the first type on that cannot be read.
        """
        data, (at, end) = self._metadata.data, self._signature(place)
        if at >= end:
            return []
        generic = data[at] & IS_GENERIC
        at += 1
        if generic:
            at += self._metadata.packed(at)[1]
        count, size = self._metadata.packed(at)
        count, found = min(count, MOST), list[str]()
        try:
            _, at = self._type(at + size, end, 0)
            while len(found) < count:
                kind, at = self._type(at, end, 0)
                found.append(kind)
        except FormatError:
            found += ["?"] * (count - len(found))
        return found

    def property(self, place: int) -> tuple[str, bool]:
        """Type of a property, and whether it is of objects and not of the class."""
        at, end = self._signature(place)
        if at >= end:
            return "?", False
        on_object = bool(self._metadata.data[at] & HAS_THIS)
        _, size = self._metadata.packed(at + 1)
        return self._type(at + 1 + size, end, 0)[0], on_object

    def _signature(self, place: int) -> tuple[int, int]:
        at, end = self._metadata.blob(place)
        return at, min(end, at + LONGEST)

    def _type(self, at: int, end: int, depth: int) -> tuple[str, int]:
        """A type and the place behind it."""
        data, metadata = self._metadata.data, self._metadata
        if at >= end or depth > DEEPEST:
            raise FormatError("a signature is cut", at)
        first = data[at]
        at += 1
        if first in WORDS:
            return WORDS[first], at
        if first in (VALUE, CLASS):
            token, size = metadata.packed(at)
            name = self._members.type_name(*metadata.chosen("TypeDefOrRef", token))
            return (ENUM if first == VALUE else "") + name, at + size
        if first in (POINTER, BY_REFERENCE):
            return self._type(at, end, depth + 1)
        if first == LIST:
            inner, at = self._type(at, end, depth + 1)
            return f"{inner}[]", at
        if first in (REQUIRED, OPTIONAL):
            return self._type(at + metadata.packed(at)[1], end, depth + 1)
        if first in (VARIABLE, METHOD_VARIABLE):
            return "?", at + metadata.packed(at)[1]
        if first == GENERIC:
            return self._generic(at, end, depth)
        if first == ARRAY:
            return self._array(at, end, depth)
        raise FormatError("a type of a kind that is not read", at - 1)

    def _generic(self, at: int, end: int, depth: int) -> tuple[str, int]:
        outer, at = self._type(at, end, depth + 1)
        count, size = self._metadata.packed(at)
        at += size
        inner = []
        for _ in range(min(count, MOST)):
            one, at = self._type(at, end, depth + 1)
            inner.append(one)
        return f"{outer.removeprefix(ENUM)}<{','.join(inner)}>", at

    def _array(self, at: int, end: int, depth: int) -> tuple[str, int]:
        """An array with its dimensions, sizes and lower bounds; II.23.2.13."""
        inner, at = self._type(at, end, depth + 1)
        rank, size = self._metadata.packed(at)
        at += size
        for _ in ("sizes", "bounds"):
            count, size = self._metadata.packed(at)
            at += size
            for _ in range(min(count, MOST)):
                at += self._metadata.packed(at)[1]
        if not 0 < rank <= MOST or at > end:
            raise FormatError("an array is cut", at)
        return f"{inner}[{',' * (rank - 1)}]", at
