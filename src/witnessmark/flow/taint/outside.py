"""Calls of code that the app does not hold: sources, sinks, models, callbacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from witnessmark.flow.taint.coming import printed, sources
from witnessmark.flow.taint.leaving import Leaving, by_annotation
from witnessmark.flow.taint.members import Method
from witnessmark.flow.taint.outcall import OutsideCall, Special
from witnessmark.flow.taint.rules import Matches
from witnessmark.flow.taint.transfer import transfer
from witnessmark.flow.taint.values import (
    NO_TAINT,
    NOTHING,
    UNKNOWN,
    Taint,
    Value,
    moved,
    tainted,
    united,
)
from witnessmark.knowledge.packs.annotated import Annotated

if TYPE_CHECKING:
    from witnessmark.flow.taint.engine import Engine
    from witnessmark.flow.taint.frame import Frame

DECIDING: Final = ("Z", "I", "J", "B", "S", "C")
"""Types of results that conditions are made of."""

STARTS: Final = frozenset(("exec", "start"))
"""Names of calls that start a process."""

TEXTS: Final = ("Ljava/lang/String;", "Ljava/lang/CharSequence;", "Ljava/lang/Object;")
"""Types of parameters that may be a text."""

After = Callable[[OutsideCall], None]
_Described = tuple[Matches, Special | None, Sequence[Annotated]]
"""What is known of a method as named, seen from a class."""


class Outside:
    """Outside code as the packs and the special functions describe it.

    ``after``   told of each call that models describe, for what it starts or registers.
    ``computed``  texts of parameters by method and place of a call, from table `DERIVED_TEXTS`.
    ``is_own_store``  whether a content address is that of a store of the app itself.
    """

    def __init__(
        self,
        engine: Engine,
        specials: Mapping[tuple[str, str], Special],
        after: After,
        leaving: Leaving,
        is_own_store: Callable[[str], bool],
        computed: Mapping[tuple[int, int], Mapping[int, Sequence[str]]],
    ) -> None:
        self.engine = engine
        self.specials = specials
        self.after = after
        self.leaving = leaving
        self.is_own_store = is_own_store
        self.computed = computed
        self._known: dict[tuple[int, int], _Described] = {}
        self._names = frozenset(name for _, name in specials)

    def call(
        self, frame: Frame, pc: int, method: Method, node: int, arguments: list[Value]
    ) -> Value:
        """The value of a call; the frame's store changes."""
        receiver, parameters = NOTHING, list(arguments)
        if len(arguments) > len(method.parameters):
            receiver, parameters = parameters[0], parameters[1:]
        if (frame.method.row, pc) in self.computed:
            self._computed(frame, pc, method, parameters)
        known = self._known.get((method.row, node))
        if known is None:
            known = self._known[method.row, node] = self._look_up(method, node)
        matches, special, annotated = known
        call = OutsideCall(frame, pc, method, node, receiver, parameters, matches)
        if matches.sinks:
            self.leaving.by(call)
        for entry in annotated:
            by_annotation(call, entry)
        value = special(call) if special is not None else None
        if value is None:
            value = transfer(call)
            self.after(call)
        if matches.sinks:
            self.leaving.opens(call, value)
            if method.name in STARTS:
                value = printed(call, value)
        if value.taint:
            value = moved(value, frame.method.row, pc, f"goes through {call.name}")
        elif self.engine.implicit and method.returns in DECIDING:
            value = tainted(value, _compared(call))
        return sources(call, value) if matches.sources else value

    def _computed(self, frame: Frame, pc: int, method: Method, parameters: list[Value]) -> None:
        """Put in texts that the interpreter of values came to, where none is known here."""
        for position, texts in self.computed[frame.method.row, pc].items():
            if position >= len(parameters) or method.parameters[position] not in TEXTS:
                continue
            value = parameters[position]
            if UNKNOWN in value.atoms and not value.texts:
                parameters[position] = Value((*value.atoms, *texts), value.taint)

    def _look_up(self, method: Method, node: int) -> _Described:
        rules = self.engine.rules
        special = self._special(method, node)
        return rules.of(method, node), special, rules.annotated_sinks(method)

    def _special(self, method: Method, node: int) -> Special | None:
        if method.name not in self._names:
            return None
        world = self.engine.world
        names = (world.class_name(method.owner), *world.above(node))
        return next(
            (
                self.specials[name, method.name]
                for name in names
                if (name, method.name) in self.specials
            ),
            None,
        )


def _compared(call: OutsideCall) -> Taint:
    """Data that decides what a test or comparison comes to."""
    taint: Taint = NO_TAINT
    for value in (call.receiver, *call.parameters):
        taint = united(taint, call.carried(value))
    return call.engine.decides(taint)
