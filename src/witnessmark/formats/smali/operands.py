"""Instructions of smali: names, registers, what they refer to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from witnessmark.formats.dex.opcodes import Opcode
from witnessmark.formats.listing.encode import REGISTERS, by_name
from witnessmark.formats.listing.model import ArrayData, Instruction, SwitchTable, Value
from witnessmark.formats.smali.tokens import Tokens, bits, plain_name, string_text
from witnessmark.formats.smali.values import read_value
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

REGISTER_LIST = re.compile(rb"\{\s*([^}]*)\}\s*,?\s*")
REGISTER = re.compile(rb"([vp])(\d{1,5})\s*(?:,\s*)?")
STRING = re.compile(rb'"(?:[^"\\\n]|\\.)*"')
WORD = re.compile(rb"[ \t,]*('(?:[^'\\\n]|\\.[^'\n]*)'|(?:`[^`\n]*`|[^\s#`])+)")
CALL_SITE = re.compile(rb"([^\s(]*)\(")
PAYLOADS = frozenset({"packed-switch", "sparse-switch", "fill-array-data"})


class Frame(Struct, frozen=True):
    """Registers of a method: how many in all, and which one ``p0`` is."""

    registers: int
    first_parameter: int

    def number(self, kind: bytes, digits: bytes, at: int) -> int:
        """Register ``v3`` or ``p1``."""
        found = int(digits) + (self.first_parameter if kind == b"p" else 0)
        if found >= self.registers:
            name = (kind + digits).decode("ascii")
            raise FormatError(f"{name} lies outside of {self.registers} registers", at)
        return found


@lru_cache(maxsize=1 << 14)
def listed_registers(listed: bytes) -> tuple[tuple[bool, int], ...]:
    """Registers between braces: whether each counts from the parameters, and its number."""
    return tuple((one[1] == b"p", int(one[2])) for one in REGISTER.finditer(listed))


class OperandReader:
    """Reads the operands of one method's instructions."""

    def __init__(
        self, data: bytes, frame: Frame, payloads: Mapping[str, ArrayData | SwitchTable]
    ) -> None:
        self._data = data
        self._frame = frame
        self._payloads = payloads

    def read(self, name: str, start: int, at: int, end: int, line: int) -> Instruction:
        """The instruction called ``name`` whose operands are the bytes ``at`` to ``end``.

        Raises `FormatError` where they are not those of such an instruction.
        """
        opcode = by_name().get(name)
        if opcode is None:
            raise FormatError(f"there is no instruction {name!r}", start)
        span = Span(start, end - start)
        form = opcode.format
        if form[1] not in "0123456789r" or form == "10x":
            return Instruction(name, (), span, line=line)
        if form in ("35c", "3rc", "45cc", "4rcc"):
            return self._listing(opcode, span, at, end, line)
        registers = []
        for _ in REGISTERS[form]:
            found = REGISTER.match(self._data, at, end)
            if found is None:
                raise FormatError(f"{name} lacks a register", at)
            registers.append(self._frame.number(found[1], found[2], at))
            at = found.end()
        return self._rest(opcode, tuple(registers), span, at, end, line)

    def _rest(
        self, opcode: Opcode, registers: tuple[int, ...], span: Span, at: int, end: int, line: int
    ) -> Instruction:
        """What follows the registers: a name, a label, a number, or nothing."""
        name = opcode.name
        if opcode.index:
            reference, quoted = self._reference(opcode.index, at, end)
            return Instruction(name, registers, span, reference=reference, line=line, quoted=quoted)
        if opcode.format in ("12x", "11x", "22x", "32x", "23x"):
            return Instruction(name, registers, span, line=line)
        word, place = self._word(at, end)
        if opcode.format[-1] == "t":
            label = word.removeprefix(":")
            payload = self._payloads.get(label) if name in PAYLOADS else None
            if name in PAYLOADS and payload is None:
                raise FormatError(f"{name} has no data at {word!r}", at)
            target = None if payload is not None else label
            return Instruction(name, registers, span, target=target, payload=payload, line=line)
        literal = bits(word, place.offset)
        return Instruction(name, registers, span, literal=literal, line=line)

    def _listing(self, opcode: Opcode, span: Span, at: int, end: int, line: int) -> Instruction:
        found = REGISTER_LIST.match(self._data, at, end)
        if found is None:
            raise FormatError(f"{opcode.name} lacks its registers", at)
        registers = self._registers(found[1], found.start(1))
        name = opcode.name
        if opcode.index == "call_site":
            values = self._call_site(found.end(), end)
            return Instruction(name, registers, span, line=line, call_site=values)
        reference, quoted = self._reference(opcode.index, found.end(), end)
        second = None
        if opcode.format in ("45cc", "4rcc"):
            reference = reference.removesuffix(",")
            second, _ = self._word(quoted.end, end)
        return Instruction(
            name, registers, span, reference=reference, second=second, line=line, quoted=quoted
        )

    def _registers(self, listed: bytes, at: int) -> tuple[int, ...]:
        """``v0, v1`` or ``v0 .. v5``."""
        first = self._frame.first_parameter
        found = [number + first if is_parameter else number
                 for is_parameter, number in listed_registers(listed)]  # fmt: skip
        if found and max(found) >= self._frame.registers:
            raise FormatError(f"a register lies outside of {self._frame.registers}", at)
        if b".." not in listed:
            return tuple(found)
        if len(found) != 2 or found[0] > found[1]:
            raise FormatError("this is no range of registers", at)
        return tuple(range(found[0], found[1] + 1))

    def _reference(self, kind: str, at: int, end: int) -> tuple[str, Span]:
        """A name as it is spelled, or a string's text, and where it stands."""
        if kind != "string":
            word, span = self._word(at, end)
            return plain_name(word), span
        found = STRING.match(self._data, at, end)
        if found is None:
            raise FormatError("a string belongs here", at)
        literal = found[0].decode("utf-8", "surrogateescape")
        return string_text(literal), Span(found.start() + 1, found.end() - found.start() - 2)

    def _word(self, at: int, end: int) -> tuple[str, Span]:
        found = WORD.match(self._data, at, end)
        if found is None:
            raise FormatError("an operand is missing", at)
        word = found[1].decode("utf-8", "surrogateescape")
        return word, Span(found.start(1), found.end(1) - found.start(1))

    def _call_site(self, at: int, end: int) -> tuple[Value, ...]:
        """``name("method", (I)V, further...)@Lp/C;->bootstrap(...)V``."""
        opened = CALL_SITE.match(self._data, at, end)
        closed = self._data.rfind(b")@", at, end)
        if opened is None or closed < opened.end():
            raise FormatError("this is no call site", at)
        tokens = Tokens(self._data, opened.end(), closed)
        values = []
        while tokens.peek() is not None:
            values.append(read_value(tokens))
            if (following := tokens.peek()) is not None and following.text == ",":
                tokens.next()
        word, span = self._word(closed + 2, end)
        name = plain_name(word)
        if "@" not in name:
            name = f"invoke-static@{name}"
        return (Value("method_handle", name, span), *values)
