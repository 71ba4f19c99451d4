"""From facts to flow: hierarchy, entry points, call graph, reach, and what could not be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import astuple

from witnessmark.facts.view import Facts
from witnessmark.flow.edges import dispatches_table, edges_table
from witnessmark.flow.entries import Entry, barred_nodes, declared_entries
from witnessmark.flow.exported import exported_table
from witnessmark.flow.graph import Flags, Ints
from witnessmark.flow.limits import flow_gaps
from witnessmark.flow.opened import open_components, own_classes
from witnessmark.flow.paths import Paths, PathSearch
from witnessmark.flow.posted import Posted, none_posted, posted_tasks
from witnessmark.flow.program import Program, build_program
from witnessmark.flow.registered import registered_entries
from witnessmark.flow.search import Reached, Search
from witnessmark.flow.tables import (
    CALL_EDGES,
    DISPATCHES,
    ENTRY_POINTS,
    EXPORTED,
    REACH,
)  # fmt: skip
from witnessmark.flow.uncertain import uncertain_seeds
from witnessmark.flow.values.loaded import loaded_files
from witnessmark.flow.values.tables import DERIVED_TEXTS, KEPT_TEXTS
from witnessmark.flow.values.texts import CHAPTERS, Values, derived_texts
from witnessmark.knowledge.framework import FrameworkModel, framework_model
from witnessmark.model.attempt import Attempt, plainly, stopped
from witnessmark.model.gap import Gap
from witnessmark.model.table import DTYPES, Table

NO_ROWS = np.zeros(0, dtype=np.int64)


class Flow(Struct, frozen=True):
    """Tables that flow adds to an app, and where it could not look.

    ``program``  the app as the searches saw it, for what builds on them.
    """

    tables: Mapping[str, Table]
    gaps: tuple[Gap, ...]
    program: Program


def build_flow(
    facts: Facts, model: FrameworkModel | None = None, attempt: Attempt = plainly
) -> Flow:
    """Entry points, call graph and reach of an app; near linear in its call sites.

    ``attempt`` guards the search for posted tasks, and the interpreter of texts as a whole and
    each of its runs.
    Add the tables with ``facts.with_tables(flow.tables)``.
    """
    model = model or framework_model()
    program = build_program(facts, model)
    declared = declared_entries(facts, program, model)
    search = Search(program, barred_nodes(program))
    opened = open_components(facts, program, search, declared)
    declared, reached = opened.declared, opened.reached
    entries = list(declared.entries)
    known = np.array(sorted({entry.method for entry in entries}), dtype=np.int64)
    roots = np.array([entry.method for entry in entries], dtype=np.int64)
    posted, lost = _posted(facts, program, model, reached, attempt)
    nodes = np.array(declared.nodes, dtype=np.int64)
    paths = PathSearch(program, reached, posted, roots, nodes).find()
    entries.extend(registered_entries(facts, program, reached, model, known))
    possible = search.go_on(opened.unseen)
    possible = search.go_on(uncertain_seeds(facts, program, reached, model, declared))
    tables = (
        _entry_table(entries),
        edges_table(program, reached, posted),
        dispatches_table(program, reached),
        _reach_table(program, paths, reached, possible),
        exported_table(facts),
    )
    names = (ENTRY_POINTS, CALL_EDGES, DISPATCHES, REACH, EXPORTED)
    named = {schema.name: table for schema, table in zip(names, tables, strict=True)}
    values = _values(facts.with_tables(named), attempt)
    named[DERIVED_TEXTS.name] = values.table
    named[KEPT_TEXTS.name] = values.kept
    loaders = program.reflection.unseen.get("code", NO_ROWS)
    loaders = loaders[reached.methods[program.calls.method[loaders]]]
    loaded = loaded_files(facts.with_tables(named), loaders)
    gaps = (*flow_gaps(facts, program, reached, declared), *lost, *values.gaps, *loaded)
    return Flow(named, gaps, program)


def _posted(
    facts: Facts, program: Program, model: FrameworkModel, reached: Reached, attempt: Attempt
) -> tuple[Posted, tuple[Gap, ...]]:
    """What calls run for certain; nothing, and a gap, where an error stopped the search."""
    own = own_classes(facts, program)
    posted, error = attempt(lambda: posted_tasks(facts, program, model, own, reached.methods))
    if posted is not None:
        return posted, ()
    return none_posted(program), (stopped("posted/error", error, CHAPTERS),)


def _values(facts: Facts, attempt: Attempt) -> Values:
    """The texts that code computes; none, and a gap, where an error stopped it before any run."""
    values, error = attempt(lambda: derived_texts(facts, attempt))
    if values is not None:
        return values
    empty = Table.empty(DERIVED_TEXTS), Table.empty(KEPT_TEXTS)
    return Values(*empty, (stopped("values/error", error, CHAPTERS),), 0)


def _entry_table(entries: Sequence[Entry]) -> Table:
    return Table.from_rows(ENTRY_POINTS, (astuple(entry) for entry in entries))


def _reach_table(program: Program, paths: Paths, reached: Reached, possible: Reached) -> Table:
    states = np.array(["outside", "unreached", "unknown", "reached"], dtype=object)
    number = np.where(program.index.defined, 1, 0)
    number[possible.methods & program.index.defined] = 2
    number[reached.methods & program.index.defined] = 3
    columns: dict[str, Ints | Flags] = {
        "state": states[number],
        "entry_point": paths.entry,
        "via": paths.via,
        "pc": paths.pc,
        "kind": np.maximum(paths.kind, 0),
        "steps": paths.steps,
    }
    return Table(
        REACH,
        {c.name: columns[c.name].astype(DTYPES[c.type]) for c in REACH.columns},
    )
