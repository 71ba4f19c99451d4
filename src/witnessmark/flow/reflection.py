"""Code that names classes and methods in text: what reflection can reach.

A string that spells the name of a class of the app, in a method that looks classes up by name,
is taken as that lookup's argument. Names that are put together, decoded or passed on are computed
by `values.reflected`. `unseen_calls` counts the places so that a gap can tell.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import CALLS, STRING_USES, TYPE_USES
from witnessmark.facts.tables.native import NATIVE_STRINGS
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Flags, Ints, distinct, ints
from witnessmark.flow.hierarchy import Hierarchy
from witnessmark.flow.methods import MethodIndex
from witnessmark.flow.names import string_bytes
from witnessmark.flow.values.reflected import computed_names
from witnessmark.knowledge.framework import FrameworkModel
from witnessmark.model.distinct import among

CONST_CLASS = 0x1C


class NamedPlaces(Struct, frozen=True):
    """Rows (method, pc, what): a place in code that names a class node or a method."""

    method: Ints
    pc: Ints
    what: Ints


class Reflection(Struct, frozen=True):
    """What text in code leads to.

    ``classes``  strings that name classes of the app where classes are looked up.
    ``methods``  strings that name methods of a class that the same method names.
    ``loose``    methods named where no class is named beside: they may be meant or not.
    ``unseen``   rows of ``calls`` by kind of `UnseenCall`.
    ``computed``  look-ups whose name was computed.
    """

    classes: NamedPlaces
    methods: NamedPlaces
    loose: NamedPlaces
    unseen: Mapping[str, Ints]
    computed: Ints


class _Computed(Struct, frozen=True):
    """Classes of the app by computed names; methods as (place, class node, name); calls seen."""

    classes: NamedPlaces
    methods: tuple[tuple[int, int, int, str], ...]
    calls: Ints


def find_reflection(
    facts: Facts, hierarchy: Hierarchy, index: MethodIndex, model: FrameworkModel
) -> Reflection:
    """Find reflection; linear in calls and in the strings of methods that use it."""
    unseen = unseen_calls(facts, hierarchy, index, model)
    by_name = class_names(hierarchy)
    looks = _callers(facts, unseen.get("class_by_name"), len(index.owner))
    classes = _named(facts, looks, {name.encode(): node for name, node in by_name.items()})
    gets = _callers(facts, unseen.get("method_by_name"), len(index.owner))
    names = _named(facts, gets, dict(index.names.ids))
    computed = _computed(facts, unseen, by_name)
    classes = _both(classes, computed.classes)
    methods, loose = _methods_of(facts, classes, names, hierarchy, index)
    chosen = _chosen_methods(computed.methods, hierarchy, index)
    return Reflection(classes, _both(methods, chosen), loose, unseen, computed.calls)


def unseen_calls(
    facts: Facts, hierarchy: Hierarchy, index: MethodIndex, model: FrameworkModel
) -> dict[str, Ints]:
    """Rows of ``calls`` that name, load or bring code, by kind."""
    callees = ints(facts.table(CALLS)["callee"])
    kinds: dict[str, Flags] = {}
    for rule in model.unseen_calls:
        name = index.names.ids.get(rule.method.encode())
        if name is None or rule.class_name not in hierarchy.nodes:
            continue
        under = np.zeros(hierarchy.size, dtype=bool)
        under[hierarchy.under.of(hierarchy.nodes[rule.class_name])] = True
        if rule.method == "<init>":
            under &= hierarchy.class_row < 0
        is_api = (index.names.of_method == name) & under[index.owner] & ~index.body
        kinds[rule.kind] = kinds.get(rule.kind, np.zeros(len(is_api), dtype=bool)) | is_api
    return {kind: np.flatnonzero(flags[callees]) for kind, flags in sorted(kinds.items())}


def class_names(hierarchy: Hierarchy) -> dict[str, int]:
    """Nodes of the app's own classes by every way in which text names them."""
    own = np.flatnonzero(hierarchy.class_row >= 0).tolist()
    found = {hierarchy.names[node]: node for node in own}
    found.update((name.replace("/", "."), node) for name, node in list(found.items()))
    return found


def named_by_native_code(facts: Facts, hierarchy: Hierarchy) -> Ints:
    """Classes of the app whose name stands in a native library."""
    by_name = class_names(hierarchy)
    found = {
        by_name.get(text.removeprefix("L").removesuffix(";"), by_name.get(text, -1))
        for text in facts.table(NATIVE_STRINGS)["text"].tolist()
        if "/" in text or "." in text
    }
    return np.array(sorted(found - {-1}), dtype=np.int64)


