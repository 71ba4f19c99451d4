"""What stays of a class when a shrinker renames it: its shapes.

A shape is a number that stands for one thing that renaming leaves alone. Types of the platform
keep their names, all others become ``X``:

``text``       a constant that its code loads or a static field starts with;
``call``       a method or field of the platform that its code uses;
``array``      the content of an array of numbers that its code fills;
``method``     a method: its types, and the platform's methods and the texts that it uses;
``class``      superclass and interfaces, types of fields and of methods, all together.

The idea is that of fuzzy descriptors (Backes, Bugiel, Derr: Reliable Third-Party Library
Detection in Android and its Security Applications, CCS 2016) and of signatures of classes that
outlive shrinking (Zhang et al.: Detecting Third-Party Libraries in Android Applications with
High Precision and Recall, SANER 2018).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.facts.search import string_bytes
from witnessmark.facts.tables.code import (
    ARRAY_PAYLOADS,
    CALLS,
    CLASSES,
    FIELD_USES,
    FIELDS,
    INTERFACES,
    METHODS,
    PROTO_PARAMETERS,
    PROTOS,
    STATIC_VALUES,
    STRING_USES,
    TYPES,
)
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Flags, Ints, ints
from witnessmark.flow.names import descriptors, method_names
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.sdk_shapes import BYTES, shape_of

Numbers = NDArray[np.uint64]

PLATFORM = kept_regex(
    rb"\[*(?:[ZBCSIJFDV]|L(?:java|dalvik|android(?!/support/|/arch/|/databinding/)|org/(?:json|xml"
    rb"|w3c)|javax/(?:net|crypto|security|xml|microedition)|sun)/[^;]*;)"
)
"""Types that the platform defines and no shrinker renames."""

SHORTEST_TEXT = 4
"""Bytes of a text that may tell a library."""

FEWEST_USES = 3
"""Texts and calls from which a method is told by them."""

FEWEST_MEMBERS = 8
"""Fields and methods from which a class is told by their types."""

MOST_ARRAY = 1 << 16
ANY = b"X"
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Shapes(Struct, frozen=True):
    """Distinct pairs of class row and shape as the pack keeps it, by class.

    ``kinds`` is t for texts, c for calls, a for arrays, m for methods and k for whole classes.
    """

    classes: Ints
    shapes: Numbers
    kinds: NDArray[np.uint8]


class _World(Struct, frozen=True):
    """What all kinds need: chosen classes, and the number of each type, prototype and text."""

    facts: Facts
    of_method: Ints
    """Class row of each method that a chosen class defines, -1 for all others."""
    types: Sequence[bytes]
    protos: Numbers


def shapes_of(facts: Facts, chosen: Iterable[int]) -> Shapes:
    """Shapes of some classes. Linear in their code, and in the tables it stands in."""
    wanted = np.zeros(len(facts.table(CLASSES)) + 1, dtype=np.bool_)
    wanted[list(chosen)] = True
    rows = ints(facts.table(METHODS)["class"])
    of_method = np.where(wanted[rows], rows, -1)
    types = tuple(_abstract(one) for one in descriptors(facts))
    world = _World(facts, of_method, types, _protos(facts, types))
    texts, calls, arrays = _texts(world), _calls(world), _arrays(world)
    found = [
        ("t", of_method[texts[0]], texts[1]),
        ("c", of_method[calls[0]], calls[1]),
        ("a", of_method[arrays[0]], arrays[1]),
        ("t", *_static_texts(world, wanted)),
        ("m", *_methods(world, texts, calls)),
        ("k", *_wholes(world, wanted)),
    ]
    return _distinct(found)


def _distinct(found: Sequence[tuple[str, Ints, Numbers]]) -> Shapes:
    classes = np.concatenate([rows for _, rows, _ in found])
    shapes = np.concatenate([numbers for _, _, numbers in found]) >> np.uint64(64 - 8 * BYTES)
    kinds = np.concatenate(
        [np.full(len(rows), ord(kind), dtype=np.uint8) for kind, rows, _ in found]
    )
    order = np.lexsort((kinds, shapes, classes))
    classes, shapes, kinds = classes[order], shapes[order], kinds[order]
    first = np.ones(len(classes), dtype=np.bool_)
    first[1:] = (classes[1:] != classes[:-1]) | (shapes[1:] != shapes[:-1])
    return Shapes(classes[first], shapes[first], kinds[first])


def _abstract(descriptor: bytes) -> bytes:
    """A type as renaming leaves it."""
    if PLATFORM.fullmatch(descriptor):
        return descriptor
    return descriptor[: descriptor.count(b"[")] + ANY


def _protos(facts: Facts, types: Sequence[bytes]) -> Numbers:
    protos = facts.table(PROTOS)
    parameters = facts.table(PROTO_PARAMETERS)["type"].tolist()
    spelled = (
        b"(%s)%s" % (b"".join(sorted(types[one] for one in parameters[at : at + count])), types[to])
        for to, at, count in protos.rows("return_type", "first_parameter", "parameters")
    )
    return _numbers("proto", spelled, len(protos))


def _numbers(kind: str, contents: Iterable[bytes], count: int) -> Numbers:
    return np.fromiter((shape_of(kind, one) for one in contents), dtype=np.uint64, count=count)


def _texts(world: _World) -> tuple[Ints, Numbers]:
    """Method and shape of each load of a text that is long enough."""
    uses = world.facts.table(STRING_USES)
    methods, strings = ints(uses["method"]), ints(uses["string"])
    rows = np.flatnonzero(world.of_method[methods] >= 0)
    return _told(world.facts, methods[rows], strings[rows])


def _told(facts: Facts, holders: Ints, strings: Ints) -> tuple[Ints, Numbers]:
    known, place = np.unique(strings, return_inverse=True)
    texts = string_bytes(facts, known)
    numbers = _numbers("text", texts, len(texts))
    long = np.array([len(text) >= SHORTEST_TEXT for text in texts], dtype=np.bool_)
    kept = long[place] if len(known) else np.zeros(0, dtype=np.bool_)
    return holders[kept], numbers[place][kept]


def _static_texts(world: _World, wanted: Flags) -> tuple[Ints, Numbers]:
    values, classes = world.facts.table(STATIC_VALUES), ints(world.facts.table(FIELDS)["class"])
    if not len(values):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64)
    owners = classes[ints(values["field"])]
    rows = np.flatnonzero(wanted[owners] & values.where("kind", "string"))
    rows = rows[ints(values["ref"])[rows] >= 0]
    return _told(world.facts, owners[rows], ints(values["ref"])[rows])


def _calls(world: _World) -> tuple[Ints, Numbers]:
    """Method and shape of each use of a method or field of the platform."""
    facts = world.facts
    names = method_names(facts)
    methods, fields = facts.table(METHODS), facts.table(FIELDS)
    calls, uses = facts.table(CALLS), facts.table(FIELD_USES)
    of_calls = _uses(world, calls["method"], calls["callee"], methods["class_type"])
    of_fields = _uses(world, uses["method"], uses["field"], fields["class_type"])
    called, place = np.unique(of_calls[1], return_inverse=True)
    by_call = _numbers(
        "call",
        (
            b"%s.%s:%x" % (world.types[kind], names.texts[name], world.protos[proto])
            for kind, name, proto in zip(
                methods["class_type"][called].tolist(), names.of_method[called].tolist(),
                methods["proto"][called].tolist(), strict=True,
            )
        ),
        len(called),
    )[place]  # fmt: skip
    used, at = np.unique(of_fields[1], return_inverse=True)
    words = string_bytes(facts, ints(fields["name"])[used])
    kinds = fields["class_type"][used].tolist()
    by_field = _numbers(
        "field",
        (b"%s.%s" % (world.types[kind], word) for kind, word in zip(kinds, words, strict=True)),
        len(used),
    )[at]
    return np.concatenate([of_calls[0], of_fields[0]]), np.concatenate([by_call, by_field])


def _uses(
    world: _World, users: NDArray[np.int32], used: NDArray[np.int32], types: NDArray[np.int32]
) -> tuple[Ints, Ints]:
    """Users in chosen classes and what they use, where no class of the app defines it."""
    defined = ints(world.facts.table(TYPES)["class"]) >= 0
    named = np.array([one[:1] == b"L" for one in world.types], dtype=np.bool_)
    platform = named & ~defined
    rows = np.flatnonzero(world.of_method[users] >= 0)
    rows = rows[platform[types[used[rows]]]]
    return ints(users[rows]), ints(used[rows])


def _arrays(world: _World) -> tuple[Ints, Numbers]:
    table = world.facts.table(ARRAY_PAYLOADS)
    methods = ints(table["method"])
    rows = np.flatnonzero((world.of_method[methods] >= 0) & (table["length"] >= 16))
    rows = rows[table["length"][rows] <= MOST_ARRAY]
    contents = [
        bytes(world.facts.blob(artifact)[at : at + length])
        for artifact, at, length in table.rows_at(rows, "artifact", "offset", "length")
    ]
    return methods[rows], _numbers("array", contents, len(contents))


def _methods(
    world: _World, texts: tuple[Ints, Numbers], calls: tuple[Ints, Numbers]
) -> tuple[Ints, Numbers]:
    """Class and shape of each method that uses enough: its types and the set of what it uses."""
    users = np.concatenate([texts[0], calls[0]])
    used = np.concatenate([texts[1], calls[1]])
    order = np.lexsort((used, users))
    users, used = users[order], used[order]
    first = np.ones(len(users), dtype=np.bool_)
    first[1:] = (users[1:] != users[:-1]) | (used[1:] != used[:-1])
    users, used = users[first], used[first]
    methods, start, count = np.unique(users, return_index=True, return_counts=True)
    if not len(methods):
        return methods, np.zeros(0, dtype=np.uint64)
    sums = np.add.reduceat(_mixed(used), start)
    protos = world.protos[ints(world.facts.table(METHODS)["proto"])[methods]]
    rows = np.flatnonzero(count >= FEWEST_USES)
    return world.of_method[methods[rows]], _mixed(sums[rows] ^ _mixed(protos[rows]))


def _mixed(numbers: Numbers) -> Numbers:
    """Numbers whose sums tell sets apart."""
    found: Numbers = numbers * _MIX
    found ^= found >> np.uint64(29)
    found *= np.uint64(0xBF58476D1CE4E5B9)
    return found ^ (found >> np.uint64(32))


def _wholes(world: _World, wanted: Flags) -> tuple[Ints, Numbers]:
    """Class and shape of each class that has enough members."""
    facts = world.facts
    classes, fields, methods = facts.table(CLASSES), facts.table(FIELDS), facts.table(METHODS)
    interfaces = facts.table(INTERFACES)
    types = np.append(_numbers("type", world.types, len(world.types)), np.uint64(0))
    protos = np.append(world.protos, np.uint64(0))
    sums = np.zeros(len(wanted), dtype=np.uint64)
    counts = np.zeros(len(wanted), dtype=np.int64)
    of_field, of_method = ints(fields["class"]), world.of_method
    parts = (
        (of_field, types[ints(fields["type"])], 1),
        (of_method, protos[ints(methods["proto"])], 1),
        (ints(interfaces["class"]), types[ints(interfaces["type"])], 0),
        (np.arange(len(classes)), types[ints(classes["super_type"])], 0),
    )
    for number, (owners, values, counted) in enumerate(parts):
        rows = np.flatnonzero(wanted[owners])
        np.add.at(sums, owners[rows], _mixed(values[rows] + np.uint64(number)))
        np.add.at(counts, owners[rows], counted)
    told = np.flatnonzero(wanted & (counts >= FEWEST_MEMBERS))
    return told, _mixed(sums[told])
