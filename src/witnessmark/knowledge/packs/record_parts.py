"""Records that ways to data give: classes of whose parts code then reads some."""

from witnessmark.knowledge.schema import Rule


class RecordParts(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one way gives.

    ``id``       of the entry in pack ``apis``.
    ``classes``  with dots; their public fields and getters are the parts.
    """

    classes: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is a class of the record."""
        return text in self.classes


ENTRY = RecordParts
