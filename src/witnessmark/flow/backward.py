"""Where the value in a register comes from, looked up backwards from a place in code.

All ways that lead to the place are walked, so that a register may have several sources. Objects
made by the code keep what their constructor and the lines behind it put into them, so that a field
read in a method of such an object is known again. Nothing is run; what is not known is left out.

Cost: linear in the instructions of a method for each question, `MOST_STEPS` at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import (
    CALLS,
    FIELD_USES,
    FIELDS,
    METHODS,
    TYPE_USES,
    TYPES,
)  # fmt: skip
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Lists, ints, lists_of
from witnessmark.flow.instructions import CodeReader, Instruction, MethodCode
from witnessmark.flow.origins import (
    GOTOS,
    IGETS,
    INVOKES,
    NEW_INSTANCE,
    SGETS,
    STATIC_INVOKES,
    STRINGS,
)  # fmt: skip
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.flow.straight import PAIRS, STATIC_WRITES, STOPS, WRITES, static_constants
from witnessmark.model.distinct import among

MOST_STEPS = 4000
MOST_DEPTH = 8
MOST_BEHIND = 60
"""Instructions behind the making of an object that are looked at for what is put into it."""

MOST_WRITES = 2
"""Writes of a static field beyond which its value counts as not known."""

SINGLE_RESULTS, NARROW_CONSTANTS = (0x0A, 0x0C), range(0x12, 0x16)
SINGLE_MOVES = (*range(0x01, 0x04), *range(0x07, 0x0A))
IPUTS = range(0x59, 0x60)
STATIC_ACCESS = 0x8
DIRECT_INVOKES = (0x70, 0x76)


class Word(Struct, frozen=True):
    """A text constant: its row in ``strings``, and where code loads it."""

    string: int
    method: int
    pc: int


class Number(Struct, frozen=True):
    """A whole number."""

    value: int
    method: int
    pc: int


class Frame(Struct, frozen=True):
    """A method, with what its registers of parameters hold where that is known.

    ``given`` has one entry for each register of a parameter, none where all are unknown.
    """

    method: int
    given: tuple[tuple[Source, ...], ...] = ()


class New(Struct, frozen=True):
    """An object made at ``pc`` of the method of ``frame``; ``type`` its row in ``types``."""

    type: int
    pc: int
    frame: Frame


class Called(Struct, frozen=True):
    """What the call at ``pc`` returns; ``call`` its row in ``calls``."""

    call: int
    pc: int
    frame: Frame


class Given(Struct, frozen=True):
    """What the method is handed in its parameter of register ``at``, counted from the first one."""

    method: int
    at: int


Source = Word | Number | New | Called | Given


class Backward:
    """Answers of one app."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._reader = CodeReader(facts)
        self._before: dict[int, Mapping[int, Sequence[int]]] = {}
        self._places: dict[int, Mapping[int, Instruction]] = {}

    def code(self, method: int) -> MethodCode | None:
        """The code of a method, None where there is none."""
        return self._reader.read(method)

    def at(self, method: int, pc: int) -> Instruction | None:
        """The instruction at a place."""
        code = self.code(method)
        return None if code is None else self._by_pc(code).get(pc)

    def sources(self, frame: Frame, pc: int, register: int, depth: int = 0) -> tuple[Source, ...]:
        """What ``register`` may hold when the instruction at ``pc`` begins; empty for unknown."""
        code = self.code(frame.method)
        if code is None or depth > MOST_DEPTH:
            return ()
        found: dict[Source, None] = {}
        before, at = self._ways(code), self._by_pc(code)
        first = code.instructions[0].pc
        todo, seen = [(pc, register)], {(pc, register)}
        while todo:
            place, wanted = todo.pop()
            if place == first:
                found.update(dict.fromkeys(self._given(frame, wanted)))
            for earlier in before.get(place, ()):
                one = at[earlier]
                follow = self._follow(one, wanted)
                if follow < 0:
                    found.update(dict.fromkeys(self._defined(frame, code, one, depth)))
                elif (earlier, follow) not in seen and len(seen) < MOST_STEPS:
                    seen.add((earlier, follow))
                    todo.append((earlier, follow))
        return tuple(found)

    def handed(self, frame: Frame, pc: int) -> Iterator[tuple[str, int]]:
        """Types and registers of what the call at ``pc`` hands over, the receiver left out."""
        code, one = self.code(frame.method), self.at(frame.method, pc)
        row = None if code is None else code.calls.get(pc)
        if one is None or row is None:
            return
        kinds = self.facts.parameter_types(self.callee(row))
        at = 0 if one.opcode in STATIC_INVOKES else 1
        for kind in kinds:
            if at < len(one.registers):
                yield kind, one.registers[at]
            at += 2 if kind in "JD" else 1

    def callee(self, call: int) -> int:
        """The method that a call names."""
        return int(self.facts.table(CALLS)["callee"][call])

    def entered(self, frame: Frame, pc: int, depth: int = 0) -> Frame | None:
        """The method that the call at ``pc`` names, with what it is handed; None without code."""
        code, one = self.code(frame.method), self.at(frame.method, pc)
        row = None if code is None else code.calls.get(pc)
        if one is None or row is None or self.code(self.callee(row)) is None:
            return None
        given = tuple(self.sources(frame, pc, register, depth + 1) for register in one.registers)
        return Frame(self.callee(row), given)

    def field_of(self, made: New, field: int, depth: int = 0) -> tuple[Source, ...]:
        """What the field of an object holds that the lines behind its making put into it."""
        for one, _ in self._behind(made):
            if one.opcode in IPUTS and self._same(self._field(made.frame.method, one.pc), field):
                return self.sources(made.frame, one.pc, one.registers[0], depth + 1)
            if one.opcode in DIRECT_INVOKES:
                entered = self.entered(made.frame, one.pc, depth)
                found = self._constructed(entered, field, depth + 1) if entered else ()
                if found:
                    return found
        return ()

    def parts_of(self, made: New) -> Iterator[Source]:
        """Sources of what an object is handed when it is made, and of what is put into it then."""
        for one, others in self._behind(made):
            if one.opcode in DIRECT_INVOKES or one.opcode in IPUTS:
                for register in others:
                    yield from self.sources(made.frame, one.pc, register)

    def reached(self, frame: Frame) -> Sequence[Instruction]:
        """Instructions of a method in order, without branches that its known object rules out."""
        code = self.code(frame.method)
        if code is None:
            return ()
        at = self._by_pc(code)
        methods = self.facts.table(METHODS)
        first = int(methods["registers"][frame.method]) - int(methods["ins"][frame.method])
        todo: list[tuple[int, dict[int, int | New]]] = [(code.instructions[0].pc, {})]
        own = next((s for s in (frame.given or ((),))[0] if isinstance(s, New)), None)
        if own is not None:
            todo[0][1][first] = own
        seen: set[int] = set()
        while todo:
            pc, held = todo.pop()
            if pc in seen or pc not in at:
                continue
            seen.add(pc)
            one = at[pc]
            after = self._after(code, one, held)
            self._learn(code, one, held)
            todo.extend((place, dict(held)) for place in after)
        return [one for one in code.instructions if one.pc in seen]

    def _after(
        self, code: MethodCode, one: Instruction, held: Mapping[int, int | New]
    ) -> Sequence[int]:
        """Places behind an instruction, of a switch or test of a known number the one taken."""
        behind = one.pc + one.units
        if one.pc in code.switches:
            value = held.get(one.registers[0])
            if isinstance(value, int):
                return [dict(code.switches[one.pc]).get(value, behind)]
            return [behind, *(place for _, place in code.switches[one.pc])]
        if one.opcode in GOTOS:
            return [one.pc + one.literal]
        if 0x32 <= one.opcode <= 0x3D:
            numbers = [held.get(register) for register in one.registers]
            left, right = numbers[0], numbers[1] if len(numbers) > 1 else 0
            if isinstance(left, int) and isinstance(right, int):
                return [one.pc + one.literal if _holds(one.opcode, left, right) else behind]
            return [behind, one.pc + one.literal]
        return [] if one.opcode in STOPS else [behind]

    def _learn(self, code: MethodCode, one: Instruction, held: dict[int, int | New]) -> None:
        value: int | New | None = None
        if one.opcode in SINGLE_MOVES:
            value = held.get(one.registers[1])
        elif one.opcode in NARROW_CONSTANTS:
            value = one.literal
        elif one.opcode in IGETS and isinstance(own := held.get(one.registers[1]), New):
            found = self.field_of(own, self._field(code.method, one.pc))
            numbers = [each.value for each in found if isinstance(each, Number)]
            value = numbers[0] if len(found) == 1 == len(numbers) else None
        if one.opcode in WRITES:
            held.pop(one.registers[0], None)
            if one.opcode in PAIRS:
                held.pop(one.registers[0] + 1, None)
            if value is not None:
                held[one.registers[0]] = value

    def _follow(self, one: Instruction, wanted: int) -> int:
        """The register to look for before an instruction; -1 where it sets the one wanted."""
        if one.opcode not in WRITES:
            return wanted
        if one.registers[0] == wanted:
            return one.registers[1] if one.opcode in SINGLE_MOVES else -1
        return -1 if one.opcode in PAIRS and one.registers[0] + 1 == wanted else wanted

    def _defined(
        self, frame: Frame, code: MethodCode, one: Instruction, depth: int
    ) -> Sequence[Source]:
        if one.opcode in STRINGS and one.pc in code.strings:
            return (Word(code.strings[one.pc], code.method, one.pc),)
        if one.opcode in NARROW_CONSTANTS:
            return (Number(one.literal, code.method, one.pc),)
        if one.opcode == NEW_INSTANCE and one.pc in code.types:
            return (New(code.types[one.pc], one.pc, frame),)
        if one.opcode in SINGLE_RESULTS:
            calls = [place for place in self._ways(code).get(one.pc, ()) if place in code.calls]
            return [Called(code.calls[place], place, frame) for place in calls]
        if one.opcode in SGETS and one.pc in code.fields:
            return self._static(code.fields[one.pc], one.pc, code.method, depth)
        if one.opcode in IGETS and one.pc in code.fields:
            owners = self.sources(frame, one.pc, one.registers[1], depth + 1)
            return [
                value
                for owner in owners
                if isinstance(owner, New)
                for value in self.field_of(owner, code.fields[one.pc], depth + 1)
            ]
        return ()

    def _static(self, field: int, pc: int, method: int, depth: int) -> Sequence[Source]:
        """A constant field, else what the code writes into it, where that is one or two places."""
        constant = static_constants(self.facts).get(field)
        if constant is not None and constant[0] == "string":
            return (Word(constant[2], method, pc),)
        resource = self._resources.get((method, pc))
        if resource is not None:
            return (Number(resource, method, pc),)
        writes = self._writes.get(field, ())
        if not 0 < len(writes) <= MOST_WRITES:
            return ()
        found: list[Source] = []
        for writer, place in writes:
            one = self.at(writer, place)
            if one is not None:
                found.extend(self.sources(Frame(writer), place, one.registers[0], depth + 1))
        return found

    @cached_property
    def _writes(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        uses = self.facts.table(FIELD_USES)
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        rows = np.flatnonzero(among(uses["opcode"], STATIC_WRITES))
        for field, method, pc in uses.rows_at(rows, "field", "method", "pc"):
            found[field].append((method, pc))
        return found

    @cached_property
    def _resources(self) -> Mapping[tuple[int, int], int]:
        """Resources by the place that names them, by an id or a field of ``R``."""
        rows = resource_uses(self.facts).rows("method", "pc", "resource")
        return {(method, pc): resource for method, pc, resource in rows}

    def _given(self, frame: Frame, register: int) -> Sequence[Source]:
        methods = self.facts.table(METHODS)
        first = int(methods["registers"][frame.method]) - int(methods["ins"][frame.method])
        at = register - first
        if at < 0:
            return ()
        if not frame.given:
            made = self._made_once(frame.method) if at == 0 else None
            return (made,) if made is not None else (Given(frame.method, at),)
        return frame.given[at] if at < len(frame.given) else ()

    def _made_once(self, method: int) -> New | None:
        """The object whose method this is, where code makes objects of its class at one place."""
        methods, uses = self.facts.table(METHODS), self.facts.table(TYPE_USES)
        if methods["access"][method] & STATIC_ACCESS or methods["class"][method] < 0:
            return None
        kind = int(methods["class_type"][method])
        rows = self._makings.of(kind)
        if len(rows) != 1:
            return None
        where, pc = next(uses.rows_at(rows, "method", "pc"))
        return None if where == method else New(kind, pc, Frame(where))

    @cached_property
    def _makings(self) -> Lists:
        """Rows of ``type_uses`` that make an object, by type."""
        uses = self.facts.table(TYPE_USES)
        rows = np.flatnonzero(uses["opcode"] == NEW_INSTANCE).astype(np.int64)
        return lists_of(ints(uses["type"][rows]), rows, len(self.facts.table(TYPES)))

    def _constructed(self, frame: Frame, field: int, depth: int) -> tuple[Source, ...]:
        """What a constructor puts into a field of the object that it makes."""
        code = self.code(frame.method)
        if code is None or depth > MOST_DEPTH:
            return ()
        methods = self.facts.table(METHODS)
        own = int(methods["registers"][frame.method]) - int(methods["ins"][frame.method])
        for one in code.instructions:
            if one.opcode in IPUTS and self._same(code.fields.get(one.pc, -1), field):
                return self.sources(frame, one.pc, one.registers[0], depth + 1)
            if one.opcode in DIRECT_INVOKES and one.registers and one.registers[0] == own:
                entered = self.entered(frame, one.pc, depth + 1)
                found = self._constructed(entered, field, depth + 1) if entered else ()
                if found:
                    return found
        return ()

    def _behind(self, made: New) -> Iterator[tuple[Instruction, Sequence[int]]]:
        """Calls on an object and writes into it on the line behind its making, each with the other
        registers.
        """
        code, one = self.code(made.frame.method), self.at(made.frame.method, made.pc)
        if code is None or one is None:
            return
        at, held = self._by_pc(code), {one.registers[0]}
        for _ in range(MOST_BEHIND):
            following = at.get(one.pc + one.units)
            if following is None or one.opcode in STOPS or not held:
                return
            one = following
            if one.opcode in INVOKES and one.registers and one.registers[0] in held:
                yield one, one.registers[1:]
            elif one.opcode in IPUTS and one.registers[1] in held:
                yield one, one.registers[:1]
            elif one.opcode in WRITES:
                held.discard(one.registers[0])
                if one.opcode in SINGLE_MOVES and one.registers[1] in held:
                    held.add(one.registers[0])

    def _field(self, method: int, pc: int) -> int:
        code = self.code(method)
        return -1 if code is None else code.fields.get(pc, -1)

    def _same(self, one: int, other: int) -> bool:
        """Whether two rows of ``fields`` name one field, maybe through different classes."""
        if one < 0 or other < 0:
            return False
        fields = self.facts.table(FIELDS)
        return one == other or bool(
            fields["name"][one] == fields["name"][other]
            and fields["type"][one] == fields["type"][other]
        )

    def _by_pc(self, code: MethodCode) -> Mapping[int, Instruction]:
        if code.method not in self._places:
            self._places[code.method] = {one.pc: one for one in code.instructions}
        return self._places[code.method]

    def _ways(self, code: MethodCode) -> Mapping[int, Sequence[int]]:
        """By place, the places from which control arrives there; handlers left out."""
        if code.method not in self._before:
            found: dict[int, list[int]] = defaultdict(list)
            for one in code.instructions:
                for place in self._after(code, one, {}):
                    found[place].append(one.pc)
            self._before[code.method] = found
        return self._before[code.method]


def _holds(opcode: int, left: int, right: int) -> bool:
    """Whether a test jumps: eq, ne, lt, ge, gt, le, of two registers or of one and zero."""
    tests = (left == right, left != right, left < right, left >= right, left > right, left <= right)
    return tests[(opcode - 0x32) % 6]
