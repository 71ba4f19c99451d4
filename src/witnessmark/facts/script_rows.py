"""Rows about programs that are not dex, as readers of their formats collect them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from witnessmark.facts.tables.scripts import (
    SCRIPT_CALLS,
    SCRIPT_FUNCTIONS,
    SCRIPT_MARKS,
    SCRIPT_TEXTS,
    SCRIPTS,
)
from witnessmark.model.gap import Gap
from witnessmark.model.location import ReadsAs, Span
from witnessmark.model.table import Table, TableSchema

LONGEST_TEXT = 1 << 14
"""Characters of a text that its row keeps; the span has all."""

HIDES = ("asks", "takes", "keeps", "marks", "sends", "hides", "orders")
"""What a program that is not read may hide."""

Row = tuple[Any, ...]
Counted = tuple[str, str, str, int, int, str]
"""A row of the coverage ledger."""


class Words(Struct, frozen=True):
    """A text constant: its bytes, how they spell it, how many instructions load it."""

    text: str
    span: Span
    reads_as: ReadsAs = "utf-8"
    uses: int = -1


class ScriptRows(Struct):
    """What was collected: rows by table, gaps, rows of the coverage ledger."""

    scripts: list[Row] = field(default_factory=list)
    functions: list[Row] = field(default_factory=list)
    texts: list[Row] = field(default_factory=list)
    calls: list[Row] = field(default_factory=list)
    marks: list[Row] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    coverage: list[Counted] = field(default_factory=list)
    counted: set[int] = field(default_factory=set)
    """Artifacts that have rows of the ledger of their own."""

    def count(self, artifact: int, *row: *Counted) -> None:
        """Add a row of the coverage ledger about an artifact."""
        self.counted.add(artifact)
        self.coverage.append(row)

    def add(self, script: Row, texts: Iterable[Words]) -> int:
        """Add a program (values in the order of its table) with its texts; its row."""
        number = len(self.scripts)
        artifact = script[5]
        self.scripts.append(script)
        self.texts += [
            (number, one.text[:LONGEST_TEXT], one.reads_as, one.uses, artifact, one.span.offset,
             one.span.length)
            for one in texts if one.text.strip()
        ]  # fmt: skip
        return number

    def tables(self) -> Mapping[str, Table]:
        """The tables by name."""
        named: tuple[tuple[TableSchema, list[Row]], ...] = (
            (SCRIPTS, self.scripts), (SCRIPT_FUNCTIONS, self.functions),
            (SCRIPT_TEXTS, self.texts), (SCRIPT_CALLS, self.calls), (SCRIPT_MARKS, self.marks),
        )  # fmt: skip
        return {schema.name: Table.from_rows(schema, rows) for schema, rows in named}
