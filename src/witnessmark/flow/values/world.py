"""What the interpreter asks of an app: methods that calls run, fields, resources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from witnessmark.facts.tables.code import (
    CALLS,
    CLASSES,
    FIELD_USES,
    FIELDS,
    METHODS,
    PROTOS,
    STATIC_VALUES,
    TYPES,
)  # fmt: skip
from witnessmark.facts.tables.manifest import APP
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.facts.words import UNTOLD
from witnessmark.flow.later import Later
from witnessmark.flow.tables import DISPATCHES
from witnessmark.flow.values.code import Callee, Methods
from witnessmark.flow.values.folders import FIELDS as GIVEN_FIELDS
from witnessmark.flow.values.folders import platform_text
from witnessmark.flow.values.objects import UNKNOWN, Array, ClassName, Step, Text, Thing, Value
from witnessmark.flow.values.started import Started
from witnessmark.model.distinct import among

STATIC, NATIVE, ABSTRACT = 0x8, 0x100, 0x400
STARTS = (2, 3)
"""Kinds of rows of `DISPATCHES` that tell what outside code runs after a call."""
DEEPEST = 64
VIRTUAL = (0x6E, 0x72, 0x74, 0x78)
RESOURCE_GETTERS = frozenset({"getString", "getText"})
STATIC_WRITES = range(0x67, 0x6E)


MADE_BY_COMPILER = 0x1010
"""Access flags of a field that is final and synthetic."""


class World:
    """One app; everything is looked up once.

    Ask `world_of` for the world of an app whose tables hold those of `flow.build`: all who ask
    share what they look up.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.methods = Methods(facts)
        self._callees: dict[int, Callee] = {}
        self._signatures: dict[int, str] = {}
        self._targets: dict[tuple[int, int], int] = {}
        self._fields: dict[int, int] = {}
        self._initialisers: dict[int, int] = {}
        self._elsewhere: dict[int, bool] = {}
        self._charsets: dict[int, str] = {}
        self._class_types = facts.table(METHODS)["class_type"].tolist()
        self._called = Later(self._find_called)
        self._landings = Later(self._find_landings)
        self._started = Later(self._find_started)
        self._fields_of_class = Later(self._find_fields_of_class)
        self._static_writers = Later(self._find_static_writers)
        self._initial = Later(self._find_initial)
        self._package = Later(self._find_package)
        self._resources = Later(self._find_resources)

    def with_landings(self, facts: Facts) -> World:
        """The same world, what was looked up included, where calls land as ``facts`` tell."""
        twin = World(facts)
        twin.methods = self.methods
        twin._callees, twin._signatures, twin._targets = (
            self._callees, self._signatures, self._targets,
        )  # fmt: skip
        twin._fields, twin._initialisers = self._fields, self._initialisers
        twin._elsewhere, twin._charsets = self._elsewhere, self._charsets
        twin._called, twin._started = self._called, self._started
        twin._fields_of_class, twin._static_writers = self._fields_of_class, self._static_writers
        twin._initial, twin._package, twin._resources = (
            self._initial, self._package, self._resources,
        )  # fmt: skip
        return twin

    def callee(self, row: int) -> Callee:
        """What a call that names method ``row`` says."""
        found = self._callees.get(row)
        if found is None:
            facts = self.facts
            owner = facts.descriptor(self._class_types[row])
            name = facts.method_name(row)
            proto = int(facts.table(METHODS)["proto"][row])
            returned = int(facts.table(PROTOS)["return_type"][proto])
            returns = facts.descriptor(returned) or UNTOLD
            found = Callee(
                row, owner, name, facts.parameter_types(row), returns, f"{owner}->{name}"
            )
            self._callees[row] = found
        return found

    def signature(self, method: int) -> str:
        """How evidence spells a method."""
        if method not in self._signatures:
            self._signatures[method] = self.facts.method_signature(method)
        return self._signatures[method]

    def callee_of_call(self, call: int) -> Callee:
        """What the call in row ``call`` names."""
        row = self._called.get()[call]
        return self._callees.get(row) or self.callee(row)

    def _find_called(self) -> list[int]:
        listed: list[int] = self.facts.table(CALLS)["callee"].tolist()
        return listed

    def target(self, callee: Callee, opcode: int, receiver: Value) -> int:
        """The method of the app that a call runs; -1 when outside code or when objects decide."""
        kind = receiver.kind if isinstance(receiver, Thing) else ""
        start = self.facts.type_by_descriptor(kind) if kind[:1] == "L" else -1
        if opcode in VIRTUAL and start >= 0:
            return self._inherited(start, callee.row)
        if opcode in VIRTUAL:
            landing = self._landings.get().get(callee.row, ())
            if landing:
                return landing[0] if len(landing) == 1 else -1
        return self._inherited(self._class_types[callee.row], callee.row)

    def _find_landings(self) -> Mapping[int, tuple[int, ...]]:
        found: dict[int, set[int]] = {}
        table = self.facts.table(DISPATCHES)
        rows = ~among(table["kind"], STARTS)
        pairs = zip(table["named"][rows].tolist(), table["target"][rows].tolist(), strict=True)
        for named, target in pairs:
            found.setdefault(named, set()).add(target)
        return {named: tuple(sorted(targets)) for named, targets in found.items()}

    def started(
        self, callee: Callee, given: Sequence[Value]
    ) -> list[tuple[int, tuple[Value, ...]]]:
        """Methods that outside code runs after a call, such as ``run`` after ``Thread.start``, and
        what they are given: an array (or what stands for one) handed over with the object, else
        nothing that is known.
        """
        if not self._started.get().knows(callee.name):
            return []
        kinds = [
            (position, value.kind)
            for position, value in enumerate(given)
            if isinstance(value, Thing)
        ]
        if not kinds:
            return []
        arrays = [one for one in given if isinstance(one, Array | Text)]
        return [
            (target, (given[position], *_passed(self.callee(target).kinds, arrays)))
            for position, target in self._started.get().methods(callee.owner, callee.name, kinds)
        ]

    def named(self, kind: str, name: str) -> list[int]:
        """Methods called ``name`` with code that an object of class ``kind`` has."""
        return self._started.get().named(kind, name)

    def _find_started(self) -> Started:
        return Started(self.facts)

    def _inherited(self, type_row: int, method: int) -> int:
        """The method with code that a class has or inherits under the name of ``method``."""
        if (type_row, method) in self._targets:
            return self._targets[type_row, method]
        methods, classes = self.facts.table(METHODS), self.facts.table(CLASSES)
        wanted = (int(methods["name"][method]), int(methods["proto"][method]))
        found, at = -1, int(self.facts.table(TYPES)["class"][type_row])
        for _ in range(DEEPEST):
            if at < 0 or found >= 0:
                break
            for own in self.facts.methods_of(at):
                if (int(methods["name"][own]), int(methods["proto"][own])) == wanted:
                    found = own if int(methods["code_offset"][own]) >= 0 else -1
                    break
            above = int(classes["super_type"][at])
            at = int(self.facts.table(TYPES)["class"][above]) if above >= 0 else -1
        if found < 0 and type_row == self._class_types[method]:
            found = method if int(methods["code_offset"][method]) >= 0 else -1
        self._targets[type_row, method] = found
        return found

    def is_static(self, method: int) -> bool:
        """Whether a method has no receiver."""
        return bool(int(self.facts.table(METHODS)["access"][method]) & STATIC)

    def field(self, row: int) -> int:
        """The row of the field where it is declared, for one named through a subclass."""
        if row not in self._fields:
            self._fields[row] = self._declared(row)
        return self._fields[row]

    def _declared(self, row: int) -> int:
        fields, classes = self.facts.table(FIELDS), self.facts.table(CLASSES)
        if int(fields["class"][row]) >= 0:
            return row
        wanted = (int(fields["name"][row]), int(fields["type"][row]))
        at = int(self.facts.table(TYPES)["class"][int(fields["class_type"][row])])
        for _ in range(DEEPEST):
            if at < 0:
                break
            for own in self._fields_of_class.get().get(at, ()):
                if (int(fields["name"][own]), int(fields["type"][own])) == wanted:
                    return own
            above = int(classes["super_type"][at])
            at = int(self.facts.table(TYPES)["class"][above]) if above >= 0 else -1
        return row

    def _find_fields_of_class(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for row, owner in enumerate(self.facts.table(FIELDS)["class"].tolist()):
            if owner >= 0:
                found.setdefault(owner, []).append(row)
        return found

    def charset(self, row: int) -> str:
        """Name of the character set that a static field is, empty for any other."""
        found = self._charsets.get(row)
        if found is None:
            owner, _, name = self.facts.field_signature(row).partition("->")
            found = name.partition(":")[0] if owner.endswith("Charsets;") else ""
            self._charsets[row] = found
        return found

    def is_outer(self, row: int) -> bool:
        """Whether a field holds the object of the app around one of an inner class.

        The compiler makes it: final, synthetic, of a class of the app (JVMS 4.7.8).
        """
        fields = self.facts.table(FIELDS)
        made = int(fields["access"][row]) & MADE_BY_COMPILER == MADE_BY_COMPILER
        return made and int(self.facts.table(TYPES)["class"][int(fields["type"][row])]) >= 0

    def field_kind(self, row: int) -> str:
        """Descriptor of the type of a field."""
        return self.facts.descriptor(int(self.facts.table(FIELDS)["type"][row]))

    def initialiser(self, field: int) -> int:
        """The static initialiser of the class that declares a field, -1 for none."""
        owner = int(self.facts.table(FIELDS)["class"][field])
        if owner < 0:
            return -1
        found = self._initialisers.get(owner)
        if found is None:
            found = self._initialisers[owner] = self._initialiser_of(owner)
        return found

    def _initialiser_of(self, owner: int) -> int:
        return next(
            (m for m in self.facts.methods_of(owner) if self.facts.method_name(m) == "<clinit>"), -1
        )

    def _find_static_writers(self) -> Mapping[int, set[int]]:
        uses = self.facts.table(FIELD_USES)
        found: dict[int, set[int]] = {}
        rows = among(uses["opcode"], STATIC_WRITES)
        pairs = zip(uses["method"][rows].tolist(), uses["field"][rows].tolist(), strict=True)
        for method, field in pairs:
            found.setdefault(self.field(field), set()).add(method)
        return found

    def written_elsewhere(self, field: int) -> bool:
        """Whether other methods than the initialiser of its class write a static field."""
        found = self._elsewhere.get(field)
        if found is None:
            others = self._static_writers.get().get(field, set()) - {self.initialiser(field)}
            found = self._elsewhere[field] = bool(others)
        return found

    def written_at_start(self, field: int) -> bool:
        """Whether the initialiser of its class writes a static field."""
        return self.initialiser(field) in self._static_writers.get().get(field, ())

    def _find_initial(self) -> Mapping[int, tuple[str, str, int]]:
        rows = self.facts.table(STATIC_VALUES).rows("field", "kind", "text", "ref")
        return {field: (kind, text, ref) for field, kind, text, ref in rows}

    def initial_value(self, field: int) -> Value:
        """The value that the class file gives a static field before any code runs."""
        kind, text, ref = self._initial.get().get(field, ("", "", -1))
        if kind == "string":
            says = f"value of {self.facts.field_signature(field)}"
            return Text(text, (Step(says, string=ref),))
        if kind in ("int", "short", "byte", "char", "long", "boolean"):
            return _number(text)
        if kind == "type":
            return ClassName(text)
        if kind in ("float", "double"):
            return UNKNOWN
        if int(self.facts.table(FIELDS)["class"][field]) < 0:
            return self._platform_field(field)
        return 0

    def _platform_field(self, field: int) -> Value:
        given = GIVEN_FIELDS.get(self.facts.field_signature(field).rpartition(":")[0])
        return UNKNOWN if given is None else Text(given)

    def platform_text(
        self, callee: Callee, given: Sequence[Value], method: int, pc: int
    ) -> Text | None:
        """The folder or name that the platform gives in a call; None for any other call."""
        if callee.returns not in ("Ljava/io/File;", "Ljava/lang/String;"):
            return None
        return platform_text(callee.key, callee.returns, given, self._package.get(), (method, pc))

    def _find_package(self) -> str:
        rows = self.facts.table(APP).rows("key", "value")
        return next((str(value) for key, value in rows if key == "package"), "")

    def resource_text(self, callee: Callee, number: Value, method: int, pc: int) -> Text | None:
        """The text resource that ``getString(id)`` gives; None for any other call."""
        asked = callee.name in RESOURCE_GETTERS and callee.kinds[:1] == ("I",)
        if not asked or not isinstance(number, int) or number >> 24 == 0:
            return None
        found = self._resources.get().get(number & 0xFFFFFFFF)
        if found is None:
            return None
        text, row = found
        return Text(text, (Step("text resource", method, pc, resource=row),))

    def _find_resources(self) -> Mapping[int, tuple[str, int]]:
        """Text and row of string resources, the default configuration first."""
        found: dict[int, tuple[str, int]] = {}
        rows = self.facts.table(RESOURCE_VALUES).rows("resource", "configuration", "kind", "text")
        for row, (resource, configuration, kind, text) in enumerate(rows):
            if kind == "string" and (resource not in found or not configuration):
                found[resource] = (text, row)
        return found


def world_of(facts: Facts) -> World:
    """The world of an app whose tables hold those of `flow.build`, made once."""
    return facts.once(_with_landings)


def _with_landings(facts: Facts) -> World:
    return facts.once(World).with_landings(facts)


def _passed(kinds: Sequence[str], arrays: Sequence[Array | Text]) -> list[Value]:
    return [arrays[-1] if arrays and kind[0] == "[" else UNKNOWN for kind in kinds]


def _number(text: str) -> Value:
    words = {"true": 1, "false": 0}
    if text in words:
        return words[text]
    try:
        return int(text)
    except ValueError:
        return UNKNOWN


def empty_array(kind: str, size: int) -> Array:
    """A new array of type ``kind``: zeros, and nothing for references."""
    return Array(kind, [0] * size)
