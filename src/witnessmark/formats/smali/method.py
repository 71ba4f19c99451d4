"""Bodies of methods: instructions, labels, payloads, handlers, parameters."""

from __future__ import annotations

import re

from witnessmark.formats.listing.model import (
    Annotation,
    ArrayData,
    Body,
    Handler,
    Instruction,
    ListedMethod,
    SwitchTable,
    Unread,
)
from witnessmark.formats.listing.pool import proto_parts
from witnessmark.formats.smali.operands import Frame, OperandReader
from witnessmark.formats.smali.tokens import Tokens, bits, number, plain_name, string_text
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

STATIC, NATIVE, ABSTRACT = 0x8, 0x100, 0x400
CATCH = re.compile(
    r"(?:(?P<type>\S+)\s+)?\{\s*:(?P<start>\S+)\s*\.\.\s*:(?P<end>[^\s}]+)\s*\}\s*:(?P<to>\S+)"
)
PARAMETER = re.compile(r'p(\d{1,3})(?:\s*,?\s*("(?:[^"\\]|\\.)*"))?')
IGNORED = frozenset({".prologue", ".epilogue", ".local", ".restart", ".end", ".source"})
MOST_REGISTERS = 0xFFFF

Raw = tuple[str, int, int, int, int]
"""Name, start, place of the operands, end, and line of an instruction that is not read yet."""


class MethodReader:
    """Takes the lines of one method in turn; `finished` reads its instructions."""

    def __init__(self, data: bytes, name: str, proto: str, access: int, span: Span) -> None:
        self._data = data
        self.name, self.proto, self.access, self.span = name, proto, access, span
        self.annotations: list[Annotation] = []
        self._by_parameter: dict[int, list[Annotation]] = {}
        self._pending: list[Annotation] = []
        self._parameter = -1
        self._names: dict[int, str] = {}
        self._registers = self._locals = -1
        self._line = 0
        self._raw: list[Raw] = []
        self._labels: dict[str, int] = {}
        self._payloads: dict[str, ArrayData | SwitchTable] = {}
        self._here: list[str] = []
        self._handlers: list[Handler] = []

    def label(self, name: str) -> None:
        """A label before the next instruction."""
        self._labels[name] = len(self._raw)
        self._here.append(name)

    def instruction(self, name: str, start: int, at: int, end: int) -> None:
        """An instruction, its operands the bytes from ``at`` to ``end``."""
        self._here.clear()
        self._raw.append((name, start, at, end, self._line))

    def annotation(self, found: Annotation) -> None:
        """An annotation of the parameter named last if that is closed later, else of the method."""
        (self.annotations if self._parameter < 0 else self._pending).append(found)

    def directive(self, word: str, rest: str) -> bool:
        """A line that begins with a dot; whether it is known. Raises `FormatError`."""
        if word in (".registers", ".locals"):
            count = _count(rest)
            if word == ".registers":
                self._registers = count
            else:
                self._locals = count
        elif word == ".line":
            self._line = _count(rest)
        elif word in (".catch", ".catchall"):
            self._catch(rest)
        elif word in (".param", ".parameter"):
            self._open_parameter(word, rest)
        elif word == ".end" and rest in ("param", "parameter"):
            self._close_parameter(kept=True)
        else:
            return word in IGNORED
        return True

    def _catch(self, rest: str) -> None:
        found = CATCH.match(rest)
        if found is None:
            raise FormatError("this is no range of handled instructions")
        kind = plain_name(found["type"]) if found["type"] else None
        self._handlers.append(Handler(found["start"], found["end"], found["to"], kind))

    def _open_parameter(self, word: str, rest: str) -> None:
        self._close_parameter(kept=False)
        if word == ".parameter":
            self._parameter = len(self._names) + (not self.access & STATIC)
            self._names[self._parameter] = string_text(rest) if rest.startswith('"') else ""
            return
        found = PARAMETER.match(rest)
        if found is None:
            raise FormatError("this names no parameter")
        self._parameter = int(found[1])
        self._names[self._parameter] = string_text(found[2]) if found[2] else ""

    def _close_parameter(self, *, kept: bool) -> None:
        """Annotations since the parameter are its own if ``.end param`` says so."""
        if kept and self._parameter >= 0:
            self._by_parameter.setdefault(self._parameter, []).extend(self._pending)
        else:
            self.annotations += self._pending
        self._pending = []
        self._parameter = -1

    def payload(self, word: str, rest: str, body: Tokens) -> None:
        """Data of a switch or array; ``body`` is what stands up to its end."""
        if word == ".array-data":
            found: ArrayData | SwitchTable = _array(rest, body)
        elif word == ".packed-switch":
            first = int(number(_first_word(rest))[1])
            labels = _labels(body)
            found = SwitchTable(tuple((first + n, label) for n, label in enumerate(labels)))
        else:
            found = _sparse(body)
        for label in self._here:
            self._payloads[label] = found
        self._here.clear()

    def finished(self, unread: list[Unread]) -> ListedMethod:
        """The method; instructions that cannot be read are noted in ``unread`` and left out."""
        self._close_parameter(kept=False)
        kinds = proto_parts(self.proto)[1]
        places = [0 if self.access & STATIC else 1]
        for kind in kinds:
            places.append(places[-1] + (2 if kind in ("J", "D") else 1))
        body = None
        if self._raw or not self.access & (NATIVE | ABSTRACT):
            body = self._body(places, unread)
        annotations = [tuple(self._by_parameter.get(place, ())) for place in places[:-1]]
        while annotations and not annotations[-1]:
            annotations.pop()
        return ListedMethod(
            self.name, self.proto, self.access, body, tuple(self.annotations), self.span,
            tuple(annotations),
        )  # fmt: skip

    def _body(self, places: list[int], unread: list[Unread]) -> Body:
        ins = places[-1]
        registers = self._registers if self._registers >= 0 else max(self._locals, 0) + ins
        frame = Frame(registers, max(0, registers - ins))
        reader = OperandReader(self._data, frame, self._payloads)
        instructions: list[Instruction] = []
        moved: list[int] = []
        for raw in self._raw:
            moved.append(len(instructions))
            try:
                instructions.append(reader.read(*raw))
            except FormatError as error:
                unread.append(Unread(error.what, Span(raw[1], raw[3] - raw[1])))
        moved.append(len(instructions))
        labels = {name: moved[place] for name, place in self._labels.items()}
        names = tuple(self._names.get(place) or None for place in places[:-1])
        return Body(
            registers, tuple(instructions), labels, tuple(self._handlers),
            names if any(names) else (),
        )  # fmt: skip


def _first_word(rest: str) -> str:
    return rest.partition("#")[0].strip()


def _count(rest: str) -> int:
    value = number(_first_word(rest))[1]
    if not isinstance(value, int) or value < 0:
        raise FormatError(f"{rest!r} is no count")
    return value


def _array(rest: str, body: Tokens) -> ArrayData:
    elements = []
    while body.peek() is not None:
        token = body.next()
        elements.append(bits(token.text, token.start))
    return ArrayData(_count(rest), tuple(elements))


def _labels(body: Tokens) -> list[str]:
    found = []
    while body.peek() is not None:
        found.append(body.next().text.removeprefix(":"))
    return found


def _sparse(body: Tokens) -> SwitchTable:
    cases = {}
    while body.peek() is not None:
        token = body.next()
        body.expect("->")
        key = bits(token.text, token.start) & 0xFFFFFFFF
        cases[key - (1 << 32) if key >> 31 else key] = body.next().text.removeprefix(":")
    return SwitchTable(tuple(sorted(cases.items())))
