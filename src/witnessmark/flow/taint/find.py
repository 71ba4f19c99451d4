"""Flows of one app: what the packs and the precise pass make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from witnessmark.facts.tables.manifest import COMPONENTS
from witnessmark.facts.view import Facts
from witnessmark.flow.program import Program
from witnessmark.flow.tables import ENTRY_POINTS
from witnessmark.flow.taint.body import Bodies
from witnessmark.flow.taint.coarse import chop, needed
from witnessmark.flow.taint.engine import Engine, Limits
from witnessmark.flow.taint.lifecycle import Component, Lifecycle, Stage
from witnessmark.flow.taint.lists import LIST_SPECIALS
from witnessmark.flow.taint.messages import MESSAGE_SPECIALS
from witnessmark.flow.taint.outside import Outside, OutsideCall
from witnessmark.flow.taint.results import FoundFlow
from witnessmark.flow.taint.rules import Rules
from witnessmark.flow.taint.started import STARTED_SPECIALS, Started
from witnessmark.flow.taint.texts import TEXT_SPECIALS
from witnessmark.flow.taint.values import Value
from witnessmark.flow.taint.world import World
from witnessmark.knowledge.flows import FlowKnowledge
from witnessmark.knowledge.framework import FrameworkModel, framework_model
from witnessmark.knowledge.packs.sinks import Sink
from witnessmark.model.gap import Gap

SPECIALS = {**TEXT_SPECIALS, **LIST_SPECIALS, **STARTED_SPECIALS, **MESSAGE_SPECIALS}


@dataclass(frozen=True, slots=True)
class Flows:
    """What was found, in a fixed order, and what was not followed to the end."""

    found: tuple[FoundFlow, ...]
    gaps: tuple[Gap, ...]
    steps: int


def find_flows(
    facts: Facts,
    program: Program,
    know: FlowKnowledge,
    platform: Sequence[str] = (),
    *,
    model: FrameworkModel | None = None,
    limits: Limits | None = None,
    implicit: bool = False,
) -> Flows:
    """Flows of an app whose tables hold those of `flow.build`."""
    world = World(facts, program, platform)
    engine = Engine(world, Rules(world, know), Bodies(facts), limits or Limits())
    engine.implicit = implicit
    if not implicit:
        data = chop(world, engine.rules).data
        if not data:
            return Flows((), (), 0)
        engine.needed = needed(world, data)
    started = Started(model or framework_model())
    engine.outside = Outside(engine, SPECIALS, started.after, _leaves)
    life = Lifecycle(engine, components(facts, world), _given)
    life.run()
    entries = facts.table(ENTRY_POINTS)["method"]
    life.leftovers(dict.fromkeys(np.asarray(entries).tolist()))
    found = sorted(engine.flows.values(), key=lambda f: (f.sink.method, f.sink.pc, f.source.number))
    return Flows(tuple(found), _gaps(facts, engine), engine.steps)


def _leaves(_call: OutsideCall, _sink: Sink) -> bool:
    return True


def _given(_component: Component | None, _row: int, _stage: Stage) -> Mapping[int, Value]:
    return {}


def components(facts: Facts, world: World) -> list[Component]:
    """Declared components that the app holds, application and providers first."""
    table = facts.table(COMPONENTS)
    entries = facts.table(ENTRY_POINTS)
    clicks = [
        method
        for method, component, because in entries.rows("method", "component", "because")
        if component < 0 and because.startswith("android:onClick")
    ]
    order = {"application": 0, "provider": 1}
    found = []
    for kind, node, exported, enabled in table.rows("kind", "type", "exported", "enabled"):
        if kind == "alias" or not world.is_own(node) or not enabled:
            continue
        above = set(world.hierarchy.above.of(node).tolist())
        own = tuple(m for m in clicks if world.method(m).owner in above)
        found.append(Component(kind, node, bool(exported), own))
    return sorted(found, key=lambda one: order.get(one.kind, 2))


def _gaps(facts: Facts, engine: Engine) -> tuple[Gap, ...]:
    names = sorted({(facts.method_signature(row), why) for row, why in engine.left.items()})
    return tuple(
        Gap(name, f"flows through it were not followed: {why}", ("sends/flow",))
        for name, why in names
    )
