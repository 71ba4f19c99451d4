"""Methods of which a decompiler could only list the instructions, in a comment.

jadx writes one instruction a line, in words near to Java: ``java.lang.String r0 = r1.a(r2)``,
``if (r0 == 0) goto L12``, ``L12:``, what catches it in a comment behind.

Source: github.com/skylot/jadx (how it writes methods that it could not decompile).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from witnessmark.formats.java.arguments import listed
from witnessmark.formats.java.conditions import test
from witnessmark.formats.java.conversions import as_type, cast, result_suffix
from witnessmark.formats.java.creations import construct
from witnessmark.formats.java.field_constants import expression
from witnessmark.formats.java.method import Lowering, Result, Variable
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import LONG, OBJECT, THROWABLE, UNKNOWN, VOID, Type
from witnessmark.formats.listing.model import Handler, SwitchTable
from witnessmark.model.location import Span

DUMP = re.compile(rb"\{\s*/\*\s*\n(.*?)\*/\s*throw new UnsupportedOperationException\(", re.DOTALL)
SKIPPED = b"Method dump skipped"
LABEL = re.compile(r"(L[\w]+):$")
CATCHES = re.compile(r"\s*// Catch:(.*)$")
CATCH = re.compile(r"([\w.$]+) -> (L\w+)")
GOTO = re.compile(r"goto (L\w+)$")
IF = re.compile(r"if (\(.*\)) goto (L\w+)$")
CASE = re.compile(r"case (-?\d+): goto (L\w+);?$")
DEFAULT = re.compile(r"default: goto (L\w+);?$")
SWITCH = re.compile(r"switch\s*\((r\d+)\) \{$")
MONITOR = re.compile(r"(monitor-enter|monitor-exit)\((r\d+)\)$")
ASSIGNED = re.compile(r"(?:(?P<type>[^=()\"]+?)\s+)?(?P<name>r\d+) = (?P<value>.+)$")
MADE = re.compile(r"new ([\w.$]+(?:<.*>)?)$")
INIT = re.compile(r"(r\d+)\.<init>(\(.*\))$")
BOTH_WAYS = re.compile(r"(-?\d+)L? ?\(0x[0-9a-fA-F]+, (?:float|double):[^)]*\)")
MOST_LINES = 20_000


def dump_of(body: Syntax) -> tuple[bytes, int] | None:
    """The list of instructions in the body of a method and where it begins, if that is all."""
    found = DUMP.match(body.source, body.start, body.end)
    if found is None or SKIPPED in found[1]:
        return None
    return found[1], found.start(1)


class DumpReader:
    """Lowers one list."""

    def __init__(self, m: Lowering) -> None:
        self._m = m
        self._labels: dict[str, str] = {}
        self._types: dict[str, dict[str, Variable]] = {}
        self._registers: dict[str, int] = {}
        self._pairs = {name for name, one in m.blocks[0].items() if one.type.is_wide}
        self._cases: dict[int, str] | None = None
        self._switched = -1
        self._default: str | None = None
        self._guards: dict[tuple[str, str], str] = {}

    def read(self, dump: bytes, start: int, line: int) -> None:
        """Lower all lines; what cannot be read of them is noted."""
        for offset, number, text in _lines(dump, start, line):
            m = self._m
            mark = m.code.mark()
            m.code.line = number
            span = Span(offset, len(text.encode()))
            catches = CATCHES.search(text)
            self._guard(dict.fromkeys(CATCH.findall(catches[1])) if catches is not None else {})
            try:
                self._line(text[: catches.start()] if catches is not None else text, span)
            except UnreadableError as error:
                m.unit.note(error.says, span)
            m.code.release(mark)
        self._guard({})

    def _guard(self, wanted: dict[tuple[str, str], None]) -> None:
        """Begin and end ranges of handlers as the lines say."""
        code = self._m.code
        for key in [one for one in self._guards if one not in wanted]:
            start, end = self._guards.pop(key), code.here()
            if code.labels[start] < code.labels[end]:
                kind = None if key[0] == "all" else self._type(key[0]).desc
                code.handlers.append(Handler(start, end, self._label(key[1]), kind))
        for key in wanted:
            if key not in self._guards:
                self._types.setdefault(key[1], dict(self._m.blocks[0]))
                self._guards[key] = code.here()

    def _label(self, name: str) -> str:
        return self._labels.setdefault(name, f"dump {name}")

    def _type(self, text: str) -> Type:
        return self._m.world.names.resolve(text, self._m.scope)

    def _line(self, text: str, span: Span) -> None:
        code = self._m.code
        if (found := LABEL.match(text)) is not None:
            self._arrive(found[1])
        elif (found := GOTO.match(text)) is not None:
            self._types.setdefault(found[1], dict(self._m.blocks[0]))
            code.emit("goto", (), span, target=self._label(found[1]))
        elif (found := IF.match(text)) is not None:
            self._types.setdefault(found[2], dict(self._m.blocks[0]))
            test(self._m, self._parsed(found[1], text, span), self._label(found[2]), when=True)
        elif self._cases is not None or SWITCH.match(text) is not None:
            self._switch(text, span)
        elif (found := MONITOR.match(text)) is not None:
            code.emit(found[1], (self._register(found[2]),), span)
        elif text.startswith(("return", "throw ")):
            self._end(text, span)
        else:
            self._plain(text, span)

    def _arrive(self, name: str) -> None:
        """A label; where only jumps lead there, registers have the types that the first had."""
        if not self._m.code.goes_on and name in self._types:
            self._m.blocks[0] = dict(self._types[name])
        self._m.code.place(self._label(name))

    def _switch(self, text: str, span: Span) -> None:
        if (found := SWITCH.match(text)) is not None:
            self._switched, self._cases, self._default = self._register(found[1]), {}, None
        elif self._cases is None:
            return
        elif (found := CASE.match(text)) is not None:
            self._types.setdefault(found[2], dict(self._m.blocks[0]))
            self._cases.setdefault(int(found[1]), self._label(found[2]))
        elif (found := DEFAULT.match(text)) is not None:
            self._default = self._label(found[1])
        elif text.startswith("}"):
            table = SwitchTable(tuple(sorted(self._cases.items())))
            if self._cases:
                self._m.code.emit("packed-switch", (self._switched,), span, payload=table)
            if self._default is not None:
                self._m.code.emit("goto", (), span, target=self._default)
            self._cases = None

    def _end(self, text: str, span: Span) -> None:
        m = self._m
        word, _, value = text.partition(" ")
        if word == "throw":
            m.code.emit("throw", (m.load(self._value(value, text, span, None)),), span)
        elif not value or m.returned.desc == "V":
            m.code.emit("return-void", (), span)
        else:
            found = self._value(value, text, span, m.returned)
            if found.type.is_primitive and m.returned.is_primitive:
                found = as_type(m, found, m.returned)
            m.code.emit(f"return{result_suffix(m.returned)}", (m.load(found),), span)

    def _plain(self, text: str, span: Span) -> None:
        m = self._m
        if (found := INIT.match(text)) is not None:
            self._construct(found[1], found[2], text, span)
        elif (found := ASSIGNED.match(text)) is not None:
            kind = self._type(found["type"]) if found["type"] else None
            self._assign(found["name"], kind, found["value"].rstrip(";"), text, span)
        else:
            m.value(self._parsed(text.rstrip(";"), text, span), VOID)

    def _assign(self, name: str, kind: Type | None, value: str, text: str, span: Span) -> None:
        m = self._m
        if kind is not None and kind.is_wide:
            self._widen(name)
        register = self._register(name)
        if value == "move-exception":
            m.code.emit("move-exception", (register,), span)
            self._declare(name, THROWABLE)
        elif (made := MADE.match(value)) is not None:
            wanted = self._type(made[1])
            m.code.emit("new-instance", (register,), span, reference=wanted.desc)
            self._declare(name, wanted)
        else:
            found = self._value(value, text, span, kind)
            if found.type.is_wide and kind is None:
                self._widen(name)
                register = self._register(name)
            if found.type.desc == "V":
                raise UnreadableError("this has no value", span)
            if kind is not None and not found.is_null:
                found = cast(m, found, kind, span) if found.type.is_primitive else found
            is_number = found.constant is not None and not isinstance(found.constant.value, str)
            m.load_into(found, register)
            if kind is None:
                kind = UNKNOWN if is_number or found.is_null else found.type
            self._declare(name, kind)

    def _construct(self, name: str, given: str, text: str, span: Span) -> None:
        m = self._m
        target = m.variable(name)
        if target is None:
            raise UnreadableError(f"nothing here declares {name}", span)
        node = self._parsed(f"__init{given}", text, span)
        kind = target.type
        if target.register == m.this:
            kind = (m.world.names.above(m.owner) or (OBJECT,))[0]
        info = m.world.info(kind.desc)
        hidden = info is not None and any(one.hidden for one in info.methods.get("<init>", ()))
        if not hidden:
            construct(m, node, listed(node), kind, target.register)
            return
        values = [m.value(one) for one in listed(node)]
        spelled = "".join(one.type.desc for one in values)
        words = [n for one in values for n in _words(m.load(one), one.type)]
        m.code.emit("invoke-direct", (target.register, *words)[:5], span,
                    reference=f"{kind.desc}-><init>({spelled})V")  # fmt: skip

    def _value(self, value: str, text: str, span: Span, wanted: Type | None) -> Result:
        if value == "this" and self._m.this >= 0:
            return Result(Type(self._m.owner), span, self._m.this)
        return self._m.value(self._parsed(value, text, span), wanted)

    def _parsed(self, part: str, text: str, span: Span) -> Syntax:
        """The syntax of an expression in a line, with the places that it has in the file."""
        node = expression(BOTH_WAYS.sub(r"\1", part).encode())
        if node is None:
            raise UnreadableError("this instruction is not readable as Java", span)
        before = max(0, text.find(part))
        origin = span.offset + len(text[:before].encode()) - node.start
        node.moved(origin, self._m.code.line)
        return node

    def _register(self, name: str) -> int:
        known = self._m.variable(name)
        if name not in self._registers:
            parameter = known.register if known is not None else -1
            self._registers[name] = parameter if parameter >= 0 else self._m.code.local(OBJECT)
        return self._registers[name]

    def _widen(self, name: str) -> None:
        """A register of one word cannot take a number of two: that gets a pair of its own."""
        if name not in self._pairs:
            self._pairs.add(name)
            self._registers[name] = self._m.code.local(LONG)

    def _declare(self, name: str, kind: Type) -> None:
        self._m.blocks[0][name] = Variable(self._register(name), kind)


def _words(register: int, kind: Type) -> Sequence[int]:
    return (register, register + 1) if kind.is_wide else (register,)


def _lines(dump: bytes, start: int, line: int) -> Iterator[tuple[int, int, str]]:
    """Place, line and text of the lines that say something."""
    at = start
    for number, raw in enumerate(dump.split(b"\n")[:MOST_LINES]):
        text = raw.strip()
        if text:
            yield at + raw.index(text[:1]), line + number, text.decode("utf-8", "replace")
        at += len(raw) + 1
