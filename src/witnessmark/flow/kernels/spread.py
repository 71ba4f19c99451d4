"""Where data of sources can come at all: a pass over the methods it comes to.

A mask says of a register which data it may carry: bits for the positions (receiver and parameters)
of the method itself, and one for data of any source. Summaries of masks carry data through calls
and back to the caller that gave it; fields count for all objects at once. Objects are followed
inside a method by where they came from, so that what is put into one is also in the field, the
parameter or the result that it was. Cost: linear in the code that data comes to, times few sweeps.

Source: T. Reps, S. Horwitz, M. Sagiv, Precise interprocedural dataflow analysis via graph
reachability, POPL 1995 (summaries).
"""

from __future__ import annotations

from witnessmark.flow.kernels.calls import ask, call, edge, fill_cell, is_real
from witnessmark.flow.kernels.method import (
    GOES,
    OP,
    PC,
    REF,
    REG_A,
    REG_B,
    REG_C,
    ROW,
    SLOT,
    case_target,
    decode,
    link,
    switch_cases,
)
from witnessmark.flow.kernels.origins import arrive, carried, give, put_into
from witnessmark.flow.kernels.places import (
    ANSWERS,
    AT,
    BACK,
    CALLERS_,
    CALLERS_BY_NAME_,
    CALLS_,
    CODE_,
    CONTENT_,
    CUT,
    DIRTY,
    EDGES,
    ENTRY,
    EXCEPTION,
    FIELD_,
    FIELD_DATA,
    FIELD_OUTSIDE,
    FIELD_SOURCE,
    FLAGS,
    FROM_,
    GIVEN_,
    GOES_,
    HEAD,
    HEADS_,
    INDEX_,
    INS,
    JOINED,
    KEPT_,
    LEAVES,
    LEFT_OUT,
    LINKS,
    LIVE_,
    MASK_,
    MOST_SWEEPS,
    NAMES_,
    ORIGIN_,
    OUT_CELL,
    OUTS,
    OUTS_,
    POSITIONS,
    QUEUE_,
    QUEUED,
    READERS_,
    RECORD,
    REGISTERS,
    RETURN_CELL,
    RETURNS,
    RUNS,
    SCANS,
    SEEN,
    SLOT_COUNT,
    SLOTS,
    SLOTS_,
    SOURCE,
    STATE,
    STATE_,
    STATES_,
    STATIC,
    STOPPED,
    TAIL,
    THROWS,
    TRIES,
    TRIES_,
    UNITS,
    USES_,
    add,
    fact,
    item,
    length,
    put,
    state,
)
from witnessmark.formats.compiled.signature import I8, U1

ENTRIES = ("spread",)


