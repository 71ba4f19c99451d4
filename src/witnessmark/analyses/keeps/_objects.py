"""On which object a call is made, told by registers in the order of a method's code.

An object is known by the place that made or fetched it. Branches are not followed: what a
compiler makes of source keeps an object in its register, and a method that calls on the same
register after a branch calls on the same object.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from witnessmark.facts.tables.code import CALLS, METHODS, PROTOS
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader, Instruction, MethodCode
from witnessmark.flow.straight import PAIRS, WRITES

NEW_INSTANCE, MOVE_RESULT_OBJECT = 0x22, 0x0C
MOVE_OBJECTS = (0x07, 0x08, 0x09)
INVOKES = frozenset((*range(0x6E, 0x73), *range(0x74, 0x79)))
STATIC = (0x71, 0x77)
UNKNOWN = -1
UNRESOLVED = "Lunresolved-name/Unknown;"
"""Type of what source calls on classes that are not there (`formats.java`)."""

CHAINED = ("add", "put", "set", "param", "with", "append", "insert", "part")


def objects_of(app: Facts, calls: Iterable[int]) -> Mapping[int, int]:
    """Place of the object on which each of ``calls`` is made, `UNKNOWN` where it is not known."""
    table = app.table(CALLS)
    wanted: dict[int, set[int]] = defaultdict(set)
    for call in calls:
        wanted[int(table["method"][call])].add(call)
    reader, found = CodeReader(app), dict[int, int]()
    for method in sorted(wanted):
        code = reader.read(method)
        if code is not None:
            found.update(_of_method(app, code, wanted[method]))
    return found


def _of_method(app: Facts, code: MethodCode, wanted: set[int]) -> Mapping[int, int]:
    held: dict[int, int] = {}
    found: dict[int, int] = {}
    result = UNKNOWN
    for one in code.instructions:
        if one.opcode in INVOKES and one.pc in code.calls:
            call = code.calls[one.pc]
            receiver = UNKNOWN
            if one.opcode not in STATIC and one.registers:
                receiver = held.get(one.registers[0], UNKNOWN)
            if call in wanted:
                found[call] = receiver
            fluent = receiver != UNKNOWN and _returns_itself(app, call)
            result = receiver if fluent else one.pc
        elif one.opcode in WRITES:
            _write(one, held, result)
    return found


def _write(one: Instruction, held: dict[int, int], result: int) -> None:
    register = one.registers[0]
    value = UNKNOWN
    if one.opcode == NEW_INSTANCE:
        value = one.pc
    elif one.opcode == MOVE_RESULT_OBJECT:
        value = result
    elif one.opcode in MOVE_OBJECTS:
        value = held.get(one.registers[1], UNKNOWN)
    held[register] = value
    if one.opcode in PAIRS:
        held[register + 1] = UNKNOWN


def _returns_itself(app: Facts, call: int) -> bool:
    """Whether a call returns the type it is made on, as calls that may be chained do.

    Where source names a class that is not there, what its methods return is not known; a method
    that puts something and whose result is called on again is taken to return its object.
    """
    callee = int(app.table(CALLS)["callee"][call])
    methods, protos = app.table(METHODS), app.table(PROTOS)
    returned = int(protos["return_type"][int(methods["proto"][callee])])
    if app.descriptor(returned) == UNRESOLVED:
        return app.method_name(callee).startswith(CHAINED)
    return returned == int(methods["class_type"][callee])
