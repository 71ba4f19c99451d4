"""Lists that look like code books and sort nobody: countries, colours, months, kinds of files.

A list of codes and labels counts as something else when most of its labels are of one kind here.
"""

import re
from functools import lru_cache

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule


class LookAlike(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Labels of one kind.

    ``kind``     what such a list is, in words.
    ``words``    whole labels, case apart; or
    ``pattern``  regular expression that a whole label fits.
    """

    kind: str
    words: tuple[str, ...] = ()
    pattern: str = ""

    def recognises(self, text: str) -> bool:
        """Whether a label is of this kind."""
        label = text.strip()
        if self.pattern and _pattern(self.pattern).fullmatch(label):
            return True
        return label.casefold() in _folded(self.words)


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    return kept_regex(pattern)


@lru_cache(maxsize=256)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


ENTRY = LookAlike