def fill_field(app: I8, known: I8, m: int, f: int) -> int:
    """Method ``m`` writes data into a field."""
    edge(known, m, length(known, STATE_) // STATE + f)
    if item(known, FIELD_, f) & FIELD_DATA == 0:
        add(known, FIELD_, f, FIELD_DATA)
        first = length(known, FIELD_) + 1
        for k in range(item(app, READERS_, f), item(app, READERS_, f + 1)):
            ask(known, item(app, READERS_, first + k))
    return 0


def set_to(work: I8, register: int, mask: int, origin: int) -> int:
    """A register holds something else now."""
    put(work, MASK_, register, mask)
    put(work, ORIGIN_, register, origin)
    return 0


def begin(app: I8, work: I8, m: int, wide: int) -> int:
    """Registers at the start of a method."""
    for r in range(wide):
        put(work, MASK_, r, 0)
        put(work, ORIGIN_, r, -1)
    at = fact(app, m, REGISTERS) - fact(app, m, INS)
    if fact(app, m, STATIC) == 0:
        if at < wide:
            put(work, MASK_, at, 1)
            put(work, ORIGIN_, at, 0)
        at += 1
    first = fact(app, m, SLOTS)
    for k in range(fact(app, m, SLOT_COUNT)):
        p = item(app, SLOTS_, first + k)
        if at + k < wide:
            put(work, MASK_, at + k, 1 << p)
            put(work, ORIGIN_, at + k, p)
    return 0


def read_field(app: I8, known: I8, work: I8, m: int, row: int, holder: int, made: int) -> int:
    """An instruction reads a field of what register ``holder`` holds (-1 for a static one)."""
    mask = 0
    use = item(work, CODE_, row + REF)
    if use >= 0:
        f = item(app, USES_, 2 * use + 1)
        flags = item(known, FIELD_, f)
        if flags & (FIELD_SOURCE | FIELD_DATA):
            mask = SOURCE
            if flags & FIELD_DATA:
                edge(known, length(known, STATE_) // STATE + f, m)
        if flags & FIELD_OUTSIDE and holder >= 0:
            mask |= carried(work, holder)
    return set_to(work, item(work, CODE_, row + REG_A), mask, made)


def write_field(app: I8, known: I8, work: I8, m: int, row: int, holder: int, entry: int) -> int:
    """An instruction writes a field."""
    use = item(work, CODE_, row + REF)
    mask = carried(work, item(work, CODE_, row + REG_A))
    if use < 0 or mask == 0:
        return 0
    f = item(app, USES_, 2 * use + 1)
    if is_real(mask, entry):
        fill_field(app, known, m, f)
    if item(known, FIELD_, f) & FIELD_OUTSIDE and holder >= 0:
        give(work, known, holder, mask)
    return 0


def move(work: I8, known: I8, op: int, a: int, b: int, c: int, wide: int, made: int) -> int:
    """Instructions that move or make data inside a method; 0 when it is none of them."""
    result = wide - 1
    if 0x01 <= op <= 0x09:
        set_to(work, a, item(work, MASK_, b), item(work, ORIGIN_, b))
    elif 0x0A <= op <= 0x0C:
        set_to(work, a, item(work, MASK_, result), item(work, ORIGIN_, result))
    elif op == 0x0D:
        set_to(work, a, known[EXCEPTION], made)
    elif 0x12 <= op <= 0x1C or op == 0x20 or op == 0x21:
        set_to(work, a, 0, -1)
    elif op == 0x22 or op == 0x23:
        set_to(work, a, 0, made)
    elif 0x2D <= op <= 0x31 or 0x90 <= op <= 0xAF:
        set_to(work, a, carried(work, b) | carried(work, c), -1)
    elif 0x44 <= op <= 0x4A:
        set_to(work, a, carried(work, b) | carried(work, c), item(work, ORIGIN_, b))
    elif 0x4B <= op <= 0x51:
        give(work, known, b, carried(work, a))
    elif 0x7B <= op <= 0x8F or 0xD0 <= op <= 0xE2:
        set_to(work, a, carried(work, b), -1)
    elif 0xB0 <= op <= 0xCF:
        set_to(work, a, carried(work, a) | carried(work, b), -1)
    else:
        return 0
    return 1


def fill_array(work: I8, known: I8, row: int, wide: int, made: int) -> int:
    """An instruction makes an array of registers."""
    op, listed = item(work, CODE_, row + OP), item(work, CODE_, row + REG_B)
    count, mask = item(work, CODE_, row + REG_A), 0
    for k in range(count):
        register = listed + k
        if op == 0x24:
            register = (listed >> (4 * k if k < 4 else 16)) & 15
        if register < wide:
            mask |= carried(work, register)
    set_to(work, wide - 1, 0, made)
    return put_into(work, known, made, mask)


def ends(known: I8, work: I8, m: int, row: int) -> int:
    """What leaves a method by return and throw; whether control ends here."""
    op, a = item(work, CODE_, row + OP), item(work, CODE_, row + REG_A)
    if op == 0x0E or op == 0x28 or op == 0x29 or op == 0x2A:
        return 1
    if 0x0F <= op <= 0x11:
        if state(known, m, BACK) and item(work, ORIGIN_, a) >= 0:
            put_into(work, known, item(work, ORIGIN_, a), SOURCE)
        add(work, KEPT_, 0, carried(work, a))
        return 1
    if op == 0x27:
        mask = carried(work, a)
        if mask & ~known[EXCEPTION]:
            known[EXCEPTION] |= mask
            known[DIRTY] = 1
        return 1
    return 0


def step(app: I8, known: I8, work: I8, m: int, i: int, wide: int, entry: int, nodes: int) -> int:
    """Run one instruction on the registers; whether control does not go on behind it."""
    row = i * ROW
    op, a, b = (
        item(work, CODE_, row + OP),
        item(work, CODE_, row + REG_A),
        item(work, CODE_, row + REG_B),
    )
    made = fact(app, m, POSITIONS) + i
    if move(work, known, op, a, b, item(work, CODE_, row + REG_C), wide, made):
        return 0
    if 0x6E <= op <= 0x78 or op == 0xFA or op == 0xFB:
        before = known[EXCEPTION]
        mask = call(app, known, work, m, row, entry, nodes)
        if known[EXCEPTION] != before:
            known[DIRTY] = 1
        return set_to(work, wide - 1, mask, made)
    if 0x52 <= op <= 0x58:
        return read_field(app, known, work, m, row, b, made)
    if 0x60 <= op <= 0x66:
        return read_field(app, known, work, m, row, -1, made)
    if 0x59 <= op <= 0x5F:
        return write_field(app, known, work, m, row, b, entry)
    if 0x67 <= op <= 0x6D:
        return write_field(app, known, work, m, row, -1, entry)
    if op == 0x24 or op == 0x25:
        fill_array(work, known, row, wide, made)
        return 0
    return ends(known, work, m, row)


def targets(image: U1, scratch: I8, app: I8, work: I8, m: int, i: int, n: int, stops: int) -> int:
    """States to which control can go behind an instruction; how many."""
    row, count = i * ROW, 0
    op, goes, pc = (
        item(work, CODE_, row + OP),
        item(work, CODE_, row + GOES),
        item(work, CODE_, row + PC),
    )
    at, units = fact(app, m, AT), fact(app, m, UNITS)
    if not stops and i + 1 < n and item(work, CODE_, row + ROW + SLOT) >= 0:
        put(work, GOES_, count, item(work, CODE_, row + ROW + SLOT))
        count += 1
    if op == 0x2B or op == 0x2C:
        size = switch_cases(image, at, units, goes, scratch)
        start = scratch[0] + 0
        for k in range(min(size, length(work, GOES_) // 2)):
            to = case_target(image, at, pc, start, k)
            if 0 <= to < units and item(work, INDEX_, to) >= 0:
                put(work, GOES_, count, item(work, CODE_, item(work, INDEX_, to) * ROW + SLOT))
                count += 1
    elif goes >= 0 and op != 0x26:
        put(work, GOES_, count, item(work, CODE_, goes * ROW + SLOT))
        count += 1
    if count or stops or 0x6E <= op <= 0x78:
        for t in range(fact(app, m, TRIES), fact(app, m + 1, TRIES)):
            to = item(app, TRIES_, 3 * t + 2)
            inside = item(app, TRIES_, 3 * t) <= pc < item(app, TRIES_, 3 * t + 1)
            if (
                inside
                and to < units
                and item(work, INDEX_, to) >= 0
                and count < length(work, GOES_)
            ):
                put(work, GOES_, count, item(work, CODE_, item(work, INDEX_, to) * ROW + SLOT))
                count += 1
    return count


def sweep(
    image: U1, scratch: I8, app: I8, known: I8, work: I8, m: int, n: int, wide: int, first: int,
    entry: int, nodes: int,
) -> int:  # fmt: skip
    """Run over all instructions once."""
    alive = 0
    for i in range(n):
        slot = item(work, CODE_, i * ROW + SLOT)
        if slot >= 0:
            alive = item(work, LIVE_, slot)
            if alive:
                for r in range(wide):
                    put(work, MASK_, r, item(work, STATES_, slot * wide + r))
                    put(work, ORIGIN_, r, item(work, FROM_, slot * wide + r))
        if not alive:
            continue
        stops = step(app, known, work, m, i, wide, entry, nodes)
        for k in range(targets(image, scratch, app, work, m, i, n, stops)):
            arrive(work, known, item(work, GOES_, k), wide, first)
        if stops:
            alive = 0
    return 0


def ask_callers(app: I8, known: I8, m: int) -> int:
    """Queue all that call a method."""
    base = length(known, STATE_) // STATE + 1
    for k in range(item(app, CALLERS_, m), item(app, CALLERS_, m + 1)):
        ask(known, item(app, CALLERS_, base + k))
    for n in range(item(app, NAMES_, m), item(app, NAMES_, m + 1)):
        what = item(app, NAMES_, base + n)
        for k in range(item(app, CALLERS_BY_NAME_, what), item(app, CALLERS_BY_NAME_, what + 1)):
            ask(known, item(app, CALLERS_BY_NAME_, base + k))
    return 0


def tell(app: I8, known: I8, work: I8, m: int, n: int, entry: int, nodes: int) -> int:
    """Tell fields, callers and callees what the method came to."""
    positions = fact(app, m, POSITIONS)
    changed, real_out = 0, 0
    first = fact(app, m, OUTS)
    for p in range(fact(app, m + 1, OUTS) - first):
        mask = item(work, CONTENT_, p) & ~(1 << p)
        real_out |= is_real(mask, entry)
        if mask & ~item(known, OUTS_, first + p):
            add(known, OUTS_, first + p, mask)
            changed = 1
    at = m * STATE
    if item(work, KEPT_, 0) & ~item(known, STATE_, at + RETURNS):
        add(known, STATE_, at + RETURNS, item(work, KEPT_, 0))
        changed = 1
    if known[EXCEPTION] & ~item(known, STATE_, at + THROWS):
        add(known, STATE_, at + THROWS, known[EXCEPTION])
        changed = 1
    if is_real(item(work, KEPT_, 0), entry):
        if fact(app, m, FLAGS) & ANSWERS:
            put(known, STATE_, at + LEAVES, 1)
        fill_cell(app, known, m, fact(app, m, RETURN_CELL), nodes)
    if real_out:
        fill_cell(app, known, m, fact(app, m, OUT_CELL), nodes)
    if changed:
        ask_callers(app, known, m)
    for i in range(n):
        given = item(work, GIVEN_, positions + i)
        if given and is_real(given, entry):
            put_back(app, known, work, m, i)
    return 0


def put_back(app: I8, known: I8, work: I8, m: int, i: int) -> int:
    """Data was put into what instruction ``i`` gave: so it is in the field or method it is from."""
    row = i * ROW
    op, ref = item(work, CODE_, row + OP), item(work, CODE_, row + REF)
    if ref < 0:
        return 0
    if 0x52 <= op <= 0x58 or 0x60 <= op <= 0x66:
        return fill_field(app, known, m, item(app, USES_, 2 * ref + 1))
    if 0x6E <= op <= 0x78:
        t = item(app, CALLS_, 3 * ref + 2)
        if t >= 0:
            edge(known, m, t)
            if state(known, t, BACK) == 0:
                put(known, STATE_, t * STATE + BACK, 1)
                ask(known, t)
    return 0


def scan(
    image: U1, widths: U1, operands: U1, scratch: I8, app: I8, known: I8, work: I8, m: int,
    nodes: int,
) -> int:  # fmt: skip
    """Scan one method; 1 when it is too long."""
    wide = fact(app, m, REGISTERS) + 1
    room = length(work, LIVE_)
    if wide * room > length(work, STATES_):
        room = length(work, STATES_) // wide
    n = -1
    if wide < length(work, MASK_) and room > 0:
        n = decode(image, widths, operands, scratch, app, work, m)
    positions = fact(app, m, POSITIONS)
    if n < 0 or positions + n > length(work, HEADS_):
        return 1
    states = link(image, scratch, app, work, m, n, room)
    if states > room:
        known[CUT] |= JOINED
        states = room
    for s in range(states):
        put(work, LIVE_, s, 0)
    first = positions + n
    for o in range(min(length(work, HEADS_), first + states * wide)):
        put(work, CONTENT_, o, 0)
        put(work, GIVEN_, o, 0)
        put(work, HEADS_, o, -1)
    known[LINKS] = 0
    known[EXCEPTION] = state(known, m, THROWS)
    entry = state(known, m, ENTRY)
    put(work, KEPT_, 0, 0)
    begin(app, work, m, wide)
    put(work, LIVE_, 0, 1)
    for r in range(wide):
        put(work, STATES_, r, item(work, MASK_, r))
        put(work, FROM_, r, item(work, ORIGIN_, r))
    known[DIRTY] = 1
    sweeps = 0
    while known[DIRTY] and sweeps < MOST_SWEEPS:
        known[DIRTY] = 0
        sweep(image, scratch, app, known, work, m, n, wide, first, entry, nodes)
        sweeps += 1
    tell(app, known, work, m, n, entry, nodes)
    return 0


def spread(image: U1, widths: U1, operands: U1, scratch: I8, app: I8, known: I8, work: I8) -> int:
    """Scan the queued methods and all that data of theirs comes to; how many edges there are.

    The arrays are laid out as in `places`. With ``known[RECORD]`` methods that were scanned before
    are scanned once more, and the edges along which data goes are written.
    """
    methods = length(known, STATE_) // STATE
    nodes = methods + length(known, FIELD_)
    turn = 0
    while True:
        if known[RECORD]:
            while turn < methods and state(known, turn, SEEN) == 0:
                turn += 1
            m = turn
            turn += 1
            if m >= methods:
                break
        else:
            if known[HEAD] == known[TAIL]:
                break
            m = item(known, QUEUE_, known[HEAD] % length(known, QUEUE_))
            known[HEAD] += 1
            put(known, STATE_, m * STATE + QUEUED, 0)
            if fact(app, m, FLAGS) & RUNS == 0 or fact(app, m, AT) < 0:
                continue
            if known[SCANS] <= 0:
                known[CUT] |= STOPPED
                break
            known[SCANS] -= 1
        put(known, STATE_, m * STATE + SEEN, 1)
        if scan(image, widths, operands, scratch, app, known, work, m, nodes):
            known[CUT] |= LEFT_OUT
    return int(known[EDGES])
