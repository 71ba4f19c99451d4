"""Statements except jumps, switches and try.

Source: The Java Language Specification, SE 17, chapter 14.
"""

from __future__ import annotations

from witnessmark.formats.java.conditions import test
from witnessmark.formats.java.constants import Value, converted
from witnessmark.formats.java.conversions import as_type, check_cast, suffix
from witnessmark.formats.java.declarations import dimensions
from witnessmark.formats.java.method import Exit, Lowering, Result
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import (
    INT,
    OBJECT,
    STRING,
    UNKNOWN,
    VOID,
    Type,
    reference,
)

LOOPS = ("while_statement", "do_statement", "for_statement", "enhanced_for_statement")
OPEN = ("var", "__")
"""Types that the initial value tells."""

ASSERTION = "Ljava/lang/AssertionError;"


def block(m: Lowering, node: Syntax) -> None:
    """``{ }``."""
    with m.block():
        for one in node.children:
            m.statement(one)


def nothing(m: Lowering, node: Syntax) -> None:
    """``;`` and what stands there without effect."""


def expression_statement(m: Lowering, node: Syntax) -> None:
    """``f();``"""
    for one in node.children:
        m.value(one, VOID)


def local_variables(m: Lowering, node: Syntax) -> None:
    """``int a = 1, b[];``"""
    kind = node.named("type")
    modifiers = node.first("modifiers")
    is_final = modifiers is not None and "final" in modifiers.tokens
    for one in node.all("variable_declarator"):
        value = one.fields.get("value")
        if kind.text in OPEN and value is not None:
            found = m.value(value)
            wanted = OBJECT if found.is_null else found.type
        else:
            wanted = m.resolve(kind, dimensions(one))
            constant = _constant(m, value, wanted) if is_final and value is not None else None
            variable = m.declare(one.named("name").text, wanted, constant)
            if value is None:
                continue
            try:
                found = as_type(m, m.value(value, wanted), wanted)
            except UnreadableError as error:
                m.unit.lost(error, value.span)
                continue
            m.load_into(found, variable.register)
            continue
        variable = m.declare(one.named("name").text, wanted)
        m.load_into(found, variable.register)


def _constant(m: Lowering, value: Syntax, wanted: Type) -> Value | None:
    found = m.constant(value)
    if found is None:
        return None
    return found if wanted == found.type else converted(found, wanted)


def if_statement(m: Lowering, node: Syntax) -> None:
    """``if`` and chains of ``else if``, which are followed without nesting."""
    end = m.code.label()
    one: Syntax | None = node
    while one is not None and one.type == "if_statement":
        no = m.code.label()
        m.code.line = one.line
        test(m, one.named("condition"), no, when=False)
        m.statement(one.named("consequence"))
        following = one.fields.get("alternative")
        if following is not None:
            m.code.jump(end, one.span)
        m.code.place(no)
        one = following
    if one is not None:
        m.statement(one)
    m.code.place(end)


def labeled_statement(m: Lowering, node: Syntax) -> None:
    """``name: statement``."""
    if len(node.children) < 2:
        raise UnreadableError("a label stands before nothing", node.span)
    name, inner = node.children[0].text, node.children[-1]
    if inner.type in LOOPS or inner.type == "labeled_statement":
        m.next_names = (*m.next_names, name)
        m.statement(inner)
        return
    end = m.code.label()
    m.exits.append(Exit(names=(*m.next_names, name), leave=end, is_block=True))
    m.next_names = ()
    m.statement(inner)
    m.exits.pop()
    m.code.place(end)


def _loop(m: Lowering) -> Exit:
    """A loop with the labels that stand before it."""
    found = Exit(names=m.next_names, leave=m.code.label(), again=m.code.label())
    m.next_names = ()
    m.exits.append(found)
    return found


def while_statement(m: Lowering, node: Syntax) -> None:
    """``while (condition) statement``."""
    loop = _loop(m)
    assert loop.again is not None
    assert loop.leave is not None
    m.code.place(loop.again)
    test(m, node.named("condition"), loop.leave, when=False)
    m.statement(node.named("body"))
    m.code.jump(loop.again, node.span)
    m.code.place(loop.leave)
    m.exits.pop()


def do_statement(m: Lowering, node: Syntax) -> None:
    """``do statement while (condition);``"""
    loop = _loop(m)
    assert loop.again is not None
    assert loop.leave is not None
    start = m.code.here()
    m.statement(node.named("body"))
    m.code.place(loop.again)
    test(m, node.named("condition"), start, when=True)
    m.code.place(loop.leave)
    m.exits.pop()


def for_statement(m: Lowering, node: Syntax) -> None:
    """``for (init; condition; update) statement``."""
    with m.block():
        condition, body = node.fields.get("condition"), node.named("body")
        parts = [one for one in node.children if one is not condition and one is not body]
        before = [one for one in parts if _stands_before(node, one)]
        for one in before:
            _part(m, one)
        loop = _loop(m)
        assert loop.again is not None
        assert loop.leave is not None
        start = m.code.here()
        if condition is not None:
            test(m, condition, loop.leave, when=False)
        m.statement(body)
        m.code.place(loop.again)
        for one in parts:
            if one not in before:
                _part(m, one)
        m.code.jump(start, node.span)
        m.code.place(loop.leave)
        m.exits.pop()


