"""Names of fields that say of a record how it came about and what became of it: who entered it,
for which unit, where, when, on which device; whether it was sent, pushed with a task, answered,
checked.
"""

from functools import lru_cache
from typing import Literal

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule

HUMP = kept_regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\W_]+")
LEADS = frozenset({"m", "f", "str", "s", "the", "t", "record", "data", "case", "info"})
"""First words of identifiers that add nothing."""

Role = Literal[
    "operator", "operator_unit", "place", "time", "device", "upload", "task", "answer", "review",
]  # fmt: skip


class EntryRole(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names of one role in one language; a name of several words is written with spaces.

    Chinese names count anywhere in a text; others as the whole identifier, however its words are
    joined, but for a word before them that adds nothing.
    """

    role: Role
    lang: str
    words: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether the name of a field says so."""
        if not text.isascii() and any(not w.isascii() and w in text for w in self.words):
            return True
        return bool(_spellings(text) & _joined(self.words))


@lru_cache(maxsize=1 << 14)
def _spellings(name: str) -> frozenset[str]:
    parts = [part.casefold() for part in HUMP.split(name) if part]
    rest = parts[1:] if len(parts) > 1 and parts[0] in LEADS else parts
    return frozenset({"".join(parts), "".join(rest)})


@lru_cache(maxsize=256)
def _joined(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.replace(" ", "").casefold() for word in words)


ENTRY = EntryRole
