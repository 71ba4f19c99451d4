"""Rules: conditions on data about people that put a mark on them.

What it finds
    In the app's own code: tests of what is recorded of a person (a field, a key of a reply, a
    form's text) behind which a colour changes, an alarm goes off, a message calls the person
    something, a mark is written, or points are added to a sum.

Why it matters
    Such a condition is the place where data becomes suspicion: what counts against somebody,
    and what the operator then sees.

How it decides
    Values are followed within a method back to calls, fields and keys; branches say under
    which condition an instruction runs. A rule is told when what is tested is named as data
    about people (lexicons of `classify`) or as a score, risk or mark (pack ``score_words``), is
    compared with something other than nothing, and what runs then is an effect of the pack
    ``effects`` that marks: a colour, an alarm, a message in words that sort people, a field or
    key of such a name.

What it misses
    Rules on a server, in scripts or native code; conditions that several methods share;
    values whose names were taken away. It does not show how often the condition holds.

Example
    ``if ("1".equals(person.getIsWanted())) name.setTextColor(Color.RED)``
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.marks._decisions import (
    PACKS,
    POINTS,
    SUM,
    Consequence,
    Decision,
    decisions_of,
)
from witnessmark.analyses.marks._telling import trait_index
from witnessmark.analyses.tables import KEPT_COLUMNS, RECORD_FIELDS, SDK_CLASSES
from witnessmark.facts.tables.code import CALLS, FIELDS, INSTRUCTIONS, METHODS, STRING_USES
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.origins import Constant
from witnessmark.flow.reach import reach_of
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.knowledge.packs.score_words import ScoreWords
from witnessmark.knowledge.packs.traits import TraitIndex
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import About, Finding

RULE = Analysis(
    id="marks/rule",
    version=1,
    reads=(
        CALLS, FIELDS, INSTRUCTIONS, METHODS, STRING_USES, RESOURCES, RESOURCE_VALUES, SDK_CLASSES,
        KEPT_COLUMNS, RECORD_FIELDS, REACH,
    ),
    knows=(*PACKS, "traits"),
)  # fmt: skip

MOST_TESTS = 6
MARKING = frozenset({"risk", "flag"})
RELATIVES = frozenset({"wm:Relatives", "pd:Family"})
PLAIN = ("black", "white", "grey")
"""Colours that mark nobody."""

NOTHING = frozenset({"“”", "null", "", "“null”"})


@RULE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a rule."""
    words = know.entries("score_words", ScoreWords)
    traits = know.once(trait_index)
    people = by_term(know.entries("people", Category))
    together: dict[tuple[int, tuple[Consequence, ...]], list[Decision]] = {}
    for decision in decisions_of(app, know):
        if not _is_about_people(decision):
            continue
        marking = tuple(
            one for one in decision.consequences if _marks(one, decision, words, traits)
        )
        if marking:
            together.setdefault((decision.method, marking), []).append(decision)
    for (_, marking), decisions in together.items():
        yield _finding(app, decisions[:MOST_TESTS], marking, people)


def _is_about_people(decision: Decision) -> bool:
    """Whether what is tested is data about people or a mark, and compared with something."""
    right = decision.clause.right
    if isinstance(right, Constant) and (
        decision.clause.right_text in NOTHING or (right.text == "0" and not decision.senses)
    ):
        return False
    if any(one.role == POINTS for one in decision.consequences):
        return True
    if right is None and not decision.senses & MARKING:
        return False
    return bool(decision.categories) or bool(decision.senses & {*MARKING, "score", "likeness"})


def _marks(
    one: Consequence, decision: Decision, words: tuple[ScoreWords, ...], traits: TraitIndex
) -> bool:
    """Whether something that happens puts a mark on somebody."""
    if one.role == "colour":
        return not one.detail.startswith(PLAIN)
    if one.role in ("alarm", "picture", POINTS):
        return True
    if one.role == "flag" and SUM in decision.clause.left.names:
        return True
    if one.role == "flag" and one.detail in decision.clause.left.names:
        return False
    if one.role == "message":
        text = one.detail.strip("“”")
        sorts = {trait.trait for trait in traits.named_by(text)} & SORTING
        return bool(sorts) and text != decision.clause.right_text.strip("“”")
    if any(word.sense in MARKING and word.recognises(one.detail) for word in words):
        return True
    value = one.value.strip("“”")
    if not one.value.startswith("“") or value == decision.clause.right_text.strip("“”"):
        return False
    return bool({trait.trait for trait in traits.named_by(value)} & SORTING)


SORTING = frozenset({"person_kind", "petition", "crime", "lawful_behaviour", "politics"})
"""Traits whose words in a message are a mark; others merely repeat a datum."""


def _finding(
    app: Facts,
    decisions: list[Decision],
    marking: tuple[Consequence, ...],
    people: Mapping[str, Category],
) -> Finding:
    """A rule whose tests must all hold for the same things to happen; the same rule in several
    methods is one.
    """
    row = decisions[0].method
    method = app.method_signature(row)
    then = list(dict.fromkeys(one.text for one in marking))
    condition = " and ".join(dict.fromkeys(one.clause.text for one in decisions))
    tests = tuple(
        app.quote_instruction(f"the code tests whether {one.clause.text}", row, one.pc)
        for one in decisions
    )
    results = tuple(app.quote_instruction(one.text, row, one.pc) for one in marking[:8])
    terms = dict.fromkeys(term for one in decisions for term in one.categories)
    categories = tuple(term for term in terms if term in people)
    relatives = bool(RELATIVES & set(categories))
    return Finding(
        kind="marks.rule",
        subject={
            "condition": condition,
            "then": then,
            "method": method,
            "through_relatives": relatives,
        },
        says=f"Where {condition}, {_joined(then)}.",
        evidence=(Evidence(f"where {condition}, {_joined(then)}", because=(*tests, *results)),),
        strength="derived",
        reach=reach_of(app, row),
        categories=categories,
        special=any_special(categories, people),
        about=_about(relatives=relatives),
        limits=(
            "The condition is read from names in the code; what they hold is not known.",
            "It does not show how often it holds.",
        ),
        identity=f"{condition}\0{' '.join(then)}",
    )


def _about(*, relatives: bool) -> About:
    return "third_person" if relatives else "unknown"


def _joined(then: list[str]) -> str:
    shown = then[:4]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
