"""Lambda expressions and method references, as classes of their own.

Compilers for Android turn each into a class that implements the interface and keeps what the
expression captures; here the code stands in that class itself.

Source: The Java Language Specification, SE 17, 15.13, 15.27, 9.9 (function types).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from witnessmark.formats.java.calls import invoke, scoped_methods
from witnessmark.formats.java.captures import captured_by, captured_values, words
from witnessmark.formats.java.code import Code
from witnessmark.formats.java.conversions import as_type, check_cast, result_suffix, suffix
from witnessmark.formats.java.declarations import Parameter, declared_parameters
from witnessmark.formats.java.frame import finished
from witnessmark.formats.java.lookups import type_named
from witnessmark.formats.java.members import MethodInfo
from witnessmark.formats.java.method import Lowering, Result, Variable, lacking, shown
from witnessmark.formats.java.overloads import choose
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import (
    OBJECT,
    UNKNOWN,
    VOID,
    Type,
    proto,
    substituted,
)
from witnessmark.formats.java.unit import Captured
from witnessmark.formats.java.world import bindings
from witnessmark.formats.listing.model import Body, ListedClass, ListedField, ListedMethod
from witnessmark.model.location import Span

RECEIVER = "-receiver"
"""Name of the object in front of a method reference; no source can use it."""

NAMELESS = "lambda"
"""Name of the method where the interface is not known."""

SYNTHETIC_CLASS, SYNTHETIC_FIELD = 0x1010, 0x1012


class Function(Struct, frozen=True):
    """The method to implement: name, types as the interface declares and as they are seen."""

    name: str
    declared: tuple[Type, ...]
    seen: tuple[Type, ...]
    declared_return: Type
    returned: Type


def _function(m: Lowering, node: Syntax, expected: Type | None, count: int) -> Function:
    """What the place of the expression asks for."""
    kind = expected if expected is not None and expected.desc != "V" else UNKNOWN
    found = m.world.single_abstract(kind)
    if found is None:
        lacking(m, kind, node.span, "asks for no single method", shown(node))
        unknown = (OBJECT,) * count
        return Function(NAMELESS, unknown, (UNKNOWN,) * count, OBJECT, UNKNOWN)
    method, seen = found
    info = m.world.info(seen.desc)
    bound = bindings(info, seen) if info is not None else {}
    kinds = tuple(substituted(one, bound) for one in method.parameters)
    return Function(
        method.name, method.parameters, kinds, method.returned, substituted(method.returned, bound)
    )


def lambda_expression(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """``(a, b) -> body``."""
    names, kinds = _parameters(m, node)
    function = _function(m, node, expected, len(names))
    if len(names) != len(function.declared):
        raise UnreadableError("the interface asks for other parameters", node.span)
    body = node.named("body")
    seen = tuple(kind or one for kind, one in zip(kinds, function.seen, strict=True))

    def lowered(inner: Lowering) -> None:
        if body.type == "block":
            inner.statement(body)
        else:
            _give_back(inner, body, function)

    captured = captured_by(m, body)
    return _made(m, node, expected, function, captured, names, seen, lowered)


def _parameters(m: Lowering, node: Syntax) -> tuple[list[str], list[Type | None]]:
    listed = node.named("parameters")
    if listed.type == "identifier":
        return [listed.text], [None]
    if listed.type == "inferred_parameters":
        return [one.text for one in listed.children], [None] * len(listed.children)
    found = list(declared_parameters(node))
    kinds = [_written_type(m, one) for one in found]
    return [one.name for one in found], kinds


def _written_type(m: Lowering, one: Parameter) -> Type | None:
    """The type of a parameter, None where the interface tells it."""
    if one.type in ("var", "void"):
        return None
    return m.world.names.resolve(one.type, m.scope, one.dimensions)


def _give_back(m: Lowering, body: Syntax, function: Function) -> None:
    """Return the value of an expression, if the method returns any."""
    if function.declared_return.desc == "V":
        m.value(body, VOID)
        return
    wanted = None if function.returned.is_unknown else function.returned
    found = m.value(body, wanted)
    if found.type.desc == "V":
        return
    found = as_type(m, found, function.declared_return)
    m.code.emit(f"return{result_suffix(function.declared_return)}", (m.load(found),), body.span)


def _made(
    m: Lowering,
    node: Syntax,
    expected: Type | None,
    function: Function,
    captured: Captured,
    names: Sequence[str],
    seen: Sequence[Type],
    lowered: object,
) -> Result:
    """The object, and its class for later."""
    unit, within = m.unit, m.scope.within or m.owner
    desc = unit.lambda_name(within)
    kind = expected if expected is not None and not expected.is_primitive else UNKNOWN
    scope, owner, outer = m.scope, m.owner, m.owner if m.this >= 0 else None
    register = m.code.register(OBJECT)
    m.code.emit("new-instance", (register,), node.span, reference=desc)
    front = [Result(Type(owner), node.span, m.this)] if outer is not None else []
    values = [*front, *captured_values(m, captured, node.span)]
    kept = [*(("this$0", one.type) for one in front), *(
        (f"val${name}", one) for name, one in captured.variables.items())]  # fmt: skip
    spelled = f"{desc}-><init>{proto([one for _, one in kept], VOID)}"
    invoke(m, node.span, "invoke-direct", spelled, (register, *words(m, values)))
    rules = m.rules

    def later() -> None:
        returned = function.declared_return
        code = Code(1 + sum(2 if one.is_wide else 1 for one in function.declared))
        inner = Lowering(unit, rules, code, scope, owner, returned)
        code.line = node.line
        _arrive(inner, desc, outer, captured, node.span)
        _name_parameters(inner, function, names, seen, node.span)
        try:
            assert callable(lowered)
            lowered(inner)
        except UnreadableError as error:
            unit.lost(error, node.span)
        end_body(inner, node.span)
        body = finished(code, (Type(desc), *function.declared), names)
        unit.classes.append(_class(desc, kind, function, kept, body, node))

    unit.pending.append(later)
    return Result(kind, node.span, register)


def _arrive(m: Lowering, desc: str, outer: str | None, captured: Captured, span: Span) -> None:
    """Bring what the object keeps into registers."""
    if outer is not None:
        m.this = m.code.local(OBJECT)
        m.code.emit("iget-object", (m.this, 0), span, reference=f"{desc}->this$0:{outer}")
    for name, kind in captured.variables.items():
        local = m.declare(name, kind, captured.constants.get(name))
        m.code.emit(f"iget{suffix(kind)}", (local.register, 0), span,
                    reference=f"{desc}->val${name}:{kind.desc}")  # fmt: skip


def _name_parameters(
    m: Lowering, function: Function, names: Sequence[str], seen: Sequence[Type], span: Span
) -> None:
    at = 1
    for name, declared, kind in zip(names, function.declared, seen, strict=True):
        found = Result(declared, span, at)
        if kind.is_primitive and not declared.is_primitive:
            found = as_type(m, found, kind)
        elif kind.desc != declared.desc and not kind.is_unknown and not kind.is_primitive:
            m.code.emit("check-cast", (at,), span, reference=kind.desc)
            found = Result(kind, span, at)
        m.blocks[-1][name] = variable_of(found, kind)
        at += 2 if declared.is_wide else 1


def variable_of(found: Result, kind: Type) -> Variable:
    """A local that lives where a value is."""
    return Variable(found.register, kind if not kind.is_unknown else found.type)


def end_body(m: Lowering, span: Span) -> None:
    """What a method does at its end, where control arrives there."""
    m.code.settle()
    if not m.code.goes_on:
        return
    if m.returned.desc == "V":
        m.code.emit("return-void", (), span)
        return
    register = m.code.register(m.returned)
    m.code.emit("const-wide" if m.returned.is_wide else "const", (register,), span, literal=0)
    m.code.emit(f"return{result_suffix(m.returned)}", (register,), span)


def _class(
    desc: str, kind: Type, function: Function, kept: Sequence[tuple[str, Type]], body: Body,
    node: Syntax,
) -> ListedClass:  # fmt: skip
    fields = tuple(
        ListedField(name, one.desc, SYNTHETIC_FIELD, None, (), node.span) for name, one in kept
    )
    spelled = proto(function.declared, function.declared_return)
    method = ListedMethod(function.name, spelled, 0x11, body, (), node.span)
    interfaces = () if kind.desc == OBJECT.desc else (kind.desc,)
    return ListedClass(desc, OBJECT.desc, interfaces, SYNTHETIC_CLASS, None, fields,
                       (_constructor(desc, kept, node), method), (), node.span)  # fmt: skip


def _constructor(desc: str, kept: Sequence[tuple[str, Type]], node: Syntax) -> ListedMethod:
    kinds = [one for _, one in kept]
    code = Code(1 + sum(2 if one.is_wide else 1 for one in kinds))
    code.line = node.line
    code.emit("invoke-direct", (0,), node.span, reference="Ljava/lang/Object;-><init>()V")
    at = 1
    for name, kind in kept:
        code.emit(f"iput{suffix(kind)}", (at, 0), node.span,
                  reference=f"{desc}->{name}:{kind.desc}")  # fmt: skip
        at += 2 if kind.is_wide else 1
    code.emit("return-void", (), node.span)
    body = finished(code, (Type(desc), *kinds), ())
    return ListedMethod("<init>", proto(kinds, VOID), 0x10000, body, (), node.span)


def method_reference(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """``Type::method``, ``object::method``, ``Type::new``."""
    if not node.children and "super" not in node.tokens:
        raise UnreadableError("this names no method", node.span)
    function = _function(m, node, expected, 1)
    names = [f"p{place}" for place in range(len(function.declared))]
    target = node.children[0] if node.children else node
    kind = _named_type(m, target)
    name = node.children[-1].text if len(node.children) > 1 else "<init>"
    captured = Captured({}, m.this >= 0)
    bound = None
    if kind is None and target.type not in ("this", "super"):
        bound = m.value(target)
        m.blocks.append({RECEIVER: variable_of(Result(bound.type, bound.span, m.load(bound)),
                                           bound.type)})  # fmt: skip
        captured = Captured({RECEIVER: bound.type}, m.this >= 0)

    def lowered(inner: Lowering) -> None:
        _refer(inner, node, function, names, kind, name)

    try:
        return _made(m, node, expected, function, captured, names, function.seen, lowered)
    finally:
        if bound is not None:
            m.blocks.pop()


def _named_type(m: Lowering, target: Syntax) -> Type | None:
    if target.type in ("this", "super", "method_reference"):
        return None
    return type_named(m, target)


def _refer(
    m: Lowering, node: Syntax, function: Function, names: Sequence[str], kind: Type | None,
    name: str,
) -> None:  # fmt: skip
    given = []
    for one in names:
        local = m.variable(one)
        assert local is not None
        given.append(Result(local.type, node.span, local.register))
    if name in ("<init>", "new") and kind is not None:
        _give(m, node, function, _created(m, node, kind, given))
        return
    bound = m.variable(RECEIVER)
    if kind is None:
        target = Result(bound.type, node.span, bound.register) if bound is not None else Result(
            Type(m.owner), node.span, m.this)  # fmt: skip
        candidates = m.world.methods(target.type, name) or list(scoped_methods(m, name)[0])
        _give(m, node, function, _called(m, node, name, candidates, target, given))
        return
    candidates = m.world.methods(kind, name)
    static = [one for one in candidates if one[0].is_static
              and len(one[0].parameters) == len(given)]  # fmt: skip
    if static or not given:
        _give(m, node, function, _called(m, node, name, static, None, given, kind))
    else:
        target = given[0] if given[0].type.desc == kind.desc else check_cast(
            m, given[0], kind, node.span)  # fmt: skip
        _give(m, node, function, _called(m, node, name, candidates, target, given[1:]))


def _created(m: Lowering, node: Syntax, kind: Type, given: list[Result]) -> Result:
    register = m.code.register(OBJECT)
    if kind.is_array and given:
        m.code.emit("new-array", (register, m.load(given[0])), node.span, reference=kind.desc)
        return Result(kind, node.span, register)
    m.code.emit("new-instance", (register,), node.span, reference=kind.desc)
    chosen = choose(m.world, m.world.methods(kind, "<init>"), [one.type for one in given])
    kinds = chosen.method.parameters if chosen is not None else [one.type for one in given]
    given = [as_type(m, one, kind_) for one, kind_ in zip(given, kinds, strict=False)]
    spelled = f"{kind.desc}-><init>{proto(kinds, VOID)}"
    invoke(m, node.span, "invoke-direct", spelled, (register, *words(m, given)))
    return Result(kind, node.span, register)


def _called(
    m: Lowering, node: Syntax, name: str, candidates: Sequence[tuple[MethodInfo, Type]],
    target: Result | None, given: list[Result], kind: Type | None = None,
) -> Result:  # fmt: skip
    chosen = choose(m.world, candidates, [one.type for one in given])
    method = chosen.method if chosen is not None else next(
        (one for one, _ in candidates if len(one.parameters) == len(given)), None)  # fmt: skip
    owner = target.type if target is not None else kind or UNKNOWN
    if method is None:
        lacking(m, owner, node.span, f"has no method {name[:60]} that fits", shown(node))
        spelled, returned = proto([one.type for one in given], UNKNOWN), UNKNOWN
        is_static = target is None
    else:
        given = [as_type(m, one, want) for one, want in zip(given, method.parameters, strict=False)]
        spelled, returned = method.proto, method.returned
        is_static = method.is_static
    front = () if is_static or target is None else (m.load(target),)
    info = m.world.info(owner.desc)
    how = "invoke-static" if not front else "invoke-interface" if (
        info is not None and info.is_interface) else "invoke-virtual"  # fmt: skip
    invoke(m, node.span, how, f"{owner.desc}->{name}{spelled}", (*front, *words(m, given)))
    if returned.desc == "V":
        return Result(VOID, node.span)
    register = m.code.register(returned)
    m.code.emit(f"move-result{result_suffix(returned)}", (register,), node.span)
    return Result(returned, node.span, register)


def _give(m: Lowering, node: Syntax, function: Function, found: Result) -> None:
    if function.declared_return.desc == "V" or found.type.desc == "V":
        return
    found = as_type(m, found, function.declared_return)
    m.code.emit(f"return{result_suffix(function.declared_return)}", (m.load(found),), node.span)
