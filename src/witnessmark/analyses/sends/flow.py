"""Flows: data about people, followed from where it comes in to where it leaves.

What it finds
    Device data, stored data and what was entered into fields of a screen, that reach a request, a
    message, another app, a log, a file or a store: with each step, the recipient where constants
    tell it, and the entry point that sets it off.

Why it matters
    That an app may read contacts and may use the network does not show that contacts leave. A flow
    does: it names the calls in order, so that everyone can follow them.

How it decides
    The flow engine (`flow.taint`) follows values through the whole app, from the sources to the
    sinks of the knowledge packs. Flows of the same data on the same way to the same recipient are
    one finding, those of each library apart. What was entered is told where it leaves the app;
    what the app then stores is told by asks and keeps.

What it misses
    Flows through native code, code that is not there, and branches that only depend on data
    (docs/blind-spots.md); where fuel ran out a gap says so.

Example
    ``String id = phone.getDeviceId(); out.write(id.getBytes());`` with ``out`` of a connection
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.sends._followed import NOT_OWN, Bundle, Followed, steps_of, what_of
from witnessmark.analyses.sends._tell import whose
from witnessmark.analyses.spoken import spoken_class
from witnessmark.analyses.tables import FIELD_ANSWERS, REQUESTS, SDK_CLASSES
from witnessmark.facts.tables.code import CLASSES, METHODS
from witnessmark.facts.tables.manifest import COMPONENTS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.taint.tables import FLOWS
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.not_flows import NotFlow
from witnessmark.knowledge.packs.picture_loaders import PictureLoader
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach

FLOW = Analysis(
    id="sends/flow",
    version=1,
    reads=(
        FLOWS, CLASSES, COMPONENTS, METHODS, REACH, SDK_CLASSES, FIELD_ANSWERS, REQUESTS,
    ),
    knows=("not_flows", "picture_loaders"),
)  # fmt: skip

MOST_QUOTED = 24
MOST_NAMED = 3
SHOWS, TYPED_IN = "android.widget.TextView", "android.widget.EditText"
"""A view whose text may be what people entered, or what the app shows them; and the one below it
that is typed in: others below it, such as buttons, show what the app has set.
"""

MORE_PLACES = 3
MOST_PLACES = 40


@FLOW.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding for the same data on the same way to the same recipient."""
    loaders = know.entries("picture_loaders", PictureLoader)
    harmless = know.entries("not_flows", NotFlow)
    return (_finding(app, bundle) for bundle in Followed(app, loaders, harmless).bundles())


def _finding(app: Facts, bundle: Bundle) -> Finding:
    row = bundle.shortest
    limits = [_LIMIT]
    if not bundle.to and not bundle.way.nobody:
        limits.append("To whom it goes is not known.")
    if len(bundle.rows) > 1:
        limits.append(f"{len(bundle.rows)} ways lead there; the shortest is quoted.")
    if bundle.owner not in NOT_OWN:
        limits.append("A library's code does this, not the app's own.")
    return Finding(
        kind="sends.flow",
        subject=_subject(app, bundle),
        says=_says(app, bundle),
        evidence=tuple(_evidence(app, bundle)),
        strength="derived",
        reach=_reach(app, bundle),
        original=tuple(Original(one.label, one.lang) for one in bundle.fields if one.label),
        categories=tuple(dict.fromkeys(row["categories"])),
        about=row["about"],
        limits=tuple(limits),
        identity=_identity(bundle),
    )


_LIMIT = "That it ever happened is not shown, nor what becomes of the data afterwards."


def _identity(bundle: Bundle) -> str:
    """The data, the way, whose code it is, and the recipient."""
    row = bundle.rows[0]
    data = " ".join(f"{one.screen}#{one.name or one.number}" for one in bundle.fields)
    return "\0".join((data or what_of(row), row["channel"], bundle.owner, *bundle.to))


def _subject(app: Facts, bundle: Bundle) -> dict[str, Any]:
    row = bundle.shortest
    subject: dict[str, Any] = {
        "source": {**_place(app, row, "source"), "kind": row["source_kind"]},
        "sink": {**_place(app, row, "sink"), "channel": row["channel"]},
        "steps": [
            {"method": app.method_signature(method), "pc": pc, "moves": moves}
            for moves, method, pc in steps_of(row)
        ],
        "channel": row["channel"],
        "recipient": bundle.to[0] if len(bundle.to) == 1 else "",
        "recipients": list(bundle.to),
        "owner": bundle.owner,
        "ways": len(bundle.rows),
    }
    if len(bundle.rows) > 1:
        subject["places"] = [
            {"source": _place(app, one, "source"), "sink": _place(app, one, "sink")}
            for one in bundle.rows[:MOST_PLACES]
        ]
    if bundle.fields:
        subject["fields"] = [one.told() for one in bundle.fields]
    return subject


