"""Paths through a method while it is interpreted, and what instructions ask of the interpreter."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from witnessmark.flow.instructions import Instruction
from witnessmark.flow.values.code import Runnable
from witnessmark.flow.values.objects import UNKNOWN, Value
from witnessmark.flow.values.world import World

Chain = tuple[tuple[int, int], ...]
"""Places of calls, method and pc, outermost first."""


class FuelError(Exception):
    """The run took more instructions than it may."""


class PathEnd(Exception):  # noqa: N818 - it is no error that a path ends
    """This path ends: it returns, throws, leaves the code, or cannot be followed."""


class Frame(Struct):
    """One path through one method; ``at`` is the index of the next instruction."""

    code: Runnable
    registers: list[Value]
    at: int = 0
    result: Value = UNKNOWN


class Exploration(Struct):
    """All paths through one method.

    ``visits``    how often a branch that an unknown value decides went each way.
    ``handlers``  exception handlers that were put in line.
    """

    chain: Chain
    pending: list[Frame] = []
    visits: dict[tuple[int, bool], int] = {}
    handlers: set[int] = set()
    paths: int = 0
    steps: int = 0
    returns: list[Value] = []


class Engine(Protocol):
    """The interpreter, as instructions use it; see `values.machine.Machine`."""

    world: World

    def fork(self, frame: Frame, found: Exploration, target: int) -> Frame | None:
        """Keep a copy of this path for later; None beyond the limit."""
        ...

    def static_value(self, row: int) -> Value:
        """What a static field holds."""
        ...

    def store_static(self, row: int, value: Value) -> None:
        """Write a static field, for this run only."""
        ...

    def field_value(self, row: int, owner: Value) -> list[Value]:
        """What a field of an object may hold."""
        ...

    def store_field(self, row: int, owner: Value, value: Value) -> None:
        """Write a field of an object of this run."""
        ...

    def invoke(self, frame: Frame, found: Exploration, one: Instruction) -> None:
        """Do a call; its result is then that of the frame."""
        ...
