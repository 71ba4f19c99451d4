"""Look-ups over code tables, made once and shared by all analyses of an app."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.facts.tables.code import CALLS, DEBUG_LINES, METHODS, STRINGS, TYPES
from witnessmark.formats.dex.mutf8 import encode_mutf8
from witnessmark.model.table import Table, TableSchema


class Grouped(Struct, frozen=True):
    """Rows of a table ordered by one column: ``keys`` sorted, ``rows`` beside them."""

    keys: NDArray[np.int64]
    rows: NDArray[np.int64]


def grouped(column: NDArray[np.int32]) -> Grouped:
    """Rows by value of ``column``, ascending within a value. Cost: one sort."""
    order = np.argsort(column, kind="stable")
    return Grouped(column[order].astype(np.int64), order)


def rows_of(group: Grouped, key: int) -> list[int]:
    """Rows whose value is ``key``."""
    low, high = group.keys.searchsorted(key), group.keys.searchsorted(key, "right")
    found: list[int] = group.rows[low:high].tolist()
    return found


def rows_of_any(group: Grouped, keys: Iterable[int]) -> list[int]:
    """Rows whose value is one of ``keys``, ascending."""
    wanted = np.array(sorted(set(keys)), dtype=np.int64)
    low = np.searchsorted(group.keys, wanted, side="left").tolist()
    high = np.searchsorted(group.keys, wanted, side="right").tolist()
    parts = [group.rows[a:b] for a, b in zip(low, high, strict=True) if a < b]
    found: list[int] = np.sort(np.concatenate(parts)).tolist() if parts else []
    return found


class CodeIndexes:
    """Answers by name and by reference; each index is built when first asked for."""

    reads = frozenset({one.name for one in (TYPES, METHODS, CALLS, STRINGS, DEBUG_LINES)})
    """Names of the tables it is built from."""

    def __init__(self, table: Callable[[TableSchema], Table], string: Callable[[int], str]) -> None:
        self._table = table
        self._string = string
        self._rows_by_text: dict[int, dict[bytes, list[int]]] = {}

    def type_row(self, descriptor: str) -> int:
        """Row of a type by its descriptor, -1 for none."""
        return self._types.get(descriptor, -1)

    def methods_of(self, class_row: int) -> list[int]:
        """Methods that a class defines."""
        return rows_of(self._methods_by_class, class_row) if class_row >= 0 else []

    def methods_named(self, type_row: int, name: str) -> list[int]:
        """Methods named through a type."""
        names = self._table(METHODS)["name"]
        rows = rows_of(self._methods_by_type, type_row)
        return [row for row in rows if self._string(int(names[row])) == name]

    def calls_of(self, method: int) -> list[int]:
        """Calls that name a method."""
        return rows_of(self._calls_by_callee, method)

    def calls_of_any(self, methods: Iterable[int]) -> list[int]:
        """Calls that name one of several methods, ascending."""
        return rows_of_any(self._calls_by_callee, methods)

    def string_rows(self, text: str, blob: Callable[[int], memoryview]) -> list[int]:
        """Rows of ``strings`` equal to ``text``, ascending."""
        wanted = encode_mutf8(text)
        size = len(wanted)
        if size not in self._rows_by_text:
            self._rows_by_text[size] = self._of_size(size, blob)
        return self._rows_by_text[size].get(wanted, [])

    def _of_size(self, size: int, blob: Callable[[int], memoryview]) -> dict[bytes, list[int]]:
        """Rows of strings of so many bytes, by these."""
        rows = rows_of(self._strings_by_length, size)
        strings = self._table(STRINGS)
        artifacts, offsets = strings["artifact"][rows].tolist(), strings["offset"][rows].tolist()
        blobs = {artifact: blob(artifact) for artifact in set(artifacts)}
        found: dict[bytes, list[int]] = {}
        for row, artifact, start in zip(rows, artifacts, offsets, strict=True):
            found.setdefault(bytes(blobs[artifact][start : start + size]), []).append(row)
        return found

    @cached_property
    def lines_by_method(self) -> Grouped:
        """Rows of ``debug_lines`` by method, in order of pc."""
        return grouped(self._table(DEBUG_LINES)["method"])

    @cached_property
    def _types(self) -> dict[str, int]:
        rows = self._table(TYPES)["descriptor"].tolist()
        return {self._string(string): row for row, string in reversed(list(enumerate(rows)))}

    @cached_property
    def _methods_by_class(self) -> Grouped:
        return grouped(self._table(METHODS)["class"])

    @cached_property
    def _methods_by_type(self) -> Grouped:
        return grouped(self._table(METHODS)["class_type"])

    @cached_property
    def _calls_by_callee(self) -> Grouped:
        return grouped(self._table(CALLS)["callee"])

    @cached_property
    def _strings_by_length(self) -> Grouped:
        return grouped(self._table(STRINGS)["length"])
