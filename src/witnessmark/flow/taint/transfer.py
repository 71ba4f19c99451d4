"""How data moves through calls of outside code: by models, or by a cautious default."""

from __future__ import annotations

from typing import Any

from witnessmark.flow.taint.defaults import moves_back, takes_in
from witnessmark.flow.taint.invoke import run_callback
from witnessmark.flow.taint.named import fetched, names_of, stored
from witnessmark.flow.taint.objects import callback_arguments, fill, holding
from witnessmark.flow.taint.outcall import WRAPS, OutsideCall
from witnessmark.flow.taint.store import CONTENT, KEYS, is_content
from witnessmark.flow.taint.values import (
    ANY,
    NO_TAINT,
    NOTHING,
    NULL,
    UNKNOWN,
    Obj,
    Taint,
    Value,
    join,
    step,
    tainted,
    united,
)
from witnessmark.flow.taint.world import NAMELESS
from witnessmark.knowledge.packs.models import Model

COPIES = frozenset(("<init>", "putAll", "putExtras", "replaceExtras", "addAll", "fillIn", "set"))
"""Calls after which a container holds what another one holds, under the same keys."""

COPIED = frozenset(("clone", "copy", "subList", "duplicate", "deepCopy", "slice"))
GENERAL = frozenset((
    "java/lang/Object", "android/os/Parcelable", "java/io/Serializable", "java/lang/Comparable",
    "android/os/Parcelable$Creator", "android/os/IBinder", "android/os/IInterface",
))  # fmt: skip
"""Declared types that say nothing about what is returned."""


def transfer(call: OutsideCall) -> Value:
    """Move data as the models say; the value of the call."""
    models = call.matches.models
    if not models:
        return _default(call)
    value = NOTHING
    for model in models:
        value = join(value, _model(call, model))
    if call.method.returns == "V":
        return NOTHING
    return value if value.atoms or value.taint else call.anything()


def _model(call: OutsideCall, model: Model) -> Value:
    constant = call.parameter(model.key).constant if model.key >= 0 else None
    if model.access == "clear":
        _empty(call)
    value = NOTHING
    for flow in model.flows:
        start, _, end = flow.partition("->")
        if end == "return" and call.method.returns != "V":
            value = join(value, returned(call, _from(call, model, start, constant), start))
    for flow in model.flows:
        start, _, end = flow.partition("->")
        if end != "return":
            _store(call, model, start, end, constant)
    if model.access == "remove" and constant is not None:
        for obj in call.receiver.objects:
            call.store.write(obj, ("k", constant), NULL, strong=len(call.receiver.atoms) == 1)
    for flow in model.callback:
        value = join(value, _callback(call, flow))
    for flow in model.files:
        value = _file_flow(call, flow, value)
    for place in model.wraps:
        made = call.receiver if call.method.name == "<init>" else value
        for obj in made.objects:
            call.store.write(obj, WRAPS, call.at(place), strong=False)
    return value


def _file_flow(call: OutsideCall, flow: str, value: Value) -> Value:
    """Content of a file into the call, or from it into a file."""
    start, _, end = flow.partition("->")
    if start.startswith("file:"):
        taint = fetched(call, "file", names_of(call, "file", [call.at(start[5:])]))
        taint = step(taint, call.frame.method.row, call.pc, f"is read again: {call.name}")
    else:
        taint = call.carried(call.at(start))
    if not taint:
        return value
    if end.startswith("file:"):
        stored(call, "file", names_of(call, "file", [call.at(end[5:])]), taint)
    elif end == "return":
        return holding(call.frame, value, taint, call.method.returns)
    else:
        fill(call.store, call.at(end), taint)
    return value


def _empty(call: OutsideCall) -> None:
    if len(call.receiver.atoms) == 1:
        for obj in call.receiver.objects:
            call.store.clear(obj)


def _from(call: OutsideCall, model: Model, start: str, constant: Any) -> Value:
    if start == "key":
        return call.parameter(model.key)
    if start != "this":
        return call.parameter(int(start))
    if model.key >= 0 and constant is not None and model.access:
        return keyed(call, call.receiver, constant)
    return inside(call, call.receiver)


def keyed(call: OutsideCall, holder: Value, constant: Any) -> Value:
    """What containers hold under a constant key."""
    found = Value((), holder.taint)
    for obj in holder.objects:
        found = join(found, call.store.peek(obj, ("k", constant)))
        found = join(found, call.store.peek(obj, CONTENT))
        if obj.symbolic:
            found = join(found, ANY)
    return found


def inside(call: OutsideCall, holder: Value) -> Value:
    """Everything that containers hold; objects of the app's classes stand for themselves too."""
    world = call.engine.world
    found = Value((), holder.taint)
    for atom in holder.atoms:
        if atom.__class__ is not Obj:
            if atom.__class__ is str:
                found = join(found, Value((atom,)))
            continue
        if world.is_own(atom.node):
            found = join(found, Value((atom,)))
        found = join(found, call.store.content(atom))
    return found


