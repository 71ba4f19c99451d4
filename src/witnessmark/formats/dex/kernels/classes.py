"""Class definitions and the members they define, of all dex files."""

from __future__ import annotations

from witnessmark.formats.compiled.signature import I4, I8, U1, U4
from witnessmark.formats.dex.kernels.helpers import PRIME, mixed, note, type_of, u2, u4, uleb
from witnessmark.formats.dex.kernels.layout import (
    BAD_CLASS,
    BAD_INTERFACE,
    BAD_MEMBER,
    CLASSES,
    CLASSES_AT,
    CUT_MEMBERS,
    END,
    FIELDS,
    FIELDS_AT,
    FIRST_FIELD,
    FIRST_METHOD,
    FIRST_STRING,
    METHODS,
    METHODS_AT,
    NO_INDEX,
    REPEATED_MEMBER,
    SHADOWED_CLASS,
    START,
    STRINGS,
    TOO_MUCH,
    WIDTH,
)  # fmt: skip

ENTRIES = ("read_classes", "read_interfaces", "read_class_data", "join_members")

ITEM = 32
"""Bytes of a class_def_item; ids of fields and methods take 8."""


def read_classes(
    image: U1, dex: I8, type_row: I4, class_of_type: I4, kind: I4, parent: I4, access: U4,
    source: I4, shadowed: U1, places: I8, notes: I8,
) -> int:  # fmt: skip
    """Columns of all class definitions; the first definition of a type counts.

    ``class_of_type`` starts as -1. ``places`` takes four positions a class, 0 for none:
    interfaces, annotations, class data, static values.
    """
    row = 0
    for d in range(0, len(dex), WIDTH):
        start, end = dex[d + START], dex[d + END]
        for item in range(dex[d + CLASSES]):
            at = dex[d + CLASSES_AT] + ITEM * item
            kind[row] = type_of(dex, d, type_row, u4(image, at))
            access[row] = u4(image, at + 4)
            above = u4(image, at + 8)
            parent[row] = -1 if above == NO_INDEX else type_of(dex, d, type_row, above)
            name = u4(image, at + 16)
            source[row] = dex[d + FIRST_STRING] + name if name < dex[d + STRINGS] else -1
            for k in range(4):
                offset = u4(image, at + (12 if k == 0 else 16 + 4 * k))
                places[4 * row + k] = start + offset if offset and start + offset < end else 0
                if offset and start + offset >= end:
                    note(notes, BAD_CLASS, at, ITEM)
            if parent[row] < 0 and above != NO_INDEX:
                note(notes, BAD_CLASS, at, ITEM)
            if kind[row] < 0:
                note(notes, BAD_CLASS, at, ITEM)
                shadowed[row] = 1
            elif class_of_type[kind[row]] < 0:
                class_of_type[kind[row]] = row
                shadowed[row] = 0
            else:
                note(notes, SHADOWED_CLASS, at, ITEM)
                shadowed[row] = 1
            row += 1
    return row


def read_interfaces(
    image: U1, dex: I8, class_dex: I4, places: I8, type_row: I4, owner: I4, interface: I4, notes: I8
) -> int:
    """How many interface rows there are; writes those that fit."""
    rows = 0
    budget = len(image) // 2
    for c in range(len(class_dex)):
        at = places[4 * c]
        d = class_dex[c] * WIDTH
        if at == 0 or at + 4 > dex[d + END]:
            continue
        size = u4(image, at)
        if at + 4 + 2 * size > dex[d + END] or size > budget:
            note(notes, BAD_INTERFACE, at, 4)
            continue
        budget -= size
        for k in range(size):
            row = type_of(dex, d, type_row, u2(image, at + 4 + 2 * k))
            if row < 0:
                note(notes, BAD_INTERFACE, at + 4 + 2 * k, 2)
                continue
            if rows < len(owner):
                owner[rows] = c
                interface[rows] = row
            rows += 1
    return rows


def member_of(image: U1, dex: I8, d: int, type_row: I4, group: int, index: int, owner: int) -> int:
    """Id of a field (in the first two groups) or method of the class ``owner``; -1 for none."""
    is_field = group < 2
    if index >= (dex[d + FIELDS] if is_field else dex[d + METHODS]):
        return -1
    item = (dex[d + FIELDS_AT] if is_field else dex[d + METHODS_AT]) + 8 * index
    if type_of(dex, d, type_row, u2(image, item)) != owner:
        return -1
    first: int = dex[d + FIRST_FIELD] if is_field else dex[d + FIRST_METHOD]
    return first + index


