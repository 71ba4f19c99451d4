"""Arithmetic on number constants; anything else keeps only its data."""

from __future__ import annotations

from collections.abc import Callable

from witnessmark.flow.taint.values import ANY, Value, number, tainted, united


def _divide(left: int, right: int) -> int:
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


def _rest(left: int, right: int) -> int:
    return left - right * _divide(left, right)


OPERATIONS: tuple[Callable[[int, int], int], ...] = (
    lambda a, b: a + b,
    lambda a, b: a - b,
    lambda a, b: a * b,
    _divide,
    _rest,
    lambda a, b: a & b,
    lambda a, b: a | b,
    lambda a, b: a ^ b,
    lambda a, b: a << (b & 31),
    lambda a, b: a >> (b & 31),
    lambda a, b: (a & 0xFFFFFFFF) >> (b & 31),
)
"""In the order of the int operations of the instruction set."""

REVERSE_SUBTRACT = 1
DIVISIONS = (3, 4)
NEGATE_INT, INT_TO_LONG, LONG_TO_INT = 0x7B, 0x81, 0x84
NARROWING = (0x8D, 0x8E, 0x8F)


def _wrapped(value: int) -> int:
    value &= 0xFFFFFFFF
    return value - (1 << 32) if value >> 31 else value


def binary(operation: int, left: Value, right: Value) -> Value:
    """The operation of that number in the group of 32 (ints first)."""
    taint = united(left.taint, right.taint)
    if operation < len(OPERATIONS):
        one, other = left.number, right.number
        if one is not None and other is not None and (other or operation not in DIVISIONS):
            return tainted(number(_wrapped(OPERATIONS[operation](one, other))), taint)
    return tainted(ANY, taint)


def with_literal(operation: int, left: Value, literal: int) -> Value:
    """An int operation with a literal; number 1 subtracts from the literal."""
    if operation == REVERSE_SUBTRACT:
        return binary(1, number(literal), left)
    return binary(operation, left, number(literal))


def unary(opcode: int, value: Value) -> Value:
    """Negation and conversion; conversions between whole numbers keep small constants."""
    one = value.number
    if one is not None:
        if opcode == NEGATE_INT:
            return tainted(number(_wrapped(-one)), value.taint)
        if opcode == INT_TO_LONG or (opcode == LONG_TO_INT and _wrapped(one) == one):
            return value
        if opcode in NARROWING and 0 <= one < 128:
            return value
    return tainted(ANY, value.taint)
