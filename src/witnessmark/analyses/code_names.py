"""Find methods and fields of an app's code by the names that knowledge gives them.

Knowledge names ``owner`` and ``member``; code names a member through the class that the compiler
saw, often a subclass of the app's own. Both are resolved here, over the classes of the app and
the model of the platform.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.facts.tables.code import CALLS, CLASSES, FIELD_USES, FIELDS, INTERFACES, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.hierarchy import build_hierarchy
from witnessmark.flow.names import descriptors, method_names, string_bytes
from witnessmark.knowledge.framework import FrameworkModel
from witnessmark.model.distinct import among

ABSTRACT = 0x400
IGET, IPUT, SGET, SPUT = 0x52, 0x59, 0x60, 0x67
HIGHEST = 128
"""Steps up from a class at most; real code stays below 40."""


class Member(Struct, frozen=True, order=True):
    """A member as knowledge names it: owner with dots, bare name."""

    owner: str
    name: str

    @property
    def descriptor(self) -> str:
        """The owner as a type descriptor."""
        return f"L{self.owner.replace('.', '/')};"


class Call(Struct, frozen=True):
    """A call site: row of ``calls``, where it stands, which method it names."""

    row: int
    method: int
    pc: int
    callee: int


class _Decoded:
    """What `CodeNames` reads of one app, made once for all analyses that ask.

    ``types`` is the descriptor of each row of ``types``, ``rows`` the way back; ``parents`` what
    each class of the app declares to extend and implement.
    """

    def __init__(self, app: Facts, model: FrameworkModel) -> None:
        self._app = app
        self._model = model
        self._hierarchy = app.once(build_hierarchy, model)
        self.names = method_names(app)
        self.types = [text.decode("utf-8", "replace") for text in descriptors(app)]
        self.rows = {text: row for row, text in enumerate(self.types)}
        self.owners = app.table(METHODS)["class_type"]
        self._above: dict[str, frozenset[str]] = {}
        self._parents = self._declared_parents()
        self._flags: dict[str, NDArray[np.bool_]] = {}

    @cached_property
    def _methods_by_name(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Methods ordered by name, and where each name starts."""
        order = np.argsort(self.names.of_method, kind="stable")
        numbers = np.arange(len(self.names.texts) + 1)
        return order, np.searchsorted(self.names.of_method[order], numbers)

    def named(self, name: str) -> NDArray[np.int64]:
        """Rows of ``methods`` with a bare name, ascending."""
        number = self.names.ids.get(name.encode())
        if number is None:
            return np.empty(0, dtype=np.int64)
        order, first = self._methods_by_name
        return order[first[number] : first[number + 1]]

    def is_below(self, descriptor: str) -> NDArray[np.bool_]:
        """For each row of ``types``, whether it is a class or stands under it."""
        flags = self._flags.get(descriptor)
        if flags is None:
            flags = self._flags[descriptor] = np.zeros(len(self.types), dtype=np.bool_)
            row = self.rows.get(descriptor, -1)
            node = self._hierarchy.nodes.get(descriptor[1:-1], -1)
            if node >= 0:
                under = self._hierarchy.under.of(node)
                flags[under[under < len(flags)]] = True
            elif row >= 0:
                flags[row] = True
        return flags

    def field_writers(self, fields: Iterable[int]) -> Iterator[int]:
        """The method of each place that writes one of the fields."""
        uses = self._app.table(FIELD_USES)
        for row in _rows_with(uses["field"], fields):
            opcode = int(uses["opcode"][row])
            if IPUT <= opcode < SGET or opcode >= SPUT:
                yield int(uses["method"][row])

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
                parents[self.types[owners[row]]] = [self.types[above]] if above >= 0 else []
        for row, above in interfaces.rows("class", "type"):
            if loads[row]:
                parents[self.types[owners[row]]].append(self.types[above])
        return parents


