"""Truth values as jumps, and jumps as truth values.

Source: The Java Language Specification, SE 17, 15.20 to 15.25 (comparisons, logic, choice).
"""

from __future__ import annotations

from witnessmark.formats.java.conversions import NAMES, as_type, number_as, unbox
from witnessmark.formats.java.method import Lowering, Result
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import (
    BOOLEAN,
    INT,
    LONG,
    OBJECT,
    RANKS,
    UNBOXED,
    Type,
    promoted,
    unboxed,
)

TESTS = {"==": "eq", "!=": "ne", "<": "lt", ">=": "ge", ">": "gt", "<=": "le"}
OPPOSITE = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "gt": "le", "le": "gt"}


def jump_if(m: Lowering, node: Syntax, target: str, *, when: bool) -> None:
    """Go to ``target`` when the condition is ``when``, else go on behind."""
    while node.type == "parenthesized_expression" and len(node.children) == 1:
        node = node.children[0]
    constant = m.constant(node)
    if constant is not None and isinstance(constant.value, bool):
        if constant.value is when:
            m.code.emit("goto", (), node.span, target=target)
        return
    with m.deeper(node):
        sign = node.named("operator").text if node.type == "binary_expression" else ""
        if node.type == "unary_expression" and node.named("operator").text == "!":
            jump_if(m, node.named("operand"), target, when=not when)
        elif sign in ("&&", "||"):
            _logic(m, node, sign, target, when=when)
        elif sign in TESTS:
            _compare(m, node, sign, target, when=when)
        else:
            found = truth(m, m.value(node, BOOLEAN))
            name = "if-nez" if when else "if-eqz"
            m.code.emit(name, (m.load(found),), node.span, target=target)


def test(m: Lowering, node: Syntax, target: str, *, when: bool) -> None:
    """`jump_if` for statements: where the condition cannot be read, either way is possible."""
    mark = m.code.mark()
    try:
        jump_if(m, node, target, when=when)
    except UnreadableError as error:
        m.unit.lost(error, node.span)
        m.code.emit("if-eqz", (m.code.register(BOOLEAN),), node.span, target=target)
    m.code.release(mark)


def truth(m: Lowering, found: Result) -> Result:
    """A value as boolean."""
    if found.type.is_primitive or found.constant is not None:
        return found
    return unbox(m, found, BOOLEAN)


def _logic(m: Lowering, node: Syntax, sign: str, target: str, *, when: bool) -> None:
    parts = operands(node, (sign,))
    decisive = sign == "||"
    skip = m.code.label()
    for part in parts[:-1]:
        jump_if(m, part, target if decisive is when else skip, when=decisive)
    jump_if(m, parts[-1], target, when=when)
    m.code.place(skip)


def operands(node: Syntax, signs: tuple[str, ...]) -> list[Syntax]:
    """The operands of a chain of the same operator, from the left."""
    found: list[Syntax] = []
    while node.type == "binary_expression" and node.named("operator").text in signs:
        found.append(node.named("right"))
        node = node.named("left")
    found.append(node)
    found.reverse()
    return found


def _compare(m: Lowering, node: Syntax, sign: str, target: str, *, when: bool) -> None:
    test = TESTS[sign] if when else OPPOSITE[TESTS[sign]]
    left = m.value(node.named("left"))
    right = m.value(node.named("right"))
    m.code.line = node.line
    if _as_numbers(left, right, sign):
        left, right = _numbers(m, left, right)
        if left.type.desc in "JFD":
            _wide(m, node, left, right, test, sign, target)
            return
    if _is_zero(right):
        m.code.emit(f"if-{test}z", (m.load(left),), node.span, target=target)
    elif _is_zero(left):
        turned = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le"}.get(test, test)
        m.code.emit(f"if-{turned}z", (m.load(right),), node.span, target=target)
    else:
        m.code.emit(f"if-{test}", (m.load(left), m.load(right)), node.span, target=target)


