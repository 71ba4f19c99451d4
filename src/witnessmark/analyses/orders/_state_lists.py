"""Lists of states by their codes, and the property that code asks such a list for.

A list is an array of words (``WORDS[task.state]``), a map (``WORDS.get(task.state)``) or an enum
whose values have a word each (``State.of(task.state)``). It is a property's where code asks it so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property

import numpy as np
from msgspec import Struct

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.orders._states import Property, Shown, property_of
from witnessmark.analyses.ownership import arrays_outside_libraries, not_of_libraries
from witnessmark.facts.tables.code import CALLS, FIELD_USES, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import enum_constants
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.origins import (
    Call,
    CallResult,
    Computed,
    Constant,
    Event,
    FieldRead,
    Made,
    Origin,
    Origins,
    Store,
)
from witnessmark.flow.straight import static_constants
from witnessmark.model.distinct import among

FEWEST = 2
PUT_ARGUMENTS = 3
INITIALISER = "<clinit>"
CODES = ("int", "string")


class Asked(Struct, frozen=True):
    """A property, the method that asks a list for it, and the words of the list."""

    tested: Property
    method: int
    words: tuple[Shown, ...]


class StateLists:
    """Lists of one app in which ``words`` of states stand; ``methods`` are those that load them."""

    def __init__(self, app: Facts, words: Set[str], methods: Set[int], roles: CallRoles) -> None:
        self._app = app
        self._roles = roles
        self._words = words
        self._methods = methods
        self._constants = static_constants(app)
        self._reader = CodeReader(app)

    def asked(self) -> Iterator[Asked]:
        """Each property and list that code asks for it, once."""
        seen: set[tuple[Property, int, int]] = set()
        for method in self._asking():
            for event in self._events(method):
                for field, kind, index in self._looked_up(event):
                    tested = property_of(self._app, index)
                    words = self._by_field.get(field) or self._by_class.get(kind)
                    if tested is not None and words and (tested, field, kind) not in seen:
                        seen.add((tested, field, kind))
                        yield Asked(tested, method, tuple(words))

    def _asking(self) -> list[int]:
        """Methods outside libraries that read a field with a list, or call an enum with words."""
        uses, calls = self._app.table(FIELD_USES), self._app.table(CALLS)
        rows = among(uses["field"], np.asarray(sorted(self._by_field), "i4"))
        found = set(uses["method"][rows].tolist())
        for kind in self._by_class:
            for named in self._app.methods_of(kind):
                found.update(int(calls["method"][row]) for row in self._app.calls_of(named))
        own = not_of_libraries(self._app)
        return sorted(method for method in found if own[method])

    def _events(self, method: int) -> Iterator[Event]:
        code = self._reader.read(method)
        if code is not None:
            yield from Origins(self._app, code, self._constants).events()

    def _puts(self, callee: int) -> bool:
        return self._app.method_name(callee) in self._roles.names("list_put")

    def _looked_up(self, event: Event) -> Iterator[tuple[int, int, Origin]]:
        """Field or class of lists that the values of an event come from, with what was asked."""
        values: Sequence[Origin] = ()
        if isinstance(event, Call):
            values = event.arguments
            yield from self._of_call(event.callee, event.arguments)
        elif isinstance(event, Store):
            values = (event.value,)
        for value in values:
            yield from self._within(value)

    def _within(self, value: Origin) -> Iterator[tuple[int, int, Origin]]:
        if isinstance(value, Computed):
            if value.sign == "element" and isinstance(value.operands[0], FieldRead):
                yield value.operands[0].row, -1, value.operands[1]
            for one in value.operands:
                yield from self._within(one)
        elif isinstance(value, CallResult):
            yield from self._of_call(value.callee, value.arguments)
            for one in value.arguments:
                yield from self._within(one)
        elif isinstance(value, FieldRead) and value.owner is not None:
            yield from self._within(value.owner)

    def _of_call(self, callee: int, given: Sequence[Origin]) -> Iterator[tuple[int, int, Origin]]:
        """What a call asks of a map, or of an enum."""
        if len(given) > 1 and isinstance(given[0], FieldRead):
            if self._app.method_name(callee) in self._roles.names("list_get"):
                yield given[0].row, -1, given[1]
        elif len(given) == 1:
            yield -1, int(self._app.table(METHODS)["class"][callee]), given[0]

    @cached_property
    def _by_field(self) -> Mapping[int, Sequence[Shown]]:
        """Words by the field that keeps an array or a map of them."""
        found: dict[int, list[Shown]] = defaultdict(list)
        columns = ("method", "position", "string", "pc", "field")
        for method, position, string, pc, field in arrays_outside_libraries(self._app).rows(
            *columns
        ):
            if field >= 0 and string >= 0 and method in self._methods:
                found[field].append(self._shown(str(position), string, method, pc))
        for method in sorted(self._methods):
            for field, shown in self._mapped(method):
                found[field].append(shown)
        return {field: shown for field, shown in found.items() if self._tells(shown)}

    def _shown(self, key: str, string: int, method: int, pc: int) -> Shown:
        return Shown(key, self._app.string(string), method, pc, pc, string)

    def _mapped(self, method: int) -> Iterator[tuple[int, Shown]]:
        """Words that a method puts into maps by a constant, with the field that keeps the map."""
        made: dict[int, list[Shown]] = defaultdict(list)
        kept: dict[int, int] = {}
        for event in self._events(method):
            if isinstance(event, Call) and len(event.arguments) == PUT_ARGUMENTS:
                target, key, word = event.arguments
                named = isinstance(key, Constant) and key.kind in CODES
                if not named or not self._puts(event.callee):
                    continue
                if not isinstance(word, Constant) or word.kind != "string":
                    continue
                shown = self._shown(str(getattr(key, "text", "")), word.row, method, word.pc)
                if isinstance(target, FieldRead):
                    yield target.row, shown
                elif isinstance(target, Made) and target.pc in kept:
                    yield kept[target.pc], shown
                elif isinstance(target, Made):
                    made[target.pc].append(shown)
            elif isinstance(event, Store) and event.field >= 0 and isinstance(event.value, Made):
                kept[event.value.pc] = event.field
                for shown in made.pop(event.value.pc, []):
                    yield event.field, shown

    @cached_property
    def _by_class(self) -> Mapping[int, Sequence[Shown]]:
        """Words by the enum of which each value has one."""
        owners = self._app.table(METHODS)["class"]
        kinds = sorted({
            int(owners[method]) for method in self._methods
            if self._app.method_name(method) == INITIALISER and int(owners[method]) >= 0
        })  # fmt: skip
        if not kinds:
            return {}
        table, _ = enum_constants(self._app, kinds)
        values: dict[int, dict[int, list[tuple[str, str, int, int, int]]]] = {}
        columns = ("class", "ordinal", "kind", "text", "string", "method", "pc")
        for kind, ordinal, form, text, string, method, pc in table.rows(*columns):
            listed = values.setdefault(kind, {}).setdefault(ordinal, [])
            listed.append((form, text, string, method, pc))
        found = {kind: list(self._valued(of)) for kind, of in values.items()}
        return {kind: shown for kind, shown in found.items() if self._tells(shown)}

    def _valued(
        self, values: Mapping[int, Sequence[tuple[str, str, int, int, int]]]
    ) -> Iterator[Shown]:
        """The word of each value of an enum, by the code that it has beside it, else its number."""
        for ordinal, given in values.items():
            words = [one for one in given if one[2] >= 0 and one[1] in self._words]
            codes = [one for one in given if one[0] in CODES and one[1] not in self._words]
            if words:
                _, _, string, method, pc = words[0]
                yield self._shown(codes[0][1] if codes else str(ordinal), string, method, pc)

    def _tells(self, shown: Sequence[Shown]) -> bool:
        """Whether a list is one of states: two words at least, and half of all."""
        known = sum(one.text in self._words for one in shown)
        return known >= FEWEST and 2 * known >= len(shown)
