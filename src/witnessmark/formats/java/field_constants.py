"""Values of constant fields, followed through plain initialisers from class to class.

Source: The Java Language Specification, SE 17, 4.12.4, 15.29.
"""

from __future__ import annotations

from witnessmark.formats.java.constants import Value, constant_value, converted
from witnessmark.formats.java.declarations import ClassDecl, FieldDecl
from witnessmark.formats.java.members import Constant, FieldInfo
from witnessmark.formats.java.names import Names
from witnessmark.formats.java.syntax import Syntax, parse
from witnessmark.formats.java.types import PRIMITIVES, STRING, Type
from witnessmark.formats.java.world import World

LONGEST_CHAIN = 40


def as_constant(info: FieldInfo) -> Value | None:
    """The value of a field in its own type."""
    value = info.constant() if info.constant is not None else None
    if value is None:
        return None
    if isinstance(value, (str, bool)):
        return Value(value, STRING if isinstance(value, str) else PRIMITIVES["boolean"])
    if info.type.desc == "Z":
        return Value(bool(value), info.type)
    return Value(value, Type(info.type.desc))


class FieldConstants:
    """Evaluates initialisers of fields on demand; each once."""

    def __init__(self) -> None:
        self.world: World | None = None
        self._found: dict[tuple[str, str], Value | None] = {}
        self._depth = 0

    def __call__(self, decl: ClassDecl, field: FieldDecl) -> Constant | None:
        """The value of the field, None where it is not constant."""
        key = (decl.desc, field.name)
        if key not in self._found:
            if self._depth > LONGEST_CHAIN:
                return None
            self._found[key] = None
            self._depth += 1
            self._found[key] = self._evaluated(decl, field)
            self._depth -= 1
        value = self._found[key]
        return None if value is None else value.value

    def _evaluated(self, decl: ClassDecl, field: FieldDecl) -> Value | None:
        node = expression(field.initialiser or b"")
        if node is None or self.world is None:
            return None
        world = self.world
        value = constant_value(node, lambda name: _named(world, decl, name))
        if value is None:
            return None
        if field.dimensions:
            return None
        wanted = PRIMITIVES.get(field.type)
        if wanted is not None:
            return converted(value, wanted)
        return value if value.type == STRING else None


def expression(text: bytes) -> Syntax | None:
    """The syntax tree of an expression that stands alone."""
    root = parse(b"class A { Object o = " + text + b"; }")
    for kinds in (("class_declaration",), ("class_body",), ("field_declaration",),
                  ("variable_declarator",)):  # fmt: skip
        found = root.first(*kinds)
        if found is None:
            return None
        root = found
    return root.fields.get("value")


def _named(world: World, decl: ClassDecl, node: Syntax) -> Value | None:
    names: list[str] = []
    inner = node
    while inner.type == "field_access":
        names.append(inner.named("field").text)
        inner = inner.named("object")
    if inner.type != "identifier":
        return None
    listed = (inner.text, *reversed(names))
    found = _scoped(world, decl, listed[0]) if len(listed) == 1 else _owned(world, decl, listed)
    return as_constant(found) if found is not None else None


def _owned(world: World, decl: ClassDecl, listed: tuple[str, ...]) -> FieldInfo | None:
    owner = world.names.find(listed[:-1], world.names.scope_of(decl.desc))
    found = world.field(Type(owner), listed[-1]) if owner is not None else None
    return found[0] if found is not None else None


def _scoped(world: World, decl: ClassDecl, name: str) -> FieldInfo | None:
    names: Names = world.names
    desc: str | None = decl.desc
    while desc is not None:
        found = world.field(Type(desc), name)
        if found is not None:
            return found[0]
        desc = names.declared[desc].outer if desc in names.declared else None
    for path in (*decl.scope.static_single.get(name, ()), *decl.scope.static_wildcards):
        owner = names.find(tuple(path.split("/")), names.scope_of(decl.desc))
        found = world.field(Type(owner), name) if owner is not None else None
        if found is not None:
            return found[0]
    return None
