"""Conditions on data about people in code, and what happens where they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.bounded import first
from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.marks._colours import colour_name
from witnessmark.analyses.marks._wording import Clause, Wording
from witnessmark.analyses.ownership import own_methods
from witnessmark.analyses.tables import KEPT_COLUMNS, RECORD_FIELDS
from witnessmark.facts.tables.code import FIELDS, INSTRUCTIONS
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import distinct
from witnessmark.flow.guards import Guard, guards
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.origins import (
    Added,
    Branch,
    Call,
    CallResult,
    Choice,
    Constant,
    Event,
    Origin,
    Origins,
    Store,
)
from witnessmark.flow.straight import static_constants
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.language import UNDETERMINED
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.effects import Effect
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.knowledge.packs.score_words import ScoreWords, Sense
from witnessmark.knowledge.people import PACKS as PEOPLE_PACKS
from witnessmark.knowledge.people import Classifier
from witnessmark.model.distinct import among

PACKS = ("record_marks", "effects", "score_words", *PEOPLE_PACKS)
"""Packs this needs."""

HIDES = ("marks/rule",)
WIDGET = kept_regex(r"(?:View|Dialog|Widget|Button|Layout|Drawable|Toast|Spinner|Bar)$")
"""Classes whose fields are about the screen."""

POINTS, SUM = "points", "points"
FEWEST_TESTS = 2
PERSONAL: frozenset[Sense] = frozenset({"age", "risk", "flag"})
MOST_BESIDE = 30
MOST_METHODS = 20_000
LONGEST_METHOD = 6000
"""Code units of a method that is looked into."""


class Consequence(Struct, frozen=True):
    """What happens: its role (see `packs.effects`, or ``points`` for a number added to a sum), in
    words, what is shown or named, where, and the value that is set.
    """

    role: str
    text: str
    detail: str
    pc: int
    value: str = ""


class Decision(Struct, frozen=True):
    """A condition in a method, what its names say, and what happens where it holds."""

    method: int
    pc: int
    clause: Clause
    senses: frozenset[Sense]
    categories: tuple[str, ...]
    consequences: tuple[Consequence, ...]


def decisions_of(app: Facts, know: Knowledge) -> tuple[Decision, ...]:
    """Decisions of the app's own code, by method and place, made once an app; ``know`` with
    `PACKS`.
    """
    return app.once(_decisions_of, know)


def _decisions_of(app: Facts, know: Knowledge) -> tuple[Decision, ...]:
    marks, effects = know.entries("record_marks", RecordMark), know.entries("effects", Effect)
    words = know.entries("score_words", ScoreWords)
    return tuple(Decisions(app, marks, effects, words, Classifier(know)))


class Decisions:
    """Reads the decisions of one app's own code."""

    def __init__(
        self,
        app: Facts,
        marks: Sequence[RecordMark],
        effects: Sequence[Effect],
        words: Sequence[ScoreWords],
        classifier: Classifier,
    ) -> None:
        self._app = app
        self._wording = Wording(app, marks)
        self._words = words
        self._classifier = classifier
        self._effects = self._by_callee(effects)
        self._senses = lru_cache(maxsize=1 << 14)(self._senses_of)
        self._categories = lru_cache(maxsize=1 << 14)(self._categories_of)
        self._colours = _colour_resources(app)
        self._records = _records_by_name(app)

    def __iter__(self) -> Iterator[Decision]:
        """Decisions by method and place."""
        reader, constants = CodeReader(self._app), static_constants(self._app)
        for method in self._candidates():
            code = reader.read(method)
            if code is None:
                continue
            events = list(Origins(self._app, code, constants).events())
            tests = [one for one in events if isinstance(one, Branch)]
            choices = [one for one in events if isinstance(one, Choice)]
            found = guards(code, tests, choices)
            yield from _without_counters(list(self._of_method(method, events, found)))

    def _by_callee(self, effects: Sequence[Effect]) -> Mapping[int, Effect]:
        by_member = {Member(one.owner, one.member): one for one in effects}
        names = CodeNames(self._app, framework_model())
        named = names.methods(by_member, below=True)
        return {method: by_member[members[0]] for method, members in named.items()}

    def _candidates(self) -> Sequence[int]:
        """The app's own methods with a branch, short enough."""
        app = self._app
        instructions, own = app.table(INSTRUCTIONS), own_methods(app)
        opcodes = instructions["opcode"]
        branch = ((opcodes >= 0x32) & (opcodes <= 0x3D)) | among(opcodes, (0x2B, 0x2C))
        methods = distinct(instructions["method"][branch])
        counts = np.bincount(instructions["method"], minlength=len(own))
        owned = [int(m) for m in methods.tolist() if own[m]]
        chosen = [method for method in owned if counts[method] <= LONGEST_METHOD]
        longest = [method for method in owned if counts[method] > LONGEST_METHOD]
        first(app, longest, 0, "long methods with decisions", "marks/rule", HIDES)
        return first(app, chosen, MOST_METHODS, "methods with decisions", "marks/rule", HIDES)

    def _of_method(
        self, method: int, events: Sequence[Event], found: Sequence[Guard]
    ) -> Iterator[Decision]:
        by_test: dict[tuple[int, str], list[Consequence]] = defaultdict(list)
        clauses: dict[tuple[int, str], Clause] = {}
        for guard in sorted(found, key=lambda one: (one.condition.test, not one.stated)):
            clause = self._wording.clause(guard.condition)
            if clause is None or any(WIDGET.search(name) for name in clause.left.names):
                continue
            key = guard.condition.test, clause.text
            clauses[key] = clause
            inside = [one for one in events if guard.first <= one.pc < guard.end]
            by_test[key] += [one for event in inside if (one := self._consequence(event))]
        near = tuple(dict.fromkeys(name for one in clauses.values() for name in one.left.names))
        for (pc, _), clause in clauses.items():
            names = clause.left.names
            senses = frozenset(sense for name in names for sense in self._senses(name))
            categories = tuple(
                dict.fromkeys(term for name in names[:2] for term in self._categories(name, near))
            )
            consequences = tuple(dict.fromkeys(by_test[pc, clause.text]))
            yield Decision(method, pc, clause, senses, categories, consequences)

    def _senses_of(self, name: str) -> frozenset[Sense]:
        return frozenset(one.sense for one in self._words if one.recognises(name))

    def _categories_of(self, name: str, near: tuple[str, ...]) -> tuple[str, ...]:
        """What a name says of people, beside names in its method and in records that hold it."""
        if len(name) < 2:
            return ()
        alone = self._classifier.classify(name)
        if not any("needs context" in why for why in alone.because):
            return alone.categories[:2]
        beside = (*self._records.get(name.casefold(), ()), *near[:MOST_BESIDE])
        return self._classifier.classify(name, UNDETERMINED, beside).categories[:2]

    def _consequence(self, event: Event) -> Consequence | None:
        if isinstance(event, Call):
            return self._of_call(event)
        if isinstance(event, Added):
            points = "1 point is" if event.number == 1 else f"{event.number} points are"
            return Consequence(POINTS, f"{points} added", str(event.number), event.pc)
        if isinstance(event, Store) and event.field >= 0 and isinstance(event.value, Constant):
            fields = self._app.table(FIELDS)
            name = self._app.string(int(fields["name"][event.field]))
            value = self._wording.constant(event.value)
            return Consequence("flag", f"“{name}” is set to {value}", name, event.pc, value)
        return None

    def _of_call(self, event: Call) -> Consequence | None:
        effect = self._effects.get(event.callee)
        if effect is None:
            return None
        if effect.position < 0:
            return Consequence(effect.role, effect.says, "", event.pc)
        at = effect.position + (1 if event.receiver else 0)
        given = event.arguments[at] if at < len(event.arguments) else None
        if effect.role in ("colour", "picture"):
            shown = self._colour(given) if given is not None else ""
        else:
            shown = self._wording.constant(given) if given is not None else ""
        if not shown:
            return None
        detail = shown
        if effect.role == "flag":
            key = event.arguments[at - 1]
            detail = key.text if isinstance(key, Constant) else ""
        if effect.role == "flag" and detail:
            return Consequence("flag", f"“{detail}” is set to {shown}", detail, event.pc, shown)
        return Consequence(effect.role, effect.says.format(shown), detail, event.pc, shown)

    def _colour(self, given: Origin) -> str:
        """A colour or picture in words: a number, a colour resource, a call that looks one up."""
        arguments = given.arguments if isinstance(given, CallResult) else ()
        for one in (given, *arguments):
            resource = self._wording.resource(one)
            if resource in self._colours:
                return self._colours[resource]
            if isinstance(one, Constant) and one.kind in ("int", "long"):
                number = int(one.text)
                if number & 0xFF000000 and not 0x7F000000 <= number < 0x80000000:
                    return colour_name(number & 0xFFFFFF)
            if isinstance(one, Constant) and one.kind == "string" and one.text.startswith("#"):
                digits = one.text[1:]
                if len(digits) in (6, 8):
                    return colour_name(int(digits[-6:], base=16)) if _is_hex(digits) else ""
        return ""


