"""Annotations that a shrinker gave other names, told by the code that asks for them.

A library that is steered by annotations asks of each annotation whether it is of one kind, then of
the next (``instance-of``), always in the order of its source, and has messages for the kinds. Kinds
whose message the code loads between two such questions are certain; kinds without a message are
told where exactly as many questions as kinds lie between two certain ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import CLASSES, STRING_USES, TYPE_USES
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.annotation_order import OrderedAnnotation
from witnessmark.model.distinct import among

INSTANCE_OF = 0x20
ANNOTATION = 0x2000
"""Access flag of a class that is an annotation (DEX format, access_flags)."""
FEWEST_CERTAIN = 3
"""Kinds that messages must tell before the others are counted."""


class _Library(Struct, frozen=True):
    """Type rows by the names that were told, and names of which questions are left that may be
    theirs.
    """

    told: Mapping[str, int]
    left: frozenset[str]


def renamed_annotations(app: Facts, order: Sequence[OrderedAnnotation]) -> Mapping[str, int]:
    """Type rows by the library's own name of an annotation; only of libraries whose own names the
    code does not use. Linear in the uses of types; nothing is looked for without the messages.
    Made once for an app.
    """
    return app.once(_renamed, tuple(order)).told


def _renamed(app: Facts, order: Sequence[OrderedAnnotation]) -> _Library:
    found: dict[str, int] = {}
    left: set[str] = set()
    libraries: dict[str, list[OrderedAnnotation]] = defaultdict(list)
    for entry in order:
        libraries[entry.library].append(entry)
    for _, kinds in sorted(libraries.items()):
        if all(app.type_by_descriptor(kind.descriptor) < 0 for kind in kinds):
            read = _of_library(app, sorted(kinds, key=lambda kind: kind.place))
            found.update(read.told)
            left |= read.left
    return _Library(found, frozenset(left))


def untold_libraries(app: Facts, order: Sequence[OrderedAnnotation]) -> Iterator[str]:
    """Libraries with kinds of annotation that the code has a message for, or asks for, but that
    have another name which was not told; where some kinds are known, the others stand in brackets.

    Only kinds that each version asks for count, and only messages of several words. A shrinker
    that takes a question out takes its message too, so that kinds nobody uses are not untold. Of
    kinds without a message those are untold of which questions are left.
    """
    renamed = app.once(_renamed, tuple(order))
    told = renamed.told
    for library in sorted({entry.library for entry in order}):
        kinds = sorted(
            (entry for entry in order if entry.library == library), key=lambda kind: kind.place
        )
        known = {
            kind.annotation
            for kind in kinds
            if kind.annotation in told or app.type_by_descriptor(kind.descriptor) >= 0
        }
        untold = [
            kind.annotation.rpartition(".")[2]
            for kind in kinds
            if kind.annotation not in known
            and (kind.annotation in renamed.left
                 or (kind.always == "yes" and _is_spoken_of(app, kind)))
        ]  # fmt: skip
        if untold:
            yield f"{library} ({', '.join(untold)})" if known else library


def _is_spoken_of(app: Facts, kind: OrderedAnnotation) -> bool:
    """Whether the app holds a message for a kind; single words may be anyone's."""
    return any(" " in text and app.string_rows(text) for text in kind.texts)


def _of_library(app: Facts, kinds: Sequence[OrderedAnnotation]) -> _Library:
    words = {row: kind for kind in kinds for text in kind.texts for row in app.string_rows(text)}
    loads = app.table(STRING_USES)
    rows = np.flatnonzero(among(loads["string"], sorted(words)))
    said: dict[int, list[tuple[int, OrderedAnnotation]]] = defaultdict(list)
    for method, pc, string in loads.rows_at(rows, "method", "pc", "string"):
        said[method].append((pc, words[string]))
    asked = _questions(
        app, [method for method, told in said.items() if len(told) >= FEWEST_CERTAIN]
    )
    found: dict[str, int] = {}
    clash: set[str] = set()
    left: set[str] = set()
    for method, questions in asked.items():
        for name, kind in _told(questions, said[method], kinds):
            if kind is None:
                left.add(name)
            elif found.setdefault(name, kind) != kind:
                clash.add(name)
    return _Library(
        {name: kind for name, kind in found.items() if name not in clash},
        frozenset(clash | left),
    )


def _questions(app: Facts, methods: Sequence[int]) -> Mapping[int, Sequence[tuple[int, int]]]:
    """By method the first question (pc, type) for each type that is used as an annotation."""
    if not methods:
        return {}
    uses, classes = app.table(TYPE_USES), app.table(CLASSES)
    annotations = classes["type"][(classes["access"] & ANNOTATION) != 0]
    rows = np.flatnonzero(
        among(uses["method"], methods)
        & (uses["opcode"] == INSTANCE_OF)
        & among(uses["type"], annotations)
    )
    asked: dict[int, dict[int, int]] = defaultdict(dict)
    for method, pc, kind in sorted(uses.rows_at(rows, "method", "pc", "type")):
        asked[method].setdefault(kind, pc)
    return {method: sorted((pc, kind) for kind, pc in one.items()) for method, one in asked.items()}


def _told(
    questions: Sequence[tuple[int, int]],
    said: Sequence[tuple[int, OrderedAnnotation]],
    kinds: Sequence[OrderedAnnotation],
) -> Iterator[tuple[str, int | None]]:
    """Names with the types that were asked for under them; None for names of which it is open
    which of the questions that are left they belong to.
    """
    certain: list[tuple[int, int]] = []
    ends = [pc for pc, _ in questions[1:]] + [1 << 32]
    for at, ((start, _), end) in enumerate(zip(questions, ends, strict=True)):
        here = {kind.place for pc, kind in said if start <= pc < end}
        if len(here) == 1:
            certain.append((at, here.pop()))
    places = [place for _, place in certain]
    if len(places) < FEWEST_CERTAIN or places != sorted(set(places)):
        return
    by_place = {kind.place: kind for kind in kinds}
    for at, place in certain:
        yield by_place[place].annotation, questions[at][1]
    for (at, place), (later, later_place) in pairwise(certain):
        between = [kind for kind in kinds if place < kind.place < later_place]
        always = [kind for kind in between if kind.always == "yes"]
        asked = questions[at + 1 : later]
        for likely in (between, always):
            if len(likely) == len(asked):
                yield from (
                    (one.annotation, kind) for one, (_, kind) in zip(likely, asked, strict=True)
                )
                break
        else:
            yield from ((one.annotation, None) for one in between if asked)
