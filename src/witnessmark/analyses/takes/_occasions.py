"""On what occasions code runs: the nearest methods behind it that the system or a person sets off.

Calls are followed backwards until a method is met that pack ``occasions`` knows; what leads to that
method is another matter. A receiver's occasions are the broadcasts that its component waits for.
Where the app itself starts the component, at once or by an alarm, it is told when it does; loops on
the way are told with their pause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.callers import Callers
from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.intervals import spelled
from witnessmark.analyses.loops import loops_of
from witnessmark.analyses.starts import Start, starts_of
from witnessmark.facts.tables.code import CLASSES, METHODS
from witnessmark.facts.tables.manifest import COMPONENTS, INTENT_FILTERS
from witnessmark.facts.view import Facts
from witnessmark.flow.call_lists import call_lists
from witnessmark.flow.tables import CALL_EDGES, ENTRY_POINTS
from witnessmark.knowledge.packs.occasions import Occasion

MOST_METHODS = 600
"""Methods that are looked at behind one place."""

MOST_STEPS = 4
"""Calls between a loop and what it is told to repeat."""

MOST_STARTS = 3
"""Occasions that are named of those on which the app starts a component."""

RECEIVER = Member("android.content.BroadcastReceiver", "onReceive")
BY_KIND: Mapping[str, tuple[str, str]] = {
    "javascript": ("when a web page in the app asks for it", "afar"),
    "handler": ("when something on the screen is pressed", "hand"),
}
"""Occasions that an entry point tells by its kind."""


class Told(Struct, frozen=True, order=True):
    """One occasion, as it is told."""

    says: str
    by: str
    repeats: bool


UNTOLD = Told("when a broadcast arrives", "event", repeats=True)
"""What is said of a receiver of which nothing more is known."""


class _Starting(Struct, frozen=True):
    """Times at which the app has a component run; occasions on which it starts it at once, and
    methods of other components in which it does.
    """

    times: frozenset[Told]
    told: frozenset[Told]
    entries: frozenset[int]

    @property
    def is_empty(self) -> bool:
        """Whether the app itself starts the component nowhere."""
        return not (self.times or self.told or self.entries)


class Occasions:
    """Occasions of one app's methods; ``intervals`` in seconds by the method of a task."""

    def __init__(
        self,
        app: Facts,
        names: CodeNames,
        known: Sequence[Occasion],
        intervals: Mapping[int, float],
        roles: CallRoles,
    ) -> None:
        self._app = app
        self._names = names
        self._known = known
        self._intervals = intervals
        self._calls = call_lists(app)
        self._callers = Callers(app, names)
        self._loops = loops_of(app, roles)
        self._starts = starts_of(app, roles)
        self._known_starts: dict[int, _Starting] = {}

    def of(self, methods: Iterable[int], places: Iterable[tuple[int, int]] = ()) -> list[Told]:
        """Occasions on which one of ``methods`` runs, or one of ``places`` (method and pc), in a
        fixed order; none when none was met.
        """
        told, entries = self._met([*methods], places)
        for method in entries:
            told.update(self._started(method))
        return sorted(told)

    def _met(
        self, methods: Iterable[int], places: Iterable[tuple[int, int]]
    ) -> tuple[set[Told], set[int]]:
        """Occasions, and methods of components that the app itself starts."""
        found, entries = set[Told](), set[int]()
        inside: dict[int, set[int]] = defaultdict(set)
        for method, pc in places:
            inside[method].add(pc)
        steps = dict.fromkeys((*methods, *inside), 0)
        whole = frozenset(methods)
        sure = {one for one in steps if one in whole or self._loops.passes(one, inside[one])}
        waiting = sorted(steps)
        while waiting and len(steps) < MOST_METHODS:
            method = waiting.pop(0)
            if steps[method] <= MOST_STEPS:
                found.update(self._looped(method, inside[method], whole=method in whole))
            if method in self._told:
                if not self._is_started(method):
                    found.update(self._told[method])
                else:
                    entries.add(method)
                continue
            callers = self._callers.of(method)
            if self._loops.any and steps[method] < MOST_STEPS and method in sure:
                for caller in callers:
                    inside[caller].update(self._from(caller, method))
                sure.update(one for one in callers if self._loops.passes(one, inside[one]))
            fresh = sorted(callers - steps.keys())
            waiting.extend(fresh)
            steps.update(dict.fromkeys(fresh, steps[method] + 1))
        return found, entries

    def _is_started(self, method: int) -> bool:
        """Whether a method runs because its component is started, and the app itself does that."""
        runs = self._app.method_name(method) == RECEIVER.name or any(
            one.by == "system" for one in self._told[method]
        )
        return runs and not self._starting(self._component(method)).is_empty

    def _component(self, method: int) -> int:
        return int(self._app.table(METHODS)["class"][method])

    def _looped(self, method: int, pcs: set[int], *, whole: bool) -> Iterator[Told]:
        """Loops that a method is, or that it has, of which each round passes one of the places;
        ``whole`` when the method itself is meant.
        """
        loops = [
            loop
            for loop in self._loops.of(method)
            if (whole and loop.is_whole) or self._loops.passes_each_round(loop, pcs)
        ]
        often = {loop.seconds for loop in loops}
        if len(often) > 1:
            yield Told("again and again, by a loop", "time", repeats=True)
        for seconds in often if len(often) == 1 else ():
            says = f"every {spelled(seconds)}" if seconds > 0 else "again and again"
            yield Told(f"{says}, by a loop", "time", repeats=True)

    def _from(self, caller: int, method: int) -> list[int]:
        """Places of a method that lead to another."""
        named = {method, *self._calls.names.of(method).tolist()}
        edges = self._app.table(CALL_EDGES).rows_at(self._calls.edges.of(caller), "pc", "callee")
        return [pc for pc, callee in edges if callee in named]

    def _started(self, method: int) -> Sequence[Told]:
        """Occasions of a component's method, with what the app itself starts the component by."""
        told, component = self._told[method], self._component(method)
        times, bases = self._starting(component).times, self._bases(component)
        if self._app.method_name(method) == RECEIVER.name:
            return (*(one for one in told if one != UNTOLD), *times, *bases)
        if not bases:
            return tuple(times)
        others = [one for one in bases if one not in told] or bases
        said = " or ".join(dict.fromkeys(_short(one.says) for one in others[:MOST_STARTS]))
        return (*times, *(replace(one, says=f"{one.says} (it is started {said})") for one in told))

    def _bases(self, component: int) -> list[Told]:
        """Occasions behind the places that start a component at once, through others as well."""
        seen, fresh, found = {component}, [component], set[Told]()
        while fresh:
            one = fresh.pop()
            starting = self._starting(one)
            found |= starting.told | (set() if one == component else starting.times)
            for method in starting.entries:
                if self._app.method_name(method) == RECEIVER.name:
                    found.update(told for told in self._told[method] if told != UNTOLD)
                owner = self._component(method)
                if owner not in seen:
                    seen.add(owner)
                    fresh.append(owner)
        return sorted(found)

    def _starting(self, component: int) -> _Starting:
        """What starts a component, each looked into once."""
        found = self._known_starts.get(component)
        if found is None:
            found = self._known_starts[component] = _Starting(frozenset(), frozenset(), frozenset())
            starts = self._starts.of(component) if component >= 0 else ()
            times = frozenset(
                _timed(one, again=self._starts.comes_again(one))
                for one in starts
                if one.way != "at once"
            )
            places = [(one.method, one.pc) for one in starts if one.way == "at once"]
            if times or places:
                told, entries = self._met([], places)
                found = _Starting(times, frozenset(told), frozenset(entries))
                self._known_starts[component] = found
        return found

    @cached_property
    def _told(self) -> Mapping[int, tuple[Told, ...]]:
        """Occasions by the method that outside code calls then."""
        by_member: dict[Member, list[Occasion]] = defaultdict(list)
        for one in self._known:
            for name in one.members:
                by_member[Member(one.owner, name)].append(one)
        found: dict[int, tuple[Told, ...]] = {}
        for kind, (says, by) in BY_KIND.items():
            for method, entry in self._app.table(ENTRY_POINTS).rows("method", "kind"):
                if entry == kind:
                    found[method] = (Told(says, by, repeats=False),)
        for row, members in self._names.overrides(by_member).items():
            listed = [one for member in members for one in by_member[member]]
            found[row] = tuple(dict.fromkeys(_as_told(one) for one in listed))
        for row in self._names.overrides([RECEIVER]):
            found[row] = (_one_of((*found.get(row, ()), *self._broadcasts(row))),)
        for row, seconds in self._intervals.items():
            found[row] = (Told(f"every {spelled(seconds)}, by a timer", "time", repeats=True),)
        return found

    def _broadcasts(self, method: int) -> tuple[Told, ...]:
        """Occasions of a receiver: what its component waits for."""
        row = int(self._app.table(METHODS)["class"][method])
        actions = self._actions.get(int(self._app.table(CLASSES)["type"][row]), ())
        return tuple(
            dict.fromkeys(
                _as_told(one)
                for one in self._known
                if any(action in one.actions for action in actions)
            )
        )

    @cached_property
    def _actions(self) -> Mapping[int, list[str]]:
        """Actions of intent filters by the type of the component."""
        types = self._app.table(COMPONENTS)["type"]
        found: dict[int, list[str]] = defaultdict(list)
        for component, part, value in self._app.table(INTENT_FILTERS).rows(
            "component", "part", "value"
        ):
            if part == "action":
                found[int(types[component])].append(value)
        return found


def _short(says: str) -> str:
    """An occasion without what stands behind it in brackets."""
    return says.partition(" (")[0]


def _one_of(told: Sequence[Told]) -> Told:
    """A receiver's occasions as one: which of them a piece of its code is about is not known."""
    if not told:
        return UNTOLD
    if len(told) == 1:
        return told[0]
    said = "; ".join(dict.fromkeys(one.says for one in told))
    repeats = any(one.repeats for one in told)
    return Told(f"when a broadcast arrives ({said})", told[0].by, repeats)


def _as_told(one: Occasion) -> Told:
    return Told(one.says, one.by, one.repeats)


def _timed(start: Start, *, again: bool) -> Told:
    """A time that the app sets, as an occasion."""
    how = "by an alarm" if start.way.startswith("alarm") else "as work that the app planned"
    if not again:
        return Told(f"at a set time, {how}", "time", repeats=False)
    often = f"every {spelled(start.seconds)}" if start.seconds > 0 else "again and again"
    return Told(f"{often}, {how}", "time", repeats=True)
