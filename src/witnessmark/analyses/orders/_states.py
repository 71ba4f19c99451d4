"""Code that chooses words by the state of a matter, and code that sets that state.

A property is what a comparison reads: a field, a getter, a value asked for by its name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.orders._choices import Case, find_cases
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import CALLS, FIELD_USES, FIELDS
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader, MethodCode
from witnessmark.flow.origins import (
    Branch,
    Call,
    CallResult,
    Choice,
    Constant,
    Event,
    FieldRead,
    Origin,
    Origins,
    Store,
)
from witnessmark.flow.straight import static_constants
from witnessmark.flow.values.statics import StaticTexts
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.distinct import among

OTHER = "other"
"""The key of what is shown for every other code."""

GETTER = kept_regex(r"^(?:get|is)(?=[A-Z_])")
SETTER = kept_regex(r"^set(?=[A-Z_])")
NUMBERS = ("I", "J", "S", "B")
MOST_WRITERS = 200


class Property(Struct, frozen=True, order=True):
    """What holds the state: a class (empty for a value asked for by name) and a name."""

    owner: str
    name: str

    @property
    def spelled(self) -> str:
        """``Task.status``."""
        return f"{self.owner.rpartition('.')[2]}.{self.name}" if self.owner else self.name


class Shown(Struct, frozen=True):
    """A text that a method loads for one code alone: a constant (row ``string``), or a text
    resource (row ``resource`` of ``resource_values``); the other is -1.
    """

    key: str
    text: str
    method: int
    pc: int
    compared_at: int
    string: int = -1
    resource: int = -1


class Move(Struct, frozen=True):
    """A method sets the state ``to``; ``start`` is the state in which it does, empty: any."""

    start: str
    to: str
    method: int
    pc: int


class Chosen(Struct):
    """What code shows and does by one property."""

    shown: list[Shown] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)


class StateReader:
    """Reads methods of one app; ``resources`` are text resources by method and place, as rows of
    ``resource_values`` with their texts.
    """

    def __init__(
        self,
        app: Facts,
        resources: Mapping[int, Mapping[int, Sequence[tuple[int, str]]]],
        roles: CallRoles,
    ) -> None:
        self._app = app
        self._roles = roles
        self._resources = resources
        self._reader = CodeReader(app)
        self._statics = StaticTexts(app)
        self._constants = static_constants(app)

    def chosen(
        self, methods: Sequence[int], listed: Mapping[Property, Sequence[Shown]]
    ) -> Mapping[Property, Chosen]:
        """What ``methods`` show by code, and what is ``listed``, with the moves that any method of
        the app makes.
        """
        own = not_of_libraries(self._app)
        found: dict[Property, Chosen] = defaultdict(Chosen)
        for method in methods:
            code = self._reader.read(method) if own[method] else None
            if code is not None:
                self._read(code, found)
        for one, words in listed.items():
            found[one].shown += words
        for one, chosen in found.items():
            chosen.moves += self._written(one)
        return found

    def _read(self, code: MethodCode, found: dict[Property, Chosen]) -> None:
        by_property = self._cases(code, list(Origins(self._app, code, self._constants).events()))
        for tested, cases in by_property.items():
            for case in (*cases, *_rest(cases)):
                found[tested].shown += self._texts(code, case)

    def _cases(
        self, code: MethodCode, events: Sequence[Event]
    ) -> Mapping[Property, Sequence[Case]]:
        """Cases of a method by what they test; zero only of numbers."""
        at = {one.pc: one for one in events if not isinstance(one, Store)}
        found: dict[Property, list[Case]] = defaultdict(list)
        for case in find_cases(self._app, code, self._statics.text, roles=self._roles, zero=True):
            event = at.get(case.pc)
            tested = _property(self._app, event)
            truth = isinstance(event, Branch) and not _is_number(self._app, event)
            if tested is not None and not truth:
                found[tested].append(case)
        return found

    def _texts(self, code: MethodCode, case: Case) -> Iterator[Shown]:
        named = self._resources.get(code.method, {})
        for pc in sorted(case.alone):
            if pc in code.strings:
                row = code.strings[pc]
                yield Shown(case.key, self._app.string(row), code.method, pc, case.pc, row)
            for resource, text in named.get(pc, ()):
                yield Shown(case.key, text, code.method, pc, case.pc, resource=resource)

    def _moves(self, method: int, events: Sequence[Event], one: Property) -> Iterator[Move]:
        """Constants that a method puts into a property."""
        for event in events:
            value: Origin | None = None
            if isinstance(event, Store) and event.field >= 0:
                if _of_field(self._app, event.field) == one:
                    value = event.value
            elif isinstance(event, Call) and event.arguments:
                name = self._app.method_name(event.callee)
                owner = self._app.method_class(event.callee)
                if SETTER.match(name) and Property(owner, _bare(name, SETTER)) == one:
                    value = event.arguments[-1]
            if isinstance(value, Constant) and value.kind in ("int", "string"):
                yield Move("", value.text, method, event.pc)

    def _written(self, one: Property) -> Iterator[Move]:
        """Moves of all methods that write the property."""
        if not one.owner:
            return
        own = not_of_libraries(self._app)
        for method in self._writers(one)[:MOST_WRITERS]:
            code = self._reader.read(method) if own[method] else None
            if code is not None and self._app.method_name(method) not in ("<init>", "<clinit>"):
                events = list(Origins(self._app, code, self._constants).events())
                moves = list(self._moves(method, events, one))
                cases = self._cases(code, events).get(one, ()) if moves else ()
                for move in moves:
                    start = {case.key for case in cases if move.pc in case.alone} - {move.to}
                    yield replace(move, start=start.pop()) if len(start) == 1 else move

    def _writers(self, one: Property) -> list[int]:
        app = self._app
        uses, owner = app.table(FIELD_USES), app.type_by_descriptor(_descriptor(one.owner))
        fields = np.flatnonzero(app.table(FIELDS)["class_type"] == owner).tolist()
        rows = [row for row in fields if owner >= 0 and _of_field(app, row) == one]
        found = set(uses["method"][among(uses["field"], np.asarray(rows, "i4"))].tolist())
        caller = app.table(CALLS)["method"]
        for name in (f"set{one.name[:1].upper()}{one.name[1:]}", f"set{one.name}"):
            for row in app.methods_named(one.owner, name):
                found |= {int(caller[call]) for call in app.calls_of(row)}
        return sorted(found)


def _rest(cases: Sequence[Case]) -> Iterator[Case]:
    """What runs for none of the codes that a method tells apart."""
    rest = frozenset.intersection(*(case.otherwise for case in cases))
    if rest:
        yield replace(cases[-1], key=OTHER, alone=rest)


def _is_number(app: Facts, branch: Branch) -> bool:
    """Whether a test is about a whole number, and not about truth or an object."""
    for one in (branch.left, branch.right):
        if isinstance(one, FieldRead):
            return app.field_signature(one.row).rpartition(":")[2] in NUMBERS
        if isinstance(one, CallResult):
            return app.method_signature(one.callee).rpartition(")")[2] in NUMBERS
    return False


def _descriptor(name: str) -> str:
    return f"L{name.replace('.', '/')};"


def _property(app: Facts, event: Event | None) -> Property | None:
    """What a test is about; None where that has no name."""
    if isinstance(event, Choice):
        return property_of(app, event.value)
    if isinstance(event, Branch):
        sides: tuple[Origin, ...] = (event.left, event.right)
    elif isinstance(event, Call):
        sides = event.arguments
    else:
        return None
    named = [property_of(app, one) for one in sides if not isinstance(one, Constant)]
    return named[0] if len(named) == 1 else None


def property_of(app: Facts, origin: Origin) -> Property | None:
    """The property that a value is read from, None for none with a name."""
    if isinstance(origin, FieldRead):
        return _of_field(app, origin.row)
    if not isinstance(origin, CallResult):
        return None
    asked = [one.text for one in origin.arguments if isinstance(one, Constant)]
    name = app.method_name(origin.callee)
    if asked:
        is_name = re.fullmatch(r"[A-Za-z_]\w{1,40}", asked[0])
        return Property("", asked[0]) if is_name else None
    if GETTER.match(name):
        return Property(app.method_class(origin.callee), _bare(name, GETTER))
    return None


def _of_field(app: Facts, row: int) -> Property:
    fields = app.table(FIELDS)
    name = app.string(int(fields["name"][row]))
    if re.match(r"m[A-Z]|_", name):
        name = _bare(name.lstrip("_"), kept_regex(r"^m(?=[A-Z])"))
    return Property(app.type_name(int(fields["class_type"][row])), name)


def _bare(name: str, prefix: re.Pattern[str]) -> str:
    rest = prefix.sub("", name).lstrip("_")
    return rest[:1].lower() + rest[1:]
