"""Tasks that code hands to be run, where their classes are known: ``handler.post(this.task)``.

By its type a call such as ``Handler.post`` can run any task of the app. Where the value that it is
given comes from objects made in sight (here, in a field that only such objects are put into, in a
method that gives one, at every caller of a private method), it runs these and no others. Where one
way is not seen the call is left as it is, and any task may run. Only code of the app's own packages
is looked into; what is reached does not depend on it.

Source: developer.android.com/reference/android/os/Handler, .../java/util/concurrent/Executor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import CALLS, FIELD_USES, FIELDS
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Flags, Ints, Lists, ints, lists_of
from witnessmark.flow.instructions import CodeReader, MethodCode
from witnessmark.flow.origins import (
    Call,
    CallResult,
    Constant,
    Event,
    FieldRead,
    Made,
    Origin,
    Origins,
    Parameter,
    Store,
)
from witnessmark.flow.program import FIELD_WRITES, Program
from witnessmark.flow.straight import static_constants
from witnessmark.knowledge.framework import FrameworkModel, ImplicitCall

DEEPEST = 4
"""Fields, results and callers that a value is followed through."""

MOST_PLACES = 40
"""Places that write a field or call a method, beyond which it is not followed."""

JUMPS = (0x28, 0x29, 0x2A, *range(0x32, 0x3E))
FIXED_CALLS = 0xA
"""Access flags of methods that no other can override: private and static."""

Nodes = frozenset[int]
NONE: Nodes = frozenset()


class Posted(Struct, frozen=True):
    """What calls run for certain.

    ``call``, ``target``  a row each: call site and a method of the app that it has run.
    ``known``             by row of ``calls``: all that the call has run is listed.
    ``wide``              by row of ``Dispatch``: what a call may have run by its type alone.
    """

    call: Ints
    target: Ints
    known: Flags
    wide: Flags


def posted_tasks(
    facts: Facts, program: Program, model: FrameworkModel, own: Flags, reached: Flags
) -> Posted:
    """Look at each call of the ``own`` classes in ``reached`` methods that has a task run."""
    dispatch, calls = program.dispatch, program.calls
    drawn = (dispatch.hub < program.methods) & (dispatch.declared >= 0)
    overridden = np.zeros(program.methods, dtype=bool)
    named = dispatch.hub < program.methods
    overridden[dispatch.hub[named & ~drawn]] = True
    rules = _rules(program, model, drawn)
    meant = np.zeros(program.methods, dtype=bool)
    meant[[one for one in rules if not overridden[one] and program.resolved[one] < 0]] = True
    hubs = np.maximum(program.hub, 0)
    sites = (program.hub >= 0) & meant[hubs] & reached[calls.method]
    sites &= own[program.index.owner[calls.method]]
    values = _Values(facts, program)
    found: list[tuple[int, int]] = []
    known = np.zeros(len(calls.method), dtype=bool)
    for site in np.flatnonzero(sites).tolist():
        callee = int(calls.what[site])
        nodes = values.given(site, rules[callee])
        if nodes is None:
            continue
        known[site] = True
        rows = dispatch.by_hub.of(callee)
        rows = rows[np.isin(dispatch.type[rows], sorted(nodes))]
        found += [(site, target) for target in sorted(set(dispatch.target[rows].tolist()))]
    table = np.array(found, dtype=np.int64).reshape(-1, 2)
    return Posted(table[:, 0], table[:, 1], known, drawn & ~_narrow(program, drawn))


def _rules(
    program: Program, model: FrameworkModel, drawn: Flags
) -> Mapping[int, Sequence[ImplicitCall]]:
    """Rules by the method that calls name, of those that lead to code of the app."""
    names, nodes, under = program.index.names, program.hierarchy.nodes, program.hierarchy.under
    by_name: dict[int, list[tuple[ImplicitCall, Nodes]]] = {}
    for rule in model.implicit_calls:
        number = names.ids.get(rule.method.encode(), -1)
        if number >= 0 and rule.class_name in nodes and rule.on in nodes:
            below = frozenset(under.of(nodes[rule.class_name]).tolist())
            by_name.setdefault(number, []).append((rule, below))
    found: dict[int, Sequence[ImplicitCall]] = {}
    for method in sorted(set(program.dispatch.hub[drawn].tolist())):
        owner = int(program.index.owner[method])
        ruled = by_name.get(int(names.of_method[method]), ())
        found[method] = [rule for rule, below in ruled if owner in below]
    return found


def _narrow(program: Program, drawn: Flags) -> Flags:
    """Rows whose call names a class of the app below which alone it lands: ``MyTask.execute``."""
    dispatch, above = program.dispatch, program.hierarchy.above
    rows = np.flatnonzero(drawn)
    owners, declared = program.index.owner[dispatch.hub[rows]], dispatch.declared[rows]
    pairs = list(zip(owners.tolist(), declared.tolist(), strict=True))
    below = {
        (owner, on): on != owner and bool(np.isin(on, above.of(owner))) for owner, on in set(pairs)
    }
    found = np.zeros(len(drawn), dtype=bool)
    found[rows] = [below[pair] for pair in pairs]
    return found


class _Values:
    """Classes of the objects that values can be; None where that is not known."""

    def __init__(self, facts: Facts, program: Program) -> None:
        self._facts = facts
        self._program = program
        self._reader = CodeReader(facts)
        self._constants = static_constants(facts)
        self._read: dict[int, tuple[Event, ...]] = {}
        self._loops: dict[int, Sequence[tuple[int, int]]] = {}

    def given(self, site: int, rules: Iterable[ImplicitCall]) -> Nodes | None:
        """Classes of the objects of a call whose methods its rules have run."""
        calls = self._facts.table(CALLS)
        method, pc = int(calls["method"][site]), int(calls["pc"][site])
        call = self._call_at(method, pc)
        if call is None:
            return None
        found: set[int] = set()
        for origin in self._operands(call, rules):
            nodes = self._of(origin, method, pc, DEEPEST)
            if nodes is None:
                return None
            found |= nodes
        return frozenset(found)

    def _operands(self, call: Call, rules: Iterable[ImplicitCall]) -> Iterator[Origin]:
        """The receiver, or the arguments that can be of the type that a rule is about."""
        kinds = self._facts.parameter_types(call.callee)
        first = len(call.arguments) - len(kinds)
        for rule in rules:
            if rule.of_receiver:
                yield call.arguments[0]
                continue
            on = self._program.hierarchy.nodes[rule.on]
            for kind, origin in zip(kinds, call.arguments[first:], strict=True):
                if self._can_be(kind, on):
                    yield origin

    def _can_be(self, kind: str, on: int) -> bool:
        """Whether a parameter of a type takes objects of another."""
        hierarchy = self._program.hierarchy
        node = hierarchy.nodes.get(kind[1:-1], -1) if kind[:1] == "L" else -1
        return node >= 0 and (node in hierarchy.above.of(on) or on in hierarchy.above.of(node))

    def _of(self, origin: Origin, method: int, pc: int, depth: int) -> Nodes | None:
        """Classes of a value that ``method`` has at ``pc``."""
        if depth <= 0:
            return None
        if isinstance(origin, Constant) and origin.kind == "int" and origin.text == "0":
            return NONE
        if isinstance(origin, Parameter):
            return self._handed(origin, method, pc, depth)
        if not isinstance(origin, Made | FieldRead | CallResult):
            return None
        if self._comes_round(method, origin.pc, pc):
            return None
        if isinstance(origin, Made):
            return frozenset({origin.type})
        if isinstance(origin, FieldRead):
            return self._put_into(origin.row, depth - 1)
        target = int(self._program.target[origin.call])
        return (
            self._together(self._stores(target, NO_FIELD), target, depth - 1)
            if target >= 0
            else None
        )

    def _handed(self, origin: Parameter, method: int, pc: int, depth: int) -> Nodes | None:
        """Classes of the receiver, or of what all callers hand to a method none can override."""
        hierarchy, index = self._program.hierarchy, self._program.index
        if origin.position < 0:
            below = hierarchy.under.of(int(index.owner[method]))
            return frozenset(below[hierarchy.concrete[below]].tolist())
        fixed = int(index.access[method]) & FIXED_CALLS
        fixed = fixed or self._facts.method_name(method) == "<init>"
        sites = self._sites.get(method, ())
        if not fixed or not sites or len(sites) > MOST_PLACES or self._loops_around(method, pc):
            return None
        found: set[int] = set()
        for site in sites:
            caller, at = int(self._program.calls.method[site]), int(self._program.calls.pc[site])
            call = self._call_at(caller, at)
            if call is None:
                return None
            value = call.arguments[origin.position + int(call.receiver)]
            nodes = self._of(value, caller, at, depth - 1)
            if nodes is None:
                return None
            found |= nodes
        return frozenset(found)

    @cached_property
    def _sites(self) -> Mapping[int, Sequence[int]]:
        """Call sites by the method of the app that they run for certain."""
        found: dict[int, list[int]] = {}
        sure = np.flatnonzero(self._program.target >= 0)
        for site, target in zip(sure.tolist(), self._program.target[sure].tolist(), strict=True):
            found.setdefault(target, []).append(site)
        return found

    def _put_into(self, field: int, depth: int) -> Nodes | None:
        """Classes of all that is put into a field; None where nothing is seen to be."""
        writers = self._writers(field)
        if not writers or len(writers) > MOST_PLACES:
            return None
        found: set[int] = set()
        for method in sorted(writers):
            rows = self._alike(field)
            nodes = self._together(self._stores(method, rows), method, depth)
            if nodes is None:
                return None
            found |= nodes
        return frozenset(found) if found else None

    def _together(self, stores: Sequence[Store], method: int, depth: int) -> Nodes | None:
        found: set[int] = set()
        for store in stores:
            nodes = self._of(store.value, method, store.pc, depth)
            if nodes is None:
                return None
            found |= nodes
        return frozenset(found) if stores else None

    def _stores(self, method: int, fields: Nodes) -> Sequence[Store]:
        """Writes of a method into one of some fields; returns for `NO_FIELD`."""
        return [
            one for one in self._events(method) if isinstance(one, Store) and one.field in fields
        ]

    def _call_at(self, method: int, pc: int) -> Call | None:
        events = self._events(method)
        return next((one for one in events if isinstance(one, Call) and one.pc == pc), None)

    def _alike(self, field: int) -> Nodes:
        """Rows by which code can mean a field: those of its name under related classes."""
        fields, above = self._facts.table(FIELDS), self._program.hierarchy.above
        same = (fields["name"] == fields["name"][field]) & (fields["type"] == fields["type"][field])
        owners = ints(fields["class_type"])
        mine = int(owners[field])
        return frozenset(
            row for row in np.flatnonzero(same).tolist()
            if owners[row] in above.of(mine) or mine in above.of(int(owners[row]))
        )  # fmt: skip

    def _writers(self, field: int) -> set[int]:
        """Methods that write a field; none for one of outside code, which may write it too."""
        fields = self._facts.table(FIELDS)
        if int(fields["class"][field]) < 0:
            return set()
        return {one for row in self._alike(field) for one in self._writes.of(row).tolist()}

    @cached_property
    def _writes(self) -> Lists:
        uses = self._facts.table(FIELD_USES)
        rows = np.flatnonzero(np.isin(uses["opcode"], FIELD_WRITES))
        field, method = ints(uses["field"])[rows], ints(uses["method"])[rows]
        return lists_of(field, method, len(self._facts.table(FIELDS)))

    def _events(self, method: int) -> tuple[Event, ...]:
        found = self._read.get(method)
        if found is None:
            code = self._reader.read(method)
            found = () if code is None else tuple(self._passed(code))
            self._read[method] = found
        return found

    def _passed(self, code: MethodCode) -> Iterator[Event]:
        for event in Origins(self._facts, code, self._constants).events():
            if isinstance(event, Call | Store):
                yield event

    def _comes_round(self, method: int, made: int, used: int) -> bool:
        """Whether a loop around ``used`` begins behind ``made``: another value may come round."""
        return any(made < start for start, _ in self._loops_around(method, used))

    def _loops_around(self, method: int, pc: int) -> Sequence[tuple[int, int]]:
        """Jumps back over a place: where they lead, and where they stand."""
        found = self._loops.get(method)
        if found is None:
            code = self._reader.read(method)
            found = [] if code is None else [
                (one.pc + one.literal, one.pc)
                for one in code.instructions
                if one.opcode in JUMPS and one.literal < 0
            ]  # fmt: skip
            self._loops[method] = found
        return [(start, end) for start, end in found if start <= pc <= end]


NO_FIELD: Nodes = frozenset({-1})
"""Stands for the field of a store that is a return."""
