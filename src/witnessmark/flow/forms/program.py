"""What tracing asks of an app: methods in blocks, classes and what is above them, resources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import CLASSES, INTERFACES, METHODS, TYPES
from witnessmark.facts.tables.resources import RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.forms.declared_resources import declared_resources
from witnessmark.flow.graph import Ints
from witnessmark.flow.instructions import Instruction
from witnessmark.flow.names import method_names
from witnessmark.flow.values.code import Callee, Runnable
from witnessmark.flow.values.objects import UNKNOWN as UNKNOWN_OBJECT
from witnessmark.flow.values.objects import Thing
from witnessmark.flow.values.world import world_of
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.packs.screen_calls import ANY_OWNER, ScreenCall
from witnessmark.model.distinct import among

GOTO, SWITCHES, IFS = range(0x28, 0x2B), (0x2B, 0x2C), range(0x32, 0x3E)
RETURNS, THROW = range(0x0E, 0x12), 0x27
ADD_LITERAL = (0xD0, 0xD8)
INTERFACE, ABSTRACT = 0x200, 0x400
MOST_ABOVE = 64
ANYTHING = f"L{ANY_OWNER.replace('.', '/')};"
"""How `_as_descriptors` spells the owner that stands for any class."""


class Blocks(Struct, frozen=True):
    """A method in basic blocks.

    ``starts``    indices of the first instructions, ascending; ``end_of`` of each the index after
                  its last one.
    ``counters``  registers that count or choose: states that differ in them are kept apart.
    ``rank``      places of blocks in an order in which all ways to a block come before it, but
                  those back from a loop, so that ways are joined before what follows is read.
    """

    code: Runnable
    starts: tuple[int, ...]
    end_of: Mapping[int, int]
    counters: tuple[int, ...]
    rank: Mapping[int, int]


class Program:
    """One app, with the calls that knowledge describes."""

    def __init__(self, facts: Facts, calls: Sequence[ScreenCall]) -> None:
        self.facts = facts
        self.world = world_of(facts)
        self._by_member: dict[str, list[ScreenCall]] = defaultdict(list)
        for call in calls:
            for member in call.members:
                self._by_member[member].append(call)
        self._model = framework_model()
        self._above: dict[str, frozenset[str]] = {}
        self._climbing: set[str] = set()
        self._familiar: set[str] = set()
        self._roles: dict[int, ScreenCall | None] = {}
        self._is_below: dict[tuple[str, tuple[str, ...]], bool] = {}
        self._strange: dict[str, tuple[str, ...]] = {}
        self._owners: dict[str, frozenset[str]] = {}
        self._blocks: dict[int, Blocks | None] = {}

    def blocks(self, method: int) -> Blocks | None:
        """A method in blocks, None without code that can be read."""
        if method not in self._blocks:
            code = self.world.methods.get(method)
            self._blocks[method] = None if code is None else _blocks(code)
        return self._blocks[method]

    def role(self, callee: Callee) -> ScreenCall | None:
        """What knowledge says of a call, None when nothing."""
        if callee.row not in self._roles:
            self._roles[callee.row] = self._role(callee)
        return self._roles[callee.row]

    def _role(self, callee: Callee) -> ScreenCall | None:
        found = self._by_member.get(callee.name, ())
        if not found or not self._may_be(callee.owner, callee.name):
            return None
        for call in found:
            if call.owners != (ANY_OWNER,) and self.is_below(callee.owner, call.owners):
                return call
        return next((call for call in found if call.owners == (ANY_OWNER,)), None)

    def _may_be(self, owner: str, name: str) -> bool:
        """Whether knowledge may say something of a call of that name on a class."""
        owners = self._owners.get(name)
        if owners is None:
            named = {one for call in self._by_member[name] for one in call.owners}
            owners = self._owners[name] = _as_descriptors(tuple(sorted(named)))[0]
        if ANYTHING in owners or self._strangers_of(owner):
            return True
        return not owners.isdisjoint(self.above(owner))

    def known_calls(self, callees: Ints) -> Iterator[tuple[int, ScreenCall]]:
        """Those rows of ``methods`` that knowledge says something of, with what it says."""
        names, facts = method_names(self.facts), self.facts
        told = {
            names.ids[at]: name for name in self._by_member if (at := name.encode()) in names.ids
        }
        rows = callees[among(names.of_method[callees], list(told))]
        owners = facts.table(METHODS)["class_type"][rows].tolist()
        numbers = names.of_method[rows].tolist()
        for row, number, owner in zip(rows.tolist(), numbers, owners, strict=True):
            if not self._may_be(facts.descriptor(owner), told[number]):
                continue
            role = self.role(self.world.callee(row))
            if role is not None:
                yield row, role

    def is_below(self, descriptor: str, owners: Sequence[str]) -> bool:
        """Whether a class is one of ``owners`` (with dots) or below one.

        Of a class that the app lacks, and nobody knows, the ending of its name decides.
        """
        key = descriptor, tuple(owners)
        known = self._is_below.get(key)
        if known is None:
            known = self._is_below[key] = self._stands_below(*key)
        return known

    def _stands_below(self, descriptor: str, owners: tuple[str, ...]) -> bool:
        above = self.above(descriptor)
        wanted, endings = _as_descriptors(owners)
        if not wanted.isdisjoint(above):
            return True
        return any(one.endswith(endings) for one in self._strangers_of(descriptor))

    def _strangers_of(self, descriptor: str) -> tuple[str, ...]:
        """Classes that a class is or stands below and that the app lacks, where nobody knows one
        of them.
        """
        strange = self._strange.get(descriptor)
        if strange is None:
            strange = self._strange[descriptor] = self._strangers(self.above(descriptor))
        return strange

    def _strangers(self, above: frozenset[str]) -> tuple[str, ...]:
        if all(one in self._familiar or self._is_familiar(one) for one in above):
            return ()
        return tuple(one for one in above if one not in self.defined and len(one) > 12)

    def _is_familiar(self, descriptor: str) -> bool:
        """Whether the app has a class or the model of the framework knows it."""
        known = descriptor in self.defined or self._model.outside(descriptor[1:-1]) is not None
        if known:
            self._familiar.add(descriptor)
        return known

    def above(self, descriptor: str) -> frozenset[str]:
        """A class with all that it extends and implements, by descriptor."""
        known = self._above.get(descriptor)
        if known is None:
            known = self._above[descriptor] = self._gathered(descriptor)
        return known

    def _gathered(self, descriptor: str) -> frozenset[str]:
        """What is above those right above a class, where that is known or soon told."""
        if descriptor in self._climbing or len(self._climbing) >= MOST_ABOVE:
            return self._climbed(descriptor)
        self._climbing.add(descriptor)
        found = frozenset((descriptor,)).union(*map(self.above, self._up(descriptor)))
        self._climbing.discard(descriptor)
        return found if len(found) < MOST_ABOVE else self._climbed(descriptor)

    def _climbed(self, descriptor: str) -> frozenset[str]:
        """The same, step by step, up to `MOST_ABOVE`."""
        found, fresh = {descriptor}, [descriptor]
        while fresh and len(found) < MOST_ABOVE:
            fresh = [up for one in fresh for up in self._up(one) if up not in found]
            found.update(fresh)
        return frozenset(found)

    def _up(self, descriptor: str) -> Sequence[str]:
        declared = self.defined.get(descriptor)
        if declared is not None:
            return declared
        outside = self._model.outside(descriptor[1:-1]) if descriptor.startswith("L") else None
        if outside is None:
            return ()
        return [f"L{name};" for name in (outside.super_name, *outside.interfaces) if name]

    @cached_property
    def defined(self) -> Mapping[str, Sequence[str]]:
        """Classes of the app with what they extend and implement directly."""
        facts = self.facts
        classes = facts.table(CLASSES)
        found: dict[str, list[str]] = {}
        names = [facts.descriptor(row) for row in classes["type"].tolist()]
        shadowed = classes["shadowed"].tolist()
        for row, above in enumerate(classes["super_type"].tolist()):
            if not shadowed[row]:
                found[names[row]] = [facts.descriptor(above)] if above >= 0 else []
        for row, above in facts.table(INTERFACES).rows("class", "type"):
            if not shadowed[row]:
                found[names[row]].append(facts.descriptor(above))
        return found

    @cached_property
    def _class_rows(self) -> Mapping[str, int]:
        rows = self.facts.table(TYPES)["class"].tolist()
        return {self.facts.descriptor(t): row for t, row in enumerate(rows) if row >= 0}

    def class_row(self, descriptor: str) -> int:
        """Row of a class that the app defines, -1 for others."""
        return self._class_rows.get(descriptor, -1)

    def is_concrete(self, descriptor: str) -> bool:
        """Whether objects of exactly that class of the app can exist."""
        row = self.class_row(descriptor)
        flags = int(self.facts.table(CLASSES)["access"][row]) if row >= 0 else ABSTRACT
        return not flags & (INTERFACE | ABSTRACT)

    def target(self, callee: Callee, opcode: int) -> int:
        """The method with code that a call runs whatever the object, -1 for none or several."""
        return self.world.target(callee, opcode, UNKNOWN_OBJECT)

    def method_of(self, descriptor: str, callee: Callee, opcode: int) -> int:
        """The method with code that a call runs for an object of class ``descriptor``, -1 none."""
        return self.world.target(callee, opcode, Thing(descriptor))

    @cached_property
    def resource_by_number(self) -> Mapping[int, tuple[str, str]]:
        """Kind and name by resource id, as R classes declare them where there are no resources."""
        table = self.facts.table(RESOURCES)
        if not len(table):
            return declared_resources(self.facts)
        return {
            number: (kind, name) for number, kind, name in table.rows("resource", "type", "name")
        }

    def methods_of(self, row: int) -> list[int]:
        """Methods with code of the class in a row, ascending; none of -1."""
        listed, starts = self._methods_by_class
        return listed[starts[row] : starts[row + 1]] if row >= 0 else []

    @cached_property
    def _methods_by_class(self) -> tuple[list[int], list[int]]:
        """Methods with code in the order of their classes, and where those of each begin."""
        methods = self.facts.table(METHODS)
        owners = methods["class"]
        rows = np.flatnonzero((owners >= 0) & (methods["code_offset"] >= 0))
        counts = np.bincount(owners[rows], minlength=len(self.facts.table(CLASSES)))
        ordered = rows[np.argsort(owners[rows], kind="stable")]
        return ordered.tolist(), [0, *np.cumsum(counts).tolist()]


@lru_cache(maxsize=1 << 10)
def _as_descriptors(owners: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Descriptors of classes with dots, and how those of the same bare name end."""
    return (
        frozenset(f"L{owner.replace('.', '/')};" for owner in owners),
        tuple(owner.rpartition(".")[2].rpartition("$")[2] + ";" for owner in owners),
    )


