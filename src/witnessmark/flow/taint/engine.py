"""Runs methods on abstract values: contexts, limits, and the flows that were met.

Method calls are followed in place, with the values and the heap of the caller; the chain of calls
is the context that tells objects of one place apart. The approach is abstract interpretation
(P. Cousot, R. Cousot, POPL 1977) over allocation sites with strong updates on objects that are
one. A run whose arguments and reads are those of an earlier run is not repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from witnessmark.flow.taint.body import Bodies, Body
from witnessmark.flow.taint.carried import carried
from witnessmark.flow.taint.context import Context, Contexts
from witnessmark.flow.taint.frame import Frame
from witnessmark.flow.taint.outcome import Memory, Outcome, Remembered
from witnessmark.flow.taint.results import FoundFlow, SinkPlace
from witnessmark.flow.taint.rules import Rules
from witnessmark.flow.taint.store import Store
from witnessmark.flow.taint.values import (
    ANY,
    HOLE,
    NO_TAINT,
    UNKNOWN,
    Obj,
    Source,
    Taint,
    Trace,
    Value,
    tainted,
    united,
)
from witnessmark.flow.taint.world import World
from witnessmark.knowledge.flows import FlowSource

if TYPE_CHECKING:
    from witnessmark.flow.taint.outside import Outside


class Limits(NamedTuple):
    """How much work is done before a place is left with a gap.

    ``steps``  instructions for the whole app; ``steps_a_root`` for one component;
    ``steps_a_callback`` for one thing that the system calls; ``depth`` calls within calls;
    ``again`` how often one method may be on the way; ``visits`` of one block;
    ``steps_in_library`` of a method of a known library with all it calls, all runs together;
    ``steps_elsewhere`` the same of a method in a package where no component of the app is;
    ``steps_a_method`` with all it calls until constants given to it, and its callers, are no
    longer told apart;
    ``spare``, ``small``  calls within calls, of methods of so many instructions, that are run
    although data does not come to them.
    """

    steps: int = 600_000
    steps_a_root: int = 200_000
    steps_a_callback: int = 100_000
    steps_in_library: int = 6_000
    steps_elsewhere: int = 10_000
    depth: int = 48
    again: int = 2
    visits: int = 24
    steps_a_method: int = 20_000
    spare: int = 3
    small: int = 120


class Engine:
    """The state of one run over one app.

    ``needed``  methods to which data may come, and all that lead there; None for all.
    ``left``    methods that were not followed, and why.
    """

    def __init__(
        self,
        world: World,
        rules: Rules,
        bodies: Bodies,
        limits: Limits,
        implicit: bool = False,
        needed: set[int] | None = None,
        weak: frozenset[int] = frozenset(),
        steps: int = 0,
    ) -> None:
        self.world = world
        self.rules = rules
        self.bodies = bodies
        self.limits = limits
        self.outside: Outside
        self.implicit = implicit
        self.needed = needed
        self.weak = weak
        self.steps = steps
        self.flows: dict[tuple[int, SinkPlace], FoundFlow] = {}
        self.visited: set[int] = set()
        self.left: dict[int, str] = {}
        self.contexts = Contexts()
        self._memory = Memory()
        self._root_steps: int = 0
        self._callback_steps: int = 0
        self._sources: dict[tuple[Any, ...], Source] = {}
        self._objects: dict[tuple[Any, ...], Obj] = {}
        self._by_class: dict[int, list[Obj]] = {}
        self._callbacks: dict[int, list[int]] = {}

    @property
    def tired(self) -> bool:
        """Whether the steps for this entry or for the whole app are used up."""
        return (
            self.steps > self.limits.steps
            or self._root_steps > self.limits.steps_a_root
            or self._callback_steps > self.limits.steps_a_callback
        )

    def spend(self, steps: int) -> None:
        """Count instructions that are run."""
        self.steps += steps
        self._root_steps += steps
        self._callback_steps += steps

    def start(self) -> None:
        """Begin a new component; its steps count from zero."""
        self._root_steps = self._callback_steps = 0

    def start_callback(self) -> None:
        """Begin something new that the system calls; its steps count from zero."""
        self._callback_steps = 0

    def is_costly(self, method: int) -> bool:
        """Whether runs of a method took so long that fewer differences are made from now on."""
        return self._memory.spent.get(method, 0) > self.limits.steps_a_method

    def _is_exhausted(self, method: int) -> bool:
        """Whether a method that is not of the app's makers took so long that it is not followed
        any more.
        """
        spent = self._memory.spent.get(method, 0)
        if spent <= self.limits.steps_in_library:
            return False
        owner = self.world.method(method).owner
        if self.world.in_library(owner):
            return True
        return spent > self.limits.steps_elsewhere and not self.world.near_components(owner)

    def object(self, node: int, *site: Any, symbolic: bool = False, lasts: bool = False) -> Obj:
        """The object of a site, always the same."""
        key = (node, *site)
        found = self._objects.get(key)
        if found is None:
            found = self._objects[key] = Obj(node, site, symbolic=symbolic, lasts=lasts)
            if node >= 0:
                self._by_class.setdefault(node, []).append(found)
        return found

    def fresh(self, store: Store, node: int, *site: Any) -> Obj:
        """An object made now; the second that is there beside an older one stands for all."""
        made = self.object(node, *site)
        if store.holds(made):
            made = self.object(node, *site, "later")
            if store.holds(made):
                made.many = True
                return made
        store.make(made)
        return made

    def standing(self, node: int, store: Store) -> list[Obj]:
        """Objects on a heap that are of a class, in the order in which they were first made."""
        below = self.world.hierarchy.under.of(node).tolist()
        return [
            obj
            for one in below
            for obj in self._by_class.get(one, ())
            if not obj.lasts and store.holds(obj)
        ]

    def callbacks(self, node: int, name: str = "") -> list[int]:
        """Methods of a class of the app that override outside ones, perhaps of one name."""
        if node not in self._callbacks:
            self._callbacks[node] = self.world.callbacks(node)
        rows = self._callbacks[node]
        return [row for row in rows if not name or self.world.method(row).name == name]

    def decides(self, taint: Taint) -> Taint:
        """Data as it decides what runs."""
        found: dict[Source, Trace] = {}
        for source, trace in taint.items():
            key = ("implicit", source.number)
            if source.implicit:
                found[source] = trace
                continue
            if key not in self._sources:
                number = len(self._sources)
                self._sources[key] = source.deciding(number)
            found[self._sources[key]] = trace
        return found

    def call(
        self,
        method: int,
        arguments: list[Value],
        outer: Store,
        context: Context,
        pc: int,
        guard: Taint = NO_TAINT,
    ) -> Outcome:
        """Run a method of the app, called in ``context`` at ``pc``; changes are not yet applied."""
        body = self.bodies.of(method)
        if body is None or not self._worth(method, body, context):
            return self.skipped(method, arguments, outer)
        if context.depth >= self.limits.depth or self.tired:
            self.left.setdefault(method, "took too long" if self.tired else "calls went too deep")
            return self.skipped(method, arguments, outer)
        if self._is_exhausted(method):
            self.left.setdefault(method, "code beside the app's own took too long")
            return self.skipped(method, arguments, outer)
        times = context.times(method)
        if times >= self.limits.again:
            return self.skipped(method, arguments, outer)
        spare = self.needed is not None and method not in self.needed
        loose = self.is_costly(method)
        if loose or times == self.limits.again - 1:
            arguments = [_loose(value) for value in arguments]
        inner = self.contexts.inner(context, pc, method, spare=spare, loose=loose)
        known = self._memory.recall(method, inner.site, arguments, guard, outer)
        if known is not None:
            return known.again(arguments)
        return self._run(method, body, arguments, outer, inner, guard)

    def inline(self, method: int, given: list[Value], frame: Frame) -> Outcome | None:
        """Run a simple method on the layer of its caller; None for others.

        Changes of the outcome are all those of the layer. That is the same as a run of its own,
        without looking for an earlier one and without telling its changes from the caller's.
        """
        body = self.bodies.of(method)
        if body is None or not body.simple or self.implicit:
            return None
        context = frame.context
        if context.depth >= self.limits.depth or self.tired:
            return None
        if not self._worth(method, body, context):
            return None
        self.visited.add(method)
        before = self.steps
        outcome = Frame(self, body, self.world.method(method), context, frame.store).run(given)
        self.spend(before - self.steps)
        return outcome

    def _run(
        self,
        method: int,
        body: Body,
        arguments: list[Value],
        outer: Store,
        context: Context,
        guard: Taint,
    ) -> Outcome:
        self.visited.add(method)
        before = self.steps
        store = Store(outer, self.weak)
        frame = Frame(self, body, self.world.method(method), context, store, guard)
        outcome = frame.run(arguments).lasting(store, arguments)
        site = context.site if outcome.makes(store) else -1
        made = Remembered(site, list(arguments), guard, store.reads, outcome, outcome.outside())
        self._memory.keep(method, made, self.steps - before)
        outer.noted(store.reads)
        return outcome

    def _worth(self, method: int, body: Body, context: Context) -> bool:
        """Whether data can come to a method, or it is small enough to be run all the same."""
        if self.needed is None or method in self.needed:
            return True
        return (
            context.spare < self.limits.spare and len(body.code.instructions) <= self.limits.small
        )

    def skipped(self, method: int, arguments: list[Value], store: Store) -> Outcome:
        """What is assumed of a call that is not followed: data goes into what it returns."""
        if self.world.method(method).returns == "V":
            return Outcome(changes={})
        taint: Taint = NO_TAINT
        for argument in arguments:
            taint = united(taint, carried(self.world, store, argument))
        return Outcome(tainted(ANY, taint), {})

    def source(
        self, entry: FlowSource, owner: str, member: str, method: int, pc: int, says: str
    ) -> Taint:
        """Data that comes in at a place, as a taint with its first step."""
        key = (entry.cites, owner, member, method, pc)
        found = self._sources.get(key)
        if found is None:
            found = self._sources[key] = Source(
                len(self._sources), entry.cites, entry.says, owner, member, method, pc,
                entry.kind, entry.categories, entry.about,
            )  # fmt: skip
        return {found: Trace(None, method, pc, says)}

    def met(self, taint: Taint, place: SinkPlace, to: Value, context: Context) -> None:
        """Note that data leaves at a place."""
        for source, trace in taint.items():
            key = (source.number, place)
            known = self.flows.get(key)
            if known is None:
                known = self.flows[key] = FoundFlow(source, place, trace, context.chain())
            spelled = (one.replace(HOLE, "?") for one in to.spellings)
            known.to.extend(one for one in spelled if one not in known.to)


def _loose(value: Value) -> Value:
    """The value with constants no longer told apart: of many runs, or of further ones within."""
    if all(atom.__class__ is Obj for atom in value.atoms):
        return value
    objects = tuple(atom for atom in value.atoms if atom.__class__ is Obj)
    return Value((*objects, UNKNOWN), value.taint)
