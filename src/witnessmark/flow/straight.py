"""What registers are known to hold along the straight lines of one method.

One forward pass. Where control can arrive from elsewhere everything is forgotten, except
registers that the method writes only once, with a constant: the verifier lets no run read a
register that no run has written, so that constant is what every run reads. Arrays, string
builders and new objects are followed as long as the line is straight, through moves, and are
forgotten with it. Nothing is guessed: what is not known is absent.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from witnessmark.facts.tables.code import CALLS, FIELD_USES, FIELDS, METHODS, STATIC_VALUES
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.flow.call_roles import plays
from witnessmark.flow.instructions import Instruction, MethodCode
from witnessmark.model.distinct import among

STOPS = frozenset((*range(0x0E, 0x12), 0x27, 0x28, 0x29, 0x2A))
WIDE = frozenset((0x04, 0x05, 0x06, 0x0B, *range(0x16, 0x1A), 0x45, 0x53, 0x61))
WRITES = frozenset((
    *range(0x01, 0x0E), *range(0x12, 0x1D), *range(0x20, 0x24), *range(0x2D, 0x32),
    *range(0x44, 0x4B), *range(0x52, 0x59), *range(0x60, 0x67), *range(0x7B, 0xE3), 0xFE, 0xFF,
))  # fmt: skip
STATIC_WRITES = range(0x67, 0x6E)
PAIRS = frozenset((*WIDE, *range(0x7B, 0xE3), *range(0x2D, 0x32)))
"""Instructions after which the register behind the destination may be overwritten too."""

STATIC_INVOKES = (0x71, 0x77)
MOVE_RESULT_OBJECT = 0x0C

BUILDERS = frozenset({"Ljava/lang/StringBuilder;", "Ljava/lang/StringBuffer;"})
LONGEST_TEXT = 1 << 16
LARGEST_ARRAY = 1 << 16


class Known(Struct, frozen=True):
    """A known value: kind and text as in `CALL_ARGUMENTS`, the row it is, where it was loaded."""

    kind: str
    text: str
    row: int
    pc: int


class Boxed(Known, frozen=True):
    """A number in an object."""


class KnownArray(Struct):
    """An array made on this line; ``elements`` by index, None for one that is not known."""

    size: int
    pc: int
    type: int
    elements: dict[int, Known | None] = {}
    spoiled: bool = False

    def complete(self) -> list[Known] | None:
        """The elements in order, when each was put exactly once and is known."""
        if self.spoiled or len(self.elements) != self.size:
            return None
        listed = [self.elements.get(index) for index in range(self.size)]
        known = [one for one in listed if one is not None]
        return known if len(known) == self.size else None


class KnownBuilder(Struct):
    """A string builder and what was appended; ``text`` None once a piece was not known."""

    pc: int
    text: str | None = ""


class NewObject(Struct):
    """An object made on this line."""

    type: int
    pc: int


Held = Known | KnownArray | KnownBuilder | NewObject


class CallEvent(Struct, frozen=True):
    """A call with what is known of its arguments, receiver first where there is one."""

    pc: int
    row: int
    callee: int
    receiver: bool
    arguments: tuple[Held | None, ...]


class WriteEvent(Struct, frozen=True):
    """A write of a known value into a field, of ``object`` where that is known."""

    pc: int
    field: int
    value: Held
    object: Held | None = None


@once_an_app
def static_constants(facts: Facts) -> Mapping[int, tuple[str, str, int]]:
    """Kind, text and string row of static fields whose initial value is a constant.

    Only final fields count, and of these only those that no code sets: others may be written later,
    and what a class initialiser works out stands in the file as 0.
    """
    final = facts.table(FIELDS)["access"] & 0x10
    uses = facts.table(FIELD_USES)
    final[uses["field"][among(uses["opcode"], STATIC_WRITES)]] = 0
    kinds = {"string": "string", "int": "int", "short": "int", "byte": "int", "char": "int",
             "long": "long", "float": "float", "double": "double", "type": "type"}  # fmt: skip
    return {
        row: (kinds[kind], _unit(text) if kind == "char" else text, ref)
        for row, kind, text, ref in facts.table(STATIC_VALUES).rows("field", "kind", "text", "ref")
        if kind in kinds and final[row]
    }


def _unit(letter: str) -> str:
    """Number of a character as `STATIC_VALUES` spells it: itself, or ``u`` and four hex digits
    behind a backslash.
    """
    return str(
        ord(letter) if len(letter) == 1 else int.from_bytes(bytes.fromhex(letter[2:]), "big")
    )


class StraightLine:
    """The pass over one method."""

    def __init__(
        self, facts: Facts, code: MethodCode, constants: Mapping[int, tuple[str, str, int]]
    ) -> None:
        self._facts = facts
        self._code = code
        self._constants = constants
        self._held: dict[int, Held] = {}
        self._wide: set[int] = set()
        self._result: Held | None = None
        self._single = self._written_once()
        self.arrays: list[KnownArray] = []

    def events(self) -> Iterator[CallEvent | WriteEvent]:
        """Calls and field writes in order of pc."""
        goes_on = True
        for one in self._code.instructions:
            if one.pc in self._code.joins or not goes_on:
                self._held = dict(self._single)
                self._wide.clear()
            if 0x6E <= one.opcode <= 0x78 or 0xFA <= one.opcode <= 0xFD:
                event = self._call(one)
                if event is not None:
                    yield event
            else:
                yield from self._write(one)
                self._step(one)
            goes_on = one.opcode not in STOPS

    def _written_once(self) -> dict[int, Held]:
        """Constants of registers that a single instruction of the method writes.

        Registers of parameters are written by the caller and do not count.
        """
        counts: dict[int, int] = {}
        writing: list[tuple[int, Instruction]] = []
        for one in self._code.instructions:
            if one.opcode in WRITES:
                register = one.registers[0]
                writing.append((register, one))
                counts[register] = counts.get(register, 0) + 1
                if one.opcode in PAIRS:
                    counts[register + 1] = counts.get(register + 1, 0) + 1
        first = _first_parameter(self._facts, self._code.method)
        single = {register: one for register, one in writing if counts[register] == 1}
        values = ((r, self._constant(one)) for r, one in single.items() if r < first)
        return {register: value for register, value in values if value is not None}

    def _step(self, one: Instruction) -> None:
        opcode = one.opcode
        if opcode == 0x23:
            self._put(one, self._new_array(one))
        elif opcode in (0x24, 0x25):
            self._result = self._filled(one)
        elif opcode == 0x4D:
            self._array_put(one)
        elif opcode == 0x26 or 0x4B <= opcode <= 0x51:
            array = self._held.get(one.registers[-2] if opcode != 0x26 else one.registers[0])
            if isinstance(array, KnownArray):
                array.spoiled = True
        elif opcode in WRITES:
            self._put(one, self._value(one))

    def _value(self, one: Instruction) -> Held | None:
        if 0x01 <= one.opcode <= 0x09:
            return self._held.get(one.registers[1])
        if one.opcode == MOVE_RESULT_OBJECT:
            return self._result
        if one.opcode == 0x22 and one.pc in self._code.types:
            kind = self._code.types[one.pc]
            is_builder = self._facts.descriptor(kind) in BUILDERS
            return KnownBuilder(one.pc) if is_builder else NewObject(kind, one.pc)
        return self._constant(one)

    def _constant(self, one: Instruction) -> Known | None:
        code, pc = self._code, one.pc
        if 0x12 <= one.opcode <= 0x19:
            return Known("long" if one.opcode >= 0x16 else "int", str(one.literal), -1, pc)
        if one.opcode in (0x1A, 0x1B) and pc in code.strings:
            return Known("string", self._facts.string(code.strings[pc]), code.strings[pc], pc)
        if one.opcode == 0x1C and pc in code.types:
            return Known("type", self._facts.descriptor(code.types[pc]), code.types[pc], pc)
        if 0x60 <= one.opcode <= 0x66 and pc in code.fields:
            row = code.fields[pc]
            found = self._constants.get(row)
            if found is not None:
                return Known(*found, pc)
            return Known("field", self._facts.field_signature(row), row, pc)
        return None

    def _put(self, one: Instruction, value: Held | None) -> None:
        register = one.registers[0]
        if register - 1 in self._wide:
            self._forget(register - 1)
        pair = one.opcode in WIDE
        self._forget(register)
        if one.opcode in PAIRS:
            self._forget(register + 1)
        if value is not None:
            self._held[register] = value
            if pair:
                self._wide.add(register)

    def _forget(self, register: int) -> None:
        self._held.pop(register, None)
        self._wide.discard(register)

    def _new_array(self, one: Instruction) -> KnownArray | None:
        size = self._held.get(one.registers[1])
        if not isinstance(size, Known) or size.kind != "int" or one.pc not in self._code.types:
            return None
        count = int(size.text)
        if not 0 <= count <= LARGEST_ARRAY:
            return None
        return self._kept(KnownArray(count, one.pc, self._code.types[one.pc]))

    def _filled(self, one: Instruction) -> KnownArray | None:
        if one.pc not in self._code.types:
            return None
        kind = self._code.types[one.pc]
        element = self._facts.descriptor(kind)[1:] or "L"
        held = (_typed(self._held.get(register), element) for register in one.registers)
        elements = [_as_known(value) for value in held]
        array = KnownArray(len(elements), one.pc, kind)
        array.elements = dict(enumerate(elements))
        return self._kept(array)

    def _kept(self, array: KnownArray) -> KnownArray:
        self.arrays.append(array)
        return array

    def _array_put(self, one: Instruction) -> None:
        value, array, index = (self._held.get(register) for register in one.registers)
        if not isinstance(array, KnownArray):
            return
        if not isinstance(index, Known) or index.kind != "int" or int(index.text) in array.elements:
            array.spoiled = True
            return
        array.elements[int(index.text)] = _as_known(_typed(value, "L"))

    def _write(self, one: Instruction) -> Iterator[WriteEvent]:
        """Event of a field write; iput and sput hold the value in their first register."""
        if 0x59 <= one.opcode <= 0x5F or 0x67 <= one.opcode <= 0x6D:
            value = self._held.get(one.registers[0])
            if value is not None and one.pc in self._code.fields:
                owner = self._held.get(one.registers[1]) if one.opcode <= 0x5F else None
                yield WriteEvent(one.pc, self._code.fields[one.pc], value, owner)

    def _call(self, one: Instruction) -> CallEvent | None:
        self._result = None
        row = self._code.calls.get(one.pc)
        if row is None:
            return None
        callee = int(self._facts.table(CALLS)["callee"][row])
        receiver = one.opcode not in STATIC_INVOKES
        arguments = self._arguments(one, callee, receiver)
        self._result = self._apply(callee, receiver, arguments)
        self._escape(arguments[1:] if receiver else arguments)
        return CallEvent(one.pc, row, callee, receiver, arguments)

    def _escape(self, arguments: Sequence[Held | None]) -> None:
        """What a callee was given it may change: builders end, arrays are no longer followed."""
        given = {id(value) for value in arguments if isinstance(value, KnownArray | KnownBuilder)}
        for value in arguments:
            if isinstance(value, KnownBuilder):
                value.text = None
        if given:
            self._held = {r: value for r, value in self._held.items() if id(value) not in given}

    def _arguments(self, one: Instruction, callee: int, receiver: bool) -> tuple[Held | None, ...]:
        kinds = (("L",) if receiver else ()) + self._facts.parameter_types(callee)
        found: list[Held | None] = []
        at = 0
        for kind in kinds:
            held = self._held.get(one.registers[at]) if at < len(one.registers) else None
            found.append(_typed(held, kind))
            at += 2 if kind in "JD" else 1
        return tuple(found)

    def _apply(self, callee: int, receiver: bool, arguments: Sequence[Held | None]) -> Held | None:
        """What the call returns, as far as its text is known; builders grow."""
        first = arguments[0] if arguments else None
        name = self._facts.method_name(callee)
        if receiver and isinstance(first, KnownBuilder):
            return _build(first, name, arguments[1:])
        owner = self._facts.descriptor(int(self._facts.table(METHODS)["class_type"][callee]))
        spells = len(arguments) == 1 and plays(self._facts, "same_text", callee)
        if spells and isinstance(first, Known) and first.kind in ("string", "derived"):
            is_text = owner.startswith("Ljava/lang/")
            return first if is_text else Known("derived", first.text, first.row, first.pc)
        boxes = isinstance(first, Known) and plays(self._facts, "boxes", callee)
        if boxes and len(arguments) == 1 and isinstance(first, Known):
            return _boxed(first)
        if owner == "Ljava/lang/String;" and name == "concat" and len(arguments) == 2:
            return _joined(first, arguments[1])
        return None


def _first_parameter(facts: Facts, method: int) -> int:
    methods = facts.table(METHODS)
    return int(methods["registers"][method]) - int(methods["ins"][method])


def _as_known(value: Held | None) -> Known | None:
    return value if isinstance(value, Known) else None


def _joined(first: Held | None, second: Held | None) -> Known | None:
    """The text of two known texts, one after the other."""
    texts = ("string", "derived")
    if not isinstance(first, Known) or not isinstance(second, Known):
        return None
    if first.kind not in texts or second.kind not in texts:
        return None
    return Known("derived", first.text + second.text, -1, first.pc)


def _build(builder: KnownBuilder, name: str, arguments: Sequence[Held | None]) -> Held | None:
    """Effect of a call on a builder; the builder itself, its text, or nothing known."""
    if name == "toString" and not arguments:
        return None if builder.text is None else Known("derived", builder.text, -1, builder.pc)
    if name == "<init>" and not arguments:
        return None
    piece = _piece(arguments[0]) if len(arguments) == 1 and name in ("append", "<init>") else None
    is_capacity = (
        name == "<init>" and isinstance(arguments[0], Known) and arguments[0].kind == "int"
    )
    if is_capacity:
        return None
    known = builder.text is not None and piece is not None
    text = f"{builder.text}{piece}" if known else None
    builder.text = text if text is not None and len(text) <= LONGEST_TEXT else None
    return builder if name == "append" else None


def _piece(value: Held | None) -> str | None:
    """Text that a constant adds to a builder."""
    spelled = ("string", "derived", "int", "long", "char", "null")
    return value.text if isinstance(value, Known) and value.kind in spelled else None


def _boxed(value: Known) -> Boxed | None:
    numbers = ("int", "long", "char", "float", "double")
    found = Boxed(value.kind, value.text, value.row, value.pc)
    return found if value.kind in numbers else None


def _typed(value: Held | None, kind: str) -> Held | None:
    """A constant as its parameter takes it: 0 for an object is null, 65 for a char is A."""
    if not isinstance(value, Known) or value.kind not in ("int", "long"):
        return value
    if isinstance(value, Boxed):
        return value
    number = int(value.text)
    if kind[0] in "L[":
        return Known("null", "null", -1, value.pc) if number == 0 else None
    if kind == "C":
        return Known("char", chr(number & 0xFFFF), -1, value.pc)
    if kind == "Z":
        return Known("int", str(number), -1, value.pc)
    if kind in "FD":
        return Known("float" if kind == "F" else "double", _real(number, kind), -1, value.pc)
    return value


def _real(bits: int, kind: str) -> str:
    size = 4 if kind == "F" else 8
    form = "<f" if kind == "F" else "<d"
    number = struct.unpack(form, (bits & ((1 << 8 * size) - 1)).to_bytes(size, "little"))[0]
    return repr(number)


def list_text(elements: Sequence[Known]) -> str:
    """Elements of an array as JSON: texts as they are, null, other constants by their text."""
    return json.dumps(
        [None if one.kind == "null" else one.text for one in elements], ensure_ascii=False
    )
