"""Calls by which code compares a value with a list, calls that give the value compared, and
calls that are given the key of what is encrypted.
"""

from typing import Literal

from witnessmark.knowledge.schema import Rule


class Comparison(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One method.

    ``owner``, ``member``  class with dots and bare name.
    ``role``       ``compares`` for a test of membership or equality; ``gives`` for a value that
                   such tests are made with; ``keys`` for a call that is given a key.
    ``gives``      what the value is, in words; empty for a test.
    """

    owner: str
    member: str
    role: Literal["compares", "gives", "keys"]
    gives: str = ""

    def recognises(self, text: str) -> bool:
        """Whether ``text`` names this method, ``a.b.C.member``."""
        return text == f"{self.owner}.{self.member}"


ENTRY = Comparison
