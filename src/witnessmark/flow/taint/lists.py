"""Lists whose places are known: elements under their index while it is constant."""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.flow.taint.outcall import OutsideCall, Special
from witnessmark.flow.taint.store import CONTENT, KEYS, is_content
from witnessmark.flow.taint.values import ANY, NOTHING, NULL, Obj, Value, join, number

SIZE = "size"


def _size(call: OutsideCall, obj: Obj) -> int | None:
    """How many elements a list has, None where that is not known."""
    known = call.store.peek(obj, SIZE)
    if known.atoms:
        return known.number
    if obj.symbolic or obj.many:
        return None
    has_content = any(is_content(f) and v.atoms for f, v in call.store.fields(obj).items())
    return None if has_content else 0


def _append(call: OutsideCall) -> Value | None:
    """``add`` at the end."""
    if len(call.parameters) != 1:
        return _insert(call)
    given = call.given(call.parameter(0))
    objects = call.receiver.objects
    for obj in objects:
        size = _size(call, obj) if len(objects) == 1 and not obj.many else None
        if size is None:
            call.store.write(obj, SIZE, ANY, strong=True)
            call.store.write(obj, CONTENT, given, strong=False)
        else:
            call.store.write(obj, ("k", ("i", size)), given, strong=True)
            call.store.write(obj, SIZE, number(size + 1), strong=True)
    return number(1) if call.method.returns == "Z" else NOTHING


def _insert(call: OutsideCall) -> Value | None:
    """``add`` at a place: behind it everything moves up."""
    given, at = call.given(call.parameter(1)), call.parameter(0).number
    objects = call.receiver.objects
    for obj in objects:
        size = _size(call, obj) if len(objects) == 1 else None
        if at is None or size is None or not 0 <= at <= size:
            _blur(call, obj)
            call.store.write(obj, CONTENT, given, strong=False)
            continue
        for place in range(size, at, -1):
            _put(call, obj, place, _element(call, obj, place - 1))
        _put(call, obj, at, given)
        call.store.write(obj, SIZE, number(size + 1), strong=True)
    return NOTHING


def _put(call: OutsideCall, obj: Obj, place: int, value: Value) -> None:
    call.store.write(obj, ("k", ("i", place)), value, strong=True)


def _element(call: OutsideCall, obj: Obj, place: int) -> Value:
    return call.store.peek(obj, ("k", ("i", place)))


def _remove(call: OutsideCall) -> Value | None:
    """``remove`` at a place, ``removeFirst``, ``removeLast`` and the like."""
    objects = call.receiver.objects
    if len(objects) != 1 or call.method.arguments not in ("", "I"):
        return _loose(call)
    size = _size(call, objects[0])
    at = call.parameter(0).number if call.parameters else 0
    if size is not None and not call.parameters and "ast" in call.method.name:
        at = size - 1
    if size is None or at is None or not 0 <= at < size:
        return _loose(call)
    gone = _element(call, objects[0], at)
    for place in range(at, size - 1):
        _put(call, objects[0], place, _element(call, objects[0], place + 1))
    _put(call, objects[0], size - 1, NOTHING)
    call.store.write(objects[0], SIZE, number(size - 1), strong=True)
    return gone if gone.atoms else None


def _loose(call: OutsideCall) -> Value | None:
    """Anything that shifts places: from here on they are not told apart."""
    for obj in call.receiver.objects:
        _blur(call, obj)
    return None


def _blur(call: OutsideCall, obj: Obj) -> None:
    everything = NOTHING
    for field, value in call.store.fields(obj).items():
        if is_content(field) and field != KEYS:
            everything = join(everything, value)
    call.store.clear(obj)
    if everything.atoms or everything.taint:
        call.store.write(obj, CONTENT, everything, strong=False)
    call.store.write(obj, SIZE, ANY, strong=True)


def _clear(call: OutsideCall) -> Value | None:
    objects = call.receiver.objects
    if objects and len(call.receiver.atoms) == 1 and not objects[0].many:
        call.store.clear(objects[0])
        call.store.write(objects[0], SIZE, number(0), strong=True)
    return NOTHING


def _end(call: OutsideCall) -> Value | None:
    """``getFirst``, ``getLast`` where all is known."""
    objects = call.receiver.objects
    size = _size(call, objects[0]) if len(objects) == 1 else None
    if size is None:
        return None
    at = 0 if "irst" in call.method.name or call.method.name.startswith("pe") else size - 1
    found = _element(call, objects[0], at)
    return found if found.atoms else NULL


def _count(call: OutsideCall) -> Value | None:
    found = NOTHING
    for obj in call.receiver.objects:
        size = _size(call, obj)
        found = join(found, ANY if size is None else number(size))
    return found if found.atoms else None


LISTS = (
    "java/util/ArrayList", "java/util/LinkedList", "java/util/List", "java/util/Vector",
    "java/util/concurrent/CopyOnWriteArrayList",
)  # fmt: skip

LIST_SPECIALS: Mapping[tuple[str, str], Special] = {
    (owner, name): special
    for owner in LISTS
    for name, special in (
        ("add", _append),
        ("addElement", _append),
        ("addLast", _append),
        ("remove", _remove),
        ("removeFirst", _remove),
        ("removeLast", _remove),
        ("addFirst", _loose),
        ("addAll", _loose),
        ("push", _loose),
        ("pop", _remove),
        ("poll", _remove),
        ("sort", _loose),
        ("clear", _clear),
        ("getFirst", _end),
        ("getLast", _end),
        ("firstElement", _end),
        ("lastElement", _end),
        ("size", _count),
    )
}
"""Calls of lists by class and name; `pop` and `poll` take the first, as a list used as a queue."""
