"""Evidence: a tree of statements whose leaves are bytes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from witnessmark.model.location import Location


class Evidence(Struct, frozen=True):
    """One statement and what it rests on.

    ``says``     the statement, one plain sentence.
    ``at``       where it was read; every leaf has one, an inner node may.
    ``excerpt``  what stands there, spelled as ``at.reads_as`` prescribes; equal to the decoded
                 span to the letter, so quote only what you can afford to print.
    ``because``  the statements it follows from.
    ``by``       analysis or knowledge entry that drew it, ``id@version``.
    """

    says: str
    at: Location | None = None
    excerpt: str = ""
    because: tuple[Evidence, ...] = ()
    by: str = ""

    def __post_init__(self) -> None:
        if self.at is None and not self.because:
            raise ValueError(f"evidence rests on nothing: {self.says!r}")

    def leaves(self) -> Iterator[Evidence]:
        """Statements that rest on bytes alone, left to right."""
        if not self.because:
            yield self
        for child in self.because:
            yield from child.leaves()
