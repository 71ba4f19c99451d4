"""What an app removes: files, records, messages, logs, itself.

What it finds
    Deletion of files, databases, settings, messages, calls, contacts, logs, notifications of
    other apps, of the whole device, of the app itself; events kept from other apps; words that
    tell somebody to remove the app when the work is done (``hides.erasure``).

Why it matters
    What is deleted cannot be examined afterwards on the device, and the person concerned does
    not learn of it. An app that removes itself, or has itself removed, was meant to be there for
    a while only.

How it decides
    By calls and shell commands that the knowledge pack ``deeds`` names, with the names of what is
    deleted where they are constants or can be computed; by content addresses through which
    records are deleted (``api_sites``); by words on screens, of the pack ``phrases``.

What it misses
    Deletion by native code; names that are put together from what is not known; overwriting.
    Most deletions of files only clear what the app itself made and no longer needs.

Example
    ``new Intent(Intent.ACTION_DELETE, Uri.parse("package:" + getPackageName()))``
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.deed_findings import (
    LIBRARY,
    OTHER,
    OWN,
    UNTOLD,
    Group,
    Wording,
    deed_finding,
    doer,
    groups_of,
    owner_of_method,
    where_of,
)
from witnessmark.analyses.deeds import Done, find_deeds
from witnessmark.analyses.labels import Label, labels_of
from witnessmark.analyses.manifest import app_value
from witnessmark.analyses.tables import API_SITES, SDK_CLASSES
from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS, STRINGS
from witnessmark.facts.tables.manifest import APP, XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.deeds import Deed
from witnessmark.knowledge.packs.phrases import Phrase
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach

ERASURE = Analysis(
    id="hides/erasure",
    version=1,
    reads=(
        CALLS, CLASSES, METHODS, STRINGS, REACH, SDK_CLASSES, API_SITES, DERIVED_TEXTS, APP,
        XML_FILES, XML_NODES, XML_ATTRIBUTES, RESOURCES, RESOURCE_VALUES,
    ),
    knows=("apis", "deeds", "phrases"),
)  # fmt: skip

SELF = "own_app"
MOST_WORDS = 12
ADDRESSES = ("uri", "field")
"""Kinds of entries of pack ``apis`` that are content addresses; files are deeds."""

_SELF_SAYS = "Asks to remove itself from the device"


@ERASURE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield a finding for each kind of thing removed, and one for instructions to remove."""
    deeds = [deed for deed in know.entries("deeds", Deed) if deed.kind == "erasure"]
    names = CodeNames(app, framework_model())
    done = _own_removal(app, find_deeds(app, names, deeds))
    for group in groups_of(app, done):
        yield deed_finding(app, "hides.erasure", group, _wording(group))
    yield from _records(app, know.entries("apis", Api))
    yield from _instructions(app, know.entries("phrases", Phrase))


def _own_removal(app: Facts, done: Iterator[Done]) -> Iterator[Done]:
    """Calls that remove the app itself, told as such."""
    package = app_value(app, "package")
    itself = re.compile(rf"(^package:|(uninstall|clear)\s+(-k\s+)?){re.escape(package)}(?![\w.])")
    for one in done:
        if one.deed.what == "app" and package and any(itself.search(a.text) for a in one.named):
            yield replace(one, deed=_for_itself(one.deed))
        else:
            yield one


def _for_itself(deed: Deed) -> Deed:
    return msgspec.structs.replace(deed, what=SELF, says=_SELF_SAYS, against="")


def _wording(group: Group) -> Wording:
    shared = [name for name in group.names if name.startswith(("/sdcard", "/mnt/sdcard"))]
    if group.what != "files":
        return Wording()
    return Wording({"on_shared_storage": shared})


def _records(app: Facts, apis: Sequence[Api]) -> Iterator[Finding]:
    """Records of the device that are deleted through a content address."""
    known = {api.id: api for api in apis}
    found: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
    columns = ("api", "action", "method", "pc", "string", "call")
    for name, action, method, pc, string, call in app.table(API_SITES).rows(*columns):
        what = known[name].what if name in known and known[name].kind in ADDRESSES else ""
        owner = owner_of_method(app, method) if method >= 0 else "platform"
        if action == "delete" and what and call >= 0 and owner != "platform":
            found[what, owner].append((call, string, pc))
    for (what, owner), places in sorted(found.items()):
        yield _records_finding(app, what, owner, places)


def _records_finding(
    app: Facts, what: str, owner: str, places: Sequence[tuple[int, int, int]]
) -> Finding:
    where = where_of(owner)
    libraries = [owner] if where == LIBRARY else []
    limits = ["Which records it deletes, and when, is not told here."]
    calls = app.table(CALLS)
    methods = sorted({int(calls["method"][call]) for call, _, _ in places})
    return Finding(
        kind="hides.erasure",
        subject={
            "what": "records", "names": [what], "places": len(places),
            "in_own_code": where == OWN, "in_sdk": libraries,
        },
        says=f"{doer(where, libraries)} deletes {what}.",
        evidence=tuple(_deleting(app, *place) for place in places[:MOST_WORDS]),
        strength="derived",
        reach=best_reach(app, methods),
        limits=(*limits, UNTOLD) if where == OTHER else tuple(limits),
        identity=f"records {what} {owner}",
    )  # fmt: skip


def _deleting(app: Facts, call: int, string: int, pc: int) -> Evidence:
    calls = app.table(CALLS)
    method, callee = int(calls["method"][call]), int(calls["callee"][call])
    says = f"calls {app.method_signature(callee)}"
    called = app.quote_instruction(says, method, int(calls["pc"][call]))
    if string < 0:
        return called
    place: dict[str, str | int] = {"method": app.method_signature(method), "pc": pc}
    named = app.quote_string("the address", string, place)
    return Evidence(f"{app.method_signature(method)} deletes through it", because=(named, called))


def _instructions(app: Facts, phrases: Sequence[Phrase]) -> Iterator[Finding]:
    """Words by which somebody is told to remove the app."""
    wanted = [phrase for phrase in phrases if phrase.kind == "remove_app"]
    found: list[tuple[Label, Phrase]] = []
    for label in labels_of(app):
        phrase = next((one for one in wanted if one.recognises(label.text)), None)
        if phrase is not None:
            found.append((label, phrase))
    if not found:
        return
    methods = sorted({method for label, _ in found for method in label.methods})
    texts = list(dict.fromkeys((label.text, phrase.lang) for label, phrase in found))
    yield Finding(
        kind="hides.erasure",
        subject={
            "what": "instruction", "names": [text for text, _ in texts[:MOST_WORDS]],
            "places": len(found), "in_own_code": True, "in_sdk": [],
        },
        says="Words in the app speak of removing an app, as an instruction would: "
        f"“{texts[0][0]}”.",
        original=tuple(Original(text, lang) for text, lang in texts[:MOST_WORDS]),
        evidence=tuple(label.quote(app) for label, _ in found[:MOST_WORDS]),
        strength="indicated",
        reach=best_reach(app, methods) if methods else Reach("unknown"),
        limits=("Whom the words address, and which app they mean, is not told by them alone.",),
        identity="instruction",
    )  # fmt: skip
