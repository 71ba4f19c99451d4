"""Arithmetic, string concatenation, casts, type tests.

Source: The Java Language Specification, SE 17, 15.15 to 15.20. Strings are joined by a
StringBuilder, as compilers for Android do.
"""

from __future__ import annotations

from witnessmark.formats.java.conditions import TESTS, condition_value, operands
from witnessmark.formats.java.constants import Value, combined
from witnessmark.formats.java.conversions import arithmetic, as_type, cast, number_as, unbox
from witnessmark.formats.java.method import Lowering, Result, shown
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import (
    BOOLEAN,
    INT,
    OBJECT,
    RANKS,
    STRING,
    Type,
    promoted,
    reference,
    unboxed,
)
from witnessmark.model.location import Span

NAMES = {"+": "add", "-": "sub", "*": "mul", "/": "div", "%": "rem", "&": "and", "|": "or",
         "^": "xor", "<<": "shl", ">>": "shr", ">>>": "ushr"}  # fmt: skip
SHIFTS = ("<<", ">>", ">>>")
BUILDER = "Ljava/lang/StringBuilder;"
APPENDED = {"B": "I", "S": "I", "Z": "Z", "C": "C", "I": "I", "J": "J", "F": "F", "D": "D"}
CONDITIONS = frozenset((*TESTS, "&&", "||"))


