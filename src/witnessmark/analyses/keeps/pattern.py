"""What runs through an app's records: who entered each, where, when, and what became of it.

What it finds
    Fields that several records and tables hold alike and that say of a record how it came about:
    who entered it, for which unit, at which place, when, on which device; whether it was sent,
    pushed with a task, answered, checked.

Why it matters
    They show that a system watches its operators as well, that entries are orders to be answered,
    and how a person's record is followed from hand to hand.

How it decides
    Names of columns and fields (tables `kept_columns` and `record_fields`) are looked up in the
    pack ``entry_roles``. A role is told where two records hold it, or one that holds two more.

What it misses
    Names that the pack lacks, and fields that a server adds.

Example
    ``lrr``, ``lrsj``, ``lrdw`` in the tables of persons, of vehicles and of visits
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.tables import KEPT_COLUMNS, RECORD_FIELDS
from witnessmark.facts.search import strings_holding
from witnessmark.facts.tables.code import STRINGS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.entry_roles import EntryRole
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original

PATTERN = Analysis(
    id="keeps/pattern",
    version=1,
    reads=(KEPT_COLUMNS, RECORD_FIELDS, STRINGS),
    knows=("entry_roles",),
)

FEWEST_RECORDS, FEWEST_ROLES = 2, 3
MOST_QUOTED = 40
Holder = tuple[str, str]
"""A record or table, and its field."""


@PATTERN.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a role."""
    entries = know.entries("entry_roles", EntryRole)
    says: dict[str, str] = {entry.role: entry.says for entry in entries}
    records: set[str] = set()
    holders: dict[str, list[Holder]] = defaultdict(list)
    for record, name in _fields(app):
        records.add(record)
        found: set[str] = {one.role for one in entries if one.recognises(name)}
        for role in sorted(found):
            holders[role].append((record, name))
    roles_of: dict[str, set[str]] = defaultdict(set)
    for role, listed in holders.items():
        for record, _ in listed:
            roles_of[record].add(role)
    told = {
        role: listed
        for role, listed in holders.items()
        if len({record for record, _ in listed}) >= FEWEST_RECORDS
        or any(len(roles_of[record]) >= FEWEST_ROLES for record, _ in listed)
    }
    quotes = _Quotes(app, {name for listed in told.values() for _, name in listed})
    for role in sorted(told):
        evidence = quotes.of(told[role])
        if evidence:
            yield _finding(role, says[role], told[role], len(records), evidence)


def _fields(app: Facts) -> Iterator[Holder]:
    seen: set[Holder] = set()
    for schema, owner in ((KEPT_COLUMNS, "table"), (RECORD_FIELDS, "record")):
        for record, name in app.table(schema).rows(owner, "name"):
            if (record, name) not in seen:
                seen.add((record, name))
                yield record, name


class _Quotes:
    """Where names of fields stand in the code."""

    def __init__(self, app: Facts, names: set[str]) -> None:
        self._app = app
        self._strings: dict[str, int] = {}
        if not names:
            return
        inside: dict[str, int] = {}
        for string in strings_holding(app, [name.encode("utf-8") for name in sorted(names)]):
            text = app.string(string)
            if text in names:
                self._strings.setdefault(text, string)
            else:
                for word in set(re.findall(r"\w+", text)) & names:
                    inside.setdefault(word, string)
        self._strings = {**inside, **self._strings}

    def of(self, holders: Sequence[Holder]) -> tuple[Evidence, ...]:
        """The first places of the names of ``holders``, each name once."""
        records: Mapping[str, list[str]] = defaultdict(list)
        for record, name in holders:
            records[name].append(record)
        return tuple(
            self._app.quote_string(f"{name}, a field of {', '.join(owners)}", self._strings[name])
            for name, owners in records.items()
            if name in self._strings
        )[:MOST_QUOTED]


def _finding(
    role: str, says: str, holders: Sequence[Holder], records: int, evidence: tuple[Evidence, ...]
) -> Finding:
    count = len({record for record, _ in holders})
    named = list(dict.fromkeys(f"{name} ({_short(record)})" for record, name in holders))
    shown = ", ".join(named[:8]) + (", …" if len(named) > 8 else "")
    of = f"{count} of {records} records and tables" if records > 1 else "the record"
    return Finding(
        kind="keeps.pattern",
        subject={
            "name": says,
            "role": role,
            "count": count,
            "of": records,
            "holders": [{"record": record, "field": name} for record, name in holders],
        },
        says=f"In {of} the app keeps {says}: {shown}.",
        evidence=evidence,
        strength="derived",
        original=tuple(Original(name) for name in dict.fromkeys(name for _, name in holders)),
        limits=("It is told by the names of fields; what they hold is not known.",),
        identity=role,
    )


def _short(record: str) -> str:
    """The last two parts of a name, as records are called where they are told."""
    return ".".join(record.rsplit(".", 2)[-2:])
