"""Calls: which code an invoke instruction runs, and running it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from witnessmark.flow.instructions import Instruction
from witnessmark.flow.taint.body import Site
from witnessmark.flow.taint.members import Method
from witnessmark.flow.taint.objects import initialised, outside_object
from witnessmark.flow.taint.store import Changes
from witnessmark.flow.taint.values import (
    MOST_CONSTANTS,
    NOTHING,
    UNKNOWN,
    Obj,
    Value,
    join,
    moved,
)  # fmt: skip
from witnessmark.flow.taint.world import World

if TYPE_CHECKING:
    from witnessmark.flow.taint.frame import Frame

VIRTUAL = frozenset((0x6E, 0x72, 0x74, 0x78))
SUPER = frozenset((0x6F, 0x75))
STATIC = frozenset((0x71, 0x77))
MOST_TARGETS = 8
"""Methods that one call of an object of unknown class is followed into."""


_Target = tuple[int, int, Value | None]
"""A method of the app, or -1 for outside code seen from a class (its node); the receivers."""


def invoke(frame: Frame, one: Instruction) -> bool:
    """Follow a call; whether control comes back."""
    sites = frame.body.sites
    if one.pc not in sites:
        sites[one.pc] = _site(frame, one)
    site = sites[one.pc]
    if site is None:
        frame.registers[frame.result] = NOTHING
        return True
    registers, method = frame.registers, site.method
    arguments = [registers[number] for number in site.registers]
    if frame.guard:
        arguments = [frame.guarded(value) for value in arguments]
    targets = _targets(frame, one, site, arguments)
    if len(targets) == 1:
        value = _run(frame, one.pc, method, targets[0], arguments)
        if value is None:
            return False
        few = len(value.atoms) <= MOST_CONSTANTS
        registers[frame.result] = value if few else join(NOTHING, value)
        return True
    return _all_of(frame, one.pc, method, targets, arguments)


def _all_of(
    frame: Frame, pc: int, method: Method, targets: Sequence[_Target], arguments: list[Value]
) -> bool:
    """Run several targets, each on the heap before the call; whether control comes back."""
    returned, after = NOTHING, None
    store, before = frame.store, frame.store.now
    for number, target in enumerate(targets, 1):
        store.now = before if number == len(targets) else dict(before)
        value = _run(frame, pc, method, target, arguments)
        if value is None:
            continue
        returned = join(returned, value)
        if after is None:
            after = store.now
        else:
            store.meet(after, store.now)
    if after is None:
        return False
    store.now = after
    frame.registers[frame.result] = returned
    return True


def _site(frame: Frame, one: Instruction) -> Site | None:
    """The call at a place; None where it names no method."""
    world = frame.engine.world
    call = frame.body.code.calls.get(one.pc)
    if call is None:
        return None
    method = world.method(world.callee(call))
    fixed = -1 if one.opcode in VIRTUAL else world.find(method.owner, method.exact)
    return Site(method, tuple(_arguments(one, method)), fixed, {})


def _arguments(one: Instruction, method: Method) -> Iterator[int]:
    at = 0
    letters = method.parameters if one.opcode in STATIC else ("L", *method.parameters)
    for letter in letters:
        if at >= len(one.registers):
            return
        yield one.registers[at]
        at += 2 if letter in ("J", "D") else 1


def _targets(
    frame: Frame, one: Instruction, site: Site, arguments: list[Value]
) -> Sequence[_Target]:
    method = site.method
    if one.opcode in STATIC:
        initialised(frame, method.owner)
        return ((site.fixed, method.owner, None),)
    receiver = arguments[0] if arguments else NOTHING
    if one.opcode in SUPER:
        return ((site.fixed, _node_of(receiver, method), receiver),)
    if one.opcode not in VIRTUAL:
        return ((site.fixed, method.owner, receiver),)
    if len(receiver.atoms) == 1 and receiver.objects:
        node = receiver.objects[0].node
        if node not in site.of_one:
            site.of_one[node] = _of_one(frame.engine.world, method, node)
        known = site.of_one[node]
        if known is not None:
            return ((known[0], known[1], receiver),)
    return _virtual(frame, method, receiver)


def _node_of(receiver: Value, method: Method) -> int:
    nodes = [obj.node for obj in receiver.objects if obj.node >= 0]
    return nodes[0] if nodes else method.owner


def _virtual(frame: Frame, method: Method, receiver: Value) -> Sequence[_Target]:
    """By the classes of the objects; by the declared class where they are not known."""
    world = frame.engine.world
    groups: dict[tuple[int, int], list[Obj]] = {}
    strange = UNKNOWN in receiver.atoms or not receiver.objects
    for obj in receiver.objects:
        row = world.target(obj.node, method)
        if row < 0 and world.is_own(method.owner) and not world.is_own(obj.node):
            strange = True
            continue
        is_nearer = world.below(obj.node, method.owner) or world.is_unresolved(method.owner)
        node = obj.node if is_nearer else method.owner
        groups.setdefault((row, -1 if row >= 0 else node), []).append(obj)
    if strange and not groups:
        for obj in guessed(frame, method):
            row = world.find(obj.node, method.exact)
            groups.setdefault((row, -1), []).append(obj)
    if not groups:
        row = world.find(method.owner, method.exact)
        return ((row, method.owner, receiver),)
    return [
        (row, node, Value(tuple(objects), receiver.taint))
        for (row, node), objects in groups.items()
    ]


def _of_one(world: World, method: Method, node: int) -> tuple[int, int] | None:
    """The target for a receiver that is one object; None where its class does not decide."""
    row = world.target(node, method)
    if row >= 0:
        return row, -1
    if world.is_own(method.owner) and not world.is_own(node):
        return None
    is_nearer = world.below(node, method.owner) or world.is_unresolved(method.owner)
    return row, node if is_nearer else method.owner


def guessed(frame: Frame, method: Method) -> list[Obj]:
    """Objects that an unknown receiver of a class of the app may be."""
    engine, world = frame.engine, frame.engine.world
    if not world.is_own(method.owner):
        return []
    alive = engine.standing(method.owner, frame.store)
    found = [obj for obj in alive if world.find(obj.node, method.exact) >= 0]
    if found:
        return found[:MOST_TARGETS]
    picked: dict[int, int] = {}
    for node in world.made_below(method.owner):
        row = world.find(node, method.exact)
        if row >= 0 and row not in picked:
            picked[row] = node
        if len(picked) == MOST_TARGETS:
            break
    return [outside_object(frame, node, "some") for node in picked.values()]


def _run(
    frame: Frame, pc: int, method: Method, target: _Target, arguments: list[Value]
) -> Value | None:
    """Run one target on the frame's store; its value, or None when it does not return."""
    engine = frame.engine
    row, node, receiver = target
    if receiver is not None:
        arguments = [receiver, *arguments[1:]]
    if row < 0 or engine.rules.bundled(row):
        node = node if node >= 0 else method.owner
        return engine.outside.call(frame, pc, method, node, arguments)
    for value in arguments:
        if value.taint:
            says = f"is passed to {engine.world.method_name(row)}"
            given = [moved(value, frame.method.row, pc, says) for value in arguments]
            return called(frame, pc, row, given)
    return called(frame, pc, row, arguments)


