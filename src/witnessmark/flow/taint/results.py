"""What the precise pass finds."""

from __future__ import annotations

from typing import NamedTuple

from witnessmark.flow.taint.values import Source, Trace, unrolled


class SinkPlace(NamedTuple):
    """A call by which data leaves.

    ``owner``, ``member``  the call, class with dots. ``method``, ``pc``  where the app calls it.
    """

    cites: str
    says: str
    owner: str
    member: str
    method: int
    pc: int
    channel: str


class FoundFlow:
    """Data of a source that leaves at a place.

    ``trace``  last step before the sink, with all steps before it. ``chain``  methods from an
    entry point to the sink. ``to``  constants that say where to.
    """

    __slots__ = ("chain", "sink", "source", "to", "trace")

    def __init__(
        self, source: Source, sink: SinkPlace, trace: Trace, chain: tuple[int, ...]
    ) -> None:
        self.source = source
        self.sink = sink
        self.trace = trace
        self.chain = chain
        self.to: list[str] = []

    def steps(self) -> list[Trace]:
        """Steps of the data, the first first."""
        return unrolled(self.trace)
