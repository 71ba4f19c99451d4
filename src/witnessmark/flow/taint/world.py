"""The app as the precise pass sees it: methods, fields and classes by row, resolved once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from witnessmark.facts.tables.code import (
    FIELDS,
    METHODS,
    PROTO_PARAMETERS,
    PROTOS,
    STATIC_VALUES,
)  # fmt: skip
from witnessmark.facts.tables.manifest import APP, COMPONENTS
from witnessmark.facts.view import Facts
from witnessmark.flow.dispatch import OBJECT
from witnessmark.flow.graph import Flags
from witnessmark.flow.hierarchy import DEEPEST
from witnessmark.flow.later import Later
from witnessmark.flow.methods import PRIVATE, STATIC
from witnessmark.flow.program import UNRESOLVED, Program
from witnessmark.flow.taint.members import Field, Method
from witnessmark.flow.taint.values import ANY, NULL, Value, number, text

LAMBDA, NAMELESS = "$$Lambda$", "lambda"
"""Classes of lambda expressions in source code, and their method where no interface is known."""

ANY_TYPE = "Ljava/lang/Object;"
WHOLE_NUMBERS = ("int", "short", "byte", "char", "long", "boolean")


class World:
    """Answers about one app, remembered.

    ``platform``   packages, with dots, of libraries of the platform. Their classes count as
    outside code, whether or not the app holds them.
    ``libraries``  packages, or classes, of other known libraries.
    """

    def __init__(
        self,
        facts: Facts,
        program: Program,
        platform: Sequence[str] = (),
        libraries: Collection[str] = (),
    ) -> None:
        self.facts = facts
        self.program = program
        self.hierarchy = program.hierarchy
        self.index = program.index
        prefixes = tuple(f"{prefix.replace('.', '/')}/" for prefix in platform)
        held = (program.hierarchy.class_row >= 0).tolist()
        self._own: list[bool] = [
            inside and not name.startswith(prefixes)
            for inside, name in zip(held, program.hierarchy.names, strict=True)
        ]
        self._libraries = frozenset(prefix.replace(".", "/") for prefix in libraries)
        self._in_library: dict[int, bool] = {}
        self._near: dict[int, bool] = {}
        self._methods: dict[int, Method] = {}
        self._fields: dict[int, Field] = {}
        self._found: dict[tuple[int, int], int] = {}
        self._above: dict[int, tuple[str, ...]] = {}
        self._dotted: dict[int, tuple[str, ...]] = {}
        self.plain: dict[int, bool] = {}
        self.inward: dict[int, bool] = {}
        self._imagined: dict[tuple[int, str, int], Method] = {}
        self._overridden: dict[int, tuple[int, ...]] = {}
        self._below: dict[tuple[int, int], bool] = {}
        self._names: dict[int, str] = {}
        self._initialisers: dict[int, tuple[int, ...]] = {}
        protos = facts.table(PROTOS)
        self._first, self._count = protos["first_parameter"].data, protos["parameters"].data
        self._returns = protos["return_type"].data
        self._parameters = facts.table(PROTO_PARAMETERS)["type"].data
        self._proto_of = facts.table(METHODS)["proto"].data
        index = program.index
        self._owner, self._exact = index.owner.data, index.exact.data
        self._body, self._access = index.body.data, index.access.data
        self._beginnings = Later(self._find_beginnings)
        self._callees = Later(self._find_callees)
        self._own_methods = Later(self._find_own_methods)
        self._definitions = Later(self._find_definitions)
        self._field_rows = Later(self._find_field_rows)
        self._initial = Later(self._find_initial)

    def method(self, row: int) -> Method:
        """A row of ``methods``."""
        found = self._methods.get(row)
        if found is None:
            found = self._methods[row] = self._read_method(row)
        return found

    def _read_method(self, row: int) -> Method:
        proto, owner = self._proto_of[row], self._owner[row]
        first = self._first[proto]
        nodes = self._parameters[first : first + self._count[proto]].tolist()
        returned = self._returns[proto]
        return Method(
            row,
            self.facts.method_name(row),
            owner,
            tuple(self.facts.descriptor(node) for node in nodes),
            tuple(nodes),
            self.facts.descriptor(returned),
            returned,
            self._exact[row],
            bool(self._body[row]) and self.is_own(owner),
            bool(self._access[row] & STATIC),
        )

    def class_name(self, node: int) -> str:
        """Name of a class with slashes; empty for anything else."""
        return self.hierarchy.names[node] if node >= 0 else ""

    def node(self, name: str) -> int:
        """Node by name with slashes, -1 for none."""
        return self.hierarchy.nodes.get(name, -1)

    def is_own(self, node: int) -> bool:
        """Whether the app defines the class, and it is none of the platform's."""
        return node >= 0 and self._own[node]

    def in_library(self, node: int) -> bool:
        """Whether a class belongs to a known library."""
        found = self._in_library.get(node)
        if found is None:
            parts = self.class_name(node).partition("$")[0].split("/")
            beginnings = ("/".join(parts[: n + 1]) for n in range(len(parts)))
            found = self._in_library[node] = any(one in self._libraries for one in beginnings)
        return found

    def near_components(self, node: int) -> bool:
        """Whether a class is in a package of the app's makers, as far as components tell it."""
        if node not in self._near:
            self._near[node] = _beginning(self.class_name(node)) in self._beginnings.get()
        return self._near[node]

    def _find_beginnings(self) -> frozenset[str]:
        """First labels of the app's name and of components that are of no known library."""
        names = [str(name) for name in self.facts.table(COMPONENTS)["class_name"]]
        rows = self.facts.table(APP).rows("key", "value")
        names.extend(f"{value}.Main" for key, value in rows if key == "package")
        slashed = [name.replace(".", "/") for name in names]
        return frozenset(_beginning(n) for n in slashed if not self.in_library(self.node(n)))

    def is_a(self, node: int, name: str) -> bool:
        """Whether a class is, extends or implements the one of that name."""
        return node >= 0 and name in self.above(node)

    def below(self, node: int, above: int) -> bool:
        """Whether a class is, extends or implements another."""
        key = (node, above)
        found = self._below.get(key)
        if found is None:
            found = self._below[key] = node >= 0 and self.hierarchy.is_below(node, above)
        return found

    def above(self, node: int) -> tuple[str, ...]:
        """Names of a class and of all above it, the nearest first, ``Object`` last."""
        if node < 0:
            return ()
        found = self._above.get(node)
        if found is None:
            names = self.hierarchy.names
            depth = self.hierarchy.above.start
            nodes = [n for n in self.hierarchy.above.of(node).tolist() if names[n] != OBJECT]
            nodes.sort(key=lambda n: (n != node, int(depth[n] - depth[n + 1]), n))
            found = self._above[node] = (*(names[n] for n in nodes), OBJECT)
        return found

    def dotted(self, node: int) -> tuple[str, ...]:
        """The same with dots."""
        if node not in self._dotted:
            self._dotted[node] = tuple(name.replace("/", ".") for name in self.above(node))
        return self._dotted[node]

    def callee(self, call: int) -> int:
        """The method that a call site names."""
        return self._callees.get()[call]

    def _find_callees(self) -> Sequence[int]:
        callees: list[int] = self.program.calls.what.tolist()
        return callees

    def outside_method(self, node: int, name: str, count: int) -> Method:
        """A method outside the app that code only names in text: one that it names elsewhere, or
        one with parameters of no known type.
        """
        key = (node, name, count)
        found = self._imagined.get(key)
        if found is None:
            row = self._named_row(node, name, count)
            if row >= 0:
                found = self.method(row)
            else:
                row = -2 - len(self._imagined)
                kinds = (ANY_TYPE,) * count
                found = Method(
                    row, name, node, kinds, (-1,) * count, ANY_TYPE, -1, -1,
                    defined=False, static=False,
                )  # fmt: skip
                self._methods[row] = found
                self._names[row] = f"{self.class_name(node).rpartition('/')[2]}.{name}"
            self._imagined[key] = found
        return found

    def _named_row(self, node: int, name: str, count: int) -> int:
        owners = self.class_name(node).replace("/", ".")
        for row in self.facts.methods_named(owners, name):
            if len(self.method(row).parameters) == count:
                return row
        return -1

    def owner_name(self, method: Method) -> str:
        """Class of a method as named, with dots."""
        if method.row >= 0:
            return self.facts.method_class(method.row)
        return self.class_name(method.owner).replace("/", ".")

    def method_name(self, row: int) -> str:
        """Class and name of a method, for people."""
        found = self._names.get(row)
        if found is None:
            owner, _, short = self.facts.method_class(row).rpartition(".")
            found = self._names[row] = f"{short or owner}.{self.facts.method_name(row)}"
        return found

    @property
    def own_methods(self) -> Flags:
        """Methods with code of the app's own, or of libraries that are not the platform's."""
        return self._own_methods.get()

    def _find_own_methods(self) -> Flags:
        """Methods with code of the app's own, or of libraries that are not the platform's."""
        own: Flags = np.array(self._own, dtype=bool)[self.index.owner] & self.index.body
        return own

    def callbacks(self, node: int) -> list[int]:
        """Methods of a class of the app that override outside ones, those of ``Object`` aside."""
        dispatch = self.program.dispatch
        rows = dispatch.by_type.of(node)
        root = self.node(OBJECT)
        rows = rows[(dispatch.declared[rows] >= 0) & (dispatch.declared[rows] != root)]
        found = [row for row in dispatch.target[rows].tolist() if self.method(row).defined]
        held = [
            above
            for above in self.hierarchy.above.of(node).tolist()
            if self.hierarchy.class_row[above] >= 0 and not self._own[above]
        ]
        for above in held:
            for exact in self._overridable(above):
                row = self.find(node, exact)
                if row >= 0:
                    found.append(row)
        if not found and LAMBDA in self.class_name(node):
            found = self.named(node, NAMELESS)
        return list(dict.fromkeys(found))

    def _overridable(self, node: int) -> Sequence[int]:
        """Methods (by `MethodIndex.exact`) that a class of the platform lets others override."""
        known = self._overridden.get(node)
        if known is None:
            known = self._overridden[node] = tuple(
                int(self.index.exact[row])
                for row in self.methods_of(node)
                if not self.index.access[row] & (STATIC | PRIVATE)
                and self.facts.method_name(row) != "<init>"
            )
        return known

    def initialisers_of(self, node: int) -> Sequence[int]:
        """Initialisers of a class of the app and of those above it, in the order they run."""
        if node < 0:
            return ()
        found = self._initialisers.get(node)
        if found is None:
            listed = self.program.initialisers.of(node).tolist()
            rows = [row for row in listed if self.is_own(self._owner[row])]
            rows.sort(key=self._depth)
            found = self._initialisers[node] = tuple(rows)
        return found

    def _depth(self, row: int) -> int:
        """How many classes are above that of a method."""
        start, owner = self.hierarchy.above.start, self.method(row).owner
        return int(start[owner + 1] - start[owner])

    def made_below(self, node: int) -> list[int]:
        """Classes at or below a class of which the app can have objects."""
        below = self.hierarchy.under.of(node)
        found: list[int] = below[self.hierarchy.concrete[below]].tolist()
        return found

    def _find_definitions(self) -> Mapping[tuple[int, int], int]:
        rows = np.flatnonzero(self.index.defined).tolist()
        owner, exact = self.index.owner.tolist(), self.index.exact.tolist()
        return {(owner[row], exact[row]): row for row in reversed(rows)}

    def find(self, node: int, exact: int) -> int:
        """The app's method with code that an object of class ``node`` runs, -1 for none."""
        key = (node, exact)
        if key not in self._found:
            self._found[key] = self._search(node, exact)
        return self._found[key]

    def _search(self, node: int, exact: int) -> int:
        current = node
        for _ in range(DEEPEST):
            if not self.is_own(current):
                break
            row = self._definitions.get().get((current, exact), -1)
            if row >= 0 and self.index.body[row]:
                return row
            current = int(self.hierarchy.super_of[current])
        for above in self.hierarchy.above.of(node).tolist():
            if self.hierarchy.interface[above] and self.is_own(above):
                row = self._definitions.get().get((above, exact), -1)
                if row >= 0 and self.index.body[row]:
                    return row
        return -1

    def declarations(self, method: Method) -> list[int]:
        """Methods that classes of the app declare under this name and type, code or not."""
        found = []
        for above in self.hierarchy.above.of(method.owner).tolist():
            row = self._definitions.get().get((above, method.exact), -1)
            if row >= 0:
                found.append(row)
        return found

    def target(self, node: int, method: Method) -> int:
        """The app's method that an object of a class runs for a named one, -1 for none.

        Source code knows neither the bridges that compilers add nor interfaces of libraries that
        are not there: then the name and the number of parameters decide.
        """
        key = (node, -2 - method.row)
        found = self._found.get(key)
        if found is None:
            found = self.find(node, method.exact)
            if found < 0 and self.is_own(node) and not self.is_own(method.owner):
                rows = self.named(node, method.name) or self.named(node, NAMELESS)
                fitting = [
                    row
                    for row in rows
                    if len(self.method(row).parameters) == len(method.parameters)
                ]
                found = fitting[0] if len(fitting) == 1 else -1
            self._found[key] = found
        return found

    def is_unresolved(self, node: int) -> bool:
        """Whether a type is that of which source code does not tell anything."""
        return self.class_name(node) == UNRESOLVED

    def method_of(self, node: int, name: str, arguments: str | None = None) -> int:
        """The first method of that name (and those parameters) of a class or one above it."""
        current = node
        for _ in range(DEEPEST):
            if not self.is_own(current):
                return -1
            for row in self.methods_of(current):
                method = self.method(row)
                if method.name == name and arguments in (None, method.arguments):
                    return row
            current = int(self.hierarchy.super_of[current])
        return -1

    def named(self, node: int, name: str) -> list[int]:
        """Methods with code of that name that an object of a class runs, the nearest only."""
        current = node
        for _ in range(DEEPEST):
            if not self.is_own(current):
                break
            rows = [
                row
                for row in self.methods_of(current)
                if self.index.body[row] and self.index.virtual[row]
                if self.method(row).name == name
            ]
            if rows:
                return rows
            current = int(self.hierarchy.super_of[current])
        return []

    def methods_of(self, node: int) -> Sequence[int]:
        """Methods that a class defines."""
        row = int(self.hierarchy.class_row[node])
        return self.facts.methods_of(row) if row >= 0 else ()

    def field(self, row: int) -> Field:
        """The field that a row of ``fields`` stands for."""
        found = self._fields.get(row)
        if found is None:
            found = self._fields[row] = self._read_field(row)
        return found

    def _find_field_rows(self) -> Mapping[tuple[int, str], int]:
        table = self.facts.table(FIELDS)
        rows = np.flatnonzero(table["class"] >= 0)[::-1].tolist()
        owner, name = table["class_type"].tolist(), table["name"].tolist()
        return {(owner[row], self.facts.string(name[row])): row for row in rows}

    def _read_field(self, row: int) -> Field:
        table = self.facts.table(FIELDS)
        name = self.facts.string(int(table["name"][row]))
        owner = int(table["class_type"][row])
        defined = self.field_of(owner, name)
        used = defined if defined >= 0 else row
        return Field(
            used,
            name,
            int(table["class_type"][used]),
            int(table["type"][used]),
            defined >= 0,
            self.facts.field_signature(row),
        )

    def field_of(self, node: int, name: str) -> int:
        """Row of the field that ``name`` means in a class, -1 when it lies outside the app."""
        current = node
        for _ in range(DEEPEST):
            if not self.is_own(current):
                break
            row = self._field_rows.get().get((current, name), -1)
            if row >= 0:
                return row
            current = int(self.hierarchy.super_of[current])
        for above in self.hierarchy.above.of(node).tolist():
            row = self._field_rows.get().get((above, name), -1) if self.is_own(above) else -1
            if row >= 0:
                return row
        return -1

    def _find_initial(self) -> Mapping[int, tuple[str, str]]:
        rows = self.facts.table(STATIC_VALUES).rows("field", "kind", "text")
        return {field: (kind, value) for field, kind, value in rows}

    def initial(self, field: Field) -> Value:
        """What a static field of the app holds before code writes it."""
        kind, value = self._initial.get().get(field.row, ("", ""))
        if kind == "string":
            return text(value)
        if kind == "boolean":
            return number(int(value == "true"))
        if kind in WHOLE_NUMBERS and value.lstrip("-").isdigit():
            return number(int(value))
        return NULL if kind in ("", "null") and field.defined else ANY

    def is_plain(self, descriptor: str) -> bool:
        """Whether values of a type never change: numbers, text, boxes."""
        return descriptor[:1] not in ("L", "[") or descriptor in PLAIN_TYPES


PLAIN_TYPES = frozenset(
    f"Ljava/lang/{name};"
    for name in (
        "String", "CharSequence", "Integer", "Long", "Short", "Byte", "Character", "Boolean",
        "Float", "Double", "Number", "Class", "Void",
    )
)  # fmt: skip


def _beginning(class_name: str) -> str:
    """The first two labels of the package of a class."""
    return "/".join(class_name.split("/")[:-1][:2])
