"""Watch-lists: lists that come with the app, for code to compare something with.

What it finds
    Files of the app, packed ones and databases included, that are lists of like entries:
    digests, identity or telephone numbers, addresses, plates, devices, names of apps, hosts; as
    text, as a column of a table, as JSON, or as binary records of one size. Arrays of such
    entries in code and resources.

Why it matters
    A list that an app brings along and compares with what it finds on a phone decides whom it
    marks. What is on the list, how long it is, and what it is compared with say for whom it was
    made.

How it decides
    Nine of ten entries must have the shape of one kind (pack ``list_entries``), check digits
    included. Binary records must repeat with one width and hold a key as even as a digest. The
    code that names the file reads it; comparing calls (pack ``comparisons``) in the same class,
    its callers, or methods that share its fields are where it is compared. A table of digests
    of the app's own files is no watch-list.

What it misses
    Lists fetched at run time, encrypted lists, lists of plain words or faces, comparisons on
    the server or in native code. That a value meets the list is inferred from code that stands
    together; the value itself is not followed.

Example
    ``assets/list.txt`` with 5,000 MD5 digests, read in the class that computes digests of files
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.file_uses import Use, uses_of_member
from witnessmark.analyses.marks._list_uses import (
    Compared,
    compared_in,
    given_in,
    neighbours,
)
from witnessmark.analyses.marks._lists import BinaryList, TextList
from witnessmark.analyses.marks._shipped import (
    ListInCode,
    Shipped,
    database_lists,
    lists_in_code,
    shipped_lists,
)
from witnessmark.analyses.ownership import owner_of
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.artifacts import ARTIFACTS, MEMBERS
from witnessmark.facts.tables.code import CALLS, FIELD_USES, METHODS, STRING_USES, STRINGS
from witnessmark.facts.tables.databases import SHIPPED_TABLES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.comparisons import Comparison
from witnessmark.knowledge.packs.list_entries import ListEntry
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach

WATCH_LIST = Analysis(
    id="marks/watch_list",
    version=1,
    reads=(
        ARTIFACTS, MEMBERS, STRINGS, STRING_USES, CALLS, METHODS, FIELD_USES, RESOURCE_VALUES,
        RESOURCE_ITEMS, SHIPPED_TABLES, SDK_CLASSES, REACH,
    ),
    knows=("list_entries", "comparisons", "people"),
)  # fmt: skip

MOST_QUOTED = 5


@dataclass(frozen=True, slots=True)
class Handling:
    """What code does with a list: where it is read and compared, and with what values."""

    readers: tuple[int, ...]
    compared: tuple[Compared, ...]
    given: tuple[tuple[str, int, int], ...]
    evidence: tuple[Evidence, ...]


@WATCH_LIST.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a list."""
    kinds = know.entries("list_entries", ListEntry)
    calls = know.entries("comparisons", Comparison)
    people = by_term(know.entries("people", Category))
    for shipped in (*shipped_lists(app, kinds), *database_lists(app, kinds)):
        uses = uses_of_member(app, shipped.member)
        handling = _handling(app, [use.method for use in uses], calls, _read_at(app, uses))
        found = shipped.found
        if handling.readers or (isinstance(found, TextList) and found.kind.secret):
            special = any_special(_categories(found), people)
            yield _finding(app, shipped, handling, special=special)
    for listed in lists_in_code(app, kinds):
        handling = _handling(app, listed.methods, calls, ())
        if (handling.compared and handling.given) or listed.found.kind.secret:
            special = any_special(listed.found.kind.categories, people)
            yield _finding(app, listed, handling, special=special)


def _handling(
    app: Facts, readers: Sequence[int], calls: Sequence[Comparison], evidence: tuple[Evidence, ...]
) -> Handling:
    around = neighbours(app, readers) if readers else ()
    compared = compared_in(app, around, [one for one in calls if one.role == "compares"])
    given = given_in(app, around, [one for one in calls if one.role == "gives"])
    return Handling(tuple(sorted(set(readers))), compared, given, evidence)


def _read_at(app: Facts, uses: Sequence[Use]) -> tuple[Evidence, ...]:
    found = []
    for use in uses[:MOST_QUOTED]:
        place: dict[str, str | int] = {"method": app.method_signature(use.method), "pc": use.pc}
        if use.string >= 0:
            found.append(app.quote_string("code names the file here", use.string, place))
        else:
            found.append(app.quote_instruction("code names the file here", use.method, use.pc))
    return tuple(found)


def _finding(
    app: Facts, listed: Shipped | ListInCode, handling: Handling, *, special: bool
) -> Finding:
    found = listed.found
    compared = sorted({app.method_signature(one.method) for one in handling.compared})
    says = [f"The app carries a list of {_told(found)}: {listed.name}."]
    if handling.given and compared:
        says.append(f"Code beside it obtains {', '.join(w for w, _, _ in handling.given)}.")
    return Finding(
        kind="marks.watch_list",
        subject={
            "name": listed.name,
            "entry": found.entry if isinstance(found, BinaryList) else found.kind.entry,
            "count": found.count,
            "sample": list(_sample(found)),
            "compared_in": compared,
            "compared_with": [words for words, _, _ in handling.given],
            "owner": owner_of(app, handling.readers),
        },
        says=" ".join(says),
        evidence=(listed.evidence, *handling.evidence, *_comparing(app, handling)),
        strength="indicated" if isinstance(found, BinaryList) else "read",
        reach=best_reach(app, handling.readers) if handling.readers else Reach("unreached"),
        categories=_categories(found),
        special=special,
        about="third_person" if _secret(found) else "unknown",
        limits=_limits(found, handling),
        identity=f"{listed.name}\0{found.count}",
    )


def _comparing(app: Facts, handling: Handling) -> tuple[Evidence, ...]:
    tests = [
        app.quote_instruction(f"{one.how} is called here", one.method, one.pc)
        for one in handling.compared[:MOST_QUOTED]
    ]
    values = [
        app.quote_instruction(f"gives {words}", method, pc)
        for words, method, pc in handling.given[:MOST_QUOTED]
    ]
    return (*tests, *values)


def _told(found: TextList | BinaryList) -> str:
    if isinstance(found, BinaryList):
        order = ", in ascending order" if found.ordered else ""
        return f"{found.count:,} records of {found.width} bytes{order}"
    return f"{found.count:,} {found.kind.says}"


def _sample(found: TextList | BinaryList) -> Iterator[str]:
    """A few entries: whole where they name apps or hosts, masked where they are digests."""
    if isinstance(found, BinaryList) or found.kind.secret:
        return
    for entry in found.first:
        yield f"{entry[:6]}…" if found.kind.identifies == "file" else entry


def _categories(found: TextList | BinaryList) -> tuple[str, ...]:
    return () if isinstance(found, BinaryList) else found.kind.categories


def _secret(found: TextList | BinaryList) -> bool:
    return isinstance(found, TextList) and found.kind.secret


def _limits(found: TextList | BinaryList, handling: Handling) -> tuple[str, ...]:
    limits = []
    if isinstance(found, BinaryList):
        limits.append("That the records are a list is told by how their bytes repeat.")
    if _secret(found):
        limits.append("Entries may point at real people; they are counted and not quoted.")
    if not handling.readers:
        limits.append("No code that names this list was found.")
    elif not handling.compared:
        limits.append("No code that compares with this list was found.")
    else:
        limits.append(
            "What is compared is told by calls that stand together; the value was not followed."
        )
    return tuple(limits)
