"""Flows: the way of data about people from where it comes in to where it leaves.

What it finds
    One finding for each pair of methods between which data moves: what is read or entered, in
    which method, and by which call, in which method, it leaves: to a server, into a message, a
    file, a database, the log, another app.

Why it matters
    That an app may read contacts and may use the network does not show that contacts are sent.
    A flow does: it names every move of the data between the two.

How it decides
    From the table ``flows``: methods are run on values that are not known, from every entry
    point, and data is followed through variables, fields, collections, threads, messages and
    storage. Sources without a category count where people enter something. Flows that begin and
    end in the code of one known library are told together, as that library's.

What it misses
    Ways through native code, scripts and code that is loaded later; what a server answers; parts
    that took too long, each of which is a gap. That data only decides what is sent is not told.

Example
    ``sms.sendTextMessage("10086", null, telephony.getDeviceId(), null, null)``
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.sends._flow_words import says, says_of_library
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import reach_of
from witnessmark.flow.tables import REACH
from witnessmark.flow.taint.tables import FLOWS
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.knowledge.packs.sdks import Sdk
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding

FLOW = Analysis(
    id="sends/flow",
    version=1,
    reads=(FLOWS, METHODS, REACH, SDK_CLASSES),
    knows=("people", "sdks"),
)

MOST_QUOTED = 12
"""Moves of one flow that are quoted; of more the first and the last."""

MOST_RECIPIENTS = 6

OWN = ("own", "other")

Row = Mapping[str, Any]


@FLOW.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield flows of the app's own code, then those within libraries."""
    people = by_term(know.entries("people", Category))
    libraries = {sdk.id: sdk.name for sdk in know.entries("sdks", Sdk)}
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in _rows(app):
        groups.setdefault(_key(app, row), []).append(row)
    for key, rows in groups.items():
        yield _finding(app, rows, people, libraries.get(key[0], key[0]))


def _rows(app: Facts) -> Iterator[Row]:
    """Flows of data about people, or of what people enter."""
    names = [column.name for column in FLOWS.columns]
    for values in app.table(FLOWS).rows(*names):
        row = dict(zip(names, values, strict=True))
        row["categories"] = json.loads(row["categories"])
        if not row["implicit"] and (row["categories"] or row["source_kind"] == "form"):
            yield row


def _key(app: Facts, row: Row) -> tuple[Any, ...]:
    """What makes flows one finding; the library comes first, empty for the app's own code."""
    owners = {_owner(app, row["source_method"]), _owner(app, row["sink_method"])}
    if len(owners) == 1 and not owners & set(OWN):
        return (*owners, *row["categories"], row["source_kind"], row["channel"])
    return (
        "", row["source_class"], row["source_member"], row["source_method"],
        row["sink_class"], row["sink_member"], row["sink_method"],
    )  # fmt: skip


def _owner(app: Facts, method: int) -> str:
    """``own``, ``other``, ``platform`` or the id of the library that a method belongs to."""
    table, row = app.table(SDK_CLASSES), int(app.table(METHODS)["class"][method])
    if not 0 <= row < len(table):
        return "own"
    return str(table["sdk"][row]) or str(table["ownership"][row])


def _finding(
    app: Facts, rows: Sequence[Row], people: Mapping[str, Category], library: str
) -> Finding:
    first = rows[0]
    subject = _subject(app, rows, library)
    terms = tuple(dict.fromkeys(term for row in rows for term in row["categories"]))
    labels = [people[term].label for term in terms if term in people]
    told = says_of_library(subject, labels) if library else says(subject, labels)
    return Finding(
        kind="sends.flow",
        subject=subject,
        says=told,
        evidence=tuple(_evidence(app, first)),
        strength="derived",
        reach=reach_of(app, first["sink_method"]),
        categories=terms,
        special=any_special(terms, people),
        about=first["about"],
        limits=tuple(_limits(rows, library)),
        identity=_identity(app, first, library),
    )


def _subject(app: Facts, rows: Sequence[Row], library: str) -> dict[str, Any]:
    first = rows[0]
    recipients = sorted({one for row in rows for one in json.loads(row["recipients"])})
    subject: dict[str, Any] = {
        "source": {**_end(app, first, "source"), "kind": first["source_kind"]},
        "sink": {**_end(app, first, "sink"), "channel": first["channel"]},
        "steps": [
            {**step, "method": app.method_signature(step["method"])}
            for step in json.loads(first["steps"])
        ],
        "recipients": recipients[:MOST_RECIPIENTS],
        "places": len(rows),
    }
    if len(recipients) == 1:
        subject["recipient"] = recipients[0]
    if library:
        subject["library"] = library
    return subject


def _end(app: Facts, row: Row, end: str) -> dict[str, Any]:
    method = row[f"{end}_method"]
    return {
        "class": row[f"{end}_class"],
        "method": row[f"{end}_member"],
        "in_class": app.method_class(method),
        "in_method": app.method_name(method),
        "pc": row[f"{end}_pc"],
    }


def _identity(app: Facts, row: Row, library: str) -> str:
    if library:
        return "\0".join((library, *row["categories"], row["source_kind"], row["channel"]))
    ends = (
        f"{row[f'{end}_class']}.{row[f'{end}_member']} {app.method_signature(row[f'{end}_method'])}"
        for end in ("source", "sink")
    )
    return "\0".join(ends)


def _evidence(app: Facts, row: Row) -> Iterator[Evidence]:
    """The call by which data leaves, where it comes in, and its moves between the two."""
    called = f"{row['sink_class']}.{row['sink_member']}"
    yield app.quote_instruction(f"here it leaves: {called}", row["sink_method"], row["sink_pc"])
    steps = json.loads(row["steps"])
    if len(steps) > MOST_QUOTED:
        half = MOST_QUOTED // 2
        steps = [*steps[:half], *steps[-half:]]
    for step in steps:
        if step["pc"] >= 0:
            yield app.quote_instruction(step["moves"], step["method"], step["pc"])


def _limits(rows: Sequence[Row], library: str) -> Iterator[str]:
    yield "The code can do this; that it was ever done on a phone is not shown."
    steps = len(json.loads(rows[0]["steps"]))
    if steps > MOST_QUOTED:
        yield f"{MOST_QUOTED} of {steps} moves are quoted; all are among the steps."
    if library:
        yield "A library's code does this, not the app's own."
        if len(rows) > 1:
            yield f"One of {len(rows)} ways of this kind in the library is shown."
