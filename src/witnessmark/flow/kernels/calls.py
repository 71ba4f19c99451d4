"""Calls in the coarse pass: into the app, and of what lies outside."""

from __future__ import annotations

from witnessmark.flow.kernels.method import OP, REF, REG_A, REG_B
from witnessmark.flow.kernels.origins import carried, give
from witnessmark.flow.kernels.places import (
    BRINGS,
    BRINGS_CELL,
    BRINGS_IF,
    CALLS_,
    CELLS_,
    CODE_,
    DESCRIBED,
    EDGES,
    EDGES_,
    ENTRY,
    EXCEPTION,
    FILLS_CELL,
    FLAGS,
    FLOWS,
    GETS_CELL,
    GIVES_CELL,
    HELD_,
    HUB,
    HUBS_,
    LEAVES,
    LEAVES_CELL,
    MASK_,
    MOVES_,
    NAMED,
    NAMED_,
    OUTER,
    OUTS,
    OUTS_,
    PASSED_,
    PASSES,
    POSITIONS,
    PUTS_,
    QUEUE_,
    QUEUED,
    RECORD,
    REGISTER_,
    RESULT,
    RETURNS,
    RUNS,
    SEEN,
    SINK_CELL,
    SINKS,
    SLOT_COUNT,
    SLOTS,
    SLOTS_,
    SOURCE,
    STATE,
    STATE_,
    TAIL,
    THROWS,
    add,
    fact,
    item,
    length,
    put,
    state,
)
from witnessmark.formats.compiled.signature import I8


def ask(known: I8, m: int) -> int:
    """Queue a method unless it is."""
    if state(known, m, QUEUED) == 0:
        put(known, STATE_, m * STATE + QUEUED, 1)
        put(known, QUEUE_, known[TAIL] % length(known, QUEUE_), m)
        known[TAIL] += 1
    return 0


def edge(known: I8, start: int, end: int) -> int:
    """Note that data goes from one node to another, when edges are asked for."""
    if known[RECORD] and start != end:
        at = 2 * known[EDGES]
        if at + 1 < length(known, EDGES_):
            put(known, EDGES_, at, start)
            put(known, EDGES_, at + 1, end)
        known[EDGES] += 1
    return 0


def is_real(mask: int, entry: int) -> int:
    """Whether a mask means data of a source, given the positions that such data comes to."""
    return 1 if mask & (SOURCE | entry) else 0


def fill_cell(app: I8, known: I8, m: int, c: int, nodes: int) -> int:
    """Method ``m`` puts data into a cell: whoever gets it from there is scanned (again)."""
    if c < 0:
        return 0
    edge(known, m, nodes + c)
    if item(known, HELD_, c):
        return 0
    put(known, HELD_, c, 1)
    first = length(known, HELD_) + 1
    for k in range(item(app, CELLS_, c), item(app, CELLS_, c + 1)):
        other, bits = item(app, CELLS_, first + 2 * k), item(app, CELLS_, first + 2 * k + 1)
        if bits == 0 or bits & ~state(known, other, ENTRY):
            add(known, STATE_, other * STATE + ENTRY, bits)
            ask(known, other)
    return 0


def pass_arguments(app: I8, work: I8, what: int, row: int) -> int:
    """What the call at ``row`` is given, by position; how many positions there are."""
    op = item(work, CODE_, row + OP)
    ranged = 0x74 <= op <= 0x78 or op == 0xFB
    count = item(work, CODE_, row + REG_A)
    behind = 0 if op == 0x71 or op == 0x77 else 1
    first, size = fact(app, what, SLOTS), fact(app, what, SLOT_COUNT)
    positions = fact(app, what, POSITIONS)
    for p in range(positions):
        put(work, PASSED_, p, 0)
        put(work, REGISTER_, p, -1)
        put(work, PUTS_, p, 0)
    listed = item(work, CODE_, row + REG_B)
    for k in range(count):
        register = listed + k
        if not ranged:
            register = (listed >> (4 * k if k < 4 else 16)) & 15
        slot, p = k - behind, 0
        if slot >= size:
            break
        if slot >= 0:
            p = item(app, SLOTS_, first + slot)
        if register < length(work, MASK_) and p < positions and item(work, REGISTER_, p) < 0:
            put(work, REGISTER_, p, register)
            put(work, PASSED_, p, carried(work, register))
    return positions


def meant(work: I8, found: int, positions: int) -> int:
    """A mask of a callee in terms of its caller, given what the caller passes."""
    result = found & SOURCE
    if found & ~SOURCE:
        for p in range(positions):
            if found >> p & 1:
                result |= item(work, PASSED_, p)
    return result


