"""Text: constants are computed, builders keep what was put into them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from witnessmark.flow.taint.invoke import run_callback
from witnessmark.flow.taint.outcall import OutsideCall, Special, texts_of
from witnessmark.flow.taint.store import CONTENT, TEXT, is_content
from witnessmark.flow.taint.values import (
    ANY,
    HOLE,
    NO_TAINT,
    NOTHING,
    PARTIAL,
    UNKNOWN,
    Taint,
    Value,
    join,
    number,
    partial,
    tainted,
    text,
    united,
)
from witnessmark.flow.values.library import stand_in
from witnessmark.flow.values.library_call import Call
from witnessmark.flow.values.objects import Text

WHOLE_NUMBERS = ("I", "J", "S", "B")
STRING = "Ljava/lang/String;"
PLACEHOLDER = re.compile(r"%(?:\d+\$)?[-#+ 0,(]*\d*(?:\.\d+)?[a-zA-Z]")
MOST_VALUES = 12


def spelled(call: OutsideCall, position: int) -> Value:
    """What an argument spells: its text where it is known, and its data."""
    value = call.parameter(position)
    kind = call.method.parameters[position] if position < len(call.method.parameters) else ""
    taint = value.taint
    found = NOTHING
    for atom in value.atoms:
        if atom.__class__ is str:
            found = join(found, Value((atom,)))
        elif atom.__class__ is tuple and atom[0] == "i" and kind in WHOLE_NUMBERS:
            found = join(found, Value((str(atom[1]),)))
        elif atom.__class__ is tuple and atom[0] == "i" and kind == "C":
            found = join(found, Value((chr(atom[1] & 0xFFFF),)))
        elif atom.__class__ is tuple and atom[0] == PARTIAL:
            found = join(found, Value((atom,)))
        elif atom is UNKNOWN or atom.__class__ is tuple:
            found = join(found, ANY)
    for obj in value.objects:
        row = call.engine.world.method_of(obj.node, "toString", "")
        if row >= 0:
            shown = run_callback(call.frame, call.pc, row, obj, [])
        else:
            shown = call.store.peek(obj, TEXT)
            taint = united(taint, call.carried(Value((obj,))))
        found = join(found, tainted(texts_of(call.store, shown, 0), shown.taint))
        if not shown.spellings:
            found = join(found, ANY)
    return tainted(found if found.atoms else ANY, taint)


def _append(call: OutsideCall) -> Value | None:
    if not call.receiver.objects or not call.parameters:
        return None
    added = call.given(spelled(call, 0) if len(call.parameters) == 1 else _all(call))
    strong = len(call.receiver.atoms) == 1
    for obj in call.receiver.objects:
        known = call.store.peek(obj, TEXT)
        joined = _joined(known, added) if len(call.parameters) == 1 else ANY
        written = tainted(tainted(joined, added.taint), known.taint)
        call.store.write(obj, TEXT, written, strong=strong)
    return call.receiver


def _joined(known: Value, added: Value) -> Value:
    """Every text of one followed by every text of the other."""
    found = NOTHING
    for one in _pieces(known):
        for other in _pieces(added):
            found = join(found, partial(one + other))
    return found if found.atoms else ANY


def _pieces(value: Value) -> list[str]:
    """Texts that a value may be; a hole for whatever is not known."""
    found = value.spellings
    return [*found, HOLE] if len(found) < len(value.atoms) or not found else found


def _all(call: OutsideCall) -> Value:
    taint: Taint = NO_TAINT
    for value in call.parameters:
        taint = united(taint, call.carried(value))
    return Value((UNKNOWN,), taint)


def _new_builder(call: OutsideCall) -> Value | None:
    given = call.given(spelled(call, 0)) if call.method.arguments not in ("", "I") else text("")
    for obj in call.receiver.objects:
        call.store.write(obj, TEXT, given, strong=True)
    return NOTHING


def _built(call: OutsideCall) -> Value | None:
    found = Value((), call.receiver.taint)
    for obj in call.receiver.objects:
        for field, value in call.store.fields(obj).items():
            if is_content(field):
                found = join(found, value if field == TEXT else Value((), value.taint))
    return Value(texts_of(call.store, Value(found.atoms), 0).atoms or (UNKNOWN,), found.taint)


def _set_length(call: OutsideCall) -> Value | None:
    if call.parameter(0).number == 0:
        strong = len(call.receiver.atoms) == 1
        for obj in call.receiver.objects:
            call.store.write(obj, TEXT, text(""), strong=strong)
            if strong:
                call.store.write(obj, CONTENT, NOTHING, strong=True)
    return NOTHING


def _value_of(call: OutsideCall) -> Value | None:
    return spelled(call, 0) if len(call.parameters) == 1 else None


def _shown(call: OutsideCall) -> Value | None:
    """``Integer.toString()`` and the like, of the receiver or the one argument."""
    value = call.parameter(0) if call.static else call.receiver
    constant = value.number
    if len(call.parameters) != call.static or constant is None:
        return None
    return tainted(text(str(constant)), value.taint)


def computed(call: OutsideCall) -> Value | None:
    """A call of constants only, computed as the library would; None when it cannot be."""
    method = call.method
    owner = call.engine.world.facts.descriptor(method.owner)
    values = call.parameters if call.static else [call.receiver, *call.parameters]
    kinds = method.parameters if call.static else (owner, *method.parameters)
    arguments: list[object] = []
    taint: Taint = NO_TAINT
    for value in values:
        constant = value.constant
        taint = united(taint, value.taint)
        if constant.__class__ is str:
            arguments.append(Text(constant))
        elif constant.__class__ is tuple and constant[0] == "i":
            arguments.append(constant[1])
        else:
            return None
    function = stand_in(f"{owner}->{method.name}", kinds)
    if function is None or len(values) != len(kinds):
        return None
    found = function(Call(f"{owner}->{method.name}", tuple(arguments), kinds, 0, 0))
    if isinstance(found, Text) and found.whole:
        return tainted(text(found.text), taint)
    if isinstance(found, int) and method.returns in ("I", "Z", "J", "S", "B", "C"):
        return tainted(number(int(found)), NO_TAINT if method.returns == "Z" else taint)
    return None


def _concat(call: OutsideCall) -> Value | None:
    joined = _joined(spelled_receiver(call), spelled(call, 0))
    return tainted(tainted(joined, call.receiver.taint), call.carried(call.parameter(0)))


def spelled_receiver(call: OutsideCall) -> Value:
    """What the receiver spells."""
    return texts_of(call.store, call.receiver) if call.receiver.atoms else ANY


def _format(call: OutsideCall) -> Value | None:
    """``String.format``: the pattern with what is known put in."""
    whole = computed(call)
    if whole is not None or not call.parameters:
        return whole
    at = next((n for n, kind in enumerate(call.method.parameters) if kind == STRING), 0)
    pattern = call.parameter(at).constant
    if pattern.__class__ is not str:
        return None
    taint: Taint = NO_TAINT
    for value in call.parameters:
        taint = united(taint, call.carried(value))
    values = iter(_given_values(call, at + 1))
    found = PLACEHOLDER.sub(lambda _: next(values, HOLE), pattern)
    return tainted(partial(found), taint)


def _given_values(call: OutsideCall, first: int) -> list[str]:
    """What the places of a pattern get, a hole where that is not known."""
    found = []
    for array in call.parameter(first).objects[:1]:
        for place in range(MOST_VALUES):
            value = call.store.peek(array, ("k", ("i", place)))
            constant = value.constant
            if constant.__class__ is tuple and constant[0] == "i":
                constant = str(constant[1])
            found.append(constant if constant.__class__ is str else HOLE)
    return found


def _boxed(call: OutsideCall) -> Value | None:
    if call.method.arguments in ("I", "J", "Z", "S", "B", "C"):
        return call.parameter(0)
    return computed(call)


def _unboxed(call: OutsideCall) -> Value | None:
    return call.receiver if call.receiver.number is not None else None


BUILDERS = ("java/lang/StringBuilder", "java/lang/StringBuffer")
BOXES = ("Integer", "Long", "Short", "Byte", "Character", "Boolean")
COMPUTED = (
    "equals", "equalsIgnoreCase", "startsWith", "endsWith", "contains", "concat", "replace",
    "substring", "trim", "toLowerCase", "toUpperCase", "length", "isEmpty", "indexOf", "charAt",
    "compareTo", "format", "lastIndexOf", "replaceAll", "hashCode",
)  # fmt: skip
UNBOXED = ("intValue", "longValue", "shortValue", "byteValue", "charValue", "booleanValue")

TEXT_SPECIALS: Mapping[tuple[str, str], Special] = {
    **{(owner, "append"): _append for owner in BUILDERS},
    **{(owner, "<init>"): _new_builder for owner in BUILDERS},
    **{(owner, "toString"): _built for owner in BUILDERS},
    **{(owner, "setLength"): _set_length for owner in BUILDERS},
    **{("java/lang/String", name): computed for name in COMPUTED},
    ("java/lang/String", "concat"): _concat,
    ("java/lang/String", "format"): _format,
    ("java/lang/String", "valueOf"): _value_of,
    ("java/lang/Integer", "parseInt"): computed,
    **{(f"java/lang/{box}", "valueOf"): _boxed for box in BOXES},
    **{(f"java/lang/{box}", name): _unboxed for box in BOXES for name in UNBOXED},
    **{(f"java/lang/{box}", "toString"): _shown for box in BOXES},
}
