"""Which components of the app an intent means, within one method and what is handed to it.

An intent that names a class, a component by its name, or an action that a filter of the app's own
waits for means that component. Helpers that return an intent, and fields that keep one, are read
before: see `IntentReader.remember`.

Source: developer.android.com/reference/android/content/Intent, .../android/app/PendingIntent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.code_names import CodeNames
from witnessmark.facts.tables.manifest import COMPONENTS, INTENT_FILTERS
from witnessmark.facts.view import Facts
from witnessmark.flow.call_roles import classes
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.origins import (
    Call,
    CallResult,
    Constant,
    Event,
    FieldRead,
    Made,
    Origin,
    Origins,
    Parameter,
    Store,
)
from witnessmark.flow.straight import static_constants

CLASS_OF = "getClass"
STARTABLE = frozenset({"service", "receiver"})

Classes = frozenset[int]
NOTHING: Classes = frozenset()


class Meant(Struct, frozen=True):
    """A call with the components (rows of ``classes``) that one of its arguments means."""

    call: Call
    classes: Classes


def carrying(roles: CallRoles) -> frozenset[str]:
    """Type descriptors of objects that mean the component that they were given, or made with."""
    return frozenset(f"L{name.replace('.', '/')};" for name in roles.owners("carrier"))


class IntentReader:
    """Reads methods of one app; remembers what helpers return and fields keep."""

    def __init__(self, app: Facts, names: CodeNames, roles: CallRoles) -> None:
        self._app = app
        self._names = names
        self._carriers = roles.owners("carrier")
        self._carrying = carrying(roles)
        self._roles = roles
        self._reader = CodeReader(app)
        self._constants = static_constants(app)
        self._fields: dict[int, Classes] = {}
        self._returned: dict[int, Classes] = {}

    def remember(self, method: int) -> None:
        """Keep what a method returns and puts into fields, for methods read later."""
        made: dict[int, Classes] = {}
        for event in self._events(method):
            if isinstance(event, Call):
                self._carry(event, made)
            elif isinstance(event, Store):
                classes = self.classes_of(event.value, made)
                if classes and event.field >= 0:
                    self._fields[event.field] = self._fields.get(event.field, NOTHING) | classes
                elif classes:
                    self._returned[method] = self._returned.get(method, NOTHING) | classes

    def calls(self, method: int) -> Iterator[Meant]:
        """All calls of a method in order of place."""
        made: dict[int, Classes] = {}
        for event in self._events(method):
            if isinstance(event, Call):
                self._carry(event, made)
                found = (self.classes_of(one, made) for one in event.arguments)
                yield Meant(event, frozenset[int]().union(*found))

    def _events(self, method: int) -> Iterator[Event]:
        code = self._reader.read(method)
        if code is not None:
            yield from Origins(self._app, code, self._constants, self._chained).events()

    def _carry(self, call: Call, made: dict[int, Classes]) -> None:
        """Let an object that is made here mean what it is given."""
        if not call.receiver or not call.arguments:
            return
        target = call.arguments[0]
        if isinstance(target, Made) and self._app.descriptor(target.type) in self._carrying:
            given = [self._named(one) | self.classes_of(one, made) for one in call.arguments[1:]]
            made[target.pc] = made.get(target.pc, NOTHING).union(*given)

    def classes_of(self, origin: Origin, made: Mapping[int, Classes]) -> Classes:
        """Components that a value means; none for what is no intent."""
        if isinstance(origin, Made):
            return made.get(origin.pc, NOTHING)
        if isinstance(origin, FieldRead):
            return self._fields.get(origin.row, NOTHING)
        if isinstance(origin, Constant) and origin.kind == "type":
            return self._named(origin)
        if not isinstance(origin, CallResult):
            return NOTHING
        if self._app.method_name(origin.callee) == CLASS_OF:
            return self._own_class(origin)
        if origin.callee in self._returned:
            return self._returned[origin.callee]
        if self._app.method_class(origin.callee) not in self._carriers:
            return NOTHING
        found = (self.classes_of(one, made) | self._named(one) for one in origin.arguments)
        return frozenset[int]().union(*found)

    def _own_class(self, origin: CallResult) -> Classes:
        """The component that ``getClass`` gives of a component itself."""
        target = origin.arguments[0] if len(origin.arguments) == 1 else None
        if not isinstance(target, Parameter) or target.position >= 0:
            return NOTHING
        return frozenset({self._app.class_by_name(target.type[1:-1].replace("/", "."))}) & (
            self.startable
        )

    def _named(self, origin: Origin) -> Classes:
        """Components that a class object, a component's name or an action means."""
        if not isinstance(origin, Constant):
            return NOTHING
        if origin.kind == "type":
            row = self._app.class_by_name(origin.text[1:-1].replace("/", "."))
            return frozenset({row}) & self.startable
        return self._by_text.get(origin.text, NOTHING) if origin.kind == "string" else NOTHING

    @cached_property
    def startable(self) -> Classes:
        """Services, receivers and work of the app, as rows of ``classes``."""
        table = self._app.table(COMPONENTS)
        found = {
            self._app.class_by_name(name)
            for kind, name in table.rows("kind", "class_name")
            if kind in STARTABLE
        }
        return frozenset((found | set(self._names.classes_below(classes("worker")))) - {-1})

    @cached_property
    def _by_text(self) -> Mapping[str, Classes]:
        """Components by their names and by actions of the app's own that their filters wait for."""
        found: dict[str, set[int]] = defaultdict(set)
        table = self._app.table(COMPONENTS)
        rows = [self._app.class_by_name(str(name)) for name in table["class_name"]]
        for row, name in zip(rows, table["class_name"], strict=True):
            if row in self.startable:
                found[str(name)].add(row)
        for component, part, value in self._app.table(INTENT_FILTERS).rows(
            "component", "part", "value"
        ):
            if part == "action" and rows[component] in self.startable:
                found[value].add(rows[component])
        return {
            text: frozenset(classes) for text, classes in found.items()
            if not text.startswith("android.")
        }  # fmt: skip

    @cached_property
    def _chained(self) -> frozenset[int]:
        """Methods of intents that return the intent itself."""
        return frozenset(
            row
            for one in self._roles.members("carries_on")
            for row in self._app.methods_named(one.owner, one.name)
        )
