"""Fields that functions of Jetpack Compose draw, with their words."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.asks._composables import Drawing, drawing_of_toolkit
from witnessmark.analyses.asks._drawn_words import DEEPEST, Drawn, DrawnWords, Spoken
from witnessmark.analyses.asks._words import NO_WORDS, Words
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import CALLS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.backward import Backward, Frame, Number, Word
from witnessmark.flow.forms.values import Place
from witnessmark.knowledge.packs.screen_toolkits import ScreenToolkit
from witnessmark.knowledge.packs.widgets import WidgetKind

LABELS = (2, 3)
"""Values that functions take which draw words of a field: the composer, maybe where they are."""


class ComposedField(Struct, frozen=True):
    """One field: where it is drawn, where its words are decided, and these."""

    kind: WidgetKind
    drawn: Place
    place: Place
    screen: str
    function: str
    label: Words
    hint: Words

    @property
    def title(self) -> str:
        """What a reader calls it."""
        return self.label.default or self.hint.default


class Composed(Struct, frozen=True):
    """Fields of an app that were told; ``calls`` that draw one and ``untold`` of these, both only
    where the toolkit kept its names (else -1); ``drawing`` None where nothing is known of it.
    """

    fields: tuple[ComposedField, ...] = ()
    calls: int = -1
    untold: int = -1


def composed_fields(app: Facts, toolkit: ScreenToolkit) -> Composed:
    """The fields that a toolkit draws. Made once for an app."""
    return app.once(_composed, toolkit)


def _composed(app: Facts, toolkit: ScreenToolkit) -> Composed:
    drawing = drawing_of_toolkit(app, toolkit)
    if drawing is None:
        return Composed()
    finder = _Finder(app, drawing)
    found: dict[tuple[object, ...], ComposedField] = {}
    untold = 0
    for row in finder.calls:
        told = tuple(finder.of_call(row))
        untold += not told
        for one in told:
            key = (one.place, one.kind, one.label.default, one.hint.default)
            found.setdefault(key, one)
    named = drawing.known == "named"
    fields = sorted(found.values(), key=lambda one: (one.place.method, one.place.pc))
    return Composed(tuple(fields), len(finder.calls) if named else -1,
                    untold if named else -1)  # fmt: skip


class _Finder:
    def __init__(self, app: Facts, drawing: Drawing) -> None:
        self._app = app
        self._drawing = drawing
        self._backward = Backward(app)
        self._words = DrawnWords(app, self._backward, drawing)
        outside, calls = not_of_libraries(app), app.table(CALLS)
        rows = app.calls_of_any(sorted(drawing.fields))
        self.calls = [row for row in rows if outside[calls["method"][row]]]
        self._places = self._drawers()
        self._drawn: dict[int, Sequence[Drawn]] = {}
        self._taken: set[Place] = set()
        """Texts that are the label of a field beside them."""

    def _drawers(self) -> Mapping[int, Sequence[int]]:
        """By method that draws fields, itself or through another, the places where it does."""
        calls = self._app.table(CALLS)
        places: dict[int, set[int]] = defaultdict(set)
        rows: Sequence[int] = self.calls
        for _ in range(DEEPEST):
            drawing: set[int] = set()
            for method, pc in calls.rows_at(np.array(rows, dtype=np.int64), "method", "pc"):
                if method not in places:
                    drawing.add(method)
                places[method].add(pc)
            rows = self._app.calls_of_any(sorted(drawing))
        return {method: sorted(found) for method, found in places.items()}

    def of_call(self, row: int) -> Iterator[ComposedField]:
        """Fields that one call draws: one for each words that callers hand to it."""
        calls = self._app.table(CALLS)
        method, pc = int(calls["method"][row]), int(calls["pc"][row])
        kind = self._drawing.fields[int(calls["callee"][row])]
        if self._drawing.known == "shaped" and self._shows_a_constant(method, pc):
            return
        labels, hints, has_own = self._own(method, pc)
        if not labels and not has_own:
            labels = self._beside(method, pc, before=kind == "text")
        if not labels and not has_own and kind != "text":
            labels = self._beside(method, pc, before=True)
        by_place = {spoken.place: spoken.words for spoken in hints}
        for spoken in {one.place: one for one in reversed(labels)}.values():
            hint = by_place.pop(spoken.place, NO_WORDS)
            yield self._field(kind, Place(method, pc), spoken.place, spoken.words, hint)
        for place, words in () if labels else by_place.items():
            yield self._field(kind, Place(method, pc), place, NO_WORDS, words)

    def _shows_a_constant(self, method: int, pc: int) -> bool:
        """Whether the text that the call is handed is a constant, which nobody can change."""
        frame = Frame(method)
        _, register = next(self._backward.handed(frame, pc))
        sources = self._backward.sources(frame, pc, register)
        texts = [one for one in sources if isinstance(one, Word)]
        return bool(texts) and len(texts) == len(sources)

    def _own(self, method: int, pc: int) -> tuple[list[Spoken], list[Spoken], bool]:
        """Labels and hints that the call is handed as functions, and whether it is handed any."""
        functions = frozenset().union(*(self._drawing.functions.get(n, ()) for n in LABELS))
        frame, said, has_own = Frame(method), [], False
        for number, (kind, register) in enumerate(self._backward.handed(frame, pc)):
            if number > 1 and kind in functions:
                sources = self._backward.sources(frame, pc, register)
                absent = bool(sources) and all(isinstance(one, Number) for one in sources)
                has_own = has_own or not absent
                drawn = next(iter(self._words.of_function(sources)), None)
                said.append([] if drawn is None else self._at_callers(drawn, method, pc))
        if self._drawing.known == "shaped":
            said = [one for one in said if one]
        elif len(said) == 1:
            said.insert(0, [])
        return (said[0] if said else []), (said[1] if len(said) > 1 else []), has_own

    def _at_callers(self, drawn: Drawn, method: int, pc: int) -> list[Spoken]:
        """Words, each at the place that decides on them: a caller's, or the field's own."""
        found = []
        for spoken in self._words.spoken(drawn):
            own = spoken.place == drawn.place
            found.append(Spoken(spoken.words, Place(method, pc)) if own else spoken)
        return found

    def _beside(self, method: int, pc: int, *, before: bool) -> list[Spoken]:
        """Words of the one text that is drawn between a field and the one before or behind it."""
        places = self._places[method]
        at = bisect_left(places, pc)
        if before:
            low, high = (places[at - 1] if at else -1), pc
        else:
            low, high = pc, places[at + 1] if at + 1 < len(places) else 1 << 32
        if method not in self._drawn:
            self._drawn[method] = [
                one
                for one in self._words.drawn_in(Frame(method))
                if one.place.method == method and one.place.pc not in places
            ]
        between = [one for one in self._drawn[method] if low < one.place.pc < high]
        if len(between) != 1 or between[0].place in self._taken:
            return []
        self._taken.add(between[0].place)
        return self._at_callers(between[0], method, pc)

    def _field(
        self, kind: WidgetKind, drawn: Place, place: Place, label: Words, hint: Words
    ) -> ComposedField:
        screen, function = _screen(self._app, place.method)
        return ComposedField(kind, drawn, place, screen, function, label, hint)


def _screen(app: Facts, method: int) -> tuple[str, str]:
    """The class and the function that draw, as far as names of inner classes tell."""
    kind = int(app.table(METHODS)["class_type"][method])
    outer, *inner = app.descriptor(kind)[1:-1].replace("/", ".").split("$")
    names = [name for name in inner if not name.isdigit() and not name.startswith("$")]
    function = names[0] if names and outer.endswith("Kt") else app.method_name(method)
    return outer, function.partition("$")[0].partition("-")[0]
