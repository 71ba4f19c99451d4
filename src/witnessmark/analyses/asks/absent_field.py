"""Fields of screens whose layout is not here: inputs that code looks up by their names.

What it finds
    Text fields, boxes, choices, dates and the like that code of the app looks up by id in a layout
    whose file is missing, with what code says of them: hint, choices, where the answer goes; and
    the screens that have such fields.

Why it matters
    Decompiled code is often handed on without its resources, or with a part of them. Its code still
    tells what a screen asks.

How it decides
    Code shows a layout of which no file is here, or no layout is here at all; it looks a view up by
    an id that no layout here has, and treats it as an input widget. A group of buttons of which
    one can be chosen is one field.

What it misses
    Labels and all words that stand in the layout; fields that code never looks up; views of a class
    that shows several layouts that are not here.

Example
    ``setContentView(R.layout.visit)`` and ``EditText e = (EditText) findViewById(R.id.et_faith);``
    without a file ``layout/visit.xml``
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from witnessmark.analyses.asks._bound import bounds, evidence_of, quote, requirements
from witnessmark.analyses.asks._choices import Choice, ChoiceList, quote_spot
from witnessmark.analyses.asks._code import Said, constants, outermost
from witnessmark.analyses.asks._layouts import Wording
from witnessmark.analyses.asks._pages import PACKS, Pages, pages_of
from witnessmark.analyses.asks._told import BINDING, KINDS, NO_BINDING, originals, quote_words
from witnessmark.analyses.asks._words import NO_WORDS, Words
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import FIELD_USES, INSTRUCTIONS, METHODS
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.forms.uses import Found
from witnessmark.flow.forms.values import Word
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.widgets import Widget, WidgetKind
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding

ABSENT_FIELD = Analysis(
    id="asks/absent_field",
    version=1,
    reads=(
        XML_FILES, XML_NODES, XML_ATTRIBUTES, RESOURCES, RESOURCE_VALUES, RESOURCE_ITEMS,
        INSTRUCTIONS, FIELD_USES, METHODS, SDK_CLASSES, REACH,
    ),
    knows=PACKS,
)  # fmt: skip

GROUP = "RadioGroup"
MOST_OPENINGS = 4
MOST_QUOTED = 40
NO_SCREEN = "Its words, and fields that code does not look up, are not known."
NO_LAYOUT = "The file of the screen is not here, so the words beside the field are not known."


class AbsentField(Struct, frozen=True):
    """An input of a layout that is not here: ``widget`` the class as which code treats it."""

    screen: str
    name: str
    widget: str
    kind: WidgetKind
    said: Said
    found: Found


@ABSENT_FIELD.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a screen and one a field."""
    pages = pages_of(app, know)
    for screen, names in pages.absent.items():
        fields = _without_grouped(
            [one for name in sorted(names) for one in _fields(pages, screen, name)]
        )
        if fields:
            yield _screen(app, pages, screen, fields)
        for one in fields:
            yield _finding(app, pages, one)


def _without_grouped(fields: list[AbsentField]) -> list[AbsentField]:
    """Without the buttons of a screen that has a group for them."""
    groups = [one for one in fields if one.widget.endswith(GROUP)]
    return [one for one in fields if not groups or one.kind != "radio" or one in groups]


def _screen(app: Facts, pages: Pages, name: str, fields: Sequence[AbsentField]) -> Finding:
    opened = [one for one in pages.code.openings(name) if one.place.method >= 0]
    classes = sorted({outermost(one.owner)[1:-1].replace("/", ".") for one in opened})
    number = "one thing" if len(fields) == 1 else f"{len(fields)} things"
    by = (
        f"; opened by {', '.join(one.rpartition('.')[2] for one in classes[:3])}" if classes else ""
    )
    places = [one.place for one in opened] or [fields[0].found.place]
    shown = "code shows the screen here" if opened else "code looks up a field of it here"
    return Finding(
        kind="asks.screen",
        subject={
            "name": name,
            "opened_by": classes,
            "inputs": len(fields),
            "fields": [one.name for one in fields],
            "layout": "absent",
        },
        says=f"The screen “{name}”, of which no file is here, lets people enter {number}, as far "
        f"as code tells{by}.",
        evidence=tuple(quote(app, shown, place) for place in places[:MOST_OPENINGS]),
        strength="derived",
        reach=best_reach(app, [one.method for one in places]),
        limits=(NO_SCREEN,),
        identity=name,
    )


