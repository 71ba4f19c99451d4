"""One run of one method: blocks until nothing changes any more."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from witnessmark.flow.instructions import Instruction
from witnessmark.flow.taint.body import GOTOS, IFS, RETURNS, SWITCHES, THROW, Block, Body, Handler
from witnessmark.flow.taint.branches import EQUAL, OPPOSITE, may_hold, narrowed
from witnessmark.flow.taint.members import Method
from witnessmark.flow.taint.outcome import Outcome
from witnessmark.flow.taint.regions import regions
from witnessmark.flow.taint.steps import STEPS, Step, in_bounds
from witnessmark.flow.taint.store import Changes, Store
from witnessmark.flow.taint.values import (
    ANY,
    NO_TAINT,
    NOTHING,
    NULL,
    Taint,
    Value,
    join,
    number,
    united,
    widened,
)

if TYPE_CHECKING:
    from witnessmark.flow.taint.context import Context
    from witnessmark.flow.taint.engine import Engine

Registers = list[Value]
Control = Callable[["Frame", Instruction, Block], None]
State = tuple[Registers, Changes]
Doing = tuple[Instruction, Step | None, Control | None, bool]
"""An instruction: what it does, where control goes from it, whether the runtime may raise."""

RETURN_VOID = 0x0E
NEW_ARRAY, ARRAY_ACCESS = 0x23, frozenset(range(0x44, 0x52))
ONLY_MEMORY = frozenset((0x1A, 0x1B, 0x1C, 0x22, 0x24, 0x25))
"""Instructions that fail only where memory does, or a class is missing."""

TURNS = 3
"""Runs of a block until constants that still change in it are given up."""

MAY_RAISE = frozenset((
    0x1C, 0x1F, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, *range(0x44, 0x79), 0x93, 0x94, 0x9E, 0x9F,
    0xB3, 0xB4, 0xBE, 0xBF, 0xD3, 0xD4, 0xDB, 0xDC, *range(0xFA, 0x100),
))  # fmt: skip
"""Instructions that the runtime may answer with an exception."""


class Frame:
    """A method in a context. ``guard`` is data that decided whether it runs at all.

    ``result``  register behind those of the method, for what calls return; the one behind it
                holds an exception on its way.
    """

    __slots__ = (
        "_caught", "_guards", "_queue", "_returned", "_states", "_told", "_visits", "body",
        "context", "engine", "guard", "method", "outer_guard", "registers", "result", "store",
    )  # fmt: skip

    def __init__(
        self,
        engine: Engine,
        body: Body,
        method: Method,
        context: Context,
        store: Store,
        guard: Taint = NO_TAINT,
    ) -> None:
        self.engine = engine
        self.body = body
        self.method = method
        self.context = context
        self.store = store
        self.outer_guard = guard
        self.guard = guard
        self.registers: Registers = []
        self.result = body.registers
        self._states: dict[int, State] = {}
        self._visits: dict[int, int] = {}
        self._queue: list[int] = []
        self._guards: dict[int, Taint] = {}
        self._told: dict[int, tuple[int, list[Value]]] = {}
        self._caught: dict[int, Changes] = {}
        self._returned = Outcome()

    def run(self, arguments: list[Value]) -> Outcome:
        """Run until nothing changes; changes of the outcome are those of the whole layer."""
        registers = [NOTHING] * (self.body.registers + 2)
        at = self.body.registers - self.body.ins
        parameters = self.method.parameters
        letters = parameters if self.method.static else ("L", *parameters)
        for letter, value in zip(letters, arguments, strict=False):
            if at >= self.body.registers:
                break
            registers[at] = value
            at += 2 if letter in ("J", "D") else 1
        self._states[0] = (registers, self.store.now)
        self._queue.append(0)
        while self._queue:
            self._run_block(heapq.heappop(self._queue))
        return self._returned

    def _arrive(
        self, place: int, registers: Registers, now: Changes, since: Changes | None = None
    ) -> None:
        """Join a state into that at the start of a block; run the block when it changed.

        ``since``  the changes that came there last.
        """
        if since is None and self._caught:
            self._caught.pop(place, None)
        known = self._states.get(place)
        if known is None:
            if place not in self.body.blocks:
                return
            self._states[place] = (list(registers), dict(now))
        else:
            meets = join if self._visits.get(place, 0) < TURNS else widened
            changed = self.store.meet(known[1], now, meets, since)
            mine = known[0]
            for number in self.body.live[place]:
                old, value = mine[number], registers[number]
                if old is not value:
                    new = meets(old, value)
                    if new is not old:
                        mine[number] = new
                        changed = True
            if not changed:
                return
        if place not in self._queue:
            heapq.heappush(self._queue, place)

    def _run_block(self, start: int) -> None:
        block = self.body.blocks.get(start)
        visits = self._visits.get(start, 0)
        if block is None or visits >= self.engine.limits.visits:
            return
        self._visits[start] = visits + 1
        registers, now = self._states[start]
        self.registers, self.store.now = list(registers), dict(now)
        if self._guards:
            self.guard = self._guards.get(start, self.outer_guard)
        self.engine.spend(len(block.instructions))
        handlers = self.body.handlers_of(block) if self.body.handlers else ()
        if handlers:
            self._told = {}
        for one, step, follow, raises in self.body.runs.get(start) or self._doing(block):
            if raises and handlers and not self._is_safe(one):
                self._may_raise(one, handlers)
            if step is not None:
                if not step(self, one):
                    return
            elif follow is not None:
                follow(self, one, block)
                return
        if block.after >= 0:
            self._arrive(block.after, self.registers, self.store.now)

    def _is_safe(self, one: Instruction) -> bool:
        """Whether an instruction certainly raises nothing but for want of memory."""
        opcode = one.opcode
        if opcode in ARRAY_ACCESS:
            array, index = (self.registers[number] for number in one.registers[1:3])
            return bool(in_bounds(self, array, index))
        if opcode == NEW_ARRAY:
            size = self.registers[one.registers[1]].number
            return size is not None and size >= 0
        return opcode in ONLY_MEMORY

    def _doing(self, block: Block) -> Sequence[Doing]:
        """What the instructions of a block do."""
        found = self.body.runs[block.start] = [
            (one, STEPS[one.opcode], CONTROL[one.opcode], one.opcode in MAY_RAISE)
            for one in block.instructions
        ]
        return found

    def jumps(self, one: Instruction, _: Block) -> None:
        """Go on at the target."""
        self._arrive(one.pc + one.literal, self.registers, self.store.now)

    def throws(self, one: Instruction, _: Block) -> None:
        """An exception of the app itself."""
        self.raised(one.pc, self.registers[one.registers[0]], self.store.now)

    def _may_raise(self, one: Instruction, handlers: Sequence[Handler]) -> None:
        """Control can go from here to handlers of what the runtime raises by itself."""
        world, live = self.engine.world, self.body.live
        for handler in handlers:
            if not handler.start <= one.pc < handler.end or world.is_own(handler.type):
                continue
            told = [self.registers[number] for number in live.get(handler.handler, ())]
            known = self._told.get(handler.handler)
            if known is not None and known[0] == self.store.version and known[1] == told:
                continue
            self._told[handler.handler] = (self.store.version, told)
            self.registers[self.result + 1] = ANY
            self._catches(handler.handler, self.registers, self.store.now)

    def _catches(self, place: int, registers: Registers, now: Changes) -> None:
        """Arrive at a handler, to which many places lead with nearly the same state."""
        self._arrive(place, registers, now, self._caught.get(place))
        self._caught[place] = now.copy()

    def raised(self, pc: int, value: Value, now: Changes) -> None:
        """An exception object flies from ``pc``: to the handlers here that fit, or out."""
        below = self.engine.world.below
        kinds = [obj.node for obj in value.objects if obj.node >= 0]
        for handler in self.body.handlers:
            if not handler.start <= pc < handler.end:
                continue
            certain = handler.type < 0 or (
                bool(kinds) and all(below(kind, handler.type) for kind in kinds)
            )
            possible = certain or not kinds or any(
                below(kind, handler.type) or below(handler.type, kind) for kind in kinds
            )  # fmt: skip
            if possible:
                registers = list(self.registers)
                registers[self.result + 1] = value
                self._catches(handler.handler, registers, now)
            if certain:
                return
        out = self._returned
        out.thrown = join(out.thrown, value)
        if out.thrown_changes is None:
            out.thrown_changes = dict(now)
        else:
            self.store.meet(out.thrown_changes, now)

    def goes_back(self, one: Instruction, _: Block) -> None:
        """Keep what a return gives and changes."""
        out = self._returned
        if one.opcode != RETURN_VOID:
            out.value = join(out.value, self.guarded(self.registers[one.registers[0]]))
        if out.changes is None:
            out.changes = dict(self.store.now)
        else:
            self.store.meet(out.changes, self.store.now)

    def guarded(self, value: Value) -> Value:
        """The value with what decided that it is here (only with implicit flows)."""
        if not self.guard:
            return value
        both = united(value.taint, self.guard)
        return value if both is value.taint else Value(value.atoms, both)

    def branches(self, one: Instruction, block: Block) -> None:
        """Go on wherever the comparison may lead."""
        values = [self.registers[number] for number in one.registers]
        alone = len(values) == 1
        if alone:
            values.append(NULL)
        relation = (one.opcode - 0x32) % 6
        if self.engine.implicit:
            self._guard(block, values)
        for target, holds in (
            (one.pc + one.literal, relation),
            (block.after, OPPOSITE[relation]),
        ):
            if target < 0 or not may_hold(holds, values[0], values[1]):
                continue
            registers = self.registers
            if alone and relation < 2:
                value = narrowed(holds, values[0])
                if value is not values[0]:
                    registers = list(registers)
                    registers[one.registers[0]] = value
            self._arrive(target, registers, self.store.now)

    def switches(self, one: Instruction, block: Block) -> None:
        """Go on at every case that may be meant."""
        value = self.registers[one.registers[0]]
        if self.engine.implicit:
            self._guard(block, [value])
        cases = self.body.code.switches.get(one.pc, ())
        for key, target in cases:
            if may_hold(EQUAL, value, number(key)):
                self._arrive(target, self.registers, self.store.now)
        keys = {key for key, _ in cases}
        numbers = value.numbers
        sure = bool(numbers) and len(numbers) == len(value.atoms) and set(numbers) <= keys
        if block.after >= 0 and not sure:
            self._arrive(block.after, self.registers, self.store.now)

    def _guard(self, block: Block, values: Sequence[Value]) -> None:
        """Blocks that a tainted condition decides about carry its data from now on."""
        taint: Taint = NO_TAINT
        for value in values:
            taint = united(taint, value.taint)
        taint = self.engine.decides(taint)
        if not taint:
            return
        for place in regions(self.body).get(block.start, ()):
            known = self._guards.get(place, self.outer_guard)
            both = united(known, taint)
            if both is not known:
                self._guards[place] = both
                if place in self._states and place not in self._queue:
                    heapq.heappush(self._queue, place)


def _control() -> list[Control | None]:
    found: list[Control | None] = [None] * 256
    for opcodes, follow in (
        (RETURNS, Frame.goes_back), (GOTOS, Frame.jumps), (IFS, Frame.branches),
        (SWITCHES, Frame.switches), ((THROW,), Frame.throws),
    ):  # fmt: skip
        for opcode in opcodes:
            found[opcode] = follow
    return found


CONTROL = _control()
"""How a block ends, by opcode; None for instructions behind which control goes on."""
