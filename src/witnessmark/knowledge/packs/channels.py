"""Ways by which somebody far away speaks to an app: what hands it a message or an answer."""

from typing import Literal

from witnessmark.knowledge.schema import Rule

Kind = Literal[
    "sms", "push", "server", "socket", "chat", "mail", "database", "nearby", "setting",
    "sender",
]  # fmt: skip
"""What speaks. A setting is none: words are kept there that a message is compared with; nor is the
sender of a text message, whose number is.
"""

Way = Literal["call", "answered"]
"""call: what the method returns or fills came from afar; answered: outside code calls this method
of the app and hands it what came."""


class Channel(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way. ``owner`` a class with dots, ``members`` its methods.

    Examples are ``Lpkg/Class;->name``.
    """

    kind: Kind
    way: Way
    owner: str
    members: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether ``Lpkg/Class;->name`` is this way."""
        owner, _, name = text.partition("->")
        return owner == f"L{self.owner.replace('.', '/')};" and name in self.members


ENTRY = Channel
