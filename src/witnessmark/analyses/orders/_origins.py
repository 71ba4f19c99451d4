"""Where a value comes from: backwards from its use, to what somebody far away has said.

Follows one method's registers backwards by the nearest instruction before that writes them, then
goes on in callers, in writers of fields, in the background half of tasks. It asks one question
only: can this value be what a channel of the pack ``channels`` gave? The nearest write may belong
to another way through the method, so the answer is *derived*, never read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.orders._enums import is_switch_map
from witnessmark.facts.tables.code import CALLS, FIELD_USES, FIELDS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader, Instruction, MethodCode
from witnessmark.flow.straight import WRITES
from witnessmark.flow.tables import DISPATCHES
from witnessmark.knowledge.packs.channels import Channel
from witnessmark.model.distinct import among

DEEPEST = 16
"""Steps from method to method."""

MOST_WAYS = 24
"""Callers, writers or pieces that are looked into at one step."""

MOST_SEEN = 4000
"""Registers that one question looks into."""

MOVES = range(0x01, 0x0A)
MOVE_RESULTS = (0x0A, 0x0B, 0x0C)
CHECK_CAST, NEW_INSTANCE, NEW_ARRAY = 0x1F, 0x22, 0x23
FIELD_READS, STATIC_READS = range(0x52, 0x59), range(0x60, 0x67)
FIELD_WRITES, STATIC_WRITES = range(0x59, 0x60), range(0x67, 0x6E)
ARRAY_READS = range(0x44, 0x4B)
RETURNS = (0x0F, 0x10, 0x11)
STATIC_CALLS = (0x71, 0x77)
GETTER_LENGTH = 2
MOVE_RESULT = 0x0A
CONTAINERS = ("[B", "[C", "Ljava/nio/ByteBuffer;")
PUT_VALUE = 2
"""Where a call that puts a value has it, behind object and name."""


class Heard(Struct, frozen=True):
    """What was heard: the channel and the place where it comes in (-1 for being called)."""

    channel: Channel
    method: int
    pc: int
    direct: bool


_Register = tuple[int, int, int]
"""A register at a place: its method, its number, the place."""


class _Way(Struct, frozen=True):
    """How many methods were crossed, the registers (method, number, place) looked into, and the
    registers given by the call through which a method was gone into, by that method.
    """

    depth: int
    seen: set[tuple[int, int, int]]
    into: Mapping[int, Sequence[_Register]] = {}

    def further(self) -> _Way:
        """The same search, one method on."""
        return _Way(self.depth + 1, self.seen, self.into)

    def inside(self, method: int, given: Sequence[_Register]) -> _Way:
        """The same search, gone into a method by one call of it."""
        return _Way(self.depth + 1, self.seen, {**self.into, method: given})


class Origins:
    """Answers for one app; remembers what it looked into."""

    def __init__(
        self, app: Facts, names: CodeNames, channels: Sequence[Channel], roles: CallRoles
    ) -> None:
        self._app = app
        self._roles = roles
        self._parcels = roles.owners("parcel")
        self._reader = CodeReader(app)
        self._codes: dict[int, MethodCode | None] = {}
        self._giving = _meant(names, channels, "call")
        self._answered = _answered(names, channels)

    def heard(self, method: int, register: int, pc: int) -> Heard | None:
        """The channel that a register's value at ``pc`` can come from, None for none."""
        return self._register(method, register, pc, _Way(0, set()))

    def hears(self) -> bool:
        """Whether any channel is used at all."""
        return bool(self._giving or self._answered)

    def asked(self, heard: Heard) -> str:
        """The constant name by which the call that gave a value was asked for it, "" for none."""
        code = self.code(heard.method)
        call = _at(code, heard.pc) if code is not None and heard.pc >= 0 else None
        if code is None or call is None:
            return ""
        named = (self._text_of(code, register, call.pc) for register in call.registers)
        return next((text for text in named if text), "")

    def code(self, method: int) -> MethodCode | None:
        """Code of a method, read once."""
        if method not in self._codes:
            self._codes[method] = self._reader.read(method)
        return self._codes[method]

    def _register(self, method: int, register: int, pc: int, way: _Way) -> Heard | None:
        key: _Register = (method, register, pc)
        code = self.code(method)
        seen = way.seen
        if way.depth > DEEPEST or code is None or key in seen or len(seen) > MOST_SEEN:
            return None
        seen.add(key)
        one = writer(code, register, pc)
        if one is None:
            return self._parameter(method, register, way)
        return self._value(method, code, one, way)

    def _value(self, method: int, code: MethodCode, one: Instruction, way: _Way) -> Heard | None:
        opcode = one.opcode
        if opcode in MOVES or opcode == CHECK_CAST:
            source = one.registers[-1]
            return self._register(method, source, one.pc, way)
        if opcode in MOVE_RESULTS:
            return self._result(method, code, one, way)
        if opcode in FIELD_READS or opcode in STATIC_READS:
            return self._field(method, code, one, way)
        if opcode in ARRAY_READS:
            sources = (1, 2) if is_switch_map(self._app, code, one) else (1,)
            places = ((method, one.registers[source], one.pc) for source in sources)
            return self._first(places, way)
        if opcode == NEW_INSTANCE:
            return self._made(method, code, one, way)
        if opcode == NEW_ARRAY:
            return self._filled(method, one.registers[0], one.pc, way)
        return None

    def _result(self, method: int, code: MethodCode, one: Instruction, way: _Way) -> Heard | None:
        call = _call_before(code, one)
        if call is None:
            return None
        callee = int(self._callees[code.calls[call.pc]])
        channel = self._giving.get(callee)
        if channel is not None:
            return Heard(channel, method, call.pc, way.depth == 0)
        given = [(method, register, call.pc) for register in call.registers[:MOST_WAYS]]
        for target in self._targets(callee):
            found = self._returned(target, way.inside(target, given))
            if found is None and self._is_getter(target):
                found = self._first(given[:1], way)
            if found is not None:
                return found
        if self._targets(callee):
            return None
        name = self._app.method_name(callee)
        if one.opcode == MOVE_RESULT and name not in self._roles.names("number"):
            return None
        if name in self._roles.names("buffer"):
            return self._filled(method, one.registers[0], one.pc, way)
        handed = self._handed_over(code, call, callee)
        if handed:
            return self._first(handed, way.further())
        return self._first(given, way)

    def _is_getter(self, method: int) -> bool:
        """Whether a method gives a field of its object that no code of the app writes."""
        code = self.code(method)
        listed = code.instructions if code is not None else ()
        if code is None or len(listed) != GETTER_LENGTH or listed[0].opcode not in FIELD_READS:
            return False
        field = code.fields.get(listed[0].pc, -1)
        return listed[1].opcode in RETURNS and not self._writes_of.get(field)

    def _filled(self, method: int, register: int, pc: int, way: _Way) -> Heard | None:
        """What an array or a buffer is filled with, behind the place where a register has it."""
        code = self.code(method)
        if code is None:
            return None
        sources: list[_Register] = []
        for one in code.instructions:
            if one.pc <= pc or one.pc not in code.calls or register not in one.registers:
                continue
            callee = int(self._callees[code.calls[one.pc]])
            fills = self._app.method_name(callee) in self._roles.names("fill")
            if fills and register in one.registers[1:]:
                if callee in self._giving:
                    return Heard(self._giving[callee], method, one.pc, way.depth == 0)
                sources.append((method, one.registers[0], one.pc))
        return self._first(sources[:MOST_WAYS], way)

    def _handed_over(self, code: MethodCode, call: Instruction, callee: int) -> Sequence[_Register]:
        """What was put under the name that a call asks for, to be read elsewhere in the app."""
        if self._app.method_class(callee) not in self._parcels or len(call.registers) < 2:
            return ()
        asked = self._text_of(code, call.registers[1], call.pc)
        return self._put.get(asked, ())[:MOST_WAYS]

    def _text_of(self, code: MethodCode, register: int, pc: int) -> str:
        """The constant text that a register holds, "" for none."""
        one = writer(code, register, pc)
        row = code.strings.get(one.pc, -1) if one is not None else -1
        return self._app.string(row) if row >= 0 else ""

    @cached_property
    def _put(self) -> Mapping[str, list[_Register]]:
        """Values that are put into parcels, by their name."""
        found: dict[str, list[_Register]] = defaultdict(list)
        rows = [
            row
            for one in self._roles.members("parcel")
            for row in self._app.calls_to(one.owner, one.name)
        ]
        for row in rows:
            method, pc = int(self._calls["method"][row]), int(self._calls["pc"][row])
            code = self.code(method)
            one = _at(code, pc) if code is not None else None
            if code is None or one is None or len(one.registers) <= PUT_VALUE:
                continue
            name = self._text_of(code, one.registers[1], pc)
            if name:
                found[name].append((method, one.registers[PUT_VALUE], pc))
        return found

    def _first(self, registers: Iterable[_Register], way: _Way) -> Heard | None:
        """What the first of several registers that has an answer can come from."""
        for method, register, pc in registers:
            found = self._register(method, register, pc, way)
            if found is not None:
                return found
        return None

    def _returned(self, method: int, way: _Way) -> Heard | None:
        """What a method of the app returns."""
        code = self.code(method)
        if code is None or way.depth > DEEPEST:
            return None
        given = (
            (method, one.registers[0], one.pc) for one in code.instructions if one.opcode in RETURNS
        )
        return self._first(given, way)

    def _made(self, method: int, code: MethodCode, one: Instruction, way: _Way) -> Heard | None:
        """An object of outside code, by what its constructor and its methods were given."""
        given = (
            (method, other, call.pc)
            for call in _calls_on(code, one.registers[0], one.pc)
            if not self._targets(int(self._callees[code.calls[call.pc]]))
            for other in call.registers[1:]
        )
        return self._first(given, way)

    def _field(self, method: int, code: MethodCode, one: Instruction, way: _Way) -> Heard | None:
        if one.pc not in code.fields:
            return None
        own = int(self._app.table(FIELDS)["class"][code.fields[one.pc]]) >= 0
        if one.opcode in FIELD_READS and own and not self._is_this(method, one.registers[1]):
            found = self._register(method, one.registers[1], one.pc, way)
            if found is not None:
                return found
        field = code.fields[one.pc]
        found = self._first(self._writers(field)[:MOST_WAYS], way.further())
        if found is None and own and self._kind(field).startswith(CONTAINERS):
            for at, register, pc in self._readers(field):
                found = found or self._filled(at, register, pc, way.further())
        return found

    def _kind(self, field: int) -> str:
        return self._app.descriptor(int(self._app.table(FIELDS)["type"][field]))

    def _is_this(self, method: int, register: int) -> bool:
        methods = self._app.table(METHODS)
        first = int(methods["registers"][method]) - int(methods["ins"][method])
        return register == first and not int(methods["access"][method]) & 0x8

    def _parameter(self, method: int, register: int, way: _Way) -> Heard | None:
        methods = self._app.table(METHODS)
        first = int(methods["registers"][method]) - int(methods["ins"][method])
        if register < first:
            return None
        channel = self._answered.get(method)
        is_this = self._is_this(method, register)
        given = way.into.get(method)
        if channel is not None and not is_this:
            return Heard(channel, method, -1, way.depth == 0)
        if is_this:
            return None
        if given is not None:
            return self._first(given[register - first : register - first + 1], way.further())
        found = self._from_background(method, way)
        if found is not None:
            return found
        return self._first(self._callers(method, register - first)[:MOST_WAYS], way.further())

    def _from_background(self, method: int, way: _Way) -> Heard | None:
        """What the background half of a task returns is what its other half is given."""
        if self._app.method_name(method) not in self._roles.names("foreground"):
            return None
        owner = int(self._app.table(METHODS)["class"][method])
        for other in self._app.methods_of(owner) if owner >= 0 else ():
            if self._app.method_name(other) in self._roles.names("background"):
                found = self._returned(other, way.further())
                if found is not None:
                    return found
        return None

    def _callers(self, method: int, position: int) -> list[_Register]:
        """Registers passed at ``position`` by calls that run a method."""
        found = []
        for named in (method, *self._named_for.get(method, ())):
            for row in self._app.calls_of(named):
                caller, pc = int(self._calls["method"][row]), int(self._calls["pc"][row])
                code = self.code(caller)
                one = _at(code, pc) if code is not None else None
                if one is not None and position < len(one.registers):
                    found.append((caller, one.registers[position], pc))
        return found

    def _writers(self, field: int) -> list[_Register]:
        """Registers whose values are written to a field."""
        return self._registers(self._writes_of.get(field, ()))

    def _readers(self, field: int) -> list[_Register]:
        """Registers that a field is read into."""
        return self._registers(self._reads_of.get(field, ()))

    def _registers(self, uses: Sequence[int]) -> list[_Register]:
        """Registers of the instructions that use a field."""
        found = []
        for row in uses[:MOST_WAYS]:
            method, pc = int(self._uses["method"][row]), int(self._uses["pc"][row])
            code = self.code(method)
            one = _at(code, pc) if code is not None else None
            if one is not None:
                found.append((method, one.registers[0], pc))
        return found

    def _targets(self, callee: int) -> Sequence[int]:
        """Methods of the app that a call can run."""
        if int(self._app.table(METHODS)["code_offset"][callee]) >= 0:
            return (callee, *self._landings.get(callee, ()))[:MOST_WAYS]
        return self._landings.get(callee, ())[:MOST_WAYS]

    @cached_property
    def _calls(self) -> Mapping[str, NDArray[Any]]:
        table = self._app.table(CALLS)
        return {name: table[name] for name in ("method", "pc", "callee")}

    @cached_property
    def _callees(self) -> Sequence[int]:
        listed: list[int] = self._app.table(CALLS)["callee"].tolist()
        return listed

    @cached_property
    def _uses(self) -> Mapping[str, NDArray[Any]]:
        table = self._app.table(FIELD_USES)
        return {name: table[name] for name in ("method", "pc", "field", "opcode")}

    @cached_property
    def _writes_of(self) -> Mapping[int, list[int]]:
        return self._uses_by((*FIELD_WRITES, *STATIC_WRITES))

    @cached_property
    def _reads_of(self) -> Mapping[int, list[int]]:
        return self._uses_by((*FIELD_READS, *STATIC_READS))

    def _uses_by(self, opcodes: Sequence[int]) -> Mapping[int, list[int]]:
        """Uses of fields by those instructions, by field."""
        found: dict[int, list[int]] = defaultdict(list)
        for row in np.flatnonzero(among(self._uses["opcode"], opcodes)).tolist():
            found[int(self._uses["field"][row])].append(row)
        return found

    @cached_property
    def _landings(self) -> Mapping[int, Sequence[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for named, target in self._app.table(DISPATCHES).rows("named", "target"):
            found[named].add(target)
        return {named: tuple(sorted(targets)) for named, targets in found.items()}

    @cached_property
    def _named_for(self) -> Mapping[int, Sequence[int]]:
        """Names by which calls reach a method, other than its own."""
        found: dict[int, list[int]] = defaultdict(list)
        for named, targets in self._landings.items():
            for target in targets:
                if target != named:
                    found[target].append(named)
        return found


def _meant(names: CodeNames, channels: Sequence[Channel], way: str) -> Mapping[int, Channel]:
    wanted = _by_member(channels, way)
    return {row: wanted[members[0]] for row, members in names.methods(wanted, below=True).items()}


def _answered(names: CodeNames, channels: Sequence[Channel]) -> Mapping[int, Channel]:
    wanted = _by_member(channels, "answered")
    return {row: wanted[members[0]] for row, members in names.overrides(wanted).items()}


def _by_member(channels: Sequence[Channel], way: str) -> Mapping[Member, Channel]:
    return {
        Member(one.owner, name): one for one in channels if one.way == way for name in one.members
    }


def writer(code: MethodCode, register: int, pc: int) -> Instruction | None:
    """The nearest instruction before ``pc`` that writes a register."""
    found: Instruction | None = None
    for one in code.instructions:
        if one.pc >= pc:
            break
        writes = one.opcode in WRITES and one.opcode != CHECK_CAST
        if writes and one.registers[:1] == (register,):
            found = one
    return found


def _call_before(code: MethodCode, one: Instruction) -> Instruction | None:
    """The call whose result an instruction takes."""
    previous: Instruction | None = None
    for other in code.instructions:
        if other.pc >= one.pc:
            break
        previous = other
    return previous if previous is not None and previous.pc in code.calls else None


def _calls_on(code: MethodCode, register: int, pc: int) -> Iterator[Instruction]:
    """Calls behind ``pc`` whose receiver is a register."""
    for one in code.instructions:
        if one.pc > pc and one.pc in code.calls and one.registers[:1] == (register,):
            yield one


def _at(code: MethodCode, pc: int) -> Instruction | None:
    return next((one for one in code.instructions if one.pc == pc), None)
