"""Restrictions: what the app can do to somebody, or makes its operator do.

What it finds
    Words of holding, summoning, refusing, confining people, of lists of watched people, of taking
    things away (``whom: person``); calls by which the app locks, empties or limits the device, ends
    calls or presses its buttons (``whom: device``); all as ``orders.restriction``.

Why it matters
    Here a record becomes a measure. For the person concerned it is the most important line of
    the app.

How it decides
    Words of the knowledge pack ``phrases`` on screens, in lists and in code; where code chooses a
    word by a code or a state, the codes are told and the finding is *derived*, else *indicated*.
    Calls of the pack ``deeds`` are read where code makes them.

What it misses
    Measures that the server decides and names; words in pictures and on pages that are loaded.
    Words alone do not show that anybody was held.

Example
    ``case 3: return "立即控制";``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.deed_findings import Wording, deed_finding, groups_of
from witnessmark.analyses.deeds import find_deeds
from witnessmark.analyses.orders._words import PACKS, READS, Hit, hits_of, originals, quoted
from witnessmark.facts.tables.code import (
    CALLS,
    INSTRUCTIONS,
)  # fmt: skip
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.flow.choice_texts import choice_texts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.deeds import Deed
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach

RESTRICTION = Analysis(
    id="orders/restriction",
    version=1,
    reads=(*READS, CALLS, INSTRUCTIONS, REACH, DERIVED_TEXTS),
    knows=("deeds", *PACKS),
)  # fmt: skip

MOST = 16


class _Choice(Struct, frozen=True):
    """A code by which a method chooses a word: key, method, place."""

    key: str
    method: int
    pc: int


@RESTRICTION.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield what words say about people, then what calls do to the device."""
    by_what: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits_of(app, know, ("restriction",)):
        by_what[hit.phrase.what].append(hit)
    choices = _choices(app, [hit for hits in by_what.values() for hit in hits])
    for what in sorted(by_what):
        yield _of_words(app, what, by_what[what], choices)
    names = CodeNames(app, framework_model())
    deeds = [deed for deed in know.entries("deeds", Deed) if deed.kind == "restriction"]
    for group in groups_of(app, find_deeds(app, names, deeds)):
        yield deed_finding(app, "orders.restriction", group, Wording({"whom": "device"}))


def _choices(app: Facts, hits: Sequence[Hit]) -> Mapping[str, list[_Choice]]:
    """Codes by the word that code chooses for them, written out or named among the resources."""
    methods = {method for hit in hits for method in hit.label.methods}
    found: dict[str, list[_Choice]] = defaultdict(list)
    if not methods:
        return found
    named: dict[int, list[str]] = defaultdict(list)
    for resource, text in app.table(RESOURCE_VALUES).rows("resource", "text"):
        named[resource].append(text)
    chosen = choice_texts(app, methods).rows("method", "key", "string", "resource", "pc")
    for method, key, string, resource, pc in chosen:
        for text in [app.string(string)] if string >= 0 else named[resource]:
            found[text].append(_Choice(key, method, pc))
    return found


def _of_words(
    app: Facts,
    what: str,
    hits: Sequence[Hit],
    choices: Mapping[str, list[_Choice]],
) -> Finding:
    texts = list(dict.fromkeys((hit.label.text, hit.phrase.lang) for hit in hits))
    chosen = {text: choices[text] for text, _ in texts if text in choices}
    methods = sorted({method for hit in hits for method in hit.label.methods})
    shown = ", ".join(quoted(text) for text, _ in texts[:4])
    more = f" and {len(texts) - 4} more" if len(texts) > 4 else ""
    codes = [
        {"code": one.key, "label": text, "method": app.method_signature(one.method)}
        for text, listed in chosen.items()
        for one in listed
    ]
    return Finding(
        kind="orders.restriction",
        subject={
            "what": what, "whom": "person", "labels": [text for text, _ in texts[:MOST]],
            "places": len(hits), "codes": codes[:MOST],
        },
        says=f"{hits[0].phrase.says}: the app has words for it, {shown}{more}"
        f"{', chosen by a code or state' if codes else ''}.",
        original=originals(texts[:MOST]),
        evidence=tuple(_evidence(app, hit, chosen) for hit in hits[:MOST]),
        strength="derived" if codes else "indicated",
        about="third_person",
        reach=best_reach(app, methods) if methods else Reach("unknown"),
        limits=("Words show that the app speaks of it, not who decides or whether it is done.",),
        identity=f"person {what}",
    )  # fmt: skip


def _evidence(app: Facts, hit: Hit, chosen: Mapping[str, list[_Choice]]) -> Evidence:
    quoted = hit.label.quote(app)
    listed = chosen.get(hit.label.text, ())[:2]
    if not listed or hit.label.source not in ("code", "resource"):
        return quoted
    places = tuple(
        app.quote_instruction(f"chosen for the code {one.key}", one.method, one.pc)
        for one in listed
    )
    return Evidence(f"code chooses “{hit.label.text}”", because=(quoted, *places))
