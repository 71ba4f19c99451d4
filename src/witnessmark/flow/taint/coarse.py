"""Which methods data of sources can come to, and from which of them it can still leave.

Prepares what the compiled pass (`flow.kernels.spread`) starts from and reads what it found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from msgspec import Struct

from witnessmark.flow.dispatch import CALLBACK, THREAD
from witnessmark.flow.graph import Flags, Ints, Lists, distinct, distinct_pairs, ints, lists_of
from witnessmark.flow.kernels import calls, method, origins, places, spread
from witnessmark.flow.tables import DISPATCHES, REACH
from witnessmark.flow.taint.arrays import AppArrays, app_arrays
from witnessmark.flow.taint.cells import (
    AFTER,
    INVOKED,
    RESTORES,
    SAVES,
    SHOWN,
    STATE,
    STORES,
    Cells,
    given,
    returned,
)  # fmt: skip
from witnessmark.flow.taint.effects import Effect, Effects, positions
from witnessmark.flow.taint.members import Method
from witnessmark.flow.taint.rules import Rules
from witnessmark.flow.taint.world import World
from witnessmark.formats.compiled import Kernels, load_kernels
from witnessmark.formats.dex.code import sweep_tables
from witnessmark.formats.dex.instruction import operand_places
from witnessmark.formats.dex.kernels import code as code_kernels
from witnessmark.formats.dex.kernels import helpers, layout, operands
from witnessmark.model.distinct import among

MODULES = (layout, helpers, code_kernels, operands, places, method, origins, calls, spread)

LONGEST = 60_000
"""Instructions, and units of code, of the longest method that the pass looks into."""

STATES, MOST_STATES = 1_500_000, 4_000
ORIGINS, LINKS = 600_000, 300_000
REGISTERS = 66_000
SOME_EDGES = 200_000
"""Edges for which there is room at first."""

SCANS_A_METHOD = 30
"""Scans that the pass may make, by methods that may run."""


class Chop(Struct, frozen=True):
    """``data``  methods by which data goes from a source to a sink; ``cut`` that the pass gave up
    on some; ``scanned`` how many methods it looked into.
    """

    data: frozenset[int]
    cut: bool
    scanned: int


@cache
def machine_kernels() -> Kernels:
    """The pass as machine code."""
    return load_kernels("flow", MODULES)


def chop(world: World, rules: Rules, kernels: Kernels | None = None) -> Chop:
    """Run the pass over an app."""
    return _Pass(world, rules).run(kernels or machine_kernels())


@dataclass(slots=True)
class _Pass:
    """One pass: tables of effects, cells and the queue, then the arrays of the kernel."""

    world: World
    rules: Rules
    cells: Cells = field(default_factory=Cells)
    listeners: dict[int, dict[tuple[int, int], None]] = field(default_factory=dict)

    def run(self, kernels: Kernels) -> Chop:
        """Spread from the sources, then go back from the sinks."""
        runs = self._runs()
        app = app_arrays(self.world, self.rules, runs)
        count = self.world.program.methods
        effects, named_moves = self._effects(runs)
        table = app.method.reshape(-1, places.METHOD)
        self._described(table, runs)
        self._callbacks(table, runs)
        state = np.zeros(count * places.STATE, dtype=np.int64)
        starts = self._starts(effects, app, state, runs)
        if not len(starts):
            return Chop(frozenset(), cut=False, scanned=0)
        queue = np.zeros(count + 1, dtype=np.int64)
        queue[: len(starts)] = starts
        state.reshape(-1, places.STATE)[starts, places.QUEUED] = 1
        run = np.zeros(16, dtype=np.int64)
        run[places.TAIL] = len(starts)
        run[places.SCANS] = SCANS_A_METHOD * int(runs.sum()) + 1000
        parts = (
            app.method, app.slots, app.calls, app.uses, app.tries, *named_moves, app.readers,
            *callers_of(self.world).arrays(), self._cell_lists(),
        )  # fmt: skip
        held = np.zeros(len(self.cells.numbers), dtype=np.int64)
        known = [app.fields, state, np.zeros(app.outs, dtype=np.int64), held, queue]
        return self._spread(kernels, app, packed(parts), known, run)

    def _spread(
        self, kernels: Kernels, app: AppArrays, parts: Ints, known: list[Ints], run: Ints
    ) -> Chop:
        """Spread, then write down along which edges data went, then go back from the sinks."""
        work, scratch = _work(), np.zeros(16, dtype=np.int64)
        tables = (app.image, sweep_tables()[2], operand_places(), scratch, parts)
        found = packed([*known, run[:0]], run)
        kernels.spread(*tables, found, work)
        count = self.world.program.methods
        state = part(found, places.STATE_).reshape(-1, places.STATE)
        sinks = np.flatnonzero(state[:, places.LEAVES]).tolist()
        room = SOME_EDGES
        while True:
            now = [part(found, place) for place in range(places.FIELD_, places.EDGES_)]
            found = packed([*now, np.zeros(2 * room, dtype=np.int64)], found[:16])
            found[places.RECORD], found[places.EDGES] = 1, 0
            wanted = kernels.spread(*tables, found, work)
            if wanted <= room:
                break
            room = wanted
        edges = part(found, places.EDGES_)[: 2 * wanted].reshape(-1, 2)
        data = _before(edges, sinks, count + len(known[0]) + len(known[3]))
        return Chop(
            frozenset(node for node in data if node < count),
            bool(found[places.CUT]),
            int(state[:, places.SEEN].sum()),
        )

    def _runs(self) -> Flags:
        """Methods that may run."""
        states = self.world.facts.table(REACH)["state"]
        may: Flags = among(states, ("reached", "unknown"))
        return may & self.world.own_methods

    def _effects(self, runs: Flags) -> tuple[dict[int, Effect], tuple[Ints, Ints, Ints]]:
        """Effects of the methods that running code names, and the tables that hold them."""
        program = self.world.program
        count = program.methods
        named = distinct(program.calls.what[runs[program.calls.method]])
        reader = Effects(self.world, self.rules, self.cells)
        effects = {row: reader.of(row) for row in named.tolist()}
        moves: list[int] = []
        table = np.full((count + 1, places.NAMED), -1, dtype=np.int64)
        for place in (places.SINKS, places.BRINGS, places.BRINGS_IF, places.PASSES):
            table[:, place] = 0
        firsts = np.zeros(count + 1, dtype=np.int64)
        for row, effect in effects.items():
            firsts[row + 1] = len(effect.moves)
            moves.extend(one for pair in effect.moves for one in pair)
            table[row, places.SINKS : places.SINK_CELL + 1] = (
                effect.sinks, effect.brings, effect.brings_cell, effect.brings_if,
                effect.sink_cell,
            )  # fmt: skip
            table[row, places.FILLS_CELL] = effect.fills_cell
            table[row, places.LEAVES_CELL] = effect.leaves_cell
            table[row, places.GETS_CELL] = effect.gets_cell
            table[row, places.GIVES_CELL] = effect.gives_cell
        table[:, places.FLOWS] = np.cumsum(firsts)
        table[:, places.OUTER] = 1
        table[:count, places.OUTER] = program.resolved < 0
        hubs = self._hubs(table, count)
        return effects, (table.reshape(-1), np.array(moves or [0], dtype=np.int64), hubs)

    def _hubs(self, table: Ints, count: int) -> Ints:
        """Methods where virtual calls land."""
        rows = self.world.facts.table(DISPATCHES)
        named, target = ints(rows["named"]), ints(rows["target"])
        table[named[among(rows["kind"], (CALLBACK, THREAD))], places.PASSES] = 1
        lists = lists_of(named, target, count)
        table[:, places.HUB] = lists.start
        return lists.items if len(lists.items) else np.zeros(1, dtype=np.int64)

    def _described(self, table: Ints, runs: Flags) -> None:
        """Methods of libraries in the app for which a model stands."""
        know = self.rules.know
        members = (know.sources_by_member, know.sinks_by_member, know.models_by_member)
        for row in self._named({name for one in members for _, name in one}):
            if runs[row] and self.rules.bundled(row):
                table[row, places.FLAGS] |= places.DESCRIBED

    def _named(self, names: Iterable[str]) -> list[int]:
        """Rows of methods of these names, defined or not."""
        index = self.world.index
        ids = [index.names.ids[n.encode()] for n in sorted(names) if n.encode() in index.names.ids]
        found: list[int] = np.flatnonzero(among(index.names.of_method, ids)).tolist()
        return found

    def _callbacks(self, table: Ints, runs: Flags) -> None:
        """Cells of methods that outside code calls: what they return, and what comes to them."""
        gives = {name.partition(" by ")[2] for name in self.cells.numbers if " by " in name}
        gets = {name.partition(" to ")[2] for name in self.cells.numbers if " to " in name}
        for row in self._named({*gives, *gets, *AFTER, SHOWN}):
            if not runs[row]:
                continue
            method_ = self.world.method(row)
            if method_.name in (*gives, *AFTER, SHOWN):
                table[row, places.RETURN_CELL] = self.cells.of(returned(method_.name))
            if method_.name in gets:
                self._listen(given(method_.name), row, _all(method_))
        self._answers(table, runs)
        self._states(table, runs)
        for name, others in AFTER.items():
            for row in self._named(others):
                if runs[row]:
                    self._listen(returned(name), row, _all(self.world.method(row)))
        for row in distinct(self.world.program.reflected.what).tolist():
            table[row, places.RETURN_CELL] = self.cells.of(returned(INVOKED))
            self._listen(INVOKED, row, _all(self.world.method(row)))

    def _states(self, table: Ints, runs: Flags) -> None:
        """Methods by which screens keep their state and get it back."""
        for row in self._named((*SAVES, *RESTORES)):
            if not runs[row]:
                continue
            method_ = self.world.method(row)
            bundles = [n for n, kind in enumerate(method_.parameters) if kind.endswith("Bundle;")]
            if method_.name in SAVES:
                table[row, places.OUT_CELL] = self.cells.of(STATE)
            elif bundles:
                self._listen(STATE, row, positions(bundles))

    def _answers(self, table: Ints, runs: Flags) -> None:
        """Methods whose results leave."""
        named = self._named(name for _, name in self.rules.know.sinks_by_member)
        for row in (*named, *self.rules.annotated_rows):
            if runs[row] and self.rules.answers(self.world.method(row)):
                table[row, places.FLAGS] |= places.ANSWERS

    def _listen(self, cell: str, row: int, bits: int) -> None:
        self.listeners.setdefault(self.cells.of(cell), {})[row, bits] = None

    def _starts(
        self, effects: dict[int, Effect], app: AppArrays, state: Ints, counted: Flags
    ) -> Ints:
        """Methods that data comes into: by calls, as parameters, from fields."""
        program = self.world.program
        found: dict[int, None] = {}
        brings = [row for row, effect in effects.items() if effect.brings]
        for row, effect in effects.items():
            if effect.brings_cell >= 0:
                self._readers(effect.brings_cell, row)
            for cell in (effect.gets_cell, effect.leaves_cell):
                if cell >= 0:
                    self._readers(cell, row)
        sites = among(program.calls.what, np.array(brings, dtype=np.int64))
        found.update(dict.fromkeys(distinct(program.calls.method[sites]).tolist()))
        found.update(dict.fromkeys(self._given(state, counted)))
        flags = app.fields & places.FIELD_SOURCE
        first = len(app.fields) + 1
        for row in np.flatnonzero(flags).tolist():
            low, high = int(app.readers[row]), int(app.readers[row + 1])
            found.update(dict.fromkeys(app.readers[first + low : first + high].tolist()))
        return np.array([row for row in found if counted[row]], dtype=np.int64)

    def _readers(self, cell: int, row: int) -> None:
        calls_ = self.world.program.calls
        for caller in distinct(calls_.method[calls_.what == row]).tolist():
            self.listeners.setdefault(cell, {})[caller, 0] = None

    def _given(self, state: Ints, counted: Flags) -> Iterator[int]:
        """Methods that get data as parameters from outside code."""
        for row in self._named(name for _, name in self.rules.know.sources_by_member):
            if not counted[row]:
                continue
            method_ = self.world.method(row)
            if not method_.defined:
                continue
            for entry, numbers in self.rules.callback_sources(method_):
                bits = positions(numbers)
                if self.rules.counts(entry) or entry.kind == "ipc":
                    state[row * places.STATE + places.ENTRY] |= bits
                    yield row
                if entry.kind in STORES:
                    self._listen(STORES[entry.kind], row, bits)

    def _cell_lists(self) -> Ints:
        pairs = [list(self.listeners.get(cell, ())) for cell in range(len(self.cells.numbers))]
        begins = np.concatenate([[0], np.cumsum([len(one) for one in pairs])]).astype(np.int64)
        items = [number for one in pairs for pair in one for number in pair]
        return np.concatenate([begins, np.array(items, dtype=np.int64)])


def _all(method_: Method) -> int:
    return positions(range(len(method_.parameters)))


def _work() -> Ints:
    """Room for one method."""
    sizes = (
        LONGEST * method.ROW, LONGEST, REGISTERS, REGISTERS, STATES, STATES, MOST_STATES, ORIGINS,
        ORIGINS, ORIGINS, LINKS, LINKS, 4096, 64, 64, 64, 4, 8192,
    )  # fmt: skip
    found = np.zeros(places.HEADER + sum(sizes), dtype=np.int64)
    at = places.HEADER
    for number, size in enumerate(sizes):
        found[number], found[number + places.LENGTHS] = at, size
        at += size
    return found


def packed(parts: Sequence[Ints], run: Ints | None = None) -> Ints:
    """Parts one behind another, with their places and lengths in front, as `places` says; the
    items of ``run`` stand before those.
    """
    first = 0 if run is None else len(run)
    head = np.zeros(places.HEADER, dtype=np.int64)
    if run is not None:
        head[:first] = run
    at = places.HEADER
    for number, one in enumerate(parts, first):
        head[number], head[number + places.LENGTHS] = at, len(one)
        at += len(one)
    return np.concatenate([head, *parts])


def part(array: Ints, number: int) -> Ints:
    """One part of a packed array."""
    at = int(array[number])
    return array[at : at + int(array[number + places.LENGTHS])]


def _before(edges: Ints, ends: list[int], nodes: int) -> set[int]:
    """Nodes from which edges lead to one of ``ends``, these included."""
    back = lists_of(edges[:, 1], edges[:, 0], nodes)
    found = set(ends)
    stack = list(ends)
    while stack:
        for one in back.of(stack.pop()).tolist():
            if one not in found:
                found.add(one)
                stack.append(one)
    return found


class Callers(Struct, frozen=True):
    """Who calls a method: ``direct``, or through one of the ``names`` that virtual calls use,
    ``by_name``. Held apart, as their product can be large.
    """

    direct: Lists
    names: Lists
    by_name: Lists

    def of(self, method_: int) -> list[int]:
        """Methods with a call that may run this one."""
        found = dict.fromkeys(self.direct.of(method_).tolist())
        for name in self.names.of(method_).tolist():
            found.update(dict.fromkeys(self.by_name.of(name).tolist()))
        return list(found)

    def arrays(self) -> Iterator[Ints]:
        """The three, each as the first items and then the items."""
        for lists in (self.direct, self.names, self.by_name):
            yield np.concatenate([lists.start, lists.items])


def callers_of(world: World) -> Callers:
    """Callers of all methods."""
    calls_, count = world.program.calls, world.program.methods
    table = world.facts.table(DISPATCHES)
    sure = np.flatnonzero(world.program.target >= 0)
    return Callers(
        lists_of(*distinct_pairs(world.program.target[sure], calls_.method[sure], count), count),
        lists_of(*distinct_pairs(ints(table["target"]), ints(table["named"]), count), count),
        lists_of(*distinct_pairs(calls_.what, calls_.method, count), count),
    )


def needed(world: World, data: Iterable[int]) -> set[int]:
    """Methods to run for what data comes to: these, and all that lead to them."""
    program = world.program
    callers = callers_of(world)
    creators = lists_of(program.creates.what, program.creates.method, world.hierarchy.size)
    found = set(data)
    stack = sorted(found)
    made: set[int] = set()
    names: set[int] = set()
    while stack:
        row = stack.pop()
        above = callers.direct.of(row).tolist()
        for name in callers.names.of(row).tolist():
            if name not in names:
                names.add(name)
                above.extend(callers.by_name.of(name).tolist())
        owner = world.method(row).owner
        if not above and owner not in made:
            made.add(owner)
            for node in world.made_below(owner):
                above.extend(creators.of(node).tolist())
        for one in above:
            if one not in found and world.own_methods[one]:
                found.add(one)
                stack.append(one)
    return found
