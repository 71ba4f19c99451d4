"""Declared components that nothing opens, and those that the app opens by naming them.

The system starts a component because an intent passes one of its filters, because another app
names it, or because this app names it. A component that is closed to other apps and has no filter
only has the last way: somewhere running code, a resource or a file of the app has to name its
class. A screen that was built and never linked, or whose button says "under construction", is
declared all the same; nobody ever sees it.

A name counts when code that runs holds the class object, makes an object of the class or loads a
text that ends in its simple name (``"com.example." + "Screen"``), when a static field starts with
such a text, or when XML, a resource, a program in another language or a native library spells a
name with a dot that ends so. Where the app's own code finds components by names that are put
together at run time, the components left over are unknown instead.

Source: developer.android.com/guide/topics/manifest/activity-element (``exported``: without a
filter "the activity can be launched only by components of the same application"), and the pages
of ``service`` and ``receiver``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from witnessmark.facts.search import string_bytes, used_strings, used_strings_matching
from witnessmark.facts.tables.code import STATIC_VALUES, STRING_USES, TYPE_USES
from witnessmark.facts.tables.manifest import APP, COMPONENTS, INTENT_FILTERS, XML_ATTRIBUTES
from witnessmark.facts.tables.native import NATIVE_STRINGS
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.tables.scripts import SCRIPT_TEXTS
from witnessmark.facts.view import Facts
from witnessmark.flow.entries import Click, Declared, Entry
from witnessmark.flow.graph import Flags, Ints, ints
from witnessmark.flow.program import CONST_CLASS, Program
from witnessmark.flow.search import Reached, Search, Seeds
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.distinct import among, distinct

CLOSABLE = frozenset({"activity", "service", "receiver"})
"""Application and providers are started with the process, whoever names them."""

LOOKUPS = ("class_by_name", "code")
"""Kinds of `knowledge.framework.UnseenCall` by which a class may be found unseen."""

ENDING = kept_regex(r"[./$:]([^./$:]+)$")
"""The last part of a dotted name."""


class Opened(Struct, frozen=True):
    """``declared`` without what nothing opens, what that reaches, and what may open unseen.

    ``unseen`` is empty where nothing could name a component that was not found here.
    """

    declared: Declared
    reached: Reached
    unseen: Seeds


def open_components(facts: Facts, program: Program, search: Search, declared: Declared) -> Opened:
    """Search from what the system starts, then from each component as it comes to be named."""
    waiting = _closed(facts, program, declared)
    if not waiting:
        return Opened(declared, search.go_on(_seeds(declared)), _nothing())
    names = _Names(facts, program, waiting)
    for row in names.in_files():
        waiting.pop(row, None)
    live = _without(declared, waiting)
    reached = search.go_on(_seeds(live))
    while found := names.in_code(reached) & set(waiting):
        for row in found:
            del waiting[row]
        live = _without(declared, waiting)
        reached = search.go_on(_seeds(live))
    doubtful = {row: waiting[row] for row in _doubtful(facts, program, reached, names, waiting)}
    certain = {row: node for row, node in waiting.items() if row not in doubtful}
    return Opened(live, reached, _between(live, _without(declared, certain)))


def _doubtful(
    facts: Facts,
    program: Program,
    reached: Reached,
    names: _Names,
    waiting: Mapping[int, int],
) -> set[int]:
    """Components that a name put together at run time could mean.

    One that only code names which nothing starts could be found by any look-up; one that nothing
    names, by a look-up of the app's own.
    """
    lookups = _lookups(facts, program, reached)
    if not len(lookups):
        return set()
    if own_classes(facts, program)[program.index.owner[lookups]].any():
        return set(waiting)
    return names.in_code(None) & set(waiting)


def _closed(facts: Facts, program: Program, declared: Declared) -> dict[int, int]:
    """Rows of components that only the app can start, with the node of their class.

    None where no component at all is open: then what starts the app is not in this manifest.
    """
    table = facts.table(COMPONENTS)
    filtered = set(facts.table(INTENT_FILTERS)["component"].tolist())
    aliased = {name for kind, name in table.rows("kind", "class_name") if kind == "alias"}
    columns = ("kind", "class_name", "type", "exported")
    closed: dict[int, int] = {}
    opened = 0
    for row, (kind, name, node, exported) in enumerate(table.rows(*columns)):
        if kind not in CLOSABLE:
            continue
        if exported or row in filtered or name in aliased:
            opened += 1
        elif node >= 0 and program.hierarchy.class_row[node] >= 0:
            closed[row] = int(node)
    return closed if opened and not declared.hollow else {}


class _Names:
    """Where the app names its closed components."""

    def __init__(self, facts: Facts, program: Program, closed: Mapping[int, int]) -> None:
        self._facts = facts
        names = program.hierarchy.names
        self._by_ending: dict[str, set[int]] = {}
        self._by_node: dict[int, set[int]] = {}
        for row, node in closed.items():
            self._by_ending.setdefault(re.split(r"[/$]", names[node])[-1], set()).add(row)
            self._by_node.setdefault(node, set()).add(row)
        uses = facts.table(TYPE_USES)
        meant = among(ints(uses["type"]), sorted(self._by_node))
        self._objects = np.flatnonzero(meant & (uses["opcode"] == CONST_CLASS))
        self._texts = self._of_texts()

    def in_files(self) -> set[int]:
        """Components that a file of the app names, or a static field from its start."""
        values = self._facts.table(STATIC_VALUES)
        held = ints(values["ref"])[values.where("kind", "string")]
        found = {row for text in set(held.tolist()) for row in self._texts.get(text, ())}
        own = {
            int(node) for node in self._facts.table(COMPONENTS)["node"].tolist()
        }  # an element of the manifest that declares a component
        rows = self._facts.table(XML_ATTRIBUTES).rows("node", "name", "value")
        found |= self._spelled(
            value for node, name, value in rows if node not in own or name != "name"
        )
        for schema, column in (
            (RESOURCE_VALUES, "text"), (SCRIPT_TEXTS, "text"), (NATIVE_STRINGS, "text"),
        ):  # fmt: skip
            found |= self._spelled(self._facts.table(schema)[column].tolist())
        return found

    def in_code(self, reached: Reached | None) -> set[int]:
        """Components that code names, that which runs (``reached``) or any."""
        uses, objects = self._facts.table(TYPE_USES), self._objects
        loads = self._facts.table(STRING_USES)
        rows = np.flatnonzero(among(ints(loads["string"]), sorted(self._texts)))
        if reached is not None:
            objects = objects[reached.methods[ints(uses["method"])[objects]]]
            rows = rows[reached.methods[ints(loads["method"])[rows]]]
        nodes = set(ints(uses["type"])[objects].tolist())
        texts = set(ints(loads["string"])[rows].tolist())
        if reached is not None:
            nodes |= {node for node in self._by_node if reached.nodes[node]}
        return {
            *(row for node in nodes for row in self._by_node[node]),
            *(row for text in texts for row in self._texts[text]),
        }

    def _of_texts(self) -> dict[int, set[int]]:
        """Strings of code that end in the simple name of a component, with the components."""
        endings = b"|".join(sorted(re.escape(name.encode()) for name in self._by_ending))
        used_strings(self._facts)
        pattern = re.compile(rb"(?<![^\x00./$:])(?:" + endings + rb")(?=\x00)")
        rows = used_strings_matching(self._facts, pattern)
        texts = string_bytes(self._facts, np.array(rows, dtype=np.int64))
        return {
            row: self._by_ending.get(
                re.split(rb"[./$:]", text)[-1].decode("utf-8", "replace"), set()
            )
            for row, text in zip(rows, texts, strict=True)
        }

    def _spelled(self, texts: Iterable[object]) -> set[int]:
        """Components named by texts that hold a dotted or slashed name."""
        found: set[int] = set()
        for text in texts:
            ending = ENDING.search(text) if isinstance(text, str) and len(text) < 400 else None
            if ending is not None:
                found |= self._by_ending.get(ending.group(1).rstrip(";"), set())
        return found


def _lookups(facts: Facts, program: Program, reached: Reached) -> Ints:
    """Methods that run and name classes or components in ways not seen here.

    A component that is named beside a class object or a dotted text is taken to be that one.
    """
    unseen, where = program.reflection.unseen, program.calls.method
    calls = np.concatenate([_nothing().methods, *(unseen[k] for k in LOOKUPS if k in unseen)])
    calls = calls[~among(calls, program.reflection.computed)]
    methods = np.concatenate([where[calls], _vague_names(facts, program)])
    found: Ints = methods[reached.methods[methods]]
    return found


def _vague_names(facts: Facts, program: Program) -> Ints:
    """Methods that name a component, beside neither a class object nor a dotted text."""
    calls = program.reflection.unseen.get("component_by_name", _nothing().methods)
    named = distinct(program.calls.method[calls])
    uses, loads = facts.table(TYPE_USES), facts.table(STRING_USES)
    objects = ints(uses["method"])[uses["opcode"] == CONST_CLASS]
    rows = np.flatnonzero(among(ints(loads["method"]), named))
    texts = string_bytes(facts, ints(loads["string"])[rows])
    dotted = [b"." in text for text in texts]
    beside = np.concatenate([objects, ints(loads["method"])[rows][np.array(dotted, dtype=bool)]])
    return named[~among(named, beside)]


def own_classes(facts: Facts, program: Program) -> Flags:
    """Classes under the first two parts of the package or of a component's name."""
    package = next((v for k, v in facts.table(APP).rows("key", "value") if k == "package"), "")
    named = [package, *facts.table(COMPONENTS)["class_name"].tolist()]
    roots = {"/".join(name.split(".")[:2]) + "/" for name in named if name.count(".") > 1}
    names = program.hierarchy.names
    flags = np.zeros(program.hierarchy.size, dtype=bool)
    for node in np.flatnonzero(program.hierarchy.class_row >= 0).tolist():
        parts = names[node].split("/", 2)
        flags[node] = len(parts) > 2 and f"{parts[0]}/{parts[1]}/" in roots
    return flags


