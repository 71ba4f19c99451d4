"""What registers hold while code is interpreted.

Numbers are Python integers (a reference to nothing is 0, as in the bytecode), real numbers are not
followed. Texts know where their pieces come from. Whatever is not known is `UNKNOWN`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

HOLE: Final = "\ufdd0"
"""Stands in a text for a piece that is not known; Unicode keeps this code point from any text."""

FIRST_LABEL, LAST_LABEL = 0xF0000, 0xFFFFD
"""Behind a `HOLE`, a character of this private range tells which unknown value left it."""

LABELLED = re.compile(f"{HOLE}[{chr(FIRST_LABEL)}-{chr(LAST_LABEL)}]")
HOLES = re.compile(f"{HOLE}([{chr(FIRST_LABEL)}-{chr(LAST_LABEL)}])?")

MOST_STEPS = 24
LONGEST_TEXT = 1 << 14
LARGEST_ARRAY = 1 << 16


class Step(Struct, frozen=True):
    """One step on the way to a value.

    ``says``  what is done; ``method`` and ``pc`` where, -1 for nowhere in code; ``string`` and
    ``resource`` rows of ``strings`` and ``resource_values`` that are the piece, -1 for none.
    """

    says: str
    method: int = -1
    pc: int = -1
    string: int = -1
    resource: int = -1


Steps = tuple[Step, ...]


class Unknown:
    """The one value of which nothing is known."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()

Value = Any
"""`Unknown`, int, `Text`, `ClassName`, `Array`, `Builder` or `Thing`."""


class Text(Struct, frozen=True):
    """A text, with `HOLE` for each piece that is not known, and the steps that led to it."""

    text: str
    steps: Steps = ()

    @property
    def whole(self) -> bool:
        """Whether every piece is known."""
        return HOLE not in self.text


def is_unknown(value: Value) -> bool:
    """Whether nothing is known of a value but, at most, where it comes from."""
    if isinstance(value, Text):
        return len(value.text) == 2 and LABELLED.fullmatch(value.text) is not None
    return value is UNKNOWN


def in_pieces(text: str, spell: Callable[[str], str]) -> str:
    """A text with every known piece spelled anew and its holes as they are."""
    found: list[str] = []
    at = 0
    for hole in HOLES.finditer(text):
        found += [spell(text[at : hole.start()]), hole[0]]
        at = hole.end()
    return "".join((*found, spell(text[at:])))


class Several(Struct, frozen=True):
    """What a call gives when more than one value is possible."""

    values: tuple[Value, ...]


class ClassName(Struct, frozen=True):
    """A class object, by descriptor; ``steps`` when its name was computed."""

    descriptor: str
    steps: Steps = ()


class Array(Struct, eq=False):
    """An array: descriptor of its type and elements."""

    kind: str
    items: list[Value]
    steps: Steps = ()


class Builder(Struct, eq=False):
    """A string builder."""

    text: str = ""
    steps: Steps = ()


class Thing(Struct, eq=False):
    """Any other object: descriptor of its class, and what is known of it by field or role.

    ``known`` holds values by field row for classes of the app, by word for library classes.
    ``open`` tells that code outside may have written into it, so that a missing name is not known.
    """

    kind: str
    known: dict[Any, Value] = {}
    open: bool = False
    steps: Steps = ()


def joined_steps(*several: Steps) -> Steps:
    """Steps of several values, each once, in order, at most `MOST_STEPS`."""
    filled = [steps for steps in several if steps]
    if not filled:
        return ()
    if len(filled) == 1:
        return filled[0]
    merged = tuple(dict.fromkeys(step for steps in filled for step in steps))
    return merged[:MOST_STEPS]


def steps_of(value: Value) -> Steps:
    """Steps that a value carries."""
    kind: type[Any] = value.__class__
    return value.steps if kind in STEPPED else ()


STEPPED = frozenset({Text, ClassName, Array, Builder, Thing})
"""Types of values that know the steps to them."""


