"""Words on screens and in code by which an app speaks to its operator or about what it does.

Each entry is a pattern in one language; nothing here decides alone what an app does.
"""

import re
from functools import lru_cache
from typing import Literal

from witnessmark.formats.patterns import kept_regex
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


def fold(text: str) -> str:
    """``text`` with one letter for all that Python's expressions hold alike when they disregard
    case. What is no letter or digit stays.
    """
    return text.lower() if text.isascii() else text.translate(_FOLDS)


class _Folds(dict[int, str]):
    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = letter.casefold() if letter.isalnum() else letter
        folded = folded if len(folded) == 1 else letter.lower()[:1]
        self[code] = "i" if folded == "ı" else folded
        return self[code]


_FOLDS = _Folds()

ENTRY = Phrase


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return kept_regex(pattern, re.IGNORECASE)
