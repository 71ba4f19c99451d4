"""Findings of rows of the table ``requests``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from witnessmark.analyses.script_calls import whole_letters
from witnessmark.analyses.sends._compiled_scripts import compiled_as
from witnessmark.analyses.tables import REQUESTS
from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach

MOST_NAMED = 8
MOST_CHAINS = 4
LONGEST_SPAN = 200
"""Bytes of a call in a script that are quoted."""

NO_LIBRARY = frozenset({"own", "other", "unknown", "wsdl2code"})
"""Owners that are not known to be a library; what wsdl2code generates is for one service alone."""

WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
BESIDE_BODY = frozenset({"header", "query", "route"})
"""Places of values that are not in the body."""

_SCRIPT_RUNS = "Whether and when a page runs this script is not known."
_DOTNET_RUNS = "Whether and when the program in .NET comes to this is not known."

_BY_SHAPE = "What is called has no name; that it sends is told by the path and values it is given."

ORDER = {"reached": 0, "unknown": 1, "unreached": 2}


def finding(app: Facts, row: int, kind: str, says: str, subject: dict[str, Any]) -> Finding:
    """The finding of one row."""
    table = app.table(REQUESTS)
    trace = json.loads(str(table["trace"][row]))
    identity = "\0".join(str(table[name][row]) for name in ("channel", "verb", "url", "operation"))
    names = " ".join(sorted(one["name"] for one in subject["parameters"]))
    reach = _reach(app, trace["roots"])
    who = whose(subject["owner"], subject.get("code", ""))
    return Finding(
        kind=kind,
        subject=subject,
        says=as_reached(who, says, reach),
        evidence=tuple(_evidence(app, trace)),
        strength="derived",
        reach=reach,
        categories=_categories(subject),
        limits=_limits(subject, trace),
        identity=f"{identity}\0{names}",
    )


def _categories(subject: dict[str, Any]) -> tuple[str, ...]:
    found = dict.fromkeys(
        term for one in subject["parameters"] for term in one.get("categories", ())
    )
    return tuple(found)


def _reach(app: Facts, roots: Sequence[Sequence[Any]]) -> Reach:
    """The reach of the run that is reached best, with the calls from there to what sends."""
    told: list[tuple[int, int, Reach]] = []
    for root, chain in roots:
        reach = best_reach(app, [root])
        calls = [app.method_signature(_callee(app, *place)) for place in chain]
        path = (*reach.path, *calls) if reach.state == "reached" else ()
        told.append((ORDER[reach.state], len(path), Reach(reach.state, path)))
    return min(told, key=lambda one: one[:2])[2] if told else Reach("unknown")


def _callee(app: Facts, method: int, pc: int) -> int:
    calls = app.table(CALLS)
    rows = [row for row in _calls_of(app, method) if int(calls["pc"][row]) == pc]
    return int(calls["callee"][rows[0]]) if rows else method


def _calls_of(app: Facts, method: int) -> list[int]:
    column = app.table(CALLS)["method"]
    first, last = column.searchsorted(method), column.searchsorted(method, side="right")
    return list(range(int(first), int(last)))


def request_evidence(app: Facts, trace: str) -> tuple[Evidence, ...]:
    """What a row of the table rests on, from its column ``trace``."""
    return tuple(_evidence(app, json.loads(trace)))


def _evidence(app: Facts, trace: dict[str, Any]) -> Iterator[Evidence]:
    for method, pc in trace["sites"]:
        if pc >= 0:
            called = app.method_signature(_callee(app, method, pc))
            yield app.quote_instruction(f"sends: calls {called}", method, pc)
    for artifact, offset, length, name in trace.get("spans", ()):
        says = f"a script sends: calls {name}"
        compiled = compiled_as(app, artifact, offset, length)
        if compiled is not None:
            says = says.removeprefix("a script ")
            yield app.quote(says, artifact, offset, length, compiled, {})
            continue
        shown = whole_letters(app, artifact, offset, min(length, LONGEST_SPAN))
        yield app.quote(says, artifact, offset, shown, "utf-8", {})
    for string in trace["declared"]:
        if string >= 0:
            yield app.quote_string("an annotation declares this path", string)
    for string, method, pc in trace["strings"]:
        place: dict[str, str | int] = {}
        if method >= 0:
            place = {"method": app.method_signature(method), "pc": pc}
        yield app.quote_string("a piece of the request", string, place)
    for row in trace["resources"]:
        values = app.table(RESOURCE_VALUES)
        artifact, offset, length = (
            int(values[name][row]) for name in ("artifact", "offset", "length")
        )
        says = "a text resource in the request"
        yield app.quote(says, artifact, offset, length, values["reads_as"][row])
    for root, chain in trace["roots"][:MOST_CHAINS]:
        for method, pc in chain[:1]:
            says = f"{app.method_signature(root)} calls what sends it"
            yield app.quote_instruction(says, method, pc)


def _limits(subject: dict[str, Any], trace: dict[str, Any]) -> tuple[str, ...]:
    limits = ["That it was ever sent, and what was answered, is not shown."]
    if "{" in subject["url"] or "?" in subject["url"] or not subject["url"]:
        limits.append("Pieces of the address in braces, or written ?, are known only at run time.")
    if subject["method"] in WITH_BODY and not _tells_body(subject):
        limits.append("What its body holds was not made out.")
    quoted = len(trace["sites"]) + len(trace.get("spans", ()))
    if trace["all_sites"] > quoted:
        limits.append(f"{quoted} of {trace['all_sites']} places are quoted.")
    if trace.get("spans"):
        is_dotnet = subject.get("code") == "dotnet"
        limits.append(_DOTNET_RUNS if is_dotnet else _SCRIPT_RUNS)
    if subject.get("by_shape"):
        limits.append(_BY_SHAPE)
    if subject["owner"] not in NO_LIBRARY:
        limits.append("A library's code does this, not the app's own.")
    return tuple(limits)


def _tells_body(subject: dict[str, Any]) -> bool:
    """Whether anything is known of what stands in the body."""
    body = subject["body"] or {}
    inside = any(one["in"] not in BESIDE_BODY for one in subject["parameters"])
    return inside or bool(body.get("fields")) or "file" in body.get("kinds", ())


def named(subject: dict[str, Any]) -> str:
    """The names of the values, as the end of a sentence."""
    names = [
        one["name"]
        for one in subject["parameters"]
        if one["in"] != "header" and one["name"] not in ("", "?")
    ]
    names = list(dict.fromkeys(names))
    if not names:
        return ""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f" with {', '.join(names[:MOST_NAMED])}{more}"


def as_reached(who: str, says: str, reach: Reach) -> str:
    """A sentence that begins with ``who`` does something, so that code which nothing starts is not
    told as doing it.
    """
    if reach.state != "unreached" or not says.startswith(f"{who} "):
        return says
    return f"{who} has code that nothing is seen to start: it{says.removeprefix(who)}"


def whose(owner: str, code: str = "") -> str:
    """Who does it, as the beginning of a sentence; ``code`` is ``script`` for one of a script."""
    if code == "script":
        return "A script in the app"
    return "The app" if owner in NO_LIBRARY else f"A library in the app ({owner})"
