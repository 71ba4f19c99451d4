"""Stand-ins for walking over maps and lists: entries, keys, values, iterators.

Source: java.util.Map, Collection and Iterator at developer.android.com/reference. What is known
of a map or list is given in the order in which it was put; where more may be in it, that comes
last, as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from witnessmark.flow.values.library_call import Call, Function
from witnessmark.flow.values.objects import (
    LARGEST_ARRAY,
    UNKNOWN,
    Array,
    Text,
    Thing,
    Value,
)

OBJECTS = "[Ljava/lang/Object;"
TEXT_KEY, NUMBER_KEY, SPELLED_KEY = "text", "number", "key"
"""First halves of the names under which a map holds values, and the texts that spell the keys."""


def map_key(value: Value) -> object:
    """The name under which a map holds the value of a key; None for a key that is not known."""
    if isinstance(value, Text):
        return (TEXT_KEY, value.text) if value.whole else None
    if isinstance(value, Thing) and isinstance(value.known.get("number"), int):
        return (NUMBER_KEY, value.known["number"])
    return (NUMBER_KEY, value) if isinstance(value, int) else None


def put_in_map(held: Thing, key: Value, value: Value) -> None:
    """Put one value; a key that is not known leaves the map open."""
    name = map_key(key)
    if name is None:
        held.open = True
        return
    held.known[name] = value
    if isinstance(key, Text):
        held.known[SPELLED_KEY, key.text] = key


def entries_of(held: Thing) -> Iterator[tuple[Text, Value]]:
    """Keys that are texts, with their values, in the order in which they were put."""
    for name, value in held.known.items():
        if isinstance(name, tuple) and name[0] == TEXT_KEY:
            spelled = held.known.get((SPELLED_KEY, name[1]))
            yield spelled if isinstance(spelled, Text) else Text(name[1]), value


def is_map(value: Value) -> bool:
    """Whether a value is a map of which something can be known."""
    return isinstance(value, Thing) and value.kind == "map"


def _listed(items: list[Value], held: Thing) -> Thing:
    return Thing("list", {"array": Array(OBJECTS, items)}, open=held.open)


def _entry_set(call: Call) -> Value:
    held = call.value(0)
    if not isinstance(held, Thing) or held.kind != "map":
        return UNKNOWN
    entries = [Thing("entry", {"key": key, "value": value}) for key, value in entries_of(held)]
    return _listed(list(entries), held)


def _key_set(call: Call) -> Value:
    held = call.value(0)
    if not isinstance(held, Thing) or held.kind != "map":
        return UNKNOWN
    return _listed([key for key, _ in entries_of(held)], held)


def _values(call: Call) -> Value:
    held = call.value(0)
    if not isinstance(held, Thing) or held.kind != "map":
        return UNKNOWN
    return _listed([value for _, value in entries_of(held)], held)


def _iterator(call: Call) -> Value:
    held = call.value(0)
    array = held.known.get("array") if isinstance(held, Thing) else None
    if not isinstance(held, Thing) or not isinstance(array, Array):
        return UNKNOWN
    return Thing("iterator", {"array": array, "at": 0}, open=held.open)


def _walk(call: Call) -> tuple[Thing, list[Value], int] | None:
    """An iterator, what it walks over and where it is; None when other code had its hands on it."""
    held = call.value(0)
    if not isinstance(held, Thing) or held.kind != "iterator":
        return None
    array, at = held.known.get("array"), held.known.get("at")
    return (held, array.items, at) if isinstance(array, Array) and isinstance(at, int) else None


def _has_next(call: Call) -> Value:
    walk = _walk(call)
    if walk is None:
        return UNKNOWN
    held, items, at = walk
    return 1 if at < len(items) else UNKNOWN if held.open else 0


def _next(call: Call) -> Value:
    walk = _walk(call)
    if walk is None:
        return UNKNOWN
    held, items, at = walk
    held.known["at"] = at + 1
    return items[at] if at < len(items) else UNKNOWN


def _of_entry(word: str) -> Function:
    def get(call: Call) -> Value:
        held = call.value(0)
        is_entry = isinstance(held, Thing) and held.kind == "entry"
        return held.known.get(word, UNKNOWN) if is_entry else UNKNOWN

    return get


def _put_all(call: Call) -> Value:
    held, more = call.value(0), call.value(1)
    if isinstance(held, Thing) and isinstance(more, Thing) and more.kind == "map":
        for key, value in entries_of(more):
            put_in_map(held, key, value)
        held.open = held.open or more.open
    elif isinstance(held, Thing):
        held.open = True
    return UNKNOWN


def _add_all(call: Call) -> Value:
    held, more = call.value(0), call.value(len(call) - 1)
    array = held.known.get("array") if isinstance(held, Thing) else None
    others = more.known.get("array") if isinstance(more, Thing) else None
    if not isinstance(held, Thing) or not isinstance(array, Array):
        return UNKNOWN
    if isinstance(others, Array) and len(call) == 2:
        array.items.extend(others.items[: LARGEST_ARRAY - len(array.items)])
        held.open = held.open or more.open
    else:
        held.open = True
    return UNKNOWN


MAPS = ("Ljava/util/Map;", "Ljava/util/HashMap;", "Ljava/util/LinkedHashMap;",
        "Ljava/util/TreeMap;", "Ljava/util/SortedMap;", "Ljava/util/Hashtable;",
        "Ljava/util/concurrent/ConcurrentHashMap;", "Landroid/util/ArrayMap;",
        "Ljava/util/AbstractMap;", "Ljava/util/IdentityHashMap;", "Ljava/util/WeakHashMap;",
        "Landroidx/collection/ArrayMap;")  # fmt: skip
WALKED = ("Ljava/util/List;", "Ljava/util/ArrayList;", "Ljava/util/LinkedList;",
          "Ljava/util/Collection;", "Ljava/util/Set;", "Ljava/lang/Iterable;",
          "Ljava/util/Vector;", "Ljava/util/AbstractList;", "Ljava/util/Queue;")  # fmt: skip
ITERATORS = ("Ljava/util/Iterator;", "Ljava/util/ListIterator;")
ENTRIES = ("Ljava/util/Map$Entry;",)

_BY_OWNER: tuple[tuple[tuple[str, ...], dict[str, Function]], ...] = (
    (MAPS, {"entrySet": _entry_set, "keySet": _key_set, "values": _values, "putAll": _put_all}),
    (WALKED, {"iterator": _iterator, "listIterator": _iterator, "addAll": _add_all}),
    (ITERATORS, {"hasNext": _has_next, "next": _next}),
    (ENTRIES, {"getKey": _of_entry("key"), "getValue": _of_entry("value")}),
)

WALK_FUNCTIONS: Mapping[str, Function] = {
    f"{owner}->{name}": function
    for owners, named in _BY_OWNER
    for owner in owners
    for name, function in named.items()
}
"""By ``Lowner;->name``."""
