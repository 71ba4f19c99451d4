"""Where the values of a method come from, as small trees: what a test compares, in terms of
calls, fields, parameters and constants.

One pass over a method in the order of its code; at the target of a jump forward, what holds on
all ways that lead there. A value that differs between ways is unknown. Nothing is guessed.

Source: Dalvik bytecode, source.android.com/docs/core/runtime/dalvik-bytecode.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from witnessmark.facts.tables.code import CALLS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.call_roles import plays
from witnessmark.flow.instructions import Instruction, MethodCode
from witnessmark.flow.straight import PAIRS, STOPS, WRITES, static_constants

SWITCHES = (0x2B, 0x2C)
INVOKES = frozenset((*range(0x6E, 0x73), *range(0x74, 0x79)))
STATIC_INVOKES = (0x71, 0x77)
MOVES = range(0x01, 0x0A)
MOVE_RESULTS = range(0x0A, 0x0D)
CONSTANTS = range(0x12, 0x1A)
STRINGS, CLASS_CONSTANT = (0x1A, 0x1B), 0x1C
NEW_INSTANCE, CHECK_CAST, LENGTH = 0x22, 0x1F, 0x21
COMPARES = range(0x2D, 0x32)
IGETS, SGETS = range(0x52, 0x59), range(0x60, 0x67)
AGETS = range(0x44, 0x4B)
UNARY, BINARY, TWO_ADDRESS, LITERAL = (
    range(0x7B, 0x90), range(0x90, 0xB0), range(0xB0, 0xD0), range(0xD0, 0xE3),
)  # fmt: skip
WIDE_CONSTANTS = range(0x16, 0x1A)
SIGNS = ("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>")
LITERAL_SIGNS = ("+", "reverse -", "*", "/", "%", "&", "|", "^")
ADD_LITERALS = (0xD0, 0xD8)
GOTOS = (0x28, 0x29, 0x2A)
SMALL_CONSTANTS = (0x12, 0x13)
FEWEST_ADDITIONS = 2
DEEPEST = 5


class Constant(Struct, frozen=True):
    """A constant: kind as in `CALL_ARGUMENTS`, its text, the row it is, where it is loaded."""

    kind: str
    text: str
    row: int
    pc: int


class Parameter(Struct, frozen=True):
    """A parameter of the method, from 0 without the receiver; -1 for the receiver."""

    position: int
    type: str


class FieldRead(Struct, frozen=True):
    """A read of a field, of ``owner`` where it is no static one."""

    row: int
    owner: Origin | None
    pc: int


class Made(Struct, frozen=True):
    """An object that the method makes at ``pc``; ``type`` is its row."""

    type: int
    pc: int


class CallResult(Struct, frozen=True):
    """What a call gives; ``arguments`` with the receiver first where there is one."""

    callee: int
    call: int
    arguments: tuple[Origin, ...]
    pc: int


class Computed(Struct, frozen=True):
    """An operation on values: an arithmetic sign, ``compare``, ``length``, ``element``."""

    sign: str
    operands: tuple[Origin, ...]


class Sum(Struct, frozen=True):
    """What a register holds to which the method adds constants in several places."""

    register: int


class Unknown(Struct, frozen=True):
    """Nothing is known."""


UNKNOWN = Unknown()
Origin: TypeAlias = Constant | Parameter | FieldRead | Made | CallResult | Computed | Sum | Unknown

Relation = Literal["==", "!=", "<", ">=", ">", "<="]
ZERO_TESTS: tuple[Relation, ...] = ("==", "!=", "<", ">=", ">", "<=")
"""``if-eqz`` to ``if-lez`` and ``if-eq`` to ``if-le`` in the order of their opcodes."""

OPPOSITE: Mapping[Relation, Relation] = {
    "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
}  # fmt: skip


class Branch(Struct, frozen=True):
    """A branch at ``pc`` to ``target``, taken when ``left relation right``."""

    pc: int
    target: int
    left: Origin
    relation: Relation
    right: Origin


class Choice(Struct, frozen=True):
    """A switch at ``pc`` by a value."""

    pc: int
    value: Origin


class Call(Struct, frozen=True):
    """A call with the origins of what it is given, receiver first where there is one."""

    pc: int
    row: int
    callee: int
    receiver: bool
    arguments: tuple[Origin, ...]


class Store(Struct, frozen=True):
    """A write of a value into a field, or its return (``field`` -1)."""

    pc: int
    field: int
    value: Origin


class Added(Struct, frozen=True):
    """A constant added to a sum."""

    pc: int
    register: int
    number: int


Event: TypeAlias = Branch | Choice | Call | Store | Added


class _State(Struct):
    held: dict[int, Origin] = {}

    def joined(self, other: _State) -> _State:
        same = {r: o for r, o in self.held.items() if other.held.get(r) == o}
        return _State(same)


class Origins:
    """The pass over one method; constants of static fields are those of `flow.straight`, callees
    in ``chained`` return what they are called on.
    """

    def __init__(
        self,
        facts: Facts,
        code: MethodCode,
        constants: Mapping[int, tuple[str, str, int]] | None = None,
        chained: Collection[int] = (),
    ) -> None:
        self._facts = facts
        self._code = code
        self._constants = static_constants(facts) if constants is None else constants
        self._chained = chained
        self._added = _additions(code)
        self._sums = {one.registers[0] for one in code.instructions if one.pc in self._added}
        self._state = _State(dict(self._parameters()))
        self._result: Origin = UNKNOWN

    def events(self) -> Iterator[Event]:
        """Tests, switches, calls, stores and returns in order of pc."""
        saved: dict[int, _State] = {}
        falls = True
        for one in self._code.instructions:
            arriving = saved.pop(one.pc, None)
            if arriving is not None:
                self._state = self._state.joined(arriving) if falls else arriving
            elif not falls:
                self._state = _State()
            yield from self._event(one)
            for target in _targets(self._code, one):
                if target > one.pc:
                    known = saved.get(target)
                    now = _State(dict(self._state.held))
                    saved[target] = now if known is None else known.joined(now)
            falls = one.opcode not in STOPS

    def _parameters(self) -> Iterator[tuple[int, Origin]]:
        methods, method = self._facts.table(METHODS), self._code.method
        at = int(methods["registers"][method]) - int(methods["ins"][method])
        if not int(methods["access"][method]) & 0x8:
            owner = self._facts.descriptor(int(methods["class_type"][method]))
            yield at, Parameter(-1, owner)
            at += 1
        for position, kind in enumerate(self._facts.parameter_types(method)):
            yield at, Parameter(position, kind)
            at += 2 if kind in "JD" else 1

    def _event(self, one: Instruction) -> Iterator[Event]:
        opcode = one.opcode
        if opcode in INVOKES:
            yield from self._call(one)
        elif 0x38 <= opcode <= 0x3D:
            zero = Constant("int", "0", -1, one.pc)
            relation = ZERO_TESTS[opcode - 0x38]
            yield Branch(one.pc, one.pc + one.literal, self._of(one.registers[0]), relation, zero)
        elif 0x32 <= opcode <= 0x37:
            left, right = (self._of(register) for register in one.registers)
            relation = ZERO_TESTS[opcode - 0x32]
            yield Branch(one.pc, one.pc + one.literal, left, relation, right)
        elif opcode in SWITCHES:
            yield Choice(one.pc, self._of(one.registers[0]))
        elif (0x59 <= opcode <= 0x5F or 0x67 <= opcode <= 0x6D) and one.pc in self._code.fields:
            yield Store(one.pc, self._code.fields[one.pc], self._of(one.registers[0]))
        elif 0x0F <= opcode <= 0x11:
            yield Store(one.pc, -1, self._of(one.registers[0]))
        elif opcode in WRITES:
            self._write(one)
            if one.pc in self._added:
                yield Added(one.pc, one.registers[0], self._added[one.pc])

    def _call(self, one: Instruction) -> Iterator[Call]:
        row = self._code.calls.get(one.pc)
        self._result = UNKNOWN
        if row is None:
            return
        callee = int(self._facts.table(CALLS)["callee"][row])
        receiver = one.opcode not in STATIC_INVOKES
        kinds = (("L",) if receiver else ()) + self._facts.parameter_types(callee)
        arguments, at = [], 0
        for kind in kinds:
            known = at < len(one.registers)
            arguments.append(self._of(one.registers[at]) if known else UNKNOWN)
            at += 2 if kind in "JD" else 1
        given = tuple(arguments)
        same = len(given) == 1 and not isinstance(given[0], Unknown)
        same = same and plays(self._facts, "same", callee)
        same = same or (callee in self._chained and bool(given))
        self._result = given[0] if same else _shallow(CallResult(callee, row, given, one.pc))
        yield Call(one.pc, row, callee, receiver, given)

    def _of(self, register: int) -> Origin:
        known = self._state.held.get(register, UNKNOWN)
        adds = isinstance(known, Computed) and known.sign == "+" and register in self._sums
        if register in self._sums and (adds or isinstance(known, Unknown)):
            return Sum(register)
        return known

    def _write(self, one: Instruction) -> None:
        register = one.registers[0]
        value = self._value(one)
        if one.opcode in PAIRS:
            self._state.held.pop(register + 1, None)
        if isinstance(value, Unknown):
            self._state.held.pop(register, None)
        else:
            self._state.held[register] = value

    def _value(self, one: Instruction) -> Origin:
        opcode, pc = one.opcode, one.pc
        if opcode in MOVES:
            return self._of(one.registers[1])
        if opcode == NEW_INSTANCE and pc in self._code.types:
            return Made(self._code.types[pc], pc)
        if opcode in MOVE_RESULTS:
            return self._result
        if opcode == CHECK_CAST:
            return self._of(one.registers[0])
        if opcode in CONSTANTS:
            return Constant("long" if opcode in WIDE_CONSTANTS else "int", str(one.literal), -1, pc)
        if opcode in STRINGS and pc in self._code.strings:
            row = self._code.strings[pc]
            return Constant("string", self._facts.string(row), row, pc)
        if opcode == CLASS_CONSTANT and pc in self._code.types:
            row = self._code.types[pc]
            return Constant("type", self._facts.descriptor(row), row, pc)
        if (opcode in IGETS or opcode in SGETS) and pc in self._code.fields:
            return self._field(one)
        return self._operation(one)

    def _field(self, one: Instruction) -> Origin:
        row = self._code.fields[one.pc]
        if one.opcode in SGETS:
            known = self._constants.get(row)
            if known is not None:
                return Constant(known[0], known[1], known[2], one.pc)
            return FieldRead(row, None, one.pc)
        return _shallow(FieldRead(row, self._of(one.registers[1]), one.pc))

    def _operation(self, one: Instruction) -> Origin:
        opcode, registers = one.opcode, one.registers
        if opcode in COMPARES:
            form = "" if opcode == 0x31 else "<f" if opcode < 0x2F else "<d"
            operands = tuple(_real(self._of(register), form) for register in registers[1:])
            return _shallow(Computed("compare", operands))
        if opcode == LENGTH:
            return self._computed("length", registers[1:])
        if opcode in AGETS:
            return self._computed("element", registers[1:])
        if opcode in UNARY:
            return self._of(registers[1])
        if opcode in BINARY:
            return self._computed(SIGNS[_sign(opcode - 0x90)], registers[1:])
        if opcode in TWO_ADDRESS:
            return self._computed(SIGNS[_sign(opcode - 0xB0)], registers)
        if opcode in LITERAL:
            place = opcode - 0xD0 if opcode < 0xD8 else opcode - 0xD8
            sign = LITERAL_SIGNS[place] if place < len(LITERAL_SIGNS) else ">>"
            number = Constant("int", str(one.literal), -1, one.pc)
            return _shallow(Computed(sign, (self._of(registers[1]), number)))
        return UNKNOWN

    def _computed(self, sign: str, registers: tuple[int, ...]) -> Origin:
        return _shallow(Computed(sign, tuple(self._of(register) for register in registers)))


def _additions(code: MethodCode) -> dict[int, int]:
    """Constants by the place where they are added to a register, where two places add to it."""
    found: dict[int, dict[int, int]] = {}
    for one in code.instructions:
        if one.opcode in ADD_LITERALS and one.registers[0] == one.registers[1] and one.literal:
            found.setdefault(one.registers[0], {})[one.pc] = one.literal
    first = _first_points(code, set(found))
    for register, places in found.items():
        places |= first.get(register, {})
    return {
        pc: number
        for places in found.values()
        for pc, number in places.items()
        if len(places) >= FEWEST_ADDITIONS
    }


def _first_points(code: MethodCode, sums: Collection[int]) -> dict[int, dict[int, int]]:
    """Constants that a sum begins with on one way, by register and place: the compiler adds the
    first constant to nothing. The register is not used before something is added to it.
    """
    waiting: dict[int, dict[int, int]] = {}
    found: dict[int, dict[int, int]] = {}
    held: dict[int, list[Instruction]] = {}
    jumped = False
    for one in code.instructions:
        moved = held.get(one.registers[1]) if one.opcode in MOVES and one.registers else None
        if one.opcode in SMALL_CONSTANTS:
            other = held.get(one.registers[0], []) if jumped else []
            held[one.registers[0]] = [*other, one]
        elif one.opcode in WRITES:
            held.pop(one.registers[0], None)
        jumped = one.opcode in GOTOS
        if one.opcode in ADD_LITERALS and one.registers[0] == one.registers[1]:
            found.setdefault(one.registers[0], {}).update(waiting.pop(one.registers[0], {}))
        elif one.opcode in SMALL_CONSTANTS and one.registers[0] in sums:
            points = waiting.setdefault(one.registers[0], {})
            if one.literal:
                points[one.pc] = one.literal
        elif moved is not None and one.registers[0] in sums:
            points = waiting.setdefault(one.registers[0], {})
            points |= {load.pc: load.literal for load in moved if load.literal}
        else:
            for register in one.registers:
                waiting.pop(register, None)
    return found


def _real(origin: Origin, form: str) -> Origin:
    """A constant of bits as the real number that they are in a comparison of such."""
    if not form or not isinstance(origin, Constant) or origin.kind not in ("int", "long"):
        return origin
    size = struct.calcsize(form)
    bits = int(origin.text) & ((1 << 8 * size) - 1)
    number = struct.unpack(form, bits.to_bytes(size, "little"))[0]
    text = f"{number:.7g}" if size == 4 else repr(number)
    return Constant("float" if size == 4 else "double", text, -1, origin.pc)


def _sign(place: int) -> int:
    """Sign of a binary operation by its place among those of int, long, float and double."""
    if place < 22:
        return place % 11
    return (place - 22) % 5


def _shallow(origin: Origin, depth: int = DEEPEST) -> Origin:
    """A tree of at most `DEEPEST` levels."""
    if depth == 0:
        return UNKNOWN
    if isinstance(origin, CallResult):
        given = tuple(_shallow(one, depth - 1) for one in origin.arguments)
        return CallResult(origin.callee, origin.call, given, origin.pc)
    if isinstance(origin, FieldRead) and origin.owner is not None:
        return FieldRead(origin.row, _shallow(origin.owner, depth - 1), origin.pc)
    if isinstance(origin, Computed):
        return Computed(origin.sign, tuple(_shallow(one, depth - 1) for one in origin.operands))
    return origin


def _targets(code: MethodCode, one: Instruction) -> Iterator[int]:
    if 0x28 <= one.opcode <= 0x2A or 0x32 <= one.opcode <= 0x3D:
        yield one.pc + one.literal
    elif one.opcode in SWITCHES:
        yield from (target for _, target in code.switches.get(one.pc, ()))
