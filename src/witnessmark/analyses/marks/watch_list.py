"""Watch-lists: lists that come with the app, for code to compare something with.

What it finds
    Files of the app, packed, locked and encrypted ones and databases included, that are lists
    of like entries: digests, identity or telephone numbers, addresses, plates, devices, names
    of apps, hosts; as text, as a column of a table, as JSON, or as binary records of one size.
    Arrays of such entries in code and resources. Words, where code compares what people write,
    read or store with them. Files of the name of a list without content.

Why it matters
    A list that an app brings along and compares with what it finds on a phone decides whom it
    marks. What is on the list, how long it is, and what it is compared with say for whom it was
    made.

How it decides
    Nine of ten entries must have the shape of one kind (pack ``list_entries``), check digits
    included. Binary records must repeat with one width and hold a key as even as a digest. What
    is encrypted is tried with the keys of the app's own code. The code that names the file
    reads it, native code included; comparing calls (pack ``comparisons``) in the same class,
    its callers, or methods that share its fields are where it is compared. A table of digests
    of the app's own files is no watch-list, and words alone are none, nor are the columns that a
    query names and what a field offers. Records of people are told by `marks/people_list`.

What it misses
    Lists fetched at run time; lists under keys that the app computes, is sent or keeps in
    native code; comparisons on the server. That a value meets the list is inferred from code
    that stands together; the value itself is not followed.

Example
    ``assets/list.txt`` with 5,000 MD5 digests, read in the class that computes digests of files
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.file_uses import Use, uses_of_member
from witnessmark.analyses.marks._contents import contents
from witnessmark.analyses.marks._list_uses import Compared, ListUses, NativeUse, native_uses
from witnessmark.analyses.marks._lists import BinaryList, TextList, WordList
from witnessmark.analyses.marks._people import are_names
from witnessmark.analyses.marks._shipped import (
    EmptyList,
    Found,
    ListInCode,
    Shipped,
    empty_lists,
    lists_in_code,
    shipped_lists,
)
from witnessmark.analyses.ownership import owner_of
from witnessmark.analyses.tables import FIELD_CHOICES, KEPT_COLUMNS, SDK_CLASSES
from witnessmark.facts.tables.artifacts import ARTIFACTS, MEMBERS
from witnessmark.facts.tables.code import (
    ARRAY_PAYLOADS,
    CALLS,
    FIELD_USES,
    INSTRUCTIONS,
    METHODS,
    STATIC_VALUES,
    STRING_USES,
    STRINGS,
)  # fmt: skip
from witnessmark.facts.tables.native import NATIVE_STRINGS
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
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach, Strength

WATCH_LIST = Analysis(
    id="marks/watch_list",
    version=2,
    reads=(
        ARTIFACTS, MEMBERS, STRINGS, STRING_USES, CALLS, METHODS, FIELD_USES, INSTRUCTIONS,
        STATIC_VALUES, ARRAY_PAYLOADS, RESOURCE_VALUES, RESOURCE_ITEMS, NATIVE_STRINGS,
        FIELD_CHOICES, KEPT_COLUMNS, SDK_CLASSES, REACH,
    ),
    knows=("list_entries", "comparisons", "lookalikes", "person_names", "people"),
)  # fmt: skip

MOST_QUOTED = 5


class Handling(Struct, frozen=True):
    """What code does with a list: where it is read and compared, and with what values."""

    readers: tuple[int, ...] = ()
    compared: tuple[Compared, ...] = ()
    given: tuple[tuple[str, int, int], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    native: tuple[NativeUse, ...] = ()


@WATCH_LIST.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a list."""
    kinds = know.entries("list_entries", ListEntry)
    calls = know.entries("comparisons", Comparison)
    uses = ListUses(app, calls)
    special = by_term(know.entries("people", Category))
    for shipped in shipped_lists(app, contents(app, calls), kinds):
        handling = _fitting(shipped.found, _handling_of_file(app, uses, shipped.member))
        data, hidden = _is_data(shipped.member), bool(shipped.how)
        if _is_told(uses, shipped.found, handling, know, data=data, hidden=hidden):
            yield _finding(app, shipped, handling, special)
    for listed in lists_in_code(app, kinds):
        handling = _fitting(listed.found, _handling(uses, listed.methods, ()))
        secret = isinstance(listed.found, TextList) and listed.found.kind.secret
        used = (handling.compared and handling.given) or secret
        if used and _is_told(uses, listed.found, handling, know, data=secret):
            yield _finding(app, listed, handling, special)
    for empty in empty_lists(app):
        handling = _handling_of_file(app, uses, empty.name)
        if handling.readers:
            yield _empty(app, empty, handling)


