"""Characters that are written in two ways, and the one they are read as."""

from witnessmark.knowledge.schema import Entry


class Variants(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Variants of one writing system; ``id`` is its BCP 47 tag.

    ``written``, ``read_as``  characters of equal number; each of the first is read as the one at
                              its place in the second.
    """

    written: str
    read_as: str

    def table(self) -> dict[int, str]:
        """For `str.translate`."""
        return {ord(a): b for a, b in zip(self.written, self.read_as, strict=True)}


ENTRY = Variants
