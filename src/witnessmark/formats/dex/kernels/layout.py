"""Numbers that kernels and their callers agree on."""

from __future__ import annotations

START, END, BASE = 0, 1, 2
STRINGS_AT, STRINGS, FIRST_STRING = 3, 4, 5
TYPES_AT, TYPES, FIRST_TYPE = 6, 7, 8
PROTOS_AT, PROTOS, FIRST_PROTO = 9, 10, 11
FIELDS_AT, FIELDS, FIRST_FIELD = 12, 13, 14
METHODS_AT, METHODS, FIRST_METHOD = 15, 16, 17
CLASSES_AT, CLASSES, FIRST_CLASS = 18, 19, 20
CALL_SITES_AT, CALL_SITES, FIRST_CALL_SITE = 21, 22, 23
HANDLES_AT, HANDLES, FIRST_HANDLE, BLOB = 24, 25, 26, 27
WIDTH = 28
"""Integers of one dex file: ``START`` and ``END`` bound the bytes it may refer to, offsets in the
file count from ``START``, its header stands at ``BASE``; for each section the position of its
first item, how many items fit, and the first row of its items in the lists of all files."""

NO_INDEX = 0xFFFFFFFF

LONGEST_PARAMETERS = 255

CALL, FIELD_USE, STRING_USE, TYPE_USE, DYNAMIC_CALL, PAYLOAD, INSTRUCTION, NO_USE = (
    0, 1, 2, 3, 4, 5, 6, 7,
)  # fmt: skip
KINDS = 8
"""Kinds of rows that a sweep over code counts and writes."""

NOTHING, METHOD_INDEX, FIELD_INDEX, STRING_INDEX, JUMBO_INDEX, TYPE_INDEX, SITE_INDEX = (
    0, 1, 2, 3, 4, 5, 6,
)  # fmt: skip
ZERO, UNUSED = 7, 8
"""What a sweep does at an opcode; ``ZERO`` is nop, which also starts payloads."""

NOTES, NOTED = 256, 3
"""Anomalies that kernels list: at most ``NOTES`` rows of code, position and length. Item 0 of the
array counts all of them; rows follow from item ``NOTED``."""

BAD_STRING, BAD_TYPE, BAD_PROTO, BAD_CLASS, BAD_MEMBER, REPEATED_MEMBER = 1, 2, 3, 4, 5, 6
BAD_CODE, CUT_CODE, BAD_OPCODE, BAD_OPERAND, CUT_INSTRUCTION, TOO_MUCH = 7, 8, 9, 10, 11, 12
SHADOWED_CLASS, CUT_MEMBERS, BAD_HANDLERS, BAD_DEBUG, BAD_VALUE, BAD_ANNOTATION = (
    13, 14, 15, 16, 17, 18,
)  # fmt: skip
BAD_INTERFACE, BAD_REGISTERS = 19, 20
"""Codes of anomalies."""

BYTE, SHORT, CHAR, INT, LONG, FLOAT, DOUBLE = 0x00, 0x02, 0x03, 0x04, 0x06, 0x10, 0x11
METHOD_TYPE, METHOD_HANDLE, STRING, TYPE, FIELD, METHOD, ENUM = (
    0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B,
)  # fmt: skip
ARRAY, NESTED, NULL, BOOLEAN = 0x1C, 0x1D, 0x1E, 0x1F
"""Kinds of encoded values; ``NESTED`` is an annotation inside a value."""

MARKER = 0x01
"""Kind of the one row of an annotation without elements; no encoded value has it."""

DEEPEST = 32
"""How deep arrays and annotations may nest in a value; scratch has so many items and four."""

TO_CLASS, TO_FIELD, TO_METHOD, TO_PARAMETER = 0, 1, 2, 3
"""What an annotation stands at."""

ROW_OWNER, ROW_PARAMETER, ROW_TYPE, ROW_NAME, ROW_POSITION, ROW_REF, ROW_LENGTH, ROW_DEX = (
    0, 1, 2, 3, 4, 5, 6, 7,
)  # fmt: skip
ROW_WIDTH = 8
"""Columns of values, one behind the other in ``rows``: class or member, parameter, annotation type,
string row of the element's name, place in an array, row of what the value names (-1 for nothing),
bytes, dex file."""

SMALL_TARGET, SMALL_VISIBILITY, SMALL_KIND, SMALL_WIDTH = 0, 1, 2, 3
"""Columns of values in ``small``: target, visibility, kind."""

WIDE_NUMBER, WIDE_AT, WIDE_WIDTH = 0, 1, 2
"""Columns of values in ``wide``: number, offset in the blob."""

OPERANDS = 6
A, B, C, LITERAL, INDEX, TARGET = 0, 1, 2, 3, 4, 5
"""Places of an instruction's operands: registers, constant, index of an identity, pc aimed at."""

(
    ABSENT, LOW, HIGH, WHOLE_BYTE, UNIT_1, UNIT_2, LOW_OF_UNIT_1, HIGH_OF_UNIT_1, SIGNED_HIGH,
    SIGNED_BYTE, SIGNED_UNIT_1, SIGNED_HIGH_OF_UNIT_1, SIGNED_UNITS_1_2, UNITS_1_2, UNITS_1_4,
    SHIFTED, SHIFTED_WIDE, LIST, UNIT_3,
) = range(19)  # fmt: skip
"""Where an instruction format keeps an operand; ``LIST`` is that of up to five registers."""
