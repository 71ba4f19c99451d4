"""What the precise pass finds."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec import Struct

from witnessmark.flow.taint.values import Source, Trace, unrolled


class SinkPlace(Struct, frozen=True):
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


@dataclass(slots=True)
class FoundFlow:
    """Data of a source that leaves at a place.

    ``trace``  last step before the sink, with all steps before it. ``chain``  methods from an
    entry point to the sink. ``to``  constants that say where to.
    """

    source: Source
    sink: SinkPlace
    trace: Trace
    chain: tuple[int, ...]
    to: list[str] = field(default_factory=list)

    def steps(self) -> list[Trace]:
        """Steps of the data, the first first."""
        return unrolled(self.trace)
