"""Entry points that files declare: the manifest, layouts and other XML.

Only declared components count: a class that extends ``Activity`` without being declared cannot
be started. Application and providers come first, as the system starts them first.

Source: developer.android.com/guide/components/fundamentals and
developer.android.com/guide/topics/manifest/manifest-intro.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import METHODS, PROTO_PARAMETERS, PROTOS
from witnessmark.facts.tables.manifest import APP, COMPONENTS, XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.view import Facts
from witnessmark.flow.dispatch import OBJECT
from witnessmark.flow.graph import Flags, distinct, ints
from witnessmark.flow.program import Program
from witnessmark.flow.reflection import class_names
from witnessmark.knowledge.framework import FrameworkModel
from witnessmark.model.distinct import among
from witnessmark.model.table import Table

STARTED_FIRST = ("application", "provider")
NAMES_ONLY = frozenset({"targetActivity", "parentActivityName", "manageSpaceActivity"})
"""Attributes that name a component without creating it."""

COMPONENT_TYPES = (
    "android/app/Activity", "android/app/Service", "android/content/BroadcastReceiver",
    "android/content/ContentProvider", "android/app/Application",
)  # fmt: skip
XML_CONSTRUCTORS = frozenset({"", "L", "LL", "LLI", "LLII"})
"""Parameter letters of the constructors by which XML creates objects."""


class Entry(Struct, frozen=True):
    """One entry point; the fields are the columns of `ENTRY_POINTS`, in order."""

    method: int
    kind: str
    because: str
    component: int = -1
    exported: bool = False
    by_method: int = -1
    pc: int = -1
    artifact: int = -1
    offset: int = 0
    length: int = 0


class Click(Struct, frozen=True):
    """A click handler that a layout names, and the classes of components that have it."""

    entry: Entry
    nodes: frozenset[int]


class Declared(Struct, frozen=True):
    """What files declare: entry points in order, and the classes that are created.

    ``missing`` are declared components that the code lacks, ``present`` how many it has;
    ``clicks`` are among the entries, ``components`` pairs of component row and class node.
    """

    entries: tuple[Entry, ...]
    nodes: tuple[int, ...]
    missing: tuple[str, ...]
    present: int
    clicks: tuple[Click, ...] = ()
    components: tuple[tuple[int, int], ...] = ()

    @property
    def hollow(self) -> bool:
        """Whether the code here cannot be all of the app's: most of what starts it is missing."""
        return len(self.missing) > self.present


class _Place(Struct, frozen=True):
    """Where and how a class is named."""

    because: str
    component: int
    exported: bool
    artifact: int
    offset: int
    length: int


def declared_entries(facts: Facts, program: Program, model: FrameworkModel) -> Declared:
    """Entry points of components, of classes named in XML and of click handlers."""
    entries: list[Entry] = []
    nodes: list[int] = []
    missing: list[str] = []
    components: list[tuple[int, int]] = []
    constructors = _constructors(program)
    for kind, row, node, place in _components(facts, program):
        if node < 0:
            name = str(facts.table(COMPONENTS)["class_name"][row])
            missing.extend([name] if name.replace(".", "/") not in model else [])
            continue
        nodes.append(node)
        components.append((row, node))
        entries.extend(_of_class(program, node, kind, place, constructors, frozenset({""})))
    present = len(nodes)
    seen = set(nodes)
    for node, place in _named_in_xml(facts, program):
        if node not in seen:
            seen.add(node)
            nodes.append(node)
            kind = role_of(program, model, node)
            entries.extend(_of_class(program, node, kind, place, constructors, XML_CONSTRUCTORS))
    clicks = tuple(_click_handlers(facts, program, set(nodes)))
    entries.extend(click.entry for click in clicks)
    for node, place in _tested(facts, program, model):
        if node not in seen:
            seen.add(node)
            nodes.append(node)
            entries.extend(_of_class(program, node, "test", place, constructors, frozenset({""})))
    absent = tuple(sorted(set(missing)))
    return Declared(tuple(entries), tuple(nodes), absent, present, clicks, tuple(components))


