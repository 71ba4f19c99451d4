"""Libraries told by the shapes of their classes, where these were renamed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.embeds._class_shapes import Shapes, shapes_of
from witnessmark.analyses.embeds._ownership import Owners
from witnessmark.analyses.quotes import quote_class
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Ints
from witnessmark.knowledge.packs.sdk_shapes import SdkShapes
from witnessmark.model.evidence import Evidence

FEWEST_SHARED = 4
"""Telling shapes that a class must share with one of a library."""

LEAST_SHARE = 0.4
"""Share of the telling shapes of that class, as one version has them."""

FEWEST_CLASSES, FEWEST_ALL = 3, 16
"""Classes that must be known again, and the shapes that they share, to tell a library."""


MOST_LETTERS, SAYING_NOTHING = 3, 2
"""Letters of a name that a shrinker may have given, and of one that only a shrinker gives."""

LEAST_RENAMED = 0.05
"""Share of classes with names that say nothing, among those that nobody known made."""

MOST_QUOTED = 4

GENERATED = frozenset({"R", "BR"})
"""Short names of classes that builds generate."""


class Likeness(Struct, frozen=True, order=True):
    """A class of the app that is one of a library by its shapes, ``shared`` of ``told`` of them."""

    row: int
    name: str
    shared: int
    told: int
    versions: int


class _Known(Struct, frozen=True):
    """All shapes of the pack, ascending, and whose each is: sdk, class, versions."""

    shapes: Ints
    classes: Ints
    versions: Sequence[int]
    names: Sequence[tuple[str, str]]
    told: Sequence[Mapping[int, int]]
    """Of each class, how many shapes each version has, by the number of the version."""


def renamed_classes(owners: Owners) -> list[int]:
    """Rows of classes that may have been renamed; none where an app's names were left alone."""
    short = [
        (row, len(simple))
        for row, (name, owner) in enumerate(zip(owners.names, owners.owners, strict=True))
        if owner in ("own", "other")
        for simple in [name.rpartition(".")[2].partition("$")[0]]
        if len(simple) <= MOST_LETTERS and simple not in GENERATED
    ]
    total = sum(owner in ("own", "other") for owner in owners.owners)
    said_nothing = sum(length <= SAYING_NOTHING for _, length in short)
    if said_nothing < max(FEWEST_CLASSES, LEAST_RENAMED * total):
        return []
    return [row for row, _ in short]


def find_alike(
    facts: Facts, packs: Sequence[SdkShapes], rows: Collection[int]
) -> Mapping[str, tuple[Likeness, ...]]:
    """Libraries by id with the classes, among ``rows``, that are theirs by shape."""
    if not rows:
        return {}
    known = _known(packs)
    found: dict[str, list[Likeness]] = defaultdict(list)
    for sdk, likeness in _one_to_one(_pairs(known, shapes_of(facts, rows))):
        found[sdk].append(likeness)
    return {
        sdk: tuple(sorted(some, key=lambda one: (-one.shared, one.name)))
        for sdk, some in sorted(found.items())
        if len(some) >= FEWEST_CLASSES and sum(one.shared for one in some) >= FEWEST_ALL
    }


def _known(packs: Sequence[SdkShapes]) -> _Known:
    shapes: list[int] = []
    classes: list[int] = []
    versions: list[int] = []
    names: list[tuple[str, str]] = []
    told: list[Mapping[int, int]] = []
    for pack in packs:
        for one in pack.each():
            counts: dict[int, int] = defaultdict(int)
            for mask, some in one.shapes:
                shapes += some
                classes += [len(names)] * len(some)
                versions += [mask] * len(some)
                for bit in _bits(mask):
                    counts[bit] += len(some)
            names.append((pack.id, one.name))
            told.append(counts)
    order = np.argsort(np.array(shapes, dtype=np.int64), kind="stable")
    return _Known(
        np.array(shapes, dtype=np.int64)[order], np.array(classes, dtype=np.int64)[order],
        [versions[place] for place in order.tolist()], names, told,
    )  # fmt: skip


def _bits(mask: int) -> Iterator[int]:
    return (bit for bit in range(mask.bit_length()) if mask >> bit & 1)


def _pairs(known: _Known, shapes: Shapes) -> Iterator[tuple[str, Likeness]]:
    """Every class of the app beside every class of a library with which it shares enough."""
    numbers = shapes.shapes.astype(np.int64)
    first = np.searchsorted(known.shapes, numbers, "left")
    end = np.searchsorted(known.shapes, numbers, "right")
    hits = np.flatnonzero(end > first)
    shared: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, low, high in zip(
        shapes.classes[hits].tolist(), first[hits].tolist(), end[hits].tolist(), strict=True
    ):
        for place in range(low, high):
            shared[row, int(known.classes[place])].append(known.versions[place])
    for (row, number), masks in shared.items():
        if len(masks) < FEWEST_SHARED:
            continue
        sdk, name = known.names[number]
        likeness = _best(row, name, masks, known.told[number])
        if likeness.shared >= FEWEST_SHARED and likeness.shared >= LEAST_SHARE * likeness.told:
            yield sdk, likeness


def _best(row: int, name: str, masks: Sequence[int], told: Mapping[int, int]) -> Likeness:
    """Held against the versions of the class that it is most like."""
    counts = {bit: sum(mask >> bit & 1 for mask in masks) for bit in told}
    share = {bit: counts[bit] / told[bit] for bit in told}
    best = max(told, key=lambda bit: (share[bit], counts[bit], -bit))
    alike = (counts[best], told[best])
    same = sum(1 << bit for bit in told if (counts[bit], told[bit]) == alike)
    return Likeness(row, name, *alike, same)


def _one_to_one(pairs: Iterator[tuple[str, Likeness]]) -> Iterator[tuple[str, Likeness]]:
    """Each class of the app is one of a library's at most, and the other way round."""
    rows: set[int] = set()
    names: set[tuple[str, str]] = set()
    for sdk, one in sorted(pairs, key=lambda pair: (-pair[1].shared, -_share(pair[1]), pair)):
        if one.row not in rows and (sdk, one.name) not in names:
            rows.add(one.row)
            names.add((sdk, one.name))
            yield sdk, one


def _share(one: Likeness) -> float:
    return one.shared / one.told


def quote_alike(facts: Facts, pack: SdkShapes, alike: Sequence[Likeness]) -> Evidence:
    """Evidence for a library that is told by shapes: the classes that share the most."""
    return Evidence(
        f"{len(alike)} classes have the shapes of classes of {nearest(pack, alike)}",
        because=tuple(_quote(facts, one) for one in alike[:MOST_QUOTED]),
        by=f"sdk_shapes/{pack.id}",
    )


def _quote(facts: Facts, one: Likeness) -> Evidence:
    name = facts.class_name(one.row)
    return Evidence(
        f"{name} shares {one.shared} of {one.told} telling shapes with {one.name}: texts, calls "
        "and types that no other library compared has",
        because=(quote_class(facts, one.row),),
    )


def nearest(pack: SdkShapes, alike: Sequence[Likeness]) -> str:
    """The files of the library that most of the classes are most like, first to last."""
    votes = dict.fromkeys(range(len(pack.versions)), 0)
    for one in alike:
        for bit in _bits(one.versions):
            votes[bit] += 1
    best = [bit for bit in votes if votes[bit] == max(votes.values())]
    first, last = pack.versions[best[0]], pack.versions[best[-1]]
    return first if first == last else f"{first} to {last}"
