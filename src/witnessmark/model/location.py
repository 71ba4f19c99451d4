"""Where a quoted byte stands.

A `Location` is enough for anyone who holds the examined file to find the bytes again
with other tools: hash of the file, chain of container members, byte span.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

ReadsAs = Literal["hex", "utf-8", "mutf-8", "utf-16le", "gb18030", "latin-1", "sha256"]
"""How an excerpt is spelled out of its span; ``sha256`` quotes a digest instead of content."""


class Span(Struct, frozen=True):
    """A half-open range of bytes, ``offset`` counted from the start of one blob."""

    offset: int
    length: int

    @property
    def end(self) -> int:
        """First byte after the span."""
        return self.offset + self.length


class Location(Struct, frozen=True):
    """A byte span inside an examined file.

    ``sha256``  of the outermost file, as handed in (lower-case hex).
    ``member``  names of nested container entries, outermost first; empty for the file itself.
                A name that occurs more than once in its container, or that Android would not
                take literally, is written ``name@N`` with N the decimal offset of the entry's
                local header.
    ``offset``, ``length``  count in the *unpacked* bytes of the last member.
    ``reads_as``  how the excerpt beside this location is obtained from the span.
    ``place``   the same place in the words of its format (method, pc, XML path, resource id,
                line); for readers, never needed to find the bytes.
    """

    sha256: str
    member: tuple[str, ...]
    offset: int
    length: int
    reads_as: ReadsAs = "hex"
    place: Mapping[str, str | int] = field(default_factory=dict)
