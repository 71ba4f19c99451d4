"""Words that an app shows: text resources, items of lists, texts of screens, constants of code.

Each with its place, and with the methods that use it: by its own id, by the id of the list or
screen that holds it, or by loading the constant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from witnessmark.analyses.app_texts import LIBRARY_RESOURCES, OWN, code_texts
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.model.evidence import Evidence
from witnessmark.model.location import ReadsAs

Source = Literal["resource", "list", "screen", "code"]

SCREEN_FOLDERS = frozenset({"layout", "menu", "xml", "navigation"})
SHOWN = frozenset({"text", "title", "label", "hint", "summary", "contentDescription", "entries"})
"""Attributes whose words people see."""

OWN_AND_OTHER = OWN | {"other"}
LONGEST_LABEL = 400


class Label(Struct, frozen=True):
    """One text that people see or that code holds.

    ``home``     what holds it: the resource's name, ``array/NAME``, ``layout/NAME``, or empty.
    ``screens``  layouts, menus and the like that show it.
    ``methods``  methods that use it or what holds it; empty where that is not known.
    """

    text: str
    source: Source
    home: str
    artifact: int
    offset: int
    length: int
    reads_as: ReadsAs
    screens: tuple[str, ...] = ()
    methods: tuple[int, ...] = ()

    def quote(self, facts: Facts, says: str = "") -> Evidence:
        """Evidence that quotes the whole text."""
        place: dict[str, str | int] = {"in": self.home} if self.home else {}
        says = says or f"the text stands in {self.home or 'the code'}"
        return facts.quote(says, self.artifact, self.offset, self.length, self.reads_as, place)


@once_an_app
def labels_of(facts: Facts) -> tuple[Label, ...]:
    """Every label of the app's own, in the order screens, resources, lists, code.

    ``facts`` with the table ``sdk_classes``. Linear in attributes, resources and constants.
    """
    by_id = _methods_by_resource(facts)
    return (
        *_of_screens(facts, by_id),
        *_of_resources(facts, by_id),
        *_of_lists(facts, by_id),
        *_of_code(facts),
    )


def _methods_by_resource(facts: Facts) -> Mapping[int, tuple[int, ...]]:
    found: dict[int, set[int]] = defaultdict(set)
    for method, resource in resource_uses(facts).rows("method", "resource"):
        found[resource].add(method)
    return {resource: tuple(sorted(methods)) for resource, methods in found.items()}


def _file_ids(facts: Facts) -> Mapping[tuple[str, str], int]:
    """Ids of screens by type and name."""
    return {
        (kind, name): resource
        for resource, kind, name in facts.table(RESOURCES).rows("resource", "type", "name")
        if kind in SCREEN_FOLDERS
    }


def _screens(facts: Facts) -> Mapping[int, str]:
    """``layout/NAME`` by row of ``xml_files``."""
    return {
        row: f"{folder}/{name}"
        for row, (folder, name) in enumerate(facts.table(XML_FILES).rows("folder", "name"))
        if folder in SCREEN_FOLDERS and not name.startswith(LIBRARY_RESOURCES)
    }


def _of_screens(facts: Facts, by_id: Mapping[int, tuple[int, ...]]) -> Iterator[Label]:
    """Texts that stand in a screen itself, not by reference."""
    screens, ids = _screens(facts), _file_ids(facts)
    files = facts.table(XML_NODES)["file"]
    columns = (
        "node", "name", "value", "resource", "reads_as", "artifact", "offset", "length",
    )  # fmt: skip
    for node, name, value, resource, reads_as, artifact, offset, length in facts.table(
        XML_ATTRIBUTES
    ).rows(*columns):
        home = screens.get(int(files[node])) if name in SHOWN else None
        if home is None or resource or not value.strip() or value[0] in "@?" or value.isdigit():
            continue
        folder, _, screen = home.partition("/")
        methods = by_id.get(ids.get((folder, screen), -1), ())
        yield Label(value, "screen", home, artifact, offset, length, reads_as, (home,), methods)


def _showing(facts: Facts) -> Mapping[int, tuple[str, ...]]:
    """Screens by the resource that they show."""
    screens, files = _screens(facts), facts.table(XML_NODES)["file"]
    found: dict[int, set[str]] = defaultdict(set)
    for node, name, resource in facts.table(XML_ATTRIBUTES).rows("node", "name", "resource"):
        home = screens.get(int(files[node])) if resource and name in SHOWN else None
        if home is not None:
            found[resource].add(home)
    return {resource: tuple(sorted(homes)) for resource, homes in found.items()}


def _of_resources(facts: Facts, by_id: Mapping[int, tuple[int, ...]]) -> Iterator[Label]:
    names = {
        resource: name
        for resource, kind, name in facts.table(RESOURCES).rows("resource", "type", "name")
        if kind == "string" and not name.startswith(LIBRARY_RESOURCES)
    }
    showing, ids = _showing(facts), _file_ids(facts)
    seen: set[tuple[int, str]] = set()
    for resource, kind, text, reads_as, artifact, offset, length in facts.table(
        RESOURCE_VALUES
    ).rows("resource", "kind", "text", "reads_as", "artifact", "offset", "length"):
        if kind != "string" or resource not in names or (resource, text) in seen:
            continue
        if not text.strip() or len(text) > LONGEST_LABEL:
            continue
        seen.add((resource, text))
        screens = showing.get(resource, ())
        methods = {*by_id.get(resource, ())}
        for screen in screens:
            folder, _, name = screen.partition("/")
            methods.update(by_id.get(ids.get((folder, name), -1), ()))
        yield Label(
            text, "resource", names[resource], artifact, offset, length, reads_as, screens,
            tuple(sorted(methods)),
        )  # fmt: skip


def _of_lists(facts: Facts, by_id: Mapping[int, tuple[int, ...]]) -> Iterator[Label]:
    names = {
        resource: f"array/{name}"
        for resource, kind, name in facts.table(RESOURCES).rows("resource", "type", "name")
        if kind == "array" and not name.startswith(LIBRARY_RESOURCES)
    }
    bags = facts.table(RESOURCE_VALUES)["resource"]
    showing = _showing(facts)
    for value, kind, text, reads_as, artifact, offset, length in facts.table(RESOURCE_ITEMS).rows(
        "value", "kind", "text", "reads_as", "artifact", "offset", "length"
    ):
        bag = int(bags[value])
        if kind != "string" or bag not in names or not text.strip() or len(text) > LONGEST_LABEL:
            continue
        yield Label(
            text, "list", names[bag], artifact, offset, length, reads_as, showing.get(bag, ()),
            by_id.get(bag, ()),
        )  # fmt: skip


def _of_code(facts: Facts) -> Iterator[Label]:
    for text in code_texts(facts, OWN_AND_OTHER):
        if text.text.strip() and len(text.text) <= LONGEST_LABEL:
            yield Label(
                text.text, "code", "", text.artifact, text.offset, text.length, text.reads_as,
                (), text.methods,
            )  # fmt: skip
