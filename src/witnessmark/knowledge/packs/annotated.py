"""Ways in and out that an annotation on a method of the app makes.

An interface whose methods describe requests has no code: calling such a method sends what it is
given. A method that scripts of a web page may call gets what they pass and gives them what it
returns.
"""

from typing import Literal

from witnessmark.knowledge.packs.sinks import Channel
from witnessmark.knowledge.packs.sources import SourceKind
from witnessmark.knowledge.schema import Rule


class Annotated(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An annotation that makes a method a way in or out.

    ``annotation``  class with dots and ``$``.
    ``role``        ``sink``, or ``source``.
    ``carries``     ``parameters``: what the method is called with; ``return``: what it returns.
    ``channel``     kind of way out, of a sink.
    ``kind``, ``categories``, ``about``  as in `packs.sources`, of a source.
    """

    annotation: str
    role: Literal["sink", "source"]
    carries: Literal["parameters", "return"]
    channel: Channel | None = None
    kind: SourceKind = "network"
    categories: tuple[str, ...] = ()
    about: Literal["user", "third_person", "operator", "unknown"] = "unknown"

    def __post_init__(self) -> None:
        """ValueError for a sink without a channel, and for a source with one."""
        if (self.role == "sink") != (self.channel is not None):
            raise ValueError("channel: sinks have one, sources none")

    @property
    def descriptor(self) -> str:
        """``annotation`` as a type descriptor."""
        return f"L{self.annotation.replace('.', '/')};"

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is the type descriptor of the annotation."""
        return text == self.descriptor


ENTRY = Annotated