def spoil(value: Value) -> None:
    """Forget what an object holds that unknown code may have changed."""
    if isinstance(value, Builder):
        value.text, value.steps = HOLE, ()
    elif isinstance(value, Array):
        value.items[:] = [UNKNOWN] * len(value.items)
    elif isinstance(value, Thing):
        value.known.clear()
        value.open = True


CHANGING: Final[frozenset[type[Any]]] = frozenset({Array, Builder, Thing})
"""Types of values that can change."""

OF_NUMBERS = frozenset({"[Z", "[B", "[C", "[S", "[I", "[J", "[F", "[D"})
"""Arrays that hold nothing that can change; tables of thousands of numbers are copied often."""


def copied(values: list[Value]) -> list[Value]:
    """Registers for another path: objects that can change are copied once each."""
    seen: dict[int, Value] = {}
    return [_copy(value, seen, 0) if value.__class__ in CHANGING else value for value in values]


def copied_into(thing: Thing, other: Thing) -> None:
    """Give an object what another one holds, copied; itself where that holds itself."""
    seen: dict[int, Value] = {id(other): thing}
    thing.open, thing.steps = other.open, other.steps
    thing.known = {
        name: _copy(item, seen, 1) if item.__class__ in CHANGING else item
        for name, item in other.known.items()
    }


def _copy(value: Value, seen: dict[int, Value], depth: int) -> Value:
    """A copy of a value that can change, and of what it holds."""
    if id(value) in seen:
        return seen[id(value)]
    if depth > 20:
        return UNKNOWN
    if isinstance(value, Builder):
        twin: Value = Builder(value.text, value.steps)
        seen[id(value)] = twin
    elif isinstance(value, Array):
        twin = Array(value.kind, [], value.steps)
        seen[id(value)] = twin
        if value.kind in OF_NUMBERS or CHANGING.isdisjoint(map(type, value.items)):
            twin.items = value.items.copy()
        else:
            twin.items = [
                _copy(item, seen, depth + 1) if item.__class__ in CHANGING else item
                for item in value.items
            ]
    else:
        twin = Thing(value.kind, {}, value.open, value.steps)
        seen[id(value)] = twin
        twin.known = {
            name: _copy(item, seen, depth + 1) if item.__class__ in CHANGING else item
            for name, item in value.known.items()
        }
    return twin


def text_of(value: Value, kind: str = "") -> Text | None:
    """The text that a value spells where text is built; ``kind`` is the type of the parameter."""
    if isinstance(value, Text):
        return value
    if isinstance(value, Builder):
        return Text(value.text, value.steps)
    if isinstance(value, Thing):
        spelled = value.known.get("spelled")
        return spelled if isinstance(spelled, Text) else None
    if isinstance(value, int):
        return _number_text(value, kind)
    if isinstance(value, Array) and kind == "[C":
        letters = chars_of(value)
        return None if letters is None else Text(letters, value.steps)
    return None


def _number_text(value: int, kind: str) -> Text | None:
    if kind == "C":
        return Text(chr(value & 0xFFFF))
    if kind == "Z":
        return Text("true" if value else "false")
    if kind in ("I", "J", "S", "B"):
        return Text(str(value))
    return None


def chars_of(array: Array) -> str | None:
    """The text of a character array; None unless every element is known."""
    if not all(isinstance(item, int) for item in array.items):
        return None
    units = b"".join((item & 0xFFFF).to_bytes(2, "little") for item in array.items)
    return units.decode("utf-16-le", "replace")


def bytes_of(value: Value) -> bytes | None:
    """The bytes of a byte array; None unless every element is known."""
    if not isinstance(value, Array) or value.kind != "[B":
        return None
    if not all(isinstance(item, int) for item in value.items):
        return None
    return bytes(item & 0xFF for item in value.items)


def byte_array(data: bytes, steps: Steps = ()) -> Array:
    """A byte array as Java holds it, with signed elements."""
    return Array("[B", [item - 256 if item > 127 else item for item in data], steps)


def char_array(text: str, steps: Steps = ()) -> Array:
    """A character array, in UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    return Array("[C", [units[i] | units[i + 1] << 8 for i in range(0, len(units), 2)], steps)
