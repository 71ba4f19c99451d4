"""Calls of methods.

Source: The Java Language Specification, SE 17, 15.12; 13.1 for the class that a call names.
"""

from __future__ import annotations

from witnessmark.formats.java.arguments import Candidates, Handed, handed, listed
from witnessmark.formats.java.conversions import box, result_suffix
from witnessmark.formats.java.lookups import nest, outer_object, type_named
from witnessmark.formats.java.members import PRIVATE, MethodInfo
from witnessmark.formats.java.method import Lowering, Result, lacking, shown
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import OBJECT, UNKNOWN, VOID, Type, proto
from witnessmark.formats.listing.pool import proto_parts
from witnessmark.model.location import Span

MOST_WORDS = 255


def invocation(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """A call; ``expected`` is void where nothing uses the result."""
    name = node.named("name").text
    target = node.fields.get("object")
    if target is None:
        return _on_scope(m, node, name, expected)
    if "super" in node.tokens or target.type == "super" or node.first("super") is not None:
        return _on_super(m, node, name, target, expected)
    owner = type_named(m, target)
    if owner is not None:
        return _on_class(m, node, name, owner, expected)
    found = m.value(target)
    if found.type.is_primitive:
        found = box(m, found)
    if not has_method(m, found.type, name):
        found = m.other(target, found, lambda kind: has_method(m, kind, name))
    return _on_object(m, node, name, found, expected)


def has_method(m: Lowering, kind: Type, name: str) -> bool:
    """Whether a type has a method of that name."""
    return bool(m.world.methods(OBJECT if kind.is_array else kind, name))


def _on_object(
    m: Lowering, node: Syntax, name: str, target: Result, expected: Type | None
) -> Result:
    kind = target.type
    candidates = m.world.methods(OBJECT if kind.is_array else kind, name)
    receiver = m.load(target)
    given = handed(m, listed(node), candidates)
    if given.chosen is None:
        return _unknown(m, node, name, kind, receiver, given, expected)
    method = given.chosen.method
    if method.is_static:
        return _invoked(m, node, "invoke-static", kind.desc, given, (), expected)
    if kind.is_array and name == "clone":
        return _result(m, kind, kind, expected, node.span, _invoke(
            m, node.span, "invoke-virtual", f"{kind.desc}->clone()Ljava/lang/Object;", (receiver,),
            OBJECT))  # fmt: skip
    owner, how = _how(m, OBJECT if kind.is_array else kind, method)
    if name == "getClass" and not given.types:
        returned = Type(method.returned.desc, (kind,))
        call = _invoke(m, node.span, how, f"{owner}->{name}{method.proto}", (receiver,), returned)
        return _result(m, returned, returned, expected, node.span, call)
    return _invoked(m, node, how, owner, given, (receiver,), expected)


def _how(m: Lowering, kind: Type, method: MethodInfo) -> tuple[str, str]:
    """Class that the call names, and the instruction for it."""
    info = m.world.info(kind.desc)
    if info is not None and info.is_interface:
        if method.owner == OBJECT.desc:
            return OBJECT.desc, "invoke-virtual"
        return kind.desc, "invoke-interface"
    if method.access & PRIVATE:
        return method.owner, "invoke-direct"
    return kind.desc, "invoke-virtual"


def _on_class(m: Lowering, node: Syntax, name: str, owner: Type, expected: Type | None) -> Result:
    candidates = m.world.methods(owner, name)
    given = handed(m, listed(node), candidates)
    if given.chosen is None:
        return _unknown(m, node, name, owner, -1, given, expected)
    if given.chosen.method.is_static:
        is_inherited_by_interface = (info := m.world.info(owner.desc)) is not None and (
            info.is_interface
        )
        named = given.chosen.method.owner if is_inherited_by_interface else owner.desc
        return _invoked(m, node, "invoke-static", named, given, (), expected)
    target = outer_object(m, owner.desc, node.span)
    how_owner, how = _how(m, owner, given.chosen.method)
    return _invoked(m, node, how, how_owner, given, (target.register,), expected)


def _on_super(
    m: Lowering, node: Syntax, name: str, target: Syntax, expected: Type | None
) -> Result:
    here = m.owner
    above = m.world.names.above(here)
    kind = above[0] if above else OBJECT
    if target.type != "super":
        named = m.resolve(target)
        interfaces = [one for one in above if one.desc == named.desc]
        if interfaces:
            kind = interfaces[0]
        elif named.desc != here:
            here = named.desc
            kind = (m.world.names.above(here) or (OBJECT,))[0]
    receiver = outer_object(m, here, node.span).register
    candidates = m.world.methods(kind, name)
    given = handed(m, listed(node), candidates)
    if given.chosen is None:
        return _unknown(m, node, name, kind, receiver, given, expected, how="invoke-super")
    return _invoked(m, node, "invoke-super", kind.desc, given, (receiver,), expected)


def scoped_methods(m: Lowering, name: str) -> tuple[Candidates, str | None]:
    """Methods that a simple name means, and the class around the code that has them."""
    for desc in nest(m):
        info = m.world.info(desc)
        found = m.world.methods(info.type if info is not None else Type(desc), name)
        if found:
            return found, desc
    for path in (*m.scope.file.static_single.get(name, ()), *m.scope.file.static_wildcards):
        owner = m.world.names.find(tuple(path.split("/")), m.scope)
        found = m.world.methods(Type(owner), name) if owner is not None else []
        if found:
            return found, None
    return (), None


def _on_scope(m: Lowering, node: Syntax, name: str, expected: Type | None) -> Result:
    candidates, desc = scoped_methods(m, name)
    given = handed(m, listed(node), candidates)
    if given.chosen is None:
        return _unknown_on_scope(m, node, name, given, expected)
    method = given.chosen.method
    if method.is_static:
        return _invoked(m, node, "invoke-static", desc or method.owner, given, (), expected)
    if desc is None:
        raise UnreadableError(f"{name[:60]} is no method of a class around", node.span)
    receiver = outer_object(m, desc, node.span).register
    owner, how = _how(m, Type(desc), method)
    return _invoked(m, node, how, owner, given, (receiver,), expected)


def _unknown_on_scope(
    m: Lowering, node: Syntax, name: str, given: Handed, expected: Type | None
) -> Result:
    """A method of a superclass that is not here, or an import of a class that is not here."""
    imported = m.scope.file.static_single.get(name, ())
    if imported:
        kind = Type(m.world.names.guess(tuple(imported[0].split("/")), m.scope))
        return _unknown(m, node, name, kind, -1, given, expected)
    around = list(nest(m))
    desc = next((one for one in around if not m.world.is_complete(one)), around[0])
    receiver = outer_object(m, desc, node.span).register if m.this >= 0 else -1
    return _unknown(m, node, name, Type(desc), receiver, given, expected)


def _unknown(
    m: Lowering,
    node: Syntax,
    name: str,
    kind: Type,
    receiver: int,
    given: Handed,
    expected: Type | None,
    how: str = "",
) -> Result:
    """A call of a method that no known class declares, named by what its arguments are."""
    returned = UNKNOWN if expected is None else expected
    lacking(m, kind, node.span, f"has no method {name[:60]} that fits", shown(node))
    owner = OBJECT.desc if kind.is_array else kind.desc
    info = m.world.info(owner)
    if not how:
        how = "invoke-interface" if info is not None and info.is_interface else "invoke-virtual"
    how = how if receiver >= 0 else "invoke-static"
    first = (receiver,) if receiver >= 0 else ()
    spelled = f"{owner}->{name}{proto(given.types, returned)}"
    call = _invoke(m, node.span, how, spelled, (*first, *given.registers), returned)
    return Result(returned, node.span, call)


def _invoked(
    m: Lowering,
    node: Syntax,
    how: str,
    owner: str,
    given: Handed,
    receiver: tuple[int, ...],
    expected: Type | None,
) -> Result:
    chosen = given.chosen
    assert chosen is not None
    method = chosen.method
    spelled = f"{owner}->{method.name}{method.proto}"
    call = _invoke(m, node.span, how, spelled, (*receiver, *given.registers), method.returned,
                   unused=expected == VOID)  # fmt: skip
    returned = chosen.returned
    if returned.var in method.type_parameters and returned.var and expected is not None:
        fits = not expected.is_primitive and m.world.is_subtype(expected.desc, returned.desc)
        returned = expected if fits else returned
    return _result(m, method.returned, returned, expected, node.span, call)


def _result(
    m: Lowering, erased: Type, returned: Type, expected: Type | None, span: Span, call: int
) -> Result:
    """What a call gives, checked where a type variable stands for something."""
    if expected == VOID or erased.desc == "V":
        return Result(VOID, span, call)
    if returned.desc != erased.desc and not returned.is_unknown and not erased.is_primitive:
        m.code.emit("check-cast", (call,), span, reference=returned.desc)
    return Result(returned, span, call)


def _invoke(
    m: Lowering,
    span: Span,
    how: str,
    spelled: str,
    registers: tuple[int, ...],
    returned: Type,
    *,
    unused: bool = False,
) -> int:
    """Emit a call; the register of its result, -1 for none."""
    invoke(m, span, how, spelled, registers)
    if returned.desc == "V" or unused:
        return -1
    register = m.code.register(returned)
    m.code.emit(f"move-result{result_suffix(returned)}", (register,), span)
    return register


def invoke(m: Lowering, span: Span, how: str, spelled: str, registers: tuple[int, ...]) -> None:
    """A call instruction; more than five words of arguments are put into a row."""
    if len(registers) > MOST_WORDS:
        raise UnreadableError(f"a call with {len(registers)} words of arguments", span)
    if len(registers) > 5:
        registers = _in_a_row(m, span, how, spelled, registers)
        how += "/range"
    m.code.emit(how, registers, span, reference=spelled)


def _in_a_row(
    m: Lowering, span: Span, how: str, spelled: str, registers: tuple[int, ...]
) -> tuple[int, ...]:
    kinds = list(proto_parts(spelled[spelled.index("(") :])[1])
    if how != "invoke-static":
        kinds.insert(0, OBJECT.desc)
    first = m.code.block(len(registers))
    at = 0
    for kind in kinds:
        one = Type(kind)
        form = "-wide" if one.is_wide else "" if one.is_primitive else "-object"
        if at < len(registers):
            m.code.emit(f"move{form}/16", (first + at, registers[at]), span)
        at += 2 if one.is_wide else 1
    return tuple(range(first, first + len(registers)))
