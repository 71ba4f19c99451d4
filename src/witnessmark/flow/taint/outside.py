"""Calls of code that the app does not hold: sources, sinks, models, callbacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from witnessmark.flow.taint.carried import carried
from witnessmark.flow.taint.objects import fill, holding, typed
from witnessmark.flow.taint.results import SinkPlace
from witnessmark.flow.taint.rules import Matches, counts
from witnessmark.flow.taint.store import CONTENT, TEXT, Store
from witnessmark.flow.taint.transfer import transfer
from witnessmark.flow.taint.values import (
    NO_TAINT,
    NOTHING,
    Source,
    Taint,
    Value,
    join,
    moved,
    step,
    tainted,
    text,
    united,
)
from witnessmark.flow.taint.world import Field, Method
from witnessmark.knowledge.flows import FlowSource
from witnessmark.knowledge.packs.sinks import Sink

if TYPE_CHECKING:
    from witnessmark.flow.taint.engine import Engine
    from witnessmark.flow.taint.frame import Frame

CHANNEL, TO = "channel", "to"
"""Fields of a stream or connection: by which way, and to where, what is written leaves."""

STORED: Final = ("file", "database")
"""Channels and kinds of sources that are joined by the names under which data is stored."""

DECIDING: Final = ("Z", "I", "J", "B", "S", "C")
"""Types of results that conditions are made of."""

MOST_WRAPS: Final = 6
"""Streams around streams that are looked through."""


@dataclass(slots=True)
class OutsideCall:
    """A call of outside code. ``node`` is the class of the receiver as far as known."""

    frame: Frame
    pc: int
    method: Method
    node: int
    receiver: Value
    parameters: list[Value]
    matches: Matches

    @property
    def static(self) -> bool:
        """Whether it has no receiver."""
        return not self.receiver.atoms and len(self.parameters) == len(self.method.parameters)

    @property
    def engine(self) -> Engine:
        """The engine that runs it."""
        return self.frame.engine

    @property
    def store(self) -> Store:
        """The heap at the call."""
        return self.frame.store

    @property
    def name(self) -> str:
        """Class and method, for people."""
        return self.engine.world.method_name(self.method.row)

    def parameter(self, position: int) -> Value:
        """A parameter; `NOTHING` when there are fewer."""
        return self.parameters[position] if position < len(self.parameters) else NOTHING

    def at(self, place: str) -> Value:
        """``this`` or a position."""
        return self.receiver if place == "this" else self.parameter(int(place))

    def typed(self, descriptor: str) -> Value:
        """The first parameter declared with a type; `NOTHING` when there is none."""
        for kind, value in zip(self.method.parameters, self.parameters, strict=False):
            if kind == descriptor:
                return value
        return NOTHING

    def anything(self) -> Value:
        """Something of the declared type of the result."""
        if self.method.returns == "V":
            return NOTHING
        node = self.method.return_node
        if self.engine.world.is_unresolved(node):
            node = self.node
        return typed(self.frame, self.method.returns, node, self.pc)

    def carried(self, value: Value) -> Taint:
        """All data that goes where a value goes."""
        return carried(self.engine.world, self.store, value)

    def given(self, value: Value) -> Value:
        """The value once it was given to this call."""
        if not value.taint:
            return value
        return moved(value, self.frame.method.row, self.pc, f"is given to {self.name}")


Special = Callable[[OutsideCall], Value | None]
"""What a call does beyond the models; None to go on with these."""

After = Callable[[OutsideCall], None]


@dataclass(slots=True)
class Outside:
    """Outside code as the packs and the special functions describe it.

    ``after``   told of each call that models describe, for what it starts or registers.
    ``leaves``  whether data goes out by a sink at all, or stays among the parts of the app.
    ``keep``    stores data of a kind under names; ``fetch`` gets it back.
    """

    engine: Engine
    specials: Mapping[tuple[str, str], Special]
    after: After
    leaves: Callable[[OutsideCall, Sink], bool]
    keep: Callable[[OutsideCall, str, Value, Value], None]
    fetch: Callable[[OutsideCall, str, Value], Value]
    _found: dict[tuple[int, int], Special | None] = field(default_factory=dict)

    def call(
        self, frame: Frame, pc: int, method: Method, node: int, arguments: Sequence[Value]
    ) -> Value:
        """The value of a call; the frame's store changes."""
        receiver, parameters = NOTHING, list(arguments)
        if len(arguments) > len(method.parameters):
            receiver, parameters = parameters[0], parameters[1:]
        matches = self.engine.rules.of(method, node)
        call = OutsideCall(frame, pc, method, node, receiver, parameters, matches)
        if matches.sinks:
            self._sinks(call)
        special = self._special(method, node)
        value = special(call) if special is not None else None
        if value is None:
            value = transfer(call)
            self.after(call)
        if matches.sinks:
            _opens(call, value)
        if value.taint:
            value = moved(value, frame.method.row, pc, f"goes through {call.name}")
        elif self.engine.implicit and method.returns in DECIDING:
            value = tainted(value, _compared(call))
        return self._sources(call, value) if matches.sources else value

    def _special(self, method: Method, node: int) -> Special | None:
        key = (method.row, node)
        if key not in self._found:
            world = self.engine.world
            names = (world.class_name(method.owner), *world.above(node))
            self._found[key] = next(
                (
                    self.specials[name, method.name]
                    for name in names
                    if (name, method.name) in self.specials
                ),
                None,
            )
        return self._found[key]

    def _sinks(self, call: OutsideCall) -> None:
        for sink in call.matches.sinks:
            if not sink.arguments:
                continue
            taint: Taint = call.frame.guard
            for place in sink.arguments:
                taint = united(call.carried(call.at(place)), taint)
            if not taint:
                continue
            channel, to = self._way(call, sink)
            if not channel or not self.leaves(call, sink):
                continue
            place_of = SinkPlace(
                f"sinks/{sink.id}", sink.says, self._owner(call, sink.owner), call.method.name,
                call.frame.method.row, call.pc, channel,
            )  # fmt: skip
            self.engine.met(taint, place_of, to, call.frame.context)
            if channel in STORED:
                self.keep(call, channel, to, Value((), taint))

    def _way(self, call: OutsideCall, sink: Sink) -> tuple[str, Value]:
        """Channel of a sink and where to; of a stream those of what opened it."""
        holder = call.at(sink.to[0]) if sink.to else call.receiver
        opened, to = opened_as(call.store, holder)
        for place in sink.to:
            to = join(to, texts_of(call.store, call.at(place)))
        return (opened if sink.channel == "stream" else sink.channel), to

    def _sources(self, call: OutsideCall, value: Value) -> Value:
        for entry in call.matches.sources:
            if entry.argument and not argument_fits(call, entry.argument):
                continue
            if counts(entry):
                value = self.bring(call, entry, _unpacked(call, value))
            elif entry.kind == "ipc":
                value = self._taken_out(call, entry, value)
            elif entry.kind in STORED:
                value = self._fetched(call, entry, value)
        return value

    def _fetched(self, call: OutsideCall, entry: FlowSource, value: Value) -> Value:
        """Data that was stored under the name that is read."""
        names = NOTHING
        for one in (call.receiver, *call.parameters):
            names = join(names, texts_of(call.store, one))
        taint = self.fetch(call, entry.kind, names).taint
        if not taint:
            return value
        method = call.frame.method.row
        taint = step(taint, method, call.pc, f"is read again: {call.name}")
        return self._put(call, entry, value, taint)

    def _taken_out(self, call: OutsideCall, entry: FlowSource, value: Value) -> Value:
        """What is read from a message of another app: the reading is where the data comes in."""
        if not any(map(_is_message, call.carried(call.receiver))):
            return value
        return self.bring(call, entry, _unpacked(call, value))

    def bring(self, call: OutsideCall, entry: FlowSource, value: Value, says: str = "") -> Value:
        """Data of a source comes in by a call; the value of the call with it."""
        owner = self._owner(call, entry.owner)
        says = says or f"{entry.says[:1].lower()}{entry.says[1:]}"
        taint = self.engine.source(
            entry, owner, call.method.name, call.frame.method.row, call.pc,
            f"{says}: {call.name}",
        )  # fmt: skip
        return self._put(call, entry, value, taint)

    def _put(self, call: OutsideCall, entry: FlowSource, value: Value, taint: Taint) -> Value:
        """Data into the parts of a call that an entry names."""
        for where in entry.where:
            if where == "return" or where.startswith("file:"):
                value = holding(call.frame, value, taint, call.method.returns)
            elif where == "this":
                fill(call.store, call.receiver, taint)
            elif where.startswith("parameter:"):
                fill(call.store, call.parameter(int(where.partition(":")[2])), taint)
        return value

    def _owner(self, call: OutsideCall, known: str) -> str:
        """Class of a call as people look it up: the one named, or that of the entry where the
        app names a class of its own.
        """
        if self.engine.world.is_own(call.method.owner):
            return known
        return self.engine.world.owner_name(call.method)

    def field_read(self, frame: Frame, field: Field, value: Value, pc: int) -> Value:
        """The value of a field, with data that fields of outside classes bring."""
        if field.defined:
            return value
        for entry in self.engine.rules.field_sources(field.owner, field.name):
            owner = self.engine.world.class_name(field.owner).replace("/", ".")
            says = f"{entry.says[:1].lower()}{entry.says[1:]}: field {field.name}"
            taint = self.engine.source(entry, owner, field.name, frame.method.row, pc, says)
            value = tainted(value, taint)
        return value


