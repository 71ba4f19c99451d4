"""Which methods a virtual call or the framework can land in, by the class of the object.

One row says: once an object of class ``type`` exists and ``hub`` is active, ``target`` may run.
A hub stands for many callers at once, so that the call graph grows with callers plus targets
and not with their product:

* hub ``m`` for a row ``m`` of ``methods``: code calls the method named there;
* hub ``methods + n`` for a node ``n`` of the hierarchy: code hands an object of the outside
  interface ``n``, or of one related to it, to outside code;
* the last hub is always active: methods that outside code calls on any such object, as the class
  extends the outside class that declares them.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from witnessmark.flow.graph import Flags, Ints, Lists, distinct_pairs, lists_of
from witnessmark.flow.hierarchy import Hierarchy
from witnessmark.flow.methods import PRIVATE, Lookup, MethodIndex
from witnessmark.knowledge.framework import FrameworkModel

DIRECT, VIRTUAL, CALLBACK, THREAD, INITIALISER, REFLECTION, POSTED = range(7)
EDGE_KINDS = ("direct", "virtual", "callback", "thread", "initialiser", "reflection", "posted")
"""Names of the edge kinds, in the order of their numbers."""

OBJECT = "java/lang/Object"

MOST_ROWS = 4_000_000
"""Pairs of a class and a method that are looked up for one purpose; real apps need a tenth."""


class Dispatch(Struct, frozen=True):
    """Rows as columns, with their lists by type and by hub.

    ``declared`` is the outside node whose method the target overrides, -1 for calls by the app;
    ``cut`` tells that hostile numbers of classes and methods were not all followed.
    """

    type: Ints
    hub: Ints
    target: Ints
    kind: Ints
    declared: Ints
    by_type: Lists
    by_hub: Lists
    hubs: int
    cut: bool

    @property
    def always(self) -> int:
        """The hub that is always active."""
        return self.hubs - 1


class _Rows(Struct, frozen=True):
    type: Ints
    hub: Ints
    target: Ints
    kind: Ints
    declared: Ints
    cut: bool = False


class Marked(Struct, frozen=True):
    """Methods that an annotation marks as called from outside, with the annotation's node."""

    methods: Ints
    annotations: Ints


def build_dispatch(
    hierarchy: Hierarchy,
    index: MethodIndex,
    model: FrameworkModel,
    named: Ints,
    marked: Marked,
    vague: Ints,
) -> Dispatch:
    """All rows for the methods ``named`` in virtual calls; every concrete class may be created.

    Of those among ``vague`` source code does not tell every type; name and parameter letters count.
    Costs as many lookups as there are pairs of a concrete class and a method named through one
    of its ancestors.
    """
    exact = Lookup(hierarchy, index, index.exact, index.virtual)
    loose = Lookup(hierarchy, index, index.loose, index.virtual)
    parts = [
        _called_rows(hierarchy, exact, index.owner, index.exact, named),
        _called_rows(hierarchy, loose, index.owner, index.loose, vague),
        _framework_rows(hierarchy, index, loose, model),
        _implicit_rows(hierarchy, index, loose, model, named),
        _unknown_rows(hierarchy, index),
        _marked_rows(hierarchy, index, marked),
    ]
    hubs = len(index.owner) + hierarchy.size + 1
    rows = _sorted(_joined(parts))
    numbers = np.arange(len(rows.type), dtype=np.int64)
    return Dispatch(
        type=rows.type,
        hub=rows.hub,
        target=rows.target,
        kind=rows.kind,
        declared=rows.declared,
        by_type=lists_of(rows.type, numbers, hierarchy.size),
        by_hub=lists_of(rows.hub, numbers, hubs),
        hubs=hubs,
        cut=any(part.cut for part in parts),
    )


def _joined(parts: list[_Rows]) -> _Rows:
    columns = zip(*((p.type, p.hub, p.target, p.kind, p.declared) for p in parts), strict=True)
    types, hub, target, kind, declared = (np.concatenate(column) for column in columns)
    return _Rows(types, hub, target, kind, declared)


def _sorted(rows: _Rows) -> _Rows:
    """Rows in order, one for each type, hub and target (the one with the least kind)."""
    columns = (rows.type, rows.hub, rows.target, rows.kind, rows.declared)
    order = np.lexsort(columns[::-1])
    ordered = [column[order] for column in columns]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = np.any([column[1:] != column[:-1] for column in ordered[:3]], axis=0)
    types, hub, target, kind, declared = (column[fresh] for column in ordered)
    return _Rows(types, hub, target, kind, declared)


