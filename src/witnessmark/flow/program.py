"""What each method does that matters for reach, as lists by method: calls, creates, touches.

Everything here is fixed before the search for reached methods starts.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import (
    ANNOTATIONS,
    CALLS,
    DYNAMIC_CALLS,
    FIELD_USES,
    FIELDS,
    METHODS,
    PROTO_PARAMETERS,
    PROTOS,
    TYPE_USES,
)  # fmt: skip
from witnessmark.facts.view import Facts
from witnessmark.flow.dispatch import Dispatch, Marked, build_dispatch, handed_hubs
from witnessmark.flow.graph import Flags, Ints, Lists, distinct, ints, lists_of, spread, starts
from witnessmark.flow.hierarchy import Hierarchy, build_hierarchy
from witnessmark.flow.methods import MethodIndex, index_methods, resolve_named
from witnessmark.flow.names import descriptors, internal_name
from witnessmark.flow.reflection import NamedPlaces, Reflection, find_reflection
from witnessmark.knowledge.framework import FrameworkModel
from witnessmark.model.distinct import among
from witnessmark.model.table import Table, TableSchema

UNRESOLVED = "unresolved-name/Unknown"
"""The class that stands in source code for whatever it does not tell (`formats.java`)."""

VIRTUAL_CALLS = (0x6E, 0x72, 0x74, 0x78)
"""invoke-virtual and invoke-interface, with their range forms."""

STATIC_CALLS = (0x71, 0x77)
SUPER_CALLS = (0x6F, 0x75)
NEW_INSTANCE, CONST_CLASS = 0x22, 0x1C
FIRST_STATIC_FIELD_USE, LAST_STATIC_FIELD_USE = 0x60, 0x6D
FIELD_WRITES = (*range(0x59, 0x60), *range(0x67, 0x6E))


class Uses(Struct, frozen=True):
    """Places in code that concern a node or a method, ordered by method and pc."""

    method: Ints
    pc: Ints
    what: Ints
    by_method: Lists


class Program(Struct, frozen=True):
    """The app as the search needs it.

    ``calls``     call sites; ``what`` is the method as named.
    ``target``    the app's method that a call site runs for certain, -1 when an object decides.
    ``hub``       hub of `Dispatch` that a call site activates, -1 for none.
    ``creates``   new-instance of app classes.
    ``mentions``  class objects of app classes, by const-class or by name, from which objects may be
                  made.
    ``reflected`` methods of the app that code names in text beside their class.
    ``touches``   first use that makes the runtime run the initialiser of a class.
    ``hands``     hubs that a call site activates by its parameter types, by row of ``methods``.
    ``gives``     hubs that a callback activates by what it returns, by row of ``methods``.
    ``writes``    hubs activated by writing fields of outside classes, by method.
    ``initialisers``  ``<clinit>`` methods of a class and its superclasses, by node.
    ``reflection``  what text in code names.
    ``resolved``  the app's method that a named method stands for by its declared class.
    """

    hierarchy: Hierarchy
    index: MethodIndex
    dispatch: Dispatch
    calls: Uses
    target: Ints
    hub: Ints
    creates: Uses
    mentions: Uses
    reflected: Uses
    touches: Uses
    hands: Lists
    gives: Lists
    writes: Lists
    initialisers: Lists
    resolved: Ints
    reflection: Reflection

    @property
    def methods(self) -> int:
        """Rows of ``methods``."""
        return len(self.index.owner)


def build_program(facts: Facts, model: FrameworkModel) -> Program:
    """Collect uses by method; near linear in instructions that name something."""
    hierarchy = facts.once(build_hierarchy, model)
    index = index_methods(facts)
    methods = len(index.owner)
    calls = _uses(facts, CALLS, "callee", methods)
    opcodes = facts.table(CALLS)["opcode"]
    virtual = among(opcodes, VIRTUAL_CALLS)
    resolved = np.full(methods, -1, dtype=np.int64)
    callees = distinct(calls.what)
    resolved[callees] = resolve_named(hierarchy, index, callees)
    outside = resolved[calls.what] < 0
    target = np.where(virtual, -1, resolved[calls.what])
    activates = virtual | (outside & ~among(opcodes, SUPER_CALLS))
    named = distinct(calls.what[activates])
    dispatch = build_dispatch(
        hierarchy,
        index,
        model,
        named,
        marked_methods(facts, hierarchy, model),
        named[_vague(facts, hierarchy)[named]],
    )
    reflection = find_reflection(facts, hierarchy, index, model)
    initialisers = _initialisers(hierarchy, index)
    handed = handed_hubs(hierarchy, methods, dispatch)
    meant = _type_nodes(facts, hierarchy)
    return Program(
        hierarchy=hierarchy,
        index=index,
        dispatch=dispatch,
        calls=calls,
        target=target,
        hub=np.where(activates, calls.what, -1),
        creates=_type_uses(facts, hierarchy, NEW_INSTANCE, methods),
        mentions=_mentions(facts, hierarchy, reflection, methods),
        reflected=_by_places(reflection.methods, methods),
        touches=_touches(facts, calls, target, initialisers, methods),
        hands=_hands(facts, callees[resolved[callees] < 0], handed, meant, methods),
        gives=_gives(facts, dispatch, handed, meant, methods),
        writes=_writes(facts, handed, meant, methods),
        initialisers=initialisers,
        resolved=resolved,
        reflection=reflection,
    )


def _vague(facts: Facts, hierarchy: Hierarchy) -> Flags:
    """Methods in whose types source code names something that is not there."""
    unknown = hierarchy.nodes.get(UNRESOLVED, -1)
    protos = facts.table(PROTOS)
    vague = ints(protos["return_type"]) == unknown
    kinds = ints(facts.table(PROTO_PARAMETERS)["type"]) == unknown
    owners, places = spread(
        ints(protos["first_parameter"]),
        ints(protos["first_parameter"]) + ints(protos["parameters"]),
    )
    vague[owners[kinds[places]]] = True
    found: Flags = vague[ints(facts.table(METHODS)["proto"])] & (unknown >= 0)
    return found


def marked_methods(facts: Facts, hierarchy: Hierarchy, model: FrameworkModel) -> Marked:
    """Methods whose annotation says that a library or the framework calls them."""
    table = facts.table(ANNOTATIONS)
    nodes = [
        hierarchy.nodes[handler.annotation]
        for handler in model.handlers
        if handler.state == "reached" and handler.annotation in hierarchy.nodes
    ]
    rows = np.flatnonzero(table.where("target", "method") & among(table["type"], nodes))
    return Marked(ints(table["row"])[rows], ints(table["type"])[rows])


def _mentions(facts: Facts, hierarchy: Hierarchy, reflection: Reflection, methods: int) -> Uses:
    objects = _type_uses(facts, hierarchy, CONST_CLASS, methods)
    places = reflection.classes
    fits = hierarchy.concrete[places.what]
    return _by_places(
        NamedPlaces(
            np.concatenate([objects.method, places.method[fits]]),
            np.concatenate([objects.pc, places.pc[fits]]),
            np.concatenate([objects.what, places.what[fits]]),
        ),
        methods,
    )


def _by_places(places: NamedPlaces, methods: int) -> Uses:
    order = np.lexsort((places.what, places.pc, places.method))
    return _as_uses(places.method[order], places.pc[order], places.what[order], methods)


def _uses(facts: Facts, schema: TableSchema, column: str, methods: int) -> Uses:
    table = facts.table(schema)
    return _as_uses(ints(table["method"]), ints(table["pc"]), ints(table[column]), methods)


def _as_uses(method: Ints, pc: Ints, what: Ints, methods: int) -> Uses:
    """Lists by method over rows as they stand; rows ordered by method need no sorting."""
    if len(method) and np.any(np.diff(method) < 0):
        rows = lists_of(method, np.arange(len(method), dtype=np.int64), methods)
    else:
        rows = Lists(starts(method, methods), np.arange(len(method), dtype=np.int64))
    return Uses(method, pc, what, rows)


def _chosen(table: Table, rows: Ints, what: Ints, methods: int) -> Uses:
    return _as_uses(ints(table["method"])[rows], ints(table["pc"])[rows], what, methods)


def _type_uses(facts: Facts, hierarchy: Hierarchy, opcode: int, methods: int) -> Uses:
    """Uses by one opcode of classes that the app defines and can make objects of."""
    table = facts.table(TYPE_USES)
    types = ints(table["type"])
    rows = np.flatnonzero(table["opcode"] == opcode)
    rows = rows[hierarchy.concrete[types[rows]]]
    return _chosen(table, rows, types[rows], methods)


def _initialisers(hierarchy: Hierarchy, index: MethodIndex) -> Lists:
    """Initialisers of a class and its superclasses (interfaces only count when touched)."""
    name = index.names.ids.get(b"<clinit>", -1)
    rows = np.flatnonzero((index.names.of_method == name) & index.body)
    own = lists_of(index.owner[rows], rows, hierarchy.size)
    above = hierarchy.above
    node = np.repeat(np.arange(hierarchy.size, dtype=np.int64), np.diff(above.start))
    chain = ~hierarchy.interface[above.items] | (above.items == node)
    owners, found = own.expand(above.items[chain])
    return lists_of(node[chain][owners], found, hierarchy.size)


def _touches(facts: Facts, calls: Uses, target: Ints, initialisers: Lists, methods: int) -> Uses:
    """First place in each method that initialises a class: creation, static field, static call.

    Source: The Java Virtual Machine Specification, SE 17, 5.5.
    """
    uses, fields = facts.table(TYPE_USES), facts.table(FIELD_USES)
    made = np.flatnonzero(uses["opcode"] == NEW_INSTANCE)
    opcode = fields["opcode"]
    static = np.flatnonzero((opcode >= FIRST_STATIC_FIELD_USE) & (opcode <= LAST_STATIC_FIELD_USE))
    static_calls = among(facts.table(CALLS)["opcode"], STATIC_CALLS) & (target >= 0)
    called = np.flatnonzero(static_calls)
    owner = ints(facts.table(METHODS)["class_type"])
    method = np.concatenate(
        [ints(uses["method"])[made], ints(fields["method"])[static], calls.method[called]]
    )
    pc = np.concatenate([ints(uses["pc"])[made], ints(fields["pc"])[static], calls.pc[called]])
    node = np.concatenate([
        ints(uses["type"])[made],
        ints(facts.table(FIELDS)["class_type"])[ints(fields["field"])[static]],
        owner[target[called]],
    ])  # fmt: skip
    matters = np.diff(initialisers.start)[node] > 0
    matters &= owner[method] != node
    method, pc, node = method[matters], pc[matters], node[matters]
    order = np.lexsort((pc, node, method))
    method, pc, node = method[order], pc[order], node[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (method[1:] != method[:-1]) | (node[1:] != node[:-1])
    return _as_uses(method[first], pc[first], node[first], methods)


def _type_nodes(facts: Facts, hierarchy: Hierarchy) -> Ints:
    """Node that a type stands for when an object is handed over: of arrays, the element."""
    nodes = np.arange(hierarchy.types, dtype=np.int64)
    for row, text in enumerate(descriptors(facts)):
        if text[:1] == b"[":
            nodes[row] = hierarchy.nodes.get(internal_name(text.lstrip(b"[")), row)
    return nodes


def _hands(facts: Facts, outside: Ints, handed: Lists, meant: Ints, methods: int) -> Lists:
    """Hubs by outside method, from the types of its parameters."""
    protos = facts.table(PROTOS)
    first = ints(protos["first_parameter"])
    proto = ints(facts.table(METHODS)["proto"])[outside]
    owners, places = spread(first[proto], first[proto] + ints(protos["parameters"])[proto])
    nodes = meant[ints(facts.table(PROTO_PARAMETERS)["type"])[places]]
    pairs, hubs = handed.expand(nodes)
    return lists_of(outside[owners[pairs]], hubs, methods)


def _gives(facts: Facts, dispatch: Dispatch, handed: Lists, meant: Ints, methods: int) -> Lists:
    """Hubs by callback, from the type it returns to outside code."""
    callbacks = distinct(dispatch.target[dispatch.declared >= 0])
    proto = ints(facts.table(METHODS)["proto"])[callbacks]
    nodes = meant[ints(facts.table(PROTOS)["return_type"])[proto]]
    pairs, hubs = handed.expand(nodes)
    return lists_of(callbacks[pairs], hubs, methods)


def _writes(facts: Facts, handed: Lists, meant: Ints, methods: int) -> Lists:
    """Hubs by method that writes a field of an outside class, from the field's type."""
    fields, uses = facts.table(FIELDS), facts.table(FIELD_USES)
    rows = np.flatnonzero(among(uses["opcode"], FIELD_WRITES))
    field = ints(uses["field"])[rows]
    outside = ints(fields["class"])[field] < 0
    nodes = meant[ints(fields["type"])[field[outside]]]
    pairs, hubs = handed.expand(nodes)
    return lists_of(ints(uses["method"])[rows][outside][pairs], hubs, methods)


def dynamic_sites(facts: Facts) -> int:
    """invoke-custom instructions, whose callee a bootstrap method decides."""
    return len(facts.table(DYNAMIC_CALLS))
