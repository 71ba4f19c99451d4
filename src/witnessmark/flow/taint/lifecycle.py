"""The order in which the system calls an app: components, their states, what they register.

A component runs through the states of its kind until nothing changes; what outlives it (static
fields, stored data, messages) is given to the others, until nothing changes there either.

Source: developer.android.com/guide/components/activities/activity-lifecycle,
.../guide/components/services, .../guide/fragments/lifecycle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from witnessmark.flow.taint.carried import carried
from witnessmark.flow.taint.context import Context
from witnessmark.flow.taint.engine import Engine
from witnessmark.flow.taint.manifest import Component
from witnessmark.flow.taint.members import Method
from witnessmark.flow.taint.objects import callback_arguments, place_of
from witnessmark.flow.taint.results import SinkPlace
from witnessmark.flow.taint.started import GIVEN_LATER, LISTENERS
from witnessmark.flow.taint.store import VALUE, Changes, Store
from witnessmark.flow.taint.values import NOTHING, Obj, Value, join_all

MOST_ROUNDS = 4
"""Rounds over all components, or over the callbacks of one, until nothing changes."""

LASTING = ("application", "provider")

APART = 3
"""Listeners of one class that are run one by one."""

START, RUNNING = "start", "running"

ACTIVITY: Mapping[str, Sequence[str]] = {
    START: ("onCreate",),
    "onCreate": ("onStart",),
    "onStart": ("onRestoreInstanceState", "onPostCreate"),
    "onRestoreInstanceState": ("onPostCreate",),
    "onPostCreate": ("onResume",),
    "onResume": ("onPostResume",),
    "onPostResume": (RUNNING,),
    RUNNING: ("onPause",),
    "onPause": ("onResume", "onSaveInstanceState", "onStop"),
    "onSaveInstanceState": ("onStop",),
    "onStop": ("onRestart", "onDestroy"),
    "onRestart": ("onStart",),
    "onDestroy": (),
}
"""What can follow each state of an activity."""

SIMPLE: Mapping[str, Sequence[str]] = {
    START: ("onCreate",),
    "onCreate": (RUNNING,),
    RUNNING: ("onDestroy",),
    "onDestroy": (),
}
"""The same for every other component."""

IN_ORDER = (
    "onAttach", "onCreate", "onCreateView", "onViewCreated", "onActivityCreated", "onStart",
    "onResume", "onPreExecute", "doInBackground", "onProgressUpdate", "onPostExecute",
)  # fmt: skip
LAST = ("onPause", "onStop", "onDestroyView", "onDestroy", "onDetach")


class Stage:
    """Where the system calls from."""

    __slots__ = ("context", "engine", "store")

    def __init__(self, engine: Engine, context: Context, store: Store) -> None:
        self.engine = engine
        self.context = context
        self.store = store


Parameters = Callable[["Component | None", Sequence[Obj], int, Stage], Mapping[int, Value]]
"""Parameters of a callback that are known: messages and saved states."""


class Lifecycle:
    """Runs components of one app on one store of what they share."""

    def __init__(self, engine: Engine, components: Sequence[Component], given: Parameters) -> None:
        self.engine = engine
        self.components = components
        self.shared = Store(None, engine.weak)
        self._given = given

    def run(self) -> None:
        """All components, until what they share is stable."""
        for _ in range(MOST_ROUNDS):
            changed = False
            for component in self.components:
                changed = self._component(component) or changed
            if not changed:
                return

    def _component(self, component: Component) -> bool:
        engine = self.engine
        engine.start()
        this = engine.object(component.node, "component")
        store = Store(self.shared, engine.weak)
        store.now[this] = {}
        if component.kind in LASTING:
            store.write(self._place(component), VALUE, Value((this,)), strong=True)
        stage = Stage(engine, engine.contexts.root(component.node), store)
        self._construct(stage, this)
        order = ACTIVITY if component.kind == "activity" else SIMPLE
        return self._states(component, this, stage, order)

    def _place(self, component: Component) -> Obj:
        """Where components that live as long as the app are found by the others."""
        which = component.kind if component.kind == "application" else component.node
        return place_of(self.engine, "component", which)

    def _construct(self, stage: Stage, this: Obj) -> None:
        world = self.engine.world
        row = world.method_of(this.node, "<init>", "")
        for method in (*world.initialisers_of(this.node), *((row,) if row >= 0 else ())):
            arguments = [] if world.method(method).static else [Value((this,))]
            outcome = self.engine.call(method, arguments, stage.store, stage.context, 0)
            if outcome.changes is not None:
                stage.store.apply(outcome.changes)

    def _states(
        self, component: Component, this: Obj, stage: Stage, order: Mapping[str, Sequence[str]]
    ) -> bool:
        before: dict[str, Changes] = {START: stage.store.now}
        runs: dict[str, int] = {}
        queue = [START]
        changed = False
        while queue:
            state = queue.pop(0)
            runs[state] = runs.get(state, 0) + 1
            stage.store.now = dict(before[state])
            self._state(component, this, state, stage, order)
            after = stage.store.now
            changed = self._share(stage.store) or changed
            for following in order[state]:
                known = before.get(following)
                if known is None:
                    before[following] = dict(after)
                elif not stage.store.meet(known, after) or runs.get(following, 0) >= MOST_ROUNDS:
                    continue
                if following not in queue:
                    queue.append(following)
        return changed

    def _state(
        self,
        component: Component,
        this: Obj,
        state: str,
        stage: Stage,
        order: Mapping[str, Sequence[str]],
    ) -> None:
        if state == START:
            return
        if state == RUNNING:
            self._running(component, this, stage, order)
            return
        for row in self.engine.callbacks(this.node, state):
            self._call(component, (this,), row, stage)

    def _running(
        self, component: Component, this: Obj, stage: Stage, order: Mapping[str, Sequence[str]]
    ) -> None:
        """Whatever may happen while it runs, in any order."""
        world, store = self.engine.world, stage.store
        names = {name for name in order if name not in (START, RUNNING)}
        own = [r for r in self.engine.callbacks(this.node) if world.method(r).name not in names]
        for _ in range(MOST_ROUNDS):
            changed = False
            pairs: list[tuple[tuple[Obj, ...], int]] = [
                ((this,), row) for row in (*own, *component.clicks)
            ]
            for objects in self._listeners(store, this):
                pairs.extend((objects, row) for row in self.in_order(objects[0].node))
            together = store.now
            for objects, row in pairs:
                store.now = dict(together)
                self._call(component if this in objects else None, objects, row, stage)
                changed = store.meet(together, store.now) or changed
            store.now = together
            if not changed:
                break

    def _listeners(self, store: Store, this: Obj) -> list[tuple[Obj, ...]]:
        """Objects that listen; many of one class together."""
        fields = store.fields(place_of(self.engine, LISTENERS))
        by_class: dict[int, list[Obj]] = {}
        for value in fields.values():
            for obj in value.objects:
                if obj is not this:
                    by_class.setdefault(obj.node, []).append(obj)
        found: list[tuple[Obj, ...]] = []
        for objects in by_class.values():
            if len(objects) > APART:
                found.append(tuple(objects))
            else:
                found.extend((obj,) for obj in objects)
        return found

    def in_order(self, node: int) -> list[int]:
        """Callbacks of an object, as far as they have an order."""
        world = self.engine.world

        def rank(row: int) -> tuple[int, int]:
            name = world.method(row).name
            if name in IN_ORDER:
                return IN_ORDER.index(name), row
            return (len(IN_ORDER) + 1 + LAST.index(name) if name in LAST else len(IN_ORDER)), row

        return sorted(self.engine.callbacks(node), key=rank)

    def _call(
        self, component: Component | None, objects: tuple[Obj, ...], row: int, stage: Stage
    ) -> None:
        method = self.engine.world.method(row)
        self.engine.start_callback()
        stage.context = self.engine.contexts.root(objects[0].node)
        given = dict(self._given(component, objects, row, stage))
        later = GIVEN_LATER.get(method.name)
        if later is not None and method.parameters:
            value = join_all(stage.store.peek(obj, later) for obj in objects)
            if value.atoms:
                given[0] = value
        arguments = callback_arguments(stage, row, given)
        receiver = [] if method.static else [Value(objects)]
        outcome = self.engine.call(row, [*receiver, *arguments], stage.store, stage.context, 0)
        store = stage.store
        before = store.now
        states: list[Changes] = []
        for changes in (outcome.changes, outcome.thrown_changes):
            if changes is not None:
                store.now = dict(before)
                store.apply(changes)
                states.append(store.now)
        store.now = states[0] if states else before
        for other in states[1:]:
            store.meet(store.now, other)
        self._answer(method, outcome.value, stage)
        if component is not None and method.name == "onBind":
            place = place_of(self.engine, "binder", component.node)
            store.write(place, VALUE, outcome.value, strong=False)

    def _answer(self, method: Method, value: Value, stage: Stage) -> None:
        """What a callback returns may leave by that."""
        for answer in self.engine.rules.answers(method):
            taint = carried(self.engine.world, stage.store, value)
            if taint:
                place = SinkPlace(
                    answer.cites, answer.says, answer.owner, method.name, method.row, 0,
                    answer.channel,
                )  # fmt: skip
                context = self.engine.contexts.inner(stage.context, 0, method.row, spare=False)
                self.engine.met(taint, place, NOTHING, context)

    def _share(self, store: Store) -> bool:
        """Keep what outlives a component; whether that is new."""
        listeners, shared = place_of(self.engine, LISTENERS), self.shared
        lasting = {
            obj: fields
            for obj, fields in store.now.items()
            if obj is not listeners and (obj.lasts or shared.current(obj) is not None)
        }
        roots = [value for fields in lasting.values() for value in fields.values()]
        kept = dict(lasting)
        stack = [obj for value in roots for obj in value.objects]
        while stack:
            obj = stack.pop()
            if obj not in kept and obj in store.now:
                kept[obj] = store.now[obj]
                for value in store.now[obj].values():
                    stack.extend(value.objects)
        return self.shared.meet(self.shared.now, kept)

    def leftovers(self, rows: Iterable[int]) -> None:
        """Entry points that no component came to: each on an object of its own class."""
        engine, world = self.engine, self.engine.world
        for row in rows:
            method = world.method(row)
            if row in engine.visited or not method.defined:
                continue
            engine.start()
            store = Store(self.shared, engine.weak)
            stage = Stage(engine, engine.contexts.root(method.owner), store)
            obj = engine.object(method.owner, "unseen", symbolic=True)
            store.now[obj] = {}
            self._call(None, (obj,), row, stage)
            self._share(store)
