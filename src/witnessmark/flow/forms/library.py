"""Methods of java.lang and java.util by what they do with the values of forms.

Sources: java.lang.String, StringBuilder, java.util.List, Map, Arrays and kotlin.collections at
developer.android.com/reference and kotlinlang.org/api.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from witnessmark.flow.forms.heap import known_only
from witnessmark.flow.forms.values import (
    ANY,
    MOST_PARTS,
    UNKNOWN,
    Built,
    Made,
    Number,
    Resource,
    Test,
    Value,
    Values,
    Word,
    has_answer,
    only,
    uncoded,
)  # fmt: skip
from witnessmark.flow.values.code import Callee

if TYPE_CHECKING:
    from witnessmark.flow.forms.calls import Call
    from witnessmark.flow.forms.tracer import Tracer

Effect = Callable[["Tracer", "Call"], Values]
BUILDERS = ("Ljava/lang/StringBuilder;", "Ljava/lang/StringBuffer;")
BOXED = ("Integer", "Long", "Double", "Float", "Boolean", "Short", "Number", "Character")
PIECES = 2
FRACTIONS: Mapping[str, tuple[str, int]] = {"F": ("<f", 7), "D": ("<d", 15)}
"""Layout of the bits of a fraction, and how many decimal digits they are good for (IEEE 754)."""


def library_result(tracer: Tracer, made: Call) -> Values | None:
    """What a library method returns; None for all others."""
    known = tracer.library_effects
    row = made.callee.row
    if row not in known:
        known[row] = _effect(tracer, made.callee)
    effect = known[row]
    return None if effect is None else effect(tracer, made)


def _effect(tracer: Tracer, callee: Callee) -> Effect | None:
    effect = _BY_KEY.get(callee.key)
    if effect is None and callee.owner in _PLAIN_OWNERS:
        effect = _STRING.get(callee.name)
    if effect is None:
        for owners, effects in _BELOW:
            if tracer.program.is_below(callee.owner, owners):
                return effects.get(callee.name)
    return effect


def _first(_: Tracer, made: Call) -> Values:
    return made.values(0)


def _second(_: Tracer, made: Call) -> Values:
    return made.values(1)


def _unknown(_: Tracer, __: Call) -> Values:
    return UNKNOWN


def _spelled(_: Tracer, made: Call) -> Values:
    """The same text in another form."""
    found = frozenset(_as_text(value, made.kinds[0]) for value in made.values(0))
    return found or UNKNOWN


def _as_text(value: Value, kind: str = "") -> Value:
    """A value as text; the declared type tells of which kind of number the bits are."""
    if isinstance(value, Built):
        return Built(value.parts)
    if isinstance(value, Number):
        return Word(_number_text(value.value, kind))
    return value


def _number_text(bits: int, kind: str) -> str:
    if kind in FRACTIONS:
        layout, digits = FRACTIONS[kind]
        size = struct.calcsize(layout)
        (fraction,) = struct.unpack(layout, (bits & (1 << 8 * size) - 1).to_bytes(size, "little"))
        return str(float(f"{fraction:.{digits}g}"))
    return str(bits)


def _new_builder(_: Tracer, made: Call) -> Values:
    if len(made.given) > 1 and made.kinds[1] != "I":
        return _appended(made, made.values(1))
    return UNKNOWN


def _append(_: Tracer, made: Call) -> Values:
    return _appended(made, made.values(1))


def _appended(made: Call, pieces: Values) -> Values:
    """The builder with one piece more, in every register that holds it."""
    ranked = sorted(known_only(pieces), key=lambda one: (not has_answer(one), repr(one)))
    chosen = [_as_text(piece, made.kinds[1]) for piece in ranked[:PIECES]] or [ANY]
    grown: dict[Value, frozenset[Value]] = {}
    for builder in made.receiver:
        if isinstance(builder, Built):
            grown[builder] = frozenset(
                Built((*builder.parts, *_parts(piece))[:MOST_PARTS], builder.maker)
                for piece in chosen
            )
    if not grown:
        return UNKNOWN
    registers = made.state.registers
    for register, values in enumerate(registers):
        if not grown.keys().isdisjoint(values):
            registers[register] = frozenset(
                one for value in values for one in grown.get(value, frozenset({value}))
            )
    return frozenset(one for each in grown.values() for one in each)


def _concatenated(_: Tracer, made: Call) -> Values:
    """``a + b`` of two texts."""
    found: set[Value] = set()
    for first in sorted(made.values(0), key=repr)[:PIECES]:
        for second in sorted(made.values(1), key=repr)[:PIECES]:
            parts = (*_parts(first), *_parts(second))
            found.add(Built(parts[:MOST_PARTS]))
    return frozenset(found) or UNKNOWN


def _parts(value: Value) -> tuple[Value, ...]:
    return value.parts if isinstance(value, Built) else (_as_text(value),)


def _format(tracer: Tracer, made: Call) -> Values:
    """``String.format``: the pattern with the arguments in their places."""
    words = [
        v for values in made.given for v in map(uncoded, values) if isinstance(v, Word | Resource)
    ]
    arrays = [v for values in made.given for v in values if isinstance(v, Made)]
    slots = tracer.heap.slots(arrays[-1]) if arrays else []
    if not words or not isinstance(words[0], Word):
        answers = frozenset(v for each in slots for v in each if has_answer(v))
        return answers or UNKNOWN
    pieces = words[0].text.split("%")
    parts: list[Value] = [Word(pieces[0], words[0].string, words[0].place)]
    for number, piece in enumerate(pieces[1:]):
        held = sorted(slots[number], key=lambda v: not has_answer(v)) if number < len(slots) else []
        parts.append(held[0] if held else ANY)
        parts.append(Word(piece.lstrip("0123456789$.-+,")[1:]))
    return frozenset({Built(tuple(parts[:MOST_PARTS]))})


def _add(tracer: Tracer, made: Call) -> Values:
    _put_elements(tracer, made, made.values(len(made.given) - 1))
    return UNKNOWN


def _put_elements(tracer: Tracer, made: Call, values: Values) -> None:
    slot = (made.frame.place(made.one), made.frame.chain[-3:], _turn(tracer, made))
    for owner in made.receiver:
        if isinstance(owner, Made):
            tracer.heap.put_slot(owner, slot, values)


def _turn(tracer: Tracer, made: Call) -> tuple[int, ...]:
    """Which turn of a loop it is, where counters are known."""
    blocks = tracer.program.blocks(made.frame.method)
    counters = blocks.counters if blocks is not None else ()
    numbers = (only(made.state.registers[register]) for register in counters)
    return tuple(number.value for number in numbers if isinstance(number, Number))


def _add_all(tracer: Tracer, made: Call) -> Values:
    for source in made.values(len(made.given) - 1):
        if isinstance(source, Made):
            place = made.frame.place(made.one)
            for owner in made.receiver:
                for number, values in enumerate(tracer.heap.slots(source)):
                    if isinstance(owner, Made) and owner != source:
                        tracer.heap.put_slot(owner, (place, number), values)
        elif isinstance(source, Resource):
            _put_elements(tracer, made, frozenset({source}))
    return UNKNOWN


def _copied(tracer: Tracer, made: Call) -> Values:
    """``new ArrayList(other)``."""
    return _add_all(tracer, made) if len(made.given) > 1 and made.kinds[1] != "I" else UNKNOWN


def _as_list(_: Tracer, made: Call) -> Values:
    """Another view of the same elements."""
    return made.values(len(made.given) - 1)


def _list_of(tracer: Tracer, made: Call) -> Values:
    """``List.of(a, b)`` and its like: a list of the arguments, or of the array it is given."""
    if made.kinds and made.kinds[-1].startswith("["):
        return made.values(len(made.given) - 1)
    listed = Made("Ljava/util/List;", made.frame.place(made.one), made.frame.chain[-3:])
    for number, values in enumerate(made.given):
        tracer.heap.put_slot(listed, Number(number), values)
    return frozenset({listed})


def _collection_add(tracer: Tracer, made: Call) -> Values:
    """``Collections.addAll(list, array)``."""
    for owner in made.values(0):
        for source in made.values(1):
            if isinstance(owner, Made) and isinstance(source, Made):
                for number, values in enumerate(tracer.heap.slots(source)):
                    slot = (made.frame.place(made.one), number)
                    tracer.heap.put_slot(owner, slot, values)
    return UNKNOWN


def _get(tracer: Tracer, made: Call) -> Values:
    from witnessmark.flow.forms.steps import elements

    by = made.values(1) if len(made.given) > 1 else UNKNOWN
    return elements(tracer, made.receiver, by)


def _next(tracer: Tracer, made: Call) -> Values:
    from witnessmark.flow.forms.steps import elements

    return elements(tracer, made.receiver, UNKNOWN)


def _size(tracer: Tracer, made: Call) -> Values:
    source = only(made.receiver)
    if not isinstance(source, Made):
        return UNKNOWN
    slots = tracer.heap.slots(source)
    known = bool(slots) and all(ANY not in values for values in slots)
    return frozenset({Number(len(slots))}) if known else UNKNOWN


def _map_get(tracer: Tracer, made: Call) -> Values:
    found: set[Value] = set()
    for owner in made.receiver:
        for key in map(uncoded, made.values(1)):
            if isinstance(owner, Made) and isinstance(key, Word):
                found |= tracer.heap.read((owner, "key", key.text))
    return frozenset(found) or UNKNOWN


def _length_of(_: Tracer, made: Call) -> Values:
    found = frozenset(Test("length", value) for value in made.receiver if has_answer(value))
    return found or UNKNOWN


def _compile(_: Tracer, made: Call) -> Values:
    return made.values(0)


def _matched(_: Tracer, made: Call) -> Values:
    """``matcher.matches()``: the matcher is the test itself."""
    return made.receiver


def _values_of_map(_: Tracer, made: Call) -> Values:
    return made.receiver


_STRING = {
    "toString": _spelled, "trim": _first, "toUpperCase": _first, "toLowerCase": _first,
    "replace": _first, "replaceAll": _first, "substring": _first, "subSequence": _first,
    "intern": _first, "getBytes": _first, "toCharArray": _first, "strip": _first,
    "concat": _concatenated, "valueOf": _spelled, "format": _format, "split": _first,
    "charAt": _first, "length": _length_of, "hashCode": _unknown, "indexOf": _unknown,
    "copyValueOf": _spelled,
}  # fmt: skip
_BUILDER = {
    "<init>": _new_builder, "append": _append, "toString": _spelled, "length": _unknown,
    "deleteCharAt": _first, "setLength": _unknown, "insert": _first, "delete": _first,
}  # fmt: skip
_BOXES = {
    "valueOf": _spelled, "parseInt": _first, "parseLong": _first, "parseDouble": _first,
    "parseFloat": _first, "intValue": _first, "longValue": _first, "doubleValue": _first,
    "floatValue": _first, "booleanValue": _first, "toString": _spelled, "parseBoolean": _first,
    "charValue": _first,
}  # fmt: skip
_LIST: Mapping[str, Effect] = {
    "add": _add, "addElement": _add, "addLast": _add, "addAll": _add_all, "get": _get,
    "elementAt": _get, "size": _size, "<init>": _copied, "iterator": _as_list,
    "listIterator": _as_list, "toArray": _first, "subList": _first, "stream": _first,
}  # fmt: skip
_ITERATOR: Mapping[str, Effect] = {"next": _next, "nextElement": _next, "hasNext": _unknown}
_MAP: Mapping[str, Effect] = {
    "get": _map_get, "values": _values_of_map, "entrySet": _values_of_map, "keySet": _unknown,
    "<init>": _unknown, "containsKey": _unknown,
}  # fmt: skip
_BELOW = (
    (("java.util.Map",), _MAP),
    (("java.util.Collection",), _LIST),
    (("java.util.Iterator", "java.util.Enumeration"), _ITERATOR),
)
_PLAIN_OWNERS = frozenset({
    "Ljava/lang/Object;", "Ljava/lang/CharSequence;", "Landroid/text/Editable;",
    "Ljava/lang/String;",
})  # fmt: skip

_BY_KEY: Mapping[str, Effect] = {
    **{f"{owner}->{name}": effect for owner in BUILDERS for name, effect in _BUILDER.items()},
    **{
        f"Ljava/lang/{owner};->{name}": effect
        for owner in BOXED
        for name, effect in _BOXES.items()
    },
    "Ljava/util/Arrays;->asList": _as_list,
    "Ljava/util/Collections;->addAll": _collection_add,
    "Ljava/util/Collections;->unmodifiableList": _as_list,
    "Ljava/util/Collections;->singletonList": _list_of,
    "Ljava/util/List;->of": _list_of,
    "Lkotlin/collections/CollectionsKt;->listOf": _list_of,
    "Lkotlin/collections/CollectionsKt;->mutableListOf": _list_of,
    "Lkotlin/collections/CollectionsKt;->arrayListOf": _list_of,
    "Lkotlin/collections/ArraysKt;->toList": _as_list,
    "Lkotlin/collections/CollectionsKt;->toList": _as_list,
    "Lkotlin/text/StringsKt;->trim": _first,
    "Lkotlin/jvm/internal/Intrinsics;->stringPlus": _concatenated,
    "Ljava/util/regex/Pattern;->compile": _compile,
    "Ljava/util/regex/Matcher;->matches": _matched,
    "Ljava/util/regex/Matcher;->find": _matched,
    "Ljava/util/Objects;->requireNonNull": _first,
    "Ljava/util/Objects;->toString": _spelled,
}  # fmt: skip
"""By ``Lowner;->name``."""
