"""A tiny assembler: lines of words to Dalvik instructions.

Values live on a stack of registers: ``string``, ``int``, ``type``, ``new``, ``sget`` push one;
``call`` takes its arguments from the top and pushes its result. After a constructor call the
new object stays. So ``string content://sms`` followed by ``call ...->parse(Ljava/lang/String;)...``
passes that string.

Lines::

    string TEXT | int N | type Lx; | new Lx; | sget Lc;->f:T | sput Lc;->f:T | iget Lc;->f:T
    iput Lc;->f:T | call [static|direct|interface|super] Lc;->m(args)R | array [T N | aput N
    return | throw | and N | xor N | if LABEL | ifless LABEL | goto LABEL | LABEL: | this | param N
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

INVOKE = {"virtual": 0x6E, "super": 0x6F, "direct": 0x70, "static": 0x71, "interface": 0x72}
CALL = re.compile(r"(?:(static|direct|interface|super|virtual) )?(\S+?)->([^(\s]+)\((\S*?)\)(\S+)$")
FIELD = re.compile(r"(\S+?)->([^:\s]+):(\S+)$")
PARAMETER = re.compile(r"\[*(?:L[^;]+;|[ZBSCIJFD])")
STACK = 64


@dataclass(slots=True)
class Pool:
    """Where the assembler asks for indices; the two-pass writer answers."""

    string: Callable[[str], int]
    type: Callable[[str], int]
    field: Callable[[str, str, str], int]
    method: Callable[[str, str, str], int]


@dataclass(slots=True)
class Assembled:
    """Instructions of one method."""

    units: list[int]
    registers: int
    ins: int
    outs: int


@dataclass(slots=True)
class Assembler:
    """State of one method while its lines are assembled."""

    pool: Pool
    static_methods: frozenset[str]
    ins: int
    units: list[int] = field(default_factory=list)
    top: int = 0
    outs: int = 0
    labels: dict[str, int] = field(default_factory=dict)
    jumps: list[tuple[int, int, str]] = field(default_factory=list)

    def push(self) -> int:
        """A fresh register."""
        self.top += 1
        if self.top > STACK:
            raise ValueError("too many values on the stack of a mini method")
        return self.top - 1

    def line(self, text: str) -> None:
        """Assemble one line."""
        if text.endswith(":"):
            self.labels[text[:-1]] = len(self.units)
            return
        word, _, rest = text.partition(" ")
        handler = getattr(self, f"do_{word}", None)
        if handler is None:
            raise ValueError(f"no such instruction: {text!r}")
        handler(rest)

    def do_string(self, rest: str) -> None:
        self.units += [0x1A | self.push() << 8, self.pool.string(rest)]

    def do_int(self, rest: str) -> None:
        value = int(rest, 0)
        self.units += [0x14 | self.push() << 8, value & 0xFFFF, value >> 16 & 0xFFFF]

    def do_long(self, rest: str) -> None:
        value = int(rest, 0)
        self.units += [0x17 | self.push() << 8, value & 0xFFFF, value >> 16 & 0xFFFF]
        self.push()

    def do_type(self, rest: str) -> None:
        self.units += [0x1C | self.push() << 8, self.pool.type(rest)]

    def do_new(self, rest: str) -> None:
        self.units += [0x22 | self.push() << 8, self.pool.type(rest)]

    def do_this(self, _: str) -> None:
        self.move_from_argument(0)

    def do_param(self, rest: str) -> None:
        self.move_from_argument(int(rest))

    def move_from_argument(self, position: int) -> None:
        self.units += [0x08 | self.push() << 8, STACK + position]

    def do_sget(self, rest: str) -> None:
        owner, name, kind = self.match_field(rest)
        opcode = 0x62 if kind[0] in "L[" else 0x60
        self.units += [opcode | self.push() << 8, self.pool.field(owner, name, kind)]

    def do_sput(self, rest: str) -> None:
        owner, name, kind = self.match_field(rest)
        opcode = 0x69 if kind[0] in "L[" else 0x67
        self.top -= 1
        self.units += [opcode | self.top << 8, self.pool.field(owner, name, kind)]

    def do_iget(self, rest: str) -> None:
        owner, name, kind = self.match_field(rest)
        opcode = 0x54 if kind[0] in "L[" else 0x52
        target = self.nibble(self.top - 1)
        self.units += [opcode | target << 8 | target << 12, self.pool.field(owner, name, kind)]

    def do_iput(self, rest: str) -> None:
        owner, name, kind = self.match_field(rest)
        opcode = 0x5B if kind[0] in "L[" else 0x59
        self.top -= 1
        value, target = self.nibble(self.top), self.nibble(self.top - 1)
        self.units += [opcode | value << 8 | target << 12, self.pool.field(owner, name, kind)]

    def do_array(self, rest: str) -> None:
        kind, _, count = rest.partition(" ")
        size = int(count)
        first = self.top - size
        self.outs = max(self.outs, size)
        self.units += [0x25 | size << 8, self.pool.type(kind), first]
        self.top = first
        self.units.append(0x0C | self.push() << 8)

    def do_call(self, rest: str) -> None:
        match = CALL.match(rest)
        if match is None:
            raise ValueError(f"not a call: {rest!r}")
        kind, owner, name, arguments, returned = match.groups()
        signature = f"{owner}->{name}({arguments}){returned}"
        kind = kind or self.default_kind(signature, name)
        parameters = PARAMETER.findall(arguments)
        wanted = len(parameters) + (kind != "static") + sum(p in "JD" for p in parameters)
        if self.top < wanted:
            self.pad(wanted)
        first = self.top - wanted
        method = self.pool.method(owner, name, f"({arguments}){returned}")
        self.outs = max(self.outs, wanted)
        self.units += [INVOKE[kind] + 6 | wanted << 8, method, first]
        self.top = first + (name == "<init>")
        if returned != "V":
            move = 0x0C if returned[0] in "L[" else 0x0B if returned in "JD" else 0x0A
            self.units.append(move | self.push() << 8)
            self.top += returned in "JD"

    def pad(self, wanted: int) -> None:
        """Put zeros below the values on the stack, so that what was left out comes first."""
        given = self.top
        zeros = [self.push() for _ in range(wanted - given)]
        for register in zeros:
            self.units += [0x13 | (register + given) << 8, 0]
        for register in range(given):
            self.units += [0x08 | (wanted + given + register) << 8, register]
        for register in zeros:
            self.units += [0x08 | (register - given) << 8, register + given]
        for register in range(given):
            target = wanted - given + register
            self.units += [0x08 | target << 8, wanted + given + register]

    def default_kind(self, signature: str, name: str) -> str:
        if name == "<init>":
            return "direct"
        return "static" if signature in self.static_methods else "virtual"

    def do_and(self, rest: str) -> None:
        self.units += [0xDD | (self.top - 1) << 8, (self.top - 1) | int(rest, 0) << 8]

    def do_xor(self, rest: str) -> None:
        self.units += [0xDF | (self.top - 1) << 8, (self.top - 1) | int(rest, 0) << 8]

    def do_if(self, rest: str) -> None:
        self.top -= 1
        self.jumps.append((len(self.units), len(self.units) + 1, rest))
        self.units += [0x38 | self.top << 8, 0]

    def do_ifless(self, rest: str) -> None:
        self.top -= 2
        left, right = self.nibble(self.top), self.nibble(self.top + 1)
        self.jumps.append((len(self.units), len(self.units) + 1, rest))
        self.units += [0x34 | left << 8 | right << 12, 0]

    def do_goto(self, rest: str) -> None:
        self.jumps.append((len(self.units), len(self.units) + 1, rest))
        self.units += [0x29, 0]

    def do_return(self, _: str) -> None:
        self.units.append(0x0E)

    def do_throw(self, _: str) -> None:
        self.top -= 1
        self.units.append(0x27 | self.top << 8)

    def nibble(self, register: int) -> int:
        if register > 15:
            raise ValueError("this instruction reaches the first 16 values only")
        return register

    @staticmethod
    def match_field(rest: str) -> tuple[str, str, str]:
        match = FIELD.match(rest)
        if match is None:
            raise ValueError(f"not a field: {rest!r}")
        return match[1], match[2], match[3]


def assemble(
    lines: Sequence[str], returned: str, ins: int, pool: Pool, static_methods: frozenset[str]
) -> Assembled:
    """Assemble a method body; a fitting return is appended."""
    work = Assembler(pool, static_methods, ins)
    for text in lines:
        work.line(text)
    if returned == "V":
        work.units.append(0x0E)
    else:
        register = work.top - 1 if work.top else work.push()
        if not work.top:
            work.units.append(0x12)
        opcode = 0x11 if returned[0] in "L[" else 0x10 if returned in "JD" else 0x0F
        work.units.append(opcode | max(register, 0) << 8)
    for at, slot, label in work.jumps:
        work.units[slot] = (work.labels[label] - at) & 0xFFFF
    return Assembled(work.units, STACK + ins, ins, work.outs)
