"""What each instruction does to a path that is interpreted.

Every function returns the place to go on at, or None for the next instruction.

Source: Dalvik bytecode, source.android.com/docs/core/runtime/dalvik-bytecode.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from witnessmark.flow.instructions import Instruction
from witnessmark.flow.values.code import Runnable
from witnessmark.flow.values.numbers import UNARY, binary, wrapped
from witnessmark.flow.values.objects import (
    LARGEST_ARRAY,
    UNKNOWN,
    Array,
    Builder,
    ClassName,
    Step,
    Text,
    Thing,
    Value,
    is_unknown,
    spoil,
)
from witnessmark.flow.values.paths import Exploration, Frame, PathEnd
from witnessmark.flow.values.world import empty_array

if TYPE_CHECKING:
    from witnessmark.flow.values.machine import Machine

MOST_VISITS = 2
MOST_RETURNS = 4
BUILDERS = frozenset({"Ljava/lang/StringBuilder;", "Ljava/lang/StringBuffer;"})

Handler = Callable[["Machine", Frame, Exploration, Instruction], int | None]


def _move(_: Machine, frame: Frame, __: Exploration, one: Instruction) -> None:
    frame.registers[one.registers[0]] = frame.registers[one.registers[1]]


def _move_result(_: Machine, frame: Frame, __: Exploration, one: Instruction) -> None:
    frame.registers[one.registers[0]] = frame.result


def _forget(_: Machine, frame: Frame, __: Exploration, one: Instruction) -> None:
    frame.registers[one.registers[0]] = UNKNOWN


def _return(_: Machine, frame: Frame, found: Exploration, one: Instruction) -> None:
    value = frame.registers[one.registers[0]] if one.registers else UNKNOWN
    kept = found.returns
    if len(kept) < MOST_RETURNS and value not in kept:
        kept.append(value)
    if len(kept) > 1 and not all(map(is_unknown, kept)):
        kept[:] = [one for one in kept if not is_unknown(one)]
    raise PathEnd


def _throw(*_: object) -> None:
    raise PathEnd


def _number(_: Machine, frame: Frame, __: Exploration, one: Instruction) -> None:
    frame.registers[one.registers[0]] = one.literal


def _string(machine: Machine, frame: Frame, _: Exploration, one: Instruction) -> None:
    texts = frame.code.texts
    if one.pc not in texts:
        texts[one.pc] = _constant(machine, frame.code, one.pc)
    known = texts[one.pc]
    frame.registers[one.registers[0]] = UNKNOWN if known is None else Text(known.text, known.steps)


def _constant(machine: Machine, code: Runnable, pc: int) -> Text | None:
    """The text constant at a place; each time that it is loaded makes another object of it."""
    row = code.code.strings.get(pc)
    if row is None:
        return None
    return Text(machine.world.facts.string(row), (Step("text", code.method, pc, string=row),))


def _type_name(frame: Frame, machine: Machine, one: Instruction) -> str:
    row = frame.code.code.types.get(one.pc)
    return "" if row is None else machine.world.facts.descriptor(row)


def _class(machine: Machine, frame: Frame, _: Exploration, one: Instruction) -> None:
    name = _type_name(frame, machine, one)
    frame.registers[one.registers[0]] = ClassName(name) if name else UNKNOWN


def _instance_of(machine: Machine, frame: Frame, _: Exploration, one: Instruction) -> None:
    value, name = frame.registers[one.registers[1]], _type_name(frame, machine, one)
    answer: Value = UNKNOWN
    if value == 0 and isinstance(value, int):
        answer = 0
    elif isinstance(value, Text) and name:
        answer = int(name in ("Ljava/lang/String;", "Ljava/lang/CharSequence;"))
    frame.registers[one.registers[0]] = answer


def _length(_: Machine, frame: Frame, __: Exploration, one: Instruction) -> None:
    array = frame.registers[one.registers[1]]
    known = isinstance(array, Array)
    frame.registers[one.registers[0]] = len(array.items) if known else UNKNOWN


def _new(machine: Machine, frame: Frame, _: Exploration, one: Instruction) -> None:
    name = _type_name(frame, machine, one)
    value: Value = Builder() if name in BUILDERS else Thing(name) if name else UNKNOWN
    frame.registers[one.registers[0]] = value


def _new_array(machine: Machine, frame: Frame, _: Exploration, one: Instruction) -> None:
    size, name = frame.registers[one.registers[1]], _type_name(frame, machine, one)
    fits = isinstance(size, int) and 0 <= size <= LARGEST_ARRAY and bool(name)
    frame.registers[one.registers[0]] = empty_array(name, size) if fits else UNKNOWN


def _filled(machine: Machine, frame: Frame, _: Exploration, one: Instruction) -> None:
    items = [frame.registers[register] for register in one.registers]
    frame.result = Array(_type_name(frame, machine, one), items)


def _fill(_: Machine, frame: Frame, __: Exploration, one: Instruction) -> None:
    array, table = frame.registers[one.registers[0]], frame.code.fills.get(one.pc)
    if not isinstance(array, Array) or table is None:
        return
    width, data = table
    cells = [
        int.from_bytes(data[at : at + width], "little", signed=array.kind != "[C")
        for at in range(0, len(data), width)
    ]
    array.items[: len(cells)] = cells[: len(array.items)]


def _carried(*values: Value) -> Value:
    """What stands for an unknown value that is made of others: it comes from where they do."""
    return next((one for one in values if isinstance(one, Text) and is_unknown(one)), UNKNOWN)


def _array_get(_: Machine, frame: Frame, __: Exploration, one: Instruction) -> None:
    target, array, index = one.registers
    held, at = frame.registers[array], frame.registers[index]
    if isinstance(held, Array) and isinstance(at, int):
        if not 0 <= at < len(held.items):
            raise PathEnd
        frame.registers[target] = held.items[at]
    else:
        frame.registers[target] = _carried(held)


def _array_put(_: Machine, frame: Frame, __: Exploration, one: Instruction) -> None:
    value, array, index = (frame.registers[register] for register in one.registers)
    if not isinstance(array, Array):
        return
    if not isinstance(index, int):
        spoil(array)
    elif 0 <= index < len(array.items):
        array.items[index] = value
    else:
        raise PathEnd


def _field_row(frame: Frame, one: Instruction) -> int:
    return frame.code.code.fields.get(one.pc, -1)


def _iget(machine: Machine, frame: Frame, found: Exploration, one: Instruction) -> None:
    row = _field_row(frame, one)
    if row < 0:
        frame.registers[one.registers[0]] = UNKNOWN
        return
    values = machine.field_value(row, frame.registers[one.registers[1]])
    for other in values[1:]:
        twin = machine.fork(frame, found, one.pc + one.units)
        if twin is not None:
            twin.registers[one.registers[0]] = other
    frame.registers[one.registers[0]] = values[0]


def _iput(machine: Machine, frame: Frame, _: Exploration, one: Instruction) -> None:
    row = _field_row(frame, one)
    if row >= 0:
        value, owner = (frame.registers[register] for register in one.registers)
        machine.store_field(row, owner, value)


def _sget(machine: Machine, frame: Frame, _: Exploration, one: Instruction) -> None:
    row = _field_row(frame, one)
    frame.registers[one.registers[0]] = _charset(machine, row) if row >= 0 else UNKNOWN


def _charset(machine: Machine, row: int) -> Value:
    """A static field; those of StandardCharsets are told by their name."""
    charset = machine.world.charset(row)
    if charset:
        return Thing("Ljava/nio/charset/Charset;", {"charset": charset})
    return machine.static_value(row)


def _sput(machine: Machine, frame: Frame, _: Exploration, one: Instruction) -> None:
    row = _field_row(frame, one)
    if row >= 0:
        machine.store_static(row, frame.registers[one.registers[0]])


def _call(machine: Machine, frame: Frame, found: Exploration, one: Instruction) -> None:
    tries = frame.code.tries
    if tries and found.visits:
        for start, end, handler in tries:
            if start <= one.pc < end and handler not in found.handlers:
                found.handlers.add(handler)
                machine.fork(frame, found, handler)
    machine.invoke(frame, found, one)


def _unary(_: Machine, frame: Frame, __: Exploration, one: Instruction) -> None:
    value, function = frame.registers[one.registers[1]], UNARY.get(one.opcode)
    known = function is not None and isinstance(value, int)
    frame.registers[one.registers[0]] = (
        function(value) if known and function is not None else _carried(value)
    )


def _binary(_: Machine, frame: Frame, __: Exploration, one: Instruction) -> None:
    registers, held = one.registers, frame.registers
    first: Value
    second: Value
    if one.opcode >= 0xD0:
        first, second = held[registers[1]], one.literal
    elif one.opcode >= 0xB0:
        first, second = held[registers[0]], held[registers[1]]
    else:
        first, second = held[registers[1]], held[registers[2]]
    operation = binary(one.opcode)
    if operation is None or not isinstance(first, int) or not isinstance(second, int):
        held[registers[0]] = _carried(first, second)
        return
    function, bits = operation
    held[registers[0]] = wrapped(function(first, second, bits), bits)


def _compare_long(_: Machine, frame: Frame, __: Exploration, one: Instruction) -> None:
    first, second = frame.registers[one.registers[1]], frame.registers[one.registers[2]]
    known = one.opcode == 0x31 and isinstance(first, int) and isinstance(second, int)
    frame.registers[one.registers[0]] = (first > second) - (first < second) if known else UNKNOWN


def _goto(_: Machine, __: Frame, ___: Exploration, one: Instruction) -> int:
    return one.pc + one.literal


_ORDER: tuple[Callable[[int, int], bool], ...] = (
    lambda a, b: a == b,
    lambda a, b: a != b,
    lambda a, b: a < b,
    lambda a, b: a >= b,
    lambda a, b: a > b,
    lambda a, b: a <= b,
)
"""eq ne lt ge gt le, in the order of the instruction set."""


def _if(machine: Machine, frame: Frame, found: Exploration, one: Instruction) -> int | None:
    against_zero = one.opcode >= 0x38
    which = one.opcode - (0x38 if against_zero else 0x32)
    first = frame.registers[one.registers[0]]
    second = 0 if against_zero else frame.registers[one.registers[1]]
    answer = _answer(first, second, which)
    target = one.pc + one.literal
    if answer is None:
        return _either(machine, frame, found, one, target)
    return target if answer else None


def _answer(first: Value, second: Value, which: int) -> bool | None:
    """The outcome of a comparison, when both sides are known."""
    if isinstance(first, int) and isinstance(second, int):
        return _ORDER[which](first, second)
    if is_unknown(first) or is_unknown(second) or which > 1:
        return None
    if isinstance(first, int) or isinstance(second, int) or first is second:
        return (first is second) == (which == 0)
    return None


def _either(
    machine: Machine, frame: Frame, found: Exploration, one: Instruction, target: int
) -> int | None:
    """Take the way less travelled; keep the other for later when it was never taken."""
    visits = found.visits
    pc = one.pc
    jump, fall = visits.get((pc, True), 0), visits.get((pc, False), 0)
    if min(jump, fall) > MOST_VISITS:
        raise PathEnd
    if jump < fall:
        visits[pc, True] = jump + 1
        return target
    if jump == 0:
        visits[pc, True] = 1
        machine.fork(frame, found, target)
    visits[pc, False] = fall + 1
    return None


def _switch(machine: Machine, frame: Frame, found: Exploration, one: Instruction) -> int | None:
    value, places = frame.registers[one.registers[0]], frame.code.switches.get(one.pc, {})
    if isinstance(value, int):
        return places.get(value)
    for target in sorted(set(places.values())):
        if not found.visits.get((target, True)):
            found.visits[target, True] = 1
            machine.fork(frame, found, target)
    return None


_FAMILIES: tuple[tuple[int, int, Handler], ...] = (
    (0x01, 0x09, _move),
    (0x0A, 0x0C, _move_result),
    (0x0D, 0x0D, _forget),
    (0x0E, 0x11, _return),
    (0x12, 0x19, _number),
    (0x1A, 0x1B, _string),
    (0x1C, 0x1C, _class),
    (0x20, 0x20, _instance_of),
    (0x21, 0x21, _length),
    (0x22, 0x22, _new),
    (0x23, 0x23, _new_array),
    (0x24, 0x25, _filled),
    (0x26, 0x26, _fill),
    (0x27, 0x27, _throw),
    (0x28, 0x2A, _goto),
    (0x2B, 0x2C, _switch),
    (0x2D, 0x31, _compare_long),
    (0x32, 0x3D, _if),
    (0x44, 0x4A, _array_get),
    (0x4B, 0x51, _array_put),
    (0x52, 0x58, _iget),
    (0x59, 0x5F, _iput),
    (0x60, 0x66, _sget),
    (0x67, 0x6D, _sput),
    (0x6E, 0x72, _call),
    (0x74, 0x78, _call),
    (0x7B, 0x8F, _unary),
    (0x90, 0xE2, _binary),
    (0xFA, 0xFD, _call),
    (0xFE, 0xFF, _forget),
)

HANDLERS: Sequence[Handler | None] = [
    next((handler for first, last, handler in _FAMILIES if first <= opcode <= last), None)
    for opcode in range(256)
]
"""What each opcode does; None for those that change nothing that is followed."""
