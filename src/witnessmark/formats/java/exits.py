"""Jumps out of statements, and the code that has to run on the way.

What a finally block or the end of a synchronized statement does is written out at every exit,
as compilers do; the ranges of handlers leave it out.

Source: The Java Language Specification, SE 17, 14.15 to 14.20; The Java Virtual Machine
Specification 3.13 (compiling finally).
"""

from __future__ import annotations

from collections.abc import Callable

from witnessmark.formats.java.conversions import as_type, result_suffix
from witnessmark.formats.java.method import Exit, Lowering, Region
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import THROWABLE
from witnessmark.formats.listing.model import Handler
from witnessmark.model.location import Span

MOST_CLEANUPS = 300
"""How often code of finally blocks is written out in one method; nesting doubles it."""


def open_region(m: Lowering) -> Region:
    """Begin a guarded range here."""
    return Region(m.code.here())


def close_region(m: Lowering, region: Region) -> None:
    """End the present segment of a guarded range here."""
    region.segments.append((region.start, m.code.here()))


def guard(m: Lowering, region: Region, handler: str, kind: str | None) -> None:
    """Send what is thrown in a range to a handler."""
    for start, end in region.segments:
        if m.code.labels[start] < m.code.labels[end]:
            m.code.handlers.append(Handler(start, end, handler, kind))


def unwind(m: Lowering, down_to: int, span: Span) -> None:
    """Run the cleanup of everything that a jump leaves, the innermost first."""
    saved = m.exits
    for place in range(len(saved) - 1, down_to - 1, -1):
        cleanup = saved[place].cleanup
        if cleanup is None:
            continue
        m.cleanups += 1
        if m.cleanups > MOST_CLEANUPS:
            raise UnreadableError("finally blocks are nested too often to be written out", span)
        left = [one.region for one in saved[place:] if one.region is not None]
        for region in left:
            close_region(m, region)
        m.exits = saved[:place]
        try:
            cleanup()
        finally:
            m.exits = saved
        for region in left:
            region.start = m.code.here()


def guarded(m: Lowering, span: Span, body: Callable[[], None], cleanup: Callable[[], None]) -> None:
    """Code with something that runs behind it on every way out."""
    region = open_region(m)
    m.exits.append(Exit(cleanup=cleanup, region=region))
    body()
    m.exits.pop()
    close_region(m, region)
    done, handler = m.code.label(), m.code.label()
    if m.code.goes_on:
        cleanup()
        m.code.jump(done, span)
    m.code.place(handler)
    guard(m, region, handler, None)
    thrown = m.code.local(THROWABLE)
    m.code.emit("move-exception", (thrown,), span)
    cleanup()
    m.code.emit("throw", (thrown,), span)
    m.code.place(done)


def return_statement(m: Lowering, node: Syntax) -> None:
    """``return value;``"""
    if not node.children or m.returned.desc == "V":
        if node.children:
            m.value(node.children[0])
        unwind(m, 0, node.span)
        m.code.line = node.line
        m.code.emit("return-void" if m.returned.desc == "V" else "nop", (), node.span)
        return
    found = as_type(m, m.value(node.children[0], m.returned), m.returned)
    register = m.load(found)
    if any(one.cleanup is not None for one in m.exits):
        kept = m.code.local(m.returned)
        m.load_into(found, kept)
        register = kept
        unwind(m, 0, node.span)
    m.code.line = node.line
    m.code.emit(f"return{result_suffix(m.returned)}", (register,), node.span)


def break_statement(m: Lowering, node: Syntax) -> None:
    """``break;`` and ``break label;``"""
    name = node.children[0].text if node.children else None
    for place in range(len(m.exits) - 1, -1, -1):
        one = m.exits[place]
        fits = name in one.names if name is not None else not one.is_block
        if one.leave is not None and fits:
            _leave(m, place, one.leave, node.span)
            return
    raise UnreadableError("there is nothing to break out of", node.span)


def continue_statement(m: Lowering, node: Syntax) -> None:
    """``continue;`` and ``continue label;``"""
    name = node.children[0].text if node.children else None
    for place in range(len(m.exits) - 1, -1, -1):
        one = m.exits[place]
        if one.again is not None and (name is None or name in one.names):
            _leave(m, place, one.again, node.span)
            return
    raise UnreadableError("there is no loop to continue", node.span)


def _leave(m: Lowering, place: int, target: str, span: Span) -> None:
    unwind(m, place + 1, span)
    m.code.jump(target, span)


def yield_statement(m: Lowering, node: Syntax) -> None:
    """``yield value;``"""
    for place in range(len(m.exits) - 1, -1, -1):
        one = m.exits[place]
        if one.collects is not None and one.leave is not None and node.children:
            give(m, one, node.children[0])
            _leave(m, place, one.leave, node.span)
            return
    raise UnreadableError("there is no switch to yield a value to", node.span)


def give(m: Lowering, one: Exit, node: Syntax) -> None:
    """Put the value of an expression where a switch collects its values."""
    assert one.collects is not None
    register, wanted = one.collects
    found = m.value(node, wanted)
    if found.type.desc == "V":
        return
    found = as_type(m, found, wanted) if wanted is not None else found
    if wanted is None:
        one.collects = (register, found.type)
    m.load_into(found, register)
