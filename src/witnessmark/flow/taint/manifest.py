"""The parts of an app as the manifest declares them: components, filters, authorities.

Source: developer.android.com/guide/components/intents-filters (how an intent is matched).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from witnessmark.facts.tables.manifest import APP, COMPONENTS, INTENT_FILTERS, XML_ATTRIBUTES
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import ENTRY_POINTS, REACH
from witnessmark.flow.taint.world import World

DEFAULT = "android.intent.category.DEFAULT"
DATA_PARTS = ("scheme", "host", "path", "path_prefix", "path_pattern", "mime_type")
STARTED_FIRST: Mapping[str, int] = {"application": 0, "provider": 1}


class Filter(Struct, frozen=True):
    """One intent filter; ``wants_data`` that it only takes intents with data or a type."""

    actions: frozenset[str]
    categories: frozenset[str]
    schemes: frozenset[str]
    types: frozenset[str]
    wants_data: bool


class Component(Struct, frozen=True):
    """A declared component of a class of the app.

    ``exported``  other apps may send to it. ``clicks`` methods that layouts name.
    ``authorities``  of a provider.
    """

    kind: str
    node: int
    exported: bool
    clicks: tuple[int, ...] = ()
    filters: tuple[Filter, ...] = ()
    authorities: frozenset[str] = frozenset()


class Asked(Struct, frozen=True):
    """What an intent asks for, None where that is not known; ``known`` data and type."""

    actions: frozenset[str] | None
    categories: frozenset[str]
    schemes: frozenset[str] | None
    types: frozenset[str] | None
    has_data: bool


class Manifest:
    """Components that the app declares and holds, application and providers first."""

    def __init__(self, facts: Facts, world: World) -> None:
        self._facts = facts
        self._world = world

    @cached_property
    def package(self) -> str:
        """Name of the package."""
        rows = self._facts.table(APP).rows("key", "value")
        return next((value for key, value in rows if key == "package"), "")

    @cached_property
    def components(self) -> Sequence[Component]:
        """All that are switched on; an alias opens its target and adds its filters.

        Those that nothing opens (`flow.opened`) come last, so that the rest is not cut for them.
        """
        table = self._facts.table(COMPONENTS)
        aliases: dict[int, list[int]] = {}
        for row, (kind, node) in enumerate(table.rows("kind", "type")):
            if kind == "alias":
                aliases.setdefault(node, []).append(row)
        found = []
        for row, (kind, node, enabled) in enumerate(table.rows("kind", "type", "enabled")):
            if kind != "alias" and self._world.is_own(node) and enabled:
                rows = (row, *aliases.get(node, ()))
                found.append(self._component(kind, node, rows))
        return sorted(found, key=self._rank)

    def _rank(self, one: Component) -> int:
        return STARTED_FIRST.get(one.kind, 2 if self._opens(one.node) else 3)

    def _opens(self, node: int) -> bool:
        """Whether an object of a component's class may ever be made."""
        facts = self._facts
        methods = facts.methods_of(int(self._world.hierarchy.class_row[node]))
        states = facts.table(REACH)["state"]
        makers = [states[one] for one in methods if facts.method_name(one) == "<init>"]
        return not makers or any(state != "unreached" for state in makers)

    def _component(self, kind: str, node: int, rows: Sequence[int]) -> Component:
        exported = self._facts.table(COMPONENTS)["exported"]
        above = set(self._world.hierarchy.above.of(node).tolist())
        return Component(
            kind,
            node,
            any(bool(exported[row]) for row in rows),
            tuple(m for m in self._clicks if self._world.method(m).owner in above),
            tuple(one for row in rows for one in self._filters.get(row, ())),
            self._authorities.get(rows[0], frozenset()),
        )

    @cached_property
    def by_node(self) -> Mapping[int, Component]:
        """Components by the node of their class."""
        return {one.node: one for one in self.components}

    def node(self, name: str) -> int:
        """Node of a class that a component name means, -1 for none; ``.Short`` is completed."""
        full = f"{self.package}{name}" if name.startswith(".") else name
        return self._world.node(full.replace(".", "/"))

    def matching(self, kind: str, asked: Asked) -> list[Component]:
        """Components of a kind that the system may choose for an implicit intent."""
        return [
            one
            for one in self.components
            if one.kind == kind and any(matches(f, asked, kind) for f in one.filters)
        ]

    def provider(self, address: str) -> Component | None:
        """The app's own provider that a content address means."""
        authority = address.partition("://")[2].partition("/")[0]
        for one in self.components:
            if authority and authority in one.authorities:
                return one
        return None

    def is_own_store(self, address: str) -> bool:
        """Whether a content address is that of a provider of the app."""
        return self.provider(address) is not None

    @cached_property
    def _clicks(self) -> Sequence[int]:
        rows = self._facts.table(ENTRY_POINTS).rows("method", "component", "because")
        return [
            method
            for method, component, because in rows
            if component < 0 and because.startswith("android:onClick")
        ]

    @cached_property
    def _filters(self) -> Mapping[int, Sequence[Filter]]:
        parts: dict[tuple[int, int], dict[str, set[str]]] = {}
        rows = self._facts.table(INTENT_FILTERS).rows("component", "filter", "part", "value")
        for component, number, part, value in rows:
            listed = parts.setdefault((component, number), {})
            listed.setdefault(part, set()).add(value)
        found: dict[int, list[Filter]] = {}
        for (component, _), listed in parts.items():
            found.setdefault(component, []).append(
                Filter(
                    frozenset(listed.get("action", ())),
                    frozenset(listed.get("category", ())),
                    frozenset(listed.get("scheme", ())),
                    frozenset(listed.get("mime_type", ())),
                    any(part in listed for part in DATA_PARTS),
                )
            )
        return found

    @cached_property
    def _authorities(self) -> Mapping[int, frozenset[str]]:
        named = {
            node: value
            for node, name, value in self._facts.table(XML_ATTRIBUTES).rows("node", "name", "value")
            if name == "authorities"
        }
        nodes = self._facts.table(COMPONENTS)["node"].tolist()
        return {
            row: frozenset(named[node].split(";"))
            for row, node in enumerate(nodes)
            if node in named
        }


def matches(one: Filter, asked: Asked, kind: str) -> bool:
    """Whether an intent passes a filter, as far as both are known."""
    if asked.actions is not None and not asked.actions & one.actions:
        return False
    wanted = asked.categories | ({DEFAULT} if kind == "activity" else frozenset())
    if not wanted <= one.categories:
        return False
    if not asked.has_data:
        return not one.wants_data
    if one.schemes and asked.schemes is not None and not asked.schemes & one.schemes:
        return False
    if one.types and asked.types is not None:
        return any(_type_fits(mine, other) for mine in one.types for other in asked.types)
    return one.wants_data


def _type_fits(pattern: str, kind: str) -> bool:
    major, _, minor = pattern.partition("/")
    other, _, detail = kind.partition("/")
    return (major in ("*", other) or other == "*") and (minor in ("*", detail) or detail == "*")
