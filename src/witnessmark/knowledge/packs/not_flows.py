"""Ways from a source to a sink on which nothing is handed to anybody."""

from witnessmark.knowledge.schema import Rule


class NotFlow(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way.

    ``source_id``  of pack `sources`, with the pack's name before it.
    ``channel``    of pack `sinks`.
    """

    source_id: str
    channel: str

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is this way, ``sources/Class.member to channel``."""
        return text == f"{self.source_id} to {self.channel}"


ENTRY = NotFlow