def _classes_with(hierarchy: Hierarchy, by_node: Lists) -> tuple[Ints, Ints, bool]:
    """Concrete classes with each of their ancestors that has a list in ``by_node``.

    Where that would mean more than `MOST_ROWS` items, the ancestors that cost most are left out
    and the third value says so.
    """
    concrete = np.flatnonzero(hierarchy.concrete)
    owners, ancestors = hierarchy.above.expand(concrete)
    items = np.diff(by_node.start)
    useful = items[ancestors] > 0
    types, ancestors = concrete[owners[useful]], ancestors[useful]
    cost = np.bincount(ancestors, minlength=hierarchy.size) * items
    if cost.sum() <= MOST_ROWS:
        return types, ancestors, False
    order = np.argsort(cost, kind="stable")
    kept = np.zeros(hierarchy.size, dtype=bool)
    kept[order[np.cumsum(cost[order]) <= MOST_ROWS]] = True
    return types[kept[ancestors]], ancestors[kept[ancestors]], True


def _called_rows(
    hierarchy: Hierarchy, lookup: Lookup, owner: Ints, keys: Ints, named: Ints
) -> _Rows:
    """Objects whose class picks a method of the app for a method that a call names."""
    named = named[lookup.exists(keys[named])]
    by_owner = lists_of(owner[named], named, hierarchy.size)
    types, ancestors, cut = _classes_with(hierarchy, by_owner)
    pairs, called = by_owner.expand(ancestors)
    positions, targets = lookup.find(types[pairs], keys[called])
    return _rows(types[pairs][positions], called[positions], targets, VIRTUAL, cut=cut)


def _rows(
    types: Ints,
    hub: Ints,
    target: Ints,
    kind: int,
    declared: Ints | None = None,
    *,
    cut: bool = False,
) -> _Rows:
    kinds = np.full(len(types), kind, dtype=np.int64)
    unstated = np.full(len(types), -1, dtype=np.int64) if declared is None else declared
    return _Rows(types, hub, target, kinds, unstated, cut)


def overridable(hierarchy: Hierarchy, index: MethodIndex, node: int) -> list[int]:
    """Loose numbers of the methods that an outside class lets others override."""
    return [
        index.loose_ids[method]
        for method, binding in hierarchy.outside[node].methods.items()
        if binding == "virtual" and method in index.loose_ids
    ]


def _framework_rows(
    hierarchy: Hierarchy, index: MethodIndex, loose: Lookup, model: FrameworkModel
) -> _Rows:
    """Methods of the app that override a method of an outside class or interface."""
    drawn = [
        (node, key) for node in hierarchy.outside for key in overridable(hierarchy, index, node)
    ]
    table = np.array(drawn, dtype=np.int64).reshape(-1, 2)
    table = table[loose.exists(table[:, 1])]
    by_node = lists_of(table[:, 0], table[:, 1], hierarchy.size)
    heirs, ancestors, cut = _classes_with(hierarchy, by_node)
    pairs, keys = by_node.expand(ancestors)
    types, declared = heirs[pairs], ancestors[pairs]
    positions, targets = loose.find(types, keys)
    types, declared = types[positions], declared[positions]
    handed = hierarchy.interface[declared] & ~_called_by_itself(hierarchy, model)[declared]
    handed &= ~_under_outside_class(hierarchy, types, declared)
    always = len(index.owner) + hierarchy.size
    hub = np.where(handed, len(index.owner) + declared, always)
    threads = _threads(hierarchy, model)[declared]
    return _Rows(types, hub, targets, np.where(threads, THREAD, CALLBACK), declared, cut)


def _called_by_itself(hierarchy: Hierarchy, model: FrameworkModel) -> Flags:
    flags = np.zeros(hierarchy.size, dtype=bool)
    flags[[hierarchy.nodes[name] for name in model.always_called if name in hierarchy.nodes]] = True
    return flags


def _threads(hierarchy: Hierarchy, model: FrameworkModel) -> Flags:
    """Outside types whose overridden methods run on another thread."""
    flags = np.zeros(hierarchy.size, dtype=bool)
    for role in model.roles:
        if role.kind in ("thread", "task") and role.type in hierarchy.nodes:
            flags[hierarchy.under.of(hierarchy.nodes[role.type])] = True
    return flags


def _under_outside_class(hierarchy: Hierarchy, types: Ints, declared: Ints) -> Flags:
    """Whether the outside class that ``types`` extends is itself below ``declared``.

    Its constructor has run on the object, so outside code may hold it.
    """
    current = np.arange(hierarchy.size, dtype=np.int64)
    for _ in range(64):
        own = hierarchy.class_row[current] >= 0
        own &= hierarchy.super_of[current] >= 0
        if not own.any():
            break
        current[own] = hierarchy.super_of[current[own]]
    above = hierarchy.above
    codes = (
        np.repeat(np.arange(hierarchy.size), np.diff(above.start)) * hierarchy.size + above.items
    )
    wanted = current[types] * hierarchy.size + declared
    places = np.minimum(np.searchsorted(codes, wanted), max(len(codes) - 1, 0))
    return codes[places] == wanted if len(codes) else np.zeros(len(types), dtype=bool)


