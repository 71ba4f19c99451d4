"""On what occasions code runs: the nearest methods behind it that the system or a person sets off.

Calls are followed backwards until a method is met that pack ``occasions`` knows; what leads to that
method is another matter. A receiver's occasions are the broadcasts that its component waits for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.intervals import spelled
from witnessmark.facts.tables.code import CLASSES, METHODS
from witnessmark.facts.tables.manifest import COMPONENTS, INTENT_FILTERS
from witnessmark.facts.view import Facts
from witnessmark.flow.call_lists import call_lists
from witnessmark.flow.tables import ENTRY_POINTS
from witnessmark.knowledge.packs.occasions import Occasion

MOST_METHODS = 600
"""Methods that are looked at behind one place."""

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


class Occasions:
    """Occasions of one app's methods; ``intervals`` in seconds by the method of a task."""

    def __init__(
        self,
        app: Facts,
        names: CodeNames,
        known: Sequence[Occasion],
        intervals: Mapping[int, float],
    ) -> None:
        self._app = app
        self._names = names
        self._known = known
        self._intervals = intervals
        self._calls = call_lists(app)

    def of(self, methods: Iterable[int]) -> list[Told]:
        """Occasions on which one of ``methods`` runs, in a fixed order; none when none was met."""
        found: set[Told] = set()
        seen = set(methods)
        waiting = sorted(seen)
        while waiting and len(seen) < MOST_METHODS:
            method = waiting.pop(0)
            told = self._told.get(method)
            if told:
                found.update(told)
                continue
            fresh = self._calls.callers_landing_in(method) - seen
            seen.update(fresh)
            waiting.extend(sorted(fresh))
        return sorted(found)

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


def _one_of(told: Sequence[Told]) -> Told:
    """A receiver's occasions as one: which of them a piece of its code is about is not known."""
    if not told:
        return Told("when a broadcast arrives", "event", repeats=True)
    if len(told) == 1:
        return told[0]
    said = "; ".join(dict.fromkeys(one.says for one in told))
    repeats = any(one.repeats for one in told)
    return Told(f"when a broadcast arrives ({said})", told[0].by, repeats)


def _as_told(one: Occasion) -> Told:
    return Told(one.says, one.by, one.repeats)
