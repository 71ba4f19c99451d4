"""Arguments of calls: which method they choose, and how they are handed over.

Source: The Java Language Specification, SE 17, 15.12.2 (choosing), 18 (what type variables stand
for, of which only the plain cases are followed), 15.12.4.2 (variable arity).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from witnessmark.formats.java.conversions import as_type, suffix
from witnessmark.formats.java.members import MethodInfo
from witnessmark.formats.java.method import Lowering, Result
from witnessmark.formats.java.overloads import Chosen, choose
from witnessmark.formats.java.syntax import Syntax
from witnessmark.formats.java.types import INT, OBJECT, UNKNOWN, Type, boxed, substituted
from witnessmark.model.location import Span

LATER = ("lambda_expression", "method_reference")
"""Arguments whose meaning depends on the parameter."""

CHANGING = ("assignment_expression", "update_expression")
Candidates = Sequence[tuple[MethodInfo, Type]]


class Handed(Struct, frozen=True):
    """Arguments as registers in order, their types, and the method if it is known."""

    registers: tuple[int, ...]
    types: tuple[Type, ...]
    chosen: Chosen | None


def listed(node: Syntax) -> list[Syntax]:
    """The arguments in an argument list."""
    found = node.fields.get("arguments") or node.first("argument_list")
    return found.children if found is not None else []


def handed(m: Lowering, nodes: Sequence[Syntax], candidates: Candidates) -> Handed:
    """Lower arguments for one of ``candidates``; constants are loaded last."""
    hints = _hints(candidates, len(nodes))
    results: list[Result | None] = []
    for place, node in enumerate(nodes):
        if node.type in LATER:
            results.append(None)
            continue
        found = m.value(node, hints[place])
        if m.is_local(found.register) and any(n.type in CHANGING for n in nodes[place + 1 :]):
            found = copied(m, found)
        results.append(found)
    chosen = choose(m.world, candidates, [None if r is None else r.type for r in results])
    if chosen is None:
        chosen = _first_of_count(candidates, len(nodes))
    if chosen is not None:
        chosen = _inferred(chosen, results)
    return _loaded(m, nodes, results, chosen)


def copied(m: Lowering, found: Result) -> Result:
    """The value as it is now, whatever happens to the variable."""
    register = m.code.register(found.type)
    kind = "-wide" if found.type.is_wide else "" if found.type.is_primitive else "-object"
    m.code.emit(f"move{kind}/from16", (register, found.register), found.span)
    return Result(found.type, found.span, register)


def _hints(candidates: Candidates, count: int) -> list[Type | None]:
    """Parameter types, where the number of arguments leaves one method only."""
    fitting = [one for one, _ in candidates if len(one.parameters) == count or one.is_variable]
    if len(fitting) == 1 and not fitting[0].is_variable:
        return [None if one.var else one for one in fitting[0].parameters]
    return [None] * count


def _first_of_count(candidates: Candidates, count: int) -> Chosen | None:
    """Where types do not decide, the method's name and owner still are known."""
    for method, _ in candidates:
        if len(method.parameters) == count:
            return Chosen(method, method.parameters, method.returned, False)
    return None


def _inferred(chosen: Chosen, results: Sequence[Result | None]) -> Chosen:
    """What the method's own type variables stand for, as far as arguments tell."""
    names = chosen.method.type_parameters
    if not names:
        return chosen
    bound: dict[str, Type] = {}
    for kind, found in zip(chosen.parameters, results, strict=False):
        if found is not None and not found.is_null and not found.type.is_unknown:
            _bind(kind, found.type, names, bound)
    if not bound:
        return chosen
    return Chosen(
        chosen.method, tuple(substituted(one, bound) for one in chosen.parameters),
        substituted(chosen.returned, bound), chosen.as_array,
    )  # fmt: skip


def _bind(kind: Type, given: Type, names: Sequence[str], bound: dict[str, Type]) -> None:
    if kind.var in names:
        dimensions = len(kind.desc) - len(kind.desc.lstrip("["))
        if dimensions and given.desc.startswith("[" * dimensions):
            given = Type(given.desc[dimensions:], given.args, given.var)
        elif dimensions:
            return
        bound.setdefault(kind.var, boxed(given))
    for inner, argument in zip(kind.args, given.args, strict=False):
        if inner.var in names:
            bound.setdefault(inner.var, argument)


def _loaded(
    m: Lowering, nodes: Sequence[Syntax], results: Sequence[Result | None], chosen: Chosen | None
) -> Handed:
    ready: list[Result] = []
    kinds = _wanted(chosen, len(nodes))
    for node, found, kind in zip(nodes, results, kinds, strict=True):
        result = found if found is not None else m.value(node, kind)
        ready.append(as_type(m, result, kind) if kind is not None else result)
    if chosen is not None and chosen.as_array:
        fixed = len(chosen.parameters) - 1
        ready[fixed:] = [_packed(m, ready[fixed:], chosen.parameters[-1], nodes)]
    registers: list[int] = []
    for found in ready:
        first = m.load(found)
        registers += (first, first + 1) if found.type.is_wide else (first,)
    return Handed(tuple(registers), tuple(_spelled(one) for one in ready), chosen)


def _wanted(chosen: Chosen | None, count: int) -> list[Type | None]:
    if chosen is None:
        return [None] * count
    if not chosen.as_array:
        return list(chosen.parameters)
    fixed = len(chosen.parameters) - 1
    element = chosen.parameters[-1].element()
    return [*chosen.parameters[:fixed], *[element] * (count - fixed)]


def _packed(m: Lowering, elements: Sequence[Result], kind: Type, nodes: Sequence[Syntax]) -> Result:
    span = nodes[-len(elements)].span if elements else Span(0, 0)
    if elements:
        span = Span(span.offset, nodes[-1].span.end - span.offset)
    return new_array(m, kind, elements, span)


def new_array(m: Lowering, kind: Type, elements: Sequence[Result], span: Span) -> Result:
    """An array with these elements."""
    array = m.code.register(OBJECT)
    size = m.code.register(INT)
    m.code.emit("const", (size,), span, literal=len(elements))
    m.code.emit("new-array", (array, size), span, reference=kind.desc)
    for place, found in enumerate(elements):
        put_element(m, array, place, found, kind.element())
    return Result(kind, span, array)


def put_element(m: Lowering, array: int, place: int, found: Result, kind: Type) -> None:
    """Store an element at a constant place."""
    mark = m.code.mark()
    value = m.load(found)
    index = m.code.register(INT)
    m.code.emit("const", (index,), found.span, literal=place)
    m.code.emit(f"aput{suffix(kind)}", (value, array, index), found.span)
    m.code.release(mark)


def _spelled(found: Result) -> Type:
    """How a prototype of an unknown method names the type of an argument."""
    if found.is_null:
        return OBJECT
    return UNKNOWN if found.type.desc == "V" else found.type
