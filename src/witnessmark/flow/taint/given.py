"""What the system gives to callbacks of components: messages, results, saved states.

What comes from other apps carries data of its own where the component is open to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from witnessmark.flow.taint.cells import RESTORES, SAVES
from witnessmark.flow.taint.coming import bring
from witnessmark.flow.taint.engine import Engine
from witnessmark.flow.taint.intents import INTENT, heard
from witnessmark.flow.taint.manifest import Component, Manifest
from witnessmark.flow.taint.members import Method
from witnessmark.flow.taint.objects import Place, fill, outside_object, place_of
from witnessmark.flow.taint.outcall import OutsideCall, Special
from witnessmark.flow.taint.store import VALUE
from witnessmark.flow.taint.values import NOTHING, UNKNOWN, Obj, Taint, Value, join

BUNDLE: Final = "android/os/Bundle"
INTENT_TYPE, BUNDLE_TYPE = f"L{INTENT};", f"L{BUNDLE};"
IPC: Final = "ipc"
OF_SYSTEM: Final = ("android.", "com.android.", "com.google.")
"""How actions begin that the system broadcasts."""


def is_addressed(component: Component) -> bool:
    """Whether other apps may send to a component what they like: not where it is closed to them,
    and not where it only hears what the system tells.
    """
    actions = {action for one in component.filters for action in one.actions}
    if component.kind == "receiver" and actions:
        return component.exported and not all(a.startswith(OF_SYSTEM) for a in actions)
    return component.exported


class Given:
    """Parameters that are known, by position."""

    def __init__(self, engine: Engine, manifest: Manifest) -> None:
        self.engine = engine
        self.manifest = manifest

    def parameters(
        self, component: Component | None, objects: Sequence[Obj], row: int, place: Place
    ) -> Mapping[int, Value]:
        """What is known of the parameters of a callback of some objects."""
        method = self.engine.world.method(row)
        found: dict[int, Value] = {}
        for number, kind in enumerate(method.parameters):
            value = NOTHING
            if kind == INTENT_TYPE:
                value = self._intent(component, objects, method, number, place)
            elif kind == BUNDLE_TYPE and (method.name in SAVES or method.name in RESTORES):
                value = self._saved(objects)
            elif kind == "Landroid/os/IBinder;" and method.name == "onServiceConnected":
                value = self._binders(objects, place)
            elif kind == "Landroid/content/SharedPreferences;":
                value = _listened(objects, place)
            if value.atoms:
                found[number] = value
        return found

    def _intent(
        self,
        component: Component | None,
        objects: Sequence[Obj],
        method: Method,
        number: int,
        place: Place,
    ) -> Value:
        engine = self.engine
        value = NOTHING
        is_open = component is not None and is_addressed(component)
        if method.name == "onActivityResult":
            value, is_open = self._results(objects, place)
        elif component is not None:
            value = place.store.peek(place_of(engine, "inbox", component.node), VALUE)
        else:
            broadcasts = place.store.peek(place_of(engine, "broadcasts"), VALUE)
            for obj in objects:
                value = join(value, Value(tuple(heard(place.store, obj, broadcasts))))
        owner = objects[0].node
        outside = outside_object(place, engine.world.node(INTENT), "intent", owner, method.name)
        if is_open:
            fill(place.store, Value((outside,)), self._from_others(method, number))
        return join(value, Value((outside,)))

    def _from_others(self, method: Method, number: int) -> Taint:
        """Data that another app hands over as a parameter."""
        taint: Taint = {}
        for entry, numbers in self.engine.rules.callback_sources(method):
            if entry.kind == IPC and number in numbers:
                says = f"{entry.says[:1].lower()}{entry.says[1:]}: {method.name}"
                taint = self.engine.source(entry, entry.owner, method.name, method.row, 0, says)
        return taint

    def _results(self, objects: Sequence[Obj], place: Place) -> tuple[Value, bool]:
        """Results of what a screen started, and whether it started anything else."""
        value, asked = NOTHING, NOTHING
        for obj in objects:
            known = place.store.peek(place_of(self.engine, "asked", obj.node), VALUE)
            asked = join(asked, known)
        for node in asked.classes:
            result = place.store.peek(place_of(self.engine, "result", node), VALUE)
            value = join(value, result)
        return value, not asked.classes or UNKNOWN in asked.atoms

    def _saved(self, objects: Sequence[Obj]) -> Value:
        """The bundle in which a screen keeps its state."""
        node = self.engine.world.node(BUNDLE)
        kept = self.engine.object(node, "saved", objects[0].node, lasts=True)
        return Value((kept, UNKNOWN))

    def _binders(self, objects: Sequence[Obj], place: Place) -> Value:
        value = NOTHING
        for obj in objects:
            for binder in place.store.peek(obj, "binder").objects:
                value = join(value, place.store.peek(binder, VALUE))
        return value

    def intent_of(self, call: OutsideCall) -> Value | None:
        """``Activity.getIntent``: what was sent to the screen, and what others may send."""
        value, is_open = NOTHING, False
        for obj in call.receiver.objects:
            component = self.manifest.by_node.get(obj.node)
            is_open = is_open or (component is not None and is_addressed(component))
            value = join(value, call.store.peek(place_of(call.engine, "inbox", obj.node), VALUE))
            value = join(value, call.store.peek(obj, "set intent"))
        owner = next((obj.node for obj in call.receiver.objects), -1)
        node = call.engine.world.node(INTENT)
        outside = outside_object(call.frame, node, "intent", owner, "getIntent")
        if is_open:
            for entry in call.matches.sources:
                if entry.kind == IPC:
                    bring(call, entry, Value((outside,)))
        return join(value, Value((outside,)))


def _set_intent(call: OutsideCall) -> Value | None:
    for obj in call.receiver.objects:
        call.store.write(obj, "set intent", call.parameter(0), strong=True)
    return NOTHING


def _listened(objects: Sequence[Obj], place: Place) -> Value:
    """Preferences that listeners were registered at."""
    value = NOTHING
    for obj in objects:
        value = join(value, place.store.peek(obj, "preferences"))
    return value


def _application(call: OutsideCall) -> Value | None:
    """``getApplication``: the app's own application object, where it has one."""
    known = call.store.peek(place_of(call.engine, "component", "application"), VALUE)
    return join(known, call.anything()) if known.atoms else None


def given_specials(given: Given) -> Mapping[tuple[str, str], Special]:
    """Special functions that read what the system keeps for a component."""
    return {
        ("android/app/Activity", "getIntent"): given.intent_of,
        ("android/app/Activity", "setIntent"): _set_intent,
        ("android/app/Activity", "getApplication"): _application,
        ("android/app/Service", "getApplication"): _application,
        ("android/content/Context", "getApplicationContext"): _application,
    }
