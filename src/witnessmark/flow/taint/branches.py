"""Whether a comparison can hold, as far as constants and objects decide it.

Relations are numbered as the instruction set orders them: eq, ne, lt, ge, gt, le.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from witnessmark.flow.taint.values import NULL, PARTIAL, RANGE, UNKNOWN, ZERO, Obj, Value

RELATIONS: tuple[Callable[[int, int], bool], ...] = (
    operator.eq, operator.ne, operator.lt, operator.ge, operator.gt, operator.le,
)  # fmt: skip
OPPOSITE = (1, 0, 3, 2, 5, 4)
EQUAL, UNEQUAL = 0, 1


def may_hold(relation: int, one: Value, other: Value) -> bool:
    """Whether the relation holds for some of what the values may be."""
    if not one.atoms or not other.atoms:
        return True
    if UNKNOWN in one.atoms or UNKNOWN in other.atoms:
        return True
    for left in one.atoms:
        for right in other.atoms:
            if _may(relation, left, right):
                return True
    return False


def may_differ(relation: int, one: Value, other: Value) -> bool:
    """Whether the opposite holds for some of what the values may be."""
    return may_hold(OPPOSITE[relation], one, other)


def _may(relation: int, left: Any, right: Any) -> bool:
    if left is UNKNOWN or right is UNKNOWN:
        return True
    if left.__class__ is tuple and right.__class__ is tuple:
        if left[0] == right[0] == "i":
            return RELATIONS[relation](left[1], right[1])
        if {left[0], right[0]} <= {"i", RANGE}:
            return _ranges_may(relation, _range(left), _range(right))
        return True
    if _made(left) != _made(right) and relation <= UNEQUAL and ZERO in (left, right):
        return relation == UNEQUAL
    return True


def _range(atom: tuple[Any, ...]) -> tuple[int, int]:
    return (atom[1], atom[-1]) if atom[0] == RANGE else (atom[1], atom[1])


def _ranges_may(relation: int, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether the relation holds for some numbers of two ranges."""
    if relation == EQUAL:
        return left[0] <= right[1] and right[0] <= left[1]
    if relation == UNEQUAL:
        return left != right or left[0] != left[1]
    pairs = ((left[0], right[1]), (left[1], right[0]))
    return any(RELATIONS[relation](one, other) for one, other in pairs)


def _made(atom: Any) -> bool:
    """Whether an atom is certainly a reference that is not null."""
    if atom.__class__ is tuple:
        return bool(atom[0] == PARTIAL)
    return atom.__class__ is str or (isinstance(atom, Obj) and not atom.symbolic)


def narrowed(relation: int, value: Value) -> Value:
    """The value where its comparison with null or 0 has come out as the relation says."""
    if len(value.atoms) < 2 or relation > UNEQUAL:
        return value
    if relation == UNEQUAL:
        kept = tuple(atom for atom in value.atoms if atom != ZERO)
    else:
        kept = tuple(atom for atom in value.atoms if atom == ZERO or not _made(atom))
        if kept and UNKNOWN not in kept and all(atom == ZERO for atom in kept):
            return NULL
    return Value(kept, value.taint) if kept and len(kept) < len(value.atoms) else value
