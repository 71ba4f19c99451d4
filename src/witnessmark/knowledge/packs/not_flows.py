"""Ways from a source to a sink on which nothing is handed to anybody."""

from witnessmark.knowledge.schema import Rule


class NotFlow(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way.

    ``source_id``  of pack `sources`, with the pack's name before it; empty for any.
    ``sink_id``    of pack `sinks` likewise.
    ``channel``    of pack `sinks`.
    ``closed``     holds only in a screen that no other app can start.
    """

    channel: str
    source_id: str = ""
    sink_id: str = ""
    closed: bool = False

    def fits(self, source: str, sink: str, channel: str) -> bool:
        """Whether a flow goes this way; ``closed`` is for the caller to see."""
        return (
            channel == self.channel
            and self.source_id in ("", source)
            and self.sink_id in ("", sink)
        )

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is this way: ``sources/C.member to channel by sinks/C.member``."""
        source, _, rest = text.partition(" to ")
        channel, _, sink = rest.partition(" by ")
        return self.fits(source, sink, channel)


ENTRY = NotFlow
