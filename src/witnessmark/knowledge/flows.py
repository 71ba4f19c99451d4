"""What the packs know about flows of data: where it comes in, where it leaves, what moves it.

Sources of pack `apis` (device data) and of pack `sources` (forms, storage, messages between
components, networks) are one list here. A user's folder of packs adds to each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from witnessmark.knowledge.load import Knowledge, load
from witnessmark.knowledge.packs.annotated import Annotated
from witnessmark.knowledge.packs.annotation_order import OrderedAnnotation
from witnessmark.knowledge.packs.api_places import ApiPlace
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.models import Model
from witnessmark.knowledge.packs.sinks import Sink
from witnessmark.knowledge.packs.sources import Source, SourceKind
from witnessmark.model.errors import KnowledgeError

PACKS = ("annotated", "annotation_order", "api_places", "apis", "models", "sinks", "sources")
"""Packs that `flows_of` reads."""

ADDRESS_TYPE = ":Landroid/net/Uri;"


@dataclass(frozen=True, slots=True)
class FlowSource:
    """One way in, of either pack.

    ``cites``  ``pack/id``, as evidence names it. The other fields are as in `packs.sources`.
    """

    cites: str
    says: str
    owner: str
    members: tuple[str, ...]
    parameters: str
    subclasses: bool
    where: tuple[str, ...]
    argument: tuple[str, ...]
    kind: SourceKind
    categories: tuple[str, ...]
    about: str


@dataclass(frozen=True)
class FlowKnowledge:
    """All of it, in the order of packs, files and rows.

    ``addresses``  entries of pack `apis` that are content addresses, as texts or as fields: a
                   store read through one of them gives data of its categories.
    ``places``     entries of pack `apis` that are files of the device, or commands, which hold or
                   print data about people.
    ``annotated``  annotations that make methods of the app ways in or out.
    ``order``      by what a renamed annotation is told.
    """

    sources: tuple[FlowSource, ...]
    sinks: tuple[Sink, ...]
    models: tuple[Model, ...]
    addresses: tuple[Api, ...]
    places: tuple[Api, ...] = ()
    annotated: tuple[Annotated, ...] = ()
    order: tuple[OrderedAnnotation, ...] = ()

    @cached_property
    def sources_by_member(self) -> Mapping[tuple[str, str], tuple[FlowSource, ...]]:
        """Sources by class (with dots) and member name."""
        return _by_member(self.sources)

    @cached_property
    def sinks_by_member(self) -> Mapping[tuple[str, str], tuple[Sink, ...]]:
        """Sinks by class (with dots) and method name."""
        return _by_member(self.sinks)

    @cached_property
    def models_by_member(self) -> Mapping[tuple[str, str], tuple[Model, ...]]:
        """Models by class (with dots) and method name."""
        return _by_member(self.models)

    @cached_property
    def annotated_by_type(self) -> Mapping[str, tuple[Annotated, ...]]:
        """Ways of annotated methods by the annotation's type descriptor."""
        found: dict[str, tuple[Annotated, ...]] = {}
        for entry in self.annotated:
            found[entry.descriptor] = (*found.get(entry.descriptor, ()), entry)
        return found

    def place(self, kind: Literal["file", "command"], text: str) -> Api | None:
        """The entry about the file at a path, or about what a command prints; None when nothing
        is known of it.
        """
        return next((one for one in self.places if one.kind == kind and one.recognises(text)), None)

    def address(self, text: str) -> Api | None:
        """The entry about the store at a content address, or about a field
        ``Lpkg/Class;->NAME:Landroid/net/Uri;``; None when nothing is known of it.
        """
        return next((entry for entry in self.addresses if entry.recognises(text)), None)


class _Member(Protocol):
    @property
    def owner(self) -> str: ...
    @property
    def members(self) -> tuple[str, ...]: ...


M = TypeVar("M", bound=_Member)


def flow_knowledge(extra: Sequence[Path] = ()) -> FlowKnowledge:
    """The packs that come with witnessmark and what the folders ``extra`` add.

    KnowledgeError names the file and the entry that is wrong.
    """
    return flows_of(load(PACKS, extra))


def flows_of(know: Knowledge) -> FlowKnowledge:
    """The same of packs that are loaded; KeyError when one of `PACKS` is not."""
    apis = know.entries("apis", Api)
    places = {place.id: place.where for place in know.entries("api_places", ApiPlace)}
    for name in places.keys() - {api.id for api in apis}:
        raise KnowledgeError(f"api_places: entry {name}: pack apis has no such entry")
    sources = (*_from_apis(apis, places), *map(_from_source, know.entries("sources", Source)))
    addresses = tuple(api for api in apis if api.kind == "uri" or _is_address(api))
    held = tuple(api for api in apis if api.kind in ("file", "command") and api.categories)
    return FlowKnowledge(
        sources, know.entries("sinks", Sink), know.entries("models", Model), addresses, held,
        know.entries("annotated", Annotated), know.entries("annotation_order", OrderedAnnotation),
    )  # fmt: skip


def _from_apis(apis: Iterable[Api], places: Mapping[str, tuple[str, ...]]) -> Iterator[FlowSource]:
    for api in apis:
        where = places.get(api.id, _usual_place(api))
        if where and api.categories:
            yield FlowSource(
                f"apis/{api.id}", api.says, api.owner, api.members, api.parameters,
                api.subclasses or api.kind == "callback", where, api.argument,
                "field" if api.kind == "field" else "api", api.categories, api.about,
            )  # fmt: skip


def _usual_place(api: Api) -> tuple[str, ...]:
    if api.kind == "callback":
        return ("callback-parameter:0",)
    if api.kind == "field":
        return () if _is_address(api) else ("field",)
    return ("return",) if api.kind == "method" and api.action == "read" else ()


def _is_address(api: Api) -> bool:
    return api.kind == "field" and any(one.endswith(ADDRESS_TYPE) for one in api.matches)


def _from_source(entry: Source) -> FlowSource:
    return FlowSource(
        f"sources/{entry.id}", entry.says, entry.owner, entry.members, entry.parameters,
        entry.subclasses, entry.where, entry.argument, entry.kind, entry.categories, entry.about,
    )  # fmt: skip


def _by_member(entries: Iterable[M]) -> Mapping[tuple[str, str], tuple[M, ...]]:
    found: dict[tuple[str, str], list[M]] = {}
    for entry in entries:
        for member in entry.members:
            found.setdefault((entry.owner, member), []).append(entry)
    return {name: tuple(listed) for name, listed in found.items()}
