"""Words that functions of Jetpack Compose draw: constants, resources, and what is handed on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from witnessmark.analyses.asks._composables import OBJECT, TEXT, Drawing, last_handed
from witnessmark.analyses.asks._layouts import Wording, wordings_by_name
from witnessmark.analyses.asks._words import NO_WORDS, Words
from witnessmark.analyses.bounded import first
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import CALLS, METHODS, PROTOS, TYPES
from witnessmark.facts.tables.resources import RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.backward import (
    Backward,
    Called,
    Frame,
    Given,
    New,
    Number,
    Source,
    Word,
)  # fmt: skip
from witnessmark.flow.forms.values import Place
from witnessmark.flow.origins import INVOKES

DEEPEST = 3
MOST_CALLERS = 200
MOST_ARITIES = 3
"""Numbers of values that one function takes; what takes more is the toolkit's own wrapper."""

RETURN_OBJECT = 0x11


class Drawn(Struct, frozen=True):
    """A text that a composable draws: where the call stands, and what it is handed."""

    place: Place
    sources: tuple[Source, ...]


class Spoken(Struct, frozen=True):
    """Words with the method and place that decide on them: the field's own, or a caller's."""

    words: Words
    place: Place


class DrawnWords:
    """Answers of one app."""

    def __init__(self, app: Facts, backward: Backward, drawing: Drawing) -> None:
        self._app = app
        self._backward = backward
        self._drawing = drawing
        self._outside = not_of_libraries(app)

    def drawn_in(self, frame: Frame, depth: int = 0) -> Iterator[Drawn]:
        """Texts that a method draws, in order, those of functions that it calls among them."""
        code = self._backward.code(frame.method)
        if code is None:
            return
        for one in self._backward.reached(frame):
            row = code.calls.get(one.pc) if one.opcode in INVOKES else None
            if row is None:
                continue
            callee = self._backward.callee(row)
            kinds = self._app.parameter_types(callee)
            draws = last_handed(kinds, self._drawing.composer) >= 0
            if draws and kinds[0] == TEXT:
                _, register = next(self._backward.handed(frame, one.pc))
                sources = self._backward.sources(frame, one.pc, register)
                yield Drawn(Place(frame.method, one.pc), sources)
            elif depth < DEEPEST and self._goes_on(frame.method, callee, kinds, draws=draws):
                entered = self._backward.entered(frame, one.pc)
                if entered is not None and entered.method != frame.method:
                    yield from self.drawn_in(entered, depth + 1)

    def of_function(self, sources: Iterable[Source], depth: int = 0) -> Iterator[Drawn]:
        """Texts that a function draws, which is handed on as a value."""
        for source in sources:
            if isinstance(source, New):
                yield from self._of_object(source, depth)
            elif isinstance(source, Called) and depth < DEEPEST:
                yield from self.of_function(self._behind(source), depth + 1)

    def spoken(self, drawn: Drawn, depth: int = 0) -> Iterator[Spoken]:
        """The words of a text, from all callers where it is handed to the method."""
        for source in drawn.sources:
            words = self._words(source)
            if words.default:
                yield Spoken(words, drawn.place)
            elif isinstance(source, Given) and depth < DEEPEST:
                for handed in self._callers(source):
                    yield from self.spoken(handed, depth + 1)

    def _callers(self, given: Given) -> Iterator[Drawn]:
        calls = self._app.table(CALLS)
        calling = self._app.calls_of(given.method)
        what, hides = "callers of a function that draws a field", ("asks/drawn_field",)
        listed = first(self._app, calling, MOST_CALLERS, what, "asks/drawn_field", hides)
        rows = np.array(listed, dtype=np.int64)
        for method, pc in sorted(calls.rows_at(rows, "method", "pc")):
            one = self._backward.at(method, pc)
            if one is not None and given.at < len(one.registers):
                sources = self._backward.sources(Frame(method), pc, one.registers[given.at])
                yield Drawn(Place(method, pc), sources)

    def _of_object(self, made: New, depth: int) -> Iterator[Drawn]:
        runs = self._runs(made.type)
        arities = {len(self._app.parameter_types(method)) for method in runs}
        if not runs or len(arities) > MOST_ARITIES:
            if depth < DEEPEST:
                yield from self.of_function(self._backward.parts_of(made), depth + 1)
            return
        for method in runs:
            handed = sum(2 if k in "JD" else 1 for k in self._app.parameter_types(method))
            yield from self.drawn_in(Frame(method, ((made,), *[()] * handed)))

    def _runs(self, kind: int) -> Sequence[int]:
        """Methods of a class by which Kotlin runs a function: they take and return objects."""
        row = int(self._app.table(TYPES)["class"][kind])
        methods, protos = self._app.table(METHODS), self._app.table(PROTOS)
        found = []
        for method in self._app.methods_of(row) if row >= 0 else ():
            kinds = self._app.parameter_types(method)
            returned = int(protos["return_type"][int(methods["proto"][method])])
            takes_objects = len(kinds) > 1 and set(kinds) == {OBJECT}
            if takes_objects and self._app.descriptor(returned) == OBJECT:
                found.append(method)
        return found

    def _behind(self, called: Called) -> Iterator[Source]:
        """Functions that a call is handed, else what the method that is called returns."""
        handed = [
            register
            for kind, register in self._backward.handed(called.frame, called.pc)
            if kind[0] == "L" and kind not in (TEXT, self._drawing.composer)
        ]
        if handed:
            for register in handed:
                yield from self._backward.sources(called.frame, called.pc, register)
            return
        entered = self._backward.entered(called.frame, called.pc)
        code = self._backward.code(entered.method) if entered is not None else None
        if entered is None or code is None:
            return
        for one in code.instructions:
            if one.opcode == RETURN_OBJECT:
                yield from self._backward.sources(entered, one.pc, one.registers[0])

    def _goes_on(self, method: int, callee: int, kinds: Sequence[str], *, draws: bool) -> bool:
        """Whether texts of a method that is called are looked for: those of the same class, and
        composables outside of libraries.
        """
        methods = self._app.table(METHODS)
        same = methods["class_type"][method] == methods["class_type"][callee]
        if same and (draws or (kinds and set(kinds) == {OBJECT})):
            return True
        return draws and bool(self._outside[callee]) and methods["class"][callee] >= 0

    def _words(self, source: Source) -> Words:
        if isinstance(source, Word):
            text = self._app.string(source.string)
            at = Place(source.method, source.pc)
            return Words(((Wording("", text), -1),), -1, source.string, at)
        if isinstance(source, Called):
            return self._looked_up(source)
        return NO_WORDS

    def _looked_up(self, called: Called) -> Words:
        """Words of a resource, where the call returns a text and is handed its id."""
        methods, protos = self._app.table(METHODS), self._app.table(PROTOS)
        callee = self._backward.callee(called.call)
        returned = int(protos["return_type"][int(methods["proto"][callee])])
        if self._app.descriptor(returned) != TEXT:
            return NO_WORDS
        for kind, register in self._backward.handed(called.frame, called.pc):
            if kind != "I":
                continue
            for source in self._backward.sources(called.frame, called.pc, register):
                name = self._texts.get(source.value) if isinstance(source, Number) else None
                texts = wordings_by_name(self._app).get(f"string/{name}", ()) if name else ()
                if texts:
                    return Words(texts, place=Place(called.frame.method, called.pc))
            return NO_WORDS
        return NO_WORDS

    @cached_property
    def _texts(self) -> Mapping[int, str]:
        """Names of text resources by their id."""
        rows = self._app.table(RESOURCES).rows("resource", "type", "name")
        return {resource: name for resource, kind, name in rows if kind == "string"}
