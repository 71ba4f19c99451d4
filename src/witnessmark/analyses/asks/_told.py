"""How fields are told: words for their kinds, quotes of their elements and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from witnessmark.analyses.asks._bound import quote
from witnessmark.analyses.asks._layouts import View
from witnessmark.analyses.asks._words import Words
from witnessmark.facts.tables.code import ANNOTATIONS
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Original

KINDS: Mapping[str, str] = {
    "text": "a text field", "choice": "a choice from a list", "check": "a box to tick or a switch",
    "radio": "a choice of one among several", "date": "a date or time", "number": "a number",
    "capture": "something captured by camera or finger", "web": "a web page inside the app",
}  # fmt: skip

NO_BINDING = "It does not show what becomes of the answer."
NO_LOOKUP = "No code was seen to look this field up; what is entered may go nowhere."
REPLACED = "Code gives this list other choices while the app runs; they were not seen."
BINDING = "The server or the device may do more with the answer than the name under which it goes."


def originals(label: Words, hint: Words) -> tuple[Original, ...]:
    """Words by locale, with the app's own English as gloss."""
    found: set[Original] = set()
    for said in (label, hint):
        english = next((w.text for w, _ in said.texts if w.locale.startswith("en")), "")
        for wording, _ in said.texts:
            if wording.text.strip():
                gloss = english if wording.text != english else ""
                found.add(Original(wording.text.strip(), wording.locale or "und", gloss.strip()))
    return tuple(
        sorted(found, key=lambda original: (original.lang != "und", original.lang, original.text))
    )


def element(app: Facts, screen: str, view: View, name: str) -> Evidence:
    """Evidence that quotes an element of a layout."""
    nodes = app.table(XML_NODES)
    row = view.row
    return app.quote(
        f"the layout holds the element {view.class_name}" + (f" named {name}" if name else ""),
        int(nodes["artifact"][row]),
        int(nodes["offset"][row]),
        int(nodes["length"][row]),
        "hex",
        {"layout": screen, "element": view.class_name, "line": int(nodes["line"][row])},
    )


def annotation(app: Facts, owner: str, row: int) -> Evidence:
    """Evidence that quotes the annotation by which a class names its layout."""
    table = app.table(ANNOTATIONS)
    return app.quote(
        f"{owner} names the layout",
        int(table["artifact"][row]),
        int(table["offset"][row]),
        int(table["length"][row]),
        "hex",
        {"class": owner},
    )


def quote_words(app: Facts, what: str, said: Words) -> Iterator[Evidence]:
    """Evidence that quotes each wording of a label or hint."""
    if said.place is not None and said.place.method >= 0:
        yield quote(app, f"code sets its {what}", said.place)
        if said.string >= 0:
            yield app.quote_string(f"its {what}", said.string)
    for wording, row in said.texts:
        if row < 0 and said.attribute < 0:
            continue
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
