"""Intents: what they name, whom they reach, and where their content arrives.

Fields of an intent, beside its extras: ``component`` (class objects or names), ``action``,
``categories``, ``data``, ``type``. What components are sent lies in places of the whole app:
``inbox`` of a component, ``result`` of an activity, ``binder`` of a service, ``broadcasts``.

Source: developer.android.com/guide/components/intents-filters, .../guide/components/activities
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from witnessmark.flow.taint.manifest import Asked, Component, Manifest
from witnessmark.flow.taint.objects import place_of
from witnessmark.flow.taint.outcall import OutsideCall, Special, texts_of
from witnessmark.flow.taint.started import register
from witnessmark.flow.taint.store import CONTENT, VALUE, Store
from witnessmark.flow.taint.transfer import inside
from witnessmark.flow.taint.values import (
    ANY,
    NOTHING,
    UNKNOWN,
    Obj,
    Value,
    join,
)

INTENT: Final = "android/content/Intent"
COMPONENT, ACTION, CATEGORIES, DATA, TYPE = "component", "action", "categories", "data", "type"
PARTS = (COMPONENT, ACTION, CATEGORIES, DATA, TYPE)
ACTIONS = "actions"
"""Field of a filter made in code; of a receiver, ``filters``."""

FILTERS = "filters"
CLASS, TEXT, URI = "Ljava/lang/Class;", "Ljava/lang/String;", "Landroid/net/Uri;"
NAME, CONTEXT = "Landroid/content/ComponentName;", "Landroid/content/Context;"


class Delivery:
    """Sends intents to the parts of one app."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest

    def targets(self, store: Store, intent: Obj, kind: str) -> tuple[list[Component], bool]:
        """Components of a kind that an intent may reach, and whether other apps may get it."""
        named = store.peek(intent, COMPONENT)
        if named.atoms:
            nodes = [*named.classes, *(self.manifest.node(text) for text in named.texts)]
            found = [self.manifest.by_node[node] for node in nodes if node in self.manifest.by_node]
            fitting = [one for one in found if one.kind == kind]
            elsewhere = UNKNOWN in named.atoms or any(node < 0 for node in nodes)
            return fitting, elsewhere
        return self.manifest.matching(kind, _asked(store, intent)), True

    def send(self, call: OutsideCall, given: Value, kind: str) -> list[Component]:
        """Put intents into the inboxes of those that they may reach; the components."""
        reached: dict[int, Component] = {}
        for intent in intents_in(call, given):
            for one in self.targets(call.store, intent, kind)[0]:
                reached[one.node] = one
                inbox = place_of(call.engine, "inbox", one.node)
                call.store.write(inbox, VALUE, Value((intent,)), strong=False)
        return list(reached.values())

    def leaves(self, call: OutsideCall, given: Value, kind: str) -> bool:
        """Whether what is sent may come to other apps."""
        intents = intents_in(call, given)
        return not intents or any(self.targets(call.store, intent, kind)[1] for intent in intents)


def _asked(store: Store, intent: Obj) -> Asked:
    data = texts_of(store, store.peek(intent, DATA))
    types = store.peek(intent, TYPE)
    return Asked(
        _texts(store.peek(intent, ACTION)),
        frozenset(store.peek(intent, CATEGORIES).texts),
        frozenset(text.partition(":")[0] for text in data.texts) or None,
        _texts(types),
        bool(store.peek(intent, DATA).atoms or types.atoms),
    )


def _texts(value: Value) -> frozenset[str] | None:
    """Texts that a value may be; none of them when it is nothing, None when it is not known."""
    if UNKNOWN in value.atoms:
        return None
    return frozenset(value.texts) if value.atoms else frozenset()


def intents_in(call: OutsideCall, given: Value) -> list[Obj]:
    """Intents among values, in arrays, and wrapped by others such as choosers."""
    world = call.engine.world
    found: dict[Obj, None] = {}
    stack = given.objects
    for _ in range(3):
        fresh: list[Obj] = []
        for obj in stack:
            if obj in found:
                continue
            if world.is_a(obj.node, INTENT):
                found[obj] = None
            inner = inside(call, Value((obj,))).objects
            fresh.extend(one for one in inner if one is not obj and world.is_a(one.node, INTENT))
        stack = fresh
    return list(found)


