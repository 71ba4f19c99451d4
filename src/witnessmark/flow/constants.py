"""Constants that reach chosen calls, arrays of texts that code builds, and values of enums.

All three look into single methods, on demand, by the pass of `flow.straight`. What that pass
does not know is left out; nothing is guessed. Arguments that only `flow.values` could compute are
told when one whole text is possible there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS, TYPE_USES, TYPES
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.straight import (
    CallEvent,
    Held,
    Known,
    KnownArray,
    NewObject,
    StraightLine,
    WriteEvent,
    list_text,
    static_constants,
)  # fmt: skip
from witnessmark.flow.tables import ARRAY_ELEMENTS, CALL_ARGUMENTS, ENUM_CONSTANTS
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.model.distinct import among
from witnessmark.model.gap import Gap
from witnessmark.model.table import Table

ENUM = 0x4000
ARRAY_MAKERS = (0x23, 0x24, 0x25)
TEXT_ARRAYS = ("[Ljava/lang/String;", "[Ljava/lang/CharSequence;", "[Ljava/lang/Object;")
"""Types of arrays that may hold texts alone; a method that takes any objects takes the last."""


NUMBERS = ("int", "long", "char")


def constant_arguments(facts: Facts, calls: NDArray[Any] | Iterable[int]) -> Table:
    """`CALL_ARGUMENTS` of the call rows ``calls``; linear in the code of their methods."""
    table = facts.table(CALLS)
    wanted: dict[int, set[int]] = defaultdict(set)
    for row in {int(call) for call in calls}:
        wanted[int(table["method"][row])].add(row)
    told = facts.once(_Arguments)
    rows: list[tuple[Any, ...]] = []
    for method in sorted(wanted):
        rows.extend(row for row in told.of(method) if row[0] in wanted[method])
    known = {(row[0], row[1]) for row in rows}
    rows.extend(_computed(facts, wanted, known))
    rows.sort(key=_by_call)
    return Table.from_rows(CALL_ARGUMENTS, rows)


class _Arguments:
    """Rows of `CALL_ARGUMENTS` of whole methods, each method passed over once an app."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._reader, self._constants = CodeReader(facts), static_constants(facts)
        self._told: dict[int, tuple[tuple[Any, ...], ...]] = {}

    def of(self, method: int) -> tuple[tuple[Any, ...], ...]:
        """Rows of all calls of a method, in order of pc."""
        found = self._told.get(method)
        if found is None:
            found = self._told[method] = tuple(self._passed_over(method))
        return found

    def _passed_over(self, method: int) -> Iterator[tuple[Any, ...]]:
        code = self._reader.read(method)
        if code is None:
            return
        for event in StraightLine(self._facts, code, self._constants).events():
            if isinstance(event, CallEvent):
                yield from _argument_rows(event)


def _computed(
    facts: Facts, wanted: Mapping[int, set[int]], known: set[tuple[int, int]]
) -> Iterator[tuple[Any, ...]]:
    """Arguments that are one whole text by `DERIVED_TEXTS`, where nothing else is known."""
    calls = {call for rows in wanted.values() for call in rows}
    texts: dict[tuple[int, int], list[tuple[str, bool]]] = defaultdict(list)
    table = facts.table(DERIVED_TEXTS)
    for call, position, text, whole in table.rows("call", "position", "text", "whole"):
        if call in calls and (call, position) not in known:
            texts[call, position].append((text, whole))
    for (call, position), found in sorted(texts.items()):
        if len(found) == 1 and found[0][1]:
            yield call, position, "derived", found[0][0], -1, -1


def _by_call(row: tuple[Any, ...]) -> tuple[int, int]:
    return int(row[0]), int(row[1])


def _argument_rows(event: CallEvent) -> Iterator[tuple[Any, ...]]:
    first = -1 if event.receiver else 0
    for position, held in enumerate(event.arguments, first):
        value = _told(held)
        if value is not None:
            yield event.row, position, value.kind, value.text, value.row, value.pc


def _told(held: Held | None) -> Known | None:
    """A held value as the table tells it: complete arrays as lists, objects not at all."""
    if isinstance(held, KnownArray):
        elements = held.complete()
        return None if elements is None else Known("list", list_text(elements), -1, held.pc)
    return held if isinstance(held, Known) else None


def array_elements(facts: Facts, methods: Iterable[int] | None = None) -> Table:
    """`ARRAY_ELEMENTS` of ``methods``, or of all that make string arrays.

    An array counts when every element is put exactly once, on one straight line, and is a
    string constant or null, or a number beside a string.
    """
    if methods is None:
        return _all_array_elements(facts)
    return _array_elements(facts, sorted(set(methods) & set(_array_makers(facts))))


@once_an_app
def _all_array_elements(facts: Facts) -> Table:
    return _array_elements(facts, _array_makers(facts))


def _array_elements(facts: Facts, chosen: Sequence[int]) -> Table:
    reader, constants = CodeReader(facts), static_constants(facts)
    rows: list[tuple[Any, ...]] = []
    for method in chosen:
        code = reader.read(method)
        if code is None:
            continue
        line = StraightLine(facts, code, constants)
        stored: dict[int, int] = {}
        for event in line.events():
            if isinstance(event, WriteEvent) and isinstance(event.value, KnownArray):
                stored.setdefault(event.value.pc, event.field)
        for array in line.arrays:
            if facts.descriptor(array.type) in TEXT_ARRAYS:
                rows.extend(_element_rows(method, array, stored.get(array.pc, -1)))
    return Table.from_rows(ARRAY_ELEMENTS, rows)


