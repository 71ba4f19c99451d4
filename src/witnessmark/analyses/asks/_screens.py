"""Which layouts are screens of the app, and which code opens them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from witnessmark.analyses.asks._layouts import Layouts, View
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.tables.resources import RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.library_layouts import LibraryLayout

OWN_CODE = ("own", "other")


@dataclass(frozen=True, slots=True)
class Opening:
    """Code that names the layout."""

    method: int
    pc: int


@dataclass(frozen=True, slots=True)
class Screen:
    """A layout of the app's own with the code that opens it, if any."""

    name: str
    root: View
    openings: tuple[Opening, ...]


def screens(facts: Facts, know: Knowledge) -> Iterator[Screen]:
    """Screens in order of name.

    Left out: layouts that only libraries open, and layouts that nobody opens and whose name is
    one that libraries bring along.
    """
    layouts = Layouts(facts)
    openings = _openings(facts)
    library = know.entries("library_layouts", LibraryLayout)
    for name in layouts.names():
        root = layouts.tree(name)
        uses = openings.get(name, [])
        own = tuple(use for use in uses if _is_own(facts, use.method))
        brought_along = any(entry.recognises(name) for entry in library)
        if root is None or (uses and not own) or (not own and brought_along):
            continue
        yield Screen(name, root, own)


def _openings(facts: Facts) -> Mapping[str, list[Opening]]:
    layouts = {
        resource: name
        for resource, kind, name in facts.table(RESOURCES).rows("resource", "type", "name")
        if kind == "layout"
    }
    found: dict[str, list[Opening]] = defaultdict(list)
    for method, pc, resource in resource_uses(facts).rows():
        if resource in layouts:
            found[layouts[resource]].append(Opening(method, pc))
    return found


def _is_own(facts: Facts, method: int) -> bool:
    owner = int(facts.table(METHODS)["class"][method])
    table = facts.table(SDK_CLASSES)
    return not 0 <= owner < len(table) or str(table["ownership"][owner]) in OWN_CODE