def _new_intent(call: OutsideCall) -> Value | None:
    """Constructors; a copy takes over all fields."""
    kinds = call.method.parameters
    for obj in call.receiver.objects:
        if kinds and kinds[0] == "Landroid/content/Intent;":
            for other in call.parameter(0).objects:
                for field, value in call.store.fields(other).items():
                    call.store.write(obj, field, value, strong=False)
        if CLASS in kinds:
            call.store.write(obj, COMPONENT, call.typed(CLASS), strong=True)
        if kinds and kinds[0] == TEXT:
            call.store.write(obj, ACTION, call.parameter(0), strong=True)
        if URI in kinds:
            call.store.write(obj, DATA, call.typed(URI), strong=True)
    return None


def _sets(field: str, position: int = 0) -> Special:
    def special(call: OutsideCall) -> Value | None:
        strong = len(call.receiver.atoms) == 1 and field != CATEGORIES
        for obj in call.receiver.objects:
            call.store.write(obj, field, call.parameter(position), strong=strong)
        return None

    return special


def _set_data_and_type(call: OutsideCall) -> Value | None:
    for obj in call.receiver.objects:
        call.store.write(obj, DATA, call.parameter(0), strong=True)
        call.store.write(obj, TYPE, call.parameter(1), strong=True)
    return None


def _set_component(call: OutsideCall) -> Value | None:
    """``setComponent``: what the name was made of."""
    found = NOTHING
    for name in call.parameter(0).objects:
        known = call.store.peek(name, COMPONENT)
        found = join(found, known if known.atoms else ANY)
    for obj in call.receiver.objects:
        call.store.write(obj, COMPONENT, found if found.atoms else ANY, strong=True)
    return None


def _new_name(call: OutsideCall) -> Value | None:
    """``new ComponentName(package, class)``."""
    if len(call.parameters) > 1:
        for obj in call.receiver.objects:
            call.store.write(obj, COMPONENT, call.parameter(1), strong=True)
    return None


def _action(call: OutsideCall) -> Value | None:
    """``getAction``: what was set, or anything for an intent from outside."""
    found = NOTHING
    for obj in call.receiver.objects:
        known = call.store.peek(obj, ACTION)
        found = join(found, ANY if obj.symbolic or not known.atoms else known)
    return found if found.atoms else None


def _new_filter(call: OutsideCall) -> Value | None:
    if call.method.parameters[:1] == (TEXT,):
        return _add_action(call)
    return None


def _add_action(call: OutsideCall) -> Value | None:
    for obj in call.receiver.objects:
        call.store.write(obj, ACTIONS, call.parameter(0), strong=False)
    return NOTHING


def kind_of(call: OutsideCall) -> str:
    """Kind of component that a sending call is for; empty for none."""
    return KINDS.get(call.method.name, "")


KINDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("startActivity", "startActivities", "startActivityForResult", "startActivityIfNeeded",
         "startActivityFromFragment", "startActivityFromChild", "startNextMatchingActivity",
         "startActivityAsUser", "getActivity", "getActivities"), "activity",
    ),
    **dict.fromkeys(
        ("startService", "startForegroundService", "bindService", "getService",
         "getForegroundService"), "service",
    ),
    **dict.fromkeys(
        ("sendBroadcast", "sendOrderedBroadcast", "sendStickyBroadcast", "sendBroadcastSync",
         "sendStickyOrderedBroadcast", "sendBroadcastAsUser", "sendOrderedBroadcastAsUser",
         "sendStickyBroadcastAsUser", "getBroadcast"), "receiver",
    ),
}  # fmt: skip
"""Kind of component by the name of the call that sends."""


def sent(call: OutsideCall) -> Value:
    """What a sending call sends: the parameters that hold intents."""
    found = NOTHING
    for kind, value in zip(call.method.parameters, call.parameters, strict=False):
        if "Landroid/content/Intent;" in kind:
            found = join(found, value)
    return found


def send_special(delivery: Delivery) -> Special:
    """Calls that send an intent."""

    def special(call: OutsideCall) -> Value | None:
        kind = kind_of(call)
        reached = delivery.send(call, sent(call), kind)
        if call.method.name == "startActivityForResult":
            _asks(call, reached)
        if call.method.name == "bindService":
            _binds(call, reached)
        if kind == "receiver":
            _broadcast(call)
        return None

    return special


def _asks(call: OutsideCall, reached: list[Component]) -> None:
    """The sender waits for results of those that it started."""
    for obj in call.receiver.objects:
        asked = place_of(call.engine, "asked", obj.node)
        for one in reached:
            call.store.write(asked, VALUE, Value((("c", one.node),)), strong=False)


