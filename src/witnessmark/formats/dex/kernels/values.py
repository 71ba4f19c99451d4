"""Encoded values: initial values of static fields, and annotations.

Source: Dalvik executable format, "encoded_value encoding", "annotations_directory_item".
"""

from __future__ import annotations

from witnessmark.formats.compiled.signature import I4, I8, U1
from witnessmark.formats.dex.kernels.helpers import note, type_of, u1, u4, uleb
from witnessmark.formats.dex.kernels.layout import (
    ARRAY,
    BAD_ANNOTATION,
    BAD_VALUE,
    BOOLEAN,
    BYTE,
    DEEPEST,
    DOUBLE,
    END,
    ENUM,
    FIELD,
    FIELDS,
    FIRST_FIELD,
    FIRST_METHOD,
    FIRST_STRING,
    FLOAT,
    INT,
    LONG,
    MARKER,
    METHOD,
    METHODS,
    NESTED,
    NULL,
    ROW_DEX,
    ROW_LENGTH,
    ROW_NAME,
    ROW_OWNER,
    ROW_PARAMETER,
    ROW_POSITION,
    ROW_REF,
    ROW_TYPE,
    ROW_WIDTH,
    SHORT,
    SMALL_KIND,
    SMALL_TARGET,
    SMALL_VISIBILITY,
    START,
    STRING,
    STRINGS,
    TO_CLASS,
    TO_FIELD,
    TO_METHOD,
    TO_PARAMETER,
    TOO_MUCH,
    TYPE,
    WIDE_AT,
    WIDE_NUMBER,
    WIDTH,
)  # fmt: skip

ENTRIES = ("read_static_values", "read_annotations")


def scalar(image: U1, at: int, end: int) -> int:
    """Value of the encoded_value at ``at`` as an integer: sign-extended where its kind is
    signed, bits of floating point, index of an identity, 0 or 1 of a boolean.
    """
    kind, size = u1(image, at) & 0x1F, (u1(image, at) >> 5) + 1
    if kind == BOOLEAN:
        return size - 1
    if kind in (NULL, ARRAY, NESTED) or at + 1 + size > end:
        return 0
    value, bits = 0, 0
    for k in range(size):
        byte = u1(image, at + 1 + k)
        if k == 7 and byte >= 0x80:
            byte -= 0x100
        value |= byte << bits
        bits += 8
    if bits < 64 and kind in (BYTE, SHORT, INT, LONG, DOUBLE) and value >= 1 << (bits - 1):
        value -= 1 << bits
    if kind == DOUBLE and bits < 64:
        value <<= 64 - bits
    elif kind == FLOAT and bits < 32:
        value <<= 32 - bits
    return value


def skip_value(image: U1, cursor: I8, end: int) -> int:
    """Move behind the encoded_value at ``cursor[0]``; items from 2 on are a stack of what is
    still to come in arrays (count) and annotations (minus count).
    """
    depth = 0
    cursor[2] = 1
    while depth >= 0:
        if cursor[2 + depth] == 0:
            depth -= 1
            continue
        if cursor[2 + depth] > 0:
            cursor[2 + depth] -= 1
        else:
            cursor[2 + depth] += 1
            uleb(image, cursor, end)
        if cursor[1] or cursor[0] >= end:
            cursor[1] = 1
            return 1
        head = u1(image, cursor[0])
        cursor[0] += 1
        kind = head & 0x1F
        if kind not in (ARRAY, NESTED):
            if kind not in (NULL, BOOLEAN):
                cursor[0] += (head >> 5) + 1
            if cursor[0] > end:
                cursor[1] = 1
                return 1
            continue
        depth += 1
        if depth >= DEEPEST:
            cursor[1] = 1
            return 1
        if kind == NESTED:
            uleb(image, cursor, end)
        count = uleb(image, cursor, end)
        cursor[2 + depth] = -count if kind == NESTED else count
    return 0


def named(
    dex: I8, d: int, kind: int, index: int, type_row: I4, field_row: I4, method_row: I4
) -> int:
    """Row of the string, type, field or method that a value names; -1 for none."""
    if index < 0:
        return -1
    if kind == STRING:
        return dex[d + FIRST_STRING] + index if index < dex[d + STRINGS] else -1
    if kind == TYPE:
        return type_of(dex, d, type_row, index)
    if kind in (FIELD, ENUM):
        return member_row(dex, d, TO_FIELD, index, field_row, method_row)
    if kind == METHOD:
        return member_row(dex, d, TO_METHOD, index, field_row, method_row)
    return -1


