"""Flows of one app: what the packs and the precise pass make of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from witnessmark.facts.tables.manifest import COMPONENTS
from witnessmark.facts.view import Facts
from witnessmark.flow.program import Program
from witnessmark.flow.tables import ENTRY_POINTS
from witnessmark.flow.taint.basics import BASIC_SPECIALS
from witnessmark.flow.taint.body import Bodies
from witnessmark.flow.taint.coarse import chop, needed
from witnessmark.flow.taint.engine import Engine, Limits
from witnessmark.flow.taint.given import Given, given_specials
from witnessmark.flow.taint.intents import Delivery, intent_specials, kind_of, sent
from witnessmark.flow.taint.leaving import Leaving
from witnessmark.flow.taint.lifecycle import Lifecycle
from witnessmark.flow.taint.lists import LIST_SPECIALS
from witnessmark.flow.taint.manifest import Manifest
from witnessmark.flow.taint.messages import MESSAGE_SPECIALS
from witnessmark.flow.taint.outcall import OutsideCall
from witnessmark.flow.taint.outside import Outside
from witnessmark.flow.taint.preferences import PREFERENCES_SPECIALS
from witnessmark.flow.taint.reflect import REFLECT_SPECIALS
from witnessmark.flow.taint.results import FoundFlow
from witnessmark.flow.taint.rules import Rules
from witnessmark.flow.taint.started import STARTED_SPECIALS, Started
from witnessmark.flow.taint.texts import TEXT_SPECIALS
from witnessmark.flow.taint.values import MOST_CONSTANTS, MOST_TEXT
from witnessmark.flow.taint.world import World
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.flows import FlowKnowledge
from witnessmark.knowledge.framework import FrameworkModel, framework_model
from witnessmark.knowledge.packs.sinks import Sink
from witnessmark.model.attempt import Attempt, plainly, stopped
from witnessmark.model.gap import Gap

SPECIALS = {
    **TEXT_SPECIALS, **LIST_SPECIALS, **STARTED_SPECIALS, **MESSAGE_SPECIALS, **REFLECT_SPECIALS,
    **PREFERENCES_SPECIALS, **BASIC_SPECIALS,
}  # fmt: skip


class Flows(Struct, frozen=True):
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
    libraries: Collection[str] = (),
    model: FrameworkModel | None = None,
    limits: Limits | None = None,
    implicit: bool = False,
    wide: bool = False,
    attempt: Attempt = plainly,
) -> Flows:
    """Flows of an app whose tables hold those of `flow.build`.

    ``wide``  also data of networks and files of which it is not known what it is about.
    ``attempt``  what guards the work; flows found before something stopped it are kept.
    """
    world = World(facts, program, platform, libraries)
    engine = Engine(world, Rules(world, know, wide=wide), Bodies(facts), limits or Limits())
    engine.implicit = implicit
    if not implicit:
        data = chop(world, engine.rules).data
        if not data:
            return Flows((), (), 0)
        engine.needed = needed(world, data)
    started = Started(model or framework_model())
    manifest = Manifest(facts, world)
    delivery, given = Delivery(manifest), Given(engine, manifest)
    specials = {**SPECIALS, **intent_specials(delivery), **given_specials(given)}
    leaving = Leaving(partial(_stays, delivery))
    engine.outside = Outside(
        engine, specials, started.after, leaving, manifest.is_own_store, _computed(facts)
    )
    life = Lifecycle(engine, manifest.components, given.parameters)
    errors = (attempt(life.run)[1], attempt(lambda: life.leftovers(_entries(facts)))[1])
    crashed = tuple(stopped("sends/flow", error, ("sends",)) for error in errors if error)
    return Flows(_in_order(engine.flows.values()), _gaps(facts, engine) + crashed, engine.steps)


def _in_order(flows: Iterable[FoundFlow]) -> tuple[FoundFlow, ...]:
    """By sink, then source; of entries that know the same call the most telling one counts."""
    found: dict[tuple[Any, ...], FoundFlow] = {}
    for flow in sorted(flows, key=lambda f: (f.sink.method, f.sink.pc, f.source.number)):
        source, sink = flow.source, flow.sink
        key = (source.owner, source.member, source.method, source.pc, source.implicit,
               sink.owner, sink.member, sink.method, sink.pc)  # fmt: skip
        known = found.get(key)
        if known is None or len(known.source.categories) < len(source.categories):
            found[key] = flow
    return tuple(found.values())


def _computed(facts: Facts) -> Mapping[tuple[int, int], Mapping[int, Sequence[str]]]:
    """Texts that are wholly known, by method, place of the call and position."""
    found: dict[tuple[int, int], dict[int, list[str]]] = {}
    columns = ("method", "pc", "position", "text", "whole")
    for method, pc, position, text, whole in facts.table(DERIVED_TEXTS).rows(*columns):
        if whole and position >= 0 and len(text) <= MOST_TEXT:
            texts = found.setdefault((method, pc), {}).setdefault(position, [])
            if text not in texts and len(texts) < MOST_CONSTANTS:
                texts.append(text)
    return found


def _stays(delivery: Delivery, call: OutsideCall, sink: Sink) -> bool:
    """Whether data that is sent stays among the parts of the app."""
    kind = kind_of(call) if sink.channel == "ipc" else ""
    return bool(kind) and not delivery.leaves(call, sent(call), kind)


def _entries(facts: Facts) -> list[int]:
    """Entry points, but those of components that the manifest switches off."""
    enabled = facts.table(COMPONENTS)["enabled"]
    rows = facts.table(ENTRY_POINTS).rows("method", "component")
    off = {method for method, component in rows if component >= 0 and not enabled[component]}
    return [
        method
        for method in dict.fromkeys(facts.table(ENTRY_POINTS)["method"].tolist())
        if method not in off
    ]


def _gaps(facts: Facts, engine: Engine) -> tuple[Gap, ...]:
    unsound = dict.fromkeys(engine.bodies.unsound, "its code names registers that it does not have")
    left = {**engine.left, **unsound}
    names = sorted({(facts.method_signature(row), why) for row, why in left.items()})
    return tuple(
        Gap(name, f"Flows of data were not followed here: {why}", ("sends",)) for name, why in names
    )
