"""Fields: each single thing that a screen lets people enter.

What it finds
    Text fields, choices, boxes, dates and captures on the app's own screens, with label, hint,
    kind of input, choices, whether an answer is required and what it must be like, when the
    field is shown, and where the answer goes, in every language the app brings.

Why it matters
    Fields are the questions of the system, one by one: a field “religious belief” is the most
    direct trace of an interest in it.

How it decides
    An element is a field when its class, or one above it, is a known input widget; when it is a
    text into which code puts what was chosen in a dialog or picker; when people tap on it or on
    its row and its text goes into a record; or when it is a view of the app's own that holds an
    input. Its label is, in this order: the text bound to it by
    ``labelFor``; its own text (boxes); its wrapper's hint; the text left of it in its row, or the
    heads of its row and column in a grid; the text right above it that is no heading; its content
    description; text that stands in it. Texts, hints and choices that code sets count too. What
    becomes of the answer is followed through the app's own code (`flow.forms`).

What it misses
    Answers that go through code which is not there, native code, or ways that are not followed
    (docs/blind-spots.md). Fields made in code are told by ``asks/code_field``, those of web pages
    by ``asks/web_field``.

Example
    ``<TextView text="@string/faith"/><EditText id="@+id/edit_faith"/>`` and
    ``json.put("faith", faith.getText().toString())``
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from witnessmark.analyses.asks._bound import bounds, evidence_of, quote, requirements
from witnessmark.analyses.asks._choices import quote_spot
from witnessmark.analyses.asks._conditions import Condition, Conditions
from witnessmark.analyses.asks._inputs import Input, is_replaced
from witnessmark.analyses.asks._layouts import View
from witnessmark.analyses.asks._pages import PACKS, Page, Pages, pages_of
from witnessmark.analyses.asks._told import (
    BINDING,
    KINDS,
    NO_BINDING,
    NO_LOOKUP,
    REPLACED,
    element,
    originals,
    quote_words,
)
from witnessmark.analyses.contract import Analysis, Row
from witnessmark.analyses.tables import FIELD_ANSWERS, FIELD_CHOICES, SDK_CLASSES
from witnessmark.facts.tables.code import FIELD_USES, INSTRUCTIONS, METHODS
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach
from witnessmark.model.gap import Gap

FIELD = Analysis(
    id="asks/field",
    version=2,
    reads=(
        XML_FILES, XML_NODES, XML_ATTRIBUTES, RESOURCES, RESOURCE_VALUES, RESOURCE_ITEMS,
        INSTRUCTIONS, FIELD_USES, METHODS, SDK_CLASSES, REACH,
    ),
    writes=(FIELD_ANSWERS, FIELD_CHOICES),
    knows=PACKS,
)  # fmt: skip

MOST_QUOTED = 40


@FIELD.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding | Gap | Row]:
    """Yield one finding a field, where its answer is taken, a gap where code was not followed."""
    pages = pages_of(app, know)
    yield from _gaps(app, pages)
    for page in pages.pages:
        reach = page.screen.reach(app)
        named = {one.name: one for one in page.inputs if one.name}
        conditions = Conditions(pages.code, page.screen.name, named, page.speaker, page.tabs)
        titles, identities = _titles(page), _identities(page)
        for number, one in enumerate(page.inputs):
            if one.kind != "web":
                named_as = (titles[number], identities[number])
                told = _Told(app, pages, page, (number, one), named_as)
                yield told.finding(conditions.of(one.view), reach)
                yield from _answers(page.screen.name, number + 1, one, titles[number])
                yield from _offers(page.screen.name, number + 1, one)


def _offers(screen: str, number: int, one: Input) -> Iterator[Row]:
    if one.choices is not None:
        label = one.label.default or one.hint.default
        labels = "\n".join(" ".join(text.split()) for text in one.choices.labels)
        yield Row(FIELD_CHOICES, (screen, number, one.name, label, labels))


def _titles(page: Page) -> list[str]:
    """What each field of a screen is called: its label, else its hint; both where several fields
    share a label and have hints of their own.
    """
    shared = Counter(one.label.default for one in page.inputs)
    titles = []
    for one in page.inputs:
        label, hint = one.label.default, one.hint.default
        both = label and hint and hint != label and shared[label] > 1
        titles.append(f"{label.rstrip(':： ')}: {hint}" if both else label or hint)
    return titles


def _identities(page: Page) -> list[str]:
    """What tells the fields of a screen apart: the id, and its place where an id comes again."""
    seen: Counter[str] = Counter()
    found = []
    for number, one in enumerate(page.inputs):
        seen[one.name] += 1
        again = f"\0{seen[one.name]}" if one.name and seen[one.name] > 1 else ""
        found.append(f"{page.screen.name}\0{one.name or number}{again}")
    return found


def _answers(screen: str, number: int, one: Input, title: str) -> Iterator[Row]:
    label = one.label.default or one.hint.default
    langs = {w.text: w.locale for said in (one.label, one.hint) for w, _ in said.texts}
    for place in dict.fromkeys(place for said in one.said for place in said.answered):
        lang = langs.get(label) or "und"
        values = (screen, number, one.name, title, lang, place.method, place.pc)
        yield Row(FIELD_ANSWERS, values)


def _gaps(app: Facts, pages: Pages) -> Iterator[Gap]:
    """What stays unknown where following the code of screens came to its limits."""
    short, left = pages.uses.short, pages.uses.left
    what = "where answers go, words and conditions may be missing"
    if short:
        first = app.method_signature(short[0])
        why = f"the code of {len(short)} methods that handle screens was not followed to its end"
        why += f", the first is {first}; {what}"
        yield Gap("asks/field", why, ("asks",))
    if left:
        why = (
            f"{left} methods that may handle screens were not followed, as enough code was; {what}"
        )
        yield Gap("asks/field", why, ("asks",))


class _Told:
    """One field with all that is to be said of it."""

    def __init__(
        self, app: Facts, pages: Pages, page: Page, numbered: tuple[int, Input],
        named_as: tuple[str, str],
    ) -> None:  # fmt: skip
        self._app = app
        self._title, self._identity = named_as
        self._screen = page.screen
        self._number, self._one = numbered
        self._bounds = bounds(self._one.said, self._one.name, pages.code)
        self._rules = {**_xml_rules(self._one.view), **requirements(self._one.said, pages.code)}

    def finding(self, condition: Condition | None, reach: Reach) -> Finding:
        one = self._one
        label, hint = one.label.default, one.hint.default
        listed = one.choices.choices if one.choices is not None else ()
        best = self._bounds[0].name if self._bounds else ""
        subject: dict[str, Any] = {
            "screen": self._screen.name,
            "label": label,
            "hint": hint,
            "name": one.name,
            "widget": one.widget,
            "input": one.view.get("inputType") or one.kind,
            "choices": [{"code": choice.code, "label": choice.label} for choice in listed],
            "bound_to": best,
            "number": self._number + 1,
        }
        if len(self._bounds) > 1 or (self._bounds and self._bounds[0].where):
            subject["goes_to"] = [bound.told() for bound in self._bounds]
        if self._rules.pop("required", False):
            subject["required"] = True
        if self._rules:
            subject["validation"] = dict(sorted(self._rules.items()))
        if condition is not None:
            subject["condition"] = condition.words
        return Finding(
            kind="asks.field",
            subject=subject,
            says=self._sentence(condition),
            evidence=tuple(self._evidence(condition)),
            strength="read",
            reach=reach,
            original=originals(one.label, one.hint),
            limits=self._limits(),
            identity=self._identity,
        )

    def _limits(self) -> tuple[str, ...]:
        one = self._one
        listed = one.choices is not None and one.choices.place is None and bool(one.choices.name)
        replaced = listed and any(map(is_replaced, one.said))
        return (*self._limits_of_binding(), *([REPLACED] if replaced else []))

    def _limits_of_binding(self) -> tuple[str, ...]:
        if self._bounds:
            return (BINDING,)
        met = any(one.found or one.answered for one in self._one.said)
        met = met or not len(self._app.table(METHODS))
        return (NO_BINDING,) if met else (NO_BINDING, NO_LOOKUP)

    def _sentence(self, condition: Condition | None) -> str:
        one = self._one
        named = self._title
        title = f"“{named}”" if named else f"without words of its own, named “{one.name}”"
        if not named and not one.name:
            title = "without words of its own"
        says = f"The screen “{self._screen.name}” has {KINDS[one.kind]} {title}"
        if self._bounds:
            bound = self._bounds[0]
            says += f"; the answer goes under the name “{bound.name}”"
        if condition is not None:
            says += f"; it is {condition.words}"
        return f"{says}."

    def _evidence(self, condition: Condition | None) -> Iterator[Evidence]:
        app, one = self._app, self._one
        yield element(app, self._screen.name, one.view, one.name)
        yield from quote_words(app, "label", one.label)
        yield from quote_words(app, "hint", one.hint)
        if one.choices is not None:
            if one.choices.place is not None and one.choices.place.method >= 0:
                yield quote(app, "code gives it its choices", one.choices.place)
            for choice in one.choices.choices[:MOST_QUOTED]:
                quoted = quote_spot(app, choice.at, f"one of its choices: {choice.label}")
                if quoted is not None:
                    yield quoted
        for said in one.said:
            for found in said.found[:1]:
                yield quote(app, "code looks it up by its id", found.place)
        for bound in self._bounds:
            yield from evidence_of(app, bound)
        if condition is not None:
            yield quote(app, f"it is {condition.words}", condition.shown.place)


def _xml_rules(view: View) -> dict[str, Any]:
    """What the layout itself demands of an answer."""
    found: dict[str, Any] = {}
    for name in ("maxLength", "digits", "pattern"):
        if view.get(name):
            found["length" if name == "maxLength" else name] = (
                f"<= {view.get(name)}" if name == "maxLength" else view.get(name)
            )
    return found
