"""Words by which a sentence claims to handle data or pass it on, denies it, or makes it depend."""

from typing import Literal

from witnessmark.knowledge.packs.claims import compiled
from witnessmark.knowledge.schema import Rule


class ClaimWords(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one role in one language: verbs of handling and of passing on, denials, hedges."""

    role: Literal["handles", "shares", "denies", "hedges"]
    lang: str
    patterns: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether ``text`` holds such a word."""
        return compiled(self.patterns).search(text) is not None


ENTRY = ClaimWords
