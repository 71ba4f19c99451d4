"""Texts that a method builds piece by piece.

Follows one method's uses in order of pc: what is loaded between two ``append`` calls of a
string builder is what the second one appends. This holds for the straight code that compilers
make of ``a + b + c``; a piece that is no constant, or stands behind a branch, is a hole.
Static final fields with a constant initial value count as that constant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from witnessmark.facts.tables.code import CALLS, FIELD_USES, STATIC_VALUES, STRING_USES
from witnessmark.facts.view import Facts

BUILDERS = ("java.lang.StringBuilder", "java.lang.StringBuffer")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: its constant text and string row, or a hole (``text`` None, ``string`` -1)."""

    text: str | None
    string: int
    pc: int


@dataclass(frozen=True, slots=True)
class BuiltText:
    """Pieces joined at ``pc`` of ``method``, in order."""

    method: int
    pc: int
    pieces: tuple[Piece, ...]

    def joined(self, hole: str = "?") -> str:
        """The text, holes written as ``hole``."""
        return "".join(hole if piece.text is None else piece.text for piece in self.pieces)

    @property
    def whole(self) -> bool:
        """Whether every piece is known."""
        return all(piece.text is not None for piece in self.pieces)


def built_texts(facts: Facts, methods: Iterable[int]) -> Iterator[BuiltText]:
    """Texts of at least two pieces built in each of ``methods``, in the order given.

    Linear in the uses of those methods.
    """
    chosen = list(methods)
    constants = _constant_fields(facts)
    events = _events(facts, chosen)
    callee = _roles(facts)
    for method in chosen:
        yield from _follow(facts, method, events[method], constants, callee)


def _follow(
    facts: Facts,
    method: int,
    events: list[tuple[int, str, int]],
    constants: Mapping[int, int],
    callee: Mapping[int, str],
) -> Iterator[BuiltText]:
    pieces: list[Piece] = []
    pending: Piece | None = None
    for pc, kind, row in events:
        if kind == "string":
            pending = Piece(facts.string(row), row, pc)
        elif kind == "field":
            string = constants.get(row)
            pending = (
                Piece(None, -1, pc) if string is None else Piece(facts.string(string), string, pc)
            )
        else:
            role = callee.get(row, "other")
            if role == "begin":
                pieces, pending = [], None
            elif role == "begin_with":
                pieces, pending = [pending or Piece(None, -1, pc)], None
            elif role == "append":
                pieces.append(pending or Piece(None, -1, pc))
                pending = None
            elif role == "end":
                if len(pieces) > 1:
                    yield BuiltText(method, pc, tuple(pieces))
                pieces, pending = [], None
            else:
                pending = Piece(None, -1, pc)


def _events(facts: Facts, chosen: list[int]) -> dict[int, list[tuple[int, str, int]]]:
    events: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    wanted = np.asarray(sorted(set(chosen)), dtype=np.int64)
    for schema, kind, column in (
        (STRING_USES, "string", "string"),
        (FIELD_USES, "field", "field"),
        (CALLS, "call", "callee"),
    ):
        table = facts.table(schema)
        rows = np.flatnonzero(np.isin(table["method"], wanted))
        columns = (table[name][rows].tolist() for name in ("method", "pc", column))
        for method, pc, row in zip(*columns, strict=True):
            events[method].append((pc, kind, row))
    for listed in events.values():
        listed.sort()
    return events


def _constant_fields(facts: Facts) -> dict[int, int]:
    table = facts.table(STATIC_VALUES)
    return {
        field: string
        for field, kind, string in table.rows("field", "kind", "ref")
        if kind == "string" and string >= 0
    }


@lru_cache(maxsize=2)
def _roles(facts: Facts) -> Mapping[int, str]:
    """What each builder method does: begin, begin_with, append, end."""
    roles: dict[int, str] = {}
    callees = np.unique(facts.table(CALLS)["callee"]).tolist()
    for method in callees:
        if facts.method_class(method) not in BUILDERS:
            continue
        name = facts.method_name(method)
        if name == "<init>":
            takes_text = facts.parameter_types(method) == ("Ljava/lang/String;",)
            roles[method] = "begin_with" if takes_text else "begin"
        elif name in ("append", "toString"):
            roles[method] = "append" if name == "append" else "end"
    return roles
