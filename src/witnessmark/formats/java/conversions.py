"""Values as another type: widening, narrowing, boxes, checked casts.

Source: The Java Language Specification, SE 17, chapter 5.
"""

from __future__ import annotations

from witnessmark.formats.java.constants import converted as converted_constant
from witnessmark.formats.java.method import Lowering, Result
from witnessmark.formats.java.types import (
    BOXES,
    DOUBLE,
    FLOAT,
    GETTERS,
    INT,
    LONG,
    OBJECT,
    RANKS,
    STRING,
    UNBOXED,
    Type,
)
from witnessmark.model.location import Span

NAMES = {"I": "int", "J": "long", "F": "float", "D": "double"}
SUFFIXES = {"Z": "-boolean", "B": "-byte", "C": "-char", "S": "-short", "J": "-wide", "D": "-wide",
            "I": "", "F": ""}  # fmt: skip


def suffix(kind: Type) -> str:
    """How instructions that move a member of this type end."""
    return SUFFIXES.get(kind.desc, "-object")


def result_suffix(kind: Type) -> str:
    """How ``move-result`` and ``return`` of this type end."""
    return "-wide" if kind.is_wide else "" if kind.is_primitive else "-object"


def as_type(m: Lowering, found: Result, wanted: Type | None) -> Result:
    """A value as its place takes it (assignment and invocation contexts)."""
    if wanted is None or wanted.desc in ("V", found.type.desc) or wanted.is_unknown:
        return found
    if found.is_null:
        return found
    if found.constant is not None:
        return _constant_as(m, found, wanted)
    if found.type.is_primitive and wanted.is_primitive:
        return number_as(m, found, wanted)
    if found.type.is_primitive:
        return box(m, found)
    if wanted.is_primitive:
        return unbox(m, found, wanted)
    return found


def _constant_as(m: Lowering, found: Result, wanted: Type) -> Result:
    assert found.constant is not None
    if wanted.is_primitive:
        value = converted_constant(found.constant, wanted)
        if value is not None:
            return Result(value.type, found.span, constant=value)
        return found
    if wanted.desc in UNBOXED and found.type.is_primitive:
        value = converted_constant(found.constant, Type(UNBOXED[wanted.desc]))
        if value is not None:
            found = Result(value.type, found.span, constant=value)
    return box(m, found) if found.type.is_primitive else found


def number_as(m: Lowering, found: Result, wanted: Type) -> Result:
    """A number of another primitive type."""
    source = found.type.desc if found.type.desc in "JFD" else "I"
    target = wanted.desc if wanted.desc in "JFD" else "I"
    if "Z" in (found.type.desc, wanted.desc):
        return Result(wanted, found.span, m.load(found))
    if source != target:
        register = m.code.register(wanted if wanted.desc in "JFD" else INT)
        name = f"{NAMES[source]}-to-{NAMES[target]}"
        m.code.emit(name, (register, m.load(found)), found.span)
        found = Result(Type(target), found.span, register)
    if wanted.desc in "BCS" and _narrows(found.type.desc, wanted.desc):
        register = m.code.register(INT)
        name = {"B": "int-to-byte", "C": "int-to-char", "S": "int-to-short"}[wanted.desc]
        m.code.emit(name, (register, m.load(found)), found.span)
        return Result(wanted, found.span, register)
    return Result(wanted, found.span, m.load(found))


def _narrows(source: str, target: str) -> bool:
    return source != target and (RANKS.get(source, 3) >= RANKS[target] or target == "C")


def box(m: Lowering, found: Result) -> Result:
    """A number as an object."""
    letter = found.type.desc
    if letter not in BOXES:
        return found
    owner = BOXES[letter]
    register = m.load(found)
    words = (register, register + 1) if found.type.is_wide else (register,)
    m.code.emit("invoke-static", words, found.span,
                reference=f"{owner}->valueOf({letter}){owner}")  # fmt: skip
    return _result(m, Type(owner), found.span)


def unbox(m: Lowering, found: Result, wanted: Type) -> Result:
    """An object as a number; one of unknown type counts as the number it should be."""
    letter = UNBOXED.get(found.type.desc)
    if found.type.is_unknown:
        return Result(wanted, found.span, m.load(found))
    if letter is None:
        if wanted.desc not in BOXES:
            return found
        letter = wanted.desc
        found = check_cast(m, found, Type(BOXES[letter]), found.span)
    m.code.emit("invoke-virtual", (m.load(found),), found.span,
                reference=f"{BOXES[letter]}->{GETTERS[letter]}(){letter}")  # fmt: skip
    number = _result(m, Type(letter), found.span)
    return number_as(m, number, wanted) if letter != wanted.desc else number


def _result(m: Lowering, kind: Type, span: Span) -> Result:
    register = m.code.register(kind)
    m.code.emit(f"move-result{result_suffix(kind)}", (register,), span)
    return Result(kind, span, register)


def check_cast(m: Lowering, found: Result, wanted: Type, span: Span) -> Result:
    """The same object, checked to be of another type."""
    source = m.load(found)
    if m.is_local(source):
        register = m.code.register(wanted)
        m.code.emit("move-object/from16", (register, source), span)
        source = register
    m.code.emit("check-cast", (source,), span, reference=wanted.desc)
    return Result(wanted, span, source)


def cast(m: Lowering, found: Result, wanted: Type, span: Span) -> Result:
    """A value as a cast expression makes it."""
    if found.is_null:
        return Result(wanted, span)
    if found.type.is_primitive or found.constant is not None or wanted.is_primitive:
        if found.constant is not None and not wanted.is_primitive and wanted.desc != STRING.desc:
            return Result(wanted, span, m.load(as_type(m, found, wanted)))
        return as_type(m, found, wanted)
    if wanted.desc in (OBJECT.desc, found.type.desc) or wanted.is_unknown:
        known = found.type if wanted.desc != found.type.desc else wanted
        return Result(known, span, m.load(found))
    if m.world.is_subtype(found.type.desc, wanted.desc):
        return Result(wanted, span, m.load(found))
    return check_cast(m, found, wanted, span)


def arithmetic(kind: Type) -> str:
    """How arithmetic instructions of this type end."""
    return {LONG: "long", FLOAT: "float", DOUBLE: "double"}.get(Type(kind.desc), "int")
