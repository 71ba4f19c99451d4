"""Values of constant expressions.

Source: The Java Language Specification, SE 17, 15.29 (constant expressions), 4.12.4 (constant
variables), 15.17 to 15.25 (operators).
"""

from __future__ import annotations

import math
import operator
import struct
from collections.abc import Callable

from msgspec import Struct

from witnessmark.formats.java.literals import LITERALS, literal_value, wrapped
from witnessmark.formats.java.members import Constant
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import (
    BOOLEAN,
    DOUBLE,
    FLOAT,
    INT,
    LONG,
    PRIMITIVES,
    RANKS,
    STRING,
    Type,
    promoted,
)

LONGEST_TEXT = 1 << 16


class Value(Struct, frozen=True):
    """A constant and its type; char and integer types hold int."""

    value: Constant
    type: Type


NameValue = Callable[[Syntax], Value | None]
"""Value of an identifier or a field access that names a constant variable."""

ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "&": operator.and_,
    "|": operator.or_, "^": operator.xor,
}  # fmt: skip
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
    "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
MAY_BE_CONSTANT = frozenset((
    *LITERALS, "identifier", "field_access", "binary_expression", "unary_expression",
    "parenthesized_expression", "ternary_expression", "cast_expression",
)) - {"null_literal"}  # fmt: skip


def constant_value(node: Syntax, name_value: NameValue) -> Value | None:
    """The value of an expression, None for one that is not constant."""
    kind = node.type
    if kind not in MAY_BE_CONSTANT or node.deep:
        return None
    try:
        return _evaluated(node, kind, name_value)
    except (UnreadableError, ArithmeticError, ValueError):
        return None


def _evaluated(node: Syntax, kind: str, name_value: NameValue) -> Value | None:
    if kind in LITERALS:
        value, type_ = literal_value(node)
        return None if value is None else Value(value, type_)
    if kind in ("identifier", "field_access"):
        return name_value(node) if node.told is None else Value(wrapped(node.told, 32), INT)
    if kind == "parenthesized_expression":
        return constant_value(node.children[0], name_value) if node.children else None
    if kind == "binary_expression":
        return _binary(node, name_value)
    if kind == "unary_expression":
        return _unary(node, name_value)
    if kind == "cast_expression":
        return _cast(node, name_value)
    condition = constant_value(node.named("condition"), name_value)
    if condition is None:
        return None
    return constant_value(node.named("consequence" if condition.value else "alternative"),
                          name_value)  # fmt: skip


def _binary(node: Syntax, name_value: NameValue) -> Value | None:
    """Evaluates chains of one level from the left without recursion."""
    chain = []
    inner = node
    while inner.type == "binary_expression":
        chain.append((inner.named("operator").text, inner.named("right")))
        inner = inner.named("left")
    value = constant_value(inner, name_value)
    for sign, right_node in reversed(chain):
        if value is None:
            return None
        right = constant_value(right_node, name_value)
        value = None if right is None else combined(sign, value, right)
    return value


def combined(sign: str, left: Value, right: Value) -> Value | None:
    """``left sign right``; None where the operator does not apply."""
    if sign == "+" and STRING.desc in (left.type.desc, right.type.desc):
        one, two = spelled(left), spelled(right)
        if one is None or two is None or len(one) + len(two) > LONGEST_TEXT:
            return None
        return Value(one + two, STRING)
    if isinstance(left.value, bool) or isinstance(right.value, bool):
        return _logical(sign, left, right)
    if isinstance(left.value, str) or isinstance(right.value, str):
        return None
    if sign in COMPARISONS:
        return Value(COMPARISONS[sign](left.value, right.value), BOOLEAN)
    if sign in ("<<", ">>", ">>>"):
        return _shifted(sign, left, right)
    kind = promoted(left.type, right.type)
    if kind in (FLOAT, DOUBLE):
        return _real(sign, float(left.value), float(right.value), kind)
    bits = 64 if kind == LONG else 32
    number = _whole(sign, int(left.value), int(right.value))
    return None if number is None else Value(wrapped(number, bits), kind)


def _whole(sign: str, one: int, two: int) -> int | None:
    """Integer arithmetic; division goes toward zero."""
    if sign in ("/", "%"):
        quotient = abs(one) // abs(two) * (1 if (one < 0) == (two < 0) else -1)
        return quotient if sign == "/" else one - quotient * two
    return ARITHMETIC[sign](one, two) if sign in ARITHMETIC else None