def _blocks(code: Runnable) -> Blocks:
    leaders = {0}
    counted: set[int] = set()
    for index, one in enumerate(code.instructions):
        opcode = one.opcode
        targets = _targets(code, one)
        ends = bool(targets) or opcode in RETURNS or opcode == THROW
        leaders.update(code.at[target] for target in targets if target in code.at)
        if ends:
            leaders.add(index + 1)
        if (opcode in ADD_LITERAL and one.registers[0] == one.registers[1]) or opcode in SWITCHES:
            counted.add(one.registers[0])
    leaders.update(code.at[handler] for *_, handler in code.tries if handler in code.at)
    starts = sorted(leader for leader in leaders if leader < len(code.instructions))
    ends_at = dict(zip(starts, [*starts[1:], len(code.instructions)], strict=True))
    return Blocks(code, tuple(starts), ends_at, tuple(sorted(counted)), _ranks(code, ends_at))


def _ranks(code: Runnable, ends_at: Mapping[int, int]) -> dict[int, int]:
    """Blocks in reverse postorder from the first; those that nothing leads to come last."""
    after: list[int] = []
    seen = {0}
    waiting = [(0, iter(_next_blocks(code, 0, ends_at)))]
    while waiting:
        start, following = waiting[-1]
        fresh = next((one for one in following if one not in seen), None)
        if fresh is None:
            after.append(start)
            waiting.pop()
        else:
            seen.add(fresh)
            waiting.append((fresh, iter(_next_blocks(code, fresh, ends_at))))
    order = [*reversed(after), *sorted(set(ends_at) - seen)]
    return {start: rank for rank, start in enumerate(order)}


def _next_blocks(code: Runnable, start: int, ends_at: Mapping[int, int]) -> list[int]:
    """Where control may go from a block: its jumps, the next block, what catches its errors."""
    end = ends_at.get(start, start)
    if end <= start:
        return []
    last = code.instructions[end - 1]
    found = [code.at[target] for target in _targets(code, last) if target in code.at]
    if last.opcode not in GOTO and last.opcode not in RETURNS and last.opcode != THROW:
        found.append(end)
    first_pc, last_pc = code.instructions[start].pc, last.pc
    for begins, stops, handler in code.tries:
        if begins <= last_pc and first_pc < stops and handler in code.at:
            found.append(code.at[handler])
    return [one for one in found if one in ends_at]


def _targets(code: Runnable, one: Instruction) -> list[int]:
    if one.opcode in GOTO or one.opcode in IFS:
        return [one.pc + one.literal]
    if one.opcode in SWITCHES:
        return sorted(set(code.switches.get(one.pc, {}).values()))
    return []
