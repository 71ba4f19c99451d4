"""A small interpreter of bytecode that has no effect outside its own objects.

Runs a method with values that may be unknown. Where an unknown value decides, both ways are
taken, each a bounded number of times. Static fields are read as the class leaves them; what the
run writes to them it alone sees. Instructions, paths, depth and sizes are limited; what is beyond
a limit is unknown. Nothing of the app is executed: library methods are stand-ins
(`values.library`), native code, files and networks do not exist here.

Source: Dalvik bytecode, source.android.com/docs/core/runtime/dalvik-bytecode.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from mypy_extensions import mypyc_attr

from witnessmark.flow.instructions import Instruction
from witnessmark.flow.values.cells import Cells
from witnessmark.flow.values.code import Callee, Runnable, Site
from witnessmark.flow.values.library import HARMLESS, Call, Function, stand_in
from witnessmark.flow.values.made import Made, key_of, value_key
from witnessmark.flow.values.numbers import DivisionError
from witnessmark.flow.values.objects import (
    CHANGING,
    UNKNOWN,
    Array,
    Builder,
    Several,
    Step,
    Text,
    Thing,
    Value,
    copied,
    is_unknown,
    joined_steps,
    spoil,
    steps_of,
)
from witnessmark.flow.values.operations import HANDLERS, MOST_RETURNS
from witnessmark.flow.values.paths import Chain, Exploration, Frame, FuelError, PathEnd
from witnessmark.flow.values.world import RESOURCE_GETTERS, World


class Limits(NamedTuple):
    """How far one run goes.

    ``fuel``    instructions that a method and what it calls may take.
    ``paths``   paths through one method.
    ``unsure``  instructions that a method with ways left open may take, all ways together.
    ``deepest`` calls inside calls.
    """

    fuel: int = 60_000
    paths: int = 24
    unsure: int = 4_000
    deepest: int = 6


LIMITS = Limits()

TEXTUAL = frozenset({
    "Ljava/lang/String;", "Ljava/lang/CharSequence;", "Ljava/lang/StringBuilder;", "[B", "[C", "[I",
    "[Ljava/lang/String;", "Ljava/net/URL;", "Ljava/net/URI;", "Landroid/net/Uri;",
    "Ljava/lang/Object;", "Ljava/io/File;", "Landroid/net/Uri$Builder;", "Ljava/lang/Class;",
    "Ljava/util/Map;", "Ljava/util/List;", "Ljava/util/HashMap;", "Ljava/lang/StringBuffer;",
})  # fmt: skip
"""Types of results for which a method is looked into."""

HELD = frozenset({Text, Builder, Thing})
"""Types of values for which a method that returns nothing is looked into."""

STATIC_CALLS = (0x71, 0x77)


class Watcher(Protocol):
    """Is told of each call with the values passed."""

    def called(
        self,
        chain: Chain,
        place: tuple[int, int],
        call: int,
        callee: Callee,
        given: Sequence[Value],
        /,
    ) -> None:
        """``place`` method and pc; ``chain`` the places that led there; receiver first."""

    def wants(self, method: int) -> bool:
        """Whether to look into a method for what it does with the texts it is given."""

    def starts(self, method: int) -> bool:
        """Whether to look into a method that a thread, task or handler runs."""

    def opaque(self, callee: Callee) -> bool:
        """Whether a method is known so well that nobody looks into it."""


@mypyc_attr(allow_interpreted_subclasses=True)
class Machine:
    """Interprets methods of one app."""

    def __init__(
        self, world: World, watcher: Watcher, limits: Limits = LIMITS, *, again: bool = True
    ) -> None:
        """``again`` false: the watcher only hears of calls; a constructor need not run twice."""
        self.world = world
        self.limits = limits
        self.watcher = watcher
        self.cells = Cells()
        self.fuel = limits.fuel
        self.used = 0
        self._own: dict[int, Value] = {}
        self._start: dict[int, Value] = {}
        self._started_classes: set[int] = set()
        self._memo: dict[tuple[object, ...], tuple[Value, ...]] = {}
        self._again = again
        self._made = Made()
        self._active: list[int] = []
        self.stored: dict[int, dict[str, Value]] = {}
        self.reads_stored = False
        self.remembers = True
        self._settled: frozenset[int] = frozenset()

    def run(self, method: int, arguments: Sequence[Value] | None = None) -> tuple[Value, ...]:
        """What a method returns, one value a way; `FuelError` when it takes too long.

        Arguments, the receiver first, are unknown when not given.
        """
        self.fuel = self.limits.fuel
        self._own.clear()
        self._active.clear()
        self._made.begin()
        try:
            return self._explore(method, arguments, ())
        finally:
            self.used += self.limits.fuel - max(self.fuel, 0)

    def read_stored(self) -> None:
        """From now on read what runs so far stored in fields and under keys; what is stored
        from now on is kept only where nothing was.
        """
        self.reads_stored = True
        self._settled = frozenset(self.stored)
        self.cells.settle()
        self._memo.clear()
        self._made.kept.clear()
        self._start.clear()
        self._started_classes.clear()

    def _explore(
        self, method: int, arguments: Sequence[Value] | None, chain: Chain
    ) -> tuple[Value, ...]:
        code = self.world.methods.get(method)
        deepest = self.limits.deepest
        deep = len(chain) > deepest or len(self._active) > 2 * deepest
        self._made.enter(method, len(chain))
        if code is None or deep or self._active.count(method) > 1:
            self._made.touched += code is not None
            return (UNKNOWN,)
        registers: list[Value] = [UNKNOWN] * code.registers
        self._pass(code, registers, arguments)
        found = Exploration(chain, [Frame(code, registers)])
        self._active.append(method)
        while found.pending and found.paths < self.limits.paths:
            found.paths += 1
            frame = found.pending.pop()
            try:
                self._follow(frame, found)
            except PathEnd:
                continue
        self._active.pop()
        return tuple(found.returns) or (UNKNOWN,)

    def _pass(
        self, code: Runnable, registers: list[Value], arguments: Sequence[Value] | None
    ) -> None:
        if arguments is None:
            if not self.world.is_static(code.method) and code.ins:
                owner = self.world.callee(code.method).owner
                registers[code.registers - code.ins] = Thing(owner, open=True)
            return
        kinds = self.world.callee(code.method).kinds
        at = code.registers - code.ins
        widths = [1] * (len(arguments) - len(kinds)) + [2 if k in "JD" else 1 for k in kinds]
        for value, width in zip(arguments, widths, strict=False):
            if at < len(registers):
                registers[at] = value
            at += width

    def _follow(self, frame: Frame, found: Exploration) -> None:
        instructions, places, handlers = frame.code.instructions, frame.code.at, HANDLERS
        at, end, visits, unsure = frame.at, len(instructions), found.visits, self.limits.unsure
        while at < end:
            one = instructions[at]
            at += 1
            self.fuel -= 1
            if self.fuel <= 0:
                raise FuelError
            if visits:
                found.steps += 1
                if found.steps > unsure:
                    found.pending.clear()
                    raise PathEnd
            handler = handlers[one.opcode]
            if handler is None:
                continue
            try:
                target = handler(self, frame, found, one)
            except DivisionError:
                raise PathEnd from None
            if target is not None:
                at = places.get(target, end)
        raise PathEnd

    def fork(self, frame: Frame, found: Exploration, target: int) -> Frame | None:
        """Keep a copy of this path, to go on at ``target`` later; None beyond the limit."""
        if target not in frame.code.at or len(found.pending) >= self.limits.paths:
            return None
        twin = Frame(frame.code, copied(frame.registers), frame.code.at[target], frame.result)
        found.pending.append(twin)
        return twin

    def static_value(self, row: int) -> Value:
        """A static field as its class leaves it, or as this run wrote it. An empty text that other
        code fills is not known.
        """
        row = self.world.field(row)
        self._made.touched += 1
        if row not in self._own:
            if row not in self._start:
                self._start[row] = self._started(row)
            self._own[row] = copied([self._start[row]])[0]
        value = self._own[row]
        said = isinstance(value, Text) and value.text != ""
        if said or not self.world.written_elsewhere(row):
            return value
        return UNKNOWN

    def _started(self, row: int) -> Value:
        value = self.world.initial_value(row)
        if not self.world.written_at_start(row):
            return value
        initialiser = self.world.initialiser(row)
        if initialiser in self._started_classes:
            return UNKNOWN
        self._started_classes.add(initialiser)
        self._start[row] = UNKNOWN
        outer, self._own = self._own, {}
        kept = self.fuel // 2
        self.fuel -= kept
        active = len(self._active)
        try:
            self._explore(initialiser, (), ((initialiser, -1),) * min(active, 2))
        except FuelError:
            del self._active[active:]
            self._own, self.fuel = outer, kept
            if not kept:
                raise
            return UNKNOWN
        self.fuel += kept
        inner, self._own = self._own, outer
        for name, written in inner.items():
            if self.world.initialiser(name) == initialiser:
                self._start[name] = written
        return self._start[row]

    def store_static(self, row: int, value: Value) -> None:
        """Write a static field, for this run only."""
        row = self.world.field(row)
        self._made.touched += 1
        self._own[row] = value
        self._remember(row, value)

    def _remember(self, row: int, value: Value) -> None:
        """Keep texts that code stores in fields, for those who read fields of unknown objects."""
        name = self.storable(value)
        if name and self.remembers and row not in self._settled:
            kept = self.stored.setdefault(row, {})
            if len(kept) <= MOST_RETURNS:
                kept.setdefault(name, value)

    def storable(self, value: Value) -> str:
        """What tells a value that is kept for other methods from others; empty for none."""
        return value.text if isinstance(value, Text) and not is_unknown(value) else ""

    def field_value(self, row: int, owner: Value) -> list[Value]:
        """What a field of an object may hold."""
        row = self.world.field(row)
        if isinstance(owner, Thing):
            if row in owner.known:
                return [owner.known[row]]
            if not owner.open:
                return [0]
        if self.reads_stored:
            kept = self.stored.get(row, {})
            if 0 < len(kept) <= MOST_RETURNS:
                return [kept[text] for text in sorted(kept)]
        return [self.unread_field(row, owner)]

    def unread_field(self, row: int, owner: Value) -> Value:  # noqa: ARG002 - for subclasses
        """What stands for the value of a field of which nothing is known."""
        return UNKNOWN

    def store_field(self, row: int, owner: Value, value: Value) -> None:
        """Write a field of an object of this run."""
        row = self.world.field(row)
        if isinstance(owner, Thing):
            owner.known[row] = value
        self._remember(row, value)

    def invoke(self, frame: Frame, found: Exploration, one: Instruction) -> None:
        """A call: stand-in, method of the app, or unknown."""
        frame.result = UNKNOWN
        site = frame.code.sites.get(one.pc) or self._site(frame.code, one)
        if site is None:
            return
        call, callee, kinds, registers = site
        held = frame.registers
        given = tuple([UNKNOWN if number < 0 else held[number] for number in registers])
        place = (frame.code.method, one.pc)
        self.watcher.called(found.chain, place, call, callee, given)
        said = Call(callee.key, given, kinds, *place)
        function = self.stand_in(callee, kinds, given)
        if function is not None:
            self._stand_in(frame, found, one, function(said), callee, said)
            return
        if callee.name in RESOURCE_GETTERS:
            number = given[1] if len(given) > 1 else None
            resource = self.world.resource_text(callee, number, *place)
            if resource is not None:
                frame.result = resource
                return
        target = self.world.target(callee, one.opcode, given[0] if given else UNKNOWN)
        told = self.world.platform_text(callee, given, *place) if target < 0 else None
        if told is not None:
            frame.result = told
            return
        if target >= 0 and not self.watcher.opaque(callee) and self.worth(target, callee, given):
            self._enter(frame, found, one, target, given)
            return
        self._start_others(found, callee, given, place)
        frame.result = self.unknown_result(callee, said)
        if callee.owner not in HARMLESS and not (callee.name == "<init>" and target < 0):
            for value in given:
                if value.__class__ in CHANGING:
                    self.hand_out(value)

    def _site(self, code: Runnable, one: Instruction) -> Site | None:
        """The call at a place; None where it names no method."""
        call = code.code.calls.get(one.pc)
        if call is None:
            return None
        callee = self.world.callee_of_call(call)
        kinds = callee.kinds if one.opcode in STATIC_CALLS else ("L", *callee.kinds)
        found = code.sites[one.pc] = Site(call, callee, kinds, _registers(code, one, kinds))
        return found

    def stand_in(
        self,
        callee: Callee,
        kinds: tuple[str, ...],
        given: Sequence[Value],  # noqa: ARG002 - for subclasses
    ) -> Function | None:
        """What stands in for a method; None for none."""
        return self.cells.stand_in(callee.key, self.reads_stored) or stand_in(callee.key, kinds)

    def unknown_result(self, callee: Callee, said: Call) -> Value:  # noqa: ARG002 - for subclasses
        """What stands for the result of a call of which nothing is known."""
        return UNKNOWN

    def hand_out(self, value: Value) -> None:
        """Code that is not seen may have changed ``value``."""
        spoil(value)

    def _start_others(
        self, found: Exploration, callee: Callee, given: Sequence[Value], place: tuple[int, int]
    ) -> None:
        """Follow what a thread, task or handler does that this call starts."""
        for target, passed in self.world.started(callee, given):
            if self.watcher.starts(target):
                self.results(target, passed, (*found.chain, place))

    def _stand_in(
        self,
        frame: Frame,
        found: Exploration,
        one: Instruction,
        value: Value,
        callee: Callee,
        said: Call,
    ) -> None:
        if isinstance(value, Several):
            for other in value.values[1:]:
                twin = self.fork(frame, found, one.pc + one.units)
                if twin is not None:
                    twin.result = other
            value = value.values[0]
        if callee.name != "<init>" or not one.registers:
            frame.result = self.unknown_result(callee, said) if value is UNKNOWN else value
            return
        made = frame.registers[one.registers[0]]
        if value is UNKNOWN:
            self.hand_out(made)
            return
        registers = frame.registers
        registers[:] = [value if held is made else held for held in registers]

    def worth(self, target: int, callee: Callee, given: Sequence[Value]) -> bool:
        """Whether a method of the app is looked into."""
        if callee.returns in TEXTUAL:
            return True
        if callee.name == "<init>":
            return isinstance(given[0], Thing)
        if callee.returns == "V" or callee.returns[0] in "LZ":
            return not HELD.isdisjoint(map(type, given)) and self.watcher.wants(target)
        return all(value is not UNKNOWN for value in given)

    def _enter(
        self,
        frame: Frame,
        found: Exploration,
        one: Instruction,
        target: int,
        given: Sequence[Value],
    ) -> None:
        place = (frame.code.method, one.pc)
        results = self.results(target, given, (*found.chain, place))
        says = f"computed by {self.world.signature(target)}"
        passed = joined_steps(*map(steps_of, given))
        results = tuple(_told(value, passed, Step(says, *place)) for value in results)
        frame.result = results[0]
        for other in results[1:]:
            twin = self.fork(frame, found, one.pc + one.units)
            if twin is not None:
                twin.result = other
        if len(results) > 1:
            for value in given:
                if value.__class__ in CHANGING:
                    self.hand_out(value)

    def results(self, target: int, given: Sequence[Value], chain: Chain) -> tuple[Value, ...]:
        """Distinct results; remembered when nothing passed holds anything that can change."""
        if self.world.callee(target).name == "<init>":
            return self._construct(target, given, chain)
        key = (target, *map(value_key, given))
        if None in key:
            return self._explore(target, given, chain)
        if key not in self._memo:
            before, missed = self.fuel, self._made.missed
            self._memo[key] = self._explore(target, given, chain)
            self._made.missed = missed + before - self.fuel
        return tuple(copied(list(self._memo[key])))

    def _construct(self, target: int, given: Sequence[Value], chain: Chain) -> tuple[Value, ...]:
        """Run a constructor, or leave in a new object what it left in another."""
        made, depth = self._made, len(chain)
        key = None if self._again else key_of(target, given)
        if key is None:
            return self._explore(target, given, chain)
        room = min(self.limits.deepest - depth, 2 * self.limits.deepest - len(self._active))
        left = made.fitting(key, room, self._active)
        if left is not None:
            self.fuel -= left.fuel
            if self.fuel <= 0:
                raise FuelError
            made.again(left, given[0], depth)
            return (UNKNOWN,)
        before, fuel, peak = made.mark(), self.fuel, made.peak
        made.peak = depth
        found = self._explore(target, given, chain)
        if found == (UNKNOWN,):
            made.keep(key, given[0], fuel - self.fuel, made.peak - depth, before)
        made.peak = max(made.peak, peak)
        return found


def _told(value: Value, passed: tuple[Step, ...], step: Step) -> Value:
    if isinstance(value, Text):
        return Text(value.text, joined_steps(value.steps or passed, (step,)))
    if isinstance(value, Array) and not value.steps:
        value.steps = joined_steps(passed, (step,))
    return value


def _registers(code: Runnable, one: Instruction, kinds: Sequence[str]) -> tuple[int, ...]:
    """Registers of the arguments of a call, -1 where there is none."""
    found: list[int] = []
    at = 0
    for kind in kinds:
        inside = at < len(one.registers) and one.registers[at] < code.registers
        found.append(one.registers[at] if inside else -1)
        at += 2 if kind in ("J", "D") else 1
    return tuple(found)