def _callers(facts: Facts, rows: Ints | None, methods: int) -> Flags:
    flags = np.zeros(methods, dtype=bool)
    if rows is not None:
        flags[facts.table(CALLS)["method"][rows]] = True
    return flags


def _named(facts: Facts, within: Flags, meanings: Mapping[bytes, int]) -> NamedPlaces:
    """String uses in methods ``within`` whose text has a meaning."""
    uses = facts.table(STRING_USES)
    rows = np.flatnonzero(within[uses["method"]])
    strings = ints(uses["string"])[rows]
    texts = string_bytes(facts, strings)
    what = np.array([meanings.get(text, -1) for text in texts], dtype=np.int64)
    rows, what = rows[what >= 0], what[what >= 0]
    return NamedPlaces(ints(uses["method"])[rows], ints(uses["pc"])[rows], what)


def _computed(facts: Facts, unseen: Mapping[str, Ints], by_name: Mapping[str, int]) -> _Computed:
    """What look-ups are given that no constant in the same method tells."""
    empty = np.zeros(0, dtype=np.int64)
    lookups = [unseen.get(kind, empty) for kind in ("class_by_name", "method_by_name")]
    classes: list[tuple[int, int, int]] = []
    methods: list[tuple[int, int, int, str]] = []
    calls: set[int] = set()
    of_class = set(lookups[0].tolist())
    for found in computed_names(facts, np.concatenate(lookups)):
        if found.call in of_class:
            calls.add(found.call)
            if found.name in by_name:
                classes.append((found.method, found.pc, by_name[found.name]))
        elif found.owner[1:-1] in by_name:
            calls.add(found.call)
            methods.append((found.method, found.pc, by_name[found.owner[1:-1]], found.name))
    return _Computed(_places(classes), tuple(methods), np.array(sorted(calls), dtype=np.int64))


def _chosen_methods(
    named: tuple[tuple[int, int, int, str], ...], hierarchy: Hierarchy, index: MethodIndex
) -> NamedPlaces:
    """Methods of that name that a class has or inherits in the app."""
    places: list[tuple[int, int, int]] = []
    for caller, pc, node, name in named:
        number = index.names.ids.get(name.encode("utf-8", "replace"), -1)
        meant = np.flatnonzero((index.names.of_method == number) & index.body)
        above = set(hierarchy.above.of(node).tolist())
        places += [
            (caller, pc, method) for method in meant.tolist() if int(index.owner[method]) in above
        ]
    return _places(places)


def _both(first: NamedPlaces, second: NamedPlaces) -> NamedPlaces:
    rows = (
        row
        for one in (first, second)
        for row in zip(one.method.tolist(), one.pc.tolist(), one.what.tolist(), strict=True)
    )
    return _places(list(rows))


def _methods_of(
    facts: Facts,
    classes: NamedPlaces,
    names: NamedPlaces,
    hierarchy: Hierarchy,
    index: MethodIndex,
) -> tuple[NamedPlaces, NamedPlaces]:
    """Methods meant by ``names``: those of the classes named in the same method, or of the only
    class of the app that has such a method; else any may be meant.
    """
    beside: dict[int, set[int]] = {}
    uses = facts.table(TYPE_USES)
    objects = np.flatnonzero(uses["opcode"] == CONST_CLASS)
    wanted = set(names.method.tolist())
    for method, node in zip(
        [*classes.method.tolist(), *uses["method"][objects].tolist()],
        [*classes.what.tolist(), *uses["type"][objects].tolist()],
        strict=True,
    ):
        if method in wanted and hierarchy.class_row[node] >= 0:
            beside.setdefault(method, set()).update(hierarchy.above.of(node).tolist())
    sure: list[tuple[int, int, int]] = []
    loose: list[tuple[int, int, int]] = []
    by_name: dict[int, list[int]] = {}
    bodies = np.flatnonzero(index.body)
    chosen = among(index.names.of_method[bodies], distinct(names.what))
    for method in bodies[chosen].tolist():
        by_name.setdefault(int(index.names.of_method[method]), []).append(method)
    for caller, pc, name in zip(
        names.method.tolist(), names.pc.tolist(), names.what.tolist(), strict=True
    ):
        near = beside.get(caller)
        meant = by_name.get(name, [])
        if near is None and len({int(index.owner[method]) for method in meant}) == 1:
            near = {int(index.owner[meant[0]])}
        for method in meant:
            if near is None:
                loose.append((caller, pc, method))
            elif int(index.owner[method]) in near:
                sure.append((caller, pc, method))
    return _places(sure), _places(loose)


def _places(rows: list[tuple[int, int, int]]) -> NamedPlaces:
    table = np.array(sorted(set(rows)), dtype=np.int64).reshape(-1, 3)
    return NamedPlaces(table[:, 0], table[:, 1], table[:, 2])