def called(frame: Frame, pc: int, row: int, given: list[Value]) -> Value | None:
    """Run a method of the app here and now; its value, or None when it does not return."""
    engine, store = frame.engine, frame.store
    outcome = engine.inline(row, given, frame)
    if outcome is not None:
        if outcome.thrown_changes is not None:
            frame.raised(pc, outcome.thrown, outcome.thrown_changes)
        if outcome.changes is None:
            return None
        store.now = outcome.changes
        return _returned(frame, pc, row, outcome.value)
    outcome = engine.call(row, given, store, frame.context, pc, frame.guard)
    if outcome.thrown_changes is not None:
        before = store.now
        store.now = dict(before)
        store.apply(outcome.thrown_changes)
        frame.raised(pc, outcome.thrown, store.now)
        store.now = before
    if outcome.changes is None:
        return None
    store.apply(outcome.changes)
    return _returned(frame, pc, row, outcome.value)


def _returned(frame: Frame, pc: int, row: int, value: Value) -> Value:
    if not value.taint:
        return value
    says = f"is returned by {frame.engine.world.method_name(row)}"
    return moved(value, frame.method.row, pc, says)


def run_callback(frame: Frame, pc: int, row: int, receiver: Obj, arguments: list[Value]) -> Value:
    """Run a method that outside code calls during a call, or perhaps later; its value."""
    store = frame.store
    given = [Value((receiver,)), *arguments]
    if any(value.taint for value in arguments):
        says = f"comes to {frame.engine.world.method_name(row)}"
        given = [moved(value, frame.method.row, pc, says) for value in given]
    outcome = frame.engine.call(row, given, store, frame.context, pc, frame.guard)
    before: Changes = store.now
    after = dict(before)
    for changes in (outcome.changes, outcome.thrown_changes):
        if changes:
            store.now = dict(before)
            store.apply(changes)
            store.meet(after, store.now)
    store.now = after
    return outcome.value
