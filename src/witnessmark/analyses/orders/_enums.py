"""Switches over values of an enum: compilers number the values in an array of their own.

``switch (order)`` becomes a switch over ``$SwitchMap$...[order.ordinal()]``, an array that the
initialiser of a made-up class fills; Kotlin calls it ``$EnumSwitchMapping$``.

Source: what javac, kotlinc and D8 write for The Java Language Specification 14.11.
"""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.facts.tables.code import FIELDS
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader, Instruction, MethodCode

MAPS = ("$SwitchMap$", "$EnumSwitchMapping$")
AGET, APUT, STATIC_READ = 0x44, 0x4B, 0x62
SMALL_INTS, MOVE_RESULT = (0x12, 0x13), 0x0A
INITIALISER = "<clinit>"


def is_switch_map(app: Facts, code: MethodCode, read: Instruction) -> bool:
    """Whether an instruction reads the number of an enum's value for a switch."""
    return switch_map(app, code, read) >= 0


def switch_map(app: Facts, code: MethodCode, read: Instruction) -> int:
    """The field of the array that an instruction reads such a number from, -1 for none."""
    field = -1
    for one in code.instructions:
        if one.pc >= read.pc:
            break
        if one.pc in code.fields and one.registers[:1] == read.registers[1:2]:
            field = code.fields[one.pc]
    return field if field >= 0 and _field_name(app, field).startswith(MAPS) else -1


def _field_name(app: Facts, field: int) -> str:
    return app.string(int(app.table(FIELDS)["name"][field]))


def names_in(app: Facts, field: int) -> Mapping[str, str]:
    """Names of an enum's values by their numbers in the array of a field."""
    owner = int(app.table(FIELDS)["class"][field])
    found: dict[str, str] = {}
    for method in app.methods_of(owner) if owner >= 0 else ():
        code = CodeReader(app).read(method)
        if code is not None and app.method_name(method) == INITIALISER:
            found.update(_numbered(app, code))
    return found


def _numbered(app: Facts, code: MethodCode) -> Mapping[str, str]:
    """``array[Order.PLACE.ordinal()] = 1``: the value last read when a number is put in."""
    found: dict[str, str] = {}
    numbers: dict[int, int] = {}
    value = ""
    for one in code.instructions:
        if one.opcode == STATIC_READ and one.pc in code.fields:
            value = _field_name(app, code.fields[one.pc])
        elif one.opcode in SMALL_INTS:
            numbers[one.registers[0]] = one.literal
        elif one.opcode == APUT and one.registers[0] in numbers and not value.startswith(MAPS):
            found.setdefault(str(numbers[one.registers[0]]), value)
    return found
