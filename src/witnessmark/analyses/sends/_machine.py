"""Runs methods that put requests together, and notes each request as it leaves.

The interpreter is that of `flow.values`, with the calls that pack ``requests`` knows carried out on
objects of the run, and with a label behind each value that is not known (`_labels`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.sends._beans import Beans
from witnessmark.analyses.sends._effects import apply
from witnessmark.analyses.sends._kept_objects import KeptObjects
from witnessmark.analyses.sends._labels import (
    LONGEST_SOURCE,
    Label,
    Labels,
    constant_texts,
    lone_label,
)  # fmt: skip
from witnessmark.analyses.sends._meant import Unresolved
from witnessmark.analyses.sends._message import Sent, Snapshot
from witnessmark.analyses.sends._spelled import Spelling
from witnessmark.facts.tables.code import METHODS, TYPES
from witnessmark.facts.view import Facts
from witnessmark.flow.receivers import UNRESOLVED
from witnessmark.flow.values.code import Callee
from witnessmark.flow.values.library import Function
from witnessmark.flow.values.library_call import Call
from witnessmark.flow.values.machine import Limits, Machine
from witnessmark.flow.values.objects import (
    HOLE,
    UNKNOWN,
    Array,
    Builder,
    ClassName,
    Text,
    Thing,
    Value,
    copied_into,
    is_unknown,
    spoil,
)  # fmt: skip
from witnessmark.flow.values.paths import Chain, FuelError
from witnessmark.flow.values.world import world_of
from witnessmark.knowledge.packs.requests import Part
from witnessmark.model.gap import Gap

LIMITS = Limits(fuel=60_000, paths=48, unsure=12_000, deepest=8)
KEPT_FUEL = 4_000
"""Instructions of a method that makes what fields keep."""

MOST_SENT = 4_000
TOO_MANY = f"requests behind the first {MOST_SENT} that were followed were left out"
SHORTEST_GETTER = 16
"""Code units of a method that does no more than set a field, or give one on, or a new object."""

LONGEST_MAKER = 40
"""Code units of a method that makes an object of the app, as a builder of requests does."""

OF_SOME = "of some"
"""In `RequestMachine.bases` for addresses of declared requests of which it is not seen whose."""

BEFORE = {"doInBackground": "onPreExecute"}
GET_BYTES = "Ljava/lang/String;->getBytes"
NEW_TEXT = "Ljava/lang/String;-><init>"
NO_OBJECTS = frozenset({"Z", "B", "C", "S", "I", "J", "F", "D", "Ljava/lang/String;"})
PLAIN_KINDS = "ZBCSV"
"""Types of results that are never labelled: flags and single letters tell nothing."""


class Places(Struct):
    """Methods by what the run has to know of them.

    ``parts``   method rows as named, and what their call does.
    ``forms``   those that only give a value another form, with the word for it.
    ``leads``   methods from which a call that sends can come.
    ``builds``  methods that put a request, or a part of one, together.
    ``declared``  methods of interfaces that declare requests, among ``parts``.
    ``unresolved``  entries for calls on objects whose class the source does not tell.
    """

    parts: Mapping[int, tuple[Part, ...]]
    forms: Mapping[int, str]
    leads: frozenset[int]
    builds: frozenset[int]
    declared: frozenset[int]
    unresolved: Unresolved


class RequestMachine(Machine):
    """The interpreter; `sent` grows as methods are run."""

    def __init__(self, facts: Facts, places: Places, beans: Beans) -> None:
        super().__init__(world_of(facts), _Everything(places, self), LIMITS)
        self._facts = facts
        self._places = places
        self._beans = beans
        self._chain: Chain = ()
        self._units = facts.table(METHODS)["code_units"].tolist()
        self.labels = Labels()
        self.sent: list[Sent] = []
        self.bases: dict[str, dict[str, None]] = {}
        self._own_types: dict[str, bool] = {}
        self._acted_on = {self.world.callee(row).owner for row in places.parts}
        self._declarers = {self.world.callee(row).owner for row in places.declared}
        self._spelling = Spelling(beans.members, self._body_text)
        self._snapshot = Snapshot(self._spelling)
        self._kept_objects = KeptObjects(facts)
        self._left: dict[int, Mapping[int, Value]] = {}

    def run_root(self, method: int) -> None:
        """Run a method with nothing known of what it is given; `FuelError` as in `Machine.run`."""
        callee = self.world.callee(method)
        given: list[Value] = [
            UNKNOWN if kind in PLAIN_KINDS else self.labels.text(Label("parameter", at, method, -1))
            for at, kind in enumerate(callee.kinds)
        ]
        if not self.world.is_static(method):
            given.insert(0, Thing(callee.owner, open=True))
            for earlier in self._before(callee):
                with suppress(FuelError):
                    self.run(earlier, given[:1])
        self.run(method, given)

    def _before(self, callee: Callee) -> list[int]:
        """Methods that the platform calls first on the same object, so that what they put into it
        is there (android.os.AsyncTask).
        """
        first = BEFORE.get(callee.name)
        named = self.world.named(callee.owner, first) if first else []
        return [one for one in named if not self.world.callee(one).kinds][:1]

    def stand_in(
        self, callee: Callee, kinds: tuple[str, ...], given: Sequence[Value]
    ) -> Function | None:
        """Calls that pack ``requests`` knows, then those that every run knows.

        Where source calls a method of an object whose class is not known, the object of the run
        tells which is meant.
        """
        part = self._part(callee)
        if part is None and callee.owner == UNRESOLVED:
            part = self._places.unresolved.find(callee, given)
            named = replace(callee, owner="", key=f"{_class_of(given)}->{callee.name}")
            if part is None:
                return super().stand_in(named, kinds, given)
        if part is not None:
            meant = part
            return lambda call: apply(meant, call, self, name=callee.name)
        function = super().stand_in(callee, kinds, given)
        if function is not None and callee.key in (GET_BYTES, NEW_TEXT):
            return _of_pieces(function, callee.name)
        return function

    def _part(self, callee: Callee) -> Part | None:
        found = self._places.parts.get(callee.row, ())
        return found[0] if found else None

    def go_on(self, chain: Chain) -> None:
        """Note the places of the calls that led to what is run now."""
        self._chain = chain

    def unknown_result(self, callee: Callee, said: Call) -> Value:
        """A label that tells which call gave the value, and what it was given."""
        if callee.returns in PLAIN_KINDS or callee.name == "<init>":
            return UNKNOWN
        numbers = tuple(v for v in said.arguments if isinstance(v, int) and v > 0xFFFF)[:2]
        form = self._places.forms.get(callee.row, "")
        return self.labels.text(
            Label(
                "result", callee.row, said.method, said.pc,
                constant_texts(said.arguments), numbers, self.labels.of_values(said.arguments),
                self._source(said) if form else "",
            )
        )  # fmt: skip

    def _source(self, said: Call) -> str:
        """The longest text that goes into a call which gives it another form."""
        texts = [self._spelling.plain(value) for value in said.arguments]
        known = [text for text in texts if len(text.replace(HOLE, "")) > 0]
        return max(known, key=len, default="")[:LONGEST_SOURCE]

    def unread_field(self, row: int, owner: Value) -> Value:
        """A label that tells which field was read; the object around an inner class is one object,
        in which the run finds what it puts there.
        """
        if self.world.field_kind(row) in PLAIN_KINDS:
            return UNKNOWN
        if isinstance(owner, Thing) and self.world.is_outer(row):
            return owner.known.setdefault(row, Thing(self.world.field_kind(row), open=True))
        kept = self._kept(row) if isinstance(owner, Thing) else None
        if kept is not None and isinstance(owner, Thing):
            return owner.known.setdefault(row, kept)
        return self.labels.text(Label("field", row, -1, -1, inner=self.labels.of_values([owner])))

    def _kept(self, row: int) -> Thing | None:
        """The object of a library that a field keeps from where it is made; what other methods put
        into it is not known.
        """
        maker = self._kept_objects.maker(self.world.field(row))
        if self.world.field_kind(row) in NO_OBJECTS or maker < 0 or maker in self._active:
            return None
        if maker not in self._left:
            self._left[maker] = {}
            self._left[maker] = self._left_by(maker)
        value = self._left[maker].get(self.world.field(row))
        if not isinstance(value, Thing) or not self._is_known(value):
            return None
        twin = Thing(value.kind)
        copied_into(twin, value)
        twin.open = True
        return twin

    def _is_known(self, thing: Thing) -> bool:
        """Whether calls of a library that are known act on an object."""
        by_words = any(not isinstance(name, int) for name in thing.known)
        return by_words or thing.kind in CLASSES or thing.kind in self._acted_on

    def _left_by(self, method: int) -> Mapping[int, Value]:
        """What a method leaves in the fields of its object; what it sends is told elsewhere."""
        callee, chain, sent = self.world.callee(method), self._chain, len(self.sent)
        thing = Thing(callee.owner, open=True)
        labels = [
            UNKNOWN if kind in PLAIN_KINDS else self.labels.text(Label("parameter", at, method, -1))
            for at, kind in enumerate(callee.kinds)
        ]
        before, budget, depth = self.fuel, min(self.fuel, KEPT_FUEL), len(self._active)
        self.fuel = budget
        self._made.touched += 1
        memo, self._memo, self.remembers = self._memo, {}, False
        with suppress(FuelError):
            self._explore(method, [thing, *labels], chain)
        self.fuel += before - budget
        self._chain, self._memo, self.remembers = chain, memo, True
        del self._active[depth:]
        del self.sent[sent:]
        return {row: value for row, value in thing.known.items() if isinstance(row, int)}

    def field_value(self, row: int, owner: Value) -> list[Value]:
        """What a field of an object may hold; an object that a field should hold may be set by
        code that is not followed.
        """
        values = super().field_value(row, owner)
        if values == [0] and self.world.field_kind(row)[0] in "L[" and isinstance(owner, Thing):
            known = self.world.field(row) in owner.known
            return values if known else [self.unread_field(row, UNKNOWN)]
        return values

    def static_value(self, row: int) -> Value:
        """A static field; a label where nothing is known of it."""
        value = super().static_value(row)
        return self.unread_field(self.world.field(row), UNKNOWN) if value is UNKNOWN else value

    def hand_out(self, value: Value) -> None:
        """Code that is not seen may add to an object; what was put into it stays in it."""
        if isinstance(value, Thing):
            value.open = True
        elif isinstance(value, Builder | Array):
            spoil(value)

    def _is_own(self, descriptor: str) -> bool:
        """Whether the app defines a class."""
        known = self._own_types.get(descriptor)
        if known is None:
            row = self._facts.type_by_descriptor(descriptor)
            known = row >= 0 and int(self._facts.table(TYPES)["class"][row]) >= 0
            self._own_types[descriptor] = known
        return known

    def worth(self, target: int, callee: Callee, given: Sequence[Value]) -> bool:
        """Whether a method of the app is looked into."""
        if target in self._places.leads or target in self._places.builds:
            return True
        units = self._units[target]
        if callee.returns[0] in "LV" and 0 < units <= SHORTEST_GETTER:
            return True
        if 0 < units <= LONGEST_MAKER and self._is_own(callee.returns):
            return True
        if callee.returns == "Z" and 0 < units <= LONGEST_MAKER and _all_known(given):
            return True
        return super().worth(target, callee, given)

    def send(self, message: Thing, said: Call) -> None:
        """A request leaves as it is now."""
        call = self._call_at(said.method, said.pc)
        if len(self.sent) >= MOST_SENT:
            self.world.facts.leave_out(Gap("sends/request", TOO_MANY, ("sends",)))
        else:
            place = (said.method, said.pc, call)
            sent = self._snapshot.take(message, place, self._chain)
            owner = said.key.partition("->")[0]
            if owner in self._declarers:
                sent.words["interface"] = owner
            self.sent.append(sent)

    def serves(self, declares: Value, message: Thing) -> None:
        """Requests that a class declares go where ``message`` does."""
        base = self._spelling.plain(message.known.get("base", UNKNOWN))
        if isinstance(declares, ClassName):
            self.bases.setdefault(declares.descriptor, {}).setdefault(base)
        else:
            self.bases.setdefault("", {}).setdefault(base)

    def begins(self, base: Value, said: Call) -> None:
        """Some declared requests begin with ``base``; of whose they are nothing is known."""
        if said.key.partition("->")[0] not in self._declarers:
            self.bases.setdefault(OF_SOME, {}).setdefault(self._spelling.plain(base))

    def declared_alone(self, method: int, part: Part) -> Sent | None:
        """What a declared request would send that no code was seen to ask for."""
        kinds = ("L", *self.world.callee(method).kinds)
        given = tuple(
            self.labels.text(Label("parameter", at, method, -1)) for at in range(-1, len(kinds) - 1)
        )
        before, self._chain = len(self.sent), ()
        apply(part, Call(self.world.callee(method).key, given, kinds, method, -1), self, name="")
        return self.sent.pop() if len(self.sent) > before else None

    def _call_at(self, method: int, pc: int) -> int:
        code = self.world.methods.get(method)
        return -1 if code is None else code.code.calls.get(pc, -1)

    def ask(self, thing: Value, method: str) -> Value:
        """What a method of the app gives that an object has; unknown when it has none."""
        if not isinstance(thing, Thing) or thing.kind[:1] != "L":
            return UNKNOWN
        chain, answer = self._chain, UNKNOWN
        for target in self.world.named(thing.kind, method):
            if not self.world.callee(target).kinds:
                answer = self.results(target, (thing,), chain)[0]
        self._chain = chain
        return answer

    def json_of(self, value: Value) -> Value:
        """A value as JSON; a label whose class is known gives that class's members."""
        text = value.text if isinstance(value, Text) else ""
        number = lone_label(text)
        if number >= 0:
            kind = self._kind_of(self.labels.listed[number])
            members = self._beans.members(kind)
            if members:
                return Text(self._spelling.as_json(Thing(kind, open=True)))
            return value
        spelled = self._spelling.as_json(value)
        return Text(spelled, self._spelling.steps(value)) if spelled != HOLE else UNKNOWN

    def _kind_of(self, label: Label) -> str:
        """The declared type of what a label stands for."""
        if label.kind == "result":
            return self.world.callee(label.row).returns
        if label.kind == "field":
            return self.world.field_kind(label.row)
        if label.kind == "parameter":
            return self.world.callee(label.method).kinds[label.row]
        return ""

    def was_given(self, value: Value) -> bool:
        """Whether the method where the run began was given the value, or an object that has it."""
        number = lone_label(value.text) if isinstance(value, Text) else -1
        return number >= 0 and any(
            label.kind == "parameter" for label in self.labels.everything(number)
        )

    def body_of(self, thing: Thing) -> Value:
        """The body so far."""
        text = self._body_text(thing)
        return Text(text) if text else UNKNOWN

    def _body_text(self, thing: Thing) -> str:
        return self._snapshot.body_of(thing)

    def constant(self, value: Value) -> str:
        """The name of a constant of an enum, which is of its own class, in the app or not."""
        named = value.known.get("constant") if isinstance(value, Thing) else None
        if isinstance(named, Text):
            return named.text
        number = lone_label(value.text) if isinstance(value, Text) else -1
        if number < 0 or self.labels.listed[number].kind != "field":
            return ""
        signature = self._facts.field_signature(self.labels.listed[number].row)
        owner, _, field = signature.partition("->")
        name, _, kind = field.partition(":")
        return name if kind == owner else ""