def _is_data(member: str) -> bool:
    """Whether a file is among what the makers of the app put there."""
    return member.startswith(("assets/", "res/raw/"))


def _is_told(
    uses: ListUses,
    found: Found,
    handling: Handling,
    know: Knowledge,
    *,
    data: bool,
    hidden: bool = False,
) -> bool:
    """Whether what a list is and what is done with it make it worth telling; ``hidden`` lists were
    encrypted.
    """
    if isinstance(found, WordList):
        met = WRITTEN | (FILE_NAMES if hidden or _is_foreign(found) else frozenset())
        words = uses.meets(uses.neighbours(handling.readers), met) if handling.readers else False
        names = know.entries("person_names", PersonNames)
        return words and not are_names(found.first, names, know.entries("lookalikes", LookAlike))
    unread = data and isinstance(found, TextList) and found.kind.identifies in ("file", "app")
    return bool(handling.readers or handling.native) or unread or _secret(found)


WRITTEN = frozenset({
    "messages received by the phone", "what stands on the screen", "what is typed into a field",
    "pages that the user opens", "what was copied", "notifications of other apps",
})  # fmt: skip
"""What words are compared with where a list of words is a watch-list."""

FILE_NAMES = frozenset({"the files on the device"})
"""What words are compared with that were encrypted, or are no endings of names of files."""


def _is_foreign(found: WordList) -> bool:
    return all(not word.isascii() for word in found.first)


FITTING: Mapping[str, frozenset[str]] = {
    "file": frozenset({"digests that the app computes", "the files on the device"}),
    "app": frozenset({"the apps installed on the device", "the apps running on the device"}),
}
"""Values with which entries that identify a file or an app are compared."""


def _fitting(found: Found, handling: Handling) -> Handling:
    """Handling without values that entries of this kind are not compared with, where others are
    obtained beside them.
    """
    identified = "file" if isinstance(found, BinaryList) and found.digest else ""
    if isinstance(found, TextList):
        identified = found.kind.identifies
    fitting = FITTING.get(identified, frozenset())
    given = tuple(one for one in handling.given if one[0] in fitting)
    return replace(handling, given=given or handling.given)


def _handling_of_file(app: Facts, uses: ListUses, member: str) -> Handling:
    named = uses_of_member(app, member)
    handling = _handling(uses, [use.method for use in named], _read_at(app, named))
    native = native_uses(app, member)
    return Handling(handling.readers, handling.compared, handling.given, handling.evidence, native)


def _handling(uses: ListUses, readers: Sequence[int], evidence: tuple[Evidence, ...]) -> Handling:
    around = uses.neighbours(readers) if readers else ()
    near = uses.given_in(uses.neighbours(readers, callers=False)) if readers else ()
    return Handling(
        tuple(sorted(set(readers))), uses.compared_in(around), near or uses.given_in(around),
        evidence,
    )  # fmt: skip


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
    app: Facts, listed: Shipped | ListInCode, handling: Handling, people: Mapping[str, Category]
) -> Finding:
    found = listed.found
    compared = sorted({app.method_signature(one.method) for one in handling.compared})
    return Finding(
        kind="marks.watch_list",
        subject={
            "name": listed.name,
            "entry": _entry(found),
            "count": found.count,
            "sample": list(_sample(found)),
            "compared_in": compared + [one.library for one in handling.native],
            "compared_with": [words for words, _, _ in handling.given],
            "opened": list(listed.how) if isinstance(listed, Shipped) else [],
            "owner": owner_of(app, handling.readers),
        },
        says=" ".join(_says(listed, handling, compared=bool(compared))),
        evidence=(listed.evidence, *handling.evidence, *_comparing(app, handling)),
        strength=_strength(listed),
        reach=_reach(app, handling),
        categories=_categories(found),
        special=any_special(_categories(found), people),
        about="third_person" if _secret(found) else "unknown",
        limits=_limits(found, handling),
        identity=f"{listed.name}\0{found.count}",
    )


