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
    """Several phrases. Most texts hold none of them, which one search tells: of the text with its
    letters folded, as an expression that disregards case has no letter to look for first.
    """

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = tuple(phrases)

    @cached_property
    def _any(self) -> re.Pattern[str] | None:
        patterns = [phrase.pattern for phrase in self._phrases]
        if any(map(_BY_ITSELF.search, patterns)):
            return None
        folded = (_ESCAPED.sub(lambda one: one[1] or fold(one[2]), one) for one in patterns)
        return re.compile("|".join(f"(?:{pattern})" for pattern in folded))

    def found(self, text: str) -> Iterator[Phrase]:
        """Those that `Phrase.recognises` finds in ``text``, in their order."""
        if self._any is None or self._any.search(fold(text)) is not None:
            yield from (phrase for phrase in self._phrases if phrase.recognises(text))


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

_BY_ITSELF = re.compile(
    r"\(\?[aiLmsux]+\)|\(\?P|\(\?\(|\\[1-9xuUN]|\[[^\]]*(?!a-z|0-9)[^\[\]]-[^\]]"
)
"""What cannot be joined with other patterns or folded: flags for all of it, names and numbers of
groups, codes of letters, ranges of letters.
"""

_ESCAPED = re.compile(r"(\\.)|([^\\]+)", re.DOTALL)

ENTRY = Phrase


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
