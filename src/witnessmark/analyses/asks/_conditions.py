"""When a field is shown: the branches in which code shows or hides it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from witnessmark.analyses.asks._code import Code
from witnessmark.analyses.asks._inputs import Input
from witnessmark.analyses.asks._layouts import View
from witnessmark.analyses.asks._words import Speaker
from witnessmark.flow.forms.uses import Shown
from witnessmark.flow.forms.values import (
    Answer,
    Guard,
    Item,
    Number,
    Resource,
    Symbol,
    Test,
    Value,
    Word,
    uncoded,
)  # fmt: skip

VISIBLE, INVISIBLE, GONE = 0, 4, 8
MOST_TOLD = 3

PLATFORM_VERSIONS = frozenset({"Build.SDK_INT", "Build.SDK", "Build.RELEASE"})
"""Fields of the platform on which no person or answer has a say."""


def _place_of(guard: Guard) -> tuple[int, int, str]:
    return guard.test.place.method, guard.test.place.pc, repr(guard)


class Condition(Struct, frozen=True):
    """Words for when a view is shown or hidden, and the place that does it."""

    words: str
    shown: Shown


class Conditions:
    """Conditions of one screen."""

    def __init__(
        self, code: Code, layout: str, inputs: Mapping[str, Input], speaker: Speaker,
        tabs: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self._code = code
        self._layout = layout
        self._inputs = inputs
        self._speaker = speaker
        self._tabs = tabs

    def of(self, view: View) -> Condition | None:
        """When code shows a view, or what it stands in; None when it always does."""
        at: View | None = view
        while at is not None:
            name = at.get("id").rpartition("/")[2]
            found = (
                self._of_id(name, at.get("visibility") in ("gone", "invisible")) if name else None
            )
            if found is not None:
                return found
            at = at.parent
        return None

    def _of_id(self, name: str, hidden_at_first: bool) -> Condition | None:
        shows: list[Shown] = []
        hides: list[Shown] = []
        for shown in self._code.said(self._layout, name).shown:
            if shown.what not in ("visibility", "visible"):
                continue
            for value in map(uncoded, shown.values):
                if isinstance(value, Number):
                    is_shown = (value.value == VISIBLE) == (shown.what == "visibility")
                    (shows if is_shown else hides).append(shown)
        for told, form in ((shows, "shown only if {}"), (hides, "hidden if {}")):
            for shown in told:
                words = " and ".join(self._told(shown))
                if words and (hidden_at_first or hides or told is hides):
                    return Condition(form.format(words), shown)
        return None

    def _told(self, shown: Shown) -> Iterator[str]:
        found = []
        for guard in sorted(shown.guards, key=_place_of):
            words = self.words(guard)
            if words and words not in found:
                found.append(words)
        yield from found[-MOST_TOLD:]

    def words(self, guard: Guard) -> str:
        """A branch in words; empty for one that says nothing to a reader."""
        test, outcome = guard.test, guard.outcome
        subject = self._subject(test.of)
        if not subject:
            return ""
        if test.asks == "checked":
            return f"{subject} is {'' if outcome else 'not '}ticked"
        if test.asks in ("empty", "not empty"):
            return f"{subject} is {'' if (test.asks == 'empty') == outcome else 'not '}empty"
        if test.asks == "set":
            return f"{subject} is {'' if outcome else 'not '}set"
        if test.asks in ("length", "size") and isinstance(test.other, Word) and outcome:
            what = "the length of " if test.asks == "length" else ""
            return f"{what}{subject} is {test.other.text}"
        if test.asks == "equals":
            other = self._other(test)
            return f"{subject} is {'' if outcome else 'not '}{other}" if other else ""
        return ""

    def _subject(self, value: Value) -> str:
        if isinstance(value, Answer):
            if value.view.name in self._tabs:
                return ""
            one = self._inputs.get(value.view.name)
            title = one.title if one is not None and one.title else value.view.name
            return f"the answer “{title.strip(' :：')}”"
        if isinstance(value, Item):
            return self._subject(value.by)
        if isinstance(value, Symbol) and value.says not in PLATFORM_VERSIONS:
            return value.says if value.says.startswith("setting") else f"“{value.says}”"
        return ""

    def _other(self, test: Test) -> str:
        other = uncoded(test.other)
        answer = test.of.by if isinstance(test.of, Item) else test.of
        one = self._inputs.get(answer.view.name) if isinstance(answer, Answer) else None
        if isinstance(other, Word):
            return f"“{other.text}”"
        if isinstance(other, Resource):
            if one is not None and one.choices is not None and other.name in one.also:
                labels = {c.code: c.label for c in one.choices.choices}
                label = labels.get(other.name) or one.choices.labels[one.also.index(other.name)]
                return f"“{label}”"
            return f"“{other.name}”"
        if isinstance(other, Number):
            if (
                one is not None
                and one.choices is not None
                and 0 <= other.value < len(one.choices.choices)
            ):
                return f"“{one.choices.labels[other.value]}”"
            return str(other.value)
        return ""
