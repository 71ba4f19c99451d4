"""What the code does, as far as it is followed: calls with what they are given, texts in use.

Each function is read once, in order. A register is believed until a place is reached to which
code jumps; then only registers that are written once in the function stay believed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field

from witnessmark.formats.hermes.file import Function, HermesFile
from witnessmark.formats.hermes.opcodes import Opcode, opcodes
from witnessmark.formats.hermes.steps import STEPS, Frame
from witnessmark.formats.hermes.values import (
    Closure,
    Constant,
    Global,
    Joined,
    Member,
    Number,
    Result,
    Slot,
    Value,
)
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

MOST_INSTRUCTIONS = 6_000_000
"""Instructions that are followed of one file: some seconds of work."""

MOST_CALLS = 300_000
DEEPEST = 24
MOST_NODES = 400
"""Values that are looked at to spell one."""

Instruction = tuple[int, Opcode, tuple[int | float, ...]]


class Called(Struct, frozen=True):
    """A call: the function in which it stands, what is called, with what; the instruction."""

    function: int
    callee: Value
    arguments: tuple[Value, ...]
    made: bool
    span: Span


class Program(Struct):
    """What was followed.

    ``calls``     in order of functions.
    ``uses``      how many instructions load each text, as a value or in a literal.
    ``named``     how many instructions name a member by each text.
    ``slots``     what variables that inner functions see are given.
    ``globals_``  what global variables are given, by the number of the name.
    ``members``   what members of that name are given, whatever they are members of.
    ``outer``     the function in which each function is made.
    ``captured``  the environment in which each function is made; ``around`` what is around one.
    ``read``      functions whose code was followed; the rest is broken, or more than is followed.
    """

    file: HermesFile
    calls: list[Called] = field(default_factory=list)
    uses: Counter[int] = field(default_factory=Counter)
    named: Counter[int] = field(default_factory=Counter)
    slots: dict[Slot, list[Value]] = field(default_factory=dict)
    globals_: dict[int, list[Value]] = field(default_factory=dict)
    members: dict[int, list[Value]] = field(default_factory=dict)
    outer: dict[int, int] = field(default_factory=dict)
    captured: dict[int, int] = field(default_factory=dict)
    around: dict[int, int] = field(default_factory=dict)
    read: int = 0
    full: bool = False

    def name(self, value: Value) -> str:
        """``a.b.c`` of members and variables; ``?`` begins what nobody names, empty for none."""
        return self._name(value, 0)

    def known(self, value: Value) -> Value:
        """What a variable is given, where that is one thing; any other value itself.

        A member stands for a text where all members of that name, of whatever object, are given
        that one text and nothing else, as settings are.
        """
        for _ in range(DEEPEST):
            given = self._given(value)
            if given is None or len(given) != 1:
                break
            value = given[0]
        return value

    def text(self, value: Value) -> str | None:
        """A text of pieces, with ``{name}`` for what is not known; None for what is no text."""
        pieces: list[str] = []
        waiting, seen = [value], 0
        is_text = False
        while waiting and seen < MOST_NODES:
            seen += 1
            one = self.known(waiting.pop())
            if isinstance(one, Constant):
                is_text = True
                pieces.append(self.file.text(one.text))
            elif isinstance(one, Joined):
                waiting += [one.right, one.left]
            elif isinstance(one, Number):
                pieces.append(one.spelled)
            else:
                pieces.append("{" + self.name(one).strip("?").rpartition(".")[2] + "}")
        pieces += ["{}"] if waiting else []
        return "".join(pieces) if is_text else None

    def _given(self, value: Value) -> Sequence[Value] | None:
        if isinstance(value, Slot):
            return self.slots.get(value)
        if isinstance(value, Member) and isinstance(value.of, Global):
            return self.globals_.get(value.name)
        if isinstance(value, Member):
            given = self.members.get(value.name, ())
            return given if all(isinstance(one, Constant) for one in given) else None
        return None

    def _name(self, value: Value, depth: int) -> str:
        if depth > DEEPEST:
            return "?"
        if isinstance(value, Slot):
            known = self.known(value)
            return "?" if isinstance(known, Slot) else self._name(known, depth + 1)
        if isinstance(value, Member):
            before = self._name(value.of, depth + 1)
            name = self.file.text(value.name)
            if name == "default":
                return before
            return name if isinstance(value.of, Global) else f"{before or '?'}.{name}"
        if isinstance(value, Closure) and value.number < len(self.file.functions):
            return self.file.text(self.file.functions[value.number].name)
        if isinstance(value, Result):
            called = self._name(value.function, depth + 1)
            return f"{called}()" if called else "?"
        return ""


def read_program(file: HermesFile) -> Program:
    """Follow every function; code that is broken is left out, and counted as not read."""
    program = Program(file)
    table = opcodes(file.version)
    left = MOST_INSTRUCTIONS
    for function in file.functions:
        if left <= 0 or len(program.calls) >= MOST_CALLS:
            program.full = True
            break
        try:
            instructions = _decoded(file.data, function.span, table)
            left -= len(instructions)
            _follow(program, function, instructions)
        except FormatError:
            continue
        program.read += 1
    return program


def _decoded(data: memoryview, span: Span, table: Sequence[Opcode]) -> list[Instruction]:
    """Instructions of a function with their places in the file.

    After the last stand tables of jumps, which begin with no instruction: where code cannot
    fall through to them, they end the reading.
    """
    found: list[Instruction] = []
    at, end = span.offset, span.end
    over = span.offset
    while at < end:
        number = data[at]
        if number >= len(table):
            raise FormatError("an instruction that there is not", at)
        opcode = table[number]
        if at + opcode.size > end:
            raise FormatError("the last instruction is cut", at)
        operands = opcode.layout.unpack_from(data, at + 1)
        found.append((at, opcode, operands))
        if opcode.jump >= 0:
            over = max(over, at + operands[opcode.jump])
        at += opcode.size
        if opcode.name in ENDS and at > over and _is_table(found, at, end):
            break
    return found


ENDS = frozenset({"Ret", "Throw", "Jmp", "JmpLong", "Unreachable"})
SWITCHES = frozenset({"SwitchImm", "UIntSwitchImm", "StringSwitchImm"})


def _is_table(found: Sequence[Instruction], at: int, end: int) -> bool:
    """Whether what follows is the table of a switch."""
    return any(
        opcode.name in SWITCHES and any(
            isinstance(one, int) and 0 < place + one <= end and -4 < place + one - at < 4
            for one in operands[1:3]
        )
        for place, opcode, operands in found
    )  # fmt: skip


def _follow(program: Program, function: Function, instructions: Sequence[Instruction]) -> None:
    """Follow one function's registers."""
    targets = {
        at + int(operands[opcode.jump]) for at, opcode, operands in instructions if opcode.jump >= 0
    }
    written = Counter(operands[0] for _, opcode, operands in instructions if opcode.writes)
    once = {register for register, count in written.items() if count == 1}
    frame = Frame(program, function)
    for at, opcode, operands in instructions:
        if at in targets:
            frame.forget(once)
        step: Callable[[Frame, Opcode, Sequence[int], int], None] | None = STEPS.get(opcode.name)
        if step is not None:
            step(frame, opcode, operands, at)  # type: ignore[arg-type]
        elif opcode.writes:
            frame.registers[int(operands[0])] = None


def functions_named(program: Program) -> Iterator[tuple[Function, str]]:
    """Functions with their names."""
    for function in program.file.functions:
        yield function, program.file.text(function.name)
