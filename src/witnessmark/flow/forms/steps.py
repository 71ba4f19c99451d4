"""What each instruction does to a state.

Source: Dalvik bytecode, source.android.com/docs/core/runtime/dalvik-bytecode.
"""

from __future__ import annotations

from witnessmark.flow.forms.branches import Onward, branch, number, switch
from witnessmark.flow.forms.calls import call
from witnessmark.flow.forms.declared_resources import R_CLASS
from witnessmark.flow.forms.heap import known_only, merged
from witnessmark.flow.forms.state import State
from witnessmark.flow.forms.tracer import Frame, Step, Tracer
from witnessmark.flow.forms.values import (
    ANY,
    NOTHING,
    UNKNOWN,
    Answer,
    Built,
    Coded,
    Index,
    Instance,
    Item,
    Made,
    Number,
    Resource,
    Symbol,
    Value,
    Values,
    View,
    Word,
    has_answer,
    only,
)  # fmt: skip
from witnessmark.flow.instructions import Instruction
from witnessmark.flow.values.numbers import UNARY, DivisionError, binary, wrapped
from witnessmark.flow.values.objects import Text

BUILDERS = frozenset({"Ljava/lang/StringBuilder;", "Ljava/lang/StringBuffer;"})
VIEW = "android.view.View"

DEFAULTS: Values = frozenset({Number(0), Number(-1), Word("")})
"""What fields hold until a constructor or setter writes them."""


def _move(_: Tracer, __: Frame, one: Instruction, state: State) -> None:
    state.registers[one.registers[0]] = state.registers[one.registers[1]]


def _result(_: Tracer, __: Frame, one: Instruction, state: State) -> None:
    state.registers[one.registers[0]] = state.result or UNKNOWN


def _forget(_: Tracer, __: Frame, one: Instruction, state: State) -> None:
    state.registers[one.registers[0]] = UNKNOWN


