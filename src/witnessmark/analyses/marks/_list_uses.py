"""Code beside the reading of a list that compares with one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from witnessmark.facts.tables.code import CALLS, FIELD_USES, FIELDS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.comparisons import Comparison


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparing call beside the code that reads a list."""

    method: int
    pc: int
    how: str


def neighbours(app: Facts, readers: Iterable[int]) -> tuple[int, ...]:
    """The readers, the other methods of their classes, their callers, and the methods that read
    a field of those classes: where a list that was read can be compared.
    """
    methods, calls, uses = app.table(METHODS), app.table(CALLS), app.table(FIELD_USES)
    classes = sorted({int(methods["class"][method]) for method in readers} - {-1})
    inside = {method for row in classes for method in app.methods_of(row)}
    callers = set(calls["method"][np.isin(calls["callee"], _array(inside))].tolist())
    own = np.flatnonzero(np.isin(app.table(FIELDS)["class"], _array(classes)))
    sharing = set(uses["method"][np.isin(uses["field"], own)].tolist())
    return tuple(sorted(inside | callers | sharing))


def compared_in(
    app: Facts, methods: Sequence[int], tests: Sequence[Comparison]
) -> tuple[Compared, ...]:
    """Calls of ``tests`` in ``methods``, by method and pc."""
    table = app.table(CALLS)
    inside = set(methods)
    found = set()
    for one in tests:
        for row in app.calls_to(one.owner, one.member):
            method = int(table["method"][row])
            if method in inside:
                found.add((method, int(table["pc"][row]), f"{one.owner}.{one.member}"))
    return tuple(Compared(*one) for one in sorted(found))


def given_in(
    app: Facts, methods: Sequence[int], givers: Sequence[Comparison]
) -> tuple[tuple[str, int, int], ...]:
    """What values the ``methods`` obtain: words, method, pc of the first call of each."""
    first: dict[str, tuple[int, int]] = {}
    for one in givers:
        for call in compared_in(app, methods, (one,)):
            place = (call.method, call.pc)
            first[one.gives] = min(first.get(one.gives, place), place)
    return tuple((words, *place) for words, place in sorted(first.items()))


def _array(values: Iterable[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.asarray(sorted(values), dtype=np.int64)
