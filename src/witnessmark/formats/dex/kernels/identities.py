"""Strings, types and prototypes of all dex files, each identity found once.

Hashes are polynomials modulo 2^31-1 at a secret point, so that no file can be made to collide on
purpose; equality is always decided on the bytes, so that results do not depend on the point.
"""

from __future__ import annotations

from witnessmark.formats.compiled.signature import I4, I8, U1
from witnessmark.formats.dex.kernels.helpers import PRIME, mixed, note, type_of, u1, u2, u4
from witnessmark.formats.dex.kernels.layout import (
    BAD_PROTO,
    BAD_STRING,
    BAD_TYPE,
    END,
    FIRST_PROTO,
    FIRST_STRING,
    FIRST_TYPE,
    LONGEST_PARAMETERS,
    PROTOS,
    PROTOS_AT,
    START,
    STRINGS,
    STRINGS_AT,
    TOO_MUCH,
    TYPES,
    TYPES_AT,
    WIDTH,
)  # fmt: skip

ENTRIES = (
    "read_strings", "join_strings", "want_strings", "join_types", "count_parameters", "join_protos",
)  # fmt: skip


def read_strings(
    image: U1, dex: I8, wanted: U1, at: I8, length: I4, digest: I4, point: int, notes: I8
) -> int:
    """Span of every string, row by row, -1 where there is none; hash of each wanted one. Linear in
    the image.
    """
    row = 0
    budget = 2 * len(image)
    for d in range(0, len(dex), WIDTH):
        start, end = dex[d + START], dex[d + END]
        for item in range(dex[d + STRINGS]):
            where = dex[d + STRINGS_AT] + 4 * item
            begin = start + u4(image, where)
            at[row], length[row], digest[row] = -1, 0, 0
            skipped = 0
            while begin < end and skipped < 5 and image[begin] >= 0x80:
                begin += 1
                skipped += 1
            begin += 1
            if begin >= end or skipped == 5 or budget < 0:
                note(notes, BAD_STRING if budget >= 0 else TOO_MUCH, where, 4)
                row += 1
                continue
            state, here = 1, begin
            while here + 6 <= end:
                six = u4(image, here) | u2(image, here + 4) << 32
                if (six - 0x010101010101) & ~six & 0x808080808080:
                    break  # one of them is zero
                if wanted[row]:
                    state = mixed(mixed(state, six & 0xFFFFFF, point), six >> 24, point)
                here += 6
            while here < end and image[here]:
                state = mixed(state, u1(image, here), point)
                here += 1
            budget -= here - begin
            at[row], length[row], digest[row] = begin, here - begin, state & PRIME
            row += 1
    return row


def join_strings(
    image: U1, at: I8, length: I4, digest: I4, wanted: U1, table: I4, first: I4
) -> int:
    """First row with the same bytes, for each wanted row; -1 for the others.

    ``table`` is a hash table of -1 items, a power of two of them, more than there are rows.
    """
    mask = len(table) - 1
    found = 0
    for row in range(len(at)):
        first[row] = -1
        if not wanted[row] or at[row] < 0:
            continue
        slot = digest[row] & mask
        while True:
            other = table[slot]
            if other < 0:
                table[slot] = row
                first[row] = row
                found += 1
                break
            if digest[other] == digest[row] and length[other] == length[row]:
                here, there, left = at[row], at[other], length[row]
                while left > 0 and image[here] == image[there]:
                    here += 1
                    there += 1
                    left -= 1
                if left == 0:
                    first[row] = other
                    break
            slot = (slot + 1) & mask
    return found


def want_strings(image: U1, dex: I8, sections: I8, wanted: U1) -> int:
    """Mark strings that an id section names; ``sections`` gives for each such section the places
    of position and count in ``dex``, the width of an item and the offset of the string index.
    """
    marked = 0
    for d in range(0, len(dex), WIDTH):
        first, count = dex[d + FIRST_STRING], dex[d + STRINGS]
        for s in range(0, len(sections), 4):
            where = dex[d + sections[s]] + sections[s + 3]
            for item in range(dex[d + sections[s + 1]]):
                index = u4(image, where + item * sections[s + 2])
                if index < count:
                    wanted[first + index] = 1
                    marked += 1
    return marked


