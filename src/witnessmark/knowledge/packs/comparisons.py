"""Calls by which code compares a value with a list, and calls that give the value compared."""

from __future__ import annotations

from typing import Literal

from witnessmark.knowledge.schema import Rule


class Comparison(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One method.

    ``owner``, ``member``  class with dots and bare name.
    ``role``       ``compares`` for a test of membership or equality; ``gives`` for a value that
                   such tests are made with.
    ``gives``      what the value is, in words; empty for a test.
    """

    owner: str
    member: str
    role: Literal["compares", "gives"]
    gives: str = ""

    def recognises(self, text: str) -> bool:
        """Whether ``text`` names this method, ``a.b.C.member``."""
        return text == f"{self.owner}.{self.member}"


ENTRY = Comparison
