"""Entry points that code registers: listeners, threads, tasks, run-time receivers and the like.

They are known once the search is done: a class that reached code creates, which overrides a
method of outside code. The evidence is the call that hands the object over, or else the place
that creates it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.dispatch import OBJECT
from witnessmark.flow.entries import Entry, role_of
from witnessmark.flow.graph import Flags, Ints
from witnessmark.flow.program import Program, Uses
from witnessmark.flow.search import Reached
from witnessmark.knowledge.framework import FrameworkModel
from witnessmark.model.distinct import among, distinct_and_first

REGISTER_UNITS, CREATE_UNITS = 3, 2
"""16-bit units of an invoke and of a new-instance instruction."""

OPEN_REGISTRATION = frozenset({"LL", "LLLL"})
"""Parameter letters of ``Context.registerReceiver`` without flags."""


def registered_entries(
    facts: Facts, program: Program, reached: Reached, model: FrameworkModel, known: Ints
) -> Iterator[Entry]:
    """One entry point a callback method, in the order of methods; ``known`` ones left out."""
    dispatch, hierarchy = program.dispatch, program.hierarchy
    root = hierarchy.nodes.get(OBJECT, -2)
    live = reached.hubs[dispatch.hub] & reached.nodes[dispatch.type]
    live &= (dispatch.hub >= program.methods) & (dispatch.declared != root)
    rows = np.flatnonzero(live)
    rows = rows[~among(dispatch.target[rows], known)]
    _, first = distinct_and_first(dispatch.target[rows])
    rows = rows[first]
    created, created_pc = _first_places(program, reached)
    handing = _first_handing(program, reached)
    opened = _open_registration(program, reached, model)
    roles: dict[int, str] = {}
    for row in rows.tolist():
        node, declared = int(dispatch.type[row]), int(dispatch.declared[row])
        for one in (declared, node):
            if one not in roles:
                roles[one] = role_of(program, model, one)
        kind = roles[node] if roles[declared] == "callback" else roles[declared]
        hub = int(dispatch.hub[row])
        call = handing.get(hub, -1) if hub != dispatch.always else -1
        is_open = kind == "receiver" and opened >= 0
        call = opened if is_open else call
        method, pc = (
            (int(program.calls.method[call]), int(program.calls.pc[call]))
            if call >= 0
            else (int(created[node]), int(created_pc[node]))
        )
        because = _because(facts, program, node, declared, call)
        span = _instruction(facts, method, pc, REGISTER_UNITS if call >= 0 else CREATE_UNITS)
        yield Entry(int(dispatch.target[row]), kind, because, -1, is_open, method, pc, *span)


def _because(facts: Facts, program: Program, node: int, declared: int, call: int) -> str:
    names = program.hierarchy.names
    made = f"an object of {names[node].replace('/', '.')} is created"
    above = f"overrides a method of {names[declared].replace('/', '.')}"
    if call < 0:
        return f"{made}; {above}"
    callee = int(program.calls.what[call])
    api = f"{facts.method_class(callee)}.{facts.method_name(callee)}"
    return f"{made}; {above}, and such an object is handed to {api}"


def _instruction(facts: Facts, method: int, pc: int, units: int) -> tuple[int, int, int]:
    """Span of an instruction, at most to the end of its method."""
    if method < 0:
        return -1, 0, 0
    methods = facts.table(METHODS)
    left = int(methods["code_units"][method]) - pc
    offset = int(methods["code_offset"][method]) + 2 * pc
    return int(methods["artifact"][method]), offset, 2 * min(units, left)


def _first_places(program: Program, reached: Reached) -> tuple[Ints, Ints]:
    """First reached place that creates or mentions each class, by node; -1 for none."""
    method = np.full(program.hierarchy.size, -1, dtype=np.int64)
    pc = method.copy()
    for uses in (program.mentions, program.creates):
        rows = _reached_rows(uses, reached)[::-1]
        method[uses.what[rows]] = uses.method[rows]
        pc[uses.what[rows]] = uses.pc[rows]
    return method, pc


def _reached_rows(uses: Uses, reached: Reached) -> Ints:
    rows = np.flatnonzero(reached.methods[uses.method])
    return rows[np.lexsort((uses.pc[rows], uses.method[rows]))]


def _first_handing(program: Program, reached: Reached) -> dict[int, int]:
    """First reached call site that activates each hub of an outside interface."""
    rows = np.flatnonzero(reached.methods[program.calls.method])
    callees, first = distinct_and_first(program.calls.what[rows])
    owners, hubs = program.hands.expand(callees)
    order = np.lexsort((rows[first][owners], hubs))
    hubs, sites = hubs[order], rows[first][owners][order]
    found, at = distinct_and_first(hubs)
    return dict(zip(found.tolist(), sites[at].tolist(), strict=True))


def _open_registration(program: Program, reached: Reached, model: FrameworkModel) -> int:
    """First reached call that registers a receiver for other apps' broadcasts, -1 for none."""
    hierarchy, index = program.hierarchy, program.index
    context = hierarchy.nodes.get("android/content/Context", -1)
    name = index.names.ids.get(b"registerReceiver", -1)
    if context < 0 or name < 0 or "android/content/Context" not in model:
        return -1
    forms = [
        index.loose_ids.get(f"registerReceiver:{letters}", -1) for letters in OPEN_REGISTRATION
    ]
    under: Flags = np.zeros(hierarchy.size, dtype=bool)
    under[hierarchy.under.of(context)] = True
    is_api = under[index.owner] & among(index.loose, forms)
    rows = np.flatnonzero(is_api[program.calls.what] & reached.methods[program.calls.method])
    return int(rows[0]) if len(rows) else -1
