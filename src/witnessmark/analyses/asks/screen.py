"""Screens: what the app shows, and what it lets people enter there.

What it finds
    Every screen layout of the app's own with the texts on it, the number of things that can be
    entered, the classes that open it, and whether running code comes to open it at all.

Why it matters
    Screens are where a system's questions are put. A screen that no code opens any more still
    tells what its makers once asked.

How it decides
    Layouts are read from the binary XML, includes put in their places. Code opens a layout when
    it names its resource id, as a literal or through an ``R`` field. Layouts that only a
    library opens, or that libraries bring along unopened, are left out.

What it misses
    Views made in code, screens that Compose draws (a gap says so), web pages and games; layouts
    fetched at run time; ids computed by name (``getIdentifier``).

Example
    ``setContentView(R.layout.intake)`` with five ``EditText`` below labelled rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from witnessmark.analyses.asks._drawing import drawing_of
from witnessmark.analyses.asks._drawn import drawn_screens
from witnessmark.analyses.asks._pages import PACKS, Page, pages_of
from witnessmark.analyses.asks._screens import Screen
from witnessmark.analyses.asks._told import annotation
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.spoken import spoken_class
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import (
    ANNOTATIONS,
    CALLS,
    CLASSES,
    FIELD_USES,
    INSTRUCTIONS,
    METHODS,
    TYPES,
)  # fmt: skip
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.screen_toolkits import ScreenToolkit
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original
from witnessmark.model.gap import Gap

SCREEN = Analysis(
    id="asks/screen",
    version=2,
    reads=(
        XML_FILES, XML_NODES, XML_ATTRIBUTES, RESOURCES, RESOURCE_VALUES, INSTRUCTIONS,
        ANNOTATIONS, CALLS, CLASSES, FIELD_USES, MEMBERS, METHODS, SDK_CLASSES, REACH, TYPES,
    ),
    knows=(*PACKS, "screen_toolkits"),
)  # fmt: skip

MOST_TEXTS = 60
MOST_OPENINGS = 6
LEFT_OUT = (
    "The drawing shows {} parts of this screen and leaves out {}; fields among those are told all "
    "the same."
)
TOO_LARGE = (
    "this screen has more parts, or parts deeper in one another, than are looked at: {} were not, "
    "and fields and texts among them may be missing"
)
TOO_MANY = "of {} screens, {} were not looked at, as there are too many"


@SCREEN.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding | Gap]:
    """Yield one finding a screen, and gaps for screens that a library draws in code or that were
    not looked at.
    """
    yield from drawn_screens(app, know.entries("screen_toolkits", ScreenToolkit))
    pages = pages_of(app, know)
    for page in pages.pages:
        texts = _texts(page)
        if page.inputs or texts:
            yield _finding(app, page, texts)
        if page.unread:
            yield Gap(page.screen.name, TOO_LARGE.format(page.unread), ("asks",))
    if pages.beyond:
        number = len(pages.pages) + pages.beyond
        yield Gap("asks/screen", TOO_MANY.format(number, pages.beyond), ("asks",))


def _texts(page: Page) -> list[tuple[str, str]]:
    """Texts on the screen, as (locale, text) of the default wording, each once, in order."""
    found: dict[tuple[str, str], None] = {}
    for view in page.screen.root.walk():
        for attribute in ("text", "hint", "title"):
            said = page.speaker.words(view, attribute)
            if said.default and not said.default.startswith(("@", "?")):
                found[said.texts[0][0].locale, said.default] = None
    return list(found)


def _finding(app: Facts, page: Page, texts: list[tuple[str, str]]) -> Finding:
    screen = page.screen
    classes = screen.owners
    kinds = sorted({opening.how for opening in screen.openings if opening.how})
    drawing = drawing_of(app, page)
    inputs = [one for one in page.inputs if one.kind != "web"]
    return Finding(
        kind="asks.screen",
        subject={
            "name": screen.name,
            "opened_by": classes,
            "opens_as": kinds,
            "inputs": len(inputs),
            "fields": [one.title for one in inputs],
            "texts": len(texts),
            "drawing": drawing,
        },
        says=_sentence(screen, len(inputs), classes),
        evidence=tuple(_evidence(app, screen)),
        strength="read",
        reach=screen.reach(app),
        original=tuple(Original(text, locale or "und") for locale, text in texts[:MOST_TEXTS]),
        about="unknown",
        limits=_limits(screen, drawing),
        identity=screen.name,
    )


def _sentence(screen: Screen, inputs: int, classes: list[str]) -> str:
    if inputs:
        number = "one thing" if inputs == 1 else f"{inputs} things"
        what = f"The screen “{screen.name}” lets people enter {number}"
    else:
        what = f"The screen “{screen.name}” shows text and asks for nothing"
    if not classes:
        return f"{what}; no code that was read names it."
    names = list(dict.fromkeys(spoken_class(name) for name in classes))
    shown = ", ".join(names[:3])
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{what}; opened by {shown}{more}."


def _evidence(app: Facts, screen: Screen) -> Iterator[Evidence]:
    nodes = app.table(XML_NODES)
    row = screen.root.row
    yield app.quote(
        f"the layout “{screen.name}” begins with the element {screen.root.class_name}",
        int(nodes["artifact"][row]),
        int(nodes["offset"][row]),
        int(nodes["length"][row]),
        "hex",
        {"layout": screen.name, "element": screen.root.class_name, "line": int(nodes["line"][row])},
    )
    for opening in screen.openings[:MOST_OPENINGS]:
        if opening.annotation >= 0:
            yield annotation(app, opening.owner, opening.annotation)
            continue
        says = (
            f"{app.method_class(opening.method)}.{app.method_name(opening.method)} names the layout"
        )
        yield app.quote_instruction(says, opening.method, opening.pc)


def _limits(screen: Screen, drawing: Mapping[str, Any]) -> tuple[str, ...]:
    limits = []
    if drawing.get("left_out"):
        limits.append(LEFT_OUT.format(len(drawing["boxes"]), drawing["left_out"]))
    limits.append("Texts and fields that code adds to this screen are not part of its layout.")
    if not screen.openings:
        limits.append("Code that finds the layout by its name while running would not be seen.")
    return tuple(limits)
