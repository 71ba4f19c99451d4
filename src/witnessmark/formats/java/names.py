"""Names of types: which class a simple or dotted name means at a place in a file.

Source: The Java Language Specification, SE 17, 6.4.1 (shadowing), 6.5.5 (meaning of type names),
7.5 (imports), 8.5 (member types).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from witnessmark.formats.java.declarations import ClassDecl, FileScope
from witnessmark.formats.java.platform import (
    has_platform_class,
    platform_class,
    platform_packages,
)
from witnessmark.formats.java.type_text import Written, written_type
from witnessmark.formats.java.types import (
    OBJECT,
    PRIMITIVES,
    Type,
    array_of,
    reference,
    unresolved,
)

MOST_NESTED = 2
"""Capital names in a row that are more likely a class in a class than a package."""
MOST_SUPERS = 200


class TypeScope(Struct, frozen=True):
    """Where a type name stands: file, innermost class, type variables, classes of a method."""

    file: FileScope
    within: str | None
    variables: Mapping[str, Type] = field(default_factory=dict)
    local: Mapping[str, str] = field(default_factory=dict)


class Names:
    """Resolves type names against the classes of a tree and the platform."""

    def __init__(self, declared: dict[str, ClassDecl]) -> None:
        self.declared = declared
        self._above: dict[str, tuple[Type, ...]] = {}
        self._scopes: dict[str, TypeScope] = {}
        self._known: dict[tuple[str | None, FileScope, str], str | None] = {}
        self._packages = {_package(desc) for desc in declared}

    def bind(self, decl: ClassDecl, scope: TypeScope, above: tuple[Type, ...] | None) -> None:
        """Make known a class that stands in the body of a method."""
        self.declared[decl.desc] = decl
        inner = self.with_variables(scope, decl.type_parameters)
        self._scopes[decl.desc] = TypeScope(scope.file, decl.desc, inner.variables, inner.local)
        self._above.pop(decl.desc, None)
        if above is not None:
            self._above[decl.desc] = above

    def forget(self, desc: str) -> None:
        """Drop a class again."""
        self.declared.pop(desc, None)
        self._scopes.pop(desc, None)
        self._above.pop(desc, None)

    def is_known(self, desc: str) -> bool:
        """Whether the tree or the platform declares the class."""
        return desc in self.declared or has_platform_class(desc)

    def is_package(self, name: str) -> bool:
        """Whether classes of that package are known."""
        return name in self._packages or name in platform_packages()

    def scope_of(self, desc: str) -> TypeScope:
        """The scope of the body of a declared class, type variables of outer classes included."""
        found = self._scopes.get(desc)
        if found is None:
            decl = self.declared[desc]
            found = self.header_scope(decl)
            found = TypeScope(decl.scope, desc, found.variables, found.local)
            self._scopes[desc] = found
        return found

    def header_scope(self, decl: ClassDecl) -> TypeScope:
        """The scope of the header of a class: its own type variables, what is outside."""
        bound = self._scopes.get(decl.desc)
        if bound is not None:
            return TypeScope(bound.file, decl.outer, bound.variables, bound.local)
        outer = self.scope_of(decl.outer) if decl.outer in self.declared else None
        variables = dict(outer.variables) if outer is not None else {}
        base = TypeScope(decl.scope, decl.outer, variables, outer.local if outer else {})
        return self.with_variables(base, decl.type_parameters)

    def with_variables(
        self, scope: TypeScope, parameters: tuple[tuple[str, str], ...]
    ) -> TypeScope:
        """``scope`` with type variables; each erases to its first bound."""
        if not parameters:
            return scope
        variables = dict(scope.variables)
        for name, _ in parameters:
            variables[name] = Type(OBJECT.desc, (), name)
        inner = TypeScope(scope.file, scope.within, variables, scope.local)
        for name, bound in parameters:
            if bound:
                erased = self.resolve(bound, inner).desc
                variables[name] = Type(erased, (), name)
        return inner

    def above(self, desc: str) -> tuple[Type, ...]:
        """Superclass first, then interfaces; empty for a class that is not known."""
        found = self._above.get(desc)
        if found is not None:
            return found
        decl = self.declared.get(desc)
        if decl is None:
            listed = platform_class(desc)
            return listed.above if listed is not None else ()
        self._above[desc] = ()
        scope = self.header_scope(decl)
        first = OBJECT
        if decl.kind == "enum":
            first = Type("Ljava/lang/Enum;", (reference(desc[1:-1]),))
        elif decl.kind == "record":
            first = reference("java/lang/Record")
        elif decl.super_type:
            first = self.resolve(decl.super_type, scope)
        found = (first, *(self.resolve(one, scope) for one in decl.interfaces))
        self._above[desc] = found
        return found

    def supers(self, desc: str) -> Iterator[str]:
        """The class, then everything above it, classes before their interfaces; each once."""
        seen = {desc}
        waiting = [desc]
        for _ in range(MOST_SUPERS):
            if not waiting:
                return
            one = waiting.pop(0)
            yield one
            for kind in self.above(one):
                if kind.desc not in seen:
                    seen.add(kind.desc)
                    waiting.append(kind.desc)

    def resolve(self, text: str, scope: TypeScope, dimensions: int = 0) -> Type:
        """The type that ``text`` means there, with so many further dimensions."""
        return self._type(written_type(text), scope, dimensions)

    def _type(self, written: Written, scope: TypeScope, dimensions: int = 0) -> Type:
        count = written.dimensions + dimensions
        if len(written.names) == 1:
            name = written.names[0]
            found = PRIMITIVES.get(name) or scope.variables.get(name)
            if found is not None:
                return array_of(found, count)
        desc = self.find(written.names, scope) or self.guess(written.names, scope)
        args = tuple(self._type(one, scope) for one in written.args)
        return array_of(Type(desc, args), count)

    def find(self, names: tuple[str, ...], scope: TypeScope) -> str | None:
        """The known class that a dotted name means, None where no known one fits."""
        if names[0] in scope.local:
            return self._inside(scope.local[names[0]], names[1:])
        key = (scope.within, scope.file, ".".join(names))
        if key in self._known and not scope.local:
            return self._known[key]
        first = self._simple(names[0], scope)
        found = self._inside(first, names[1:]) if first is not None else self._dotted(names)
        if not scope.local:
            self._known[key] = found
        return found

    def _inside(self, desc: str, names: tuple[str, ...]) -> str | None:
        for name in names:
            nested = self.nested(desc, name)
            if nested is None:
                if self.is_known(desc):
                    return None
                nested = f"{desc[:-1]}${name};"
            desc = nested
        return desc

    def nested(self, desc: str, name: str) -> str | None:
        """A member class, also an inherited one."""
        for one in self.supers(desc):
            decl = self.declared.get(one)
            listed = None if decl is not None else platform_class(one)
            members = decl.nested if decl is not None else listed.nested if listed else {}
            if name in members:
                return members[name]
        return None

    def _simple(self, name: str, scope: TypeScope) -> str | None:
        within = scope.within
        while within is not None:
            if _simple_name(within) == name:
                return within
            found = self.nested(within, name)
            if found is not None:
                return found
            decl = self.declared.get(within)
            within = decl.outer if decl is not None else None
        return self._in_file(name, scope.file)

    def _in_file(self, name: str, file: FileScope) -> str | None:
        if name in file.single:
            parts = tuple(file.single[name].split("/"))
            return self._dotted(parts) or self._guessed(parts)
        for owner in file.static_single.get(name, ()):
            desc = self._dotted(tuple(owner.split("/")))
            found = self.nested(desc, name) if desc is not None else None
            if found is not None:
                return found
        own = f"L{file.package}/{name};" if file.package else f"L{name};"
        if own in self.declared:
            return own
        if has_platform_class(f"Ljava/lang/{name};"):
            return f"Ljava/lang/{name};"
        for path in (*file.wildcards, *file.static_wildcards):
            if self.is_known(f"L{path}/{name};"):
                return f"L{path}/{name};"
            owner_desc = self._dotted(tuple(path.split("/")))
            found = self.nested(owner_desc, name) if owner_desc is not None else None
            if found is not None:
                return found
        return own if has_platform_class(own) else None

    def _dotted(self, names: tuple[str, ...]) -> str | None:
        """A name that begins with a package: the known class with the longest fit."""
        for cut in range(len(names), 0, -1):
            desc = f"L{'/'.join(names[:cut])};"
            if self.is_known(desc):
                return self._inside(desc, names[cut:])
        return None

    def guess(self, names: tuple[str, ...], scope: TypeScope) -> str:
        """The class that a name of no known class means, or a reserved name."""
        if names[0] in scope.file.single:
            imported = self._guessed(tuple(scope.file.single[names[0]].split("/")))
            return f"{'$'.join((imported[:-1], *names[1:]))};"
        known = self._simple(names[0], scope)
        if known is not None:
            return f"{known[:-1]}${'$'.join(names[1:])};"
        if len(names) > 1 and (names[0][:1].islower() or self.is_package(names[0])):
            return self._guessed(names)
        if self._may_come_from_elsewhere(scope.file):
            return unresolved("$".join(names)).desc
        package = f"{scope.file.package}/" if scope.file.package else ""
        return f"L{package}{'$'.join(names)};"

    def _guessed(self, names: tuple[str, ...]) -> str:
        """Packages are written in lower case: the class begins with the first capital that is
        no known package, with the last name where three or more are capital.
        """
        capital = [cut for cut, name in enumerate(names) if name[:1].isupper()]
        capital = [cut for cut in capital if not self.is_package("/".join(names[: cut + 1]))]
        cut = len(names) - 1
        if 0 < len(capital) <= MOST_NESTED:
            cut = capital[0]
        return f"L{'/'.join((*names[:cut], '$'.join(names[cut:])))};"

    def _may_come_from_elsewhere(self, file: FileScope) -> bool:
        """Whether a wildcard import names a package or class of which not all is known."""
        return any(
            path not in platform_packages() and not self.is_known(f"L{path};")
            for path in file.wildcards
        )


def _package(desc: str) -> str:
    return desc[1:-1].rpartition("/")[0]


def _simple_name(desc: str) -> str:
    return desc[1:-1].rpartition("/")[2].rpartition("$")[2]
