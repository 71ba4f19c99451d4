"""Calls that give values which stand in no constant: what they come from, in plain words."""

from witnessmark.knowledge.schema import Rule


class ValueOrigin(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Methods ``members`` of ``owner`` (a class with dots) and what they give, as ``says`` has it.

    ``key``  position of the argument that names what is asked for, receiver not counted; empty
             where none does.
    """

    owner: str
    members: tuple[str, ...]
    key: str = ""

    def recognises(self, text: str) -> bool:
        """Whether ``text`` names one of the methods, ``a.b.C.member``."""
        owner, _, member = text.rpartition(".")
        return owner == self.owner and member in self.members


ENTRY = ValueOrigin
