"""Code that classes run before their constructors' own: fields, enum constants, records.

Source: The Java Language Specification, SE 17, 8.3.2, 8.6, 8.7, 8.9 (enums), 8.10 (records),
12.4.2, 12.5 (order of initialisation).
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.formats.java.arguments import listed, new_array
from witnessmark.formats.java.calls import invoke
from witnessmark.formats.java.constants import Value
from witnessmark.formats.java.conversions import as_type, suffix
from witnessmark.formats.java.creations import SuperCall, construct
from witnessmark.formats.java.declarations import (
    ClassDecl,
    body_members,
    class_decl,
    name_of,
)
from witnessmark.formats.java.members import STATIC
from witnessmark.formats.java.method import Lowering, Result
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import INT, OBJECT, STRING, Type, array_of
from witnessmark.formats.java.unit import Captured

VALUES = "$VALUES"
FIELDS = ("field_declaration", "constant_declaration")


def is_constant(m: Lowering, decl: ClassDecl, name: str) -> bool:
    """Whether a static field gets its value without code."""
    info = m.world.info(decl.desc)
    field = info.fields.get(name) if info is not None else None
    return field is not None and field.is_static and field.constant is not None and (
        field.constant() is not None
    )  # fmt: skip


def initialise(m: Lowering, decl: ClassDecl, node: Syntax, *, static: bool) -> None:
    """Initialisers of fields and blocks, in the order of the text."""
    if static and decl.kind == "enum":
        _enum_constants(m, decl, node)
    for one in body_members(node):
        if one.type in FIELDS:
            for each in one.all("variable_declarator"):
                field = decl.fields.get(name_of(each))
                if field is not None and bool(field.access & STATIC) is static:
                    _initialise_field(m, decl, each)
        elif (one.type == "static_initializer") is static and one.type in (
            "static_initializer", "block",
        ):  # fmt: skip
            m.statement(one if one.type == "block" else one.children[-1])


def _initialise_field(m: Lowering, decl: ClassDecl, node: Syntax) -> None:
    value = node.fields.get("value")
    name = name_of(node)
    info = m.world.info(decl.desc)
    field = info.fields.get(name) if info is not None else None
    if value is None or field is None or is_constant(m, decl, name):
        return
    mark = m.code.mark()
    m.code.line = node.line
    try:
        found = as_type(m, m.value(value, field.type), field.type)
        register = m.load(found)
        if field.is_static:
            m.code.emit(f"sput{suffix(field.type)}", (register,), node.span,
                        reference=field.spelled)  # fmt: skip
        else:
            m.code.emit(f"iput{suffix(field.type)}", (register, m.this), node.span,
                        reference=field.spelled)  # fmt: skip
    except UnreadableError as error:
        m.unit.lost(error, value.span)
    m.code.release(mark)


def enum_nodes(node: Syntax) -> Iterator[Syntax]:
    """The constants of an enum."""
    return (one for one in body_members(node) if one.type == "enum_constant" and name_of(one))


def _enum_constants(m: Lowering, decl: ClassDecl, node: Syntax) -> None:
    kind = Type(decl.desc)
    for place, one in enumerate(enum_nodes(node)):
        mark = m.code.mark()
        m.code.line = one.line
        try:
            _enum_constant(m, decl, one, place)
        except UnreadableError as error:
            m.unit.lost(error, one.span)
        m.code.release(mark)
    names = node.fields.get("name") or node
    held = []
    for one in enum_nodes(node):
        register = m.code.register(OBJECT)
        spelled = f"{decl.desc}->{name_of(one)}:{decl.desc}"
        m.code.emit("sget-object", (register,), names.span, reference=spelled)
        held.append(Result(kind, names.span, register))
    values = new_array(m, array_of(kind), held, names.span)
    m.code.emit("sput-object", (values.register,), names.span,
                reference=f"{decl.desc}->{VALUES}:[{decl.desc}")  # fmt: skip


def _enum_constant(m: Lowering, decl: ClassDecl, node: Syntax, place: int) -> None:
    name = node.named("name")
    made = _constant_class(m, decl, node)
    register = m.code.register(OBJECT)
    m.code.emit("new-instance", (register,), node.span, reference=made)
    hidden = [
        Result(STRING, name.span, constant=Value(name.text, STRING), quoted=name.span),
        Result(INT, name.span, constant=Value(place, INT)),
    ]
    construct(m, node, listed(node), Type(decl.desc), register, None, hidden)
    if made != decl.desc:
        last = m.code.instructions.pop()
        assert last.reference is not None
        spelled = last.reference.replace(f"{decl.desc}->", f"{made}->", 1)
        m.code.emit(last.name, last.registers, last.span, reference=spelled)
    m.code.emit("sput-object", (register,), node.span,
                reference=f"{decl.desc}->{name.text}:{decl.desc}")  # fmt: skip


def _constant_class(m: Lowering, decl: ClassDecl, node: Syntax) -> str:
    """The class of a constant: the enum, or one of its own if the constant has a body."""
    if node.first("class_body") is None:
        return decl.desc
    unit = m.unit
    desc = unit.fresh_name(decl.desc)
    inner = class_decl(node, desc, decl.desc, m.scope.file)
    inner.access, inner.inner = 0x4000, False
    unit.captured[desc] = Captured({}, False)
    unit.made.append(desc)
    m.world.names.bind(inner, m.scope, (Type(decl.desc),))
    candidates = m.world.methods(Type(decl.desc), "<init>")
    count = len(listed(node))
    above = next((one for one, _ in candidates if len(one.parameters) == count), None)
    kinds = (*above.hidden, *above.parameters) if above is not None else (STRING, INT)
    call = SuperCall(Type(decl.desc), kinds)
    rules = m.rules
    unit.pending.append(lambda: rules.later(unit, rules, inner, node, call))
    return desc


def enum_values(m: Lowering, decl: ClassDecl, node: Syntax) -> None:
    """The body of ``values()``."""
    span = (node.fields.get("name") or node).span
    register = m.code.register(OBJECT)
    kind = f"[{decl.desc}"
    m.code.emit("sget-object", (register,), span, reference=f"{decl.desc}->{VALUES}:{kind}")
    invoke(m, span, "invoke-virtual", f"{kind}->clone()Ljava/lang/Object;", (register,))
    m.code.emit("move-result-object", (register,), span)
    m.code.emit("check-cast", (register,), span, reference=kind)
    m.code.emit("return-object", (register,), span)


def enum_value_of(m: Lowering, decl: ClassDecl, node: Syntax) -> None:
    """The body of ``valueOf(String)``."""
    span = (node.fields.get("name") or node).span
    register = m.code.register(OBJECT)
    m.code.emit("const-class", (register,), span, reference=decl.desc)
    invoke(m, span, "invoke-static", "Ljava/lang/Enum;->valueOf(Ljava/lang/Class;"
           "Ljava/lang/String;)Ljava/lang/Enum;", (register, 0))  # fmt: skip
    m.code.emit("move-result-object", (register,), span)
    m.code.emit("check-cast", (register,), span, reference=decl.desc)
    m.code.emit("return-object", (register,), span)
