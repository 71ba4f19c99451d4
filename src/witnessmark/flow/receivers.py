"""On which object a call is made, told by registers in the order of a method's code.

An object is known by the place that made or fetched it, and by the field that it was read from
or is stored in. Branches are not followed: what a
compiler makes of source keeps an object in its register, and a method that calls on the same
register after a branch calls on the same object.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from witnessmark.facts.tables.code import CALLS, METHODS, PROTOS
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader, Instruction, MethodCode
from witnessmark.flow.straight import PAIRS, WRITES

NEW_INSTANCE, MOVE_RESULT_OBJECT = 0x22, 0x0C
MOVE_OBJECTS = (0x07, 0x08, 0x09)
GETS = (0x54, 0x62)
"""iget-object, sget-object."""

PUTS = (0x5B, 0x69)
"""iput-object, sput-object."""

INVOKES = frozenset((*range(0x6E, 0x73), *range(0x74, 0x79)))
STATIC = (0x71, 0x77)
UNKNOWN = -1
UNRESOLVED = "Lunresolved-name/Unknown;"
"""Type of what source calls on classes that are not there (`formats.java`)."""

CHAINED = ("add", "put", "set", "param", "with", "append", "insert", "part")


class Receiver(Struct, frozen=True):
    """Place in the method that made or fetched an object (`UNKNOWN` for none), and the field
    that holds it (-1 for none).
    """

    place: int = UNKNOWN
    field: int = -1


NOWHERE = Receiver()
"""An object of which nothing is known."""


def receivers(app: Facts, calls: Iterable[int]) -> Mapping[int, Receiver]:
    """The object on which each of ``calls`` is made; calls of which nothing is known are absent.

    Linear in the code of their methods.
    """
    table = app.table(CALLS)
    wanted: dict[int, set[int]] = defaultdict(set)
    for call in calls:
        wanted[int(table["method"][call])].add(call)
    seen, found = app.once(_Seen), dict[int, Receiver]()
    for method in sorted(wanted):
        of_calls = seen.of(method)
        found.update((call, of_calls[call]) for call in wanted[method] if call in of_calls)
    return found


class _Seen:
    """Receivers of all calls of whole methods, each method walked once an app."""

    def __init__(self, app: Facts) -> None:
        self._app = app
        self._reader = CodeReader(app)
        self._found: dict[int, Mapping[int, Receiver]] = {}

    def of(self, method: int) -> Mapping[int, Receiver]:
        """Receiver by call row."""
        if method not in self._found:
            code = self._reader.read(method)
            walked = {} if code is None else _Walk(self._app, code).receivers()
            self._found[method] = walked
        return self._found[method]


class _Walk:
    """One pass over a method in the order of its code."""

    def __init__(self, app: Facts, code: MethodCode) -> None:
        self._app = app
        self._code = code
        self._held: dict[int, int] = {}
        self._result = UNKNOWN
        self._fields: dict[int, int] = {}

    def receivers(self) -> Mapping[int, Receiver]:
        found: dict[int, int] = {}
        for one in self._code.instructions:
            if one.opcode in INVOKES and one.pc in self._code.calls:
                call = self._code.calls[one.pc]
                found[call] = self._call(one, call)
            elif one.opcode in PUTS and one.pc in self._code.fields:
                place = self._held.get(one.registers[0], UNKNOWN)
                self._fields.setdefault(place, self._code.fields[one.pc])
            elif one.opcode in WRITES:
                self._write(one)
        self._fields.pop(UNKNOWN, None)
        return {call: Receiver(place, self._fields.get(place, -1)) for call, place in found.items()}

    def _call(self, one: Instruction, call: int) -> int:
        receiver = UNKNOWN
        if one.opcode not in STATIC and one.registers:
            receiver = self._held.get(one.registers[0], UNKNOWN)
        fluent = receiver != UNKNOWN and _returns_itself(self._app, call)
        self._result = receiver if fluent else one.pc
        return receiver

    def _write(self, one: Instruction) -> None:
        register, value = one.registers[0], UNKNOWN
        if one.opcode == NEW_INSTANCE:
            value = one.pc
        elif one.opcode == MOVE_RESULT_OBJECT:
            value = self._result
        elif one.opcode in MOVE_OBJECTS:
            value = self._held.get(one.registers[1], UNKNOWN)
        elif one.opcode in GETS and one.pc in self._code.fields:
            value = self._of_field(one.pc, self._code.fields[one.pc])
        self._held[register] = value
        if one.opcode in PAIRS:
            self._held[register + 1] = UNKNOWN

    def _of_field(self, pc: int, field: int) -> int:
        """The place that a field was stored from or first read at, so that it stays one object."""
        for place, stored in self._fields.items():
            if stored == field:
                return place
        self._fields[pc] = field
        return pc


def _returns_itself(app: Facts, call: int) -> bool:
    """Whether a call returns the type it is made on, as calls that may be chained do.

    Where source names a class that is not there, what its methods return is not known; a method
    that puts something and whose result is called on again is taken to return its object.
    """
    callee = int(app.table(CALLS)["callee"][call])
    methods, protos = app.table(METHODS), app.table(PROTOS)
    returned = int(protos["return_type"][int(methods["proto"][callee])])
    if app.descriptor(returned) == UNRESOLVED:
        return app.method_name(callee).startswith(CHAINED)
    return returned == int(methods["class_type"][callee])
