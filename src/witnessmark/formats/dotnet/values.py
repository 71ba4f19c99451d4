"""What stands on the stack of a method, as far as it is followed."""

from __future__ import annotations

from msgspec import Struct, field


class Text(Struct, frozen=True):
    """A text constant."""

    text: str


class Number(Struct, frozen=True):
    """A number that is no fraction."""

    number: int


class Joined(Struct, frozen=True):
    """Texts put together."""

    pieces: tuple[Value, ...]


class Parameter(Struct, frozen=True):
    """A parameter of a method by the method's row and its place, from 0."""

    method: int
    place: int


class Held(Struct, frozen=True):
    """What a field holds: ``Namespace.Type``, then the field's own name."""

    owner: str
    name: str


class Local(Struct, frozen=True):
    """Where a local variable lies."""

    number: int


class Items(Struct):
    """An array that is made here, by place."""

    items: dict[int, Value] = field(default_factory=dict)


class Made(Struct):
    """An object that a constructor makes, or with ``row`` and ``made`` unset what a call answers.

    ``name``       of what was called.
    ``row``        of the method when it is of the assembly, else 0.
    ``members``    what was set on it or put into it by name.
    """

    name: str
    arguments: list[Value]
    row: int = 0
    made: bool = False
    members: dict[str, Value] = field(default_factory=dict)


Value = Text | Number | Joined | Parameter | Held | Local | Items | Made | None
"""``None``: not known."""
