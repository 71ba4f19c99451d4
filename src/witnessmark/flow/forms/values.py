"""What registers may hold while code of forms is traced.

A register holds a set of values; `ANY` in it says that other values are possible. Values compare
by what they are, not by where they were met, so that sets stay small.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from msgspec import Struct


class Anything:
    """The value of which nothing is known."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ANY"


ANY: Final = Anything()


class Place(Struct, frozen=True):
    """An instruction: method and pc, -1 for nowhere."""

    method: int = -1
    pc: int = -1


NOWHERE: Final = Place()


class Number(Struct, frozen=True):
    """A whole number."""

    value: int


@dataclass(frozen=True, slots=True)
class Word:
    """A text constant; ``string`` its row in ``strings``."""

    text: str
    string: int = field(default=-1, compare=False)
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource: ``kind`` and ``name``, and where code names it."""

    kind: str
    name: str
    place: Place = field(default=NOWHERE, compare=False)


class Instance(Struct, frozen=True):
    """Some object of a class of the app, by descriptor."""

    descriptor: str


class Made(Struct, frozen=True):
    """The object that one place in code makes, on the way of calls ``chain`` to it."""

    descriptor: str
    place: Place
    chain: tuple[Place, ...] = ()


class View(Struct, frozen=True):
    """A view.

    ``kind``    ``id`` found by the resource ``name``, ``layout`` the root of the layout ``name``,
                ``made`` by code as object ``made`` of class ``name``.
    ``within``  where it was found: ``class:Lpkg/Screen;`` or ``layout:name``.
    """

    kind: str
    name: str
    within: str = ""
    made: Made | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What people entered into a view: ``part`` is text, selected, position, checked, ..."""

    view: View
    part: str
    place: Place = field(default=NOWHERE, compare=False)


class Symbol(Struct, frozen=True):
    """Something that code asks for, by the words in which it asks: a stored value, a field."""

    says: str


class Index(Struct, frozen=True):
    """A number that the system hands to a callback of an object: which item was chosen."""

    method: int
    of: Value


class Handed(Struct, frozen=True):
    """A text that some other code hands to a callback of the object ``of``: what was chosen."""

    of: Value


class Item(Struct, frozen=True):
    """One element of a list, chosen by ``by``."""

    source: Value
    by: Value


class Built(Struct, frozen=True):
    """A text put together; ``maker`` is the builder that still grows it, None once it is text."""

    parts: tuple[Value, ...]
    maker: Made | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """A question about a value: ``asks`` is empty, equals, checked, length, pattern, is."""

    asks: str
    of: Value
    other: Value = ANY
    place: Place = field(default=NOWHERE, compare=False)


class Guard(Struct, frozen=True):
    """A branch that was taken: the test and its outcome."""

    test: Test
    outcome: bool


class Coded(Struct, frozen=True):
    """A constant that stands for an answer: taken where ``when`` held."""

    value: Value
    when: Guard


Value: TypeAlias = (
    Anything | Number | Word | Resource | Instance | Made | View | Answer | Symbol | Index | Handed
    | Item | Built | Test | Coded
)  # fmt: skip
Values: TypeAlias = frozenset[Value]

UNKNOWN: Final[Values] = frozenset({ANY})
NOTHING: Final[Values] = frozenset()
MOST_VALUES = 12
MOST_PARTS = 96
VARIANTS = 3


def joined(first: Values, second: Values) -> Values:
    """Both sets as one; what is beyond the limit is unknown, answers are kept first."""
    if first is second or second <= first:
        return first
    if first <= second:
        return second
    both = first | second
    return both if len(both) <= MOST_VALUES else bounded(both)


def bounded(values: Values) -> Values:
    """The values that matter most, and `ANY` in place of the others."""
    ranked = sorted(values, key=lambda one: (_rank(one), repr(one)))
    return frozenset((*ranked[: MOST_VALUES - 1], ANY))


def _rank(value: Value) -> int:
    if isinstance(value, Answer | Coded | Item | View):
        return 0
    if isinstance(value, Built):
        return 1 if has_answer(value) else 3
    if isinstance(value, Made | Instance | Resource | Word):
        return 2
    return 3


def only(values: Values) -> Value | None:
    """The value when there is exactly one and it is known."""
    if len(values) != 1:
        return None
    (value,) = values
    return None if value is ANY else value


def uncoded(value: Value) -> Value:
    """A constant without what it stands for."""
    return value.value if isinstance(value, Coded) else value


Given: TypeAlias = Answer | Coded | Index
"""What people gave: an answer read off a view, a constant chosen by one, a choice handed over."""


def answers_in(value: Value) -> tuple[Given, ...]:
    """The answers that a value is, or holds as a text put together."""
    if isinstance(value, Answer | Coded | Index):
        return (value,)
    if isinstance(value, Item):
        return answers_in(value.by)
    if isinstance(value, Built):
        return tuple(one for part in value.parts for one in answers_in(part))
    return ()


def has_answer(value: Value) -> bool:
    """Whether a value rests on what people entered."""
    return bool(answers_in(value))
