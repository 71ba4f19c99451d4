"""What calls of outside code do to data, as numbers for the coarse pass.

The same packs and assumptions as in the precise pass, read without values: every overload, every
constant.
"""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.flow.kernels.places import POSITIONS_MOST, RESULT
from witnessmark.flow.later import Later
from witnessmark.flow.taint.cells import (
    INVOKED,
    REFLECTED,
    SHOWN,
    STORES,
    Cells,
    given,
    returned,
)  # fmt: skip
from witnessmark.flow.taint.defaults import TAKES_IN, moves_back, takes_in
from witnessmark.flow.taint.members import Method
from witnessmark.flow.taint.rules import Matches, Rules
from witnessmark.flow.taint.world import World

SHOWS = ("append", "valueOf", "print", "println", "format", "concat", "insert", "join", "toString")
"""Methods that make text of any object that they are given."""


class Effect:
    """What one method as named does; positions with the receiver as 0, `RESULT` for the result.

    Masks are of positions; cells are -1 for none.
    """

    __slots__ = (
        "brings",
        "brings_cell",
        "brings_if",
        "fills_cell",
        "gets_cell",
        "gives_cell",
        "leaves_cell",
        "moves",
        "sink_cell",
        "sinks",
    )

    def __init__(
        self,
        moves: tuple[tuple[int, int], ...] = (),
        sinks: int = 0,
        brings: int = 0,
        brings_cell: int = -1,
        brings_if: int = 0,
        sink_cell: int = -1,
        fills_cell: int = -1,
        leaves_cell: int = -1,
        gets_cell: int = -1,
        gives_cell: int = -1,
    ) -> None:
        self.moves = moves
        self.sinks = sinks
        self.brings = brings
        self.brings_cell = brings_cell
        self.brings_if = brings_if
        self.sink_cell = sink_cell
        self.fills_cell = fills_cell
        self.leaves_cell = leaves_cell
        self.gets_cell = gets_cell
        self.gives_cell = gives_cell


class Effects:
    """Reads effects; equal moves are shared."""

    def __init__(self, world: World, rules: Rules, cells: Cells) -> None:
        self._world = world
        self._rules = rules
        self._cells = cells
        self._defaults: dict[tuple[str, ...], tuple[tuple[int, int], ...]] = {}
        self._known_names = Later(self._find_known_names)

    def _find_known_names(self) -> frozenset[str]:
        know = self._rules.know
        tables = (know.sources_by_member, know.sinks_by_member, know.models_by_member)
        return frozenset(name for table in tables for _, name in table)

    def of(self, row: int) -> Effect:
        """The effect of the method that a row of ``methods`` names."""
        world = self._world
        method = world.method(row)
        if self._rules.annotated_sinks(method):
            return Effect(sinks=(1 << POSITIONS_MOST) - 2)
        if method.name not in self._known_names.get():
            return self._special(method, Effect(self._default(method)))
        matches = self._rules.of(method, method.owner)
        effect = Effect(self._moves(method, matches))
        self._sources(method, matches, effect)
        self._files(matches, effect)
        for sink in matches.sinks:
            for place in sink.arguments:
                effect.sinks |= 1 << position(place)
            if sink.files:
                effect.leaves_cell = self._cells.of("file")
            store = STORES.get(sink.channel)
            if store is not None:
                effect.sink_cell = self._cells.of(store)
        return self._special(method, effect)

    def _moves(self, method: Method, matches: Matches) -> tuple[tuple[int, int], ...]:
        if not matches.models:
            answers = any("return" in entry.where for entry in matches.sources)
            return () if matches.sinks or answers else self._default(method)
        moves: dict[tuple[int, int], None] = {}
        for model in matches.models:
            for flow in model.flows:
                start, _, end = flow.partition("->")
                start = str(model.key) if start == "key" else start
                to = RESULT if end == "return" else position(end)
                moves[position(start), to] = None
        return tuple(moves)

    def _default(self, method: Method) -> tuple[tuple[int, int], ...]:
        inward = method.name == "<init>" or method.name.startswith(TAKES_IN)
        if not inward and method.returns == "V":
            return ()
        inward = inward and takes_in(self._world, method)
        count = min(len(method.parameters), POSITIONS_MOST - 1)
        moves = [(p, 0) for p in range(1, count + 1)] if inward else []
        if moves_back(method, receiver=True, others=False) and not method.static:
            moves.append((0, RESULT))
        if moves_back(method, receiver=False, others=True):
            moves.extend((p, RESULT) for p in range(1, count + 1))
        return tuple(moves)

    def _sources(self, method: Method, matches: Matches, effect: Effect) -> None:
        for entry in matches.sources:
            mask = 0
            for where in entry.where:
                if where == "return":
                    mask |= 1 << RESULT
                elif where == "this":
                    mask |= 1
                elif where.startswith("parameter:"):
                    mask |= 1 << position(where.partition(":")[2])
                elif where.startswith("file:"):
                    mask |= 1 << position(where.partition(":")[2])
                    effect.fills_cell = self._cells.of("file")
            opens = entry.kind == "database" and "Landroid/net/Uri;" in method.parameters
            if self._rules.counts(entry) or opens or entry.kind == "ipc":
                effect.brings |= mask
            if entry.kind in STORES and not entry.categories and not opens:
                effect.brings_cell, effect.brings_if = self._cells.of(STORES[entry.kind]), mask

    def _files(self, matches: Matches, effect: Effect) -> None:
        for flow in (flow for model in matches.models for flow in model.files):
            start, _, end = flow.partition("->")
            file = self._cells.of("file")
            if start.startswith("file:") and not end.startswith("file:"):
                mask = 1 << (RESULT if end == "return" else position(end))
                effect.brings_cell, effect.brings_if = file, effect.brings_if | mask
            elif not start.startswith("file:"):
                effect.gives_cell = file

    def _special(self, method: Method, effect: Effect) -> Effect:
        """Data that callbacks give or get, and what is called by its name."""
        owner = self._world.class_name(method.owner)
        if (owner, method.name) in REFLECTED:
            effect.gives_cell = self._cells.of(INVOKED)
            effect.gets_cell = self._cells.of(returned(INVOKED))
            effect.brings |= 1 << RESULT
            effect.sinks |= (1 << 1) | (1 << 2)
        elif method.name == "get" and self._world.is_a(method.owner, "android/os/AsyncTask"):
            effect.gets_cell = self._cells.of(returned("doInBackground"))
        elif method.name in SHOWS and "Ljava/lang/Object;" in method.parameters:
            effect.gets_cell = self._cells.of(returned(SHOWN))
        if method.name in self._known_names.get():
            for model in self._rules.of(method, method.owner).models:
                for flow in model.callback:
                    start, _, end = flow.partition("->")
                    if end.count(".") == 2:
                        effect.gives_cell = self._cells.of(given(end.split(".")[1]))
                    else:
                        effect.gets_cell = self._cells.of(returned(start.split(".")[1]))
        return effect


def position(place: str) -> int:
    """Position of ``this`` or of a parameter counted from 0."""
    return 0 if place == "this" else min(int(place) + 1, POSITIONS_MOST - 1)


def positions(places: Sequence[int]) -> int:
    """Mask of parameters counted from 0."""
    mask = 0
    for place in places:
        mask |= 1 << min(place + 1, POSITIONS_MOST - 1)
    return mask
