"""What single instructions do to the registers that are followed.

Source: the comments of github.com/facebook/hermes include/hermes/BCGen/HBC/BytecodeList.def; for
where arguments of long calls lie, include/hermes/VM/StackFrameLayout.h.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from witnessmark.formats.hermes.literals import STATIC, literals, spelled
from witnessmark.formats.hermes.opcodes import Opcode
from witnessmark.formats.hermes.values import (
    Closure,
    Constant,
    Environment,
    Global,
    Items,
    Joined,
    Member,
    Number,
    Parameter,
    Record,
    Result,
    Slot,
    Value,
)
from witnessmark.model.location import Span

if TYPE_CHECKING:
    from witnessmark.formats.hermes.file import Function
    from witnessmark.formats.hermes.program import Program

BEHIND_FRAME = {False: 7, True: 8}
"""Registers between ``this`` of a long call and the end of its caller's frame; from version 98 on
there is one more.
"""

MOST_GIVEN = 8
MOST_ARGUMENTS = 32


class Frame:
    """Registers of one function while it is followed."""

    def __init__(self, program: Program, function: Function) -> None:
        self.program = program
        self.file = program.file
        self.function = function
        self.registers: dict[int, Value] = {}

    def forget(self, once: Collection[int | float]) -> None:
        """Forget registers that are written more than once."""
        self.registers = {one: value for one, value in self.registers.items() if one in once}

    def give(self, name: int, value: Value) -> None:
        """Note what a member of that name is given; the same text twice is one."""
        kept = self.program.members.setdefault(name, [])
        if len(kept) < MOST_GIVEN and not (isinstance(value, Constant) and value in kept):
            kept.append(value)

    def behind(self, count: int) -> Sequence[Value]:
        """Arguments of a call with ``count`` of them, ``this`` among them; it is left out."""
        first = self.function.frame - BEHIND_FRAME[self.file.version >= STATIC] - 1
        count = max(min(count - 1, MOST_ARGUMENTS), 0)
        return [self.registers.get(first - number) for number in range(count)]

    def call(
        self, callee: Value, arguments: Iterable[Value], at: int, size: int, *, made: bool
    ) -> Value:
        """Note a call; what it answers."""
        from witnessmark.formats.hermes.program import Called

        given = tuple(arguments)[:MOST_ARGUMENTS]
        self.program.calls.append(Called(self.function.number, callee, given, made, Span(at, size)))
        return Result(callee, given, made)


Operands = Sequence[int]
Step = Callable[[Frame, Opcode, Operands, int], None]


def _member(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    frame.program.named[operands[3]] += 1
    frame.registers[operands[0]] = Member(frame.registers.get(operands[1]), operands[3])


def _move(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    frame.registers[operands[0]] = frame.registers.get(operands[1])


def _text(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    frame.program.uses[operands[1]] += 1
    frame.registers[operands[0]] = Constant(operands[1])


def _number(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    frame.registers[operands[0]] = Number(spelled(operands[1]))


def _word(word: str) -> Step:
    def step(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
        frame.registers[operands[0]] = Number(word)

    return step


def _global(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    frame.registers[operands[0]] = Global()


def _object(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    frame.registers[operands[0]] = Record()


def _array(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    frame.registers[operands[0]] = Items()


def _filled_object(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    file = frame.file
    sections, version = file.sections, file.version
    if len(operands) == 5:
        count, key_at, value_at = operands[2], operands[3], operands[4]
    else:
        from struct import unpack_from

        shape, value_at = operands[-2], operands[-1]
        key_at = count = 0
        if shape < sections.shape_count:
            key_at, count = unpack_from("<II", file.data, sections.shapes + 8 * shape)
    keys = literals(file.data, sections.keys, key_at, count, version)
    values = literals(file.data, sections.values, value_at, count, version)
    record = Record()
    for key, value in zip(keys, values, strict=False):
        if isinstance(value, Constant):
            frame.program.uses[value.text] += 1
        if isinstance(key, Constant):
            frame.program.named[key.text] += 1
            record.members[key.text] = value
            if value != Number("null"):
                frame.give(key.text, value)
        elif isinstance(key, Number):
            record.members[key.spelled] = value
    frame.registers[operands[0]] = record


def _filled_array(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    file = frame.file
    values = literals(file.data, file.sections.arrays, operands[3], operands[2], file.version)
    for value in values:
        if isinstance(value, Constant):
            frame.program.uses[value.text] += 1
    frame.registers[operands[0]] = Items(list(values))


def _put(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    holder, value, name = operands[0], operands[1], operands[-1]
    frame.program.named[name] += 1
    put_into, given = frame.registers.get(holder), frame.registers.get(value)
    if not isinstance(put_into, Global):
        frame.give(name, given)
    if isinstance(put_into, Record):
        put_into.members[name] = given
    elif isinstance(put_into, Global):
        kept = frame.program.globals_.setdefault(name, [])
        if len(kept) < MOST_GIVEN:
            kept.append(given)


def _put_place(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    """A member of an object whose names are known, by its place among them."""
    record = frame.registers.get(operands[0])
    if isinstance(record, Record) and operands[2] < len(record.members):
        name = tuple(record.members)[operands[2]]
        record.members[name] = frame.registers.get(operands[1])
        if isinstance(name, int):
            frame.give(name, record.members[name])


def _put_item(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    items, place = frame.registers.get(operands[0]), operands[2]
    if isinstance(items, Items) and place < 4_096:
        items.items += [None] * (place + 1 - len(items.items))
        items.items[place] = frame.registers.get(operands[1])
    elif isinstance(items, Record):
        items.members[str(place)] = frame.registers.get(operands[1])


def _closure(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    made = operands[-1]
    frame.program.outer.setdefault(made, frame.function.number)
    seen = frame.registers.get(operands[-2])
    if isinstance(seen, Environment):
        frame.program.captured.setdefault(made, seen.number)
    frame.registers[operands[0]] = Closure(made)


def _own_environment(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    """Variables of the function itself; what it was made in lies around them."""
    number = frame.function.number
    around = frame.program.captured.get(number)
    if around is not None:
        frame.program.around.setdefault(number, around)
    frame.registers[operands[0]] = Environment(number)


def _inner_environment(frame: Frame, opcode: Opcode, operands: Operands, at: int) -> None:
    """Variables of a block; those around them stand in a register."""
    if len(operands) < 3:
        _own_environment(frame, opcode, operands, at)
        return
    number = -2 - len(frame.program.around)
    outer = frame.registers.get(operands[1])
    frame.program.around[number] = outer.number if isinstance(outer, Environment) else -1
    frame.registers[operands[0]] = Environment(number)


def _outer_environment(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    """Variables around those that the function was made in, or around those of a register."""
    number: int | None = frame.program.captured.get(frame.function.number)
    if len(operands) == 3:
        seen = frame.registers.get(operands[1])
        number = seen.number if isinstance(seen, Environment) else None
    for _level in range(min(operands[-1], 64)):
        number = None if number is None else frame.program.around.get(number)
    frame.registers[operands[0]] = None if number in (None, -1) else Environment(number or 0)


def _load(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    environment = frame.registers.get(operands[1])
    known = isinstance(environment, Environment)
    frame.registers[operands[0]] = (
        Slot(environment.number, operands[2]) if known else None  # type: ignore[union-attr]
    )


def _store(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    environment = frame.registers.get(operands[0])
    given = frame.registers.get(operands[2])
    if not isinstance(environment, Environment) or given == Number("undefined"):
        return
    kept = frame.program.slots.setdefault(Slot(environment.number, operands[1]), [])
    if len(kept) < MOST_GIVEN:
        kept.append(given)


def _parameter(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    frame.registers[operands[0]] = Parameter(frame.function.number, operands[1])


def _add(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    left, right = frame.registers.get(operands[1]), frame.registers.get(operands[2])
    frame.registers[operands[0]] = Joined(left, right)


def _short_call(frame: Frame, opcode: Opcode, operands: Operands, at: int) -> None:
    given = [frame.registers.get(one) for one in operands[3:]]
    callee = frame.registers.get(operands[1])
    frame.registers[operands[0]] = frame.call(callee, given, at, opcode.size, made=False)


def _long_call(frame: Frame, opcode: Opcode, operands: Operands, at: int) -> None:
    given = frame.behind(operands[-1])
    made = opcode.name != "Call" and opcode.name != "CallLong"
    callee = frame.registers.get(operands[1])
    frame.registers[operands[0]] = frame.call(callee, given, at, opcode.size, made=made)


def _direct_call(frame: Frame, opcode: Opcode, operands: Operands, at: int) -> None:
    given = frame.behind(operands[1])
    called = Closure(operands[2])
    frame.registers[operands[0]] = frame.call(called, given, at, opcode.size, made=False)


def _selected(frame: Frame, _: Opcode, operands: Operands, __: int) -> None:
    """The object that a constructor made."""
    frame.registers[operands[0]] = frame.registers.get(operands[2])


def _steps() -> dict[str, Step]:
    """Steps by the names of instructions, of all versions."""
    named: dict[Step, str] = {
        _member: "GetById GetByIdShort GetByIdLong TryGetById TryGetByIdLong",
        _move: "Mov MovLong AddEmptyString",
        _text: "LoadConstString LoadConstStringLongIndex",
        _number: "LoadConstUInt8 LoadConstInt LoadConstDouble",
        _word("0"): "LoadConstZero",
        _word("undefined"): "LoadConstUndefined",
        _word("null"): "LoadConstNull",
        _word("true"): "LoadConstTrue",
        _word("false"): "LoadConstFalse",
        _global: "GetGlobalObject",
        _object: "NewObject",
        _array: "NewArray",
        _filled_object: "NewObjectWithBuffer NewObjectWithBufferLong",
        _filled_array: "NewArrayWithBuffer NewArrayWithBufferLong",
        _put: "PutById PutByIdLong TryPutById TryPutByIdLong PutByIdLoose PutByIdStrict "
              "PutByIdLooseLong PutByIdStrictLong TryPutByIdLoose TryPutByIdStrict "
              "PutNewOwnByIdShort PutNewOwnById PutNewOwnByIdLong PutNewOwnNEById "
              "DefineOwnById DefineOwnByIdLong",
        _put_place: "PutOwnBySlotIdx PutOwnBySlotIdxLong",
        _put_item: "PutOwnByIndex PutOwnByIndexL DefineOwnByIndex DefineOwnByIndexL "
                   "DefineOwnInDenseArray DefineOwnInDenseArrayL",
        _closure: "CreateClosure CreateClosureLongIndex CreateGeneratorClosure "
                  "CreateGeneratorClosureLongIndex CreateAsyncClosure CreateAsyncClosureLongIndex "
                  "CreateGenerator CreateGeneratorLongIndex CreateBaseClass "
                  "CreateBaseClassLongIndex",
        _own_environment: "CreateFunctionEnvironment CreateTopLevelEnvironment",
        _inner_environment: "CreateEnvironment CreateInnerEnvironment",
        _outer_environment: "GetEnvironment GetParentEnvironment",
        _load: "LoadFromEnvironment LoadFromEnvironmentL",
        _store: "StoreToEnvironment StoreToEnvironmentL StoreNPToEnvironment StoreNPToEnvironmentL",
        _parameter: "LoadParam LoadParamLong",
        _add: "Add AddN AddS",
        _short_call: "Call1 Call2 Call3 Call4",
        _long_call: "Call CallLong Construct ConstructLong CallWithNewTarget",
        _direct_call: "CallDirect CallDirectLongIndex",
        _selected: "SelectObject",
    }  # fmt: skip
    return {name: step for step, names in named.items() for name in names.split()}


STEPS = _steps()