def _array_makers(facts: Facts) -> list[int]:
    uses = facts.table(TYPE_USES)
    kinds = [facts.type_by_descriptor(name) for name in TEXT_ARRAYS]
    made = among(uses["opcode"], ARRAY_MAKERS) & among(uses["type"], kinds)
    return sorted(set(uses["method"][made].tolist()))


def _element_rows(method: int, array: KnownArray, field: int) -> Iterator[tuple[Any, ...]]:
    elements = array.complete()
    if not elements or any(not _is_text(one) and one.kind not in NUMBERS for one in elements):
        return
    if not any(map(_is_text, elements)):
        return
    for position, one in enumerate(elements):
        string = one.row if one.kind == "string" else -1
        number = one.text if one.kind in NUMBERS else ""
        yield method, array.pc, position, string, number, one.pc, field


def _is_text(value: Known) -> bool:
    return value.kind == "null" or (value.kind == "string" and value.row >= 0)


def enum_constants(
    facts: Facts, classes: Sequence[int] | None = None
) -> tuple[Table, tuple[Gap, ...]]:
    """`ENUM_CONSTANTS` of enum classes, and a gap for each whose constants could not be read.

    A constant is an object of the class (or of a subclass for constants with a body) whose
    constructor takes a name and an ordinal first, as the Java language prescribes (JLS 8.9).
    Arguments that are no constants are told as unknown.
    """
    chosen = _enum_classes(facts) if classes is None else classes
    initialisers = _initialisers(facts)
    reader, constants = CodeReader(facts), static_constants(facts)
    rows: list[tuple[Any, ...]] = []
    gaps: list[Gap] = []
    for class_row in chosen:
        method = initialisers.get(class_row, -1)
        code = reader.read(method) if method >= 0 else None
        found: list[tuple[Any, ...]] = []
        if code is not None:
            found = list(_constants_of(facts, class_row, StraightLine(facts, code, constants)))
        if not found:
            why = "the constants of this enum could not be read from its initialiser"
            gaps.append(Gap(facts.class_name(class_row), why, ("marks/code_book",)))
        rows.extend(found)
    return Table.from_rows(ENUM_CONSTANTS, rows), tuple(sorted(set(gaps)))


def _enum_classes(facts: Facts) -> list[int]:
    """Enums themselves, not the classes of constants with a body."""
    classes = facts.table(CLASSES)
    root = facts.type_by_descriptor("Ljava/lang/Enum;")
    is_enum = (classes["super_type"] == root) & ~classes["shadowed"] & (root >= 0)
    found: list[int] = np.flatnonzero(is_enum & ((classes["access"] & ENUM) != 0)).tolist()
    return found


def _initialisers(facts: Facts) -> Mapping[int, int]:
    """``<clinit>`` by class row."""
    methods = facts.table(METHODS)
    static = np.flatnonzero((methods["class"] >= 0) & ((methods["access"] & 0x10008) == 0x10008))
    return {
        int(methods["class"][method]): method
        for method in static.tolist()
        if facts.method_name(method) == "<clinit>"
    }


def _constants_of(facts: Facts, class_row: int, line: StraightLine) -> Iterator[tuple[Any, ...]]:
    own = int(facts.table(CLASSES)["type"][class_row])
    made: dict[int, CallEvent] = {}
    for event in line.events():
        if isinstance(event, CallEvent):
            if _makes_constant(facts, event, own):
                receiver = event.arguments[0]
                assert isinstance(receiver, NewObject)
                made[receiver.pc] = event
        elif isinstance(event.value, NewObject) and event.value.pc in made:
            yield from _constant_rows(facts, class_row, event, made.pop(event.value.pc))


def _makes_constant(facts: Facts, event: CallEvent, own: int) -> bool:
    """Whether a constructor call makes a constant of the enum of type ``own``."""
    receiver = event.arguments[0] if event.arguments else None
    if not isinstance(receiver, NewObject) or len(event.arguments) < 3:
        return False
    row = int(facts.table(TYPES)["class"][receiver.type])
    above = int(facts.table(CLASSES)["super_type"][row]) if row >= 0 else -1
    name, ordinal = _told(event.arguments[1]), _told(event.arguments[2])
    return (
        facts.method_name(event.callee) == "<init>"
        and own in (receiver.type, above)
        and name is not None
        and name.kind == "string"
        and ordinal is not None
        and ordinal.kind == "int"
    )


def _constant_rows(
    facts: Facts, class_row: int, write: WriteEvent, call: CallEvent
) -> Iterator[tuple[Any, ...]]:
    name, ordinal = _told(call.arguments[1]), _told(call.arguments[2])
    assert name is not None
    assert ordinal is not None
    method = int(facts.table(CALLS)["method"][call.row])
    head = (class_row, write.field, name.text, int(ordinal.text))
    extra = call.arguments[3:]
    if not extra:
        yield *head, -1, "", "", -1, method, call.pc
    for position, held in enumerate(extra):
        value = _told(held)
        if value is None:
            yield *head, position, "unknown", "", -1, method, call.pc
        else:
            string = value.row if value.kind == "string" else -1
            yield *head, position, value.kind, value.text, string, method, value.pc