def _without_counters(decisions: list[Decision]) -> Iterator[Decision]:
    """Decisions of a method; sums count where at least two tests of data about people add to them,
    as points do, and not where they count one after another.
    """
    adding = {
        one.pc
        for one in decisions
        if (one.categories or one.senses & PERSONAL)
        and any(each.role == POINTS for each in one.consequences)
    }
    numbers = {each.detail for one in decisions for each in one.consequences if each.role == POINTS}
    if numbers <= {"1", "-1"}:
        adding = set()
    for one in decisions:
        if len(adding) >= FEWEST_TESTS:
            yield one
        elif SUM not in one.clause.left.names:
            kept = tuple(each for each in one.consequences if each.role != POINTS)
            yield replace(one, consequences=kept)


def _is_hex(text: str) -> bool:
    return all(letter in "0123456789abcdefABCDEF" for letter in text)


def _records_by_name(app: Facts) -> Mapping[str, tuple[str, ...]]:
    """Names of the first record that holds a name, by that name case folded."""
    records: dict[str, list[str]] = defaultdict(list)
    for schema, owner in ((KEPT_COLUMNS, "table"), (RECORD_FIELDS, "record")):
        for record, name in app.table(schema).rows(owner, "name"):
            records[record].append(name)
    found: dict[str, tuple[str, ...]] = {}
    for names in records.values():
        for name in names:
            found.setdefault(name.casefold(), tuple(names[:MOST_BESIDE]))
    return found


def _colour_resources(app: Facts) -> Mapping[int, str]:
    """Colours among the resources in words, pictures by their file, by id."""
    found: dict[int, str] = {}
    for resource, kind, text, data in app.table(RESOURCE_VALUES).rows(
        "resource", "kind", "text", "data"
    ):
        if kind == "color":
            found.setdefault(resource, colour_name(int(data) & 0xFFFFFF))
        elif kind == "string" and text.startswith("res/drawable"):
            name = text.rpartition("/")[2].partition(".")[0]
            found.setdefault(resource, f"the picture “{name}”")
    return found
