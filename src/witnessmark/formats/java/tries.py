"""try, catch, finally, resources, synchronized.

Source: The Java Language Specification, SE 17, 14.19, 14.20.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from witnessmark.formats.java.conversions import as_type
from witnessmark.formats.java.exits import close_region, guard, guarded, open_region
from witnessmark.formats.java.method import Exit, Lowering, Result
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import OBJECT, THROWABLE, Type
from witnessmark.model.location import Span


def try_statement(m: Lowering, node: Syntax) -> None:
    """``try { } catch (A | B e) { } finally { }``."""
    last = node.first("finally_clause")
    block = last.first("block") if last is not None else None

    def inner() -> None:
        _caught(m, node)

    if block is None:
        inner()
    else:
        guarded(m, block.span, inner, lambda: m.statement(block))


def _caught(m: Lowering, node: Syntax) -> None:
    clauses = list(node.all("catch_clause"))
    if not clauses:
        _body(m, node)
        return
    region = open_region(m)
    m.exits.append(Exit(region=region))
    _body(m, node)
    m.exits.pop()
    close_region(m, region)
    done = m.code.label()
    m.code.jump(done, node.span)
    for clause in clauses:
        handler = m.code.here()
        kinds, name = _caught_types(m, clause)
        for kind in kinds:
            guard(m, region, handler, kind.desc)
        with m.block():
            common = kinds[0] if len(kinds) == 1 else THROWABLE
            caught = m.declare(name, common)
            m.code.line = clause.line
            m.code.emit("move-exception", (caught.register,), clause.span)
            m.statement(clause.named("body"))
        m.code.jump(done, clause.span)
    m.code.place(done)


def _caught_types(m: Lowering, clause: Syntax) -> tuple[list[Type], str]:
    parameter = clause.first("catch_formal_parameter")
    listed = parameter.first("catch_type") if parameter is not None else None
    if parameter is None or listed is None:
        raise UnreadableError("this catches nothing", clause.span)
    kinds = [m.resolve(one) for one in listed.children] or [THROWABLE]
    return kinds, parameter.named("name").text


def _body(m: Lowering, node: Syntax) -> None:
    resources = node.fields.get("resources")
    body = node.named("body")
    if resources is None:
        m.statement(body)
        return
    with m.block():
        _with_resources(m, list(resources.all("resource")), body)


class _Closing(Struct, frozen=True):
    """Closes a resource."""

    m: Lowering
    held: Result
    span: Span

    def __call__(self) -> None:
        m = self.m
        skip = m.code.label()
        m.code.emit("if-eqz", (self.held.register,), self.span, target=skip)
        kind = self.held.type
        info = m.world.info(kind.desc)
        is_interface = info is not None and info.is_interface
        how = "invoke-interface" if is_interface else "invoke-virtual"
        m.code.emit(how, (self.held.register,), self.span, reference=f"{kind.desc}->close()V")
        m.code.place(skip)


def _with_resources(m: Lowering, resources: Sequence[Syntax], body: Syntax) -> None:
    """Resources are closed in reverse order, each on every way out."""
    if not resources:
        m.statement(body)
        return
    one = resources[0]
    value = one.fields.get("value")
    if value is None:
        found = m.value(one.children[0])
        m.load(found)
    else:
        text = one.named("type").text
        wanted = None if text == "var" else m.resolve(one.named("type"))
        made = m.value(value, wanted)
        variable = m.declare(one.named("name").text, wanted or made.type)
        m.load_into(as_type(m, made, wanted), variable.register)
        found = Result(variable.type, one.span, variable.register)
    inner: Callable[[], None] = lambda: _with_resources(m, resources[1:], body)  # noqa: E731
    guarded(m, one.span, inner, _Closing(m, found, one.span))


def synchronized_statement(m: Lowering, node: Syntax) -> None:
    """``synchronized (lock) { }``."""
    held = node.first("parenthesized_expression")
    if held is None or not held.children:
        raise UnreadableError("there is no lock", node.span)
    lock = m.code.local(OBJECT)
    found = m.value(held.children[0])
    m.load_into(Result(OBJECT, found.span, m.load(found)), lock)
    m.code.emit("monitor-enter", (lock,), held.span)
    body = node.named("body")
    guarded(
        m, held.span, lambda: m.statement(body),
        lambda: m.code.emit("monitor-exit", (lock,), held.span),
    )  # fmt: skip