def _place(app: Facts, row: Any, side: str) -> dict[str, Any]:
    method = row[f"{side}_method"]
    return {
        "class": row[f"{side}_class"],
        "method": row[f"{side}_member"],
        "in_class": app.method_class(method),
        "in_method": app.method_name(method),
        "pc": row[f"{side}_pc"],
    }


def _says(app: Facts, bundle: Bundle) -> str:
    row, to = bundle.shortest, bundle.to
    who = whose(bundle.owner)
    if bundle.fields:
        named = " or ".join(_field(one.label or one.name) for one in bundle.fields)
        screens = " or ".join(dict.fromkeys(f"“{one.screen}”" for one in bundle.fields))
        reads = f"takes what is entered in {named} on the screen {screens}"
    elif row["source_kind"] == "form":
        reads = f"takes what is {_of_screen(app, bundle)} on a screen{_at(app, bundle)}"
    else:
        reads = row["source_says"][:1].lower() + row["source_says"][1:]
    says = f"{who} {reads} and {bundle.way.does}"
    if to:
        more = f" and {len(to) - MOST_NAMED} more" if len(to) > MOST_NAMED else ""
        says += f" {bundle.way.to} {', '.join(to[:MOST_NAMED])}{more}"
    return f"{says}."


def _of_screen(app: Facts, bundle: Bundle) -> str:
    """Whether what is taken of views was entered there or stands there."""
    names = CodeNames(app, framework_model())
    found: set[str] = set()
    for owner in {str(one["source_class"]) for one in bundle.rows}:
        above = names.above(Member(owner, "").descriptor)
        shows = Member(SHOWS, "").descriptor in above
        typed = Member(TYPED_IN, "").descriptor in above
        found |= {"shown"} if shows and not typed else {"entered"}
        found |= {"entered"} if owner == SHOWS else set()
    return " or ".join(sorted(found, reverse=True))


def _at(app: Facts, bundle: Bundle) -> str:
    """Whose code takes it, where few classes do."""
    names = (app.method_class(row["source_method"]) for row in bundle.rows)
    classes = {spoken_class(name).partition(".")[0] for name in names}
    return f" ({', '.join(sorted(classes))})" if 0 < len(classes) <= MOST_NAMED else ""


def _field(name: str) -> str:
    return f"“{name}”" if name else "a field without words"


def _reach(app: Facts, bundle: Bundle) -> Reach:
    """That of the way out, but where nothing comes in nothing leaves."""
    row = bundle.shortest
    comes_in = best_reach(app, [row["source_method"]])
    if comes_in.state != "reached":
        return comes_in
    chain = row["chain"]
    if not chain:
        return best_reach(app, [row["sink_method"]])
    entry = best_reach(app, chain[:1])
    if entry.state != "reached":
        return entry
    return Reach("reached", tuple(app.method_signature(method) for method in chain))


def _evidence(app: Facts, bundle: Bundle) -> Iterator[Evidence]:
    row = bundle.shortest
    call = f"{row['source_class']}.{row['source_member']}"
    yield from _quote(app, f"the data comes in: {call}", row, "source")
    steps = list(steps_of(row))
    quoted = [
        app.quote_instruction(moves, method, pc)
        for moves, method, pc in steps[:MOST_QUOTED]
        if _has_code(app, method, pc)
    ]
    if quoted:
        more = f", of which {len(quoted)} are quoted" if len(quoted) < len(steps) else ""
        says = f"it moves on in {len(steps)} steps{more}"
        yield Evidence(says, because=tuple(quoted))
    out = f"{row['sink_class']}.{row['sink_member']}"
    yield from _quote(app, f"the data leaves: {out}", row, "sink")
    others = [one for one in bundle.rows if one is not row][:MORE_PLACES]
    for other in others:
        yield from _quote(app, "it comes in here, too", other, "source")


def _quote(app: Facts, says: str, row: Any, side: str) -> Iterator[Evidence]:
    method, pc = row[f"{side}_method"], max(row[f"{side}_pc"], 0)
    if _has_code(app, method, pc):
        yield app.quote_instruction(says, method, pc)


def _has_code(app: Facts, method: int, pc: int) -> bool:
    return method >= 0 and 0 <= pc < int(app.table(METHODS)["code_units"][method])
