"""A call of code that the app does not hold, as the functions that describe it see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from witnessmark.flow.taint.carried import carried
from witnessmark.flow.taint.members import Method
from witnessmark.flow.taint.objects import typed
from witnessmark.flow.taint.rules import Matches
from witnessmark.flow.taint.store import CONTENT, TEXT, Store, is_content
from witnessmark.flow.taint.values import NOTHING, PARTIAL, RANGE, Obj, Taint, Value, join, moved

if TYPE_CHECKING:
    from witnessmark.flow.taint.engine import Engine
    from witnessmark.flow.taint.frame import Frame

CHANNEL, TO = "channel", "to"
"""Fields of a stream or connection: by which way, and to where, what is written leaves."""

WRAPS: Final = "wraps"
"""Field of a stream: those into which goes what is written into it."""

MOST_WRAPS: Final = 6
"""Streams around streams that are looked through."""


class OutsideCall:
    """A call of outside code. ``node`` is the class of the receiver as far as known."""

    __slots__ = ("frame", "matches", "method", "node", "parameters", "pc", "receiver")

    def __init__(
        self,
        frame: Frame,
        pc: int,
        method: Method,
        node: int,
        receiver: Value,
        parameters: list[Value],
        matches: Matches,
    ) -> None:
        self.frame = frame
        self.pc = pc
        self.method = method
        self.node = node
        self.receiver = receiver
        self.parameters = parameters
        self.matches = matches

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

    def owner_name(self, known: str) -> str:
        """Class of the call as people look it up: the one named, or ``known`` where the app names
        a class of its own.
        """
        if self.engine.world.is_own(self.method.owner):
            return known
        return self.engine.world.owner_name(self.method)

    def given(self, value: Value) -> Value:
        """The value once it was given to this call."""
        if not value.taint:
            return value
        return moved(value, self.frame.method.row, self.pc, f"is given to {self.name}")


Special = Callable[[OutsideCall], Value | None]
"""What a call does beyond the models; None to go on with these."""


def opened_as(store: Store, holder: Value) -> tuple[str, Value]:
    """Channel and address of the call that opened a stream, also through streams around it."""
    return _opened(store, holder, MOST_WRAPS, {})


def _opened(store: Store, holder: Value, depth: int, in_vain: dict[Obj, int]) -> tuple[str, Value]:
    """The same, leaving out objects ``in_vain``, looked into as deep before."""
    for obj in holder.objects:
        if in_vain.get(obj, -1) >= depth:
            continue
        channel = store.peek(obj, CHANNEL)
        if channel.texts:
            return channel.texts[0], store.peek(obj, TO)
        for field in (WRAPS, CONTENT) if depth else ():
            found = _opened(store, store.peek(obj, field), depth - 1, in_vain)
            if found[0]:
                return found
        in_vain[obj] = depth
    return "", NOTHING


def texts_of(store: Store, value: Value, depth: int = 3) -> Value:
    """Text constants that a value spells, or that an address or file object was made of."""
    found = _spelled(value)
    for obj in value.objects[:4]:
        for name in (TEXT, CONTENT, TO):
            inner = store.peek(obj, name)
            found = join(found, _spelled(inner))
            if depth and not found.atoms:
                found = join(found, texts_of(store, inner, depth - 1))
    return found


def _spelled(value: Value) -> Value:
    """The texts among the atoms of a value, those with holes included."""
    return Value(
        tuple(
            atom
            for atom in value.atoms
            if atom.__class__ is str or (atom.__class__ is tuple and atom[0] == PARTIAL)
        )
    )


def constants_in(store: Store, value: Value, depth: int = 4) -> list[Any]:
    """Constants that a value is, or that are anywhere in the objects it leads to, in order."""
    found: dict[Any, None] = {}
    level, seen = [value], set[Obj]()
    for _ in range(depth):
        inner: list[Value] = []
        for one in level:
            for atom in one.atoms:
                if atom.__class__ is Obj:
                    if atom not in seen:
                        seen.add(atom)
                        inner.extend(_parts(store, atom))
                elif atom.__class__ is str or (atom.__class__ is tuple and atom[0] != RANGE):
                    found[atom] = None
        level = inner
    return list(found)


def _parts(store: Store, obj: Obj) -> list[Value]:
    """What an object was made of; its text alone where that is known."""
    text = store.peek(obj, TEXT)
    if text.spellings:
        return [text]
    return [value for field, value in store.fields(obj).items() if is_content(field) or field == TO]


def argument_fits(call: OutsideCall, wanted: tuple[str, ...]) -> bool:
    """Whether a constant that the source asks for is passed."""
    for one in wanted:
        position, _, constant = one.partition("=")
        value = call.parameter(int(position))
        if constant in value.texts or constant in map(str, value.numbers):
            return True
    return False
