"""Find methods and fields of an app's code by the names that knowledge gives them.

Knowledge names ``owner`` and ``member``; code names a member through the class that the compiler
saw, often a subclass of the app's own. Both are resolved here, over the classes of the app and
the model of the platform.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from witnessmark.facts.tables.code import CALLS, CLASSES, FIELD_USES, FIELDS, INTERFACES, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.names import descriptors, method_names, string_bytes
from witnessmark.knowledge.framework import FrameworkModel

ABSTRACT = 0x400
IGET, IPUT, SGET, SPUT = 0x52, 0x59, 0x60, 0x67
HIGHEST = 128
"""Steps up from a class at most; real code stays below 40."""


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """A member as knowledge names it: owner with dots, bare name."""

    owner: str
    name: str

    @property
    def descriptor(self) -> str:
        """The owner as a type descriptor."""
        return f"L{self.owner.replace('.', '/')};"


@dataclass(frozen=True, slots=True)
class Call:
    """A call site: row of ``calls``, where it stands, which method it names."""

    row: int
    method: int
    pc: int
    callee: int


class CodeNames:
    """The names of one app's code, decoded once."""

    def __init__(self, app: Facts, model: FrameworkModel) -> None:
        self._app = app
        self._model = model
        self._names = method_names(app)
        self._types = [text.decode("utf-8", "replace") for text in descriptors(app)]
        self._rows = {text: row for row, text in enumerate(self._types)}
        self._above: dict[str, frozenset[str]] = {}
        self._parents = self._declared_parents()

    def methods(self, wanted: Iterable[Member], *, below: bool) -> Mapping[int, tuple[Member, ...]]:
        """Rows of ``methods`` that are named through a wanted owner, or with ``below`` also
        through a class under it, and the members that each of them is.
        """
        found: dict[int, tuple[Member, ...]] = {}
        for row, owner, candidates in self._candidates(wanted):
            above = self.above(owner) if below else {owner}
            members = tuple(one for one in candidates if one.descriptor in above)
            if members:
                found[row] = members
        return found

    def overrides(self, wanted: Iterable[Member]) -> Mapping[int, tuple[Member, ...]]:
        """Methods with code in the app by which a class under a wanted owner answers it."""
        methods = self._app.table(METHODS)
        found: dict[int, tuple[Member, ...]] = {}
        for row, owner, candidates in self._candidates(wanted):
            if methods["code_offset"][row] < 0 or methods["class"][row] < 0:
                continue
            above = self.above(owner) - {owner}
            members = tuple(one for one in candidates if one.descriptor in above)
            if members:
                found[row] = members
        return found

    def classes_below(self, owners: Iterable[str]) -> Mapping[int, str]:
        """Rows of ``classes`` under one of ``owners`` (with dots), and which one."""
        wanted = {f"L{name.replace('.', '/')};": name for name in sorted(set(owners))}
        classes = self._app.table(CLASSES)
        found: dict[int, str] = {}
        for row, type_row in enumerate(classes["type"].tolist()):
            if type_row < 0:
                continue
            own = self._types[type_row]
            hit = sorted((self.above(own) - {own}) & set(wanted))
            if hit:
                found[row] = wanted[hit[0]]
        return found

    def named(self, name: str) -> Sequence[int]:
        """Rows of ``methods`` with a bare name, whatever class they are named through."""
        number = self._names.ids.get(name.encode())
        found: list[int] = (
            [] if number is None else np.flatnonzero(self._names.of_method == number).tolist()
        )
        return found

    def calls(self, callees: Iterable[int]) -> Iterator[Call]:
        """Call sites that name one of the methods, in the order of ``calls``."""
        calls = self._app.table(CALLS)
        for row in _rows_with(calls["callee"], callees):
            yield Call(
                row, int(calls["method"][row]), int(calls["pc"][row]), int(calls["callee"][row])
            )

    def fields(self, wanted: Iterable[Member]) -> Mapping[int, tuple[Member, ...]]:
        """Rows of ``fields`` that are named through a wanted owner."""
        fields = self._app.table(FIELDS)
        by_type: dict[int, dict[bytes, list[Member]]] = defaultdict(lambda: defaultdict(list))
        for member in sorted(set(wanted)):
            row = self._rows.get(member.descriptor)
            if row is not None:
                by_type[row][member.name.encode()].append(member)
        rows = np.asarray(_rows_with(fields["class_type"], by_type), dtype=np.int64)
        names = string_bytes(self._app, fields["name"][rows].astype(np.int64))
        found: dict[int, tuple[Member, ...]] = {}
        for row, name in zip(rows.tolist(), names, strict=True):
            members = by_type[int(fields["class_type"][row])].get(name)
            if members:
                found[row] = tuple(members)
        return found

    def field_reads(self, fields: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Method, pc and field of each place that reads one of the fields."""
        uses = self._app.table(FIELD_USES)
        for row in _rows_with(uses["field"], fields):
            opcode = int(uses["opcode"][row])
            if IGET <= opcode < IPUT or SGET <= opcode < SPUT:
                yield int(uses["method"][row]), int(uses["pc"][row]), int(uses["field"][row])

    def above(self, descriptor: str) -> frozenset[str]:
        """A class with all that it extends and implements, as far as app and model tell."""
        known = self._above.get(descriptor)
        if known is not None:
            return known
        found, fresh = {descriptor}, [descriptor]
        for _ in range(HIGHEST):
            fresh = [up for one in fresh for up in self._up(one) if up not in found]
            if not fresh:
                break
            found.update(fresh)
        self._above[descriptor] = result = frozenset(found)
        return result

    def _up(self, descriptor: str) -> Sequence[str]:
        declared = self._parents.get(descriptor)
        if declared is not None:
            return declared
        if not descriptor.startswith("L"):
            return ()
        outside = self._model.outside(descriptor[1:-1])
        if outside is None:
            return ()
        names = (outside.super_name, *outside.interfaces)
        return [f"L{name};" for name in names if name]

    def _declared_parents(self) -> Mapping[str, Sequence[str]]:
        classes, interfaces = self._app.table(CLASSES), self._app.table(INTERFACES)
        parents: dict[str, list[str]] = {}
        loads = [not shadowed for shadowed in classes["shadowed"].tolist()]
        owners = classes["type"].tolist()
        for row, above in enumerate(classes["super_type"].tolist()):
            if loads[row]:
                parents[self._types[owners[row]]] = [self._types[above]] if above >= 0 else []
        for row, above in interfaces.rows("class", "type"):
            if loads[row]:
                parents[self._types[owners[row]]].append(self._types[above])
        return parents

    def _candidates(self, wanted: Iterable[Member]) -> Iterator[tuple[int, str, list[Member]]]:
        """Methods with a wanted bare name: row, owner descriptor, members of that name."""
        by_id: dict[int, list[Member]] = defaultdict(list)
        for member in sorted(set(wanted)):
            number = self._names.ids.get(member.name.encode())
            if number is not None:
                by_id[number].append(member)
        owners = self._app.table(METHODS)["class_type"]
        for row in _rows_with(self._names.of_method, by_id):
            yield row, self._types[int(owners[row])], by_id[int(self._names.of_method[row])]


def _rows_with(column: NDArray[np.int64], wanted: Iterable[int]) -> list[int]:
    """Rows whose value is one of ``wanted``, ascending."""
    values = np.asarray(sorted(set(wanted)), dtype=np.int64)
    found: list[int] = np.flatnonzero(np.isin(column, values)).tolist()
    return found
