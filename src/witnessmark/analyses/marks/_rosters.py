"""Row sets that are records of people: by the shape of values, by names, by what columns say."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from witnessmark.analyses.marks._lists import SHARE
from witnessmark.analyses.marks._people import are_names
from witnessmark.analyses.marks._row_sets import RowSet
from witnessmark.analyses.marks._shipped import SURE
from witnessmark.knowledge.packs.list_entries import ListEntry
from witnessmark.knowledge.packs.lookalikes import LookAlike
from witnessmark.knowledge.packs.person_names import PersonNames
from witnessmark.knowledge.people import Classifier

FEWEST = 3
MOST = 400
"""Cells of a column that are looked at."""

NAME = "pd:Name"


class RosterColumn(Struct, frozen=True):
    """A column: its name in the file, categories of what it holds, and what tells them."""

    name: str
    categories: tuple[str, ...]
    told_by: str


class Roster(Struct, frozen=True):
    """Records of people: how many, and what is recorded of each."""

    name: str
    count: int
    columns: tuple[RosterColumn, ...]

    @property
    def categories(self) -> tuple[str, ...]:
        """Categories of all columns."""
        return tuple(sorted({one for column in self.columns for one in column.categories}))


class Rosters:
    """Tells records of people from other rows."""

    def __init__(
        self,
        classifier: Classifier,
        kinds: Sequence[ListEntry],
        names: Sequence[PersonNames],
        lookalikes: Sequence[LookAlike],
    ) -> None:
        self._classifier = classifier
        self._kinds = [one for one in kinds if one.secret]
        self._names = names
        self._lookalikes = lookalikes

    def of(self, rows: RowSet) -> Roster | None:
        """The roster that rows are; None where they are not of people.

        Rows are of people when a column holds numbers that only people have, or names of
        people and another column says something of a person, or nothing but names.
        """
        if rows.count < FEWEST or not rows.sample:
            return None
        by_value = [self._by_value(rows.cells(at)) for at in range(len(rows.columns))]
        named = [at for at, told in enumerate(by_value) if NAME in told]
        sure = any(told == ("sure", *told[1:]) and told for told in by_value)
        if not named and not sure:
            return None
        columns = [
            self._column(rows.columns[at], by_value[at], rows.columns)
            for at in range(len(rows.columns))
        ]
        personal = [one for one in columns if one.categories]
        alone = len(rows.columns) == 1 and rows.count >= 5
        if sure or len(personal) > 1 or (named and alone):
            return Roster(rows.name, rows.count, tuple(columns))
        return None

    def _by_value(self, cells: Sequence[str]) -> tuple[str, ...]:
        """Categories that the values of a column show, ``sure`` first where only people have
        such values; empty for none.
        """
        listed = list(cells[:MOST])
        if len(listed) < FEWEST:
            return ()
        for kind in self._kinds:
            if sum(map(kind.recognises, listed)) >= SHARE * len(listed):
                sure = ("sure",) if kind.entry in SURE else ()
                return (*sure, *kind.categories)
        return (NAME,) if are_names(listed, self._names, self._lookalikes) else ()

    def _column(self, name: str, by_value: tuple[str, ...], near: Sequence[str]) -> RosterColumn:
        told = tuple(one for one in by_value if one != "sure")
        said = self._classifier.classify(name, "und", near).categories if name else ()
        if told:
            return RosterColumn(name, tuple(dict.fromkeys((*told, *said))), "its values")
        return RosterColumn(name, tuple(said), "its name" if said else "")
