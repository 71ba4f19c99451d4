"""Names of values: locals, fields of the classes around, static imports, dotted names.

Source: The Java Language Specification, SE 17, 6.5.2 (ambiguous names), 15.11 (field access),
15.8 (this), 8.1.3 (enclosing objects).
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.formats.java.constants import Value
from witnessmark.formats.java.conversions import suffix
from witnessmark.formats.java.field_constants import as_constant
from witnessmark.formats.java.members import FieldInfo
from witnessmark.formats.java.method import Lowering, Result, Variable, shown
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import CLASS, INT, OBJECT, UNKNOWN, Type, spoken
from witnessmark.model.location import Span

RESOURCES = frozenset(
    [
        "anim",
        "animator",
        "array",
        "attr",
        "bool",
        "color",
        "dimen",
        "drawable",
        "font",
        "fraction",
        "id",
        "integer",
        "interpolator",
        "layout",
        "menu",
        "mipmap",
        "navigation",
        "plurals",
        "raw",
        "string",
        "style",
        "styleable",
        "transition",
        "xml",
    ]
)


def nest(m: Lowering) -> Iterator[str]:
    """Classes around the code, the innermost first."""
    desc: str | None = m.scope.within
    while desc is not None:
        yield desc
        decl = m.world.names.declared.get(desc)
        desc = decl.outer if decl is not None else None


def scoped_field(m: Lowering, name: str) -> tuple[FieldInfo, Type, str] | None:
    """A field that a simple name means: of the classes around, or imported."""
    for desc in nest(m):
        found = m.world.field(Type(desc), name)
        if found is not None:
            return *found, desc
        captured = m.unit.captured.get(desc)
        if captured is not None and name in captured.variables:
            kind = captured.variables[name]
            return _captured_field(desc, name, kind, captured.constants.get(name)), kind, desc
    for path in (*m.scope.file.static_single.get(name, ()), *m.scope.file.static_wildcards):
        owner = m.world.names.find(tuple(path.split("/")), m.scope)
        found = m.world.field(Type(owner), name) if owner is not None else None
        if found is not None:
            return *found, found[0].owner
    return None


def _captured_field(desc: str, name: str, kind: Type, value: Value | None) -> FieldInfo:
    """The field in which a class in a body keeps a local."""
    constant = (lambda: value.value) if value is not None else None
    return FieldInfo(desc, f"val${name}", kind, False, constant)


def outer_object(m: Lowering, wanted: str, span: Span) -> Result:
    """The object of class ``wanted`` around the code: ``this`` or what that belongs to."""
    if m.this < 0:
        return _no_object(m, wanted, span)
    register, desc = m.this, m.owner
    while desc != wanted:
        decl = m.world.names.declared.get(desc)
        captured = m.unit.captured.get(desc)
        has_outer = captured.outer if captured is not None else decl is not None and decl.inner
        if decl is None or decl.outer is None or not has_outer:
            return _no_object(m, wanted, span)
        hop = m.code.register(OBJECT)
        m.code.emit("iget-object", (hop, register), span,
                    reference=f"{desc}->this$0:{decl.outer}")  # fmt: skip
        register, desc = hop, decl.outer
    return Result(Type(wanted), span, register)


def _no_object(m: Lowering, wanted: str, span: Span) -> Result:
    """An object that the source speaks of where there is none: a value nothing is known of."""
    m.unit.note_once(f"there is no object of {spoken(wanted)} here", span)
    return Result(Type(wanted), span, m.code.register(OBJECT))


def receiver_of(m: Lowering, owner: str, span: Span) -> Result:
    """The object around the code that has members of the class ``owner``."""
    return outer_object(m, owner, span)


def get_field(
    m: Lowering, found: FieldInfo, kind: Type, target: Result | None, span: Span
) -> Result:
    """Read a field; the static one of a class where there is no object."""
    from_type = Type(found.type.desc)
    if found.is_static or target is None:
        register = m.code.register(from_type)
        m.code.emit(f"sget{suffix(from_type)}", (register,), span, reference=found.spelled)
    else:
        source = m.load(target)
        register = m.code.register(from_type)
        m.code.emit(f"iget{suffix(from_type)}", (register, source), span, reference=found.spelled)
    if kind.desc != found.type.desc and not kind.is_unknown:
        m.code.emit("check-cast", (register,), span, reference=kind.desc)
    return Result(kind, span, register)


def identifier(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """A simple name."""
    name = node.text
    local = m.variable(name)
    if local is not None:
        return Result(local.type, node.span, local.register)
    found = scoped_field(m, name)
    if found is not None:
        info, kind, desc = found
        target = None if info.is_static else receiver_of(m, desc, node.span)
        return get_field(m, info, kind, target, node.span)
    return _missing_field(m, node, name, expected)


def _missing_field(m: Lowering, node: Syntax, name: str, expected: Type | None) -> Result:
    for path in m.scope.file.static_single.get(name, ()):
        owner = Type(m.world.names.guess(tuple(path.split("/")), m.scope))
        return _static_field(m, node, owner, name, expected)
    for desc in nest(m):
        if not m.world.is_complete(desc):
            is_static = m.this < 0 or name.isupper()
            info = FieldInfo(desc, name, expected or UNKNOWN, is_static)
            m.unit.note_missing(m.world.missing(desc) or desc, node.span)
            target = None if is_static else receiver_of(m, desc, node.span)
            return get_field(m, info, info.type, target, node.span)
    return undeclared(m, node, expected)


def undeclared(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """A local that decompilers forget to declare: nothing is known of its first value."""
    m.unit.note(f"nothing here declares {node.text[:60]}", node.span)
    kind = expected if expected is not None and expected.desc != "V" else UNKNOWN
    variable = Variable(m.code.local(kind), kind)
    m.blocks[0][node.text] = variable
    return Result(kind, node.span, variable.register)


def dotted(node: Syntax) -> tuple[str, ...] | None:
    """The parts of a name like ``a.b.C``; None for any other expression."""
    names: list[str] = []
    while node.type in ("field_access", "scoped_identifier"):
        field = node.fields.get("field") or node.fields.get("name")
        inner = node.fields.get("object") or node.fields.get("scope")
        if field is None or inner is None or field.type != "identifier":
            return None
        names.append(field.text)
        node = inner
    if node.type not in ("identifier", "type_identifier"):
        return None
    return (node.text, *reversed(names))


def type_named(m: Lowering, node: Syntax) -> Type | None:
    """The type that an expression in front of a dot names; None if it is a value."""
    if node.type in ("scoped_type_identifier", "generic_type", "array_type", "type_identifier"):
        return m.resolve(node)
    names = dotted(node)
    if names is None or m.variable(names[0]) is not None:
        return None
    if scoped_field(m, names[0]) is not None:
        return None
    found = m.world.names.find(names, m.scope)
    if found is not None:
        return None if _is_also_field(m, names) else Type(found)
    return Type(m.world.names.guess(names, m.scope)) if _looks_like_type(m, names) else None


def _is_also_field(m: Lowering, names: tuple[str, ...]) -> bool:
    """Where a field and a class have one name, the field counts (JLS 6.4.2)."""
    owner = m.world.names.find(names[:-1], m.scope) if len(names) > 1 else None
    return owner is not None and m.world.field(Type(owner), names[-1]) is not None


def _looks_like_type(m: Lowering, names: tuple[str, ...]) -> bool:
    """Names of types begin with a capital; constants have capitals only."""
    if len(names) > 1 and names[-1] in RESOURCES and names[-2].endswith("R"):
        return True
    last = names[-1]
    if len(names) == 1:
        return last[:1].isupper() or last in m.scope.file.single
    if m.world.names.find(names[:-1], m.scope) is not None:
        return False
    return last[:1].isupper() and not (len(last) > 1 and last.isupper() and names[-2][:1].isupper())


def field_access(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """``object.field``."""
    target, field = node.named("object"), node.named("field")
    if field.type == "this":
        return _qualified_this(m, target, node.span)
    name = field.text
    if target.type == "super" or (
        target.fields.get("field") is not None and (target.named("field").type == "super")
    ):
        return _field_of(m, node, Result(Type(m.owner), node.span, m.this), name, expected)
    owner = type_named(m, target)
    if owner is not None:
        return _static_field(m, node, owner, name, expected)
    found = m.value(target)
    if not _has_field(m, found.type, name):
        found = m.other(target, found, lambda kind: _has_field(m, kind, name))
    return _field_of(m, node, found, name, expected)


def _has_field(m: Lowering, kind: Type, name: str) -> bool:
    return name == "length" if kind.is_array else m.world.field(kind, name) is not None


def _qualified_this(m: Lowering, target: Syntax, span: Span) -> Result:
    """``Type.this``; of a type that is not around, jadx means a captured value of that type."""
    wanted = m.resolve(target)
    if wanted.desc not in nest(m):
        for block in reversed(m.blocks):
            for one in block.values():
                if one.type.desc == wanted.desc:
                    return Result(one.type, span, one.register)
        for desc in nest(m):
            captured = m.unit.captured.get(desc)
            for name, kind in captured.variables.items() if captured is not None else ():
                if kind.desc == wanted.desc:
                    owner = outer_object(m, desc, span)
                    return get_field(m, FieldInfo(desc, f"val${name}", kind, False), kind, owner,
                                     span)  # fmt: skip
    return outer_object(m, wanted.desc, span)


def _field_of(
    m: Lowering, node: Syntax, target: Result, name: str, expected: Type | None
) -> Result:
    kind = target.type
    if kind.is_array and name == "length":
        source = m.load(target)
        register = m.code.register(INT)
        m.code.emit("array-length", (register, source), node.span)
        return Result(INT, node.span, register)
    found = m.world.field(kind, name)
    if found is not None:
        return get_field(m, *found, target, node.span)
    if m.world.is_complete(kind.desc):
        m.unit.note_once(f"{spoken(kind.desc)} has no field {name[:60]}", node.span)
    info = FieldInfo(kind.desc, name, expected or UNKNOWN, False)
    return get_field(m, info, info.type, target, node.span)


def _static_field(
    m: Lowering, node: Syntax, owner: Type, name: str, expected: Type | None
) -> Result:
    found = m.world.field(owner, name)
    if found is not None:
        info, kind = found
        if info.is_static:
            return get_field(m, info, kind, None, node.span)
        return get_field(m, info, kind, outer_object(m, owner.desc, node.span), node.span)
    if not owner.is_unknown and m.world.is_complete(owner.desc):
        m.unit.note_once(f"{spoken(owner.desc)} has no field {name[:60]}", node.span)
    elif not _is_resource(owner):
        m.unit.note_once(f"the value of {shown(node)} is not known", node.span)
        missing = None if owner.is_unknown else m.world.missing(owner.desc)
        if missing is not None:
            m.unit.note_missing(missing, node.span)
    kind = INT if _is_resource(owner) else expected or UNKNOWN
    return get_field(m, FieldInfo(owner.desc, name, kind, True), kind, None, node.span)


def _is_resource(owner: Type) -> bool:
    outer, _, last = owner.desc[1:-1].rpartition("$")
    return last in RESOURCES and outer.endswith("R")


def constant_name(m: Lowering, node: Syntax, _expected: Type | None) -> Result:
    """Value of a name, if it is a constant variable; emits nothing."""
    result = Result(UNKNOWN, node.span)
    if node.type == "identifier":
        local = m.variable(node.text)
        if local is not None:
            result.constant = local.constant
            return result
        found = scoped_field(m, node.text)
        info = found[0] if found is not None else None
    else:
        field = node.fields.get("field")
        target = node.fields.get("object")
        if field is None or target is None or field.type != "identifier":
            return result
        owner = type_named(m, target)
        named = m.world.field(owner, field.text) if owner is not None else None
        info = named[0] if named is not None else None
    if info is not None and info.constant is not None:
        result.constant = as_constant(info)
    return result


def this_object(m: Lowering, node: Syntax, _expected: Type | None) -> Result:
    """``this``."""
    if m.this < 0:
        return _no_object(m, m.owner, node.span)
    info = m.world.info(m.owner)
    kind = info.type if info is not None else Type(m.owner)
    return Result(kind, node.span, m.this)


def class_literal(m: Lowering, node: Syntax, _expected: Type | None) -> Result:
    """``String.class``."""
    if not node.children:
        raise UnreadableError("this names no class", node.span)
    kind = m.resolve(node.children[0])
    register = m.code.register(CLASS)
    if kind.is_primitive:
        box = {"V": "Void"}.get(kind.desc) or node.children[0].text.capitalize()
        box = {"Int": "Integer", "Char": "Character"}.get(box, box)
        m.code.emit("sget-object", (register,), node.span,
                    reference=f"Ljava/lang/{box};->TYPE:Ljava/lang/Class;")  # fmt: skip
    else:
        m.code.emit("const-class", (register,), node.span, reference=kind.desc)
    return Result(Type(CLASS.desc, (kind,)), node.span, register)
