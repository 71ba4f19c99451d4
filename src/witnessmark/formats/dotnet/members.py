"""Members that code names: types, methods with what they take and give, fields.

Source: ECMA-335 part II.22 (tables) and II.23.2 (signatures).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from witnessmark.formats.dotnet.metadata import Metadata
from witnessmark.formats.dotnet.values import Held
from witnessmark.model.errors import FormatError

FIELDS, METHODS, MEMBERS, SPECS = 0x04, 0x06, 0x0A, 0x2B
"""First byte of a token: the table that it points into."""

HAS_THIS, IS_GENERIC, IS_FIELD = 0x20, 0x10, 0x06
VOID, GENERIC_TYPE, REQUIRED, OPTIONAL = 0x01, 0x15, 0x1F, 0x20
DEEPEST = 8
"""Types inside types."""


class Shape(Struct, frozen=True):
    """What a method takes and gives; ``takes`` counts the object that it is called on."""

    takes: int
    on_object: bool
    gives: bool


class Callee(Struct, frozen=True):
    """A method that is called: its name, its row when it is of the assembly (0: no), its shape.

    ``shape`` is None where the signature cannot be read.
    """

    name: str
    row: int
    shape: Shape | None


class Members:
    """Answers for one assembly; remembers what it looked up."""

    def __init__(self, metadata: Metadata) -> None:
        self._metadata = metadata
        self._callees: dict[int, Callee] = {}
        self._around = _nested(metadata)
        self._owners = _owners(metadata, "MethodDef", 5)
        self._field_owners = _owners(metadata, "Field", 4)
        self._fields: dict[int, Held] = {}
        self._methods: dict[int, list[int]] = defaultdict(list)
        for method, owner in self._owners.items():
            self._methods[owner].append(method)
        self._classes = _implementations(metadata)
        self._implementers: dict[int, tuple[int, ...]] = {}

    def callee(self, token: int) -> Callee:
        """The method that a token means; without a name where none is meant."""
        if token not in self._callees:
            try:
                self._callees[token] = self._callee(token)
            except FormatError:
                self._callees[token] = Callee("", 0, None)
        return self._callees[token]

    def field(self, token: int) -> Held:
        """A field, the same for all tokens that mean it; without a name where none is meant."""
        if token not in self._fields:
            try:
                self._fields[token] = self._field(token)
            except FormatError:
                self._fields[token] = Held("", "")
        return self._fields[token]

    def _field(self, token: int) -> Held:
        kind, row, metadata = token >> 24, token & 0xFFFFFF, self._metadata
        if kind == FIELDS:
            owner = self.type_name("TypeDef", self._field_owners.get(row, 0))
            return Held(owner, metadata.name(metadata.value("Field", row, 1)))
        if kind != MEMBERS:
            return Held("", "")
        table, holder = metadata.chosen("MemberRefParent", metadata.value("MemberRef", row, 0))
        name = metadata.name(metadata.value("MemberRef", row, 1))
        return Held(self.type_name(table, holder), name)

    def method(self, row: int) -> str:
        """``Namespace.Type.Method`` of a method of the assembly."""
        own = self._metadata.name(self._metadata.value("MethodDef", row, 3))
        return f"{self.type_name('TypeDef', self._owners.get(row, 0))}.{own}"

    def shape(self, row: int) -> Shape | None:
        """What a method of the assembly takes and gives."""
        try:
            return self._shape(self._metadata.value("MethodDef", row, 4))
        except FormatError:
            return None

    def implementers(self, row: int) -> tuple[int, ...]:
        """Methods of the assembly that stand for a method of one of its interfaces."""
        if row not in self._implementers:
            self._implementers[row] = tuple(self._implementing(row))
        return self._implementers[row]

    def _implementing(self, row: int) -> Iterator[int]:
        owner, metadata = self._owners.get(row, 0), self._metadata
        if owner not in self._classes:
            return
        name, shape = metadata.name(metadata.value("MethodDef", row, 3)), self.shape(row)
        for one in self._classes[owner]:
            yield from self._alike(one, name, shape)

    def _alike(self, owner: int, name: str, shape: Shape | None) -> Iterator[int]:
        """Methods of a type with a name, that take and give as much."""
        for method in self._methods.get(owner, ()):
            own = self._metadata.name(self._metadata.value("MethodDef", method, 3))
            if own == name and self.shape(method) == shape:
                yield method

    def parameters(self, row: int) -> dict[int, str]:
        """Names of a method's parameters by their number, from 1."""
        metadata = self._metadata
        first = metadata.value("MethodDef", row, 5)
        last = metadata.rows("Param") + 1
        if row < metadata.rows("MethodDef"):
            last = min(last, metadata.value("MethodDef", row + 1, 5))
        return {
            metadata.value("Param", number, 1): metadata.name(metadata.value("Param", number, 2))
            for number in range(first, last)
        }

    def type_name(self, table: str, row: int, depth: int = 0) -> str:
        """``Namespace.Type`` (``Namespace.Outer.Type`` for one inside another); ``?`` for none."""
        metadata = self._metadata
        if table == "TypeSpec":
            return self._made_type(row, depth)
        if table not in ("TypeRef", "TypeDef") or not row:
            return "?"
        name = metadata.name(metadata.value(table, row, 1)).partition("`")[0]
        space = metadata.name(metadata.value(table, row, 2))
        if depth < DEEPEST and not space:
            outer, inner = "-", 0
            if table == "TypeRef":
                outer, inner = metadata.chosen("ResolutionScope", metadata.value(table, row, 0))
            elif row in self._around:
                outer, inner = "TypeDef", self._around[row]
            if outer in ("TypeRef", "TypeDef"):
                space = self.type_name(outer, inner, depth + 1)
        return f"{space}.{name}" if space else name

    def _made_type(self, row: int, depth: int) -> str:
        """The type that a generic type is made of."""
        return self.type_name(*self._generic(row), depth + 1) if depth <= DEEPEST else "?"

    def _generic(self, row: int) -> tuple[str, int]:
        """Table and row of the type that a generic type is made of."""
        metadata = self._metadata
        at, end = metadata.blob(metadata.value("TypeSpec", row, 0))
        if end - at < 3 or metadata.data[at] != GENERIC_TYPE:
            return "-", 0
        value, size = metadata.packed(at + 2)
        return metadata.chosen("TypeDefOrRef", value) if size else ("-", 0)

    def _callee(self, token: int) -> Callee:
        kind, row, metadata = token >> 24, token & 0xFFFFFF, self._metadata
        if kind == SPECS:
            table, row = metadata.chosen("MethodDefOrRef", metadata.value("MethodSpec", row, 0))
            kind = METHODS if table == "MethodDef" else MEMBERS
        if kind == METHODS:
            return Callee(self.method(row), row, self.shape(row))
        if kind != MEMBERS:
            return Callee("", 0, None)
        name = metadata.name(metadata.value("MemberRef", row, 1))
        table, holder = metadata.chosen("MemberRefParent", metadata.value("MemberRef", row, 0))
        if table == "MethodDef":
            return Callee(self.method(holder), holder, self.shape(holder))
        shape = self._shape(metadata.value("MemberRef", row, 2))
        own = self._generic(holder) if table == "TypeSpec" else (table, holder)
        found = next(self._alike(own[1], name, shape), 0) if own[0] == "TypeDef" else 0
        return Callee(f"{self.type_name(table, holder)}.{name}", found, shape)

    def _shape(self, place: int) -> Shape | None:
        metadata = self._metadata
        at, end = metadata.blob(place)
        if at >= end:
            return None
        kind = metadata.data[at]
        at += 1
        if kind & 0x0F == IS_FIELD:
            return None
        if kind & IS_GENERIC:
            at += metadata.packed(at)[1]
        count, size = metadata.packed(at)
        at += size
        while at < end and metadata.data[at] in (REQUIRED, OPTIONAL):
            at += 1 + metadata.packed(at + 1)[1]
        if not size or at >= end:
            return None
        on_object = bool(kind & HAS_THIS)
        return Shape(count + on_object, on_object, metadata.data[at] != VOID)


def _nested(metadata: Metadata) -> dict[int, int]:
    """Types by the type around them."""
    rows = range(1, metadata.rows("NestedClass") + 1)
    return {
        metadata.value("NestedClass", row, 0): metadata.value("NestedClass", row, 1) for row in rows
    }


def _implementations(metadata: Metadata) -> dict[int, list[int]]:
    """Classes by the interfaces of the assembly that they implement."""
    found: dict[int, list[int]] = defaultdict(list)
    for row in range(1, metadata.rows("InterfaceImpl") + 1):
        table, kind = metadata.chosen("TypeDefOrRef", metadata.value("InterfaceImpl", row, 1))
        if table == "TypeDef":
            found[kind].append(metadata.value("InterfaceImpl", row, 0))
    return found


def _owners(metadata: Metadata, table: str, column: int) -> dict[int, int]:
    """Types by the members that they define; ``column`` of a type tells its first one."""
    return {
        member: row
        for row, members in metadata.ranges("TypeDef", table, column)
        for member in members
    }
