"""Code of the app that outside code runs: at once, on a thread, or later when something happens.

What is started by a call runs at the call; listeners are kept and run by the life cycle.
"""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.flow.taint.objects import place_of
from witnessmark.flow.taint.outcall import OutsideCall, Special
from witnessmark.flow.taint.transfer import inside, run_named
from witnessmark.flow.taint.values import NOTHING, NULL, Obj, Value, join
from witnessmark.knowledge.framework import FrameworkModel, ImplicitCall

LISTENERS = "listeners"
"""Name of the place that holds objects whose methods outside code may call."""

REGISTERS = ("set", "register", "add", "request", "subscribe", "observe", "enqueue", "listen")
"""How methods begin that take listeners, beside constructors and whatever no model describes."""

PARAMETERS, RETURNED = "parameters", "returned"
"""Fields of a task: what it is started with, and what its work in the background returned."""

GIVEN_LATER: Mapping[str, str] = {
    "doInBackground": PARAMETERS, "onPostExecute": RETURNED, "onCancelled": RETURNED,
}  # fmt: skip
"""What methods of a task get when they are run later."""

REMOVES = ("remove", "unregister", "cancel")


class Started:
    """Runs and registers, after each call of outside code."""

    def __init__(self, model: FrameworkModel) -> None:
        self._rules: dict[str, list[ImplicitCall]] = {}
        for rule in model.implicit_calls:
            self._rules.setdefault(rule.method, []).append(rule)

    def after(self, call: OutsideCall) -> None:
        """What a call starts or registers."""
        world = call.engine.world
        for rule in self._rules.get(call.method.name, ()):
            if not world.is_a(call.node, rule.class_name):
                continue
            holders = [call.receiver] if rule.of_receiver else call.parameters
            for holder in holders:
                for obj in _runnable(call, holder, rule.on):
                    start(call, obj, rule.runs, {})
        name = call.method.name
        if name.startswith(REMOVES):
            _unregister(call)
        elif call.parameters and (
            name == "<init>" or not call.matches.models or name.startswith(REGISTERS)
        ):
            self._listeners(call)

    def _listeners(self, call: OutsideCall) -> None:
        """Objects given whose methods may be called later; a setter replaces what it set."""
        world = call.engine.world
        found = [
            obj
            for value in call.parameters
            for obj in value.objects
            if world.is_own(obj.node) and call.engine.callbacks(obj.node)
        ]
        holders = call.receiver.objects
        if call.method.name.startswith("set") and len(call.parameters) == 1 and len(holders) == 1:
            key = ("set", holders[0], call.method.name)
            known = call.store.peek(listeners(call), key)
            if known.objects or found:
                value = Value(tuple(found)) if found else NULL
                call.store.write(
                    listeners(call), key, value, strong=len(call.receiver.objects) == 1
                )
            return
        for obj in found:
            register(call, obj)


def _runnable(call: OutsideCall, holder: Value, kind: str) -> list[Obj]:
    """Objects of the app of a type, given themselves or within an outside object."""
    world = call.engine.world
    found = join(holder, inside(call, holder))
    return [obj for obj in found.objects if world.is_own(obj.node) and world.is_a(obj.node, kind)]


def listeners(call: OutsideCall) -> Obj:
    """The place of listeners."""
    return place_of(call.engine, LISTENERS)


def register(call: OutsideCall, obj: Obj) -> None:
    """Keep an object whose methods may be called later."""
    call.store.write(listeners(call), ("listener", obj), Value((obj,)), strong=True)


def start(call: OutsideCall, obj: Obj, name: str, given: dict[int, Value]) -> Value:
    """Run a method of an object that a call starts, and keep the object, as it may run later too.

    Methods that took long before are only run later, for all such objects at once.
    """
    register(call, obj)
    rows = call.engine.callbacks(obj.node, name)
    if any(call.engine.is_costly(row) for row in rows):
        return NOTHING
    return run_named(call, obj, name, given)


def _unregister(call: OutsideCall) -> None:
    """Forget listeners that are given to a method that removes them, where they are certain."""
    for value in call.parameters:
        if len(value.atoms) == 1:
            for obj in value.objects:
                key = ("listener", obj)
                if not obj.many and call.store.peek(listeners(call), key).objects:
                    call.store.write(listeners(call), key, NULL, strong=True)


def _start_thread(call: OutsideCall) -> Value | None:
    """``Thread.start``: the thread's own ``run``, or that of what it was given."""
    for obj in inside(call, call.receiver).objects:
        start(call, obj, "run", {})
    return NOTHING


def _execute_task(call: OutsideCall) -> Value | None:
    """``AsyncTask.execute``: before, in the background with the parameters, after."""
    given = call.parameters[-1] if call.parameters else NOTHING
    if call.method.arguments == "Ljava/lang/Runnable;":
        return None
    for obj in call.receiver.objects:
        if given.atoms:
            call.store.write(obj, PARAMETERS, given, strong=False)
        start(call, obj, "onPreExecute", {})
        result = start(call, obj, "doInBackground", {0: given})
        if result.atoms:
            call.store.write(obj, RETURNED, result, strong=False)
        start(call, obj, "onPostExecute", {0: result})
        start(call, obj, "onCancelled", {0: result})
    return call.receiver


def _progress(call: OutsideCall) -> Value | None:
    for obj in call.receiver.objects:
        run_named(call, obj, "onProgressUpdate", {0: call.parameter(0)})
    return NOTHING


def _waits(call: OutsideCall) -> Value | None:
    """``AsyncTask.get``: what its work in the background returned."""
    found = NOTHING
    for obj in call.receiver.objects:
        found = join(found, call.store.peek(obj, RETURNED))
    return found if found.atoms else None


STARTED_SPECIALS: Mapping[tuple[str, str], Special] = {
    ("java/lang/Thread", "start"): _start_thread,
    ("android/os/AsyncTask", "execute"): _execute_task,
    ("android/os/AsyncTask", "executeOnExecutor"): _execute_task,
    ("android/os/AsyncTask", "publishProgress"): _progress,
    ("android/os/AsyncTask", "get"): _waits,
}