def _as_numbers(left: Result, right: Result, sign: str) -> bool:
    if sign in ("==", "!="):
        if (_is_object(left) and _is_zero(right)) or (_is_object(right) and _is_zero(left)):
            return False
        return left.type.is_primitive or right.type.is_primitive
    return True


def _is_object(found: Result) -> bool:
    """Whether it can only be compared with null, which instruction lists write as 0."""
    return not found.type.is_primitive and found.type.desc not in UNBOXED


def _numbers(m: Lowering, left: Result, right: Result) -> tuple[Result, Result]:
    """Both sides as one numeric type, which has to hold what either does."""
    kinds = [unboxed(one.type) for one in (left, right)]
    known = [one for one in kinds if one.is_primitive and one.desc in RANKS]
    if any(one.desc == "Z" for one in kinds):
        wanted = BOOLEAN
    elif len(known) == 1:
        wanted = promoted(known[0], known[0])
    else:
        wanted = promoted(*kinds)
    return tuple(_number(m, one, wanted) for one in (left, right))  # type: ignore[return-value]


def _number(m: Lowering, found: Result, wanted: Type) -> Result:
    if found.constant is not None or found.is_null:
        return as_type(m, found, wanted)
    if not found.type.is_primitive:
        found = unbox(m, found, wanted)
    if found.type.is_primitive and wanted.desc in "JFD":
        return number_as(m, found, wanted)
    return found


def _wide(
    m: Lowering, node: Syntax, left: Result, right: Result, test: str, sign: str, target: str
) -> None:
    name = NAMES[left.type.desc]
    bias = "" if left.type == LONG else "g" if sign in ("<", "<=") else "l"
    one, two = m.load(left), m.load(right)
    register = m.code.register(INT)
    m.code.emit(f"cmp{bias}-{name}", (register, one, two), node.span)
    m.code.emit(f"if-{test}z", (register,), node.span, target=target)


def _is_zero(found: Result) -> bool:
    if found.is_null:
        return True
    value = found.constant
    return value is not None and not value.type.is_wide and value.type.desc != "F" and (
        value.value == 0 and not isinstance(value.value, str)
    )  # fmt: skip


def condition_value(m: Lowering, node: Syntax, _expected: Type | None) -> Result:
    """A comparison or logical expression as a value."""
    register = m.code.register(BOOLEAN)
    no, end = m.code.label(), m.code.label()
    jump_if(m, node, no, when=False)
    m.code.emit("const", (register,), node.span, literal=1)
    m.code.emit("goto", (), node.span, target=end)
    m.code.place(no)
    m.code.emit("const", (register,), node.span, literal=0)
    m.code.place(end)
    return Result(BOOLEAN, node.span, register)


def choice(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """``condition ? one : other``."""
    one, other = node.named("consequence"), node.named("alternative")
    flipped = _is_plain(m, one) and not _is_plain(m, other)
    wanted = None if expected is None or expected.desc == "V" else expected
    first, second = (other, one) if flipped else (one, other)
    register = m.code.block(2)
    then, end = m.code.label(), m.code.label()
    jump_if(m, node.named("condition"), then, when=flipped)
    kind = _branch(m, first, wanted, register)
    m.code.jump(end, node.span)
    m.code.place(then)
    _branch(m, second, wanted or (kind if kind.is_primitive else None), register)
    m.code.place(end)
    result = wanted or kind
    return Result(result if not result.is_unknown or wanted else kind, node.span, register)


def _branch(m: Lowering, node: Syntax, wanted: Type | None, register: int) -> Type:
    """Put the value of one branch into the register; its type."""
    mark = m.code.mark()
    found = m.value(node, wanted)
    if found.type.desc == "V":
        raise UnreadableError("a choice between values has one without value", node.span)
    if wanted is not None:
        found = as_type(m, found, wanted)
    m.load_into(found, register)
    m.code.release(mark)
    return OBJECT if found.is_null else found.type


def _is_plain(m: Lowering, node: Syntax) -> bool:
    return node.type == "null_literal" or m.constant(node) is not None
