"""Layouts as trees, includes put in their places, words resolved by locale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts, once_an_app

DEEPEST_INCLUDE = 8
NO_VIEWS = frozenset({"requestFocus", "tag", "data", "import", "variable"})
"""Elements of a layout that are no views."""

INCLUDING = ("include", "ViewStub")
"""Elements in whose place another layout stands."""


class View(Struct):
    """One element of a screen; ``row`` is its row in ``xml_nodes``."""

    row: int
    name: str
    attributes: Mapping[str, tuple[str, int]]
    parent: View | None = None
    children: list[View] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Value of an attribute by local name, empty when absent."""
        return self.attributes.get(name, ("", -1))[0]

    def attribute_row(self, name: str) -> int:
        """Row of an attribute in ``xml_attributes``, -1 when absent."""
        return self.attributes.get(name, ("", -1))[1]

    @property
    def class_name(self) -> str:
        """Element name, or the class that a ``<view class=…>`` names."""
        return self.get("class") if self.name == "view" else self.name

    def walk(self) -> Iterator[View]:
        """The view and everything below it, in document order."""
        waiting = [self]
        while waiting:
            view = waiting.pop()
            yield view
            waiting.extend(reversed(view.children))


class Wording(Struct, frozen=True):
    """One text in one locale (empty for the default)."""

    locale: str
    text: str


class Layouts:
    """All files of one folder of resources by name, in their default configuration."""

    def __init__(self, facts: Facts, kind: str = "layout") -> None:
        self._nodes = facts.table(XML_NODES)
        self._files = _default_files(facts, kind)
        self._by_file: dict[int, list[int]] = defaultdict(list)
        wanted = set(self._files.values())
        for row, file in enumerate(self._nodes["file"].tolist()):
            if file in wanted:
                self._by_file[file].append(row)
        self._attributes = _attributes(facts)

    def names(self) -> tuple[str, ...]:
        """Names of all layouts, sorted."""
        return tuple(sorted(self._files))

    def file(self, name: str) -> int:
        """Row in ``xml_files`` of a layout."""
        return self._files[name]

    def included_in(self) -> Mapping[str, frozenset[str]]:
        """Layouts that stand in others by ``include`` or as a stub, and in which."""
        found: dict[str, set[str]] = defaultdict(set)
        for name, file in self._files.items():
            for row in self._by_file.get(file, ()):
                element = str(self._nodes["name"][row])
                if element in INCLUDING:
                    target = self._attributes.get(row, {}).get("layout", ("", -1))[0]
                    found[target.removeprefix("@layout/")].add(name)
        return {name: frozenset(around) for name, around in found.items()}

    def tree(self, name: str) -> View | None:
        """The layout with its includes expanded; None when it is empty."""
        return self._tree(name, 0)

    def _tree(self, name: str, depth: int) -> View | None:
        rows = self._by_file.get(self._files.get(name, -1), ())
        views: dict[int, View] = {}
        root: View | None = None
        for row in rows:
            parent = views.get(int(self._nodes["parent"][row]))
            view = View(row, str(self._nodes["name"][row]), self._attributes.get(row, {}), parent)
            views[row] = view
            included = self._included(view, depth)
            if view.name in NO_VIEWS:
                continue
            for placed in [view] if included is None else included:
                placed.parent = parent
                if parent is None:
                    root = root or placed
                else:
                    parent.children.append(placed)
        return root

    def _included(self, view: View, depth: int) -> list[View] | None:
        if view.name not in INCLUDING or depth >= DEEPEST_INCLUDE:
            return None
        target = self._tree(view.get("layout").removeprefix("@layout/"), depth + 1)
        if target is None:
            return None
        if target.name == "merge":
            return target.children
        if target.name == "layout" and len(target.children) == 1:
            return target.children
        self._placed_as(target, view)
        return [target]

    def _placed_as(self, target: View, include: View) -> None:
        """An include's own id, place and size count before those of the layout's root."""
        own = {
            name: value
            for name, value in include.attributes.items()
            if name.startswith("layout_") or name in ("id", "visibility")
        }
        target.attributes = {**target.attributes, **own}


def _default_files(facts: Facts, kind: str) -> dict[str, int]:
    files: dict[str, tuple[tuple[bool, str], int]] = {}
    for row, (folder, name, configuration) in enumerate(
        facts.table(XML_FILES).rows("folder", "name", "configuration")
    ):
        rank = (configuration != "", configuration)
        if folder == kind and (name not in files or rank < files[name][0]):
            files[name] = (rank, row)
    return {name: row for name, (_, row) in files.items()}


def _attributes(facts: Facts) -> dict[int, dict[str, tuple[str, int]]]:
    by_node: dict[int, dict[str, tuple[str, int]]] = defaultdict(dict)
    for row, (node, namespace, name, value) in enumerate(
        facts.table(XML_ATTRIBUTES).rows("node", "namespace", "name", "value")
    ):
        if namespace != "tools":
            by_node[node].setdefault(name, (value, row))
    return by_node


@once_an_app
def wordings_by_name(facts: Facts) -> Mapping[str, tuple[tuple[Wording, int], ...]]:
    """``string/name`` to its texts by locale, each with its row in ``resource_values``."""
    names = {
        resource: f"{kind}/{name}"
        for resource, kind, name in facts.table(RESOURCES).rows("resource", "type", "name")
        if kind in ("string", "array", "plurals")
    }
    found: dict[str, list[tuple[Wording, int]]] = defaultdict(list)
    table = facts.table(RESOURCE_VALUES)
    for row, (resource, locale, kind, text) in enumerate(
        table.rows("resource", "locale", "kind", "text")
    ):
        name = names.get(resource)
        if name is not None and kind == "string":
            found[name].append((Wording(locale, text), row))
    return {
        name: tuple(sorted(texts, key=lambda one: one[0].locale)) for name, texts in found.items()
    }


def wordings(facts: Facts, value: str) -> tuple[tuple[Wording, int], ...]:
    """What an attribute value says: its texts by locale, or itself with row -1."""
    if value.startswith("@"):
        return wordings_by_name(facts).get(value[1:].rpartition(":")[2], ())
    return ((Wording("", value), -1),) if value else ()
