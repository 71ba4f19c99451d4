"""Tasks: what the app gives its operator to do, and what must come back.

What it finds
    Places where words speak of tasks, checks of people or places, reports that must come back,
    matters handed on, pictures to take, times by which it must be done, and the states that a
    matter goes through (``orders.task``).

Why it matters
    An app that sends people out to check on others, and demands a report with pictures by a set
    time, makes its operator part of a procedure. That tells more of the system behind the app
    than what it reads from the device.

How it decides
    By words of the knowledge pack ``phrases`` in several languages, on screens, in lists and in
    code. Words that belong to one class or screen are told together; that place counts when
    tasks and one more of these things are spoken of there, or three of them without tasks. Where no
    place counts, tasks and two more of these things on different screens are told as one. The
    requests and recordings that the same class makes are told beside them.

What it misses
    Words in pictures, on loaded pages and from servers; languages that the pack does not know.
    Words show what the app speaks of, not who gives the tasks.

Example
    ``核查任务``, ``反馈时限``, ``现场照片``, ``已反馈`` on one screen
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.orders._answers import Answer, answers_by_class
from witnessmark.analyses.orders._web_labels import PAGE, SCRIPT
from witnessmark.analyses.orders._words import PACKS, READS, Hit, hits_of, originals, quoted
from witnessmark.analyses.tables import API_SITES, REQUESTS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.phrases import Kind
from witnessmark.model.finding import Finding, Reach

TASK = Analysis(
    id="orders/task",
    version=1,
    reads=(*READS, REACH, API_SITES, REQUESTS),
    knows=("apis", *PACKS),
)  # fmt: skip

KINDS: Mapping[Kind, str] = {
    "task": "tasks", "check": "checks of people or places",
    "report": "reports that must come back", "escalate": "handing matters on",
    "photograph": "pictures or recordings to be taken",
    "deadline": "times by which it must be done",
    "status": "states that a matter goes through",
}  # fmt: skip
WITH_TASK, WITHOUT_TASK = 2, 3
"""Kinds of words that must come together, with words of tasks among them and without."""

SEVERAL = "several screens"
"""Where words stand of which no screen and no class has enough together."""

WORDS = "Words show what the app speaks of, not who gives the tasks and what follows."
APART = "The words stand on screens of their own; that they belong together is not shown."
MOST_PLACES = 25
MOST_QUOTED = 14
MOST_LABELS = 12
MOST_ANSWERS = 6


@TASK.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield a finding for each place, those that speak of most first."""
    groups: dict[str, list[Hit]] = defaultdict(list)
    hits = list(hits_of(app, know, KINDS))
    for hit in hits:
        for place in _places(app, hit):
            groups[place].append(hit)
    telling = [(place, hits) for place, hits in groups.items() if _tells(hits)]
    telling.sort(key=lambda one: (-len(_kinds(one[1])), one[0]))
    answers = answers_by_class(app, know.entries("apis", Api)) if telling else {}
    for place, found in telling[:MOST_PLACES]:
        yield _finding(app, place, found, answers.get(place, ()))
    if not telling and "task" in _kinds(hits) and len(_kinds(hits)) >= WITHOUT_TASK:
        yield _finding(app, SEVERAL, hits, ())


def _places(app: Facts, hit: Hit) -> list[str]:
    """Where a label belongs: the classes that use it, else its screen or list."""
    classes = {app.method_class(method).partition("$")[0] for method in hit.label.methods}
    return sorted(classes) or list(hit.label.screens) or [hit.label.home or "texts of the app"]


def _kinds(hits: Sequence[Hit]) -> set[Kind]:
    return {hit.phrase.kind for hit in hits}


def _tells(hits: Sequence[Hit]) -> bool:
    kinds = _kinds(hits)
    return len(kinds) >= (WITH_TASK if "task" in kinds else WITHOUT_TASK)


def _finding(app: Facts, place: str, hits: Sequence[Hit], answers: Sequence[Answer]) -> Finding:
    by_kind: dict[str, list[Hit]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for hit in hits:
        if (hit.phrase.kind, hit.label.text) not in seen:
            seen.add((hit.phrase.kind, hit.label.text))
            by_kind[hit.phrase.kind].append(hit)
    told = [kind for kind in KINDS if kind in by_kind]
    methods = sorted({method for hit in hits for method in hit.label.methods})
    chosen = [hit for kind in told for hit in by_kind[kind][:MOST_LABELS]]
    return Finding(
        kind="orders.task",
        subject={
            "name": place,
            "duties": told,
            "labels": {kind: [h.label.text for h in by_kind[kind][:MOST_LABELS]] for kind in told},
            "sends": [dict(one.told) for one in answers if one.kind == "send"][:MOST_ANSWERS],
            "records": [one.told["what"] for one in answers if one.kind == "record"][:MOST_ANSWERS],
        },
        says=f"{_in(place)} the app speaks to its operator of {_clauses(by_kind, told)}"
        f"{_answered(answers)}.",
        original=originals((h.label.text, h.phrase.lang) for h in chosen),
        evidence=tuple(
            hit.label.quote(app, f"{KINDS[hit.phrase.kind]}: {_where(hit)}")
            for kind in told
            for hit in by_kind[kind][:3]
        )[:MOST_QUOTED]
        + tuple(one.quote(app) for one in answers[:MOST_ANSWERS]),
        strength="indicated",
        reach=best_reach(app, methods) if methods else Reach("unknown"),
        limits=(WORDS, APART) if place == SEVERAL else (WORDS,),
        identity=place,
    )


def _where(hit: Hit) -> str:
    return hit.label.home or "in code"


def _answered(answers: Sequence[Answer]) -> str:
    if not answers:
        return ""
    says = [one.says for one in answers[:MOST_ANSWERS]]
    more = f" and more ({len(answers) - len(says)})" if len(answers) > len(says) else ""
    return f". The same code {'; '.join(says)}{more}"


def _in(place: str) -> str:
    kind, _, name = place.partition("/")
    if place == SEVERAL:
        return "On several screens"
    if kind in (PAGE, SCRIPT):
        return f"In the {kind} {name}"
    if kind in ("layout", "menu", "xml", "navigation"):
        return f"On the screen {name}"
    return f"In the list {name}" if kind == "array" else f"In {place}"


def _clauses(by_kind: Mapping[str, Sequence[Hit]], told: Sequence[Kind]) -> str:
    first = {kind: by_kind[kind][0] for kind in told}
    parts = [f"{KINDS[kind]}: {quoted(first[kind].label.text)}" for kind in told]
    return parts[0] if len(parts) == 1 else f"{'; '.join(parts[:-1])}; and of {parts[-1]}"