def enter(app: I8, known: I8, work: I8, m: int, t: int, positions: int, entry: int) -> int:
    """Follow a call into method ``t`` of the app; what its result carries."""
    bits, any_ = 0, 0
    for p in range(positions):
        any_ |= item(work, PASSED_, p)
        if is_real(item(work, PASSED_, p), entry):
            bits |= 1 << p
    at = t * STATE
    if bits:
        edge(known, m, t)
    if bits & ~item(known, STATE_, at + ENTRY):
        add(known, STATE_, at + ENTRY, bits)
        ask(known, t)
    elif any_ and item(known, STATE_, at + SEEN) == 0:
        ask(known, t)
    result = meant(work, item(known, STATE_, at + RETURNS), positions)
    thrown = meant(work, item(known, STATE_, at + THROWS), positions)
    known[EXCEPTION] |= thrown
    comes_back = is_real(result | thrown, entry)
    first = fact(app, t, OUTS)
    for p in range(min(positions, fact(app, t + 1, OUTS) - first)):
        data = meant(work, item(known, OUTS_, first + p), positions)
        add(work, PUTS_, p, data)
        comes_back |= is_real(data, entry)
    if comes_back:
        edge(known, t, m)
    return result


def pass_on(app: I8, known: I8, work: I8, m: int, t: int, positions: int, entry: int) -> int:
    """Outside code may hand what it is given to method ``t`` of the app, as any parameter."""
    real, bits = 0, 0
    for p in range(positions):
        real |= is_real(item(work, PASSED_, p), entry)
    if real:
        edge(known, m, t)
        for p in range(1, fact(app, t, POSITIONS)):
            bits |= 1 << p
    if bits & ~state(known, t, ENTRY):
        add(known, STATE_, t * STATE + ENTRY, bits)
        ask(known, t)
    return 0


def outside(
    app: I8, known: I8, work: I8, m: int, what: int, positions: int, entry: int, nodes: int
) -> int:
    """Follow a call of code that the app does not hold; what its result carries."""
    at, result, leaves, any_ = what * NAMED, 0, 0, 0
    for p in range(positions):
        if is_real(item(work, PASSED_, p), entry):
            any_ = 1
            leaves |= item(app, NAMED_, at + SINKS) >> p & 1
    for k in range(item(app, NAMED_, at + FLOWS), item(app, NAMED_, at + NAMED + FLOWS)):
        start, end = item(app, MOVES_, 2 * k), item(app, MOVES_, 2 * k + 1)
        data = item(work, PASSED_, start) if start < positions else 0
        if end == RESULT:
            result |= data
        elif end < positions:
            add(work, PUTS_, end, data)
    if leaves:
        put(known, STATE_, m * STATE + LEAVES, 1)
        fill_cell(app, known, m, item(app, NAMED_, at + SINK_CELL), nodes)
    if any_:
        fill_cell(app, known, m, item(app, NAMED_, at + GIVES_CELL), nodes)
    brings = item(app, NAMED_, at + BRINGS)
    cell = item(app, NAMED_, at + BRINGS_CELL)
    if cell >= 0 and item(known, HELD_, cell):
        brings |= item(app, NAMED_, at + BRINGS_IF)
        edge(known, nodes + cell, m)
    fill_cell(app, known, m, item(app, NAMED_, at + FILLS_CELL), nodes)
    cell = item(app, NAMED_, at + LEAVES_CELL)
    if cell >= 0 and item(known, HELD_, cell):
        put(known, STATE_, m * STATE + LEAVES, 1)
        edge(known, nodes + cell, m)
    cell = item(app, NAMED_, at + GETS_CELL)
    if cell >= 0 and item(known, HELD_, cell):
        result |= SOURCE
        edge(known, nodes + cell, m)
    if brings:
        if brings >> RESULT & 1:
            result |= SOURCE
        for p in range(positions):
            if brings >> p & 1:
                add(work, PUTS_, p, SOURCE)
    return result


def call(app: I8, known: I8, work: I8, m: int, row: int, entry: int, nodes: int) -> int:
    """Follow the call at ``row``; what its result carries."""
    at = item(work, CODE_, row + REF)
    if at < 0:
        return 0
    what, target = item(app, CALLS_, 3 * at + 1), item(app, CALLS_, 3 * at + 2)
    positions = pass_arguments(app, work, what, row)
    first, last = item(app, NAMED_, what * NAMED + HUB), item(app, NAMED_, (what + 1) * NAMED + HUB)
    result, inside, described = 0, 0, 0
    for k in range(first - 1, last):
        t = target if k < first else item(app, HUBS_, k)
        if t < 0 or (k >= first and target >= 0):
            continue
        if fact(app, t, FLAGS) & (DESCRIBED | RUNS) != RUNS:
            described = 1
        elif item(app, NAMED_, what * NAMED + PASSES):
            pass_on(app, known, work, m, t, positions, entry)
        else:
            inside = 1
            result |= enter(app, known, work, m, t, positions, entry)
    if described or not inside or item(app, NAMED_, what * NAMED + OUTER):
        result |= outside(app, known, work, m, what, positions, entry, nodes)
    for p in range(positions):
        give(work, known, item(work, REGISTER_, p), item(work, PUTS_, p))
    return result
