"""What each instruction does to registers and heap.

Functions take the frame and the instruction and say whether control goes on.

Source: Dalvik bytecode, source.android.com/docs/core/runtime/dalvik-bytecode.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from witnessmark.flow.instructions import Instruction
from witnessmark.flow.taint import numbers
from witnessmark.flow.taint.coming import field_read
from witnessmark.flow.taint.invoke import invoke
from witnessmark.flow.taint.objects import as_class, initialised, reads_static, static_of
from witnessmark.flow.taint.store import CONTENT, VALUE, is_content
from witnessmark.flow.taint.values import (
    ANY,
    NO_TAINT,
    NOTHING,
    UNKNOWN,
    ZERO,
    Obj,
    Value,
    join,
    moved,
    number,
    tainted,
    text,
    united,
)

if TYPE_CHECKING:
    from witnessmark.flow.taint.frame import Frame

Step = Callable[["Frame", Instruction], bool]

LENGTH = "length"
"""Field that holds the length of an array."""


def _move(frame: Frame, one: Instruction) -> bool:
    frame.registers[one.registers[0]] = frame.guarded(frame.registers[one.registers[1]])
    return True


def _move_result(frame: Frame, one: Instruction) -> bool:
    frame.registers[one.registers[0]] = frame.registers[frame.result]
    return True


def _move_exception(frame: Frame, one: Instruction) -> bool:
    frame.registers[one.registers[0]] = frame.registers[frame.result + 1]
    return True


def _constant(frame: Frame, one: Instruction) -> bool:
    frame.registers[one.registers[0]] = frame.guarded(number(one.literal))
    return True


def _string(frame: Frame, one: Instruction) -> bool:
    value = frame.body.texts.get(one.pc)
    if value is None:
        row = frame.body.code.strings.get(one.pc, -1)
        value = text(frame.engine.world.facts.string(row)) if row >= 0 else ANY
        frame.body.texts[one.pc] = value
    frame.registers[one.registers[0]] = frame.guarded(value)
    return True


def _class(frame: Frame, one: Instruction) -> bool:
    node = frame.body.code.types.get(one.pc, -1)
    frame.registers[one.registers[0]] = Value((("c", node),)) if node >= 0 else ANY
    return True


def _cast(frame: Frame, one: Instruction) -> bool:
    node = frame.body.code.types.get(one.pc, -1)
    at = one.registers[0]
    frame.registers[at] = as_class(frame, frame.registers[at], node, one.pc)
    return True


def _instance_of(frame: Frame, one: Instruction) -> bool:
    world, node = frame.engine.world, frame.body.code.types.get(one.pc, -1)
    value = frame.registers[one.registers[1]]
    verdicts: set[int] = set()
    for atom in value.atoms:
        if atom == ZERO:
            verdicts.add(0)
        elif atom.__class__ is Obj and atom.node >= 0 and not atom.symbolic:
            verdicts.add(int(world.below(atom.node, node)))
        else:
            verdicts.update((0, 1))
    known_one = len(verdicts) == 1
    frame.registers[one.registers[0]] = number(verdicts.pop()) if known_one else ANY
    return True


def _length(frame: Frame, one: Instruction) -> bool:
    found = NOTHING
    for obj in frame.registers[one.registers[1]].objects:
        found = join(found, frame.store.peek(obj, LENGTH))
    frame.registers[one.registers[0]] = found if found.atoms else ANY
    return True


def _new(frame: Frame, one: Instruction) -> bool:
    node = frame.body.code.types.get(one.pc, -1)
    initialised(frame, node)
    frame.registers[one.registers[0]] = Value((_made(frame, node, one.pc),))
    return True


def _made(frame: Frame, node: int, pc: int) -> Obj:
    return frame.engine.fresh(frame.store, node, frame.context.site, pc)


def _new_array(frame: Frame, one: Instruction) -> bool:
    made = _made(frame, frame.body.code.types.get(one.pc, -1), one.pc)
    frame.store.write(made, LENGTH, frame.registers[one.registers[1]], strong=True)
    frame.registers[one.registers[0]] = Value((made,))
    return True


def _filled_array(frame: Frame, one: Instruction) -> bool:
    made = _made(frame, frame.body.code.types.get(one.pc, -1), one.pc)
    for place, register in enumerate(one.registers):
        frame.store.write(made, ("k", ("i", place)), frame.registers[register], strong=True)
    frame.store.write(made, LENGTH, number(len(one.registers)), strong=True)
    frame.registers[frame.result] = Value((made,))
    return True


def _fill_array(frame: Frame, one: Instruction) -> bool:
    for obj in frame.registers[one.registers[0]].objects:
        frame.store.write(obj, CONTENT, ANY, strong=True)
    return True


def in_bounds(frame: Frame, array: Value, index: Value) -> bool | None:
    """Whether an index lies inside an array; None when that is not known."""
    objects, place = array.objects, index.number
    if place is None or len(objects) != 1 or len(array.atoms) != 1:
        return None
    length = frame.store.peek(objects[0], LENGTH).number
    return None if length is None else 0 <= place < length


def _array_get(frame: Frame, one: Instruction) -> bool:
    array, index = (frame.registers[r] for r in one.registers[1:3])
    if in_bounds(frame, array, index) is False:
        frame.raised(one.pc, ANY, frame.store.now)
    found = Value((), array.taint)
    for obj in array.objects:
        found = join(found, _element(frame, obj, index.constant))
    if not array.objects:
        found = join(found, ANY)
    if index.taint and _is_table(one.opcode, found):
        found = tainted(found, index.taint)
    elif frame.engine.implicit:
        found = tainted(found, frame.engine.decides(index.taint))
    frame.registers[one.registers[0]] = found
    return True


LETTERS, OBJECTS = range(0x48, 0x4B), 0x46
"""Opcodes that read an element of bytes, characters or short numbers; an object."""


def _is_table(opcode: int, found: Value) -> bool:
    """Whether an element is looked up to spell its index, as digits of a digest are."""
    return opcode in LETTERS or (opcode == OBJECTS and not found.objects)


def _element(frame: Frame, obj: Obj, key: object) -> Value:
    store = frame.store
    if key is not None:
        found = join(store.peek(obj, CONTENT), store.peek(obj, ("k", key)))
    else:
        found = NOTHING
        for field, value in store.fields(obj).items():
            if is_content(field):
                found = join(found, value)
    return found if found.atoms else join(found, ANY)


def _array_put(frame: Frame, one: Instruction) -> bool:
    value, array, index = (frame.registers[r] for r in one.registers)
    value = frame.guarded(value)
    if value.taint:
        value = moved(value, frame.method.row, one.pc, "is put into an array")
    objects, key = array.objects, index.constant
    for obj in objects:
        field = CONTENT if key is None else ("k", key)
        frame.store.write(obj, field, value, strong=key is not None and len(array.atoms) == 1)
    return True


def _no_object(value: Value) -> Value:
    """What a value can be as a number: what an object is filled with may be anything else, too."""
    kept = tuple(atom for atom in value.atoms if atom.__class__ is not Obj)
    return value if len(kept) == len(value.atoms) else Value(kept, value.taint)


def _get(frame: Frame, one: Instruction) -> bool:
    field = frame.engine.world.field(frame.body.code.fields.get(one.pc, 0))
    holder = frame.registers[one.registers[1]]
    objects = holder.objects
    if field.defined:
        found = NOTHING
        for obj in objects:
            found = join(found, frame.store.read(obj, field.row))
    else:
        found = Value((), holder.taint)
        for obj in objects:
            found = join(found, frame.store.peek(obj, field.name))
            content = frame.store.peek(obj, CONTENT)
            found = join(found, content if field.signature[-1] == ";" else _no_object(content))
    if not found.atoms or UNKNOWN in holder.atoms:
        found = join(found, ANY)
    found = field_read(frame, frame.method.row, field, found, one.pc)
    if found.taint:
        says = f"is read from field {field.name}"
        found = moved(found, frame.method.row, one.pc, says)
    frame.registers[one.registers[0]] = found
    return True


def _put(frame: Frame, one: Instruction) -> bool:
    field = frame.engine.world.field(frame.body.code.fields.get(one.pc, 0))
    value, holder = (frame.registers[r] for r in one.registers[:2])
    value = frame.guarded(value)
    if value.taint:
        value = moved(value, frame.method.row, one.pc, f"is written to field {field.name}")
    key = field.row if field.defined else field.name
    for obj in holder.objects:
        frame.store.write(obj, key, value, strong=len(holder.atoms) == 1)
    return True


def _static_get(frame: Frame, one: Instruction) -> bool:
    field = frame.engine.world.field(frame.body.code.fields.get(one.pc, 0))
    initialised(frame, field.owner)
    found = reads_static(frame, field)
    found = field_read(frame, frame.method.row, field, found, one.pc)
    if found.taint:
        says = f"is read from static field {field.name}"
        found = moved(found, frame.method.row, one.pc, says)
    frame.registers[one.registers[0]] = found
    return True


def _static_put(frame: Frame, one: Instruction) -> bool:
    field = frame.engine.world.field(frame.body.code.fields.get(one.pc, 0))
    initialised(frame, field.owner)
    value = frame.guarded(frame.registers[one.registers[0]])
    if value.taint:
        says = f"is written to static field {field.name}"
        value = moved(value, frame.method.row, one.pc, says)
    frame.store.write(static_of(frame.engine, field), VALUE, value, strong=True)
    return True


def _compare(frame: Frame, one: Instruction) -> bool:
    left, right = (frame.registers[r] for r in one.registers[1:3])
    one_number, other = left.number, right.number
    taint = united(left.taint, right.taint)
    if one.opcode == LONG_COMPARE and one_number is not None and other is not None:
        value = number((one_number > other) - (one_number < other))
    else:
        value = ANY
    frame.registers[one.registers[0]] = tainted(value, taint)
    return True


LONG_COMPARE = 0x31


def _unary(frame: Frame, one: Instruction) -> bool:
    value = frame.registers[one.registers[1]]
    frame.registers[one.registers[0]] = numbers.unary(one.opcode, value)
    return True


def _binary(frame: Frame, one: Instruction) -> bool:
    left, right = (frame.registers[r] for r in one.registers[1:3])
    frame.registers[one.registers[0]] = numbers.binary((one.opcode - 0x90), left, right)
    return True


def _in_place(frame: Frame, one: Instruction) -> bool:
    left, right = (frame.registers[r] for r in one.registers[:2])
    frame.registers[one.registers[0]] = numbers.binary(one.opcode - 0xB0, left, right)
    return True


def _with_literal(frame: Frame, one: Instruction) -> bool:
    left = frame.registers[one.registers[1]]
    first = 0xD0 if one.opcode < 0xD8 else 0xD8
    value = numbers.with_literal(one.opcode - first, left, one.literal)
    frame.registers[one.registers[0]] = value
    return True


def _custom(frame: Frame, one: Instruction) -> bool:
    """A call whose callee a bootstrap method chooses: data goes into what it returns."""
    taint = NO_TAINT
    for register in one.registers:
        taint = united(taint, frame.registers[register].taint)
    frame.registers[frame.result] = tainted(ANY, taint)
    return True


_TABLE: tuple[tuple[range, Step], ...] = (
    (range(0x01, 0x0A), _move),
    (range(0x0A, 0x0D), _move_result),
    (range(0x0D, 0x0E), _move_exception),
    (range(0x12, 0x1A), _constant),
    (range(0x1A, 0x1C), _string),
    (range(0x1C, 0x1D), _class),
    (range(0x1F, 0x20), _cast),
    (range(0x20, 0x21), _instance_of),
    (range(0x21, 0x22), _length),
    (range(0x22, 0x23), _new),
    (range(0x23, 0x24), _new_array),
    (range(0x24, 0x26), _filled_array),
    (range(0x26, 0x27), _fill_array),
    (range(0x2D, 0x32), _compare),
    (range(0x44, 0x4B), _array_get),
    (range(0x4B, 0x52), _array_put),
    (range(0x52, 0x59), _get),
    (range(0x59, 0x60), _put),
    (range(0x60, 0x67), _static_get),
    (range(0x67, 0x6E), _static_put),
    (range(0x6E, 0x73), invoke),
    (range(0x74, 0x79), invoke),
    (range(0x7B, 0x90), _unary),
    (range(0x90, 0xB0), _binary),
    (range(0xB0, 0xD0), _in_place),
    (range(0xD0, 0xE3), _with_literal),
    (range(0xFA, 0xFC), invoke),
    (range(0xFC, 0xFE), _custom),
)


def _table() -> list[Step | None]:
    steps: list[Step | None] = [None] * 256
    for opcodes, step in _TABLE:
        for opcode in opcodes:
            steps[opcode] = step
    return steps


STEPS = _table()
"""Function by opcode; None where nothing happens but to control."""