def _return(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> Onward:
    if one.registers:
        tracer.gives_back(frame, state.registers[one.registers[0]] or UNKNOWN)
    return []


def _throw(_: Tracer, __: Frame, ___: Instruction, ____: State) -> Onward:
    return []


def _goto(_: Tracer, __: Frame, one: Instruction, state: State) -> Onward:
    return [(one.pc + one.literal, state)]


def _number(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> None:
    values: Values = frozenset({number(tracer, frame, one, one.literal)})
    state.registers[one.registers[0]] = tracer.coded(values, state.guards)


def _word(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> None:
    row = frame.code.code.strings.get(one.pc, -1)
    text = tracer.program.facts.string(row) if row >= 0 else ""
    values: Values = frozenset({Word(text, row, frame.place(one))})
    state.registers[one.registers[0]] = tracer.coded(values, state.guards)


def _kind(tracer: Tracer, frame: Frame, one: Instruction) -> str:
    row = frame.code.code.types.get(one.pc)
    return "" if row is None else tracer.program.facts.descriptor(row)


def _new(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> None:
    kind = _kind(tracer, frame, one)
    made = Made(kind, frame.place(one), frame.chain[-3:])
    value: Value = made
    if kind in BUILDERS:
        value = Built((), made)
    elif tracer.program.is_below(kind, (VIEW,)):
        value = View("made", kind, made=made)
        tracer.uses.made.setdefault(made, made.place)
    elif kind in tracer.program.defined:
        tracer.uses.made.setdefault(made, made.place)
    state.registers[one.registers[0]] = frozenset({value})


def _new_array(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> None:
    made = Made(_kind(tracer, frame, one), frame.place(one), frame.chain[-3:])
    size = only(state.registers[one.registers[1]])
    if isinstance(size, Number):
        tracer.heap.write(("size", made), frozenset({size}))
    state.registers[one.registers[0]] = frozenset({made})


def _filled(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> None:
    made = Made(_kind(tracer, frame, one), frame.place(one), frame.chain[-3:])
    for index, register in enumerate(one.registers):
        tracer.heap.put_slot(made, Number(index), state.registers[register] or UNKNOWN)
    tracer.heap.write(("size", made), frozenset({Number(len(one.registers))}))
    state.result = frozenset({made})


def _fill(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> None:
    array, table = only(state.registers[one.registers[0]]), frame.code.fills.get(one.pc)
    if not isinstance(array, Made) or table is None or table[0] != 4:
        return
    for index in range(min(len(table[1]) // 4, 400)):
        cell = int.from_bytes(table[1][4 * index : 4 * index + 4], "little", signed=True)
        value = number(tracer, frame, one, cell)
        tracer.heap.put_slot(array, Number(index), frozenset({value}))


def _length(tracer: Tracer, _: Frame, one: Instruction, state: State) -> None:
    array = only(state.registers[one.registers[1]])
    size = tracer.heap.read(("size", array)) if isinstance(array, Made) else NOTHING
    state.registers[one.registers[0]] = size if len(size) == 1 else UNKNOWN


def elements(tracer: Tracer, source: Values, by: Values) -> Values:
    """What a list or array gives for an index: the element, or one of its constants."""
    found: set[Value] = set()
    index = only(by)
    for one in source:
        if isinstance(one, Resource) and one.kind == "array":
            found.update(Item(one, each) for each in by)
        elif isinstance(one, Made):
            if isinstance(index, Number):
                known = tracer.heap.slot(one, index.value)
                if known:
                    found |= known
                    continue
            held = merged(tracer.heap.slots(one))
            if sum(isinstance(each, Word | Resource | Coded) for each in held) or not held:
                found.update(Item(one, each) for each in by)
            found.update(each for each in held if not isinstance(each, Word | Resource))
        elif isinstance(one, Answer | Coded | Item):
            found.add(one)
    return frozenset(found) or UNKNOWN


def _array_get(tracer: Tracer, _: Frame, one: Instruction, state: State) -> None:
    target, array, index = one.registers
    by = state.registers[index] or UNKNOWN
    state.registers[target] = elements(tracer, state.registers[array], by)


def _array_put(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> None:
    values, arrays, index = (state.registers[register] for register in one.registers)
    at = only(index)
    slot = at if isinstance(at, Number) else (frame.place(one), frame.chain[-3:])
    for array in arrays:
        if isinstance(array, Made):
            tracer.heap.put_slot(array, slot, values or UNKNOWN)


def _iget(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> None:
    row = frame.code.code.fields.get(one.pc, -1)
    owners = state.registers[one.registers[1]]
    state.registers[one.registers[0]] = field_values(tracer, row, owners) if row >= 0 else UNKNOWN


def field_values(tracer: Tracer, row: int, owners: Values) -> Values:
    """What a field of some objects may hold."""
    row = tracer.program.world.field(row)
    found: set[Value] = set()
    for owner in owners:
        if isinstance(owner, Made | Instance | View):
            found |= tracer.heap.read((owner, row))
    if len(found) > 1:
        found = found - DEFAULTS or found
    if not found:
        found |= known_only(tracer.heap.read(("any", row)))
    if not found:
        found |= tracer.bound_field(row)
    return frozenset(found) or default_of(tracer, row)


def default_of(tracer: Tracer, row: int) -> Values:
    """What nobody was seen to write: some object of the app, or what the field is called."""
    kind = tracer.program.world.field_kind(row)
    if kind in tracer.program.defined:
        return frozenset({Instance(kind)})
    owner, _, name = tracer.program.facts.field_signature(row).partition("->")
    simple = owner.rpartition("/")[2].rstrip(";").partition("$")[0]
    return frozenset({Symbol(f"{simple}.{name.partition(':')[0]}")})


def _iput(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> None:
    row = frame.code.code.fields.get(one.pc, -1)
    if row < 0:
        return
    values, owners = (state.registers[register] for register in one.registers)
    tracer.store(frame, one, row, owners, values or UNKNOWN, state)


def _sget(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> None:
    row = frame.code.code.fields.get(one.pc, -1)
    state.registers[one.registers[0]] = _static(tracer, frame, one, row) if row >= 0 else UNKNOWN


def _static(tracer: Tracer, frame: Frame, one: Instruction, row: int) -> Values:
    signature = tracer.program.facts.field_signature(row)
    owner, _, rest = signature.partition("->")
    of_r = R_CLASS.fullmatch(owner)
    if of_r is not None and not owner.startswith("Landroid/"):
        return frozenset({Resource(of_r[1], rest.partition(":")[0], frame.place(one))})
    row = tracer.program.world.field(row)
    tracer.starts(row)
    found = tracer.heap.read(("static", row))
    initial = _initial(tracer, row)
    return found | initial or default_of(tracer, row)


def _initial(tracer: Tracer, row: int) -> Values:
    value = tracer.program.world.initial_value(row)
    if isinstance(value, Text):
        string = value.steps[0].string if value.steps else -1
        return frozenset({Word(value.text, string)})
    if isinstance(value, int) and value:
        named = tracer.program.resource_by_number.get(value & 0xFFFFFFFF)
        return frozenset({Resource(*named) if named and value >> 16 else Number(value)})
    return NOTHING


def _sput(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> None:
    row = frame.code.code.fields.get(one.pc, -1)
    if row >= 0:
        values = state.registers[one.registers[0]] or UNKNOWN
        tracer.heap.write(("static", tracer.program.world.field(row)), values)


def _cast(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> None:
    """A cast tells the class of a view, and turns what is unknown into an object of the app."""
    kind, register = _kind(tracer, frame, one), one.registers[0]
    values = state.registers[register]
    for value in values:
        if isinstance(value, View) and value.kind == "id":
            tracer.cast(value, kind)
    if not known_only(values) and kind in tracer.program.defined:
        state.registers[register] = frozenset({Instance(kind)})


def _instance_of(_: Tracer, __: Frame, one: Instruction, state: State) -> None:
    state.registers[one.registers[0]] = UNKNOWN


def _unary(_: Tracer, __: Frame, one: Instruction, state: State) -> None:
    values, function = state.registers[one.registers[1]], UNARY.get(one.opcode)
    found: set[Value] = set()
    for value in values:
        if isinstance(value, Number):
            found.add(Number(function(value.value)) if function is not None else ANY)
        else:
            found.add(value)
    state.registers[one.registers[0]] = frozenset(found) or UNKNOWN


def _binary(_: Tracer, __: Frame, one: Instruction, state: State) -> None:
    registers, held = one.registers, state.registers
    if one.opcode >= 0xD0:
        first, second = held[registers[1]], frozenset[Value]({Number(one.literal)})
    elif one.opcode >= 0xB0:
        first, second = held[registers[0]], held[registers[1]]
    else:
        first, second = held[registers[1]], held[registers[2]]
    held[registers[0]] = _computed(one.opcode, first, second)


def _computed(opcode: int, first: Values, second: Values) -> Values:
    kept = frozenset(
        value for value in first | second if has_answer(value) or isinstance(value, Index)
    )
    if kept:
        return kept
    a, b, operation = only(first), only(second), binary(opcode)
    if operation is None or not isinstance(a, Number) or not isinstance(b, Number):
        return UNKNOWN
    function, bits = operation
    if b.value == 0 and opcode & 0x0F in (0x03, 0x04) and not opcode >= 0xD8:
        return UNKNOWN
    try:
        return frozenset({Number(wrapped(function(a.value, b.value, bits), bits))})
    except DivisionError:
        return UNKNOWN


def _invoke(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> None:
    state.result = call(tracer, frame, one, state)


_FAMILIES: tuple[tuple[int, int, Step], ...] = (
    (0x01, 0x09, _move),
    (0x0A, 0x0C, _result),
    (0x0D, 0x0D, _forget),
    (0x0E, 0x11, _return),
    (0x12, 0x19, _number),
    (0x1A, 0x1B, _word),
    (0x1C, 0x1C, _forget),
    (0x1F, 0x1F, _cast),
    (0x20, 0x20, _instance_of),
    (0x21, 0x21, _length),
    (0x22, 0x22, _new),
    (0x23, 0x23, _new_array),
    (0x24, 0x25, _filled),
    (0x26, 0x26, _fill),
    (0x27, 0x27, _throw),
    (0x28, 0x2A, _goto),
    (0x2B, 0x2C, switch),
    (0x2D, 0x31, _forget),
    (0x32, 0x3D, branch),
    (0x44, 0x4A, _array_get),
    (0x4B, 0x51, _array_put),
    (0x52, 0x58, _iget),
    (0x59, 0x5F, _iput),
    (0x60, 0x66, _sget),
    (0x67, 0x6D, _sput),
    (0x6E, 0x72, _invoke),
    (0x74, 0x78, _invoke),
    (0x7B, 0x8F, _unary),
    (0x90, 0xE2, _binary),
)

STEPS: dict[int, Step] = {
    opcode: step for first, last, step in _FAMILIES for opcode in range(first, last + 1)
}
"""By opcode."""
