"""Occasions: what makes code run, told by a method on the way to it, or a broadcast waited for."""

from typing import Literal

from witnessmark.knowledge.schema import Rule

By = Literal["hand", "screen", "start", "time", "system", "event", "afar"]
"""By whose doing: a person's hand; a screen that opens; the app or the phone that starts; a clock;
work that the system runs; something that happens on or around the phone; somebody far away.
"""


class Occasion(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One occasion.

    ``says``     follows a sentence: "when something on the screen is pressed".
    ``by``       by whose doing.
    ``owner``, ``members``  methods of a class or interface that outside code calls then; empty for
                 broadcasts.
    ``actions``  broadcasts that a receiver waits for.
    ``repeats``  it comes again and again without anybody's doing.
    """

    by: By
    owner: str = ""
    members: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    repeats: bool = False

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is a broadcast of it, or a method ``pkg.Class.method``."""
        owner, _, name = text.rpartition(".")
        return text in self.actions or (owner == self.owner and name in self.members)


ENTRY = Occasion
