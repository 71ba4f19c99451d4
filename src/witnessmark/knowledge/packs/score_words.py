"""Words of identifiers for scores, likeness, risk, marks, age and counts."""

from functools import lru_cache
from typing import Literal

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule

HUMP = kept_regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\W_]+")

Sense = Literal["likeness", "score", "risk", "flag", "age", "count"]


class ScoreWords(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one sense in one language; words of two letters count as whole names only."""

    sense: Sense
    lang: str
    words: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether an identifier holds one of the words."""
        return bool(_words(text) & frozenset(self.words))


@lru_cache(maxsize=1 << 14)
def _words(name: str) -> frozenset[str]:
    parts = [part.casefold() for part in HUMP.split(name) if part]
    whole = "".join(parts)
    return frozenset({whole, *(part for part in parts if len(part) > 2)})


ENTRY = ScoreWords
