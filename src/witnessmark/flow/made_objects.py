"""Objects that a method makes and fills with constants, one part after another.

``Choice one = new Choice(); one.setCode("1"); one.label = "a";`` makes one object with two parts.
Objects are followed along straight lines (`flow.straight`); a part that is no constant is absent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from witnessmark.facts.tables.code import FIELDS
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.straight import (
    CallEvent,
    Known,
    NewObject,
    StraightLine,
    WriteEvent,
    static_constants,
)  # fmt: skip


class Part(Struct, frozen=True):
    """A constant put into an object: by which setter or field, and the constant."""

    name: str
    value: Known


class MadeObject(Struct, frozen=True):
    """An object of ``type`` (row of types) that ``method`` makes at ``pc``, with its parts."""

    method: int
    pc: int
    type: int
    parts: tuple[Part, ...]


def made_objects(facts: Facts, methods: Iterable[int]) -> Iterator[MadeObject]:
    """Objects with at least two constant parts set after they were made, by method and place."""
    reader, constants = CodeReader(facts), static_constants(facts)
    for method in sorted(set(methods)):
        code = reader.read(method)
        if code is None:
            continue
        types: dict[int, int] = {}
        parts: dict[int, list[Part]] = defaultdict(list)
        for event in StraightLine(facts, code, constants).events():
            made = _part(facts, event)
            if made is not None:
                types[made[0].pc] = made[0].type
                parts[made[0].pc].append(made[1])
        for pc, listed in sorted(parts.items()):
            if len(listed) > 1:
                yield MadeObject(method, pc, types[pc], tuple(listed))


def _part(facts: Facts, event: CallEvent | WriteEvent) -> tuple[NewObject, Part] | None:
    """The object that an event fills and what it puts there."""
    if isinstance(event, WriteEvent):
        if not isinstance(event.object, NewObject) or not isinstance(event.value, Known):
            return None
        name = facts.string(int(facts.table(FIELDS)["name"][event.field]))
        return event.object, Part(name, event.value)
    if not event.receiver or len(event.arguments) != 2:
        return None
    owner, value = event.arguments
    name = facts.method_name(event.callee)
    if not isinstance(owner, NewObject) or not isinstance(value, Known) or name == "<init>":
        return None
    return owner, Part(name, value)
