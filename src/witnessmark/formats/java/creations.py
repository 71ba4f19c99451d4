"""Objects as they are made: ``new``, also of inner, local and anonymous classes.

Source: The Java Language Specification, SE 17, 15.9 (instance creation), 15.9.5 (anonymous
classes), 8.8.7.1 (constructor invocations).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from witnessmark.formats.java.arguments import Handed, handed, listed
from witnessmark.formats.java.calls import invoke
from witnessmark.formats.java.captures import captured_by, captured_values, words
from witnessmark.formats.java.declarations import class_decl
from witnessmark.formats.java.lookups import nest, outer_object
from witnessmark.formats.java.method import Lowering, Result
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import OBJECT, VOID, Type, proto
from witnessmark.model.location import Span

INTERFACE_ENDINGS = ("Listener", "Callback", "Callbacks", "Observer", "Runnable", "Consumer",
                     "Supplier", "Function", "Predicate", "Comparator")  # fmt: skip
SKIPPED = ("type_arguments", "annotation", "marker_annotation")


class SuperCall(Struct, frozen=True):
    """What the constructor of an anonymous class hands to the constructor above it."""

    kind: Type
    parameters: tuple[Type, ...]


def object_creation(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """``new Type(arguments) { body }``, also ``outer.new Inner()``."""
    written = node.named("type")
    before = [one for one in node.children if one.end <= written.start and one.type not in SKIPPED]
    outer = m.value(before[0]) if before else None
    kind = m.resolve(written)
    if outer is not None:
        nested = m.world.names.nested(outer.type.desc, written.text.partition("<")[0])
        kind = Type(nested) if nested is not None else kind
    body = node.first("class_body")
    if body is not None:
        return _anonymous(m, node, kind)
    register = m.code.register(OBJECT)
    m.code.emit("new-instance", (register,), node.span, reference=kind.desc)
    construct(m, node, listed(node), kind, register, outer)
    return Result(_with_arguments(kind, expected), node.span, register)


def _with_arguments(kind: Type, expected: Type | None) -> Type:
    """The arguments of ``new ArrayList<>()``, as far as its place tells them."""
    if kind.args or expected is None or expected.desc != kind.desc:
        return kind
    return expected


def construct(
    m: Lowering,
    node: Syntax,
    nodes: Sequence[Syntax],
    kind: Type,
    register: int,
    outer: Result | None = None,
    hidden: Sequence[Result] = (),
) -> None:
    """Call a constructor of ``kind`` on the object in ``register``.

    ``hidden`` are arguments in front that the source does not write; where there are none, an
    inner class gets its outer object.
    """
    candidates = m.world.methods(kind, "<init>")
    front = list(hidden) or outer_of(m, kind, outer, node.span)
    before = words(m, front)
    given = handed(m, nodes, candidates)
    captured = m.unit.captured.get(kind.desc)
    behind = captured_values(m, captured, node.span) if captured is not None else []
    if given.chosen is None and m.world.info(kind.desc) is None and not kind.is_unknown:
        m.unit.note_missing(kind.desc, node.span)
    middle = given.chosen.method.parameters if given.chosen is not None else given.types
    kinds = [*(one.type for one in front), *middle, *(one.type for one in behind)]
    registers = (register, *before, *given.registers, *words(m, behind))
    m.code.line = node.line
    spelled = f"{kind.desc}-><init>{proto(kinds, VOID)}"
    invoke(m, node.span, "invoke-direct", spelled, registers)


def outer_of(m: Lowering, kind: Type, outer: Result | None, span: Span) -> list[Result]:
    """The outer object that an inner class needs; none for other classes."""
    info = m.world.info(kind.desc)
    if info is None or not info.is_inner or info.outer is None:
        return []
    if outer is not None:
        return [Result(Type(info.outer), span, m.load(outer))]
    for desc in nest(m):
        if m.world.is_subtype(desc, info.outer):
            found = outer_object(m, desc, span)
            return [Result(Type(info.outer), span, found.register)]
    raise UnreadableError("there is no object of the outer class here", span)


def _is_interface(m: Lowering, kind: Type, node: Syntax) -> bool:
    info = m.world.info(kind.desc)
    if info is not None:
        return info.is_interface
    return not listed(node) and kind.desc[:-1].endswith(INTERFACE_ENDINGS)


def _anonymous(m: Lowering, node: Syntax, kind: Type) -> Result:
    """An object of a class without a name; its code is lowered later."""
    unit, within = m.unit, m.scope.within or m.owner
    desc = unit.fresh_name(within)
    is_interface = _is_interface(m, kind, node)
    decl = class_decl(node, desc, within, m.scope.file)
    decl.access = 0
    decl.inner = m.this >= 0
    above = (OBJECT, kind) if is_interface else (kind,)
    register = m.code.register(OBJECT)
    m.code.emit("new-instance", (register,), node.span, reference=desc)
    given = handed(m, listed(node), () if is_interface else m.world.methods(kind, "<init>"))
    body = node.first("class_body")
    assert body is not None
    captured = captured_by(m, body)
    unit.captured[desc] = captured
    unit.made.append(desc)
    m.world.names.bind(decl, m.scope, above)
    front = (
        [Result(Type(within), node.span, _outer(m, within, node.span))] if captured.outer else []
    )
    behind = captured_values(m, captured, node.span)
    middle = _middle(given)
    kinds = [*(one.type for one in front), *middle, *captured.variables.values()]
    registers = (register, *words(m, front), *given.registers, *words(m, behind))
    m.code.line = node.line
    spelled = f"{desc}-><init>{proto(kinds, VOID)}"
    invoke(m, node.span, "invoke-direct", spelled, registers)
    call = SuperCall(OBJECT if is_interface else kind, tuple(middle))
    unit.pending.append(lambda: m.rules.later(unit, m.rules, decl, node, call))
    return Result(Type(desc), node.span, register)


def _outer(m: Lowering, within: str, span: Span) -> int:
    return outer_object(m, within, span).register if within != m.owner else m.this


def _middle(given: Handed) -> Sequence[Type]:
    return given.chosen.method.parameters if given.chosen is not None else given.types


def local_class(m: Lowering, node: Syntax) -> None:
    """A class declared in a body; its code is lowered later."""
    unit, within = m.unit, m.scope.within or m.owner
    name = node.named("name").text
    desc = unit.fresh_name(within, name)
    decl = class_decl(node, desc, within, m.scope.file)
    is_free = decl.kind != "class" or m.this < 0
    decl.inner = not is_free
    local = {**m.scope.local, name: desc}
    m.scope = type(m.scope)(m.scope.file, m.scope.within, m.scope.variables, local)
    captured = captured_by(m, node)
    if decl.kind == "class":
        unit.captured[desc] = type(captured)(captured.variables, not is_free, captured.constants)
    unit.made.append(desc)
    m.world.names.bind(decl, m.scope, None)
    unit.pending.append(lambda: m.rules.later(unit, m.rules, decl, node, None))