def _without(declared: Declared, waiting: Mapping[int, int]) -> Declared:
    """What files declare, but for components that wait to be named."""
    if not waiting:
        return declared
    shut = set(waiting.values()) - _open_nodes(declared, waiting)
    nodes = tuple(node for node in declared.nodes if node not in shut)
    live = set(nodes)
    clicks = tuple(click for click in declared.clicks if click.nodes & live)
    entries = tuple(_kept(declared.entries, waiting, declared.clicks, clicks))
    return replace(declared, entries=entries, nodes=nodes, clicks=clicks)


def _open_nodes(declared: Declared, waiting: Mapping[int, int]) -> set[int]:
    """Classes that another, open component has as well."""
    return {node for row, node in declared.components if row not in waiting}


def _kept(
    entries: Iterable[Entry],
    waiting: Mapping[int, int],
    all_clicks: Iterable[Click],
    clicks: Iterable[Click],
) -> Iterator[Entry]:
    dead = {click.entry for click in all_clicks} - {click.entry for click in clicks}
    for entry in entries:
        if entry.component not in waiting and entry not in dead:
            yield entry


def _between(live: Declared, wider: Declared) -> Seeds:
    """What ``wider`` has more than ``live``."""
    kept = set(live.entries)
    methods = sorted({entry.method for entry in wider.entries if entry not in kept})
    nodes = sorted(set(wider.nodes) - set(live.nodes))
    return replace(
        _nothing(),
        methods=np.array(methods, dtype=np.int64),
        nodes=np.array(nodes, dtype=np.int64),
    )


def _nothing() -> Seeds:
    none = np.zeros(0, dtype=np.int64)
    return Seeds(none, none, none)


def _seeds(declared: Declared) -> Seeds:
    methods = np.array([entry.method for entry in declared.entries], dtype=np.int64)
    nodes = np.array(sorted(declared.nodes), dtype=np.int64)
    return Seeds(distinct(methods), nodes, np.zeros(0, dtype=np.int64))
