"""Which class is which: the app's classes and those outside it, with everything above them.

Nodes ``0..types-1`` are the rows of ``types``; behind them stand outside classes that only the
framework model knows. Hostile input may claim cycles and endless chains: the closure stops after
`DEEPEST` steps or `MOST_PAIRS` pairs, telling so in ``cut``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import CLASSES, INTERFACES
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Flags, Ints, Lists, distinct, ints, lists_of
from witnessmark.flow.names import descriptors, internal_name
from witnessmark.knowledge.framework import FrameworkModel, OutsideClass

DEEPEST = 128
"""Steps from a class to its remotest ancestor; real code stays below 40."""

MOST_PAIRS = 4_000_000
"""Pairs of class and ancestor that are kept."""

INTERFACE, ABSTRACT = 0x200, 0x400


class Hierarchy(Struct, frozen=True):
    """Classes above classes, as columns by node.

    ``types``      how many nodes are rows of ``types``.
    ``super_of``   superclass node, -1 for none or unknown.
    ``class_row``  row of ``classes`` that defines the node, -1 when it is outside.
    ``above``      all ancestors of a node, itself included.
    ``under``      the same pairs the other way round.
    ``outside``    model of the nodes that the framework model knows.
    ``nodes``      node by internal name.
    ``unknown``    extended by an app class, but neither in the app nor in the model.
    ``interface``  an interface, of the app or outside.
    ``concrete``   an app class of which objects can exist.
    """

    types: int
    names: Sequence[str]
    nodes: Mapping[str, int]
    super_of: Ints
    class_row: Ints
    above: Lists
    under: Lists
    outside: Mapping[int, OutsideClass]
    unknown: Flags
    interface: Flags
    concrete: Flags
    cut: bool

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.super_of)

    def is_below(self, node: int, ancestor: int) -> bool:
        """Whether ``node`` is ``ancestor``, extends or implements it."""
        found = self.above.of(node)
        place = int(np.searchsorted(found, ancestor))
        return place < len(found) and int(found[place]) == ancestor


def build_hierarchy(facts: Facts, model: FrameworkModel) -> Hierarchy:
    """Join app and framework; linear in classes times their depth."""
    names = [internal_name(text) for text in descriptors(facts)]
    count = len(names)
    class_row = _defining_classes(facts, count)
    outside = _outside_classes(names, class_row, model)
    nodes = {name: node for node, name in enumerate(names) if name}
    super_of, child, parent = _edges(facts, names, nodes, class_row, outside)
    size = len(names)
    above, under, cut = _closure(child, parent, size)
    class_row = np.concatenate([class_row, np.full(size - count, -1, dtype=np.int64)])
    access = np.zeros(size, dtype=np.int64)
    own = class_row >= 0
    access[own] = facts.table(CLASSES)["access"][class_row[own]]
    interface = (access & INTERFACE) != 0
    interface[[node for node, found in outside.items() if found.is_interface]] = True
    unknown = np.zeros(size, dtype=bool)
    unknown[parent[own[child]]] = True
    unknown[own] = False
    unknown[list(outside)] = False
    return Hierarchy(
        types=count,
        names=names,
        nodes=nodes,
        super_of=super_of,
        class_row=class_row,
        above=above,
        under=under,
        outside=outside,
        unknown=unknown,
        interface=interface,
        concrete=own & ((access & (INTERFACE | ABSTRACT)) == 0),
        cut=cut,
    )


def _defining_classes(facts: Facts, count: int) -> Ints:
    """Class row by type, the first in load order where several files define it."""
    classes = facts.table(CLASSES)
    rows = np.full(count, -1, dtype=np.int64)
    loads = np.flatnonzero(~classes["shadowed"])[::-1]
    rows[ints(classes["type"])[loads]] = loads
    return rows


def _outside_classes(
    names: list[str], class_row: Ints, model: FrameworkModel
) -> dict[int, OutsideClass]:
    """Outside classes by node; appends the names of those that only the model knows."""
    outside: dict[int, OutsideClass] = {}
    known = set(names)
    node = 0
    while node < len(names):
        is_own = node < len(class_row) and class_row[node] >= 0
        found = None if is_own or not names[node] else model.outside(names[node])
        if found is not None:
            outside[node] = found
            for above in (found.super_name, *found.interfaces):
                if above and above not in known:
                    known.add(above)
                    names.append(above)
        node += 1
    return outside


def _edges(
    facts: Facts,
    names: Sequence[str],
    nodes: Mapping[str, int],
    class_row: Ints,
    outside: Mapping[int, OutsideClass],
) -> tuple[Ints, Ints, Ints]:
    """Superclass by node, and pairs (child, parent) of every extends and implements."""
    super_of = np.full(len(names), -1, dtype=np.int64)
    own = np.flatnonzero(class_row >= 0)
    super_of[own] = facts.table(CLASSES)["super_type"][class_row[own]]
    child, parent = [own[super_of[own] >= 0]], [super_of[own][super_of[own] >= 0]]
    interfaces = facts.table(INTERFACES)
    implementing = ints(facts.table(CLASSES)["type"])[ints(interfaces["class"])]
    loads = class_row[implementing] == interfaces["class"] if len(implementing) else []
    child.append(implementing[loads] if len(implementing) else implementing)
    parent.append(ints(interfaces["type"])[loads] if len(implementing) else implementing)
    pairs: list[tuple[int, int]] = []
    for node, found in outside.items():
        if found.super_name:
            super_of[node] = nodes[found.super_name]
            pairs.append((node, nodes[found.super_name]))
        pairs.extend((node, nodes[name]) for name in found.interfaces)
    drawn = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return (
        super_of,
        np.concatenate([*child, drawn[:, 0]]).astype(np.int64),
        np.concatenate([*parent, drawn[:, 1]]).astype(np.int64),
    )


def _closure(child: Ints, parent: Ints, size: int) -> tuple[Lists, Lists, bool]:
    """Every ancestor of every node, itself included, one step further up a round."""
    parents = lists_of(child, parent, size)
    fresh = np.arange(size, dtype=np.int64) * (size + 1)
    steps, pairs, cut = [fresh], size, False
    for _ in range(DEEPEST):
        owners, items = parents.expand(fresh % max(size, 1))
        pairs += len(items)
        if not len(items) or pairs > MOST_PAIRS:
            cut = pairs > MOST_PAIRS
            break
        fresh = distinct((fresh // size)[owners] * size + items)
        steps.append(fresh)
    else:
        cut = True
    known = distinct(np.concatenate(steps))
    below, above = known // max(size, 1), known % max(size, 1)
    return lists_of(below, above, size), lists_of(above, below, size), cut