def binary(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """A binary operator."""
    sign = node.named("operator").text
    if sign in CONDITIONS:
        return condition_value(m, node, expected)
    if sign == "+":
        return _sum(m, node, expected)
    if sign not in NAMES:
        raise UnreadableError(f"unknown operator {sign[:10]}", node.span)
    left = m.value(node.named("left"))
    if m.is_local(left.register) and _changes(node.named("right")):
        left = _kept(m, left)
    right = m.value(node.named("right"))
    return computed(m, sign, left, right, node.span)


def _changes(node: Syntax) -> bool:
    return node.type in ("assignment_expression", "update_expression")


def _kept(m: Lowering, found: Result) -> Result:
    register = m.code.register(found.type)
    kind = "-wide" if found.type.is_wide else "" if found.type.is_primitive else "-object"
    m.code.emit(f"move{kind}/from16", (register, found.register), found.span)
    return Result(found.type, found.span, register)


def computed(m: Lowering, sign: str, left: Result, right: Result, span: Span) -> Result:
    """``left sign right`` for numbers and truth values."""
    kinds = (unboxed(left.type), unboxed(right.type))
    if kinds[0].desc == "Z" or kinds[1].desc == "Z":
        wanted, right_wanted = BOOLEAN, BOOLEAN
    elif sign in SHIFTS:
        wanted, right_wanted = promoted(kinds[0], INT), INT
    else:
        wanted = promoted(*(one for one in kinds if one.desc in RANKS), *_rest(kinds))
        right_wanted = wanted
    left = _operand(m, left, wanted)
    small = _small(right, sign, wanted)
    if small is not None:
        source = m.load(left)
        register = m.code.register(wanted)
        name = "add" if sign == "-" else NAMES[sign]
        m.code.emit(f"{name}-int/lit8", (register, source), span, literal=small)
        return Result(wanted, span, register)
    right = _operand(m, right, right_wanted)
    one, two = m.load(left), m.load(right)
    register = m.code.register(wanted)
    name = f"{NAMES[sign]}-{arithmetic(wanted)}"
    m.code.emit(name, (register, one, two), span)
    return Result(wanted, span, register)


def _rest(kinds: tuple[Type, Type]) -> list[Type]:
    """What fills up a pair of operands of which some are of unknown type."""
    known = [one for one in kinds if one.desc in RANKS]
    return [known[0] if known else INT] * (2 - len(known))


def _operand(m: Lowering, found: Result, wanted: Type) -> Result:
    if found.constant is not None or found.is_null:
        return as_type(m, found, wanted)
    if not found.type.is_primitive:
        found = unbox(m, found, wanted)
    is_other = found.type.desc in "JFD" or wanted.desc in "JFD"
    if is_other and found.type.is_primitive and found.type.desc != wanted.desc:
        return number_as(m, found, wanted)
    return found


def _small(right: Result, sign: str, wanted: Type) -> int | None:
    """The operand if it fits the form with a small constant."""
    value = right.constant.value if right.constant is not None else None
    if wanted != INT or isinstance(value, str | float | bool) or value is None:
        return None
    number = -value if sign == "-" else value
    return number if -128 <= number <= 127 else None


def _sum(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """A chain of ``+``: numbers up to the first text, pieces of text from there on."""
    parts = operands(node, ("+",))
    texts = [_is_text(m, part) for part in parts]
    is_text = any(texts) or (expected is not None and expected.desc == STRING.desc)
    found = m.value(parts[0])
    for place, part in enumerate(parts[1:], 1):
        is_own = found.type.desc == STRING.desc or texts[place]
        if is_own or (is_text and found.type.is_unknown):
            return _joined(m, found, parts[place:], node)
        right = m.value(part)
        span = Span(node.span.offset, part.end - node.start)
        if STRING.desc in (found.type.desc, right.type.desc) or not (
            unboxed(found.type).is_primitive or unboxed(right.type).is_primitive
        ):
            return _joined(m, found, parts[place + 1 :], node, right)
        folded = _folded(found, right)
        if folded is not None:
            found = Result(folded.type, span, constant=folded)
        else:
            found = computed(m, "+", found, right, span)
    return found


def _is_text(m: Lowering, part: Syntax) -> bool:
    if part.type == "string_literal":
        return True
    constant = m.constant(part)
    return constant is not None and constant.type.desc == STRING.desc


def _folded(left: Result, right: Result) -> Value | None:
    if left.constant is None or right.constant is None:
        return None
    return combined("+", left.constant, right.constant)


def _joined(
    m: Lowering, first: Result, parts: list[Syntax], node: Syntax, second: Result | None = None
) -> Result:
    """Text joined of a value, perhaps another, and further operands."""
    waiting = list(parts)
    while second is None and waiting and first.constant is not None:
        constant = m.constant(waiting[0])
        folded = combined("+", first.constant, constant) if constant is not None else None
        if folded is None:
            break
        span = Span(first.span.offset, waiting[0].span.end - first.span.offset)
        first = Result(folded.type, span, constant=folded)
        waiting.pop(0)
    if not waiting and second is None:
        return first
    builder = start_text(m, node.span)
    append_text(m, builder, first)
    if second is not None:
        append_text(m, builder, second)
    for part in waiting:
        mark = m.code.mark()
        append_text(m, builder, m.value(part))
        m.code.release(mark)
    return finish_text(m, builder, node.span)


def start_text(m: Lowering, span: Span) -> int:
    """A new string builder; its register."""
    builder = m.code.register(OBJECT)
    m.code.emit("new-instance", (builder,), span, reference=BUILDER)
    m.code.emit("invoke-direct", (builder,), span, reference=f"{BUILDER}-><init>()V")
    return builder


def append_text(m: Lowering, builder: int, piece: Result) -> None:
    """Append a value to a string builder."""
    kind = APPENDED.get(piece.type.desc) or OBJECT.desc
    if piece.type.desc == STRING.desc:
        kind = STRING.desc
    register = m.load(piece)
    words = (register, register + 1) if piece.type.is_wide else (register,)
    m.code.emit("invoke-virtual", (builder, *words), piece.span,
                reference=f"{BUILDER}->append({kind}){BUILDER}")  # fmt: skip


def finish_text(m: Lowering, builder: int, span: Span) -> Result:
    """The text of a string builder."""
    m.code.emit("invoke-virtual", (builder,), span,
                reference=f"{BUILDER}->toString()Ljava/lang/String;")  # fmt: skip
    register = m.code.register(OBJECT)
    m.code.emit("move-result-object", (register,), span)
    return Result(STRING, span, register)


def unary(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """``-x``, ``+x``, ``~x``, ``!x``."""
    sign = node.named("operator").text
    if sign == "!":
        return condition_value(m, node, expected)
    found = m.value(node.named("operand"))
    kind = unboxed(found.type)
    wanted = promoted(kind, kind) if kind.desc in RANKS else INT
    found = _operand(m, found, wanted)
    if sign == "+":
        return found
    source = m.load(found)
    register = m.code.register(wanted)
    name = "neg" if sign == "-" else "not"
    m.code.emit(f"{name}-{arithmetic(wanted)}", (register, source), node.span)
    return Result(wanted, node.span, register)


def parenthesized(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """``(x)``."""
    if len(node.children) != 1:
        raise UnreadableError(f"not readable as an expression: {shown(node)}", node.span)
    return m.value(node.children[0], expected)


def cast_expression(m: Lowering, node: Syntax, _expected: Type | None) -> Result:
    """``(Type) x``; of several types the first counts."""
    wanted = m.resolve(node.named("type"))
    inner = node.named("value")
    while inner.type == "parenthesized_expression" and len(inner.children) == 1:
        inner = inner.children[0]
    is_open = inner.type in ("lambda_expression", "method_reference") or wanted.is_primitive
    return cast(m, m.value(inner, wanted if is_open else None), wanted, node.span)


def type_test(m: Lowering, node: Syntax, _expected: Type | None) -> Result:
    """``x instanceof Type name``."""
    found = m.value(node.named("left"))
    right = node.fields.get("right") or node.first("record_pattern", "type_pattern")
    if right is None:
        raise UnreadableError("this names no type", node.span)
    wanted = m.resolve(right if right.type != "record_pattern" else right.children[0])
    source = m.load(found)
    register = m.code.register(INT)
    m.code.emit("instance-of", (register, source), node.span, reference=wanted.desc)
    name = node.fields.get("name")
    if name is not None:
        bound = m.declare(name.text, reference(wanted.desc[1:-1]) if not wanted.args else wanted)
        m.code.emit("move-object/from16", (bound.register, source), node.span)
    return Result(BOOLEAN, node.span, register)
