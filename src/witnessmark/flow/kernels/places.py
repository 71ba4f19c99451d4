"""Arrays and numbers that the kernels of the coarse pass and their callers agree on."""

from __future__ import annotations

from witnessmark.formats.compiled.signature import I8

AT, UNITS, REGISTERS, INS, SLOTS, SLOT_COUNT, STATIC, CALLS, USES, TRIES, OUTS, POSITIONS, FLAGS = (
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
)  # fmt: skip
RETURN_CELL, OUT_CELL = 13, 14
METHOD = 15
"""Items of a method: position of its code or -1, its units, registers, registers of arguments,
first of its slots and how many, whether it is static, first call, first field use, first
handler, first place of what it puts into its parameters, how many positions (the receiver is
position 0), flags, and the cells that hold what it returns and what it puts into parameters (-1
for none)."""

DESCRIBED, RUNS, ANSWERS = 1, 2, 4
"""Flags of methods: a model stands for the code; may run; what it returns leaves."""

(
    FLOWS, SINKS, BRINGS, BRINGS_CELL, BRINGS_IF, SINK_CELL, HUB, PASSES, GETS_CELL, GIVES_CELL,
    OUTER, FILLS_CELL, LEAVES_CELL,
) = (
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
)  # fmt: skip
NAMED = 13
"""Items of a method as named: first of its moves, positions that leave, positions that data comes
to, cell that must hold data for the positions in the next item to get some, those, cell that
what leaves goes to, first of the methods where a virtual call lands, whether outside code stands
between and hands on what it is given, cell from which the result comes, cell to which all that
is given goes, whether the method named lies outside the app, cell into which it brings data, cell
whose data leaves by it."""

ENTRY, RETURNS, THROWS, BACK, QUEUED, SEEN, LEAVES = 0, 1, 2, 3, 4, 5, 6
STATE = 7
"""Items of what is known of a method: positions that data comes to, what its result carries, what
an exception carries, whether callers put data into what it returns, whether it is queued, was
scanned, has a place where data leaves."""

RESULT = 61
"""Position that stands for the result of a call."""

SOURCE = 1 << 60
"""Bit of a mask for data of a source; the bits below are positions of the method itself."""

POSITIONS_MOST = 56
"""Positions of a method that are told apart."""

FIELD_SOURCE, FIELD_OUTSIDE, FIELD_DATA = 1, 2, 4
"""Flags of fields: reading it brings data; no class of the app defines it; it holds data."""

HEAD, TAIL, SCANS, CUT, EDGES, RECORD, EXCEPTION, DIRTY, LINKS = 0, 1, 2, 3, 4, 5, 6, 7, 8
RUN = 9
"""First items of ``known``: the queue's first and next free place, scans left, what was cut, edges
so far, whether edges are written; of the method at hand what an exception carries, whether
anything changed, and links between origins."""

MOST_SWEEPS = 40
"""Sweeps over one method; what is not stable then is left as it is."""

JOINED, LEFT_OUT, STOPPED = 1, 2, 4
"""What was cut: states of a method were joined into one, methods were left out, the pass was."""

(
    METHOD_, SLOTS_, CALLS_, USES_, TRIES_, NAMED_, MOVES_, HUBS_, READERS_, CALLERS_, NAMES_,
    CALLERS_BY_NAME_, CELLS_,
) = range(13)  # fmt: skip
APP_PARTS = 13
"""Parts of ``app``, what does not change: methods; position of each register of arguments behind
the receiver, by prototype; of each call the place, the method as named, and the app's method
that runs for certain or -1; of each field use place and field; of each handler start, end and
place; methods as named; pairs of positions between which data moves; methods where virtual calls
land; first reader of each field, then the readers; callers of methods likewise, names by which
virtual calls run them, and callers of those names; of cells likewise, then pairs of a method and
the positions that data of the cell comes to (0: it is only scanned)."""

FIELD_, STATE_, OUTS_, HELD_, QUEUE_, EDGES_ = range(16, 22)
KNOWN_PARTS = 22
"""Parts of ``known``, what the pass finds, behind the items of the run: flags of fields, state of
methods, masks of what they put into parameters, whether cells hold data, the queue, pairs of
nodes."""

(
    CODE_, INDEX_, MASK_, ORIGIN_, STATES_, FROM_, LIVE_, CONTENT_, GIVEN_, HEADS_, NEXTS_, ENDS_,
    STACK_, PASSED_, PUTS_, REGISTER_, KEPT_, GOES_,
) = range(18)  # fmt: skip
WORK_PARTS = 18
"""Parts of ``work``, room for one method: its instructions, their index by place; registers and
origins of what they hold; the same where control joins, and whether it comes there; what is in
and was put into each origin; its links to others; a stack; what the call at hand is given, puts
into it, and in which registers it stands; what the method returns; states to go to."""

LENGTHS = 32
"""Each of the three arrays begins with the place of each of its parts; so many items behind that of
a part stands its length."""

HEADER = 64


def item(array: I8, part: int, place: int) -> int:
    """One item of a part."""
    found: int = array[array[part] + place]
    return found


def length(array: I8, part: int) -> int:
    """Length of a part."""
    found: int = array[part + LENGTHS]
    return found


def put(array: I8, part: int, place: int, value: int) -> int:
    """Set one item of a part."""
    array[array[part] + place] = value
    return 0


def add(array: I8, part: int, place: int, bits: int) -> int:
    """Set bits of one item of a part."""
    array[array[part] + place] |= bits
    return 0


def fact(app: I8, m: int, what: int) -> int:
    """One item of a method."""
    return item(app, METHOD_, m * METHOD + what)


def state(known: I8, m: int, what: int) -> int:
    """One item of what is known of a method."""
    return item(known, STATE_, m * STATE + what)
