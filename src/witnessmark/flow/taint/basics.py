"""Calls of the standard library that models in words are too coarse for."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from witnessmark.flow.taint.outcall import OutsideCall, Special, texts_of
from witnessmark.flow.taint.steps import LENGTH
from witnessmark.flow.taint.store import CONTENT, KEYS, TEXT, is_content
from witnessmark.flow.taint.values import ANY, HOLE, NOTHING, RANGE, Value, join, partial, text

MOST_PATHS = 4
MOST_LEVELS = 4
"""Sizes of one array of arrays that are told apart."""

PATHS = ("getPath", "getAbsolutePath", "getCanonicalPath", "toString")


def _copy_array(call: OutsideCall) -> Value | None:
    """``System.arraycopy``: elements keep their places where these are known."""
    start, to = call.parameter(1).number, call.parameter(3).number
    shift = None if start is None or to is None else to - start
    for source in call.parameter(0).objects:
        for field, value in call.store.fields(source).items():
            if not is_content(field) or field == KEYS:
                continue
            where: Any = CONTENT
            place = _place(field)
            if place is not None and shift is not None:
                where = ("k", ("i", place + shift))
            for target in call.parameter(2).objects:
                call.store.write(target, where, call.given(value), strong=False)
    return NOTHING


def _place(field: Any) -> int | None:
    """The place of an element, where the field is one of a known place in an array or list."""
    kept = field[1] if field.__class__ is tuple else None
    if kept.__class__ is tuple and kept[0] == "i":
        place: int = kept[1]
        return place
    return None


def _below(call: OutsideCall) -> Value | None:
    """``Random.nextInt(n)``: from 0 to below ``n``."""
    bound = call.parameter(0).number
    return Value(((RANGE, 0, bound - 1),)) if bound is not None and bound > 0 else ANY


def _reverse(call: OutsideCall) -> Value | None:
    """``StringBuilder.reverse``."""
    for obj in call.receiver.objects:
        known = call.store.peek(obj, TEXT)
        found = NOTHING
        for one in known.texts:
            found = join(found, text(one[::-1]))
        found = Value(found.atoms or ANY.atoms, known.taint)
        call.store.write(obj, TEXT, found, strong=len(call.receiver.atoms) == 1)
    return call.receiver


def _new_file(call: OutsideCall) -> Value | None:
    """``new File``: its path, as far as it is known."""
    parts = [texts_of(call.store, value) for value in call.parameters]
    spelled = ["/".join(one) for one in product(*(p.spellings or [HOLE] for p in parts))]
    found = NOTHING
    for one in spelled[:MOST_PATHS]:
        found = join(found, partial(one))
    for obj in call.receiver.objects:
        if found.spellings:
            call.store.write(obj, TEXT, found, strong=len(call.receiver.atoms) == 1)
    return None


def _path(call: OutsideCall) -> Value | None:
    """``File.getPath`` and the like."""
    found = NOTHING
    for obj in call.receiver.objects:
        found = join(found, Value(tuple(call.store.peek(obj, TEXT).atoms) or ANY.atoms))
    if not found.spellings:
        return None
    return Value(found.atoms, call.carried(call.receiver))


def _rows(call: OutsideCall) -> Value | None:
    """``Array.newInstance`` with several sizes: arrays within an array."""
    sizes = call.parameter(1).objects
    length = call.store.peek(sizes[0], LENGTH).number if len(sizes) == 1 else None
    if call.method.arguments != "Ljava/lang/Class;[I" or length is None or length < 2:
        return None
    made = ANY
    for level in range(min(length, MOST_LEVELS), 0, -1):
        array = call.engine.object(-1, "rows", call.frame.context.site, call.pc, level)
        array.many = True
        if call.store.current(array) is None:
            call.store.make(array)
        if made.objects:
            call.store.write(array, CONTENT, made, strong=False)
        made = Value((array,))
    return made


BASIC_SPECIALS: Mapping[tuple[str, str], Special] = {
    ("java/lang/System", "arraycopy"): _copy_array,
    ("java/lang/reflect/Array", "newInstance"): _rows,
    ("java/util/Random", "nextInt"): _below,
    ("java/lang/StringBuilder", "reverse"): _reverse,
    ("java/lang/StringBuffer", "reverse"): _reverse,
    ("java/io/File", "<init>"): _new_file,
    **{("java/io/File", name): _path for name in PATHS},
}
