"""Objects of one method by where they came from, and what is put into them.

An origin is a parameter, or an instruction that gives an object. Where two ways join, a register
may hold either: that is an origin of its own, linked to both. What is put into it is put into
those; what is in those is in it.
"""

from __future__ import annotations

from witnessmark.flow.kernels.places import (
    CONTENT_,
    DIRTY,
    ENDS_,
    FROM_,
    GIVEN_,
    HEADS_,
    LINKS,
    LIVE_,
    MASK_,
    NEXTS_,
    ORIGIN_,
    STACK_,
    STATES_,
    add,
    item,
    length,
    put,
)
from witnessmark.formats.compiled.signature import I8


def put_into(work: I8, known: I8, origin: int, mask: int) -> int:
    """Data is put into the object of an origin, and so into those that it may be."""
    if origin < 0 or mask & ~item(work, GIVEN_, origin) == 0:
        return 0
    depth = 1
    put(work, STACK_, 0, origin)
    while depth:
        depth -= 1
        one = item(work, STACK_, depth)
        if mask & ~item(work, GIVEN_, one) == 0:
            continue
        add(work, GIVEN_, one, mask)
        add(work, CONTENT_, one, mask)
        known[DIRTY] = 1
        at = item(work, HEADS_, one)
        while at >= 0:
            if depth < length(work, STACK_):
                put(work, STACK_, depth, item(work, ENDS_, at))
                depth += 1
            at = item(work, NEXTS_, at)
    return 0


def may_be(work: I8, known: I8, either: int, other: int) -> int:
    """The object of ``either`` may be that of ``other``."""
    at = item(work, HEADS_, either)
    while at >= 0 and item(work, ENDS_, at) != other:
        at = item(work, NEXTS_, at)
    if at < 0 and known[LINKS] < length(work, ENDS_):
        at = known[LINKS]
        known[LINKS] += 1
        put(work, ENDS_, at, other)
        put(work, NEXTS_, at, item(work, HEADS_, either))
        put(work, HEADS_, either, at)
    if item(work, CONTENT_, other) & ~item(work, CONTENT_, either):
        add(work, CONTENT_, either, item(work, CONTENT_, other))
        known[DIRTY] = 1
    return put_into(work, known, other, item(work, GIVEN_, either))


def arrive(work: I8, known: I8, slot: int, wide: int, first: int) -> int:
    """Join the registers into a state; ``first`` is the first origin that stands for such joins."""
    base = slot * wide
    fresh = item(work, LIVE_, slot) == 0
    if fresh:
        put(work, LIVE_, slot, 1)
        known[DIRTY] = 1
    for r in range(wide):
        if fresh:
            put(work, STATES_, base + r, item(work, MASK_, r))
            put(work, FROM_, base + r, item(work, ORIGIN_, r))
            continue
        if item(work, MASK_, r) & ~item(work, STATES_, base + r):
            add(work, STATES_, base + r, item(work, MASK_, r))
            known[DIRTY] = 1
        mine, other = item(work, FROM_, base + r), item(work, ORIGIN_, r)
        if mine == other or other < 0:
            continue
        joined = first + base + r
        if mine < 0:
            put(work, FROM_, base + r, other)
            known[DIRTY] = 1
        elif joined < length(work, HEADS_) and other != joined:
            put(work, FROM_, base + r, joined)
            for turn in range(2):
                one = other if turn == 0 else mine
                if one != joined:
                    may_be(work, known, joined, one)
    return 0


def carried(work: I8, register: int) -> int:
    """What a register carries: its own data, and what is in its object."""
    found = item(work, MASK_, register)
    if item(work, ORIGIN_, register) >= 0:
        found |= item(work, CONTENT_, item(work, ORIGIN_, register))
    return found


def give(work: I8, known: I8, register: int, mask: int) -> int:
    """Data is put into what a register holds."""
    if register < 0 or mask == 0:
        return 0
    if item(work, ORIGIN_, register) >= 0:
        return put_into(work, known, item(work, ORIGIN_, register), mask)
    add(work, MASK_, register, mask)
    return 0
