"""Constructors: hidden parameters, the call of another constructor, initialisers, the body.

Source: The Java Language Specification, SE 17, 8.8, 8.8.7, 12.5.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from witnessmark.formats.java.arguments import listed
from witnessmark.formats.java.calls import invoke
from witnessmark.formats.java.captures import keep_fields, words
from witnessmark.formats.java.creations import SuperCall, construct, outer_of
from witnessmark.formats.java.declarations import ClassDecl, body_members, declared_parameters
from witnessmark.formats.java.dumps import DumpReader, dump_of
from witnessmark.formats.java.initialisers import initialise
from witnessmark.formats.java.members import MethodInfo
from witnessmark.formats.java.method import Lowering, Result, Variable
from witnessmark.formats.java.syntax import LATE_NAMES, Syntax, UnreadableError
from witnessmark.formats.java.types import INT, OBJECT, STRING, VOID, Type, proto
from witnessmark.model.location import Span


class Signature(Struct, frozen=True):
    """All parameters of a constructor with their names; hidden ones have a ``$`` or ``-``."""

    names: tuple[str, ...]
    types: tuple[Type, ...]
    hidden: int

    @property
    def proto(self) -> str:
        """The prototype."""
        return proto(self.types, VOID)


def signature_of(
    m: Lowering, decl: ClassDecl, info: MethodInfo, node: Syntax | None, call: SuperCall | None
) -> Signature:
    """Parameters of a constructor: what it belongs to, what is written, what is captured."""
    front: list[tuple[str, Type]] = []
    captured = m.unit.captured.get(decl.desc)
    has_outer = captured.outer if captured is not None else decl.inner
    if has_outer and decl.outer is not None:
        front.append(("this$0", Type(decl.outer)))
    if decl.kind == "enum":
        front += [("-name", STRING), ("-number", INT)]
    written: list[tuple[str, Type]] = []
    if call is not None:
        written = [(f"-{place}", kind) for place, kind in enumerate(call.parameters)]
    elif node is not None:
        names = [one.name for one in declared_parameters(node)]
        written = list(zip(names, info.parameters, strict=True))
    else:
        names = list(decl.fields) if decl.kind == "record" else []
        written = list(zip(names, info.parameters, strict=False))
    behind = []
    if captured is not None:
        behind = [(f"val${name}", kind) for name, kind in captured.variables.items()]
    parts = [*front, *written, *behind]
    return Signature(tuple(name for name, _ in parts), tuple(kind for _, kind in parts),
                     len(front))  # fmt: skip


def lower_constructor(
    m: Lowering,
    decl: ClassDecl,
    class_node: Syntax,
    node: Syntax | None,
    signature: Signature,
    call: SuperCall | None,
) -> None:
    """The code of a constructor; ``node`` is None for one that nobody wrote."""
    span = (node or class_node.fields.get("name") or class_node).span
    registers = _name_parameters(m, signature)
    kept = [(name, kind, register) for name, kind, register
            in zip(signature.names, signature.types, registers, strict=True)
            if name == "this$0" or name.startswith("val$")]  # fmt: skip
    body = node.fields.get("body") if node is not None else None
    explicit = body.first("explicit_constructor_invocation") if body is not None else None
    dump = dump_of(body) if body is not None else None
    if body is not None and dump is not None:
        DumpReader(m).read(*dump, body.line + body.source.count(b"\n", body.start, dump[1]))
        return
    target = explicit.fields.get("constructor") if explicit is not None else None
    if target is not None and target.type == "this":
        assert explicit is not None
        _attempt(m, explicit, lambda: _this_call(m, decl, explicit, signature, registers))
    else:
        keep_fields(m, m.this, decl.desc, kept, span)
        if body is None or not any(map(_is_late_call, body.children)):
            _attempt(
                m,
                explicit or class_node,
                lambda: _super_call(m, decl, explicit, signature, registers, call, span),
            )
        initialise(m, decl, class_node, static=False)
    if decl.kind == "record":
        _record_parts(m, decl, class_node, node, signature, registers, span)
    with m.block():
        for one in body.children if body is not None else ():
            if _is_late_call(one):
                _attempt(m, one, lambda one=one: _late_call(m, decl, one.children[0]))
            elif one is not explicit:
                m.statement(one)


def _is_late_call(node: Syntax) -> bool:
    inner = node.children[0] if node.type == "expression_statement" and node.children else node
    name = inner.fields.get("name") if inner.type == "method_invocation" else None
    return name is not None and name.text.encode() in LATE_NAMES.values()


def _late_call(m: Lowering, decl: ClassDecl, node: Syntax) -> None:
    """A constructor call that does not come first."""
    kind = Type(decl.desc)
    if node.named("name").text.encode() == LATE_NAMES[b"super"]:
        kind = (m.world.names.above(decl.desc) or (OBJECT,))[0]
    construct(m, node, listed(node), kind, m.this)


def _attempt(m: Lowering, node: Syntax, code: object) -> None:
    mark = m.code.mark()
    try:
        assert callable(code)
        code()
    except UnreadableError as error:
        m.unit.lost(error, node.span)
    m.code.release(mark)


def _name_parameters(m: Lowering, signature: Signature) -> list[int]:
    found, at = [], 1
    for name, kind in zip(signature.names, signature.types, strict=True):
        found.append(at)
        m.blocks[-1][name.removeprefix("val$")] = Variable(at, kind)
        at += 2 if kind.is_wide else 1
    return found


def _hidden(signature: Signature, registers: Sequence[int], span: Span) -> list[Result]:
    pairs = zip(signature.types, registers, strict=True)
    return [Result(kind, span, register) for kind, register in pairs][: signature.hidden]


def _this_call(
    m: Lowering, decl: ClassDecl, node: Syntax, signature: Signature, registers: Sequence[int]
) -> None:
    hidden = _hidden(signature, registers, node.span)
    construct(m, node, listed(node), Type(decl.desc), m.this, None, hidden)


def _super_call(
    m: Lowering,
    decl: ClassDecl,
    node: Syntax | None,
    signature: Signature,
    registers: Sequence[int],
    call: SuperCall | None,
    span: Span,
) -> None:
    above = m.world.names.above(decl.desc)
    kind = above[0] if above else OBJECT
    if call is not None:
        _handed_on(m, call, signature, registers, span)
    elif decl.kind == "enum":
        invoke(m, span, "invoke-direct", "Ljava/lang/Enum;-><init>(Ljava/lang/String;I)V",
               (m.this, registers[0], registers[1]))  # fmt: skip
    elif node is None:
        front = outer_of(m, kind, None, span)
        spelled = f"{kind.desc}-><init>{proto([one.type for one in front], VOID)}"
        invoke(m, span, "invoke-direct", spelled, (m.this, *words(m, front)))
    else:
        target = node.fields.get("object")
        outer = m.value(target) if target is not None else None
        construct(m, node, listed(node), kind, m.this, outer)


def _handed_on(
    m: Lowering, call: SuperCall, signature: Signature, registers: Sequence[int], span: Span
) -> None:
    """An anonymous class hands its arguments to the constructor above."""
    front = outer_of(m, call.kind, None, span)
    given = [
        Result(kind, span, register)
        for name, kind, register in zip(signature.names, signature.types, registers, strict=True)
        if name.startswith("-") and name[1:].isdigit()
    ]
    kinds = [one.type for one in (*front, *given)]
    spelled = f"{call.kind.desc}-><init>{proto(kinds, VOID)}"
    invoke(m, span, "invoke-direct", spelled, (m.this, *words(m, front), *words(m, given)))


def _record_parts(
    m: Lowering,
    decl: ClassDecl,
    class_node: Syntax,
    node: Syntax | None,
    signature: Signature,
    registers: Sequence[int],
    span: Span,
) -> None:
    """The canonical constructor of a record stores its components."""
    if node is not None and node.type != "compact_constructor_declaration":
        return
    for one in body_members(class_node):
        if node is None and one.type == "compact_constructor_declaration":
            with m.block():
                m.statement(one.named("body"))
    keep = zip(signature.names, signature.types, registers, strict=True)
    keep_fields(m, m.this, decl.desc, list(keep), span)
