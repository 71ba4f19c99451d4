"""Comparisons: thresholds on scores, likeness, risk, age and counts.

What it finds
    In the app's own code: tests that hold a score, a likeness (of faces, voices, texts), a
    level of risk, an age or a count against a number.

Why it matters
    A threshold decides on whom a match falls: how alike is alike enough, from which score on
    somebody is suspicious, up to which age a child is a child.

How it decides
    What is compared must be named so (pack ``score_words``), as a field, a getter, a key of
    data or a call; an age may also be told by the lexicons. It is compared by order with a
    number that the code states. Counts are told only of data about people.

What it misses
    Thresholds that a server sends, that are computed or kept in native code, and values whose
    names were taken away. Whether the number is ever met is not known.

Example
    ``if (engine.compare(a, b).getSimilarity() >= 0.8f)``
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.marks._decisions import PACKS, Decision, decisions_of
from witnessmark.analyses.tables import KEPT_COLUMNS, RECORD_FIELDS, SDK_CLASSES
from witnessmark.facts.tables.code import CALLS, FIELDS, INSTRUCTIONS, METHODS, STRING_USES
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.origins import Constant
from witnessmark.flow.reach import reach_of
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding

COMPARISON = Analysis(
    id="marks/comparison",
    version=1,
    reads=(
        CALLS, FIELDS, INSTRUCTIONS, METHODS, STRING_USES, RESOURCES, RESOURCE_VALUES, SDK_CLASSES,
        KEPT_COLUMNS, RECORD_FIELDS, REACH,
    ),
    knows=PACKS,
)  # fmt: skip

ORDERED = frozenset({"is below", "is at least", "is above", "is at most"})
AGES = frozenset({"pd:Age", "pd:AgeExact", "pd:AgeRange", "pd:BirthDate"})
WHAT = {"likeness": "how alike two things are", "score": "a score", "risk": "a level of risk",
        "age": "an age", "count": "a count"}  # fmt: skip


@COMPARISON.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a threshold; a test and its opposite are one."""
    people = by_term(know.entries("people", Category))
    seen: set[tuple[int, int]] = set()
    for decision in decisions_of(app, know):
        what = _compared(decision)
        if what and (decision.method, decision.pc) not in seen:
            seen.add((decision.method, decision.pc))
            yield _finding(app, decision, what, people)


def _compared(decision: Decision) -> str:
    """What is held against a number, in words; empty where it is nothing of that kind."""
    right = decision.clause.right
    if decision.clause.verb not in ORDERED or not isinstance(right, Constant):
        return ""
    if right.kind not in ("int", "long", "float", "double") or right.text in ("0", "1", "-1"):
        return ""
    if decision.senses & {"likeness", "score", "risk"}:
        return next(WHAT[one] for one in ("likeness", "score", "risk") if one in decision.senses)
    if "age" in decision.senses or AGES & set(decision.categories[:1]):
        return WHAT["age"]
    if "count" in decision.senses and decision.categories:
        return WHAT["count"]
    return ""


def _finding(app: Facts, decision: Decision, what: str, people: Mapping[str, Category]) -> Finding:
    method = app.method_signature(decision.method)
    condition = decision.clause.text
    then = list(dict.fromkeys(one.text for one in decision.consequences))[:6]
    test = app.quote_instruction(
        f"the code tests whether {condition}", decision.method, decision.pc
    )
    results = tuple(
        app.quote_instruction(one.text, decision.method, one.pc)
        for one in decision.consequences[:6]
    )
    categories = tuple(term for term in decision.categories if term in people)
    return Finding(
        kind="marks.comparison",
        subject={
            "compared": decision.clause.left.text,
            "relation": decision.clause.verb,
            "threshold": decision.clause.right_text,
            "what": what,
            "then": then,
            "method": method,
        },
        says=f"The app holds {what} against a number: it tests whether {condition}.",
        evidence=(Evidence(f"{what} is compared", because=(test, *results)),),
        strength="derived",
        reach=reach_of(app, decision.method),
        categories=categories,
        special=any_special(categories, people),
        limits=("What is compared is told by its name, within one method.",),
        identity=f"{method}\0{decision.clause.left.text}\0{decision.clause.right_text}",
    )