def _is_message(source: Source) -> bool:
    """Whether data is a message of another app as a whole."""
    return source.kind == "ipc" and not source.categories


def _unpacked(call: OutsideCall, value: Value) -> Value:
    """What was read from a message, no longer told as the message itself."""
    for obj in value.objects:
        known = call.store.peek(obj, CONTENT)
        if any(map(_is_message, known.taint)):
            call.store.write(obj, CONTENT, _without_message(known), strong=True)
    return _without_message(value)


def _without_message(value: Value) -> Value:
    if not any(map(_is_message, value.taint)):
        return value
    kept = {source: way for source, way in value.taint.items() if not _is_message(source)}
    return Value(value.atoms, kept)


def _compared(call: OutsideCall) -> Taint:
    """Data that decides what a test or comparison comes to."""
    taint: Taint = NO_TAINT
    for value in (call.receiver, *call.parameters):
        taint = united(taint, call.carried(value))
    return call.engine.decides(taint)


def _opens(call: OutsideCall, value: Value) -> None:
    """Note by which way, and to where, goes what is written into a stream."""
    for sink in call.matches.sinks:
        if not sink.opens:
            continue
        to = NOTHING
        for place in sink.to:
            to = join(to, texts_of(call.store, call.at(place)))
        opened = value if sink.opens == "return" else call.receiver
        for obj in opened.objects:
            call.store.write(obj, CHANNEL, text(sink.channel), strong=True)
            if to.atoms:
                call.store.write(obj, TO, to, strong=True)


def opened_as(store: Store, holder: Value, depth: int = MOST_WRAPS) -> tuple[str, Value]:
    """Channel and address of the call that opened a stream, also through streams around it."""
    for obj in holder.objects:
        channel = store.peek(obj, CHANNEL)
        if channel.texts:
            return channel.texts[0], store.peek(obj, TO)
        if depth:
            found = opened_as(store, store.peek(obj, CONTENT), depth - 1)
            if found[0]:
                return found
    return "", NOTHING


def texts_of(store: Store, value: Value, depth: int = 3) -> Value:
    """Text constants that a value spells, or that an address or file object was made of."""
    found = Value(tuple(value.texts))
    for obj in value.objects[:4]:
        for name in (TEXT, CONTENT, TO):
            inner = store.peek(obj, name)
            found = join(found, Value(tuple(inner.texts)))
            if depth and not found.atoms:
                found = join(found, texts_of(store, inner, depth - 1))
    return found


def argument_fits(call: OutsideCall, wanted: tuple[str, ...]) -> bool:
    """Whether a constant that the source asks for is passed."""
    for one in wanted:
        position, _, constant = one.partition("=")
        value = call.parameter(int(position))
        if constant in value.texts or constant in map(str, value.numbers):
            return True
    return False