def put(rows: I4 | I8 | U1, room: int, count: int, column: int, value: int) -> None:
    """Write one item of row ``count`` if there is room for it."""
    if count < room:
        rows[column * room + count] = value


def write_value(
    image: U1, dex: I8, d: int, type_row: I4, field_row: I4, method_row: I4, rows: I4, small: U1,
    wide: I8, room: int, count: int, cursor: I8, position: int,
) -> int:  # fmt: skip
    """Write kind, number, what it names and span of the value at ``cursor[0]`` to row ``count``;
    move behind.
    """
    at, end = cursor[0], dex[d + END]
    head = u1(image, at) if at < end else NULL
    kind = head & 0x1F
    if cursor[1] or at >= end or kind in (ARRAY, NESTED):
        skip_value(image, cursor, end)
    else:
        cursor[0] = at + 1 if kind in (NULL, BOOLEAN) else at + 2 + (head >> 5)
        if cursor[0] > end:
            cursor[1] = 1
    if count < room:
        number = scalar(image, at, end) if at < end else 0
        put(small, room, count, SMALL_KIND, kind)
        put(wide, room, count, WIDE_NUMBER, number)
        put(rows, room, count, ROW_REF,
            named(dex, d, kind, number, type_row, field_row, method_row))  # fmt: skip
        put(wide, room, count, WIDE_AT, at - dex[d + START])
        put(rows, room, count, ROW_LENGTH, cursor[0] - at)
        put(rows, room, count, ROW_POSITION, position)
        put(rows, room, count, ROW_DEX, d // WIDTH)
    return int(cursor[1])


def read_static_values(
    image: U1, dex: I8, class_dex: I4, shadowed: U1, places: I8, type_row: I4, field_row: I4,
    method_row: I4, rows: I4, small: U1, wide: I8, cursor: I8, notes: I8,
) -> int:  # fmt: skip
    """How many initial values there are; writes rows (see `layout`) that fit.

    ``ROW_OWNER`` is the class, ``ROW_POSITION`` that of the static field in its class data.
    """
    count, room = 0, len(rows) // ROW_WIDTH
    budget = len(image)
    for c in range(len(class_dex)):
        at = places[4 * c + 3]
        if at == 0 or shadowed[c]:
            continue
        d = class_dex[c] * WIDTH
        cursor[0], cursor[1] = at, 0
        for position in range(uleb(image, cursor, dex[d + END])):
            begin = cursor[0]
            if write_value(
                image, dex, d, type_row, field_row, method_row, rows, small, wide, room, count,
                cursor, position,
            ):  # fmt: skip
                note(notes, BAD_VALUE, begin, cursor[0] - begin)
                break
            budget -= cursor[0] - begin
            if budget < 0:
                note(notes, TOO_MUCH, begin, 1)
                return count
            put(rows, room, count, ROW_OWNER, c)
            count += 1
    return count


def read_annotations(
    image: U1, dex: I8, class_dex: I4, shadowed: U1, places: I8, type_row: I4, field_row: I4,
    method_row: I4, rows: I4, small: U1, wide: I8, cursor: I8, notes: I8,
) -> int:  # fmt: skip
    """How many annotation elements there are, items of arrays counted; writes rows that fit."""
    count, room = 0, len(rows) // ROW_WIDTH
    cursor[DEEPEST + 2] = 2 * len(image)
    for c in range(len(class_dex)):
        at = places[4 * c + 1]
        if at == 0 or shadowed[c]:
            continue
        d, here = class_dex[c] * WIDTH, at + 16
        end = dex[d + END]
        if here > end:
            note(notes, BAD_ANNOTATION, at, 16)
            continue
        for target in range(TO_CLASS, TO_PARAMETER + 1):
            size = 1 if target == TO_CLASS else u4(image, at + 4 * target)
            if target != TO_CLASS and here + 8 * size > end:
                note(notes, BAD_ANNOTATION, at, 16)
                break
            for item in range(here, here + 8 * size, 8):
                cursor[DEEPEST + 2] -= 1
                if cursor[DEEPEST + 2] < 0:
                    break
                owner, sets, many = c, at, 1
                if target != TO_CLASS:
                    owner = member_row(dex, d, target, u4(image, item), field_row, method_row)
                    sets = item + 4
                    if target == TO_PARAMETER:
                        sets = dex[d + START] + u4(image, sets)
                        many = u4(image, sets) if sets + 4 <= end else 256
                        sets += 4
                if owner < 0 or many > 255 or sets + 4 * many > end:
                    note(notes, BAD_ANNOTATION, item, 8)
                    continue
                for k in range(many):
                    listed = u4(image, sets + 4 * k)
                    if listed:
                        count = read_set(
                            image, dex, d, listed, type_row, field_row, method_row, rows, small,
                            wide, room, count, target, owner, k if target == TO_PARAMETER else -1,
                            cursor, notes,
                        )  # fmt: skip
            if target != TO_CLASS:
                here += 8 * size
        if cursor[DEEPEST + 2] < 0:
            note(notes, TOO_MUCH, at, 16)
            return count
    return count


def member_row(dex: I8, d: int, target: int, index: int, field_row: I4, method_row: I4) -> int:
    """Row of a field or method id; -1 for none."""
    if target == TO_FIELD:
        return field_row[dex[d + FIRST_FIELD] + index] + 0 if index < dex[d + FIELDS] else -1
    return method_row[dex[d + FIRST_METHOD] + index] + 0 if index < dex[d + METHODS] else -1


def read_set(
    image: U1, dex: I8, d: int, listed: int, type_row: I4, field_row: I4, method_row: I4, rows: I4,
    small: U1, wide: I8, room: int, count: int, target: int, owner: int, parameter: int,
    cursor: I8, notes: I8,
) -> int:  # fmt: skip
    """Rows of one annotation_set_item are appended; returns how many rows there are then."""
    at, end = dex[d + START] + listed, dex[d + END]
    if at + 4 > end or at + 4 + 4 * u4(image, at) > end:
        note(notes, BAD_ANNOTATION, at, 4)
        return count
    for item in range(at + 4, at + 4 + 4 * u4(image, at), 4):
        here = dex[d + START] + u4(image, item)
        cursor[DEEPEST + 2] -= 1
        if cursor[DEEPEST + 2] < 0:
            return count
        if here + 3 > end:
            note(notes, BAD_ANNOTATION, item, 4)
            continue
        before = count
        count = read_annotation(
            image,
            dex,
            d,
            here,
            type_row,
            field_row,
            method_row,
            rows,
            small,
            wide,
            room,
            count,
            cursor,
            notes,
        )
        kind = type_of(dex, d, type_row, cursor[DEEPEST + 3])
        for k in range(before, min(count, room)):
            put(small, room, k, SMALL_TARGET, target)
            put(rows, room, k, ROW_OWNER, owner)
            put(rows, room, k, ROW_PARAMETER, parameter)
            put(small, room, k, SMALL_VISIBILITY, u1(image, here))
            put(rows, room, k, ROW_TYPE, kind)
        cursor[DEEPEST + 2] -= cursor[0] - here + 1
    return count


def read_annotation(
    image: U1, dex: I8, d: int, at: int, type_row: I4, field_row: I4, method_row: I4, rows: I4,
    small: U1, wide: I8, room: int, count: int, cursor: I8, notes: I8,
) -> int:  # fmt: skip
    """Rows of one annotation_item are appended; its type index goes to ``cursor``."""
    end = dex[d + END]
    cursor[0], cursor[1] = at + 1, 0
    cursor[DEEPEST + 3] = uleb(image, cursor, end)
    elements = uleb(image, cursor, end)
    if elements == 0:
        put(rows, room, count, ROW_NAME, -1)
        put(small, room, count, SMALL_KIND, MARKER)
        put(wide, room, count, WIDE_NUMBER, 0)
        put(rows, room, count, ROW_REF, -1)
        put(wide, room, count, WIDE_AT, at - dex[d + START])
        put(rows, room, count, ROW_LENGTH, cursor[0] - at)
        put(rows, room, count, ROW_POSITION, 0)
        put(rows, room, count, ROW_DEX, d // WIDTH)
        return count + 1
    for _ in range(elements):
        name = uleb(image, cursor, end)
        string = dex[d + FIRST_STRING] + name if name < dex[d + STRINGS] else -1
        items = 1
        if cursor[0] < end and cursor[1] == 0 and u1(image, cursor[0]) & 0x1F == ARRAY:
            begin = cursor[0]
            cursor[0] += 1
            items = uleb(image, cursor, end)
            if items == 0:
                cursor[0], items = begin, 1
        for position in range(items):
            begin = cursor[0]
            if cursor[1] or write_value(
                image, dex, d, type_row, field_row, method_row, rows, small, wide, room, count,
                cursor, position,
            ):  # fmt: skip
                note(notes, BAD_ANNOTATION, at, begin - at)
                return count
            put(rows, room, count, ROW_NAME, string)
            count += 1
    return count
