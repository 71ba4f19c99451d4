"""Arithmetic of the bytecode on whole numbers, wrapped to 32 and 64 bits.

Source: Dalvik bytecode, source.android.com/docs/core/runtime/dalvik-bytecode; The Java Language
Specification, 15.17 to 15.19 (division rounds to zero, shifts use the low bits of the distance).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

INT, LONG = 32, 64

Binary = Callable[[int, int, int], int]


class DivisionError(Exception):
    """Division by zero: the code would throw here."""


def wrapped(value: int, bits: int) -> int:
    """``value`` as a signed number of so many bits."""
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def _divided(a: int, b: int, _bits: int) -> int:
    if b == 0:
        raise DivisionError
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


def _rest(a: int, b: int, bits: int) -> int:
    return a - b * _divided(a, b, bits)


_OPERATIONS: tuple[Binary, ...] = (
    lambda a, b, _: a + b,
    lambda a, b, _: a - b,
    lambda a, b, _: a * b,
    _divided,
    _rest,
    lambda a, b, _: a & b,
    lambda a, b, _: a | b,
    lambda a, b, _: a ^ b,
    lambda a, b, bits: a << (b & (bits - 1)),
    lambda a, b, bits: a >> (b & (bits - 1)),
    lambda a, b, bits: (a & ((1 << bits) - 1)) >> (b & (bits - 1)),
)
"""In the order of the instruction set: add sub mul div rem and or xor shl shr ushr."""


def _reversed_subtraction(a: int, b: int, _bits: int) -> int:
    return b - a


def binary(opcode: int) -> tuple[Binary, int] | None:
    """Operation and width of a binary instruction; None for real numbers and others."""
    if 0xB0 <= opcode <= 0xCF:
        opcode -= 0x20
    if 0x90 <= opcode <= 0x9A:
        return _OPERATIONS[opcode - 0x90], INT
    if 0x9B <= opcode <= 0xA5:
        return _OPERATIONS[opcode - 0x9B], LONG
    if 0xD0 <= opcode <= 0xE2:
        place = opcode - 0xD0 if opcode <= 0xD7 else opcode - 0xD8
        return (_reversed_subtraction if place == 1 else _OPERATIONS[place]), INT
    return None


UNARY: Mapping[int, Callable[[int], int]] = {
    0x7B: lambda a: wrapped(-a, INT),
    0x7C: lambda a: ~a,
    0x7D: lambda a: wrapped(-a, LONG),
    0x7E: lambda a: ~a,
    0x81: lambda a: a,
    0x84: lambda a: wrapped(a, INT),
    0x8D: lambda a: wrapped(a, 8),
    0x8E: lambda a: a & 0xFFFF,
    0x8F: lambda a: wrapped(a, 16),
}
"""Negations and conversions between whole numbers."""