def _implicit_rows(
    hierarchy: Hierarchy,
    index: MethodIndex,
    loose: Lookup,
    model: FrameworkModel,
    named: Ints,
) -> _Rows:
    """Calls such as ``Thread.start``: the hub of the named method leads to what it starts."""
    none = np.zeros(0, dtype=np.int64)
    parts = [_rows(none, none, none, THREAD)]
    spent = 0
    loose_by_name = _loose_by_name(index, {rule.runs for rule in model.implicit_calls})
    for rule in model.implicit_calls:
        name = index.names.ids.get(rule.method.encode())
        if name is None or rule.class_name not in hierarchy.nodes or rule.on not in hierarchy.nodes:
            continue
        api, on = hierarchy.nodes[rule.class_name], hierarchy.nodes[rule.on]
        is_api = np.zeros(hierarchy.size, dtype=bool)
        is_api[hierarchy.under.of(api)] = True
        calls = named[(index.names.of_method[named] == name) & is_api[index.owner[named]]]
        keys = loose_by_name[rule.runs]
        kind = THREAD if rule.kind in ("thread", "task") else CALLBACK
        for call in calls.tolist():
            base = int(index.owner[call]) if rule.of_receiver else on
            below = hierarchy.under.of(base)
            below = below[hierarchy.concrete[below]]
            spent += len(below) * len(keys)
            if spent > MOST_ROWS:
                return replace(_joined(parts), cut=True)
            types = np.repeat(below, len(keys))
            positions, targets = loose.find(types, np.tile(keys, len(below)))
            hub = np.full(len(positions), call, dtype=np.int64)
            declared = np.full(len(positions), on, dtype=np.int64)
            parts.append(_rows(types[positions], hub, targets, kind, declared))
    return _joined(parts)


def _loose_by_name(index: MethodIndex, names: set[str]) -> dict[str, Ints]:
    found: dict[str, list[int]] = {name: [] for name in names}
    for text, number in index.loose_ids.items():
        name = text[: text.index(":")]
        if name in found:
            found[name].append(number)
    return {name: np.array(numbers, dtype=np.int64) for name, numbers in found.items()}


def _unknown_rows(hierarchy: Hierarchy, index: MethodIndex) -> _Rows:
    """Classes under a class that nobody knows: each of their methods may be a callback."""
    strange, below = hierarchy.under.expand(np.flatnonzero(hierarchy.unknown))
    unknown_of = np.full(hierarchy.size, -1, dtype=np.int64)
    unknown_of[below[::-1]] = np.flatnonzero(hierarchy.unknown)[strange[::-1]]
    rows = np.flatnonzero(index.virtual & index.body & ((index.access & PRIVATE) == 0))
    rows = rows[
        (unknown_of[index.owner[rows]] >= 0) & (hierarchy.class_row[index.owner[rows]] >= 0)
    ]
    by_owner = lists_of(index.owner[rows], rows, hierarchy.size)
    types, ancestors, cut = _classes_with(hierarchy, by_owner)
    pairs, targets = by_owner.expand(ancestors)
    hub = np.full(len(pairs), len(index.owner) + hierarchy.size, dtype=np.int64)
    declared = unknown_of[ancestors[pairs]]
    return _rows(types[pairs], hub, targets, CALLBACK, declared, cut=cut)


def _marked_rows(hierarchy: Hierarchy, index: MethodIndex, marked: Marked) -> _Rows:
    """Annotated methods run once an object of their class or of one below it exists."""
    owners, types = hierarchy.under.expand(index.owner[marked.methods])
    owners, types = owners[hierarchy.concrete[types]], types[hierarchy.concrete[types]]
    hub = np.full(len(types), len(index.owner) + hierarchy.size, dtype=np.int64)
    return _rows(types, hub, marked.methods[owners], CALLBACK, marked.annotations[owners])


def handed_hubs(hierarchy: Hierarchy, methods: int, dispatch: Dispatch) -> Lists:
    """Hubs that handing over an object declared as a type activates, by the node of that type.

    An interface is meant when it is the declared type, above or below it. A parameter declared
    as ``Object`` says nothing and activates nothing.
    """
    used = np.zeros(hierarchy.size, dtype=bool)
    hubs = dispatch.hub[(dispatch.hub >= methods) & (dispatch.hub < dispatch.always)]
    used[hubs - methods] = True
    meant = np.flatnonzero(used)
    upward, given_below = hierarchy.under.expand(meant)
    downward, given_above = hierarchy.above.expand(meant)
    given = np.concatenate([given_below, given_above])
    activated = methods + np.concatenate([meant[upward], meant[downward]])
    root = hierarchy.nodes.get(OBJECT, -1)
    given, activated = given[given != root], activated[given != root]
    pairs = distinct_pairs(given, activated, dispatch.hubs)
    return lists_of(*pairs, hierarchy.size)
