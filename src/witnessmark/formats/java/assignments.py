"""Assignments to locals, fields and elements of arrays.

Source: The Java Language Specification, SE 17, 15.14, 15.15 (increments), 15.26 (assignment).
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from witnessmark.formats.java.constants import Value
from witnessmark.formats.java.conversions import as_type, cast, suffix
from witnessmark.formats.java.lookups import (
    dotted,
    nest,
    outer_object,
    scoped_field,
    type_named,
    undeclared,
)
from witnessmark.formats.java.members import FieldInfo
from witnessmark.formats.java.method import Lowering, Result, Variable, lacking
from witnessmark.formats.java.operators import append_text, computed, finish_text, start_text
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import INT, OBJECT, STRING, UNKNOWN, Type, unboxed
from witnessmark.model.location import Span


class Place(Struct, frozen=True):
    """Where a value is stored: its type, how to read it, how to write a register to it."""

    type: Type
    read: Callable[[], Result]
    write: Callable[[int], None]
    register: int = -1


def assignment(m: Lowering, node: Syntax, _expected: Type | None) -> Result:
    """``place = value`` and ``place += value``."""
    sign = node.named("operator").text
    if sign == "=" and is_undeclared(m, node.named("left")):
        return _declared(m, node)
    place = place_of(m, node.named("left"), node.span)
    if sign == "=":
        found = m.value(node.named("right"), place.type)
        if place.register >= 0 and _is_other(m, found, place.type):
            m.others.setdefault(place.register, []).append(found.type)
            m.load_into(found, place.register)
            return Result(found.type, found.span, place.register)
        return _stored(m, place, as_type(m, found, place.type))
    old = place.read()
    if place.type.desc == STRING.desc and sign == "+=":
        builder = start_text(m, node.span)
        append_text(m, builder, old)
        append_text(m, builder, m.value(node.named("right")))
        return _stored(m, place, finish_text(m, builder, node.span))
    right = m.value(node.named("right"))
    made = computed(m, sign.removesuffix("="), old, right, node.span)
    wanted = unboxed(place.type)
    made = cast(m, made, wanted, node.span) if wanted.is_primitive else made
    return _stored(m, place, as_type(m, made, place.type))


def _is_other(m: Lowering, found: Result, declared: Type) -> bool:
    """Whether a value is surely no object of the declared class."""
    kind = found.type
    if found.is_null or kind.is_unknown or declared.is_unknown:
        return False
    if kind.is_primitive or declared.is_primitive:
        return False
    return m.world.is_subtype(kind.desc, declared.desc) is False


def is_undeclared(m: Lowering, node: Syntax) -> bool:
    """Whether a simple name means nothing at all."""
    if node.type != "identifier" or m.variable(node.text) is not None:
        return False
    return scoped_field(m, node.text) is None and all(m.world.is_complete(d) for d in nest(m))


def _declared(m: Lowering, node: Syntax) -> Result:
    """Decompilers forget to declare locals; the first value tells the type."""
    left = node.named("left")
    found = m.value(node.named("right"))
    kind = OBJECT if found.is_null or found.type.desc == "V" else found.type
    m.unit.note_once(f"nothing here declares {left.text[:60]}", left.span)
    variable = Variable(m.code.local(kind), kind)
    m.blocks[0][left.text] = variable
    m.load_into(found, variable.register)
    return Result(kind, node.span, variable.register)


def _stored(m: Lowering, place: Place, found: Result) -> Result:
    if place.register >= 0:
        m.load_into(found, place.register)
        return Result(place.type, found.span, place.register)
    register = m.load(found)
    place.write(register)
    kind = found.type if place.type.is_unknown else place.type
    return Result(kind, found.span, register)


def update(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """``x++`` and the like."""
    if not node.children or not node.tokens:
        raise UnreadableError("this updates nothing", node.span)
    inner = node.children[0]
    place = place_of(m, inner, node.span)
    old = place.read()
    is_used = expected is None or expected.desc != "V"
    is_behind = inner.start == node.start
    if is_used and is_behind and m.is_local(old.register):
        kept = m.code.register(old.type)
        kind = "-wide" if old.type.is_wide else "" if old.type.is_primitive else "-object"
        m.code.emit(f"move{kind}/from16", (kept, old.register), node.span)
        old = Result(old.type, old.span, kept)
    one = Result(INT, node.span, constant=Value(1, INT))
    made = computed(m, node.tokens[0][0], old, one, node.span)
    wanted = unboxed(place.type)
    made = cast(m, made, wanted, node.span) if wanted.is_primitive else made
    new = _stored(m, place, as_type(m, made, place.type))
    return old if is_behind else new


def place_of(m: Lowering, node: Syntax, span: Span) -> Place:
    """What an expression on the left of an assignment names."""
    while node.type == "parenthesized_expression" and len(node.children) == 1:
        node = node.children[0]
    if node.type == "identifier":
        local = m.variable(node.text)
        if local is None and is_undeclared(m, node):
            undeclared(m, node, None)
            local = m.variable(node.text)
        if local is not None:
            kind, register = local.type, local.register
            return Place(kind, lambda: Result(kind, node.span, register), lambda _: None, register)
    if node.type in ("identifier", "field_access"):
        return _field_place(m, node, span)
    if node.type == "array_access":
        return _element_place(m, node, span)
    raise UnreadableError("nothing can be assigned to this", node.span)


def _field_place(m: Lowering, node: Syntax, span: Span) -> Place:
    info, target = _named_field(m, node)
    kind = info.type
    holder = () if target is None else (m.load(target),)
    letter = "s" if target is None else "i"

    def read() -> Result:
        register = m.code.register(kind)
        m.code.emit(f"{letter}get{suffix(kind)}", (register, *holder), node.span,
                    reference=info.spelled)  # fmt: skip
        return Result(kind, node.span, register)

    def write(register: int) -> None:
        m.code.emit(f"{letter}put{suffix(kind)}", (register, *holder), span,
                    reference=info.spelled)  # fmt: skip

    return Place(kind, read, write)


def _named_field(m: Lowering, node: Syntax) -> tuple[FieldInfo, Result | None]:
    """The field, and its object unless it is static."""
    if node.type == "identifier":
        found = scoped_field(m, node.text)
        if found is None:
            return _field_of_missing(m, node)
        info, _, desc = found
        return info, None if info.is_static else outer_object(m, desc, node.span)
    target, name = node.named("object"), node.named("field").text
    owner = type_named(m, target) if dotted(target) is not None else None
    if owner is not None:
        named = m.world.field(owner, name)
        return named[0] if named is not None else FieldInfo(owner.desc, name, UNKNOWN, True), None
    held = m.value(target) if target.type != "super" else outer_object(m, m.owner, node.span)
    named = m.world.field(held.type, name)
    if named is not None:
        return named[0], None if named[0].is_static else held
    lacking(m, held.type, node.span, f"has no field {name[:60]}", node.text[:60])
    return FieldInfo(held.type.desc, name, UNKNOWN, False), held


def _field_of_missing(m: Lowering, node: Syntax) -> tuple[FieldInfo, Result | None]:
    """A field that a class must declare which is not here."""
    desc = next((one for one in nest(m) if not m.world.is_complete(one)), m.owner)
    m.unit.note_missing(m.world.missing(desc) or desc, node.span)
    target = outer_object(m, desc, node.span) if m.this >= 0 else None
    return FieldInfo(desc, node.text, UNKNOWN, target is None), target


def _element_place(m: Lowering, node: Syntax, span: Span) -> Place:
    array, index = _element(m, node)
    kind = array.type.element()

    def read() -> Result:
        register = m.code.register(kind)
        m.code.emit(f"aget{suffix(kind)}", (register, array.register, index), node.span)
        return Result(kind, node.span, register)

    def write(register: int) -> None:
        m.code.emit(f"aput{suffix(kind)}", (register, array.register, index), span)

    return Place(kind, read, write)


def _element(m: Lowering, node: Syntax) -> tuple[Result, int]:
    array = m.value(node.named("array"))
    m.load(array)
    index = as_type(m, m.value(node.named("index"), INT), INT)
    return array, m.load(index)


def array_access(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """``array[index]``."""
    array, index = _element(m, node)
    kind = array.type.element()
    if kind.is_unknown and expected is not None and expected.desc != "V":
        kind = expected
    register = m.code.register(kind)
    m.code.emit(f"aget{suffix(kind)}", (register, array.register, index), node.span)
    return Result(kind, node.span, register)