class CodeNames:
    """The names of one app's code; what is decoded of them is shared by all analyses."""

    def __init__(self, app: Facts, model: FrameworkModel) -> None:
        self._app = app
        self._decoded = app.once(_Decoded, model)

    def methods(self, wanted: Iterable[Member], *, below: bool) -> Mapping[int, tuple[Member, ...]]:
        """Rows of ``methods`` that are named through a wanted owner, or with ``below`` also
        through a class under it, and the members that each of them is.
        """
        decoded = self._decoded
        found: dict[int, list[Member]] = defaultdict(list)
        for member in sorted(set(wanted)):
            rows = decoded.named(member.name)
            if not len(rows):
                continue
            owners = decoded.owners[rows]
            if below:
                hits = rows[decoded.is_below(member.descriptor)[owners]]
            else:
                hits = rows[owners == decoded.rows.get(member.descriptor, -1)]
            for row in hits.tolist():
                found[row].append(member)
        return {row: tuple(found[row]) for row in sorted(found)}

    def overrides(self, wanted: Iterable[Member]) -> Mapping[int, tuple[Member, ...]]:
        """Methods with code in the app by which a class under a wanted owner answers it."""
        methods, decoded = self._app.table(METHODS), self._decoded
        found: dict[int, tuple[Member, ...]] = {}
        for row, members in self.methods(wanted, below=True).items():
            if methods["code_offset"][row] < 0 or methods["class"][row] < 0:
                continue
            own = decoded.types[int(decoded.owners[row])]
            answered = tuple(one for one in members if one.descriptor != own)
            if answered:
                found[row] = answered
        return found

    def classes_below(self, owners: Iterable[str]) -> Mapping[int, str]:
        """Rows of ``classes`` under one of ``owners`` (with dots), and which one."""
        types = self._app.table(CLASSES)["type"]
        found: dict[int, str] = {}
        if not len(self._decoded.types):
            return found
        wanted = {f"L{name.replace('.', '/')};": name for name in sorted(set(owners))}
        for descriptor, name in sorted(wanted.items(), reverse=True):
            below = self._decoded.is_below(descriptor)[types] & (types >= 0)
            below &= types != self._decoded.rows.get(descriptor, -1)
            found.update(dict.fromkeys(np.flatnonzero(below).tolist(), name))
        return {row: found[row] for row in sorted(found)}

    def named(self, name: str) -> Sequence[int]:
        """Rows of ``methods`` with a bare name, whatever class they are named through."""
        found: list[int] = self._decoded.named(name).tolist()
        return found

    def calls(self, callees: Iterable[int]) -> Iterator[Call]:
        """Call sites that name one of the methods, in the order of ``calls``."""
        calls = self._app.table(CALLS)
        rows = self._app.calls_of_any(callees)
        at = np.asarray(rows, dtype=np.int64)
        named = (calls[name][at].tolist() for name in ("method", "pc", "callee"))
        for row, method, pc, callee in zip(rows, *named, strict=True):
            yield Call(row, method, pc, callee)

    def fields(self, wanted: Iterable[Member]) -> Mapping[int, tuple[Member, ...]]:
        """Rows of ``fields`` that are named through a wanted owner."""
        fields = self._app.table(FIELDS)
        by_type: dict[int, dict[bytes, list[Member]]] = defaultdict(lambda: defaultdict(list))
        for member in sorted(set(wanted)):
            row = self._decoded.rows.get(member.descriptor)
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

    def field_writers(self, fields: Iterable[int]) -> Iterator[int]:
        """The method of each place that writes one of the fields."""
        uses = self._app.table(FIELD_USES)
        for row in _rows_with(uses["field"], fields):
            opcode = int(uses["opcode"][row])
            if IPUT <= opcode < SGET or opcode >= SPUT:
                yield int(uses["method"][row])

    def above(self, descriptor: str) -> frozenset[str]:
        """A class with all that it extends and implements, as far as app and model tell."""
        return self._decoded.above(descriptor)


def _rows_with(column: NDArray[np.int64], wanted: Iterable[int]) -> list[int]:
    """Rows whose value is one of ``wanted``, ascending."""
    values = np.asarray(sorted(set(wanted)), dtype=np.int64)
    found: list[int] = np.flatnonzero(among(column, values)).tolist()
    return found
