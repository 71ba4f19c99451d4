"""Stand-ins for lists, maps, boxed numbers, addresses, paths and class objects.

Sources: java.util, java.net, java.io and android.net.Uri at developer.android.com/reference.
Addresses and paths are held as the texts that they spell.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urljoin

from witnessmark.flow.values.library_call import Call, Function
from witnessmark.flow.values.library_walks import MAPS, map_key, put_in_map
from witnessmark.flow.values.objects import (
    HOLE,
    LARGEST_ARRAY,
    LONGEST_TEXT,
    UNKNOWN,
    Array,
    ClassName,
    Text,
    Thing,
    Value,
    in_pieces,
    joined_steps,
    text_of,
)

OBJECTS = "[Ljava/lang/Object;"
LISTS = ("Ljava/util/List;", "Ljava/util/ArrayList;", "Ljava/util/LinkedList;",
         "Ljava/util/Collection;", "Ljava/util/Vector;")  # fmt: skip
KEYED = (*MAPS, "Landroid/util/SparseArray;", "Landroidx/collection/SparseArrayCompat;")


def _named(owner: str, names: str, function: Function) -> dict[str, Function]:
    return {f"{owner}->{name}": function for name in names.split()}


def _of_owners(owners: tuple[str, ...], names: str, function: Function) -> dict[str, Function]:
    return {key: function for owner in owners for key in _named(owner, names, function)}


def _new_list(call: Call) -> Value:
    if len(call) > 1 and call.kind(1) != "I":
        given = _items(call.value(1))
        if given is None:
            return UNKNOWN
        return Thing("list", {"array": Array(OBJECTS, list(given.items))})
    return Thing("list", {"array": Array(OBJECTS, [])})


def _items(value: Value) -> Array | None:
    array = value.known.get("array") if isinstance(value, Thing) else value
    return array if isinstance(array, Array) else None


def _list_of(call: Call) -> Value:
    array = call.array(0)
    return UNKNOWN if array is None else Thing("list", {"array": array})


def _add(call: Call) -> Value:
    array = _items(call.value(0))
    if array is None:
        return UNKNOWN
    if len(call) == 2 and len(array.items) < LARGEST_ARRAY:
        array.items.append(call.value(1))
    else:
        array.items[:] = [UNKNOWN] * len(array.items)
    return 1


def _get_item(call: Call) -> Value:
    array, index = _items(call.value(0)), call.number(1)
    if array is None or index is None or not 0 <= index < len(array.items):
        return UNKNOWN
    return array.items[index]


def _size(call: Call) -> Value:
    array = _items(call.value(0))
    return UNKNOWN if array is None else len(array.items)


def _to_array(call: Call) -> Value:
    array = _items(call.value(0))
    return UNKNOWN if array is None else Array(OBJECTS, list(array.items))


def _new_map(call: Call) -> Value:
    given = call.value(1)
    known = dict(given.known) if isinstance(given, Thing) and given.kind == "map" else {}
    return Thing("map", known, open=isinstance(given, Thing) and given.open)


def _put(call: Call) -> Value:
    held = call.value(0)
    if isinstance(held, Thing):
        put_in_map(held, call.value(1), call.value(2))
    return UNKNOWN


def _get(call: Call) -> Value:
    held, key = call.value(0), map_key(call.value(1))
    if not isinstance(held, Thing) or held.kind != "map" or key is None:
        return UNKNOWN
    if key in held.known:
        return held.known[key]
    return UNKNOWN if held.open else call.value(2) if len(call) > 2 else 0


def _has_key(call: Call) -> Value:
    held, key = call.value(0), map_key(call.value(1))
    if not isinstance(held, Thing) or key is None:
        return UNKNOWN
    return 1 if key in held.known else UNKNOWN if held.open else 0


def _boxed(call: Call) -> Value:
    value = call.number(0)
    kind = call.kind(0)
    spelled = text_of(value, kind) if value is not None else None
    if spelled is None:
        return UNKNOWN
    return Thing(call.key.partition("->")[0], {"number": value, "spelled": spelled})


def _unboxed(call: Call) -> Value:
    held = call.value(0)
    return held.known.get("number", UNKNOWN) if isinstance(held, Thing) else UNKNOWN


def _spelled(call: Call) -> Value:
    """An object that spells its first argument, or itself."""
    found = call.text(len(call) - 1)
    return UNKNOWN if found is None else Text(found.text, found.steps)


def _itself(call: Call) -> Value:
    return call.value(0)


def _put_together(call: Call, first: int, glue: str) -> Value:
    left, right = call.text(first), call.text(first + 1)
    if left is None and right is None:
        return UNKNOWN
    head, tail = (HOLE if one is None else one.text for one in (left, right))
    if glue:
        head, tail = head.rstrip(glue), tail.lstrip(glue)
    return Text((head + glue + tail)[:LONGEST_TEXT], call.steps())


def _new_address(call: Call) -> Value:
    """``new URL(spec)``, ``(context, spec)``, ``(protocol, host, [port,] file)``."""
    if len(call) == 2:
        return _spelled(call)
    if len(call) == 3:
        base, more = call.whole(1), call.whole(2)
        if base is None or more is None:
            return UNKNOWN
        return Text(urljoin(base, more)[:LONGEST_TEXT], call.steps())
    if len(call) < 4:
        return UNKNOWN
    pieces = [call.text(position) for position in range(1, len(call))]
    texts = [HOLE if piece is None else piece.text for piece in pieces]
    host = texts[1] if len(texts) == 3 else f"{texts[1]}:{texts[2]}"
    return Text(f"{texts[0]}://{host}{texts[-1]}"[:LONGEST_TEXT], call.steps())


def _new_path(call: Call) -> Value:
    return _spelled(call) if len(call) == 2 else _put_together(call, 1, "/")


def _appended_path(call: Call) -> Value:
    return _put_together(call, 0, "/")


def _new_uri_builder(call: Call) -> Value:
    base = call.text(0) if call.key.endswith("buildUpon") else Text("")
    return UNKNOWN if base is None else Thing("uri", {"base": base}, steps=base.steps)


def _uri_part(call: Call) -> Value:
    builder = call.value(0)
    if not isinstance(builder, Thing):
        return UNKNOWN
    word = call.key.rpartition(">")[2]
    texts = [call.text(position) for position in range(1, len(call))]
    pieces = [HOLE if one is None else one.text for one in texts]
    builder.steps = joined_steps(builder.steps, *(one.steps for one in texts if one is not None))
    base = builder.known.get("base")
    if not isinstance(base, Text) or not pieces:
        return builder
    head, mark, query = base.text.partition("?")
    encoded = [
        in_pieces(one, lambda part: quote(part, safe="", errors="replace")) for one in pieces
    ]
    if word == "scheme":
        head = f"{pieces[0]}:{head}"
    elif word in ("authority", "encodedAuthority"):
        head = f"{head}//{pieces[0]}"
    elif word in ("path", "encodedPath"):
        head = f"{head}/{pieces[0].lstrip('/')}"
    elif word in ("appendPath", "appendEncodedPath"):
        segment = encoded[0] if word == "appendPath" else pieces[0]
        head = f"{head.rstrip('/')}/{segment}"
    elif word == "appendQueryParameter":
        mark, query = "?", (query + "&" if query else "") + "=".join(encoded[:2])
    else:
        mark, query = "?", pieces[0]
    builder.known["base"] = Text((head + mark + query)[:LONGEST_TEXT], builder.steps)
    return builder


def _uri_built(call: Call) -> Value:
    builder = call.value(0)
    base = builder.known.get("base") if isinstance(builder, Thing) else None
    return Text(base.text, builder.steps) if isinstance(base, Text) else UNKNOWN


def _query(call: Call) -> Value:
    """What stands behind the question mark of an address (RFC 3986, 3.4)."""
    address = call.text(0)
    if address is None:
        return UNKNOWN
    _, mark, query = address.text.partition("?")
    return Text(query.partition("#")[0], address.steps) if mark else UNKNOWN


def _class_named(call: Call) -> Value:
    position = len(call) - 1 if call.key.endswith("loadClass") else 0
    name = call.whole(position)
    if name is None or not name or name[0] == "[":
        return UNKNOWN
    return ClassName(f"L{name.replace('.', '/')};", call.steps())


def _class_spelled(call: Call) -> Value:
    held = call.value(0)
    if not isinstance(held, ClassName) or held.descriptor[:1] != "L":
        return UNKNOWN
    name = held.descriptor[1:-1].replace("/", ".")
    short = call.key.endswith("getSimpleName")
    return Text(name.rpartition(".")[2].rpartition("$")[2] if short else name, held.steps)


def _new_constant(call: Call) -> Value:
    """The constructor of an enum: the constant keeps its name."""
    made, name = call.value(0), call.text(1)
    if isinstance(made, Thing) and name is not None:
        made.known["constant"] = name
    return made


def _same_object(call: Call) -> Value:
    return call.value(0)


BOXES = ("Ljava/lang/Integer;", "Ljava/lang/Long;", "Ljava/lang/Short;", "Ljava/lang/Byte;",
         "Ljava/lang/Character;", "Ljava/lang/Boolean;")  # fmt: skip

THING_FUNCTIONS: Mapping[str, Function] = {
    **_of_owners(LISTS, "<init>", _new_list),
    **_of_owners(LISTS, "add addElement", _add),
    **_of_owners(LISTS, "get elementAt", _get_item),
    **_of_owners(LISTS, "size", _size),
    **_of_owners(LISTS, "toArray", _to_array),
    **_named("Ljava/util/Arrays;", "asList", _list_of),
    **_of_owners(KEYED, "<init>", _new_map),
    **_of_owners(KEYED, "put append", _put),
    **_of_owners(KEYED, "get getOrDefault", _get),
    **_of_owners(KEYED, "containsKey", _has_key),
    **_of_owners(BOXES, "valueOf", _boxed),
    **_of_owners(
        (*BOXES, "Ljava/lang/Number;"),
        "intValue longValue shortValue byteValue charValue booleanValue",
        _unboxed,
    ),
    **_named("Landroid/net/Uri;", "parse", _spelled),
    **_named("Ljava/net/URI;", "create", _spelled),
    **_named("Ljava/net/URI;", "<init>", _spelled),
    **_named("Ljava/net/URL;", "<init>", _new_address),
    **_named("Ljava/net/URL;", "toString toExternalForm toURI", _itself),
    **_named("Ljava/net/URI;", "toString toASCIIString toURL", _itself),
    **_named("Landroid/net/Uri;", "toString", _itself),
    **_named("Landroid/net/Uri;", "getEncodedQuery getQuery", _query),
    **_named("Ljava/net/URI;", "getRawQuery getQuery", _query),
    **_named("Ljava/net/URL;", "getQuery", _query),
    **_named("Ljava/io/File;", "<init>", _new_path),
    **_named("Ljava/io/File;", "toString getPath getAbsolutePath", _itself),
    **_named("Landroid/net/Uri;", "withAppendedPath", _appended_path),
    **_named("Landroid/net/Uri;", "buildUpon", _new_uri_builder),
    **_named("Landroid/net/Uri$Builder;", "<init>", _new_uri_builder),
    **_named(
        "Landroid/net/Uri$Builder;",
        "scheme authority encodedAuthority path encodedPath appendPath appendEncodedPath query "
        "encodedQuery appendQueryParameter",
        _uri_part,
    ),
    **_named("Landroid/net/Uri$Builder;", "build toString", _uri_built),
    **_named("Ljava/lang/Class;", "forName", _class_named),
    **_named("Ljava/lang/Enum;", "<init>", _new_constant),
    **_named("Ljava/lang/ClassLoader;", "loadClass", _class_named),
    **_named("Ldalvik/system/DexClassLoader;", "loadClass", _class_named),
    **_named("Ljava/lang/Class;", "getName getSimpleName getCanonicalName", _class_spelled),
    **_named("Ljava/util/Objects;", "requireNonNull", _same_object),
}
"""By ``Lowner;->name``."""
