"""Arrays as they are made.

Source: The Java Language Specification, SE 17, 10.6 and 15.10.
"""

from __future__ import annotations

from witnessmark.formats.java.arguments import new_array, put_element
from witnessmark.formats.java.constants import Value, bit_pattern, converted
from witnessmark.formats.java.conversions import as_type
from witnessmark.formats.java.method import Lowering, Result
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import INT, OBJECT, UNKNOWN, Type, array_of
from witnessmark.formats.listing.model import ArrayData
from witnessmark.model.location import Span

WIDTHS = {"Z": 1, "B": 1, "C": 2, "S": 2, "I": 4, "F": 4, "J": 8, "D": 8}
FEWEST = 2
"""Constants from which on an array of numbers is filled from a table."""


def array_creation(m: Lowering, node: Syntax, _expected: Type | None) -> Result:
    """``new int[3]``, ``new int[][]{{1}}``."""
    element = m.resolve(node.named("type"))
    sizes = list(node.all("dimensions_expr"))
    empty = sum(one.text.count("[") for one in node.all("dimensions"))
    kind = array_of(element, len(sizes) + empty)
    value = node.fields.get("value")
    if value is not None:
        return initialised(m, value, kind)
    if not sizes or any(not one.children for one in sizes):
        raise UnreadableError("this array has no size", node.span)
    registers = [m.load(as_type(m, m.value(one.children[-1], INT), INT)) for one in sizes]
    array = m.code.register(OBJECT)
    if len(sizes) == 1:
        m.code.emit("new-array", (array, registers[0]), node.span, reference=kind.desc)
        return Result(kind, node.span, array)
    return _several(m, node.span, kind, registers)


def _several(m: Lowering, span: Span, kind: Type, sizes: list[int]) -> Result:
    """An array of arrays, made by reflection as compilers for Android do."""
    counted = new_array(m, Type("[I"), [Result(INT, span, one) for one in sizes], span)
    held = m.code.register(OBJECT)
    m.code.emit("const-class", (held,), span, reference=kind.desc[len(sizes) :])
    m.code.emit("invoke-static", (held, counted.register), span, reference=(
        "Ljava/lang/reflect/Array;->newInstance(Ljava/lang/Class;[I)Ljava/lang/Object;"
    ))  # fmt: skip
    array = m.code.register(OBJECT)
    m.code.emit("move-result-object", (array,), span)
    m.code.emit("check-cast", (array,), span, reference=kind.desc)
    return Result(kind, span, array)


def array_initializer(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """``{1, 2}`` where the type comes from the declaration."""
    return initialised(m, node, expected if expected is not None else array_of(UNKNOWN))


def initialised(m: Lowering, node: Syntax, kind: Type) -> Result:
    """An array with the elements of an initialiser."""
    if not kind.is_array:
        kind = array_of(UNKNOWN)
    element = kind.element()
    array, size = m.code.register(OBJECT), m.code.register(INT)
    m.code.line = node.line
    m.code.emit("const", (size,), node.span, literal=len(node.children))
    m.code.emit("new-array", (array, size), node.span, reference=kind.desc)
    table = _table(m, node, element)
    if table is not None:
        m.code.emit("fill-array-data", (array,), node.span, payload=table)
        return Result(kind, node.span, array)
    for place, one in enumerate(node.children):
        mark = m.code.mark()
        try:
            found = m.value(one, element)
        except UnreadableError as error:
            m.unit.lost(error, one.span)
        else:
            m.code.line = one.line
            put_element(m, array, place, as_type(m, found, element), element)
        m.code.release(mark)
    return Result(kind, node.span, array)


def _table(m: Lowering, node: Syntax, element: Type) -> ArrayData | None:
    width = WIDTHS.get(element.desc)
    if width is None or len(node.children) < FEWEST:
        return None
    elements: list[int] = []
    for one in node.children:
        found = m.constant(one)
        value = _element(found, element) if found is not None else None
        if value is None:
            return None
        elements.append(bit_pattern(value))
    return ArrayData(width, tuple(elements))


def _element(found: Value, element: Type) -> Value | None:
    return found if found.type.desc == element.desc else converted(found, element)