def join_types(
    image: U1, dex: I8, first_row: I4, type_of_string: I4, joined: I4, descriptor: I4, notes: I8
) -> int:
    """Row of each type id of each file among all types; -1 where its descriptor is missing.

    ``type_of_string`` starts as -1; ``descriptor`` is filled with string rows. Returns how many
    types there are.
    """
    count = 0
    for d in range(0, len(dex), WIDTH):
        for item in range(dex[d + TYPES]):
            local = dex[d + FIRST_TYPE] + item
            where = dex[d + TYPES_AT] + 4 * item
            index = u4(image, where)
            string = -1
            if index < dex[d + STRINGS]:
                string = first_row[dex[d + FIRST_STRING] + index]
            joined[local] = -1
            if string < 0:
                note(notes, BAD_TYPE, where, 4)
                continue
            if type_of_string[string] < 0:
                type_of_string[string] = count
                descriptor[count] = string
                count += 1
            joined[local] = type_of_string[string]
    return count


def count_parameters(image: U1, dex: I8) -> int:
    """Upper bound of the parameters of all prototypes."""
    total = 0
    for d in range(0, len(dex), WIDTH):
        for item in range(dex[d + PROTOS]):
            listed = u4(image, dex[d + PROTOS_AT] + 12 * item + 8)
            at = dex[d + START] + listed
            if listed and at + 4 <= dex[d + END]:
                total += min(u4(image, at), LONGEST_PARAMETERS)
    return total


def join_protos(
    image: U1, dex: I8, type_row: I4, point: int, table: I4, joined: I4, digest: I4,
    returned: I4, first_parameter: I4, parameters: I4, parameter: I4, notes: I8,
) -> int:  # fmt: skip
    """Row of each prototype id of each file among all prototypes; -1 where one is malformed.

    Parameter types are appended to ``parameter``, which has room for one more list; the item of
    ``first_parameter`` after the last prototype tells how many. Returns the number of prototypes.
    """
    count, end_of_parameters = 0, 0
    for d in range(0, len(dex), WIDTH):
        for item in range(dex[d + PROTOS]):
            local = dex[d + FIRST_PROTO] + item
            where = dex[d + PROTOS_AT] + 12 * item
            joined[local] = -1
            returns = type_of(dex, d, type_row, u4(image, where + 4))
            size = _read_parameters(
                image, dex, d, type_row, u4(image, where + 8), parameter, end_of_parameters
            )
            if returns < 0 or size < 0:
                note(notes, BAD_PROTO, where, 12)
                continue
            if end_of_parameters + size > len(parameter) - LONGEST_PARAMETERS:
                note(notes, TOO_MUCH, where, 12)
                continue
            state = mixed(1, returns, point)
            for k in range(end_of_parameters, end_of_parameters + size):
                state = mixed(state, parameter[k] + 1, point)
            digest[count] = state & PRIME
            returned[count] = returns
            first_parameter[count] = end_of_parameters
            parameters[count] = size
            row = _find_proto(
                table, count, digest, returned, first_parameter, parameters, parameter
            )
            joined[local] = row
            if row == count:
                count += 1
                end_of_parameters += size
    first_parameter[count] = end_of_parameters
    return count


def _read_parameters(
    image: U1, dex: I8, d: int, type_row: I4, listed: int, parameter: I4, into: int
) -> int:
    """Write the types of a type_list to ``parameter``; how many, -1 for a malformed list."""
    if listed == 0:
        return 0
    at = dex[d + START] + listed
    if at + 4 > dex[d + END]:
        return -1
    size = u4(image, at)
    if size > LONGEST_PARAMETERS or at + 4 + 2 * size > dex[d + END]:
        return -1
    for k in range(size):
        row = type_of(dex, d, type_row, u2(image, at + 4 + 2 * k))
        if row < 0:
            return -1
        parameter[into + k] = row
    return int(size)


def _find_proto(
    table: I4, row: int, digest: I4, returned: I4, first: I4, size: I4, parameter: I4
) -> int:
    """The earlier prototype equal to ``row``, or ``row`` itself, then entered in ``table``."""
    mask = len(table) - 1
    slot = digest[row] & mask
    while True:
        other = table[slot]
        if other < 0:
            table[slot] = row
            return row
        if (
            digest[other] == digest[row]
            and returned[other] == returned[row]
            and size[other] == size[row]
        ):
            k = 0
            while k < size[row] and parameter[first[other] + k] == parameter[first[row] + k]:
                k += 1
            if k == size[row]:
                return int(other)
        slot = (slot + 1) & mask
