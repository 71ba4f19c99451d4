"""Methods by name and type, and which definition an object's class picks for them.

Two ways of being the same method: exactly (name and prototype, as the runtime resolves) and
loosely (name and parameters, one letter each), the measure of the framework model.

Source: The Java Virtual Machine Specification, SE 17, 5.4.3.3, 5.4.3.4 and 5.4.6.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Flags, Ints, ints, spread
from witnessmark.flow.hierarchy import ABSTRACT, DEEPEST, Hierarchy
from witnessmark.flow.names import Names, descriptors, method_names, parameter_shorties
from witnessmark.model.distinct import among, distinct_and_first, distinct_and_places

PRIVATE, STATIC, NATIVE, CONSTRUCTOR = 0x2, 0x8, 0x100, 0x10000


class MethodIndex(Struct, frozen=True):
    """Columns by row of ``methods``.

    ``exact`` numbers distinct (name, prototype), ``loose`` distinct (name, parameter letters);
    ``loose_ids`` gives the latter by ``name:letters``. ``virtual`` marks definitions that objects
    inherit and override, ``body`` those with code of their own or native.
    """

    names: Names
    owner: Ints
    exact: Ints
    loose: Ints
    loose_ids: dict[str, int]
    defined: Flags
    virtual: Flags
    body: Flags
    access: Ints


def index_methods(facts: Facts) -> MethodIndex:
    """Number the methods; linear."""
    methods = facts.table(METHODS)
    names = method_names(facts)
    protos = ints(methods["proto"])
    shorties = parameter_shorties(facts, descriptors(facts))
    letters: dict[str, int] = {}
    letter_of = np.array([letters.setdefault(text, len(letters)) for text in shorties] or [0])
    exact = _dense(names.of_method * max(len(shorties), 1) + protos)
    loose = _dense(names.of_method * max(len(letters), 1) + letter_of[protos])
    access = ints(methods["access"])
    defined = methods["class"] >= 0
    special = among(names.of_method, _ids(names, (b"<init>", b"<clinit>")))
    return MethodIndex(
        names=names,
        owner=ints(methods["class_type"]),
        exact=exact,
        loose=loose,
        loose_ids=_loose_ids(names, protos, shorties, loose),
        defined=defined,
        virtual=defined & ((access & (PRIVATE | STATIC)) == 0) & ~special,
        body=defined & ((access & ABSTRACT) == 0),
        access=access,
    )


def _dense(codes: Ints) -> Ints:
    return distinct_and_places(codes)[1].astype(np.int64)


def _ids(names: Names, texts: tuple[bytes, ...]) -> Ints:
    return np.array([names.ids[text] for text in texts if text in names.ids], dtype=np.int64)


def _loose_ids(names: Names, protos: Ints, shorties: list[str], loose: Ints) -> dict[str, int]:
    """One entry a distinct loose method; text that is no ASCII cannot be in the model."""
    numbers, rows = distinct_and_first(loose)
    return {
        f"{names.texts[name].decode('utf-8', 'replace')}:{shorties[proto]}": number
        for number, name, proto in zip(
            numbers.tolist(), names.of_method[rows].tolist(), protos[rows].tolist(), strict=True
        )
    }


class Lookup:
    """Finds the definition that an object of a class runs for a method.

    ``keys`` numbers what counts as the same method; several definitions of one class may share
    a loose number (bridges), then all are returned.
    """

    def __init__(self, hierarchy: Hierarchy, index: MethodIndex, keys: Ints, chosen: Flags) -> None:
        rows = np.flatnonzero(chosen)
        rows = rows[hierarchy.class_row[index.owner[rows]] >= 0]
        self._hierarchy = hierarchy
        self._width = int(keys.max()) + 1 if len(keys) else 1
        codes = index.owner[rows] * self._width + keys[rows]
        order = np.lexsort((rows, codes))
        self._codes, self._rows = codes[order], rows[order]
        self._owner, self._body = index.owner, index.body
        self._has_default = np.zeros(self._width, dtype=bool)
        in_interface = hierarchy.interface[index.owner[rows]] & index.body[rows]
        self._has_default[keys[rows[in_interface]]] = True
        self._exists = np.zeros(self._width, dtype=bool)
        self._exists[keys[rows]] = True

    def exists(self, keys: Ints) -> Flags:
        """Whether any class of the app defines such a method."""
        return self._exists[keys]

    def find(self, nodes: Ints, keys: Ints) -> tuple[Ints, Ints]:
        """Positions in ``nodes`` and the methods with a body that run there.

        Superclasses first, then default methods of interfaces; queries without an answer are
        left out. Costs one binary search a query and class on the way up.
        """
        found: list[tuple[Ints, Ints]] = []
        missed = [np.zeros(0, dtype=np.int64)]
        left = np.flatnonzero(self._exists[keys]) if len(keys) else np.zeros(0, dtype=np.int64)
        current = nodes[left]
        for _ in range(DEEPEST):
            inside = (current >= 0) & (self._hierarchy.class_row[current] >= 0)
            missed.append(left[~inside])
            left, current = left[inside], current[inside]
            if not len(left):
                break
            hit = self._at(left, current, keys, found)
            left, current = left[~hit], self._hierarchy.super_of[current[~hit]]
        found.append(self._defaults(np.concatenate(missed), nodes, keys))
        positions = np.concatenate([pair[0] for pair in found])
        targets = np.concatenate([pair[1] for pair in found])
        keep = self._body[targets]
        return positions[keep], targets[keep]

    def _at(self, left: Ints, current: Ints, keys: Ints, found: list[tuple[Ints, Ints]]) -> Flags:
        codes = current * self._width + keys[left]
        first = np.searchsorted(self._codes, codes, side="left")
        end = np.searchsorted(self._codes, codes, side="right")
        owners, places = spread(first, end)
        found.append((left[owners], self._rows[places]))
        return end > first

    def _defaults(self, left: Ints, nodes: Ints, keys: Ints) -> tuple[Ints, Ints]:
        """Default methods: of those inherited, the one whose interface has most ancestors."""
        above = self._hierarchy.above
        left = left[self._has_default[keys[left]]]
        owners, ancestors = above.expand(nodes[left])
        keep = self._hierarchy.interface[ancestors] & (self._hierarchy.class_row[ancestors] >= 0)
        asked, ancestors = left[owners[keep]], ancestors[keep]
        found: list[tuple[Ints, Ints]] = []
        hit = self._at(asked, ancestors, keys, found)
        if not hit.any():
            return left[:0], left[:0]
        positions, targets = found[0]
        usable = self._body[targets]
        positions, targets = positions[usable], targets[usable]
        owner_nodes = self._owner[targets]
        depth = above.start[owner_nodes + 1] - above.start[owner_nodes]
        order = np.lexsort((targets, -depth, positions))
        positions, targets = positions[order], targets[order]
        first = np.ones(len(positions), dtype=bool)
        first[1:] = positions[1:] != positions[:-1]
        return positions[first], targets[first]


def resolve_named(hierarchy: Hierarchy, index: MethodIndex, named: Ints) -> Ints:
    """The app's method that each of ``named`` stands for by its declared class, -1 for none."""
    lookup = Lookup(hierarchy, index, index.exact, index.defined)
    resolved = np.full(len(named), -1, dtype=np.int64)
    positions, targets = lookup.find(index.owner[named], index.exact[named])
    resolved[positions] = targets
    return resolved
