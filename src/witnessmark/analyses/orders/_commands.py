"""Commands of one place of choice: constants, words kept in settings, keys of a map of handlers.

Constants are those that `_choices` finds. A word that the app keeps among its settings is a
command as well, where a message is compared with it: whoever holds the phone has set it. Keys of a
map whose values are objects of the app's own classes are commands where a message is the key that
is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.orders._choices import Case, Comparison, unknown_comparisons
from witnessmark.analyses.orders._doing import Act, Doing
from witnessmark.analyses.orders._origins import Heard, Origins
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import FIELD_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.origins import Call, Constant, Event, FieldRead, Made, Store
from witnessmark.flow.origins import Origins as Values
from witnessmark.flow.straight import static_constants
from witnessmark.knowledge.packs.call_roles import Role
from witnessmark.model.distinct import among

FEWEST_KEYS = 2
PUT_ARGUMENTS = 3


class Command(Struct, frozen=True):
    """A constant with what it makes the code do; ``method`` is where the constant stands, ``kept``
    the name under which the app keeps the word instead, empty for a constant.
    """

    case: Case
    acts: tuple[Act, ...]
    method: int
    kept: str = ""

    @property
    def is_strong(self) -> bool:
        """Whether an act tells of a command by itself."""
        return any(act.strong for act in self.acts)

    @property
    def spelled(self) -> str:
        """The command in words."""
        return f"the word kept as “{self.kept}”" if self.kept else f"“{self.case.key.strip()}”"


class Choice(Struct, frozen=True):
    """A method that does one thing or another, and where what decides comes from."""

    method: int
    commands: Sequence[Command]
    heard: Heard


class Kept:
    """Words kept in settings that messages are compared with."""

    def __init__(
        self, app: Facts, origins: Origins, settings: Origins, doing: Doing, roles: CallRoles
    ) -> None:
        self._app = app
        self._roles = roles
        self._origins = origins
        self._settings = settings
        self._doing = doing

    def choices(self, methods: Sequence[int]) -> Iterator[Choice]:
        """Methods that compare a message with what the app keeps, and what they then do."""
        for method in methods if self._settings.hears() else ():
            code = self._origins.code(method)
            found: dict[str, Command] = {}
            heard: Heard | None = None
            for one in (
                unknown_comparisons(self._app, code, self._roles) if code is not None else ()
            ):
                acts = tuple(self._doing.in_places(method, one.alone))
                if not any(act.strong for act in acts):
                    continue
                told, name = self._sides(method, one)
                if told is not None:
                    heard = heard or told
                    case = Case("", "field", -1, one.pc, one.registers[0], one.alone)
                    found.setdefault(name, Command(case, acts, method, name))
            if heard is not None:
                yield Choice(method, list(found.values()), heard)

    def _sides(self, method: int, one: Comparison) -> tuple[Heard | None, str]:
        """What one side heard, and the name under which the app keeps the other."""
        for mine, other in (one.registers, one.registers[::-1]):
            kept = self._settings.heard(method, other, one.pc)
            name = self._settings.asked(kept) if kept is not None else ""
            heard = self._origins.heard(method, mine, one.pc) if name else None
            if heard is not None:
                return heard, name
        return None, ""


class Handlers:
    """Maps from words to objects of the app's own classes, asked with what a message says."""

    def __init__(
        self, app: Facts, names: CodeNames, origins: Origins, doing: Doing, roles: CallRoles
    ) -> None:
        self._app = app
        self._roles = roles
        self._names = names
        self._origins = origins
        self._doing = doing
        self._own = not_of_libraries(app)

    def choices(self) -> Iterator[Choice]:
        """Methods that ask such a map for what came."""
        uses = self._app.table(FIELD_USES)
        rows = among(uses["field"], np.asarray(sorted(self._filled), "i4"))
        asking = self._calling("map_get") if self._filled else {}
        for method in sorted(set(uses["method"][rows].tolist()) & asking.keys()):
            for event in self._events(method):
                if isinstance(event, Call) and event.callee in asking[method]:
                    yield from self._asked(method, event)

    def _asked(self, method: int, call: Call) -> Iterator[Choice]:
        """The choice that a call makes which asks a map for what came."""
        field = call.arguments[0]
        commands = self._filled.get(field.row) if isinstance(field, FieldRead) else None
        code = self._origins.code(method)
        if commands and code is not None:
            one = next(step for step in code.instructions if step.pc == call.pc)
            heard = self._origins.heard(method, one.registers[1], call.pc)
            if heard is not None:
                yield Choice(method, commands, heard)

    @cached_property
    def _filled(self) -> Mapping[int, Sequence[Command]]:
        """Commands by the field that holds the map."""
        found: dict[int, dict[str, Command]] = defaultdict(dict)
        for method, callees in sorted(self._calling("map_put").items()):
            for field, listed in self._puts(method, callees).items():
                if len(listed) >= FEWEST_KEYS:
                    for key, kind in listed:
                        found[field].setdefault(key.text, self._command(method, key, kind))
        return {field: list(commands.values()) for field, commands in found.items()}

    def _puts(self, method: int, callees: set[int]) -> Mapping[int, list[tuple[Constant, int]]]:
        """Words and classes that a method puts into maps, by the field that holds the map."""
        fields: dict[int, list[tuple[Constant, int]]] = defaultdict(list)
        made: dict[int, list[tuple[Constant, int]]] = defaultdict(list)
        kept: dict[int, int] = {}
        for event in self._events(method):
            if isinstance(event, Call) and event.callee in callees:
                target, (key, kind) = event.arguments[0], self._put(event)
                if key is not None and isinstance(target, FieldRead):
                    fields[target.row].append((key, kind))
                elif key is not None and isinstance(target, Made):
                    into = fields[kept[target.pc]] if target.pc in kept else made[target.pc]
                    into.append((key, kind))
            elif isinstance(event, Store) and event.field >= 0 and isinstance(event.value, Made):
                kept[event.value.pc] = event.field
                fields[event.field] += made.pop(event.value.pc, [])
        return fields

    def _put(self, call: Call) -> tuple[Constant | None, int]:
        """The word and the class of the object that a call puts into a map."""
        if len(call.arguments) != PUT_ARGUMENTS:
            return None, -1
        _, key, value = call.arguments
        if not isinstance(key, Constant) or key.kind != "string" or not isinstance(value, Made):
            return None, -1
        kind = self._app.class_by_name(self._app.descriptor(value.type)[1:-1].replace("/", "."))
        return (key, kind) if kind >= 0 else (None, -1)

    def _command(self, method: int, key: Constant, kind: int) -> Command:
        acts: dict[str, Act] = {}
        for one in self._app.methods_of(kind):
            code = self._origins.code(one)
            if code is not None and not self._app.method_name(one).startswith("<"):
                places = frozenset(step.pc for step in code.instructions)
                for act in self._doing.in_places(one, places):
                    acts.setdefault(act.says, act)
        case = Case(key.text, "text", key.row, key.pc, -1, frozenset())
        return Command(case, tuple(acts.values()), method)

    def _calling(self, role: Role) -> Mapping[int, set[int]]:
        """Methods of a map that are called, by the method of the app that calls them."""
        members = self._roles.members(role)
        found: dict[int, set[int]] = defaultdict(set)
        for call in self._names.calls(self._names.methods(members, below=False)):
            if self._own[call.method]:
                found[call.method].add(call.callee)
        return found

    def _events(self, method: int) -> Iterator[Event]:
        code = CodeReader(self._app).read(method)
        if code is not None:
            yield from Values(self._app, code, static_constants(self._app)).events()
