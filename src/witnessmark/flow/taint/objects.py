"""Classes as they come to life: initialisers, casts, static fields, objects from outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from witnessmark.flow.taint.members import Field
from witnessmark.flow.taint.store import CONTENT, VALUE, Store
from witnessmark.flow.taint.values import (
    ANY,
    NULL,
    UNKNOWN,
    Obj,
    Taint,
    Value,
    join,
    tainted,
)

if TYPE_CHECKING:
    from witnessmark.flow.taint.context import Context
    from witnessmark.flow.taint.engine import Engine
    from witnessmark.flow.taint.frame import Frame

INITIALISER = "<clinit>"


class Place(Protocol):
    """Where something is made or called from: a frame, or the system."""

    engine: Engine
    context: Context
    store: Store


def place_of(engine: Engine, *name: object) -> Obj:
    """A single place of the whole app."""
    return engine.object(-1, *name, lasts=True)


def initialised(frame: Frame, node: int) -> None:
    """Run the initialisers of a class of the app once, superclasses first."""
    engine = frame.engine
    rows = engine.world.initialisers_of(node)
    if not rows:
        return
    mark = place_of(engine, "initialised", node)
    if frame.store.holds(mark):
        return
    frame.store.write(mark, VALUE, NULL, strong=True)
    root = engine.contexts.root(node)
    for row in rows:
        outcome = engine.call(row, [], frame.store, root, -1)
        if outcome.changes is not None:
            frame.store.apply(outcome.changes)


def static_of(engine: Engine, field: Field) -> Obj:
    """The place that stands for a static field."""
    return place_of(engine, "static", field.row)


def reads_static(frame: Frame, field: Field) -> Value:
    """A static field's value; of outside classes the field itself, as a constant."""
    place = static_of(frame.engine, field)
    if not field.defined:
        known = frame.store.peek(place, VALUE)
        return join(Value((("f", field.signature), UNKNOWN)), known)
    found = frame.store.peek(place, VALUE)
    if not found.atoms:
        found = join(frame.engine.world.initial(field), found)
    return join(found, ANY) if field.row in frame.store.weak else found


def as_class(frame: Frame, value: Value, node: int, pc: int) -> Value:
    """The value after a cast: what cannot be of the class goes, what is unknown gets it."""
    engine, world = frame.engine, frame.engine.world
    if node < 0 or not world.is_own(node):
        return value
    below = world.below
    kept: list[Any] = []
    strange = False
    for atom in value.atoms:
        if atom.__class__ is Obj and below(atom.node, node):
            kept.append(atom)
        elif atom is UNKNOWN or (atom.__class__ is Obj and atom.symbolic):
            strange = True
        elif atom.__class__ is Obj and world.is_own(atom.node):
            continue
        else:
            kept.append(atom)
    if strange and not any(atom.__class__ is Obj for atom in kept):
        known = engine.standing(node, frame.store)
        kept.extend(known)
        if not known:
            kept.append(outside_object(frame, node, "cast", frame.method.row, pc))
    return Value(tuple(kept), value.taint)


def outside_object(place: Place, node: int, *site: object) -> Obj:
    """An object of a class that outside code made."""
    made = place.engine.object(node, *site, symbolic=True)
    if place.store.current(made) is None:
        place.store.make(made)
    return made


def typed(place: Place, descriptor: str, node: int, pc: int, *site: object) -> Value:
    """Something from outside of a declared type."""
    if place.engine.world.is_plain(descriptor):
        return ANY
    made = outside_object(place, node, "outside", place.context.site, pc, *site)
    return Value((made, UNKNOWN))


def callback_arguments(place: Place, row: int, given: Mapping[int, Value]) -> list[Value]:
    """Values of a callback's parameters; data comes with those that a source names."""
    engine = place.engine
    method = engine.world.method(row)
    values = [
        given[number] if number in given else typed(place, kind, node, row, "parameter", number)
        for number, (kind, node) in enumerate(
            zip(method.parameters, method.parameter_nodes, strict=True)
        )
    ]
    for entry, numbers in engine.rules.callback_sources(method):
        if not engine.rules.counts(entry):
            continue
        says = f"{entry.says[:1].lower()}{entry.says[1:]} comes to {method.name}"
        taint = engine.source(entry, entry.owner, method.name, row, 0, says)
        for number in numbers:
            if number < len(values) and number not in given:
                values[number] = holding(place, values[number], taint, method.parameters[number])
    return values


def holding(place: Place, value: Value, taint: Taint, descriptor: str) -> Value:
    """The value carrying data: numbers and text themselves, objects in their content."""
    if place.engine.world.is_plain(descriptor) or not value.objects:
        return tainted(value, taint)
    fill(place.store, value, taint)
    return value


def fill(store: Store, value: Value, taint: Taint) -> None:
    """Put data into the content of objects."""
    for obj in value.objects:
        store.write(obj, CONTENT, Value((), taint), strong=False)
