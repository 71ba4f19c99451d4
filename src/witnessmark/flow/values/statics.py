"""Texts and numbers in static fields, as the initialisers of their classes leave them."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.facts.view import Facts
from witnessmark.flow.values.code import Callee
from witnessmark.flow.values.machine import Machine
from witnessmark.flow.values.objects import Array, Text, Value
from witnessmark.flow.values.paths import Chain, FuelError
from witnessmark.flow.values.world import world_of


class _Nobody:
    """A watcher that wants nothing."""

    def called(
        self,
        chain: Chain,
        place: tuple[int, int],
        call: int,
        callee: Callee,
        given: Sequence[Value],
        /,
    ) -> None:
        """Calls are not told to anybody."""

    def wants(self, _: int) -> bool:
        """No method is looked into for what it does with texts."""
        return False

    def starts(self, _: int) -> bool:
        """No method is looked into for what it starts."""
        return False

    def opaque(self, _: Callee) -> bool:
        """Every method may be looked into."""
        return False


class StaticTexts:
    """Answers for one app; each class is interpreted once, with fuel, and without effect."""

    def __init__(self, facts: Facts) -> None:
        self._machine = Machine(world_of(facts), _Nobody())

    def text(self, field: int, index: int | None = None) -> str | None:
        """The text of a static field, or of element ``index`` of the array in it; None where it
        is not one whole text.
        """
        value = self._value(field)
        if index is not None:
            items = value.items if isinstance(value, Array) else []
            value = items[index] if 0 <= index < len(items) else None
        return value.text if isinstance(value, Text) and value.whole else None

    def number(self, field: int) -> int | None:
        """The number that a static field holds, None where it is not one."""
        value = self._value(field)
        return value if isinstance(value, int) else None

    def _value(self, field: int) -> Value | None:
        self._machine.fuel = self._machine.limits.fuel
        try:
            return self._machine.static_value(field)
        except FuelError:
            return None
