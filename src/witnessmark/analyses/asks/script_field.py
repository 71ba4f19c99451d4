"""Fields of script apps that were compiled: what screens of React Native ask.

What it finds
    One finding an input of a compiled bundle: its words, kind and choices, with the function that
    makes the screen.

Why it matters
    The screens of such an app stand in no layout: without this it seems to ask nothing.

How it decides
    Screens are made by calls (``jsx``, ``createElement``) that are given the members of an element.
    One that is given what gets the answer as it is entered (pack ``script_inputs``) is an input;
    its words are those among its members. The screen is named by the function that makes it.

What it misses
    Words that stand in an element beside it, or come from another function; inputs of the app's
    own making, which hand on what they are given, are told where words are given.

Example
    ``<TextInput placeholder="Full name" onChangeText={setName} />``
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from witnessmark.analyses.bounded import first
from witnessmark.analyses.contract import Analysis
from witnessmark.facts.tables.scripts import SCRIPT_CALLS, SCRIPT_FUNCTIONS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.script_inputs import ScriptInput
from witnessmark.model.finding import Finding, Original, Reach

SCRIPT_FIELD = Analysis(
    id="asks/script_field",
    version=1,
    reads=(SCRIPT_CALLS, SCRIPT_FUNCTIONS, SCRIPTS),
    knows=("script_inputs",),
)

HERMES = "hermes"
MAKERS = ("jsx", "jsxs", "jsxDEV", "createElement")
"""Last words of the functions that make elements (react.dev/reference/react/createElement)."""

HIDES = ("asks/script_field",)
MOST_CHOICES = 40
SAYS = {"select": "a choice from a list", "checkbox": "a box to tick or a switch"}
"""How a sentence names an input; others are text fields."""


class _Input(Struct, frozen=True):
    """An input: its call, the function that makes it, its kind, words and choices."""

    row: int
    screen: str
    input: str
    words: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]


@SCRIPT_FIELD.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding an input that has words, in the order of calls."""
    met: Counter[tuple[str, str]] = Counter()
    numbers: Counter[str] = Counter()
    for one in _inputs(app, know.entries("script_inputs", ScriptInput)):
        key = one.screen, one.words[0]
        numbers[one.screen] += 1
        yield _finding(app, one, numbers[one.screen], met[key])
        met[key] += 1


def _inputs(app: Facts, known: Sequence[ScriptInput]) -> Iterator[_Input]:
    scripts = app.table(SCRIPTS)
    compiled = {row for row, kind in enumerate(scripts["kind"].tolist()) if kind == HERMES}
    if not compiled:
        return
    names = {
        (script, number): name
        for script, number, name in app.table(SCRIPT_FUNCTIONS).rows("script", "number", "name")
        if script in compiled and name
    }
    columns = ("script", "function", "name", "arguments")
    for row, (script, function, name, arguments) in enumerate(
        app.table(SCRIPT_CALLS).rows(*columns)
    ):
        if script not in compiled or name.rpartition(".")[2] not in MAKERS:
            continue
        given = json.loads(arguments)
        members = given[1] if len(given) > 1 and isinstance(given[1], dict) else {}
        meant = next((one for one in known if one.fits(frozenset(members))), None)
        words = tuple(_words(members, meant)) if meant is not None else ()
        if meant is not None and words:
            screen = names.get((script, function)) or str(scripts["name"][script])
            kind = "password" if not members.keys().isdisjoint(meant.secret) else meant.input
            yield _Input(
                row, screen, kind, words, tuple(_choices(app, screen, members.get(meant.choices)))
            )


def _words(members: Mapping[str, Any], meant: ScriptInput) -> Iterator[str]:
    for name in meant.words:
        value = members.get(name)
        value = value.get("label") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip() and not value.startswith(("=", "{")):
            yield value.strip()


def _choices(app: Facts, at: str, listed: object) -> Iterator[tuple[str, str]]:
    choices = listed if isinstance(listed, list) else []
    for one in first(app, choices, MOST_CHOICES, "choices of one field", at, HIDES):
        label = one.get("label") if isinstance(one, dict) else None
        if isinstance(label, str) and label:
            code = one.get("value")
            yield code.removeprefix("=") if isinstance(code, str) else "", label


def _finding(app: Facts, one: _Input, number: int, met: int) -> Finding:
    table = app.table(SCRIPT_CALLS)
    artifact, offset, length = (
        int(table[column][one.row]) for column in ("artifact", "offset", "length")
    )
    what = SAYS.get(one.input, "a text field")
    return Finding(
        kind="asks.field",
        subject={
            "screen": one.screen,
            "label": one.words[0],
            "hint": one.words[1] if len(one.words) > 1 else "",
            "name": "",
            "widget": "React Native",
            "input": one.input,
            "choices": [{"code": code, "label": label} for code, label in one.choices],
            "bound_to": "",
            "number": number,
        },
        says=f"The screen “{one.screen}” has {what} “{one.words[0]}”.",
        evidence=(
            app.quote(
                f"a script makes the input, with the words {one.words[0]}",
                artifact, offset, length, "hex", {},
            ),
        ),
        strength="read",
        reach=Reach("unknown"),
        original=tuple(Original(text) for text in dict.fromkeys(one.words)),
        limits=(
            "It does not show what becomes of the answer.",
            "When the script runs is not known.",
        ),
        identity=f"script\0{one.screen}\0{one.words[0]}\0{met}",
    )  # fmt: skip