def _fields(pages: Pages, screen: str, name: str) -> Iterator[AbsentField]:
    """The view ``name`` if code treats it as an input."""
    said = pages.code.said(screen, name)
    for cast in sorted(said.casts):
        widget = cast[1:-1].replace("/", ".")
        kind = _kind(pages.kinds.of_class(widget), cast)
        if kind is not None and said.found:
            yield AbsentField(screen, name, widget, kind, said, said.found[0])
            return


def _kind(widget: Widget | None, cast: str) -> WidgetKind | None:
    if cast.endswith(f"{GROUP};"):
        return "radio"
    return None if widget is None or widget.kind == "web" else widget.kind


def _hint(said: Said) -> Words:
    for shown in said.shown:
        for value in constants(shown.values) if shown.what == "hint" else ():
            if isinstance(value, Word):
                return Words(((Wording("", value.text), -1),), -1, value.string, shown.place)
    return NO_WORDS


def _choices(pages: Pages, said: Said) -> ChoiceList | None:
    for filled in said.filled:
        found = pages.lists.of_value(filled.source)
        if found is not None and len(found.choices) > 1:
            return found
    return None


def _finding(app: Facts, pages: Pages, one: AbsentField) -> Finding:
    hint = _hint(one.said)
    choices = _choices(pages, one.said)
    goes = bounds((one.said,), one.name, pages.code)
    rules = requirements((one.said,), pages.code)
    listed = choices.choices if choices is not None else ()
    subject: dict[str, Any] = {
        "screen": one.screen,
        "label": "",
        "hint": hint.default,
        "name": one.name,
        "widget": one.widget.removeprefix("android.widget."),
        "input": one.kind,
        "choices": [{"code": choice.code, "label": choice.label} for choice in listed],
        "bound_to": goes[0].name if goes else "",
        "layout": "absent",
    }
    if len(goes) > 1 or (goes and goes[0].where):
        subject["goes_to"] = [bound.told() for bound in goes]
    if rules.pop("required", False):
        subject["required"] = True
    if rules:
        subject["validation"] = dict(sorted(rules.items()))
    evidence = (
        quote(app, f"code looks up “{one.name}”", one.found.place),
        *quote_words(app, "hint", hint),
        *_listed(app, choices),
        *(inner for bound in goes for inner in evidence_of(app, bound)),
    )
    return Finding(
        kind="asks.field",
        subject=subject,
        says=_sentence(one, hint.default, goes[0].name if goes else ""),
        evidence=evidence,
        strength="derived",
        reach=best_reach(app, [one.found.place.method]),
        original=originals(NO_WORDS, hint),
        limits=(NO_LAYOUT, BINDING if goes else NO_BINDING),
        identity=f"{one.screen}\0{one.name}",
    )


def _sentence(one: AbsentField, hint: str, goes: str) -> str:
    said = f" “{hint}”" if hint else ""
    end = f"; the answer goes under the name “{goes}”" if goes else ""
    return (
        f"Code uses {KINDS[one.kind]}{said} named “{one.name}” on the screen “{one.screen}”, "
        f"of which no file is here{end}."
    )


def _listed(app: Facts, choices: ChoiceList | None) -> Iterator[Evidence]:
    shown: Sequence[Choice] = choices.choices[:MOST_QUOTED] if choices is not None else ()
    for choice in shown:
        quoted = quote_spot(app, choice.at, f"one of its choices: {choice.label}")
        if quoted is not None:
            yield quoted
