"""What a register may hold, as far as it is followed."""

from __future__ import annotations

from msgspec import Struct, field


class Constant(Struct, frozen=True):
    """A text by its number."""

    text: int


class Number(Struct, frozen=True):
    """A number, or one of the words true, false, null, undefined."""

    spelled: str


class Global(Struct, frozen=True):
    """The object in which global variables are members."""


class Member(Struct, frozen=True):
    """A member of something by the number of its name."""

    of: Value
    name: int


class Joined(Struct, frozen=True):
    """Two values added; texts are put together by it."""

    left: Value
    right: Value


class Record(Struct):
    """An object that is made here; members in order, by name or place."""

    members: dict[int | str, Value] = field(default_factory=dict)


class Items(Struct):
    """An array that is made here."""

    items: list[Value] = field(default_factory=list)


class Result(Struct, frozen=True):
    """What a call answers, or with ``made`` the object that a constructor makes."""

    function: Value
    arguments: tuple[Value, ...]
    made: bool = False


class Closure(Struct, frozen=True):
    """A function by its number."""

    number: int


class Environment(Struct, frozen=True):
    """Variables of one function, or of a block in it, that inner functions see."""

    number: int


class Slot(Struct, frozen=True):
    """A variable that inner functions see, by its environment and place."""

    environment: int
    place: int


class Parameter(Struct, frozen=True):
    """A parameter of a function; 0 is ``this``."""

    function: int
    position: int


Value = (
    Constant | Number | Global | Member | Joined | Record | Items | Result | Closure | Environment
    | Slot | Parameter | None
)  # fmt: skip
"""``None``: not known."""
