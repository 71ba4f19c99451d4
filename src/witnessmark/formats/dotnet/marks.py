"""What attributes say of types, methods, parameters and properties, and what stands beside these.

Source: ECMA-335 part II.22.10 (CustomAttribute) and II.23.3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from witnessmark.formats.dotnet.kinds import Kinds
from witnessmark.formats.dotnet.members import Members
from witnessmark.formats.dotnet.metadata import Metadata
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

OF_COMPILER = ("System.Runtime.", "System.Diagnostics.", "System.Reflection.", "System.CodeDom.",
               "System.ComponentModel.Edit", "Microsoft.CodeAnalysis.", "Android.Runtime.",
               "System.Param", "System.Security.")  # fmt: skip
"""Beginnings of attributes that compilers and bindings add."""

TARGETS: Mapping[str, str] = {
    "TypeDef": "type", "MethodDef": "method", "Param": "parameter", "Property": "property",
}  # fmt: skip
MOST = 50_000


class Mark(Struct, frozen=True):
    """An attribute, or (with an empty ``name``) a member beside ones that have some.

    ``owner`` is the type, of a parameter the method; ``place`` the number of a parameter from 1;
    ``kind`` the type of a parameter or property; ``texts`` what it is given, named ones as
    ``name=text``.
    """

    target: str
    owner: str
    member: str
    place: int
    kind: str
    name: str
    texts: tuple[str, ...]
    span: Span


class _Found(Struct):
    """Attributes by the row of what they are about."""

    types: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    methods: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    parameters: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    properties: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))


def read_marks(metadata: Metadata, members: Members) -> Iterator[Mark]:
    """Attributes of types, of methods with their parameters, and of properties: all properties of
    a type where one has some, or where a method with attributes takes such objects.
    """
    reader = _Reader(metadata, members)
    taken: set[str] = set()
    for one in (*reader.of_types(), *reader.of_methods()):
        taken.add(one.kind)
        yield one
    yield from reader.of_properties(taken)


class _Reader:
    """Attributes of one assembly."""

    def __init__(self, metadata: Metadata, members: Members) -> None:
        self._metadata = metadata
        self._members = members
        self._kinds = Kinds(metadata, members)
        self._found = _attributes(metadata, members, self._kinds)

    def of_types(self) -> Iterator[Mark]:
        """Attributes of types."""
        for row, marked in sorted(self._found.types.items()):
            owner = self._members.type_name("TypeDef", row)
            yield from (_moved(one, owner, "") for one in marked)

    def of_methods(self) -> Iterator[Mark]:
        """Attributes of methods, each with all of its parameters."""
        metadata = self._metadata
        methods = metadata.rows("MethodDef")
        for row in sorted(self._found.methods):
            first = metadata.value("MethodDef", row, 5)
            last = metadata.value("MethodDef", row + 1, 5) if row < methods else 1 << 30
            name = self._members.method(row)
            owner, _, own = name.rpartition(".")
            yield from (_moved(one, owner, own) for one in self._found.methods[row])
            given = self._kinds.parameters(metadata.value("MethodDef", row, 4))
            for one in range(first, min(last, metadata.rows("Param") + 1)):
                yield from self._parameter(name, one, given)

    def _parameter(self, method: str, row: int, given: list[str]) -> Iterator[Mark]:
        place = self._metadata.value("Param", row, 1)
        if not place:
            return
        name = self._metadata.name(self._metadata.value("Param", row, 2))
        kind = given[place - 1] if place <= len(given) else "?"
        span = self._metadata.row_span("Param", row)
        yield Mark("parameter", method, name, place, kind, "", (), span)
        marked = self._found.parameters.get(row, ())
        yield from (_moved(one, method, name, place, kind) for one in marked)

    def of_properties(self, taken: set[str]) -> Iterator[Mark]:
        """Properties of marked types, of types with marked ones, and of the types ``taken``."""
        for row, properties in _ranges(self._metadata, "PropertyMap", "Property", 0, 1):
            owner = self._members.type_name("TypeDef", row)
            if (
                owner in taken
                or row in self._found.types
                or any(one in self._found.properties for one in properties)
            ):
                for one in properties:
                    yield from self._property(owner, one)

    def _property(self, owner: str, row: int) -> Iterator[Mark]:
        metadata = self._metadata
        name = metadata.name(metadata.value("Property", row, 1))
        try:
            kind, on_object = self._kinds.property(metadata.value("Property", row, 2))
        except FormatError:
            kind, on_object = "?", True
        if not on_object:
            return
        span = metadata.row_span("Property", row)
        yield Mark("property", owner, name, 0, kind, "", (), span)
        marked = self._found.properties.get(row, ())
        yield from (_moved(one, owner, name, 0, kind) for one in marked)


def _moved(mark: Mark, owner: str, member: str, place: int = 0, kind: str = "") -> Mark:
    return Mark(mark.target, owner, member, place, kind, mark.name, mark.texts, mark.span)


def _attributes(metadata: Metadata, members: Members, kinds: Kinds) -> _Found:
    found = _Found()
    by_table = {"TypeDef": found.types, "MethodDef": found.methods, "Param": found.parameters,
                "Property": found.properties}  # fmt: skip
    for row in range(1, min(metadata.rows("CustomAttribute"), MOST) + 1):
        try:
            table, target = metadata.chosen(
                "HasCustomAttribute", metadata.value("CustomAttribute", row, 0)
            )
            mark = _mark(metadata, members, kinds, row, table) if table in by_table else None
        except FormatError:
            continue
        if mark is not None:
            by_table[table][target].append(mark)
    return found


def _mark(metadata: Metadata, members: Members, kinds: Kinds, row: int, table: str) -> Mark | None:
    which, maker = metadata.chosen("CustomAttributeType", metadata.value("CustomAttribute", row, 1))
    outside = which == "MemberRef"
    name = members.callee((0x0A if outside else 0x06) << 24 | maker).name
    name = name.removesuffix("..ctor").removesuffix("Attribute")
    if not name or name.startswith(OF_COMPILER):
        return None
    taken = kinds.parameters(metadata.value(which, maker, 2 if outside else 4))
    place = metadata.value("CustomAttribute", row, 2)
    texts = tuple(f"{key}={text}" if key else text for key, text in kinds.texts(place, taken))
    at, end = metadata.blob(place)
    span = Span(at, end - at) if end > at else metadata.row_span("CustomAttribute", row)
    return Mark(TARGETS[table], "", "", 0, "", name, texts, span)


def _ranges(
    metadata: Metadata, table: str, of: str, owner: int, first: int
) -> Iterator[tuple[int, range]]:
    """Owners and the rows that are theirs."""
    rows, total = metadata.rows(table), metadata.rows(of)
    for row in range(1, rows + 1):
        begin = metadata.value(table, row, first)
        end = metadata.value(table, row + 1, first) if row < rows else total + 1
        yield metadata.value(table, row, owner), range(begin, min(end, total + 1))
