"""What attributes say of types, methods, parameters and properties, and what stands beside these.

Source: ECMA-335 part II.22.10 (CustomAttribute) and II.23.3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct, field

from witnessmark.formats.dotnet.given import Given
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
"""Attributes of an assembly that are read."""

MOST_MARKS = 200_000
MOST_CHARACTERS = 16 << 20
"""Of types and texts of all marks of an assembly."""


Row = TypeVar("Row")


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


class Marks(Struct, frozen=True):
    """Attributes with the members beside them; whether some could not be read or are too many."""

    listed: tuple[Mark, ...]
    cut: bool


class _Found(Struct):
    """Attributes by the row of what they are about."""

    types: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    methods: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    parameters: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    properties: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    cut: bool = False


def read_marks(metadata: Metadata, members: Members) -> Marks:
    """Attributes of types, of methods with their parameters, and of properties: all properties of
    a type where one has some, or where a method with attributes takes such objects.
    """
    reader = _Reader(metadata, members)
    listed: list[Mark] = []
    left = MOST_CHARACTERS
    for one in reader.marks():
        left -= _characters(one)
        if left < 0 or len(listed) == MOST_MARKS:
            return Marks(tuple(listed), True)
        listed.append(one)
    return Marks(tuple(listed), reader.cut)


def _characters(mark: Mark) -> int:
    return len(mark.kind) + sum(map(len, mark.texts))


class _Reader:
    """Attributes of one assembly; ``cut`` once some cannot be read."""

    def __init__(self, metadata: Metadata, members: Members) -> None:
        self._metadata = metadata
        self._members = members
        self._kinds = Kinds(metadata, members)
        self._found = _attributes(metadata, members, self._kinds)
        self.cut = self._found.cut

    def marks(self) -> Iterator[Mark]:
        """All of them, types and methods first."""
        taken: set[str] = set()
        methods = (
            one
            for one in self._metadata.ranges("MethodDef", "Param", 5)
            if one[0] in self._found.methods
        )
        for one in self._each(sorted(self._found.types), self._type):
            taken.add(one.kind)
            yield one
        for one in self._each(methods, self._method):
            taken.add(one.kind)
            yield one
        maps = self._metadata.ranges("PropertyMap", "Property", 1)
        yield from self._each(maps, lambda one: self._properties(*one, taken))

    def _each(self, rows: Iterable[Row], read: Callable[[Row], Iterator[Mark]]) -> Iterator[Mark]:
        """Marks of each; one that cannot be read takes no other along."""
        for row in rows:
            try:
                yield from read(row)
            except FormatError:
                self.cut = True

    def _type(self, row: int) -> Iterator[Mark]:
        owner = self._members.type_name("TypeDef", row)
        yield from (_moved(one, owner, "") for one in self._found.types[row])

    def _method(self, listed: tuple[int, range]) -> Iterator[Mark]:
        """Attributes of a method, with all of its parameters."""
        row, parameters = listed
        name = self._members.method(row)
        owner, _, own = name.rpartition(".")
        yield from (_moved(one, owner, own) for one in self._found.methods[row])
        given = self._kinds.parameters(self._metadata.value("MethodDef", row, 4))
        for one in parameters:
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

    def _properties(self, row: int, properties: range, taken: set[str]) -> Iterator[Mark]:
        """Properties of a marked type, of one with marked ones, or of one that is ``taken``."""
        kind = self._metadata.value("PropertyMap", row, 0)
        owner = self._members.type_name("TypeDef", kind)
        if (
            owner in taken
            or kind in self._found.types
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
    rows, left = metadata.rows("CustomAttribute"), MOST_CHARACTERS
    found = _Found(cut=rows > MOST)
    by_table = {"TypeDef": found.types, "MethodDef": found.methods, "Param": found.parameters,
                "Property": found.properties}  # fmt: skip
    for row in range(1, min(rows, MOST) + 1):
        try:
            table, target = metadata.chosen(
                "HasCustomAttribute", metadata.value("CustomAttribute", row, 0)
            )
            read = _mark(metadata, members, kinds, row, table) if table in by_table else None
        except FormatError:
            found.cut = True
            continue
        if read is None:
            continue
        mark, whole = read
        found.cut |= not whole
        left -= _characters(mark)
        if left < 0:
            found.cut = True
            return found
        if 0 < target <= metadata.rows(table):
            by_table[table][target].append(mark)
        else:
            found.cut = True
    return found


def _mark(
    metadata: Metadata, members: Members, kinds: Kinds, row: int, table: str
) -> tuple[Mark, bool] | None:
    """An attribute, and whether all that it is given was read; None for one of a compiler."""
    which, maker = metadata.chosen("CustomAttributeType", metadata.value("CustomAttribute", row, 1))
    outside = which == "MemberRef"
    name = members.callee((0x0A if outside else 0x06) << 24 | maker).name
    name = name.removesuffix("..ctor").removesuffix("Attribute")
    if not name or name.startswith(OF_COMPILER):
        return None
    taken = kinds.parameters(metadata.value(which, maker, 2 if outside else 4))
    place = metadata.value("CustomAttribute", row, 2)
    given = Given(metadata, place)
    texts = tuple(f"{key}={text}" if key else text for key, text in given.texts(taken))
    at, end = metadata.blob(place)
    span = Span(at, end - at) if end > at else metadata.row_span("CustomAttribute", row)
    return Mark(TARGETS[table], "", "", 0, "", name, texts, span), given.whole
