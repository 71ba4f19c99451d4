"""Tasks that code hands to be run, where their classes are known: ``handler.post(this.task)``.

By its type a call such as ``Handler.post`` can run any task of the app. Where the value that it is
given comes from objects made in sight (here, in a field that only such objects are put into, in a
method that gives one, at every caller of a private method), it runs these and no others. Where one
way is not seen the call is left as it is, and any task may run. Only code of the app's own packages
is looked into; what is reached does not depend on it.

Source: developer.android.com/reference/android/os/Handler, .../java/util/concurrent/Executor.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import CALLS, FIELD_USES, FIELDS, METHODS, TRY_HANDLERS
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Flags, Ints, Lists, ints, lists_of
from witnessmark.flow.instructions import SWITCHES, CodeReader, MethodCode
from witnessmark.flow.origins import (
    Call,
    CallResult,
    Constant,
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
from witnessmark.model.distinct import among

DEEPEST = 4
"""Fields, results and callers that a value is followed through."""

MOST_PLACES = 40
"""Places that write a field, call a method or return from it, beyond which it is not followed."""

JUMPS = (0x28, 0x29, 0x2A, *range(0x32, 0x3E))
FIXED_CALLS = 0xA
"""Access flags of methods that no other can override: private and static."""

Nodes = frozenset[int]
NONE: Nodes = frozenset()
NO_FIELD = -1
"""Stands for the field of a store that is a return."""


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


def none_posted(program: Program) -> Posted:
    """Nothing known of any call: each runs all that its type allows."""
    nothing = np.zeros(0, dtype=np.int64)
    known = np.zeros(len(program.calls.method), dtype=bool)
    return Posted(nothing, nothing, known, np.zeros(len(program.dispatch.hub), dtype=bool))


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
        rows = rows[among(dispatch.type[rows], sorted(nodes))]
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
        (owner, on): on != owner and bool((above.of(owner) == on).any()) for owner, on in set(pairs)
    }
    found = np.zeros(len(drawn), dtype=bool)
    found[rows] = [below[pair] for pair in pairs]
    return found


class _Seen(Struct, frozen=True):
    """What a method does with values.

    ``calls``   by place.
    ``stores``  by row of the field, -1 for returns.
    ``behind``  places, ascending, where control arrives by a way that the pass over the code does
                not see: a jump back, or an exception.
    """

    calls: Mapping[int, Call]
    stores: Mapping[int, Sequence[Store]]
    behind: Sequence[int]


class _Values:
    """Classes of the objects that values can be; None where that is not known."""

    def __init__(self, facts: Facts, program: Program) -> None:
        self._facts = facts
        self._program = program
        self._reader = CodeReader(facts)
        self._constants = static_constants(facts)
        self._read: dict[int, _Seen] = {}
        self._same: dict[int, Nodes] = {}
        self._fields: dict[tuple[int, int], Nodes | None] = {}
        self._results: dict[tuple[int, int], Nodes | None] = {}
        self._parameters: dict[tuple[int, int, int], Nodes | None] = {}

    def given(self, site: int, rules: Iterable[ImplicitCall]) -> Nodes | None:
        """Classes of the objects of a call whose methods its rules have run."""
        calls = self._facts.table(CALLS)
        method, pc = int(calls["method"][site]), int(calls["pc"][site])
        call = self._seen(method).calls.get(pc)
        operands = None if call is None else self._operands(call, rules)
        if not operands:
            return None
        found: set[int] = set()
        for origin in operands:
            nodes = self._of(origin, method, pc, DEEPEST)
            if nodes is None:
                return None
            found |= nodes
        return frozenset(found)

    def _operands(self, call: Call, rules: Iterable[ImplicitCall]) -> Sequence[Origin] | None:
        """The receiver, or the arguments that can be of the type that a rule is about; None where
        a rule is about the receiver of a call that has none.
        """
        kinds = self._facts.parameter_types(call.callee)
        given = call.arguments[int(call.receiver) :]
        found: list[Origin] = []
        for rule in rules:
            if rule.of_receiver:
                if not call.receiver:
                    return None
                found.append(call.arguments[0])
                continue
            on = self._program.hierarchy.nodes[rule.on]
            found += [
                origin for kind, origin in zip(kinds, given, strict=True) if self._can_be(kind, on)
            ]
        return found

    def _can_be(self, kind: str, on: int) -> bool:
        """Whether a parameter of a type takes objects of another."""
        hierarchy = self._program.hierarchy
        node = hierarchy.nodes.get(kind[1:-1], -1) if kind[:1] == "L" else -1
        return node >= 0 and (node in hierarchy.above.of(on) or on in hierarchy.above.of(node))

    def _of(self, origin: Origin, method: int, pc: int, depth: int) -> Nodes | None:
        """Classes of a value that ``method`` has at ``pc``."""
        if depth <= 0:
            return None
        if not isinstance(origin, Constant | Parameter | Made | FieldRead | CallResult):
            return None
        made = -1 if isinstance(origin, Parameter) else origin.pc
        if self._comes_round(method, made, pc):
            return None
        if isinstance(origin, Constant):
            return NONE if origin.kind == "int" and origin.text == "0" else None
        if isinstance(origin, Parameter):
            return self._handed(origin, method, depth)
        if isinstance(origin, Made):
            return frozenset({origin.type})
        if isinstance(origin, FieldRead):
            return self._put_into(origin.row, depth - 1)
        return self._given_back(int(self._program.target[origin.call]), depth - 1)

    def _given_back(self, method: int, depth: int) -> Nodes | None:
        """Classes of what a method gives."""
        if method < 0:
            return None
        key = method, depth
        if key not in self._results:
            returns = self._seen(method).stores.get(NO_FIELD, ())
            self._results[key] = self._together([(method, one) for one in returns], depth)
        return self._results[key]

    def _handed(self, origin: Parameter, method: int, depth: int) -> Nodes | None:
        """Classes of the receiver, or of what all callers hand to a method none can override."""
        key = method, origin.position, depth
        if key not in self._parameters:
            seen = self._by_callers if origin.position >= 0 else self._receivers
            self._parameters[key] = seen(*key)
        return self._parameters[key]

    def _receivers(self, method: int, _position: int, _depth: int) -> Nodes:
        hierarchy = self._program.hierarchy
        below = hierarchy.under.of(int(self._program.index.owner[method]))
        return frozenset(below[hierarchy.concrete[below]].tolist())

    def _by_callers(self, method: int, position: int, depth: int) -> Nodes | None:
        fixed = int(self._program.index.access[method]) & FIXED_CALLS
        fixed = fixed or self._facts.method_name(method) == "<init>"
        sites = self._sites.of(method).tolist()
        if not fixed or not sites or len(sites) > MOST_PLACES:
            return None
        found: set[int] = set()
        for site in sites:
            caller, at = int(self._program.calls.method[site]), int(self._program.calls.pc[site])
            call = self._seen(caller).calls.get(at)
            given = () if call is None else call.arguments[int(call.receiver) :]
            if position >= len(given):
                return None
            nodes = self._of(given[position], caller, at, depth - 1)
            if nodes is None:
                return None
            found |= nodes
        return frozenset(found)

    @cached_property
    def _sites(self) -> Lists:
        """Call sites by the method of the app that they run for certain."""
        sure = np.flatnonzero(self._program.target >= 0)
        return lists_of(self._program.target[sure], sure, len(self._program.index.owner))

    def _put_into(self, field: int, depth: int) -> Nodes | None:
        """Classes of all that is put into a field; None where nothing is seen to be."""
        key = field, depth
        if key not in self._fields:
            self._fields[key] = self._written(field, depth)
        return self._fields[key]

    def _written(self, field: int, depth: int) -> Nodes | None:
        writers = self._writers(field)
        if len(writers) > MOST_PLACES:
            return None
        rows = sorted(self._alike(field))
        found: list[tuple[int, Store]] = []
        for method in sorted(writers):
            stores = self._seen(method).stores
            here = [(method, one) for row in rows for one in stores.get(row, ())]
            if not here:
                return None
            found += here
        return self._together(found, depth) or None

    def _together(self, stores: Sequence[tuple[int, Store]], depth: int) -> Nodes | None:
        """Classes of all that some methods store; None where nothing is."""
        if not 0 < len(stores) <= MOST_PLACES:
            return None
        found: set[int] = set()
        for method, store in stores:
            nodes = self._of(store.value, method, store.pc, depth)
            if nodes is None:
                return None
            found |= nodes
        return frozenset(found)

    def _alike(self, field: int) -> Nodes:
        """Rows by which code can mean a field: those of its name under related classes."""
        found = self._same.get(field)
        if found is None:
            found = self._same[field] = self._alike_rows(field)
        return found

    def _alike_rows(self, field: int) -> Nodes:
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
        rows = np.flatnonzero(among(uses["opcode"], FIELD_WRITES))
        field, method = ints(uses["field"])[rows], ints(uses["method"])[rows]
        return lists_of(field, method, len(self._facts.table(FIELDS)))

    def _seen(self, method: int) -> _Seen:
        found = self._read.get(method)
        if found is None:
            code = self._reader.read(method)
            found = self._read[method] = _Seen({}, {}, ()) if code is None else self._pass(code)
        return found

    def _pass(self, code: MethodCode) -> _Seen:
        calls: dict[int, Call] = {}
        stores: dict[int, list[Store]] = {}
        for event in Origins(self._facts, code, self._constants).events():
            if isinstance(event, Call):
                calls[event.pc] = event
            elif isinstance(event, Store):
                stores.setdefault(event.field, []).append(event)
        handlers = self._facts.table(TRY_HANDLERS)["handler"][self._handlers.of(code.method)]
        return _Seen(calls, stores, sorted({*_jumps_back(code), *handlers.tolist()}))

    @cached_property
    def _handlers(self) -> Lists:
        method = ints(self._facts.table(TRY_HANDLERS)["method"])
        rows = np.arange(len(method), dtype=np.int64)
        return lists_of(method, rows, len(self._facts.table(METHODS)))

    def _comes_round(self, method: int, made: int, used: int) -> bool:
        """Whether another value may come to ``used`` by a way that begins behind ``made`` and that
        the pass over the code does not see.
        """
        behind = self._seen(method).behind
        next_one = bisect_right(behind, made)
        return next_one < len(behind) and behind[next_one] <= used


def _jumps_back(code: MethodCode) -> set[int]:
    """Where jumps and switches lead back to."""
    found: set[int] = set()
    for one in code.instructions:
        if one.opcode in JUMPS and one.literal <= 0:
            found.add(one.pc + one.literal)
        elif one.opcode in SWITCHES:
            found |= {to for _, to in code.switches.get(one.pc, ()) if to <= one.pc}
    return found