def role_of(program: Program, model: FrameworkModel, node: int) -> str:
    """Kind of the first role that fits a type above ``node``; ``callback`` for none.

    A role whose type begins with ``*`` fits outside types by the end of their name.
    """
    hierarchy = program.hierarchy
    above = {hierarchy.names[other]: other for other in hierarchy.above.of(node).tolist()}
    endings = tuple(name for name, other in above.items() if hierarchy.class_row[other] < 0)
    for role in model.roles:
        by_end = role.type[0] == "*" and any(name.endswith(role.type[1:]) for name in endings)
        if by_end or role.type in above:
            return role.kind
    return "callback"


def barred_nodes(program: Program) -> Flags:
    """Component classes: only the system creates them, and only when they are declared."""
    flags = np.zeros(program.hierarchy.size, dtype=bool)
    for name in COMPONENT_TYPES:
        if name in program.hierarchy.nodes:
            flags[program.hierarchy.under.of(program.hierarchy.nodes[name])] = True
    return flags


def _components(facts: Facts, program: Program) -> Iterator[tuple[str, int, int, _Place]]:
    """(kind, component, node or -1, place), application and providers first.

    An alias opens its target where the target itself is closed.
    """
    table = facts.table(COMPONENTS)
    own = program.hierarchy.class_row
    kinds = table["kind"].tolist()
    opened = {
        target: row
        for row, target in enumerate(table["class_name"].tolist())
        if kinds[row] == "alias" and table["exported"][row]
    }
    order = sorted(range(len(table)), key=lambda row: (_rank(kinds[row]), row))
    for row in order:
        if kinds[row] == "alias" or not table["class_name"][row]:
            continue
        node = int(table["type"][row])
        exported = bool(table["exported"][row]) or table["class_name"][row] in opened
        state = "" if table["enabled"][row] else ", switched off there"
        because = f"declared as {kinds[row]} in the manifest{state}"
        place = _Place(because, row, exported, *_span(table, row))
        yield kinds[row], row, node if node >= 0 and own[node] >= 0 else -1, place


def _rank(kind: str) -> int:
    return STARTED_FIRST.index(kind) if kind in STARTED_FIRST else len(STARTED_FIRST)


def _span(table: Table, row: int) -> tuple[int, int, int]:
    return int(table["artifact"][row]), int(table["offset"][row]), int(table["length"][row])


def _constructors(program: Program) -> Mapping[int, list[tuple[int, str]]]:
    """Constructors by class node, with their parameter letters."""
    index = program.index
    name = index.names.ids.get(b"<init>", -1)
    letters = {
        n: text.partition(":")[2] for text, n in index.loose_ids.items() if text[:7] == "<init>:"
    }
    found: dict[int, list[tuple[int, str]]] = {}
    for method in np.flatnonzero((index.names.of_method == name) & index.body).tolist():
        found.setdefault(int(index.owner[method]), []).append(
            (method, letters[int(index.loose[method])])
        )
    return found


def _of_class(
    program: Program,
    node: int,
    kind: str,
    place: _Place,
    constructors: Mapping[int, list[tuple[int, str]]],
    forms: frozenset[str],
) -> Iterator[Entry]:
    """Constructors, initialisers and framework callbacks of a class that the system creates."""
    dispatch, names = program.dispatch, program.hierarchy.names
    root = program.hierarchy.nodes.get(OBJECT, -1)
    span = (place.artifact, place.offset, place.length)

    def entry(method: int, why: str) -> Entry:
        because = f"{place.because}; {why}"
        return Entry(method, kind, because, place.component, place.exported, -1, -1, *span)

    for method in program.initialisers.of(node).tolist():
        yield entry(method, "the class is initialised when it is loaded")
    for method, letters in constructors.get(node, ()):
        if letters in forms:
            yield entry(method, "the system creates it")
    rows = dispatch.by_type.of(node)
    rows = rows[(dispatch.hub[rows] == dispatch.always) & (dispatch.declared[rows] != root)]
    seen: set[int] = set()
    for row in rows.tolist():
        method, declared = int(dispatch.target[row]), int(dispatch.declared[row])
        if method not in seen:
            seen.add(method)
            yield entry(method, f"overrides a method of {names[declared].replace('/', '.')}")


