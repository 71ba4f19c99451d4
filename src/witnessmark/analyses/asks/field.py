"""Fields: each single thing that a screen lets people enter.

What it finds
    Text fields, choices, boxes, dates and captures on the app's own screens, with label, hint,
    kind of input and fixed choices, in every language the app brings.

Why it matters
    Fields are the questions of the system, one by one: a field “religious belief” is the most
    direct trace of an interest in it.

How it decides
    An element is a field when its class ends like a known input widget. Its label is, in this
    order: the text bound to it by ``labelFor``, its own text (boxes), the text before it in the
    same row, its wrapper's hint, its content description. Choices come from ``entries``.

What it misses
    Fields made in code or by web pages; labels set while running; choices filled in by code;
    where the answer goes (``bound_to`` stays empty).

Example
    ``<TextView text="@string/faith"/><EditText id="@+id/edit_faith"/>``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from witnessmark.analyses.asks._inputs import Input, Words, inputs_of
from witnessmark.analyses.asks._screens import Screen, screens
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import FIELD_USES, INSTRUCTIONS, METHODS
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.widgets import Widget
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach

FIELD = Analysis(
    id="asks/field",
    version=1,
    reads=(
        XML_FILES, XML_NODES, XML_ATTRIBUTES, RESOURCES, RESOURCE_VALUES, RESOURCE_ITEMS,
        INSTRUCTIONS, FIELD_USES, METHODS, SDK_CLASSES, REACH,
    ),
    knows=("widgets", "library_layouts"),
)  # fmt: skip

KINDS: Mapping[str, str] = {
    "text": "a text field", "choice": "a choice from a list", "check": "a box to tick or a switch",
    "radio": "one of several exclusive choices", "date": "a date or time", "number": "a number",
    "capture": "something captured by camera or finger", "web": "a web page inside the app",
}  # fmt: skip


@FIELD.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a field."""
    widgets = know.entries("widgets", Widget)
    for screen in screens(app, know):
        reach = (
            best_reach(app, [opening.method for opening in screen.openings])
            if screen.openings
            else Reach("unreached")
        )
        for number, one in enumerate(inputs_of(app, screen.root, widgets)):
            if one.widget.kind != "web":
                yield _finding(app, screen, number, one, reach)


def _finding(app: Facts, screen: Screen, number: int, one: Input, reach: Reach) -> Finding:
    label, hint = one.label.default, one.hint.default
    entries = _array_name(one)
    choices = array_texts(app).get(entries, ())
    title = (
        f"“{label or hint}”" if label or hint else f"without words of its own, named “{one.name}”"
    )
    return Finding(
        kind="asks.field",
        subject={
            "screen": screen.name,
            "label": label,
            "hint": hint,
            "name": one.name,
            "widget": one.view.class_name,
            "input": one.view.get("inputType"),
            "choices": [{"code": str(i), "label": text} for i, (text, _) in enumerate(choices)],
            "bound_to": "",
        },
        says=f"The screen “{screen.name}” has {KINDS[one.widget.kind]} {title}.",
        evidence=(
            _element(app, screen, one),
            *_quotes(app, "label", one.label),
            *_quotes(app, "hint", one.hint),
            *(_choice(app, row, text) for text, row in choices[:40]),
        ),
        strength="read",
        reach=reach,
        original=_originals(one),
        limits=("It does not show what becomes of the answer.",),
        identity=f"{screen.name}\0{one.name or number}",
    )


def _array_name(one: Input) -> str:
    return one.view.get("entries").removeprefix("@").rpartition(":")[2]


def _originals(one: Input) -> tuple[Original, ...]:
    texts = [wording for said in (one.label, one.hint) for wording, _ in said.texts]
    english = next((w.text for w in texts if w.locale.startswith("en")), "")
    found = {
        Original(w.text, w.locale or "und", english if w.text != english else "") for w in texts
    }
    return tuple(
        sorted(found, key=lambda original: (original.lang != "und", original.lang, original.text))
    )


def _element(app: Facts, screen: Screen, one: Input) -> Evidence:
    nodes = app.table(XML_NODES)
    row = one.view.row
    return app.quote(
        f"the layout holds the element {one.view.class_name}"
        + (f" named {one.name}" if one.name else ""),
        int(nodes["artifact"][row]),
        int(nodes["offset"][row]),
        int(nodes["length"][row]),
        "hex",
        {"layout": screen.name, "element": one.view.class_name, "line": int(nodes["line"][row])},
    )


def _quotes(app: Facts, what: str, said: Words) -> Iterator[Evidence]:
    for wording, row in said.texts:
        schema = XML_ATTRIBUTES if row < 0 else RESOURCE_VALUES
        table, at = app.table(schema), said.attribute if row < 0 else row
        locale = f" for locale {wording.locale}" if wording.locale else ""
        yield app.quote(
            f"its {what}{locale}",
            int(table["artifact"][at]),
            int(table["offset"][at]),
            int(table["length"][at]),
            table["reads_as"][at],
        )


def _choice(app: Facts, row: tuple[str, int], text: str) -> Evidence:
    table = app.table(RESOURCE_ITEMS if row[0] == "item" else RESOURCE_VALUES)
    return app.quote(
        f"one of its choices: {text}",
        int(table["artifact"][row[1]]),
        int(table["offset"][row[1]]),
        int(table["length"][row[1]]),
        table["reads_as"][row[1]],
    )


Choices = tuple[tuple[str, tuple[str, int]], ...]


@lru_cache(maxsize=2)
def array_texts(facts: Facts) -> Mapping[str, Choices]:
    """``array/name`` to its texts in the default locale, each with the row that holds it."""
    values, items = facts.table(RESOURCE_VALUES), facts.table(RESOURCE_ITEMS)
    names = {
        resource: f"array/{name}"
        for resource, kind, name in facts.table(RESOURCES).rows("resource", "type", "name")
        if kind == "array"
    }
    bags = {
        row: names[resource]
        for row, (resource, locale, configuration) in enumerate(
            values.rows("resource", "locale", "configuration")
        )
        if resource in names and not locale and not configuration
    }
    found: dict[str, list[tuple[int, str, tuple[str, int]]]] = defaultdict(list)
    texts = default_texts(facts)
    for row, (bag, position, kind, text, target) in enumerate(
        items.rows("value", "position", "kind", "text", "target")
    ):
        if bag in bags and kind == "string":
            found[bags[bag]].append((position, text, ("item", row)))
        elif bag in bags and target in texts:
            value, said = texts[target]
            found[bags[bag]].append((position, said, ("value", value)))
    return {
        name: tuple((text, row) for _, text, row in sorted(listed))
        for name, listed in found.items()
    }


@lru_cache(maxsize=2)
def default_texts(facts: Facts) -> Mapping[int, tuple[int, str]]:
    """String resource id to (row in ``resource_values``, text) in the default configuration."""
    found: dict[int, tuple[int, str]] = {}
    table = facts.table(RESOURCE_VALUES)
    for row, (resource, configuration, kind, text) in enumerate(
        table.rows("resource", "configuration", "kind", "text")
    ):
        if kind == "string" and (not configuration or resource not in found):
            found[resource] = (row, text)
    return found