def _stands_before(node: Syntax, one: Syntax) -> bool:
    """Whether a part of a for statement is before the first semicolon outside of it."""
    return b";" not in node.source[node.start : one.start]


def _part(m: Lowering, one: Syntax) -> None:
    if one.type == "local_variable_declaration":
        m.statement(one)
        return
    mark = m.code.mark()
    m.value(one, VOID)
    m.code.release(mark)


def enhanced_for(m: Lowering, node: Syntax) -> None:
    """``for (Type name : values) statement``."""
    with m.block():
        found = m.value(node.named("value"))
        if found.type.is_array:
            _over_array(m, node, found)
        else:
            _over_iterable(m, node, found)


def _element_type(m: Lowering, node: Syntax, given: Type) -> Type:
    kind = node.named("type")
    return given if kind.text in OPEN else m.resolve(kind, dimensions(node))


def _over_array(m: Lowering, node: Syntax, found: Result) -> None:
    element = found.type.element()
    array, size, index = m.code.local(OBJECT), m.code.local(INT), m.code.local(INT)
    m.load_into(Result(found.type, found.span, m.load(found)), array)
    m.code.emit("array-length", (size, array), found.span)
    m.code.emit("const", (index,), found.span, literal=0)
    variable = m.declare(node.named("name").text, _element_type(m, node, element))
    loop = _loop(m)
    assert loop.again is not None
    assert loop.leave is not None
    start = m.code.here()
    m.code.emit("if-ge", (index, size), found.span, target=loop.leave)
    register = m.code.register(element)
    m.code.emit(f"aget{suffix(element)}", (register, array, index), found.span)
    held = as_type(m, Result(element, found.span, register), variable.type)
    m.load_into(held, variable.register)
    m.statement(node.named("body"))
    m.code.place(loop.again)
    m.code.emit("add-int/lit8", (index, index), found.span, literal=1)
    m.code.jump(start, node.span)
    m.code.place(loop.leave)
    m.exits.pop()


def _over_iterable(m: Lowering, node: Syntax, found: Result) -> None:
    listed = m.world.methods(found.type, "iterator")
    owner = found.type if listed else reference("java/lang/Iterable")
    info = m.world.info(owner.desc)
    how = "invoke-virtual" if info is not None and not info.is_interface else "invoke-interface"
    iterator = m.code.local(OBJECT)
    m.code.emit(how, (m.load(found),), found.span,
                reference=f"{owner.desc}->iterator()Ljava/util/Iterator;")  # fmt: skip
    m.code.emit("move-result-object", (iterator,), found.span)
    given = _iterated(m, found.type)
    variable = m.declare(node.named("name").text, _element_type(m, node, given))
    loop = _loop(m)
    assert loop.again is not None
    assert loop.leave is not None
    m.code.place(loop.again)
    more = m.code.register(INT)
    m.code.emit("invoke-interface", (iterator,), found.span,
                reference="Ljava/util/Iterator;->hasNext()Z")  # fmt: skip
    m.code.emit("move-result", (more,), found.span)
    m.code.emit("if-eqz", (more,), found.span, target=loop.leave)
    m.code.emit("invoke-interface", (iterator,), found.span,
                reference="Ljava/util/Iterator;->next()Ljava/lang/Object;")  # fmt: skip
    register = m.code.register(OBJECT)
    m.code.emit("move-result-object", (register,), found.span)
    held = Result(OBJECT, found.span, register)
    wanted = variable.type
    if wanted.is_primitive:
        held = as_type(m, held, wanted)
    elif wanted.desc != OBJECT.desc and not wanted.is_unknown:
        held = check_cast(m, held, wanted, found.span)
    m.load_into(held, variable.register)
    m.statement(node.named("body"))
    m.code.jump(loop.again, node.span)
    m.code.place(loop.leave)
    m.exits.pop()


def _iterated(m: Lowering, kind: Type) -> Type:
    """What iterating over a type gives."""
    for info, seen in m.world.supers(kind):
        if info.desc == "Ljava/lang/Iterable;":
            return seen.args[0] if seen.args else OBJECT
    return UNKNOWN


def throw_statement(m: Lowering, node: Syntax) -> None:
    """``throw value;``"""
    if not node.children:
        raise UnreadableError("this throws nothing", node.span)
    register = m.load(m.value(node.children[0]))
    m.code.emit("throw", (register,), node.span)


def assert_statement(m: Lowering, node: Syntax) -> None:
    """``assert condition : message;`` as if assertions were enabled."""
    if not node.children:
        raise UnreadableError("this asserts nothing", node.span)
    holds = m.code.label()
    test(m, node.children[0], holds, when=True)
    error = m.code.register(OBJECT)
    m.code.emit("new-instance", (error,), node.span, reference=ASSERTION)
    if len(node.children) > 1:
        message = m.value(node.children[1])
        if message.type.desc != STRING.desc:
            message = as_type(m, message, OBJECT)
        m.code.emit("invoke-direct", (error, m.load(message)), node.span,
                    reference=f"{ASSERTION}-><init>(Ljava/lang/Object;)V")  # fmt: skip
    else:
        m.code.emit("invoke-direct", (error,), node.span, reference=f"{ASSERTION}-><init>()V")
    m.code.emit("throw", (error,), node.span)
    m.code.place(holds)