def _store(call: OutsideCall, model: Model, start: str, end: str, constant: Any) -> None:
    if start not in ("this", "key") and int(start) >= len(call.parameters):
        return
    value = call.given(_from(call, model, start, None))
    holder = call.at(end)
    objects = holder.objects
    is_key = start == "key" or start == str(model.key)
    for obj in objects:
        if end == "this" and is_key:
            call.store.write(obj, KEYS, value, strong=False)
        elif end == "this" and model.access == "put" and constant is not None:
            call.store.write(obj, ("k", constant), value, strong=len(holder.atoms) == 1)
        elif end == "this" and call.method.name in COPIES and copied(call, obj, value):
            continue
        else:
            call.store.write(obj, CONTENT, value, strong=False)
            if end == "this":
                _write_on(call, obj, value)


def _write_on(call: OutsideCall, obj: Obj, value: Value, depth: int = 4) -> None:
    """What is written into a stream is also in those that it writes into."""
    for inner in call.store.peek(obj, WRAPS).objects:
        if inner is not obj and depth:
            call.store.write(inner, CONTENT, value, strong=False)
            _write_on(call, inner, value, depth - 1)


def copied(call: OutsideCall, into: Obj, value: Value) -> bool:
    """Copy containers with keys, key by key; whether there was any."""
    found = False
    for obj in value.objects:
        fields = call.store.fields(obj)
        if any(field.__class__ is tuple for field in fields):
            for field, inner in fields.items():
                if is_content(field):
                    call.store.write(into, field, inner, strong=False)
            found = True
    return found


def returned(call: OutsideCall, value: Value, start: str = "") -> Value:
    """The value as what the call returns by its declared type."""
    world, method = call.engine.world, call.method
    if world.is_plain(method.returns):
        constants = tuple(a for a in value.atoms if a.__class__ is not Obj and a is not UNKNOWN)
        taint = call.carried(value)
        return Value(constants if constants and not value.objects else (UNKNOWN,), taint)
    name = world.class_name(method.return_node)
    general = name in GENERAL
    if start == "this" and not general and method.name not in COPIED and _is_self(call, name):
        return call.receiver
    fitting = [
        obj
        for obj in value.objects
        if general
        or (obj.node >= 0 and world.is_a(obj.node, name))
        or obj.node == method.return_node
    ]
    if general or (fitting and not value.taint):
        loose = tuple(a for a in value.atoms if general and a.__class__ is not Obj)
        return Value((*fitting, *loose) or (UNKNOWN,), value.taint)
    made = call.anything()
    for obj in made.objects:
        call.store.write(obj, CONTENT, _without(value, obj), strong=False)
    if world.is_unresolved(method.return_node):
        return Value((*made.atoms, *value.atoms), value.taint)
    return Value((*made.atoms, *fitting))


def _without(value: Value, obj: Obj) -> Value:
    return Value(tuple(a for a in value.atoms if a is not obj), value.taint)


def _is_self(call: OutsideCall, name: str) -> bool:
    world = call.engine.world
    objects = call.receiver.objects
    return bool(objects) and all(obj.node >= 0 and world.is_a(obj.node, name) for obj in objects)


def _default(call: OutsideCall) -> Value:
    """Calls that no model describes."""
    method, world = call.method, call.engine.world
    if takes_in(world, method) and not call.matches.sinks and not _answers(call):
        for obj in call.receiver.objects:
            for value in call.parameters:
                if value.taint or value.objects or value.texts:
                    call.store.write(obj, CONTENT, call.given(value), strong=False)
    if method.returns == "V":
        return NOTHING
    taint: Taint = NO_TAINT
    if not call.matches.sinks and not _answers(call):
        if moves_back(method, receiver=True, others=False):
            taint = call.carried(inside(call, call.receiver))
        if moves_back(method, receiver=False, others=True):
            for value in call.parameters:
                taint = united(taint, call.carried(value))
    if not taint:
        return call.anything()
    return returned(call, tainted(ANY, taint))


def _answers(call: OutsideCall) -> bool:
    """Whether what a call returns comes from elsewhere and not from what it is given."""
    found = call.matches.sources
    return bool(found) and any("return" in entry.where for entry in found)


def _callback(call: OutsideCall, flow: str) -> Value:
    """Data into and out of methods of objects that are given to a call."""
    start, _, end = flow.partition("->")
    if end.count(".") == 2:
        holder, name, position = end.split(".")
        value = inside(call, call.at(start)) if start == "this" else call.at(start)
        for obj in _objects(call, holder):
            run_named(call, obj, name, {int(position): value})
        return NOTHING
    holder, _, name = start.partition(".")
    value = NOTHING
    for obj in _objects(call, holder):
        value = join(value, run_named(call, obj, name, {}))
    if end == "return":
        return returned(call, value) if call.method.returns != "V" else NOTHING
    for obj in call.at(end).objects:
        call.store.write(obj, CONTENT, value, strong=False)
    return NOTHING


def _objects(call: OutsideCall, holder: str) -> list[Obj]:
    if holder != "this" and int(holder) >= len(call.parameters):
        return []
    world = call.engine.world
    return [obj for obj in call.at(holder).objects if world.is_own(obj.node)]


def run_named(call: OutsideCall, obj: Obj, name: str, given: dict[int, Value]) -> Value:
    """Run the callbacks of that name of an object of the app, with known parameters."""
    value = NOTHING
    world = call.engine.world
    rows = (
        call.engine.callbacks(obj.node, name)
        or world.named(obj.node, name)
        or world.named(obj.node, NAMELESS)
    )
    for row in rows:
        arguments = callback_arguments(call.frame, row, given)
        value = join(value, run_callback(call.frame, call.pc, row, obj, arguments))
    return value
