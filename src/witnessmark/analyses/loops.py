"""Code that runs again and again by its own doing: a task that posts itself anew, a handler that
sends itself the next message, a loop that sleeps.

Source: developer.android.com/reference/android/os/Handler, .../java/lang/Thread#sleep(long).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.callers import Callers
from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import METHODS, TYPE_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader, MethodCode
from witnessmark.flow.origins import (
    Call,
    CallResult,
    Constant,
    Event,
    FieldRead,
    Made,
    Origin,
    Origins,
    Parameter,
    Store,
)
from witnessmark.flow.straight import STOPS, static_constants
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.packs.call_roles import Role
from witnessmark.model.distinct import among

NEW_INSTANCE = 0x22
RETURNS = (0x0E, 0x0F, 0x10, 0x11)
JUMPS = (0x28, 0x29, 0x2A, *range(0x32, 0x3E))
MOST_BEHIND = 60


class Loop(Struct, frozen=True):
    """Code that comes again: all of ``method``, or where ``body`` is not empty the places in it;
    ``seconds`` between runs, negative where that is no constant; ``pc`` of ``said_in`` where that
    is said.
    """

    method: int
    seconds: float
    pc: int
    said_in: int
    body: frozenset[int] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether all of the method comes again."""
        return not self.body


class Loops:
    """Loops of one app's code outside known libraries."""

    def __init__(self, app: Facts, names: CodeNames, roles: CallRoles) -> None:
        self._app = app
        self._names = names
        self._roles = roles
        self._reader = CodeReader(app)
        self._constants = static_constants(app)
        self._own = not_of_libraries(app)
        self._callers = Callers(app, names)
        self._ways_of: dict[int, tuple[Mapping[int, Sequence[int]], frozenset[int]]] = {}

    def of(self, method: int) -> Sequence[Loop]:
        """Loops in which a method, or a part of it, is run."""
        return self._by_method.get(method, ())

    @property
    def any(self) -> bool:
        """Whether there is a loop at all."""
        return bool(self._by_method)

    def passes(self, method: int, pcs: Collection[int]) -> bool:
        """Whether a method that comes to its end has passed one of these places."""
        ways, ends = self._whole_ways(method)
        return any(ends.isdisjoint(_reached(ways, [0], pc)) for pc in pcs)

    def passes_each_round(self, loop: Loop, pcs: Collection[int]) -> bool:
        """Whether a round of a loop passes one of these places of its method: what stands behind a
        condition of its own may never be done. Where the next round is ordered, that counts: to
        come there, or to go on from there, the place must be passed.
        """
        if loop.body:
            ways, start = self._ways_in(loop), min(loop.body)
            inside = loop.body.intersection(pcs)
            return any(start not in _reached(ways, ways[start], pc) for pc in inside)
        if loop.said_in != loop.method:
            return self.passes(loop.method, pcs)
        ways, ends = self._whole_ways(loop.method)
        return any(
            loop.pc not in _reached(ways, [0], pc)
            or ends.isdisjoint(_reached(ways, ways.get(loop.pc, ()), pc))
            for pc in pcs
        )

    def _ways_in(self, loop: Loop) -> Mapping[int, Sequence[int]]:
        code = self._reader.read(loop.method)
        return _ways(code, min(loop.body), max(loop.body)) if code is not None else {}

    def _whole_ways(self, method: int) -> tuple[Mapping[int, Sequence[int]], frozenset[int]]:
        """Where control goes from each place of a method, and the places where it returns."""
        known = self._ways_of.get(method)
        if known is None:
            code = self._reader.read(method)
            if code is None or not code.instructions:
                known = {}, frozenset[int]()
            else:
                ends = frozenset(one.pc for one in code.instructions if one.opcode in RETURNS)
                known = _ways(code, 0, code.instructions[-1].pc), ends
            self._ways_of[method] = known
        return known

    @cached_property
    def _by_method(self) -> Mapping[int, Sequence[Loop]]:
        found: dict[int, list[Loop]] = defaultdict(list)
        for one in (*self._posted(), *self._slept()):
            if one not in found[one.method]:
                found[one.method].append(one)
        return found

    @cached_property
    def _tasks(self) -> Mapping[int, int]:
        """Methods that run a task or take a message, by their class."""
        owners = self._app.table(METHODS)["class"]
        return {int(owners[row]): row for row in self._names.overrides(self._roles.members("task"))}

    def _calling(self, members: Sequence[Member]) -> Mapping[int, set[int]]:
        """Callees that are meant, by method of the app."""
        found: dict[int, set[int]] = defaultdict(set)
        for call in self._names.calls(self._names.methods(members, below=True)):
            if self._own[call.method]:
                found[call.method].add(call.callee)
        return found

    def _posted(self) -> Iterator[Loop]:
        """Tasks that post themselves anew, handlers that send themselves a message."""
        if not self._tasks:
            return
        posts = self._calling(self._roles.members("task_later"))
        sends = self._calling(self._roles.members("message_later"))
        for method in sorted({*posts, *sends}):
            for event in self._events(method):
                if not isinstance(event, Call):
                    continue
                role: Role = "task_later"
                if event.callee in posts.get(method, ()):
                    target = event.arguments[1]
                elif event.callee in sends.get(method, ()):
                    target, role = event.arguments[0], "message_later"
                else:
                    continue
                seconds = self._pause(event, role)
                for kind in sorted(self._classes_of(target)):
                    task = self._tasks.get(kind, -1)
                    if task >= 0 and task in self._behind(method):
                        yield Loop(task, seconds, event.pc, method)

    def _events(self, method: int) -> Iterator[Event]:
        code = self._reader.read(method)
        if code is not None:
            yield from Origins(self._app, code, self._constants).events()

    def _classes_of(self, origin: Origin) -> set[int]:
        """Classes of tasks and handlers that a value can be of."""
        if isinstance(origin, Parameter):
            return {self._class_of(origin.type)} if origin.position < 0 else set()
        if isinstance(origin, Made):
            return {self._class_of(self._app.descriptor(origin.type))}
        if isinstance(origin, FieldRead):
            kind = self._app.field_signature(origin.row).rpartition(":")[2]
            return {self._class_of(kind)} | self._stored.get(origin.row, set())
        if isinstance(origin, CallResult):
            return self._returned(origin.callee)
        return set()

    def _class_of(self, descriptor: str) -> int:
        return self._app.class_by_name(descriptor[1:-1].replace("/", "."))

    def _returned(self, method: int) -> set[int]:
        """Classes of what a getter gives: of the field that it reads."""
        found: set[int] = set()
        if self._app.table(METHODS)["code_offset"][method] < 0:
            return found
        for event in self._events(method):
            if isinstance(event, Store) and event.field < 0 and isinstance(event.value, FieldRead):
                found |= self._classes_of(event.value)
        return found

    @cached_property
    def _stored(self) -> Mapping[int, set[int]]:
        """Classes of tasks and handlers that are put into fields."""
        app, uses = self._app, self._app.table(TYPE_USES)
        kinds = {app.type_by_descriptor(self._descriptor(row)) for row in self._tasks}
        made = (uses["opcode"] == NEW_INSTANCE) & among(uses["type"], sorted(kinds))
        found: dict[int, set[int]] = defaultdict(set)
        for method in sorted(set(uses["method"][made].tolist())):
            for event in self._events(method) if self._own[method] else ():
                if isinstance(event, Store) and event.field >= 0 and isinstance(event.value, Made):
                    found[event.field] |= self._classes_of(event.value)
        return found

    def _descriptor(self, row: int) -> str:
        return f"L{self._app.class_name(row).replace('.', '/')};"

    def _behind(self, method: int) -> set[int]:
        """A method and those that lead to it, near ones first."""
        seen, fresh = {method}, [method]
        while fresh and len(seen) < MOST_BEHIND:
            callers = self._callers.of(fresh.pop(0)) - seen
            seen |= callers
            fresh += sorted(callers)
        return seen

    def _slept(self) -> Iterator[Loop]:
        """Loops with a pause of constant length inside."""
        for method, callees in sorted(self._calling(self._roles.members("sleep")).items()):
            code = self._reader.read(method)
            for event in self._events(method) if code is not None else ():
                if isinstance(event, Call) and event.callee in callees:
                    seconds = self._pause(event, "sleep")
                    body = _loop_around(code, event.pc) if code is not None else frozenset()
                    if body and seconds > 0:
                        yield Loop(method, seconds, event.pc, method, body)

    def _pause(self, call: Call, role: Role) -> float:
        """Seconds of a pause; negative where they are no constant, or of no known unit."""
        owner = self._app.method_class(call.callee)
        position = self._roles.position(role, self._app.method_name(call.callee), owner)
        at = position + int(call.receiver)
        return _seconds(call.arguments[at]) if position >= 0 and at < len(call.arguments) else -1.0


