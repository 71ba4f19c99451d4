"""Calls by which code shows or notes what it has decided: colours, pictures, alarms, messages."""

from typing import Literal

from witnessmark.knowledge.schema import Rule


class Effect(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One method.

    ``owner``, ``member``  class with dots and bare name; classes under it count as well.
    ``role``      ``colour``, ``picture``, ``alarm``, ``message`` or ``flag`` that is written.
    ``position``  argument that says which, receiver not counted; -1 for none.
    ``says``      what happens, in words, ``{}`` for that argument; also for the finding.
    """

    owner: str
    member: str
    role: Literal["colour", "picture", "alarm", "message", "flag"]
    position: int = -1

    def recognises(self, text: str) -> bool:
        """Whether ``text`` names this method, ``a.b.C.member``."""
        return text == f"{self.owner}.{self.member}"


ENTRY = Effect
