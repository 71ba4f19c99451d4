"""Drawn fields: inputs of screens that Jetpack Compose draws, which no layout holds.

What it finds
    Text fields, boxes to tick, switches and choices that functions of Jetpack Compose draw, with
    the words of their label and of the hint inside them, as constants or resources; a function of
    the app that draws a field with the label that it is given, once for each label.

Why it matters
    Newer apps have no layout files: all of their questions stand in code.

How it decides
    A call to a function of pack `screen_toolkits` draws a field. Its label is what the function
    draws that the call hands over as label, followed back to where it is made; where none is
    handed over, the one text that is drawn between the field before and this one (for boxes and
    choices, behind it first). Where a shrinker gave the classes other names, the composer is the
    class that most functions are handed last, and a text field what is handed a text, a function of
    one value and functions that draw. Fields of which no words are known are not told; a gap counts
    them.

What it misses
    Words that a server or a loop decides; boxes and choices in renamed toolkits, and text fields
    whose functions were inlined; where the answer goes; which words a renamed toolkit shows as
    label and which inside the field.

Example
    ``OutlinedTextField(value, onChange, label = { Text("Surname") })``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from witnessmark.analyses.asks._bound import quote
from witnessmark.analyses.asks._composed import ComposedField, composed_fields
from witnessmark.analyses.asks._listed import Row, listed
from witnessmark.analyses.asks._told import KINDS, NO_BINDING, originals, quote_words
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import (
    CALLS,
    CLASSES,
    FIELD_USES,
    INSTRUCTIONS,
    METHODS,
    STRING_USES,
    TYPE_USES,
)  # fmt: skip
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.gloss import PACKS as GLOSS_PACKS
from witnessmark.knowledge.gloss import Glossary
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.screen_toolkits import ScreenToolkit
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding

DRAWN_FIELD = Analysis(
    id="asks/drawn_field",
    version=1,
    reads=(
        CALLS, CLASSES, FIELD_USES, INSTRUCTIONS, MEMBERS, METHODS, RESOURCES, RESOURCE_VALUES,
        STRING_USES, TYPE_USES, SDK_CLASSES, REACH,
    ),
    knows=("screen_toolkits", *GLOSS_PACKS),
)  # fmt: skip

MOST_QUOTED = 40
SHORT = 2
"""Letters of a name that a shrinker gave."""


@DRAWN_FIELD.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a function that draws fields, and one a field."""
    glossary = Glossary(know)
    for toolkit in know.entries("screen_toolkits", ScreenToolkit):
        screens: dict[str, list[ComposedField]] = defaultdict(list)
        for one in composed_fields(app, toolkit).fields:
            screens[f"{one.screen}.{one.function}"].append(one)
        for name, fields in sorted(screens.items()):
            yield _screen(app, glossary, toolkit, (name, fields))
            for number, field in enumerate(fields, 1):
                yield _finding(app, toolkit, (name, field), number)


def _screen(
    app: Facts,
    glossary: Glossary,
    toolkit: ScreenToolkit,
    told: tuple[str, Sequence[ComposedField]],
) -> Finding:
    name, fields = told
    rows = [
        Row(one.title, "", one.kind, number, hint=one.hint.default if one.label.default else "")
        for number, one in enumerate(fields, 1)
    ]
    what = f"{len(fields)} field{'s'[: len(fields) != 1]}"
    return Finding(
        kind="asks.screen",
        subject={
            "name": name,
            "opened_by": [fields[0].screen],
            "opens_as": [f"drawn by {toolkit.toolkit}"],
            "inputs": len(fields),
            "fields": [one.title for one in fields],
            "texts": sum(bool(one.label.default) for one in fields),
            "drawing": listed(rows, lambda text: _english(glossary, text)),
        },
        says=f"Code of {_spoken(fields[0])} makes {what} for people to fill in.",
        evidence=tuple(
            quote(app, "code draws a field here", one.place) for one in fields[:MOST_QUOTED]
        ),
        strength="derived",
        reach=best_reach(app, [one.place.method for one in fields]),
        identity=f"drawn\0{name}",
    )


def _finding(
    app: Facts, toolkit: ScreenToolkit, told: tuple[str, ComposedField], number: int
) -> Finding:
    name, one = told
    label, hint = one.label.default, one.hint.default
    return Finding(
        kind="asks.field",
        subject={
            "screen": name,
            "label": label,
            "hint": hint,
            "name": "",
            "widget": toolkit.toolkit,
            "input": one.kind,
            "choices": [],
            "bound_to": "",
            "made_in_code": True,
            "number": number,
        },
        says=f"Code of {_spoken(one)} makes {KINDS[one.kind]} “{label or hint}”.",
        evidence=tuple(_evidence(app, one)),
        strength="derived",
        reach=best_reach(app, [one.place.method]),
        original=originals(one.label, one.hint),
        limits=(NO_BINDING,),
        identity=f"{name}\0{number}\0{label}\0{hint}",
    )


def _evidence(app: Facts, one: ComposedField) -> Iterator[Evidence]:
    yield quote(app, "code draws the field here", one.drawn)
    if one.place != one.drawn:
        yield quote(app, "this call asks for it", one.place)
    yield from quote_words(app, "label", one.label)
    yield from quote_words(app, "hint", one.hint)


def _spoken(one: ComposedField) -> str:
    """The function of a file, else class and method, in full where their names were shortened."""
    if one.screen.endswith("Kt"):
        return one.function
    simple = one.screen.rpartition(".")[2]
    return f"{simple if len(simple) > SHORT else one.screen}.{one.function}"


def _english(glossary: Glossary, text: str) -> str:
    found = None if text.isascii() else glossary.gloss(text, "und")
    return "" if found is None else found.text