def loops_of(app: Facts, roles: CallRoles) -> Loops:
    """The loops of an app, looked for once."""
    return app.once(_find, roles)


def _find(app: Facts, roles: CallRoles) -> Loops:
    return Loops(app, CodeNames(app, framework_model()), roles)


def _seconds(origin: Origin) -> float:
    """Seconds of a constant of milliseconds; negative for anything else, and for none."""
    if isinstance(origin, Constant) and origin.kind in ("int", "long") and int(origin.text) > 0:
        return int(origin.text) / 1000
    return -1.0


def _loop_around(code: MethodCode, pc: int) -> frozenset[int]:
    """Places of the smallest loop around a place of which no round leaves the place out."""
    around = sorted(
        (-one.literal, one.pc + one.literal, one.pc)
        for one in code.instructions
        if one.opcode in JUMPS and one.literal < 0 and one.pc + one.literal <= pc <= one.pc
    )
    for _, start, end in around:
        ways = _ways(code, start, end)
        if start not in _reached(ways, ways.get(start, ()), pc):
            back: dict[int, list[int]] = defaultdict(list)
            for one, following in ways.items():
                for target in following:
                    back[target].append(one)
            body = frozenset(_reached(ways, [start], -1) & _reached(back, [start], -1))
            return body if pc in body else frozenset()
    return frozenset()


def _ways(code: MethodCode, start: int, end: int) -> Mapping[int, Sequence[int]]:
    """Where control goes from each place between two, exceptions left aside."""
    inside = [one for one in code.instructions if start <= one.pc <= end]
    known = {one.pc for one in inside}
    found: dict[int, Sequence[int]] = {}
    for one in inside:
        following = [one.pc + one.literal] if one.opcode in JUMPS else []
        following += [target for _, target in code.switches.get(one.pc, ())]
        if one.opcode not in STOPS:
            following.append(one.pc + one.units)
        found[one.pc] = [target for target in following if target in known]
    return found


def _reached(ways: Mapping[int, Sequence[int]], fresh: Sequence[int], without: int) -> set[int]:
    """Places that control comes to from some, never passing one of them."""
    seen, waiting = set[int](), [one for one in fresh if one != without]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += [target for target in ways.get(one, ()) if target != without]
    return seen
