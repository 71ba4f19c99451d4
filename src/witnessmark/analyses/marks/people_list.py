"""Records of people that come with the app: wanted persons, pupils, patients, contacts.

What it finds
    Rows about people in files of the app (databases, lines of cells, JSON, XML, sheets, cards
    of contacts; packed, locked and encrypted ones included), in arrays and objects of code, and
    folders of pictures named after people: how many, under which columns, of which categories,
    where, and whether code reads and compares them.

Why it matters
    Whoever has the app has these records. They may be a list of people whom the app looks for,
    or people nobody asked.

How it decides
    Values decide before names: numbers that only people have, with their check digits; common
    names of people (pack ``person_names``) in three of four cells and another column that says
    something of a person (lexicons of `classify`, pack ``list_entries``). Nothing that the
    records say is quoted, kept or put into tables: the file is told by its digest.

What it misses
    Names outside the pack; records whose columns neither names nor values tell; formats of the
    app's own. It does not show whether the people exist.

Example
    ``assets/roster.csv`` with 1,204 lines under ``name, id_number, phone``
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.file_uses import uses_of_member
from witnessmark.analyses.marks._contents import contents
from witnessmark.analyses.marks._list_uses import ListUses
from witnessmark.analyses.marks._people import are_names
from witnessmark.analyses.marks._people_in_code import rows_in_code
from witnessmark.analyses.marks._rosters import NAME, Roster, RosterColumn, Rosters
from witnessmark.analyses.marks._row_sets import row_sets, sheets
from witnessmark.analyses.marks._shipped import picture_folders
from witnessmark.analyses.ownership import owner_of
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.artifacts import ARTIFACTS, MEMBERS
from witnessmark.facts.tables.code import (
    CALLS,
    FIELD_USES,
    INSTRUCTIONS,
    METHODS,
    STRING_USES,
    STRINGS,
)
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach, reach_unnamed
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.comparisons import Comparison
from witnessmark.knowledge.packs.list_entries import ListEntry
from witnessmark.knowledge.packs.lookalikes import LookAlike
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.knowledge.packs.person_names import PersonNames
from witnessmark.knowledge.people import PACKS as PEOPLE_PACKS
from witnessmark.knowledge.people import Classifier
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding

PEOPLE_LIST = Analysis(
    id="marks/people_list",
    version=1,
    reads=(
        ARTIFACTS, MEMBERS, STRINGS, STRING_USES, CALLS, METHODS, FIELD_USES, INSTRUCTIONS,
        RESOURCE_VALUES, RESOURCE_ITEMS, SDK_CLASSES, REACH,
    ),
    knows=("list_entries", "comparisons", "lookalikes", "person_names", *PEOPLE_PACKS),
)  # fmt: skip


class Found(Struct, frozen=True):
    """A roster, what it is called, who reads it, and the whole of it by its digest."""

    roster: Roster
    name: str
    readers: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    how: tuple[str, ...] = ()


@PEOPLE_LIST.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a roster."""
    names = know.entries("person_names", PersonNames)
    lookalikes = know.entries("lookalikes", LookAlike)
    kinds = know.entries("list_entries", ListEntry)
    rosters = Rosters(Classifier(know), kinds, names, lookalikes)
    people = by_term(know.entries("people", Category))
    uses = ListUses(app, know.entries("comparisons", Comparison))
    found = [
        *_in_files(app, rosters, know.entries("comparisons", Comparison)),
        *_in_code(app, rosters),
        *_in_pictures(app, names, lookalikes),
    ]
    for one in found:
        yield _finding(app, one, uses, people)


def _in_files(app: Facts, rosters: Rosters, calls: tuple[Comparison, ...]) -> Iterator[Found]:
    for content in contents(app, calls):
        sets = [*row_sets(app, content), *(sheets(content) if content.kind == "zip" else ())]
        readers: tuple[int, ...] | None = None
        for rows in sets:
            roster = rosters.of(rows)
            if roster is None:
                continue
            if readers is None:
                named = uses_of_member(app, content.member)
                readers = tuple(sorted({use.method for use in named}))
            name = f"{content.name}, {roster.name}" if roster.name else content.name
            yield Found(roster, name, readers, (content.evidence(app),), content.how)


def _in_code(app: Facts, rosters: Rosters) -> Iterator[Found]:
    for written in rows_in_code(app):
        roster = rosters.of(written.rows)
        if roster is not None:
            yield Found(roster, written.rows.name, written.methods, written.evidence)


def _in_pictures(
    app: Facts, names: Sequence[PersonNames], lookalikes: Sequence[LookAlike]
) -> Iterator[Found]:
    """Folders of pictures that are named after people."""
    table = app.table(ARTIFACTS)
    for folder, files, rows in picture_folders(app):
        if are_names([name.replace("_", " ") for name in files], names, lookalikes):
            column = RosterColumn("name of the file", (NAME,), "its values")
            picture = RosterColumn("picture", ("wm:FacePicture",), "its name")
            says = "one of the pictures, by the SHA-256 of the file"
            size, digest = int(table["size"][rows[0]]), str(table["sha256"][rows[0]])
            where = app.location(rows[0], 0, size, "sha256", {"folder": folder})
            roster = Roster("", len(files), (column, picture))
            named = uses_of_member(app, folder)
            readers = tuple(sorted({use.method for use in named}))
            yield Found(roster, f"pictures in {folder}", readers, (Evidence(says, where, digest),))


def _finding(app: Facts, found: Found, uses: ListUses, people: Mapping[str, Category]) -> Finding:
    roster = found.roster
    around = uses.neighbours(found.readers) if found.readers else ()
    compared = uses.compared_in(around)
    told = [one for one in roster.columns if one.categories]
    return Finding(
        kind="marks.watch_list",
        subject={
            "name": found.name,
            "entry": "person",
            "count": roster.count,
            "sample": [],
            "columns": [
                {"name": one.name, "categories": list(one.categories), "told_by": one.told_by}
                for one in roster.columns
            ],
            "compared_in": sorted({app.method_signature(one.method) for one in compared}),
            "compared_with": [words for words, _, _ in uses.given_in(around)],
            "opened": list(found.how),
            "owner": owner_of(app, found.readers),
        },
        says=_says(found, told, people),
        evidence=found.evidence,
        strength="derived",
        reach=best_reach(app, found.readers) if found.readers else reach_unnamed(app),
        categories=roster.categories,
        special=any_special(roster.categories, people),
        about="third_person",
        limits=_limits(found, compared=bool(compared)),
        identity=f"people\0{found.name}",
    )


def _says(found: Found, told: Sequence[RosterColumn], people: Mapping[str, Category]) -> str:
    kinds = dict.fromkeys(
        people[c].label for one in told for c in one.categories[:1] if c in people
    )
    what = ", ".join(kinds)
    return (
        f"The app carries {found.roster.count:,} records that are about people: {found.name}. "
        f"They hold: {what}. They are counted here and not quoted."
    )


def _limits(found: Found, *, compared: bool) -> tuple[str, ...]:
    limits = ["That they are about people is told by their shape; the people may be invented."]
    if not found.readers:
        limits.append("No code that names these records was found.")
    elif not compared:
        limits.append("No code that compares something with these records was found.")
    return tuple(limits)
