"""Classes with their members: what a field or method name means on a type.

Source: The Java Language Specification, SE 17, 8.2 (members), 15.12.2 (choosing a method),
4.10 (subtyping), 5.3 (loose invocation).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from witnessmark.formats.java.declarations import ClassDecl, FieldDecl, MethodDecl
from witnessmark.formats.java.members import (
    ABSTRACT,
    FINAL,
    STATIC,
    ClassInfo,
    Constant,
    FieldInfo,
    MethodInfo,
)
from witnessmark.formats.java.names import Names, TypeScope
from witnessmark.formats.java.platform import platform_class
from witnessmark.formats.java.types import (
    BOXES,
    INT,
    NULL,
    OBJECT,
    RANKS,
    STRING,
    UNBOXED,
    VOID,
    Type,
    of_value,
    substituted,
)

ConstantReader = Callable[[ClassDecl, FieldDecl], Constant | None]
ENUM_HIDDEN = (STRING, INT)


class World:
    """Every class that source of a tree may name."""

    def __init__(self, names: Names, constant_of: ConstantReader) -> None:
        self.names = names
        self._constant_of = constant_of
        self._infos: dict[str, ClassInfo] = {}
        self._fields: dict[tuple[Type, str], tuple[FieldInfo, Type] | None] = {}
        self._methods: dict[tuple[Type, str], list[tuple[MethodInfo, Type]]] = {}
        self._complete: dict[str, bool] = {}

    def forget(self, descs: Sequence[str]) -> None:
        """Drop classes that only one file declared in its bodies, and what was looked up."""
        self._fields.clear()
        self._methods.clear()
        self._complete.clear()
        for desc in descs:
            self._infos.pop(desc, None)
            self.names.forget(desc)

    def info(self, desc: str) -> ClassInfo | None:
        """The class, None for one that neither the tree nor the platform declares."""
        found = self._infos.get(desc)
        if found is not None:
            return found
        decl = self.names.declared.get(desc)
        if decl is None:
            return platform_class(desc)
        found = self._declared(decl)
        self._infos[desc] = found
        return found

    def _declared(self, decl: ClassDecl) -> ClassInfo:
        scope = self.names.scope_of(decl.desc)
        methods: dict[str, list[MethodInfo]] = {}
        for one in decl.methods:
            methods.setdefault(one.name, []).append(self._method(decl, one, scope))
        fields = {name: self._field(decl, one, scope) for name, one in decl.fields.items()}
        access = decl.access | (0 if decl.inner else STATIC)
        return ClassInfo(
            decl.desc, access, tuple(name for name, _ in decl.type_parameters),
            self.names.above(decl.desc), fields,
            {name: tuple(found) for name, found in methods.items()}, decl.nested, decl.outer,
            True, decl.order,
        )  # fmt: skip

    def _field(self, decl: ClassDecl, one: FieldDecl, scope: TypeScope) -> FieldInfo:
        if one.type == decl.desc:
            kind = Type(decl.desc)
        else:
            kind = of_value(self.names.resolve(one.type, scope, one.dimensions))
        may_be = one.access & FINAL and one.initialiser is not None
        constant = None
        if may_be and (kind.is_primitive or kind.desc == STRING.desc):
            constant = lambda: self._constant_of(decl, one)  # noqa: E731
        return FieldInfo(decl.desc, one.name, kind, bool(one.access & STATIC), constant)

    def _method(self, decl: ClassDecl, one: MethodDecl, scope: TypeScope) -> MethodInfo:
        inner = self.names.with_variables(scope, one.type_parameters)
        kinds = tuple(
            of_value(self.names.resolve(text, inner, count)) for text, count in one.parameters
        )
        returned = self.names.resolve(*_pair(one.returned, inner))
        hidden: tuple[Type, ...] = ()
        if one.name == "<init>":
            returned = VOID
            if decl.kind == "enum":
                hidden = ENUM_HIDDEN
            elif decl.inner and decl.outer is not None:
                hidden = (Type(decl.outer),)
        return MethodInfo(
            decl.desc, one.name, kinds, returned, one.access,
            tuple(name for name, _ in one.type_parameters), hidden,
        )  # fmt: skip

    def supers(self, kind: Type) -> Iterator[tuple[ClassInfo, Type]]:
        """Known classes from ``kind`` upward, each with the type it is seen as."""
        seen = {kind.desc}
        waiting = [kind]
        while waiting and len(seen) < 400:
            one = waiting.pop(0)
            info = self.info(one.desc)
            if info is None:
                continue
            yield info, one
            bound = bindings(info, one)
            above = info.above or ((OBJECT,) if one.desc != OBJECT.desc else ())
            for kind_above in above:
                if kind_above.desc not in seen:
                    seen.add(kind_above.desc)
                    waiting.append(substituted(kind_above, bound))

    def is_complete(self, desc: str) -> bool:
        """Whether all classes above are known with all their members."""
        if desc not in self._complete:
            self._complete[desc] = self._is_complete(desc)
        return self._complete[desc]

    def _is_complete(self, desc: str) -> bool:
        seen: set[str] = set()
        waiting = [desc]
        while waiting:
            one = waiting.pop()
            info = self.info(one)
            if info is None or not info.complete:
                return False
            seen.add(one)
            waiting += [kind.desc for kind in info.above if kind.desc not in seen]
        return True

    def missing(self, desc: str) -> str | None:
        """The first class from ``desc`` upward that is not here; None where all are."""
        seen: set[str] = set()
        waiting = [desc]
        while waiting:
            one = waiting.pop(0)
            info = self.info(one)
            if info is None:
                return one
            seen.add(one)
            waiting += [kind.desc for kind in info.above if kind.desc not in seen]
        return None

    def field(self, kind: Type, name: str) -> tuple[FieldInfo, Type] | None:
        """A field of a type, also an inherited one, and its type as seen from there."""
        key = (kind, name)
        if key not in self._fields:
            self._fields[key] = self._field_of(kind, name)
        return self._fields[key]

    def _field_of(self, kind: Type, name: str) -> tuple[FieldInfo, Type] | None:
        for info, seen in self.supers(kind):
            found = info.fields.get(name)
            if found is not None:
                return found, substituted(found.type, bindings(info, seen))
        return None

    def methods(self, kind: Type, name: str) -> list[tuple[MethodInfo, Type]]:
        """Methods of that name on a type, nearest first, each with the type that has it."""
        key = (kind, name)
        if key not in self._methods:
            self._methods[key] = self._methods_of(kind, name)
        return self._methods[key]

    def _methods_of(self, kind: Type, name: str) -> list[tuple[MethodInfo, Type]]:
        found: list[tuple[MethodInfo, Type]] = []
        taken: set[str] = set()
        for info, seen in self.supers(kind):
            for one in info.methods.get(name, ()):
                spelled = one.proto.rpartition(")")[0]
                if spelled not in taken:
                    taken.add(spelled)
                    found.append((one, seen))
            if name == "<init>":
                break
        here = self.info(kind.desc) if not found and name != "<init>" else None
        return self.methods(OBJECT, name) if here is not None and here.is_interface else found

    def is_subtype(self, one: str, other: str) -> bool | None:
        """Whether ``one`` is a ``other``; None where classes above are missing."""
        if one == other or other == OBJECT.desc or one == NULL.desc:
            return True
        if one.startswith("["):
            return _array_fits(self, one, other)
        if len(one) == 1 or len(other) == 1:
            return False
        if other in self.names.supers(one):
            return True
        if other.startswith("[") and one != OBJECT.desc:
            return None if Type(one).is_unknown else False
        return False if self.is_complete(one) else None

    def single_abstract(self, kind: Type) -> tuple[MethodInfo, Type] | None:
        """The one method that a lambda expression for this interface implements (JLS 9.8)."""
        for info, seen in self.supers(kind):
            for listed in info.methods.values():
                for one in listed:
                    if one.access & ABSTRACT and not _of_object(one):
                        return one, seen
        return None


def _pair(returned: tuple[str, int], scope: TypeScope) -> tuple[str, TypeScope, int]:
    return returned[0], scope, returned[1]


def _of_object(one: MethodInfo) -> bool:
    return (one.name, len(one.parameters)) in (("equals", 1), ("hashCode", 0), ("toString", 0))


def _array_fits(world: World, one: str, other: str) -> bool | None:
    if other.startswith("["):
        return world.is_subtype(one[1:], other[1:])
    return other in ("Ljava/lang/Cloneable;", "Ljava/io/Serializable;")


def bindings(info: ClassInfo, seen: Type) -> Mapping[str, Type]:
    """What the type variables of a class stand for in a type; nothing for a raw type."""
    if len(info.type_parameters) != len(seen.args):
        return {}
    return dict(zip(info.type_parameters, seen.args, strict=True))


UNFIT, MAYBE, BOXING, WIDER, SAME = 0, 1, 2, 3, 5


def fitness(world: World, given: Type | None, wanted: Type) -> int:
    """How well an argument suits a parameter; None is an argument whose type is not known.

    0 does not fit; higher is nearer.
    """
    if given is None or (given.is_unknown and given.desc != NULL.desc) or wanted.is_unknown:
        return MAYBE
    if given.desc == wanted.desc:
        return SAME
    if given.is_primitive and wanted.is_primitive:
        return _widening(given.desc, wanted.desc)
    if given.is_primitive:
        box = BOXES.get(given.desc)
        if box is None:
            return UNFIT
        return BOXING if world.is_subtype(box, wanted.desc) else UNFIT
    if wanted.is_primitive:
        letter = UNBOXED.get(given.desc)
        if letter is None:
            return MAYBE if given.desc == OBJECT.desc and given.var else UNFIT
        return BOXING if letter == wanted.desc or _widening(letter, wanted.desc) else UNFIT
    fits = world.is_subtype(given.desc, wanted.desc)
    if fits is None:
        return MAYBE
    if not fits:
        return UNFIT
    return WIDER if wanted.desc != OBJECT.desc else WIDER - 1


def _widening(given: str, wanted: str) -> int:
    if given in RANKS and wanted in RANKS and RANKS[given] < RANKS[wanted] and wanted != "C":
        return 4 if RANKS[wanted] - RANKS[given] == 1 else WIDER
    return UNFIT
