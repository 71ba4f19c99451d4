"""Code that reads a list, and code beside it that compares with one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from witnessmark.facts.tables.code import CALLS, FIELD_USES, FIELDS, METHODS, STRING_USES
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.knowledge.packs.comparisons import Comparison


@dataclass(frozen=True, slots=True)
class Use:
    """A place in code: method, pc, and the string that names the list (-1 for a resource id)."""

    method: int
    pc: int
    string: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparing call beside the code that reads a list."""

    method: int
    pc: int
    how: str


def uses_of_member(app: Facts, member: str) -> tuple[Use, ...]:
    """Where code names the file ``member``: by its path, a tail of it, or its resource id."""
    tails = _tails(member)
    rows = {row for tail in tails for row in app.string_rows(tail)}
    strings = app.table(STRING_USES)
    found = np.flatnonzero(np.isin(strings["string"], np.asarray(sorted(rows), dtype=np.int64)))
    named = [
        Use(int(strings["method"][row]), int(strings["pc"][row]), int(strings["string"][row]))
        for row in found
    ]
    return (*named, *_resource_uses(app, member))


def _tails(member: str) -> tuple[str, ...]:
    """``assets/a/b.txt`` as ``assets/a/b.txt``, ``a/b.txt`` and ``b.txt``, with and without /."""
    parts = member.split("/")
    joined = ("/".join(parts[start:]) for start in range(len(parts)))
    return tuple(text for tail in joined for text in (tail, f"/{tail}") if len(tail) >= 4)


def _resource_uses(app: Facts, member: str) -> Iterator[Use]:
    if not member.startswith("res/"):
        return
    table = app.table(RESOURCE_VALUES)
    wanted = {int(r) for r, text in table.rows("resource", "text") if text == member}
    for method, pc, resource in resource_uses(app).rows("method", "pc", "resource"):
        if resource in wanted:
            yield Use(method, pc, -1)


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
