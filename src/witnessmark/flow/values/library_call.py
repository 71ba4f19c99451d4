"""A call of a library method, as its stand-in sees it."""

from __future__ import annotations

from collections.abc import Callable

from witnessmark.flow.values.objects import (
    UNKNOWN,
    Array,
    Step,
    Steps,
    Text,
    Value,
    bytes_of,
    joined_steps,
    steps_of,
    text_of,
)


class Call:
    """One call.

    ``arguments``  values, the receiver first where there is one; ``kinds`` their declared types.
    ``key``        ``Lowner;->name``.
    ``method``, ``pc``  the place of the call.
    """

    __slots__ = ("arguments", "key", "kinds", "method", "pc")

    def __init__(
        self, key: str, arguments: tuple[Value, ...], kinds: tuple[str, ...], method: int, pc: int
    ) -> None:
        self.key = key
        self.arguments = arguments
        self.kinds = kinds
        self.method = method
        self.pc = pc

    def __len__(self) -> int:
        return len(self.arguments)

    def value(self, position: int) -> Value:
        """An argument; unknown when there are fewer."""
        return self.arguments[position] if 0 <= position < len(self.arguments) else UNKNOWN

    def kind(self, position: int) -> str:
        """The declared type of an argument; empty when there are fewer."""
        return self.kinds[position] if position < len(self.kinds) else ""

    def text(self, position: int) -> Text | None:
        """What an argument spells, holes included."""
        if not 0 <= position < len(self.arguments):
            return None
        return text_of(self.arguments[position], self.kind(position))

    def whole(self, position: int) -> str | None:
        """What an argument spells, when all of it is known."""
        found = self.text(position)
        return found.text if found is not None and found.whole else None

    def number(self, position: int) -> int | None:
        """A whole number."""
        value = self.value(position)
        return value if isinstance(value, int) else None

    def data(self, position: int) -> bytes | None:
        """The bytes of an array that is known whole."""
        return bytes_of(self.value(position))

    def array(self, position: int) -> Array | None:
        """An array."""
        value = self.value(position)
        return value if isinstance(value, Array) else None

    def steps(self, says: str = "") -> Steps:
        """Steps of all arguments, and one that ``says`` what this call does."""
        found = joined_steps(*map(steps_of, self.arguments))
        return joined_steps(found, (Step(says, self.method, self.pc),)) if says else found


Function = Callable[[Call], Value]
"""The result; for a constructor the object that takes the place of the new one."""
