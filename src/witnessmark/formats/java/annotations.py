"""Annotations, and constants of fields as listings hold them.

Source: The Java Language Specification, SE 17, 9.6, 9.7.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.formats.java.constants import Value as Constant
from witnessmark.formats.java.constants import constant_value, converted
from witnessmark.formats.java.lookups import constant_name, type_named
from witnessmark.formats.java.method import Lowering
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import DEEPEST_TYPE, STRING, Type
from witnessmark.formats.listing.model import Annotation, Value

KINDS = ("annotation", "marker_annotation")
NUMBERS = {"Z": "boolean", "B": "byte", "C": "char", "S": "short", "I": "int", "J": "long",
           "F": "float", "D": "double"}  # fmt: skip
SIGNATURE = "Ldalvik/annotation/Signature;"
SOURCE_ONLY = frozenset({
    "Ljava/lang/Override;", "Ljava/lang/SuppressWarnings;", "Ljava/lang/FunctionalInterface;",
    "Ljava/lang/SafeVarargs;",
})  # fmt: skip


def annotations_of(m: Lowering, node: Syntax) -> tuple[Annotation, ...]:
    """Annotations in front of a declaration, those that only compilers see left out."""
    modifiers = node.first("modifiers")
    found: list[Annotation] = []
    for one in modifiers.all(*KINDS) if modifiers is not None else ():
        try:
            made = annotation(m, one)
        except UnreadableError as error:
            m.unit.lost(error, one.span)
            continue
        if made.type not in SOURCE_ONLY and made.type not in {other.type for other in found}:
            found.append(made)
    return tuple(found)


def annotation(m: Lowering, node: Syntax) -> Annotation:
    """One annotation. ``runtime`` is assumed, as source does not say how long it is kept."""
    kind = m.resolve(node.named("name"))
    listed = node.fields.get("arguments") or node.first("annotation_argument_list")
    elements: dict[str, Value] = {}
    for name, value in _pairs(listed) if listed is not None else ():
        wanted = _element_type(m, kind, name)
        elements.setdefault(name, element(m, value, wanted))
    return Annotation(kind.desc, "runtime", tuple(elements.items()), node.span)


def _pairs(listed: Syntax) -> Iterator[tuple[str, Syntax]]:
    for one in listed.children:
        if one.type == "element_value_pair":
            yield one.named("key").text, one.named("value")
        else:
            yield "value", one


def _element_type(m: Lowering, kind: Type, name: str) -> Type | None:
    found = m.world.methods(kind, name)
    return found[0][0].returned if found else None


def element(m: Lowering, node: Syntax, wanted: Type | None) -> Value:
    """The value of an element; a single value stands for an array of one."""
    inner = wanted.element() if wanted is not None and wanted.is_array else wanted
    if node.type == "element_value_array_initializer":
        return Value("array", tuple(element(m, one, inner) for one in node.children), node.span)
    made = _single(m, node, inner)
    if wanted is not None and wanted.is_array:
        return Value("array", (made,), node.span)
    return made


def _single(m: Lowering, node: Syntax, wanted: Type | None) -> Value:
    if node.type in KINDS:
        return Value("annotation", annotation(m, node), node.span)
    if node.type == "class_literal" and node.children:
        return Value("type", m.resolve(node.children[0]).desc, node.span)
    found = constant_value(node, lambda name: constant_name(m, name, None).constant)
    if found is not None:
        return constant_as_value(found, wanted, node)
    if node.type in ("identifier", "field_access"):
        return Value("enum", _constant_of_enum(m, node, wanted), node.span)
    raise UnreadableError("the value of this annotation is not known", node.span)


def _constant_of_enum(m: Lowering, node: Syntax, wanted: Type | None) -> str:
    name = node.text.rpartition(".")[2]
    owner = wanted
    if node.type == "field_access":
        owner = type_named(m, node.named("object")) or wanted
    if owner is None:
        raise UnreadableError("the value of this annotation is not known", node.span)
    return f"{owner.desc}->{name}:{owner.desc}"


def constant_as_value(found: Constant, wanted: Type | None, node: Syntax) -> Value:
    """A constant as a listing holds it."""
    if wanted is not None and wanted.is_primitive:
        found = converted(found, wanted) or found
    if found.type.desc == STRING.desc:
        return Value("string", found.value, node.span)
    return Value(NUMBERS[found.type.desc], found.value, node.span)


def signature(kind: Type, node: Syntax) -> tuple[Annotation, ...]:
    """What dex keeps of a generic type; nothing for a plain one."""
    if not kind.args and not kind.var:
        return ()
    span = (node.fields.get("name") or node).span
    text = Value("string", generic(kind), span)
    return (Annotation(SIGNATURE, "system", (("value", Value("array", (text,), span)),), span),)


def generic(kind: Type, depth: int = 0) -> str:
    """A type as generic signatures of class files spell it."""
    dimensions = len(kind.desc) - len(kind.desc.lstrip("["))
    if kind.var:
        return "[" * dimensions + f"T{kind.var};"
    if not kind.args or depth > DEEPEST_TYPE:
        return kind.desc
    return f"{kind.desc[:-1]}<{''.join(generic(one, depth + 1) for one in kind.args)}>;"
