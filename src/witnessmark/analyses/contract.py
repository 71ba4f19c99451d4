"""The contract of an analysis.

An analysis is one file ``analyses/<chapter>/<name>.py`` that binds one `Analysis` to one
function. It reads tables and knowledge, and yields rows of the tables it writes, findings and
gaps. The catalogue finds it by its place; nothing else registers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from msgspec import Struct

from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import Knowledge
from witnessmark.model.finding import Finding
from witnessmark.model.gap import Gap
from witnessmark.model.table import TableSchema


class Row(Struct, frozen=True):
    """One row of a table that the analysis declares in ``writes``; values in schema order."""

    schema: TableSchema
    values: tuple[Any, ...]


Yield: TypeAlias = Row | Finding | Gap
Find: TypeAlias = Callable[[Facts, Knowledge], Iterator[Yield]]


@dataclass(slots=True)
class Analysis:
    """Name and needs of an analysis.

    ``id``      ``chapter/name``, equal to its place in the tree.
    ``version`` raised when its results may change for the same app.
    ``reads``   tables it needs; the planner runs their writers first.
    ``writes``  tables it alone fills.
    ``knows``   knowledge packs it looks into, by name.
    """

    id: str
    version: int
    reads: tuple[TableSchema, ...]
    writes: tuple[TableSchema, ...] = ()
    knows: tuple[str, ...] = ()
    find: Find = field(init=False, repr=False)

    def run(self, find: Find) -> Find:
        """Bind the function that does the work (used as a decorator)."""
        self.find = find
        return find

    @property
    def by(self) -> str:
        """How evidence names its author, ``id@version``."""
        return f"{self.id}@{self.version}"