def read_class_data(
    image: U1, dex: I8, class_dex: I4, class_type: I4, shadowed: U1, places: I8, type_row: I4,
    claimed_fields: U1, claimed_methods: U1, field_id: I4, field_class: I4, field_access: U4,
    method_id: I4, method_class: I4, method_access: U4, method_code: I8, cursor: I8, notes: I8,
) -> int:  # fmt: skip
    """Members that loadable classes define, in the order of their class data, by ids that count
    over all files; how many classes were cut. The first two of six items of ``cursor`` return how
    many fields and methods there are.
    """
    fields, methods, unread = 0, 0, 0
    budget = 4 * (len(claimed_fields) + len(claimed_methods)) + 1024
    for c in range(len(class_dex)):
        at = places[4 * c + 2]
        if at == 0 or shadowed[c]:
            continue
        d, cursor[0], cursor[1] = class_dex[c] * WIDTH, at, 0
        end = dex[d + END]
        for group in range(4):
            cursor[2 + group] = uleb(image, cursor, end)
        for group in range(4):
            index = 0
            for _ in range(cursor[2 + group]):
                begin = cursor[0]
                index += uleb(image, cursor, end)
                flags = uleb(image, cursor, end)
                code = uleb(image, cursor, end) if group >= 2 else 0
                budget -= 1
                if cursor[1] or budget < 0:
                    break
                local = member_of(image, dex, d, type_row, group, index, class_type[c])
                if local < 0:
                    note(notes, BAD_MEMBER, begin, cursor[0] - begin)
                elif claimed_fields[local] if group < 2 else claimed_methods[local]:
                    note(notes, REPEATED_MEMBER, begin, cursor[0] - begin)
                elif group < 2:
                    claimed_fields[local] = 1
                    field_id[fields], field_class[fields], field_access[fields] = local, c, flags
                    fields += 1
                else:
                    claimed_methods[local] = 1
                    method_id[methods], method_class[methods] = local, c
                    method_access[methods] = flags
                    method_code[methods] = dex[d + START] + code if code else -1
                    methods += 1
            if cursor[1] or budget < 0:
                note(notes, CUT_MEMBERS if cursor[1] else TOO_MUCH, at, cursor[0] - at)
                unread += 1
                break
    cursor[0], cursor[1] = fields, methods
    return unread


def join_members(
    image: U1, dex: I8, section: int, second: int, type_row: I4, second_row: I4, string_row: I4,
    point: int, defined: I4, defined_dex: I4, defined_row: I4, table: I4, joined: I4, owner: I4,
    name: I4, other: I4, row_dex: I4, row_at: I8, notes: I8,
) -> int:  # fmt: skip
    """Rows of all fields or methods: first those that classes define, then those only named.

    ``section`` and ``second`` are the places in ``dex`` of the ids' section and of the section
    that their second index points into (types for fields, prototypes for methods). ``joined``
    starts as -1 and maps ids to rows; so does ``defined_row`` for the definitions.
    """
    count = 0
    for k in range(len(defined)):
        row = enter_member(
            image, dex, defined_dex[k] * WIDTH, section, second, defined[k], type_row, second_row,
            string_row, point, table, joined, owner, name, other, row_dex, row_at, count, notes,
        )  # fmt: skip
        defined_row[k] = row if row == count else -1
        if row == count:
            count += 1
    for d in range(0, len(dex), WIDTH):
        first = dex[d + section + 2]
        for local in range(first, first + dex[d + section + 1]):
            if joined[local] < 0:
                row = enter_member(
                    image, dex, d, section, second, local, type_row, second_row, string_row,
                    point, table, joined, owner, name, other, row_dex, row_at, count, notes,
                )  # fmt: skip
                if row == count:
                    count += 1
    return count


def enter_member(
    image: U1, dex: I8, d: int, section: int, second: int, local: int, type_row: I4,
    second_row: I4, string_row: I4, point: int, table: I4, joined: I4, owner: I4, name: I4,
    other: I4, row_dex: I4, row_at: I8, count: int, notes: I8,
) -> int:  # fmt: skip
    """Row of one id: an earlier equal one, else ``count``, then written; -1 when malformed."""
    at = dex[d + section] + 8 * (local - dex[d + section + 2])
    owns = type_of(dex, d, type_row, u2(image, at))
    index, text = u2(image, at + 2), u4(image, at + 4)
    has, called = -1, -1
    if index < dex[d + second + 1]:
        has = second_row[dex[d + second + 2] + index]
    if text < dex[d + STRINGS]:
        called = string_row[dex[d + FIRST_STRING] + text]
    if owns < 0 or has < 0 or called < 0:
        note(notes, BAD_MEMBER, at, 8)
        return -1
    mask = len(table) - 1
    slot = (mixed(mixed(mixed(1, called, point), has, point), owns, point) & PRIME) & mask
    while table[slot] >= 0:
        row = table[slot]
        if name[row] == called and owner[row] == owns and other[row] == has:
            joined[local] = row
            return int(row)
        slot = (slot + 1) & mask
    table[slot] = count
    joined[local] = count
    owner[count], name[count], other[count] = owns, called, has
    row_dex[count], row_at[count] = d // WIDTH, at
    return count