def _binds(call: OutsideCall, reached: list[Component]) -> None:
    """A connection gets the binders of the services."""
    for value in call.parameters:
        for obj in value.objects:
            if not call.engine.world.is_own(obj.node):
                continue
            register(call, obj)
            for one in reached:
                binder = place_of(call.engine, "binder", one.node)
                call.store.write(obj, "binder", Value((binder,)), strong=False)


def _broadcast(call: OutsideCall) -> None:
    """Receivers that code registered get it too, at once where they are known here."""
    intents = intents_in(call, sent(call))
    for intent in intents:
        value = Value((intent,))
        call.store.write(place_of(call.engine, "broadcasts"), VALUE, value, strong=False)


def _register_receiver(call: OutsideCall) -> Value | None:
    filters = call.typed("Landroid/content/IntentFilter;")
    for obj in call.parameter(0).objects:
        if call.engine.world.is_own(obj.node):
            register(call, obj)
            call.store.write(obj, FILTERS, filters, strong=False)
    return None


def heard(store: Store, receiver: Obj, broadcasts: Value) -> Iterator[Obj]:
    """Broadcast intents that a receiver registered in code may get."""
    filters = store.peek(receiver, FILTERS)
    actions = NOTHING
    for one in filters.objects:
        actions = join(actions, store.peek(one, ACTIONS))
    for intent in broadcasts.objects:
        action = store.peek(intent, ACTION)
        unknown = UNKNOWN in action.atoms or UNKNOWN in actions.atoms or not action.atoms
        if unknown or set(action.texts) & set(actions.texts):
            yield intent


def _set_result(call: OutsideCall) -> Value | None:
    for obj in call.receiver.objects:
        place = place_of(call.engine, "result", obj.node)
        if len(call.parameters) > 1:
            call.store.write(place, VALUE, call.parameter(1), strong=False)
    return NOTHING


def _set_result_data(call: OutsideCall) -> Value | None:
    """Data that one receiver of an ordered broadcast hands to the next."""
    place = place_of(call.engine, "result data")
    for value in call.parameters:
        call.store.write(place, CONTENT, call.given(value), strong=False)
    return NOTHING


def _result_data(call: OutsideCall) -> Value | None:
    known = call.store.peek(place_of(call.engine, "result data"), CONTENT)
    if not known.atoms:
        return None
    return join(call.anything(), known)


def intent_specials(delivery: Delivery) -> Mapping[tuple[str, str], Special]:
    """Special functions of intents, by class and method."""
    send = send_special(delivery)
    senders = (
        "android/content/Context", "android/app/Activity", "android/app/Fragment",
        "androidx/fragment/app/Fragment", "android/support/v4/app/Fragment",
        "androidx/core/content/ContextCompat", "android/app/PendingIntent",
        "androidx/localbroadcastmanager/content/LocalBroadcastManager",
        "android/support/v4/content/LocalBroadcastManager",
    )  # fmt: skip
    local = (
        "android/content/Context", "androidx/core/content/ContextCompat",
        "androidx/localbroadcastmanager/content/LocalBroadcastManager",
        "android/support/v4/content/LocalBroadcastManager",
    )  # fmt: skip
    return {
        **{(owner, name): send for owner in senders for name in KINDS},
        **{(owner, "registerReceiver"): _register_receiver for owner in local},
        (INTENT, "<init>"): _new_intent,
        (INTENT, "setAction"): _sets(ACTION),
        (INTENT, "addCategory"): _sets(CATEGORIES),
        (INTENT, "setData"): _sets(DATA),
        (INTENT, "setType"): _sets(TYPE),
        (INTENT, "setDataAndType"): _set_data_and_type,
        (INTENT, "setClass"): _sets(COMPONENT, 1),
        (INTENT, "setClassName"): _sets(COMPONENT, 1),
        (INTENT, "setComponent"): _set_component,
        (INTENT, "getAction"): _action,
        ("android/content/ComponentName", "<init>"): _new_name,
        ("android/content/IntentFilter", "<init>"): _new_filter,
        ("android/content/IntentFilter", "addAction"): _add_action,
        ("android/app/Activity", "setResult"): _set_result,
        ("android/content/BroadcastReceiver", "setResultData"): _set_result_data,
        ("android/content/BroadcastReceiver", "setResultExtras"): _set_result_data,
        ("android/content/BroadcastReceiver", "setResult"): _set_result_data,
        ("android/content/BroadcastReceiver", "getResultData"): _result_data,
        ("android/content/BroadcastReceiver", "getResultExtras"): _result_data,
    }
