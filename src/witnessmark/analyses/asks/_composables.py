"""Functions by which Jetpack Compose draws fields, by their names or by their shapes.

A composable function is handed a composer behind all else, then whole numbers. Where a shrinker
gave the classes other names, the composer is the class that most functions are handed so; functions
of Kotlin are interfaces with one method of objects alone; and a text field is what is handed a
text, a function of one value, and behind further things a function that draws its label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import CLASSES, METHODS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.screen_toolkits import ScreenToolkit
from witnessmark.knowledge.packs.widgets import WidgetKind

TEXT = "Ljava/lang/String;"
OBJECT = "Ljava/lang/Object;"
FEW_CLASSES = 100
"""A toolkit of which fewer classes have their own names was renamed, if its file is there."""

FEWEST_DRAWING = 8
"""Functions that must be handed a class last before it counts as the composer."""

FEWEST_HANDED = 9
"""Things that a field is handed before the composer, in libraries that a shrinker went through."""

INTERFACE, STATIC = 0x200, 0x8
Known = Literal["named", "shaped"]


class Drawing(Struct, frozen=True):
    """What is known of the toolkit in one app.

    ``composer``   descriptor of what each composable is handed.
    ``functions``  descriptors of functions by the number of values that they take.
    ``fields``     rows of ``methods`` that draw something to fill in, by kind.
    """

    known: Known
    composer: str
    functions: Mapping[int, frozenset[str]]
    fields: Mapping[int, WidgetKind]


def is_renamed(app: Facts, toolkit: ScreenToolkit) -> bool:
    """Whether the toolkit is inside under other names."""
    prefix = f"L{toolkit.package.replace('.', '/')}"
    kinds = app.table(CLASSES)["type"].tolist()
    named = sum(app.descriptor(kind).startswith(prefix) for kind in kinds)
    return named < FEW_CLASSES and toolkit.file in set(app.table(MEMBERS)["name"].tolist())


def drawing_of_toolkit(app: Facts, toolkit: ScreenToolkit) -> Drawing | None:
    """What draws fields; None where nothing of the toolkit is known."""
    if not is_renamed(app, toolkit):
        fields = dict(_named(app, toolkit))
        function, composer = toolkit.function, _descriptor(toolkit.composer)
        functions = {n: frozenset({_descriptor(f"{function}{n}")}) for n in range(5)}
        return Drawing("named", composer, functions, fields) if fields else None
    composer = _composer(app)
    if not composer:
        return None
    functions = {count: _functions(app, count) for count in (1, 2)}
    shaped = dict(_shaped(app, composer, functions))
    return Drawing("shaped", composer, functions, shaped) if shaped else None


def last_handed(kinds: Sequence[str], composer: str) -> int:
    """Where the composer stands among what a composable is handed; -1 for other methods."""
    at = len(kinds) - 1
    while at >= 0 and kinds[at] == "I":
        at -= 1
    return at if 0 <= at < len(kinds) - 1 and kinds[at] == composer else -1


def _named(app: Facts, toolkit: ScreenToolkit) -> Iterator[tuple[int, WidgetKind]]:
    """Methods of the pack; Kotlin adds a dash and a hash to names of some."""
    methods = app.table(METHODS)
    for names, kind in ((toolkit.fields, "text"), (toolkit.ticked, "check"),
                        (toolkit.chosen, "radio")):  # fmt: skip
        for one in names:
            owner, _, name = one.rpartition(".")
            row = app.type_by_descriptor(_descriptor(owner))
            rows = np.flatnonzero(methods["class_type"] == row).tolist() if row >= 0 else ()
            for method in rows:
                if app.method_name(method).partition("-")[0] == name:
                    yield method, kind  # type: ignore[misc]


def _descriptor(name: str) -> str:
    return f"L{name.replace('.', '/')};"


def _static(app: Facts) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Static methods of the app with what they are handed."""
    methods = app.table(METHODS)
    inside = (methods["class"] >= 0) & ((methods["access"] & STATIC) != 0)
    for method in np.flatnonzero(inside).tolist():
        yield method, app.parameter_types(method)


def _composer(app: Facts) -> str:
    handed: Counter[str] = Counter()
    for _, kinds in _static(app):
        at = len(kinds) - 1
        while at >= 0 and kinds[at] == "I":
            at -= 1
        if 0 < at < len(kinds) - 1 and kinds[at].startswith("L"):
            row = app.type_by_descriptor(kinds[at])
            if app.class_by_name(app.type_name(row)) >= 0:
                handed[kinds[at]] += 1
    best = handed.most_common(2)
    if not best or best[0][1] < FEWEST_DRAWING:
        return ""
    return best[0][0] if len(best) < 2 or best[0][1] > 2 * best[1][1] else ""


def _functions(app: Facts, count: int) -> frozenset[str]:
    """Interfaces whose only method takes ``count`` objects and returns one."""
    classes, methods = app.table(CLASSES), app.table(METHODS)
    found: set[str] = set()
    for row in np.flatnonzero((classes["access"] & INTERFACE) != 0).tolist():
        own = app.methods_of(row)
        if len(own) == 1 and not methods["access"][own[0]] & STATIC:
            signature = app.method_signature(own[0])
            if signature.endswith(f"({OBJECT * count}){OBJECT}"):
                found.add(app.descriptor(int(classes["type"][row])))
    return frozenset(found)


def _shaped(
    app: Facts, composer: str, functions: Mapping[int, frozenset[str]]
) -> Iterator[tuple[int, WidgetKind]]:
    for method, kinds in _static(app):
        at = last_handed(kinds, composer)
        if at < FEWEST_HANDED or kinds[0] != TEXT or kinds[1] not in functions[1]:
            continue
        handed = kinds[2:at]
        if TEXT not in handed and any(kind in functions[2] for kind in handed):
            yield method, "text"