def _named_in_xml(facts: Facts, program: Program) -> Iterator[tuple[int, _Place]]:
    """Classes that an element or attribute of any XML names, components left aside."""
    by_name = class_names(program.hierarchy)
    package = _package(facts)
    barred = barred_nodes(program)
    concrete = program.hierarchy.concrete
    components = set(facts.table(COMPONENTS)["node"].tolist())
    nodes, attributes = facts.table(XML_NODES), facts.table(XML_ATTRIBUTES)
    paths = facts.table(XML_FILES)["path"].tolist()
    files = nodes["file"]
    for row, name in enumerate(nodes["name"].tolist()):
        node = by_name.get(name, -1) if "." in name else -1
        if node >= 0 and concrete[node] and not barred[node]:
            yield node, _Place(f"element of {paths[files[row]]}", -1, False, *_span(nodes, row))
    for row, (element, name, value) in enumerate(attributes.rows("node", "name", "value")):
        node = _class_in(value, by_name, package)
        if node < 0 or barred[node] or not concrete[node] or name in NAMES_ONLY:
            continue
        if element not in components or name != "name":
            because = f"named by {name} in {paths[files[element]]}"
            yield node, _Place(because, -1, False, *_span(attributes, row))


def _tested(facts: Facts, program: Program, model: FrameworkModel) -> Iterator[tuple[int, _Place]]:
    """Classes with test methods, where the manifest declares a harness that runs them."""
    elements = facts.table(XML_NODES)
    harness = np.flatnonzero(elements["name"] == "instrumentation").tolist()
    marks = {
        program.hierarchy.nodes.get(handler.annotation, -1)
        for handler in model.handlers
        if handler.kind == "test"
    }
    dispatch = program.dispatch
    rows = np.flatnonzero(among(dispatch.declared, sorted(marks - {-1})))
    if harness:
        place = _Place("run by the declared test harness", -1, False, *_span(elements, harness[0]))
        yield from ((node, place) for node in distinct(dispatch.type[rows]).tolist())


def _class_in(value: str, by_name: Mapping[str, int], package: str) -> int:
    """Class that an attribute value names, also as ``.Short`` or behind a colon."""
    if "." not in value or len(value) > 400:
        return -1
    text = package + value if value[0] == "." else value
    found = by_name.get(text, -1)
    return found if found >= 0 else by_name.get(text.rpartition(":")[2], -1)


def _package(facts: Facts) -> str:
    return next((v for k, v in facts.table(APP).rows("key", "value") if k == "package"), "")


def _click_handlers(facts: Facts, program: Program, created: set[int]) -> Iterator[Click]:
    """Methods that ``android:onClick`` names, in classes of declared activities."""
    index, hierarchy = program.index, program.hierarchy
    attributes = facts.table(XML_ATTRIBUTES)
    rows = np.flatnonzero(attributes["name"] == "onClick").tolist()
    context = hierarchy.nodes.get("android/content/Context", -1)
    owners: dict[int, set[int]] = {}
    for node in created:
        if context >= 0 and hierarchy.is_below(node, context):
            for above in hierarchy.above.of(node).tolist():
                owners.setdefault(above, set()).add(node)
    for row in rows:
        value = str(attributes["value"][row])
        key = index.loose_ids.get(f"{value}:L", -1)
        for method in np.flatnonzero((index.loose == key) & index.virtual & index.body).tolist():
            having = owners.get(int(index.owner[method]))
            if having is not None and _takes_view(facts, program, method):
                because, span = f"android:onClick names {value}", _span(attributes, row)
                entry = Entry(method, "listener", because, -1, False, -1, -1, *span)
                yield Click(entry, frozenset(having))


def _takes_view(facts: Facts, program: Program, method: int) -> bool:
    first = int(facts.table(PROTOS)["first_parameter"][int(facts.table(METHODS)["proto"][method])])
    node = int(ints(facts.table(PROTO_PARAMETERS)["type"])[first])
    return program.hierarchy.names[node] in ("android/view/View", "android/view/MenuItem")
