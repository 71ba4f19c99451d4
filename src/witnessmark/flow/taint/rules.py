"""Which entries of the packs a call, a callback or a field matches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

import numpy as np

from witnessmark.facts.tables.code import ANNOTATIONS
from witnessmark.flow.later import Later
from witnessmark.flow.renamed import renamed_annotations
from witnessmark.flow.taint.members import Method
from witnessmark.flow.taint.world import World
from witnessmark.knowledge.flows import FlowKnowledge, FlowSource
from witnessmark.knowledge.packs.annotated import Annotated
from witnessmark.knowledge.packs.models import Model
from witnessmark.knowledge.packs.sinks import Sink
from witnessmark.model.distinct import among

STORED_KINDS = ("file", "database", "preferences", "ipc", "network")
"""Kinds of sources whose data is what was put there."""


OWN_KINDS = ("database", "preferences", "ipc")
"""Those where an app finds what it put there itself, or what is told by other ways."""


class Rule(Protocol):
    """What the three kinds of entries share."""

    @property
    def owner(self) -> str:
        """Class with dots."""

    @property
    def parameters(self) -> str:
        """Parameter descriptors of the overload, empty for all."""

    @property
    def subclasses(self) -> bool:
        """Whether calls through classes below count."""


R = TypeVar("R", bound=Rule)


class Matches:
    """Entries about one method as named; ``models`` of the nearest class that has any."""

    __slots__ = ("models", "sinks", "sources")

    def __init__(
        self, sources: tuple[FlowSource, ...], sinks: tuple[Sink, ...], models: tuple[Model, ...]
    ) -> None:
        self.sources = sources
        self.sinks = sinks
        self.models = models


NO_MATCHES = Matches((), (), ())


class Answer:
    """What a method of the app returns leaves: the entry that says so, its class, the channel."""

    __slots__ = ("channel", "cites", "owner", "says")

    def __init__(self, cites: str, says: str, owner: str, channel: str) -> None:
        self.cites = cites
        self.says = says
        self.owner = owner
        self.channel = channel


class Rules:
    """Looks entries up by class, those above it, and member name.

    ``wide``  whether networks and files bring data by themselves.
    """

    def __init__(self, world: World, know: FlowKnowledge, *, wide: bool = False) -> None:
        self._world = world
        self.know = know
        self._silent = OWN_KINDS if wide else STORED_KINDS
        self._known: dict[tuple[int, int], Matches] = {}
        self._bundled: dict[int, bool] = {}
        self._sends: dict[int, Sequence[Annotated]] = {}
        self._names = Later(self._find_names)
        self._annotated = Later(self._find_annotated)

    def bundled(self, row: int) -> bool:
        """Whether the packs describe a method of a library that the app holds: the description
        counts, not the code.
        """
        found = self._bundled.get(row)
        if found is None:
            found = self._bundled[row] = self._describes(self._world.method(row))
        return found

    def _describes(self, method: Method) -> bool:
        know, world = self.know, self._world
        if method.name not in self._names.get():
            return False
        own = world.class_name(method.owner)
        for name in world.above(method.owner):
            if not world.is_own(world.node(name)) or _library(name) != _library(own):
                continue
            key = (name.replace("/", "."), method.name)
            if key in know.sinks_by_member or key in know.models_by_member:
                return True
            entries = know.sources_by_member.get(key, ())
            if any(not place.startswith("callback") for e in entries for place in e.where):
                return True
        return False

    def _find_names(self) -> frozenset[str]:
        """Names of all methods and fields that the packs describe."""
        know = self.know
        tables = (know.sources_by_member, know.sinks_by_member, know.models_by_member)
        return frozenset(name for table in tables for _, name in table)

    def counts(self, entry: FlowSource) -> bool:
        """Whether an entry brings data by itself, whatever was put there."""
        return bool(entry.categories) or entry.kind not in self._silent

    def of(self, method: Method, node: int) -> Matches:
        """Entries for a call of ``method`` on class ``node`` (its owner, or one below)."""
        key = (method.row, node)
        found = self._known.get(key)
        if found is None and method.name not in self._names.get():
            found = self._known[key] = NO_MATCHES
        elif found is None:
            found = self._known[key] = Matches(
                tuple(
                    source
                    for source in self._all(self.know.sources_by_member, method, node)
                    if any(not place.startswith(("callback", "field")) for place in source.where)
                ),
                tuple(self._nearest(self.know.sinks_by_member, method, node)),
                tuple(self._nearest(self.know.models_by_member, method, node)),
            )
        return found

    def annotated_sinks(self, method: Method) -> Sequence[Annotated]:
        """Ways out that annotations make of a method of the app that has no code."""
        known = self._sends.get(method.row)
        if known is None:
            known = self._sends[method.row] = self._annotated_sinks(method)
        return known

    def _annotated_sinks(self, method: Method) -> Sequence[Annotated]:
        if not self._world.is_own(method.owner) or method.defined:
            return ()
        found = [
            entry
            for row in self._world.declarations(method)
            for entry in self.annotated(row)
            if entry.role == "sink" and entry.carries == "parameters"
        ]
        return found[:1]

    @property
    def annotated_rows(self) -> Sequence[int]:
        """Methods with annotations that the packs know."""
        return list(self._annotated.get())

    def answers(self, method: Method) -> Sequence[Answer]:
        """Ways out by what a method of the app returns to outside code."""
        found = [
            Answer(f"sinks/{sink.id}", sink.says, sink.owner, sink.channel)
            for sink in self._all(self.know.sinks_by_member, method, method.owner)
            if sink.returned
        ]
        for entry in self.annotated(method.row):
            if entry.role == "sink" and entry.carries == "return" and entry.channel:
                cites = f"annotated/{entry.id}"
                found.append(Answer(cites, entry.says, entry.annotation, entry.channel))
        return found

    def annotated(self, row: int) -> Sequence[Annotated]:
        """Ways in and out that annotations make of a method."""
        return self._annotated.get().get(row, ())

    def _find_annotated(self) -> Mapping[int, Sequence[Annotated]]:
        world, known = self._world, self.know.annotated_by_type
        table = world.facts.table(ANNOTATIONS)
        nodes = {
            world.node(kind[1:-1]): entries
            for kind, entries in known.items()
            if world.node(kind[1:-1]) >= 0
        }
        for name, row in renamed_annotations(world.facts, self.know.order).items():
            entries = known.get(f"L{name.replace('.', '/')};")
            if entries:
                nodes[row] = entries
        rows = np.flatnonzero(table.where("target", "method") & among(table["type"], list(nodes)))
        found: dict[int, Sequence[Annotated]] = {}
        for row in rows.tolist():
            found[int(table["row"][row])] = nodes[int(table["type"][row])]
        return found

    def callback_sources(self, method: Method) -> list[tuple[FlowSource, list[int]]]:
        """Sources whose data comes as parameters of a method that the app overrides."""
        return [
            (source, places)
            for source in self._all(self.know.sources_by_member, method, method.owner)
            if (places := _callback_parameters(source))
        ]

    def field_sources(self, owner: int, name: str) -> list[FlowSource]:
        """Sources that are a field of an outside class."""
        found: list[FlowSource] = []
        for above in self._world.above(owner):
            entries = self.know.sources_by_member.get((above.replace("/", "."), name), ())
            found.extend(entry for entry in entries if "field" in entry.where)
        return found

    def _all(
        self, table: Mapping[tuple[str, str], tuple[R, ...]], method: Method, node: int
    ) -> list[R]:
        return [entry for listed in self._by_class(table, method, node) for entry in listed]

    def _nearest(
        self, table: Mapping[tuple[str, str], tuple[R, ...]], method: Method, node: int
    ) -> list[R]:
        return next(self._by_class(table, method, node), [])

    def _by_class(
        self, table: Mapping[tuple[str, str], tuple[R, ...]], method: Method, node: int
    ) -> Iterator[list[R]]:
        if method.name not in self._names.get():
            return
        above = self._world.dotted(node)
        own = self._world.class_name(method.owner).replace("/", ".")
        names = above if own in above else (own, *above)
        for name in names:
            entries = table.get((name, method.name))
            if entries is None:
                continue
            fitting = [
                entry
                for entry in entries
                if (entry.subclasses or name == own) and entry.parameters in ("", method.arguments)
            ]
            if fitting:
                exact = [entry for entry in fitting if entry.parameters]
                yield exact or fitting


def _library(name: str) -> str:
    """The first two parts of a class name, for most libraries what all of it share."""
    return "/".join(name.split("/")[:2])


def _callback_parameters(source: FlowSource) -> list[int]:
    return [
        int(place.partition(":")[2])
        for place in source.where
        if place.startswith("callback-parameter:")
    ]