def _logical(sign: str, left: Value, right: Value) -> Value | None:
    if not isinstance(left.value, bool) or not isinstance(right.value, bool):
        return None
    one, two = left.value, right.value
    found = {"&&": one and two, "||": one or two, "&": one & two, "|": one | two,
             "^": one ^ two, "==": one == two, "!=": one != two}.get(sign)  # fmt: skip
    return None if found is None else Value(found, BOOLEAN)


def _shifted(sign: str, left: Value, right: Value) -> Value:
    assert not isinstance(left.value, str)
    assert not isinstance(right.value, str)
    is_long = left.type == LONG
    bits = 64 if is_long else 32
    count = int(right.value) & (bits - 1)
    number = int(left.value)
    if sign == "<<":
        number <<= count
    elif sign == ">>":
        number >>= count
    else:
        number = (number & ((1 << bits) - 1)) >> count
    return Value(wrapped(number, bits), LONG if is_long else INT)


def _real(sign: str, one: float, two: float, kind: Type) -> Value | None:
    if sign == "/" and two == 0:
        number = math.nan if one == 0 or math.isnan(one) else math.copysign(math.inf, one)
    elif sign == "/":
        number = one / two
    elif sign == "%":
        number = math.fmod(one, two)
    elif sign in ("+", "-", "*"):
        number = {"+": one + two, "-": one - two, "*": one * two}[sign]
    else:
        return None
    return Value(number, kind)


def _unary(node: Syntax, name_value: NameValue) -> Value | None:
    sign, operand = node.named("operator").text, constant_value(node.named("operand"), name_value)
    if operand is None or isinstance(operand.value, str):
        return None
    if sign == "!":
        return Value(not operand.value, BOOLEAN) if isinstance(operand.value, bool) else None
    kind = promoted(operand.type, INT)
    if kind in (FLOAT, DOUBLE):
        return Value(-operand.value if sign == "-" else operand.value, kind)
    number = int(operand.value)
    number = {"-": -number, "~": ~number}.get(sign, number)
    return Value(wrapped(number, 64 if kind == LONG else 32), kind)


def _cast(node: Syntax, name_value: NameValue) -> Value | None:
    kind = node.named("type").text
    value = constant_value(node.named("value"), name_value)
    if value is None:
        return None
    if kind in ("String", "java.lang.String"):
        return value if value.type == STRING else None
    wanted = PRIMITIVES.get(kind)
    return converted(value, wanted) if wanted is not None else None


def converted(value: Value, wanted: Type) -> Value | None:
    """A constant as another primitive type or String; None where it does not convert."""
    number = value.value
    if value.type.desc == wanted.desc:
        return value
    if isinstance(number, bool | str) or wanted.desc not in RANKS:
        return None
    if wanted in (FLOAT, DOUBLE):
        return Value(float(number), wanted)
    if isinstance(number, float):
        if math.isnan(number):
            return Value(0, wanted)
        bits = 64 if wanted == LONG else 32
        most = (1 << (bits - 1)) - 1
        number = max(-most - 1, min(most, int(number))) if math.isfinite(number) else (
            most if number > 0 else -most - 1
        )  # fmt: skip
    if wanted.desc == "C":
        return Value(number & 0xFFFF, wanted)
    return Value(wrapped(number, {"B": 8, "S": 16, "I": 32, "J": 64}[wanted.desc]), wanted)


def spelled(value: Value) -> str | None:
    """A constant as string concatenation writes it; None for fractions, whose rules are long."""
    if isinstance(value.value, str):
        return value.value
    if isinstance(value.value, bool):
        return "true" if value.value else "false"
    if isinstance(value.value, float):
        return None
    return chr(value.value) if value.type.desc == "C" else str(value.value)


def bit_pattern(value: Value) -> int:
    """The number that a const instruction holds."""
    number = value.value
    assert not isinstance(number, str)
    if value.type.desc == "F":
        try:
            return int(struct.unpack("<i", struct.pack("<f", number))[0])
        except OverflowError:
            return 0x7F800000 if number > 0 else -0x800000
    if value.type.desc == "D":
        return int(struct.unpack("<q", struct.pack("<d", number))[0])
    return int(number)
