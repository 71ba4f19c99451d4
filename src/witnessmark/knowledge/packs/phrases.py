"""Words on screens and in code by which an app speaks to its operator or about what it does.

Each entry is a pattern in one language; nothing here decides alone what an app does.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Literal

from witnessmark.knowledge.schema import Rule

Kind = Literal[
    "remove_app", "task", "report", "check", "escalate", "photograph", "deadline", "status",
    "restriction", "step", "supervision",
]  # fmt: skip
"""What the words are about."""


class Phrase(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pattern.

    ``kind``     what the words are about; ``what`` a finer stable word.
    ``lang``     language of the words (BCP 47).
    ``pattern``  regular expression searched for in a text (Python syntax); letters in lower case
                 also match capitals.
    ``unless``   a pattern in whose presence the words mean something else, empty for none.
    """

    kind: Kind
    what: str
    lang: str
    pattern: str
    unless: str = ""

    def recognises(self, text: str) -> bool:
        """Whether the words stand in ``text``."""
        return self.search(text) is not None

    def search(self, text: str) -> re.Match[str] | None:
        """The first place of the words in ``text``."""
        found = _compiled(self.pattern).search(text)
        if found is None or (self.unless and _compiled(self.unless).search(text)):
            return None
        return found


class PhraseReader:
    """Several phrases. Most texts hold none of them, which one search tells."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = tuple(phrases)

    @cached_property
    def _any(self) -> re.Pattern[str] | None:
        patterns = [phrase.pattern for phrase in self._phrases]
        if any(map(_BY_ITSELF.search, patterns)):
            return None
        return _compiled("|".join(f"(?:{pattern})" for pattern in patterns))

    def found(self, text: str) -> Iterator[Phrase]:
        """Those that `Phrase.recognises` finds in ``text``, in their order."""
        if self._any is None or self._any.search(text) is not None:
            yield from (phrase for phrase in self._phrases if phrase.recognises(text))


_BY_ITSELF = re.compile(r"\(\?[aiLmsux]+\)|\(\?P|\(\?\(|\\[1-9]")
"""What cannot be joined with other patterns: flags for all of it, names and numbers of groups."""

ENTRY = Phrase


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
