"""Methods that may be called in a way nobody sees: these are unknown, not unreached.

* Classes whose name stands in a string that reached code loads, where reached code looks classes
  up by name at all; classes named in native libraries.
* Methods whose name a reached method hands to reflection without naming a class beside it.
* Methods that an annotation keeps for an unseen caller.
* ``public static void main(String[])``, which a shell command can start with the app's code.
* Implementations of a method that reached code calls although it creates no object for it.
* Everything, where no manifest declares entry points, or where the code lacks most of the
  components that it declares (as with packed apps: the code that starts is elsewhere).

What these could call in turn is unknown as well.
"""

from __future__ import annotations

import numpy as np

from witnessmark.facts.tables.code import ANNOTATIONS, STRING_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.entries import Declared, barred_nodes
from witnessmark.flow.graph import Ints, distinct, ints, lists_of
from witnessmark.flow.names import string_bytes
from witnessmark.flow.program import Program
from witnessmark.flow.reflection import class_names, named_by_native_code
from witnessmark.flow.search import Reached, Seeds
from witnessmark.knowledge.framework import FrameworkModel
from witnessmark.model.distinct import among


def uncertain_seeds(
    facts: Facts, program: Program, reached: Reached, model: FrameworkModel, declared: Declared
) -> Seeds:
    """Methods and classes from which a second search tells unknown from unreached."""
    none = np.zeros(0, dtype=np.int64)
    if not declared.entries or declared.hollow:
        bodies = np.flatnonzero(program.index.body)
        return Seeds(bodies, np.flatnonzero(program.hierarchy.concrete), none)
    loose = program.reflection.loose
    nodes = np.concatenate([
        _named_in_strings(facts, program, reached),
        named_by_native_code(facts, program.hierarchy),
    ])  # fmt: skip
    barred = barred_nodes(program)
    nodes = distinct(nodes[~barred[nodes]])
    methods = np.concatenate([
        loose.what[reached.methods[loose.method]],
        _kept(facts, program, model),
        _unserved(program, reached),
        _mains(facts, program),
        _bodies_of(program, nodes),
    ])  # fmt: skip
    return Seeds(distinct(methods), nodes[program.hierarchy.concrete[nodes]], none)


def _named_in_strings(facts: Facts, program: Program, reached: Reached) -> Ints:
    """Classes named by strings in reached code, where reached code looks classes up by name."""
    looks = program.reflection.unseen.get("class_by_name")
    if looks is None or not reached.methods[program.calls.method[looks]].any():
        return np.zeros(0, dtype=np.int64)
    uses = facts.table(STRING_USES)
    rows = distinct(ints(uses["string"])[reached.methods[uses["method"]]])
    by_name = {name.encode(): node for name, node in class_names(program.hierarchy).items()}
    dotted = (by_name.get(text, -1) for text in string_bytes(facts, rows) if len(text) > 4)
    return np.array(sorted(set(dotted) - {-1}), dtype=np.int64)


def _kept(facts: Facts, program: Program, model: FrameworkModel) -> Ints:
    """Methods, and methods of classes, that an annotation keeps for a caller nobody sees."""
    nodes = program.hierarchy.nodes
    kept = [
        nodes[handler.annotation]
        for handler in model.handlers
        if handler.state == "unknown" and handler.annotation in nodes
    ]
    table = facts.table(ANNOTATIONS)
    marked = among(table["type"], kept)
    methods = ints(table["row"])[marked & table.where("target", "method")]
    classes = ints(table["row"])[marked & table.where("target", "class")]
    owners = np.flatnonzero(among(program.hierarchy.class_row, classes))
    return np.concatenate([methods[program.index.body[methods]], _bodies_of(program, owners)])


def _mains(facts: Facts, program: Program) -> Ints:
    """Methods that ``app_process`` can start."""
    index = program.index
    key = index.loose_ids.get("main:L", -1)
    public_static = (index.access & 0x9) == 0x9
    rows = np.flatnonzero((index.loose == key) & index.body & public_static)
    texts = ("[Ljava/lang/String;",)
    fits = [method for method in rows.tolist() if facts.parameter_types(method) == texts]
    return np.array(fits, dtype=np.int64)


def _bodies_of(program: Program, nodes: Ints) -> Ints:
    rows = np.flatnonzero(program.index.body)
    by_owner = lists_of(program.index.owner[rows], rows, program.hierarchy.size)
    return by_owner.expand(nodes)[1]


def _unserved(program: Program, reached: Reached) -> Ints:
    """Implementations of methods that are called although no fitting object is created."""
    dispatch = program.dispatch
    live = reached.hubs[dispatch.hub] & reached.nodes[dispatch.type]
    served = np.zeros(dispatch.hubs, dtype=bool)
    served[dispatch.hub[live]] = True
    served[reached.by_declared] = True
    wanting = reached.hubs & ~served
    wanting[program.methods :] = False
    rows = wanting[dispatch.hub]
    owner_is_own = program.hierarchy.class_row[program.index.owner[dispatch.hub[rows]]] >= 0
    return dispatch.target[rows][owner_is_own]
