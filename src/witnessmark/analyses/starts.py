"""Which code of an app starts its services, receivers and planned work, at once or at a set time,
and when that comes again because what runs then sets the next time itself.

Code of known libraries is left out. Times count where they are constants: the interval of a
repeating alarm, what is added to the clock, the period of planned work.

Source: developer.android.com/reference/android/app/AlarmManager, .../android/content/Context,
.../androidx/work/PeriodicWorkRequest.Builder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

import numpy as np
from msgspec import Struct

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.callers import Callers
from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.intents import IntentReader, carrying
from witnessmark.analyses.intervals import SECONDS, UNIT_TYPE
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import METHODS, PROTOS
from witnessmark.facts.view import Facts
from witnessmark.flow.origins import Call, CallResult, Computed, Constant, FieldRead, Origin
from witnessmark.flow.tables import ENTRY_POINTS
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.packs.call_roles import Role
from witnessmark.model.distinct import among, distinct

Way = Literal["at once", "alarm", "alarm again and again", "work", "work again and again"]

ROLES: Mapping[Way, Role] = {
    "at once": "start_at_once", "alarm": "alarm", "alarm again and again": "alarm_again",
    "work": "work", "work again and again": "work_again",
}  # fmt: skip
"""What plays which way of starting."""

CALENDAR_SECONDS: Mapping[str, int] = {
    "5": 86400, "6": 86400, "10": 3600, "11": 3600, "12": 60, "13": 1,
}  # fmt: skip
"""Seconds of one unit of fields of ``java.util.Calendar``: DATE, DAY_OF_YEAR, HOUR, HOUR_OF_DAY,
MINUTE, SECOND.
"""

CALENDAR_ADD = 3
MOST_BEHIND = 200
"""Methods that are looked at behind the place where a time is set."""


class Start(Struct, frozen=True, order=True):
    """One place that has a component run.

    ``component``  its row of ``classes``.
    ``seconds``    until or between runs, negative where that is no constant or it runs at once.
    """

    component: int
    way: Way
    method: int
    pc: int
    seconds: float = -1.0


class Starts:
    """Starts of the components of one app."""

    def __init__(self, app: Facts, names: CodeNames, roles: CallRoles) -> None:
        self._app = app
        self._names = names
        self._roles = roles
        self._carrying = carrying(roles)
        self._intents = IntentReader(app, names, roles)
        self._owners: dict[int, frozenset[int]] = {}
        self._callers = Callers(app, names)

    def of(self, component: int) -> Sequence[Start]:
        """What starts a class of the app, in the order of places."""
        return self._by_component.get(component, ())

    def at(self, method: int, pc: int) -> Sequence[Start]:
        """What a call at a place has run."""
        return self._by_place.get((method, pc), ())

    def within(self, method: int) -> Sequence[Start]:
        """What a method has run."""
        return self._by_method.get(method, ())

    def comes_again(self, start: Start) -> bool:
        """Whether it repeats: by itself, or because what runs then sets the next time."""
        if start.way in ("alarm", "work"):
            return not self._run_by(start.method).isdisjoint(self._following(start.component))
        return start.way != "at once"

    @cached_property
    def _by_component(self) -> Mapping[int, Sequence[Start]]:
        found: dict[int, list[Start]] = defaultdict(list)
        for one in self._all:
            found[one.component].append(one)
        return found

    @cached_property
    def _by_place(self) -> Mapping[tuple[int, int], Sequence[Start]]:
        found: dict[tuple[int, int], list[Start]] = defaultdict(list)
        for one in self._all:
            found[one.method, one.pc].append(one)
        return found

    @cached_property
    def _by_method(self) -> Mapping[int, Sequence[Start]]:
        found: dict[int, list[Start]] = defaultdict(list)
        for one in self._all:
            found[one.method].append(one)
        return found

    def _following(self, component: int) -> set[int]:
        """Components that run because one does, itself among them."""
        seen, fresh = {component}, [component]
        while fresh:
            more = self._started_by.get(fresh.pop(), set()) - seen
            seen |= more
            fresh += sorted(more)
        return seen

    @cached_property
    def _started_by(self) -> Mapping[int, set[int]]:
        """Components that the code of each starts."""
        found: dict[int, set[int]] = defaultdict(set)
        for one in self._all:
            for owner in self._run_by(one.method):
                found[owner].add(one.component)
        return found

    def _run_by(self, method: int) -> frozenset[int]:
        """The nearest components whose code leads to a method."""
        if method not in self._owners:
            self._owners[method] = self._behind(method)
        return self._owners[method]

    def _behind(self, method: int) -> frozenset[int]:
        classes = self._app.table(METHODS)["class"]
        seen, fresh, found = {method}, [method], set[int]()
        while fresh and len(seen) < MOST_BEHIND:
            one = fresh.pop(0)
            if one in self._entries:
                found.add(self._component_of(int(classes[one])))
                continue
            callers = self._callers.of(one) - seen
            seen |= callers
            fresh += sorted(callers)
        return frozenset(found - {-1})

    @cached_property
    def _entries(self) -> frozenset[int]:
        """Methods that outside code calls."""
        return frozenset(self._app.table(ENTRY_POINTS)["method"].tolist())

    def _component_of(self, row: int) -> int:
        """The component that a class is, or is inside of; -1 for none."""
        while row >= 0 and row not in self._intents.startable:
            outer = self._app.class_name(row).rpartition("$")[0]
            row = self._app.class_by_name(outer) if outer else -1
        return row

    @cached_property
    def _all(self) -> tuple[Start, ...]:
        """All starts; what helpers return and fields keep is read first."""
        if not self._intents.startable:
            return ()
        own = not_of_libraries(self._app)
        for method in sorted(self._calling(self._roles.members("pending")) | self._giving()):
            if own[method]:
                self._intents.remember(method)
        ways: dict[int, Way] = {
            row: way
            for way, role in ROLES.items()
            for row in self._names.methods(self._roles.members(role), below=True)
        }
        found: set[Start] = set()
        for method in sorted({call.method for call in self._names.calls(ways)}):
            if own[method]:
                found.update(self._read(method, ways))
        return tuple(sorted(found))

    def _calling(self, members: Iterable[Member]) -> set[int]:
        meant = self._names.methods(members, below=True)
        return {call.method for call in self._names.calls(meant)}

    def _giving(self) -> set[int]:
        """Methods of the app that return an intent."""
        methods, returned = self._app.table(METHODS), self._app.table(PROTOS)["return_type"]
        kinds = distinct(returned).tolist()
        meaning = [kind for kind in kinds if self._app.descriptor(kind) in self._carrying]
        protos = np.flatnonzero(among(returned, meaning))
        gives = among(methods["proto"], protos) & (methods["code_offset"] >= 0)
        return set(np.flatnonzero(gives).tolist())

    def _read(self, method: int, ways: Mapping[int, Way]) -> Iterator[Start]:
        calendars: dict[Origin, float] = {}
        periods: dict[Origin, float] = {}
        waiting: list[tuple[Start, Origin]] = []
        for one in self._intents.calls(method):
            call, way = one.call, ways.get(one.call.callee)
            name = self._app.method_name(call.callee)
            moves = name in self._roles.names("calendar_add")
            if moves and len(call.arguments) == CALENDAR_ADD:
                _add_to_calendar(call, calendars)
            if self._roles.plays("work_period", self._app.method_class(call.callee), name):
                periods[_first(call.arguments[0])] = _milliseconds(call.arguments[1])
            if way is not None:
                seconds = self._seconds(call, way, calendars)
                for component in sorted(one.classes):
                    start = Start(component, way, method, call.pc, seconds)
                    waiting.append((start, _first(call.arguments[0])))
        for start, made in waiting:
            yield start if made not in periods else _periodic(start, periods[made])

    def _seconds(self, call: Call, way: Way, calendars: Mapping[Origin, float]) -> float:
        name = self._app.method_name(call.callee)
        at = self._roles.position(ROLES[way], name)
        given = call.arguments[int(call.receiver) + at :] if at >= 0 else ()
        if way == "alarm again and again" and given:
            return _milliseconds(given[0])
        if way == "alarm" and given:
            return self._until(given[0], calendars)
        if way == "work again and again" and len(given) > 1:
            return self._period(given[0], given[1])
        return -1.0

    def _until(self, when: Origin, calendars: Mapping[Origin, float]) -> float:
        """Seconds that are added to the clock for the time of an alarm."""
        if isinstance(when, CallResult) and when.arguments:
            return calendars.get(when.arguments[0], -1.0)
        if not isinstance(when, Computed) or when.sign != "+":
            return -1.0
        clocks = [one for one in when.operands if self._is_clock(one)]
        numbers = [one for one in when.operands if isinstance(one, Constant)]
        return _milliseconds(numbers[0]) if len(clocks) == len(numbers) == 1 else -1.0

    def _is_clock(self, origin: Origin) -> bool:
        return isinstance(origin, CallResult) and self._app.method_name(
            origin.callee
        ) in self._roles.names("clock")

    def _period(self, number: Origin, unit: Origin) -> float:
        """Seconds of a period that a number and a unit of java.util.concurrent.TimeUnit make."""
        text = unit.text if isinstance(unit, Constant) else ""
        if isinstance(unit, FieldRead):
            text = self._app.field_signature(unit.row)
        size = SECONDS.get(text.removeprefix(UNIT_TYPE).partition(":")[0], -1.0)
        return int(number.text) * size if isinstance(number, Constant) and size > 0 else -1.0


def starts_of(app: Facts, roles: CallRoles) -> Starts:
    """The starts of an app, looked for once."""
    return app.once(_find, roles)


def _find(app: Facts, roles: CallRoles) -> Starts:
    return Starts(app, CodeNames(app, framework_model()), roles)


def _milliseconds(origin: Origin) -> float:
    """Seconds of a constant of milliseconds; negative for anything else, and for none."""
    if isinstance(origin, Constant) and origin.kind in ("int", "long") and int(origin.text) > 0:
        return int(origin.text) / 1000
    return -1.0


def _first(origin: Origin) -> Origin:
    """The object on which a chain of calls begins."""
    while isinstance(origin, CallResult) and origin.arguments:
        origin = origin.arguments[0]
    return origin


def _periodic(start: Start, seconds: float) -> Start:
    return Start(start.component, "work again and again", start.method, start.pc, seconds)


def _add_to_calendar(call: Call, calendars: dict[Origin, float]) -> None:
    """Keep what a calendar is moved on by, which its time as an alarm tells."""
    calendar, part, amount = call.arguments
    if isinstance(part, Constant) and isinstance(amount, Constant):
        unit = CALENDAR_SECONDS.get(part.text, 0)
        if unit and amount.kind in ("int", "long") and int(amount.text) > 0:
            calendars[calendar] = calendars.get(calendar, 0.0) + unit * int(amount.text)