CLASSES = {"map": "Ljava/util/Map;", "list": "Ljava/util/List;", "entry": "Ljava/util/Map$Entry;",
           "iterator": "Ljava/util/Iterator;"}  # fmt: skip
"""Classes that answer for objects of a run."""


def _all_known(given: Sequence[Value]) -> bool:
    """Whether a test of constants comes out one way: of texts and numbers that are known."""
    return all(isinstance(one, int) or (isinstance(one, Text) and one.whole) for one in given)


def _class_of(given: Sequence[Value]) -> str:
    """The class whose stand-ins fit the receiver."""
    receiver = given[0] if given else UNKNOWN
    if isinstance(receiver, Text) and not is_unknown(receiver):
        return "Ljava/lang/String;"
    if isinstance(receiver, Builder):
        return "Ljava/lang/StringBuilder;"
    return CLASSES.get(receiver.kind, receiver.kind) if isinstance(receiver, Thing) else ""


def _of_pieces(function: Function, name: str) -> Function:
    """Bytes of a text with holes stay that text; a text made of them is it again."""

    def of_pieces(call: Call) -> Value:
        if name != "<init>":
            whole = function(call)
            return call.text(0) if whole is UNKNOWN else whole
        given = call.value(1)
        if len(call) > 1 and isinstance(given, Text) and call.kind(1)[0] == "[":
            return given
        return function(call)

    return of_pieces


class _Everything(Struct):
    """Looks into what leads to a request or builds one."""

    places: Places
    machine: RequestMachine

    def called(
        self,
        chain: Chain,
        _place: tuple[int, int],
        _call: int,
        _callee: Callee,
        _given: Sequence[Value],
        /,
    ) -> None:
        """Note where the run is."""
        self.machine.go_on(chain)

    def wants(self, method: int) -> bool:
        """Whether a method sends or builds a request."""
        return method in self.places.leads or method in self.places.builds

    def starts(self, method: int) -> bool:
        """Whether a thread or task sends a request, or prepares what is sent."""
        if method in self.places.leads:
            return True
        return self.machine.world.callee(method).name in BEFORE.values()

    def opaque(self, callee: Callee) -> bool:
        """Calls that pack ``requests`` knows are not looked into."""
        return callee.row in self.places.parts
