"""Classes, methods and fields that code finds by their names.

A class object is the atom ``("c", node)``; a method, constructor or field found by its name is
``("m", node, name)``, ``("n", node)`` or ``("d", node, name)``.

Source: docs.oracle.com/javase/8/docs/api/java/lang/reflect/package-summary.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from witnessmark.flow.taint.invoke import called
from witnessmark.flow.taint.objects import static_of
from witnessmark.flow.taint.outcall import OutsideCall, Special
from witnessmark.flow.taint.steps import LENGTH
from witnessmark.flow.taint.store import CONTENT, VALUE
from witnessmark.flow.taint.values import ANY, NOTHING, Value, join, text

METHOD, CONSTRUCTOR, FIELD = "m", "n", "d"
MOST_ARGUMENTS = 12


def _class_by_name(call: OutsideCall) -> Value | None:
    """``Class.forName``, ``ClassLoader.loadClass``."""
    world = call.engine.world
    names = call.typed("Ljava/lang/String;").texts
    nodes = [world.node(name.replace(".", "/")) for name in names]
    found = tuple(("c", node) for node in nodes if node >= 0)
    return Value(found) if found else None


def _class_of(call: OutsideCall) -> Value | None:
    """``getClass``."""
    found: dict[tuple[str, int], None] = {}
    for obj in call.receiver.objects:
        if obj.node >= 0:
            found["c", obj.node] = None
    return Value(tuple(found)) if found else None


def _class_name(call: OutsideCall) -> Value | None:
    names = [call.engine.world.class_name(node).replace("/", ".") for node in call.receiver.classes]
    if not names:
        return None
    if call.method.name == "getSimpleName":
        names = [name.rpartition(".")[2].rpartition("$")[2] for name in names]
    found = NOTHING
    for name in names:
        found = join(found, text(name))
    return found


def _member(kind: str) -> Special:
    """``getMethod``, ``getDeclaredField`` and the like."""

    def special(call: OutsideCall) -> Value | None:
        found: dict[tuple[Any, ...], None] = {}
        for node in call.receiver.classes:
            if kind == CONSTRUCTOR:
                found[kind, node] = None
            for name in call.parameter(0).texts if kind != CONSTRUCTOR else ():
                found[kind, node, name] = None
        return Value(tuple(found)) if found else None

    return special


def _new(call: OutsideCall) -> Value | None:
    """``Class.newInstance``, ``Constructor.newInstance``."""
    atoms = [
        atom
        for atom in call.receiver.atoms
        if atom.__class__ is tuple and atom[0] in ("c", CONSTRUCTOR)
    ]
    if not atoms:
        return None
    given = _elements(call, call.parameter(0)) if call.parameters else []
    found = NOTHING
    for atom in atoms:
        site = (call.frame.context.site, call.pc, atom[1])
        made = call.engine.fresh(call.store, atom[1], *site)
        value = Value((made,))
        found = join(found, value)
        _run(call, atom[1], "<init>", [value, *given])
    return found


def _invoke(call: OutsideCall) -> Value | None:
    """``Method.invoke``."""
    found, known = NOTHING, False
    given = _elements(call, call.parameter(1))
    for atom in call.receiver.atoms:
        if atom.__class__ is tuple and atom[0] == METHOD:
            known = True
            found = join(found, _run_named(call, atom[1], atom[2], call.parameter(0), given))
    if not known:
        return None
    return found if found.atoms or found.taint else ANY


def _run_named(
    call: OutsideCall, node: int, name: str, receiver: Value, given: list[Value]
) -> Value:
    found = NOTHING
    objects = [obj for obj in receiver.objects if call.engine.world.below(obj.node, node)]
    for obj in objects:
        found = join(found, _run(call, obj.node, name, [Value((obj,)), *given]))
    if not objects:
        found = join(found, _run(call, node, name, [receiver, *given]))
    return found


def _run(call: OutsideCall, node: int, name: str, arguments: list[Value]) -> Value:
    """Run methods of a name that take so many arguments; outside ones as the packs know them."""
    world = call.engine.world
    rows = list(_fitting(call, node, name, len(arguments) - 1))
    found = NOTHING
    for row in rows:
        static = world.method(row).static
        value = called(call.frame, call.pc, row, arguments[1:] if static else arguments)
        found = join(found, value if value is not None else NOTHING)
    if not rows and node >= 0 and name != "<init>":
        method = world.outside_method(node, name, len(arguments) - 1)
        found = call.engine.outside.call(call.frame, call.pc, method, node, arguments)
    elif not rows and node >= 0:
        method = world.outside_method(node, name, len(arguments) - 1)
        call.engine.outside.call(call.frame, call.pc, method, node, arguments)
    return found


def _fitting(call: OutsideCall, node: int, name: str, count: int) -> Iterator[int]:
    world = call.engine.world
    current = node
    while world.is_own(current):
        rows = [
            row
            for row in world.methods_of(current)
            if world.method(row).name == name and world.method(row).defined
        ]
        fitting = [row for row in rows if len(world.method(row).parameters) == count]
        if rows:
            yield from fitting or rows
            return
        if name == "<init>":
            return
        current = int(world.hierarchy.super_of[current])


def _elements(call: OutsideCall, array: Value) -> list[Value]:
    """Elements of an argument array, as far as its length is known."""
    objects = array.objects
    if not objects:
        return []
    lengths = [call.store.peek(obj, LENGTH).number for obj in objects]
    longest = max((length for length in lengths if length is not None), default=1)
    found = []
    for place in range(min(longest, MOST_ARGUMENTS)):
        value = Value((), array.taint)
        for obj in objects:
            value = join(value, call.store.peek(obj, ("k", ("i", place))))
            value = join(value, call.store.peek(obj, CONTENT))
        found.append(value if value.atoms or value.taint else ANY)
    return found


def _get(call: OutsideCall) -> Value | None:
    """``Field.get``."""
    found = NOTHING
    for field, row in _fields(call):
        if field is None:
            continue
        for obj in call.parameter(0).objects:
            found = join(found, call.store.read(obj, row))
        found = join(found, call.store.peek(static_of(call.engine, field), VALUE))
    return found if found.atoms or found.taint else None


def _set(call: OutsideCall) -> Value | None:
    """``Field.set``."""
    for field, row in _fields(call):
        value = call.given(call.parameter(1))
        for obj in call.parameter(0).objects:
            call.store.write(obj, row, value, strong=False)
        if not call.parameter(0).objects:
            call.store.write(static_of(call.engine, field), VALUE, value, strong=False)
    return NOTHING


def _fields(call: OutsideCall) -> Iterator[tuple[Any, int]]:
    world = call.engine.world
    for atom in call.receiver.atoms:
        if atom.__class__ is tuple and atom[0] == FIELD:
            row = world.field_of(atom[1], atom[2])
            if row >= 0:
                yield world.field(row), row


READERS = ("get", "getInt", "getLong", "getBoolean")
WRITERS = ("set", "setInt", "setLong", "setBoolean")

REFLECT_SPECIALS: Mapping[tuple[str, str], Special] = {
    ("java/lang/Class", "forName"): _class_by_name,
    ("java/lang/ClassLoader", "loadClass"): _class_by_name,
    ("java/lang/Object", "getClass"): _class_of,
    ("java/lang/Class", "getName"): _class_name,
    ("java/lang/Class", "getCanonicalName"): _class_name,
    ("java/lang/Class", "getTypeName"): _class_name,
    ("java/lang/Class", "getSimpleName"): _class_name,
    ("java/lang/Class", "getMethod"): _member(METHOD),
    ("java/lang/Class", "getDeclaredMethod"): _member(METHOD),
    ("java/lang/Class", "getField"): _member(FIELD),
    ("java/lang/Class", "getDeclaredField"): _member(FIELD),
    ("java/lang/Class", "getConstructor"): _member(CONSTRUCTOR),
    ("java/lang/Class", "getDeclaredConstructor"): _member(CONSTRUCTOR),
    ("java/lang/Class", "newInstance"): _new,
    ("java/lang/reflect/Constructor", "newInstance"): _new,
    ("java/lang/reflect/Method", "invoke"): _invoke,
    **{("java/lang/reflect/Field", name): _get for name in READERS},
    **{("java/lang/reflect/Field", name): _set for name in WRITERS},
}
