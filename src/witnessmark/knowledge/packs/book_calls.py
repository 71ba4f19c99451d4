"""Calls by which code builds lists of codes and labels, and offers them to be chosen from."""

from typing import Literal

from witnessmark.knowledge.schema import Rule


class BookCall(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One method.

    ``owner``, ``member``  class with dots and bare name; classes under it count as well.
    ``role``  ``pair`` where the first two arguments are a key and its value; ``listed`` where the
              argument is one more entry of a list; ``offers`` where a list is shown for one or
              several of its entries to be chosen.
    """

    owner: str
    member: str
    role: Literal["pair", "listed", "offers"]

    def recognises(self, text: str) -> bool:
        """Whether ``text`` names this method, ``a.b.C.member``."""
        return text == f"{self.owner}.{self.member}"


ENTRY = BookCall
