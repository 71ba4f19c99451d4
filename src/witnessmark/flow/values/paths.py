"""Paths through a method while it is interpreted."""

from __future__ import annotations

from witnessmark.flow.values.code import Runnable
from witnessmark.flow.values.objects import UNKNOWN, Value

Chain = tuple[tuple[int, int], ...]
"""Places of calls, method and pc, outermost first."""


class FuelError(Exception):
    """The run took more instructions than it may."""


class PathEnd(Exception):  # noqa: N818 - it is no error that a path ends
    """This path ends: it returns, throws, leaves the code, or cannot be followed."""


class Frame:
    """One path through one method; ``at`` is the index of the next instruction."""

    __slots__ = ("at", "code", "registers", "result")

    def __init__(
        self, code: Runnable, registers: list[Value], at: int = 0, result: Value = UNKNOWN
    ) -> None:
        self.code = code
        self.registers = registers
        self.at = at
        self.result = result


class Exploration:
    """All paths through one method.

    ``visits``    how often a branch that an unknown value decides went each way.
    ``handlers``  exception handlers that were put in line.
    """

    __slots__ = ("chain", "handlers", "paths", "pending", "returns", "steps", "visits")

    def __init__(self, chain: Chain, pending: list[Frame]) -> None:
        self.chain = chain
        self.pending = pending
        self.visits: dict[tuple[int, bool], int] = {}
        self.handlers: set[int] = set()
        self.paths = 0
        self.steps = 0
        self.returns: list[Value] = []