def _strength(listed: Shipped | ListInCode) -> Strength:
    if isinstance(listed.found, BinaryList):
        return "indicated"
    return "derived" if isinstance(listed, Shipped) and listed.how else "read"


def _reach(app: Facts, handling: Handling) -> Reach:
    if handling.readers:
        return best_reach(app, handling.readers)
    return Reach("unknown") if handling.native else reach_unnamed(app)


def _says(listed: Shipped | ListInCode, handling: Handling, *, compared: bool) -> Iterator[str]:
    yield f"The app carries a list of {_told(listed.found)}: {listed.name}."
    if isinstance(listed, Shipped) and listed.how:
        yield f"It was read as: {', then '.join(listed.how)}."
    if handling.given and compared:
        yield f"Code beside it obtains {', '.join(words for words, _, _ in handling.given)}."
    if handling.native:
        yield f"Native code names it: {', '.join(one.library for one in handling.native)}."
    if not handling.readers and not handling.native:
        yield "Nothing in the app was found to read it."


def _empty(app: Facts, empty: EmptyList, handling: Handling) -> Finding:
    return Finding(
        kind="marks.watch_list",
        subject={
            "name": empty.name,
            "entry": "",
            "count": 0,
            "sample": [],
            "compared_in": sorted({app.method_signature(one.method) for one in handling.compared}),
            "compared_with": [words for words, _, _ in handling.given],
            "owner": owner_of(app, handling.readers),
        },
        says=f"The app reads a list that is empty: {empty.name}.",
        evidence=(empty.evidence, *handling.evidence, *_comparing(app, handling)),
        strength="indicated",
        reach=_reach(app, handling),
        limits=("That the file is a list is told by its name; it may be filled at run time.",),
        identity=f"{empty.name}\x000",
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
    native = [one.evidence for one in handling.native[:MOST_QUOTED]]
    return (*tests, *values, *native)


def _told(found: Found) -> str:
    if isinstance(found, BinaryList):
        order = ", in ascending order" if found.ordered else ""
        digest = f", in each {found.digest} that look like a digest" if found.digest else ""
        return f"{found.count:,} records of {found.width} bytes{digest}{order}"
    if isinstance(found, WordList):
        return f"{found.count:,} words"
    return f"{found.count:,} {found.kind.says}"


def _entry(found: Found) -> str:
    if isinstance(found, WordList):
        return "word"
    return found.entry if isinstance(found, BinaryList) else found.kind.entry


def _sample(found: Found) -> Iterator[str]:
    """A few entries: whole where they name apps or hosts, masked else; none of people."""
    if isinstance(found, WordList):
        yield from (f"{word[:2]}…" for word in found.first)
    elif isinstance(found, TextList) and not found.kind.secret:
        for entry in found.first:
            yield f"{entry[:6]}…" if found.kind.identifies == "file" else entry


def _categories(found: Found) -> tuple[str, ...]:
    return found.kind.categories if isinstance(found, TextList) else ()


def _secret(found: Found) -> bool:
    return isinstance(found, TextList) and found.kind.secret


def _limits(found: Found, handling: Handling) -> tuple[str, ...]:
    limits = []
    if isinstance(found, BinaryList):
        limits.append("That the records are a list is told by how their bytes repeat.")
    if _secret(found):
        limits.append("Entries may point at real people; they are counted and not quoted.")
    if not handling.readers and not handling.native:
        limits.append("No code that names this list was found.")
    elif not handling.compared:
        limits.append("No code that compares with this list was found.")
    else:
        limits.append(
            "What is compared is told by calls that stand together; the value was not followed."
        )
    return tuple(limits)
